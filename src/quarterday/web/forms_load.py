"""The forms of the load pages."""

from typing import Any

from django import forms

from quarterday.editions.load_kinds import FOR_ALL, KINDS
from quarterday.people.models import Person
from quarterday.people.rules import may_load_for_all
from quarterday.web.uploads import Came

_FIND_OUT = "Find out from the file"
_AREA = "Only for a table that does not say which area its figures are of. For example: Redditch."


class _File(forms.FileField):
    """A file that ``takes_files`` has put on the disk."""

    def to_python(self, data: Came | None) -> Came | None:  # type: ignore[override]  # the only kind that comes here
        """The file as it came; one without a byte holds nothing to read."""
        if data is not None and data.size == 0:
            raise forms.ValidationError(self.error_messages["empty"], code="empty")
        return data


class KindForm(forms.Form):
    """What a file is, and what it does not say itself."""

    kind = forms.ChoiceField(label="What it is", required=False)
    area = forms.CharField(label="Area", required=False, max_length=200, help_text=_AREA)

    def __init__(self, *, person: Person, **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(**options)
        open_to = [(kind, words) for kind, words in KINDS.items() if kind not in FOR_ALL or may_load_for_all(person)]
        choices = [("", _FIND_OUT), *((kind, words[:1].upper() + words[1:]) for kind, words in open_to)]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]


class UploadForm(KindForm):
    """Send a file."""

    file = _File(
        label="File",
        help_text="A spreadsheet (.xlsx or .ods), a CSV file, or a zip of data.police.uk.",
        error_messages={
            "required": "Choose the file.",
            "empty": "This file is empty; look whether it was saved, and choose it again.",
        },
    )
    second = _File(
        label="Second file",
        required=False,
        help_text="Only for the other half of the Met Police's table, or for the map of an extract.",
        error_messages={"empty": "This file is empty; look whether it was saved, and choose it again."},
    )
    field_order = ("file", "kind", "second", "area")


class WithdrawForm(forms.Form):
    """Say why a load is withdrawn."""

    why = forms.CharField(
        label="Why",
        help_text="Kept with the change. For example: the police sent February twice.",
        error_messages={"required": "Say in a few words why."},
    )
