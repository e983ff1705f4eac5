"""Forms of a quarter's way to print."""

from collections.abc import Sequence
from typing import Any

from django import forms

from quarterday.domain.area import slug
from quarterday.domain.period import Period
from quarterday.web.hashing import Hashed

_LONGEST = 2_000  # characters of a note
_NO_DAY = {"invalid": "This is no day; choose one from the calendar, or type it such as 2012-05-04."}


def _due(hint: str) -> forms.DateField:
    return forms.DateField(
        label="Wanted by",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=hint,
        error_messages=_NO_DAY,
    )


def _note(label: str, *, hint: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=hint,
        error_messages={"required": f"Say in a few words {missing}."},
    )


class BeginForm(forms.Form):
    """Begin a quarter."""

    quarter = forms.ChoiceField(
        label="Quarter", widget=forms.RadioSelect, error_messages={"required": "Choose the quarter."}
    )
    due = _due("The day by which the edition should be signed. It can be left open.")

    def __init__(self, *, quarters: Sequence[Period], **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(**options)
        self.fields["quarter"].choices = [(slug(quarter.code), quarter.name) for quarter in quarters]  # type: ignore[attr-defined]


class DueForm(forms.Form):
    """Say by when the edition is wanted."""

    due = _due("Leave it empty where no day was agreed.")


class ReturnForm(forms.Form):
    """Say what is to be changed."""

    note = _note(
        "What is to be changed",
        hint="Whoever wrote the edition reads it, and the history keeps it.",
        missing="what is to be changed",
    )


class CorrectionForm(forms.Form):
    """Say what is corrected."""

    reason = _note(
        "What is corrected, and why",
        hint="It is printed in the new version. For example: the count for February was loaded twice.",
        missing="what is corrected",
    )


class AcknowledgeForm(forms.Form):
    """Say why the edition may go on without something."""

    why = _note(
        "Why the edition may go on without it",
        hint="Whoever reviews and signs the edition sees it, and the history keeps it.",
        missing="why",
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
