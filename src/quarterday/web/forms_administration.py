"""The forms of administration and of plan files."""

from typing import Any, Final

from django import forms

from quarterday.people.models import COUNTY_ROLES, RoleName
from quarterday.plan.write_plan_files import LARGEST
from quarterday.web.forms import ReasonForm, RoleForm
from quarterday.web.uploads import Came

GIVEN: Final = (RoleName.ADMINISTRATOR, *COUNTY_ROLES)


class WideRoleForm(forms.Form):
    """Make somebody an administrator, or give them a role in every partnership of a county."""

    email = RoleForm.base_fields["email"]
    full_name = RoleForm.base_fields["full_name"]
    role = forms.ChoiceField(
        label="Role",
        widget=forms.RadioSelect,
        choices=[
            (name.value, "Administrator" if name == RoleName.ADMINISTRATOR else f"{name.capitalize()} of a county")
            for name in GIVEN
        ],
        error_messages={"required": "Choose the role."},
    )
    county = forms.ChoiceField(label="County", required=False, help_text="Only for a role of a county.")
    why = RoleForm.base_fields["why"]

    def __init__(self, *, counties: list[str], **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(**options)
        self.fields["county"].choices = [("", "None"), *((name, name) for name in counties)]  # type: ignore[attr-defined]


class _File(forms.FileField):
    """A plan file that ``takes_files`` has put on the disk; its content comes out."""

    def to_python(self, data: Came | None) -> Came | None:  # type: ignore[override]  # the only kind that comes here
        """The file as it came, where it is of a size to read."""
        if data is not None and data.size == 0:
            raise forms.ValidationError("This file is empty; look whether it was saved, and choose it again.")
        if data is not None and (data.size or 0) > LARGEST:
            raise forms.ValidationError(f"This file has more than {LARGEST:,} bytes; is it a plan? Choose another.")
        return data


class PlanFileForm(forms.Form):
    """Bring a plan file."""

    file = _File(
        label="Plan file",
        help_text="A file ending in .toml, such as the plan that can be downloaded here.",
        error_messages={"required": "Choose the file."},
    )


class AcceptForm(ReasonForm):
    """Say why a plan changes; ``seen`` is the mark of what the person looked at."""

    why = forms.CharField(
        label="Why",
        help_text="Kept with the change. For example: targets for 2012/13 as agreed on 4 May 2012.",
        error_messages={"required": "Say in a few words why."},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
