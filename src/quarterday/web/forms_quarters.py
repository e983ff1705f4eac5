"""Forms of a quarter's way to print."""

from collections.abc import Sequence
from typing import Any

from django import forms

from quarterday.domain.area import slug
from quarterday.domain.period import Period
from quarterday.web.hashing import Hashed

_LONGEST = 2_000  # characters of a note
_DAY = {"invalid": "This is no day; choose one from the calendar, or type it such as 2012-05-04."}


class BeginForm(forms.Form):
    """Begin a quarter."""

    quarter = forms.ChoiceField(
        label="Quarter", widget=forms.RadioSelect, error_messages={"required": "Choose the quarter."}
    )
    due = forms.DateField(
        label="Wanted by",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="The day by which the edition should be signed. It can be left open.",
        error_messages=_DAY,
    )

    def __init__(self, *, quarters: Sequence[Period], **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(**options)
        self.fields["quarter"].choices = [(slug(quarter.code), quarter.name) for quarter in quarters]  # type: ignore[attr-defined]


class DueForm(forms.Form):
    """Say by when the edition is wanted."""

    due = forms.DateField(
        label="Wanted by",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Leave it empty where no day was agreed.",
        error_messages=_DAY,
    )


class ReturnForm(forms.Form):
    """Say what is to be changed."""

    note = forms.CharField(
        label="What is to be changed",
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Whoever wrote the edition reads it, and the history keeps it.",
        error_messages={"required": "Say in a few words what is to be changed."},
    )


class CorrectionForm(forms.Form):
    """Say what is corrected."""

    reason = forms.CharField(
        label="What is corrected, and why",
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="It is printed in the new version. For example: the count for February was loaded twice.",
        error_messages={"required": "Say in a few words what is corrected."},
    )


class AcknowledgeForm(forms.Form):
    """Say why the edition may go on without something."""

    why = forms.CharField(
        label="Why the edition may go on without it",
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Whoever reviews and signs the edition sees it, and the history keeps it.",
        error_messages={"required": "Say in a few words why."},
    )


class VerifyForm(forms.Form):
    """A file, or its hash."""

    file = forms.FileField(
        label="A file of an edition", required=False, help_text="It is not kept: only its hash is worked out."
    )
    digest = forms.CharField(
        label="Or a hash",
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
        help_text="The 64 letters a to f and digits of a SHA-256, of a file or of a whole edition.",
    )

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("file") and not said.get("digest") and not self.errors:
            raise forms.ValidationError("Choose a file, or type a hash.")
        return said

    @property
    def hashed(self) -> Hashed | None:
        """What came of the file, where one was sent."""
        return self.cleaned_data.get("file") or None
