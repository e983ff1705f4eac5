"""Forms in the house look: labels, hints and errors beside the field, and a summary of errors above."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from quarterday.people.models import RoleName
from quarterday.plan.models import Partnership

_NO_REASON = {"required": "Say in a few words why."}


class HouseRenderer(TemplatesSetting):
    """Every form of the site, those of libraries too, comes out of the templates beside."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class RoleForm(forms.Form):
    """Give somebody a role in a partnership."""

    email = forms.EmailField(
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Type the address of whom the role is for.",
            "invalid": "This is no address; type one such as name@council.example.",
        },
    )
    full_name = forms.CharField(
        label="Full name", required=False, help_text="Only for somebody who was not added before."
    )
    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect, error_messages={"required": "Choose the role."})
    agency = forms.ChoiceField(label="Agency", required=False, help_text="Only for a contributor.")
    why = forms.CharField(
        label="Why",
        help_text="Kept with the change. For example: covers for Ann Lee until May.",
        error_messages=_NO_REASON,
    )

    def __init__(self, *, partnership: Partnership, **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(**options)
        given = [name for name in RoleName if name != RoleName.ADMINISTRATOR]
        self.fields["role"].choices = [(name.value, name.value.capitalize()) for name in given]  # type: ignore[attr-defined]
        agencies = [(agency.short_name, agency.name) for agency in partnership.agencies.all()]
        self.fields["agency"].choices = [("", "None"), *agencies]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Say why."""

    why = forms.CharField(
        label="Why", help_text="Kept with the change. For example: has left the council.", error_messages=_NO_REASON
    )
