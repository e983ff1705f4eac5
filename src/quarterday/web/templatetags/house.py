"""What the house's templates may call."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

from quarterday.domain.area import slug

register = template.Library()

_CLASSES = {"select": "govuk-select", "checkbox": "govuk-checkboxes__input", "textarea": "govuk-textarea"}
_PLAIN = "govuk-input"


@register.filter
def kind(field: BoundField) -> str:
    """Which template a field's widget wants: radio, checkbox, or any other."""
    return getattr(field.field.widget, "input_type", "textarea")


@register.filter
def styled(field: BoundField) -> SafeString:
    """The widget with its class, and with its hint and its error read out with it."""
    name = kind(field)
    field.field.widget.attrs.pop("placeholder", None)  # what goes away on typing is no label
    beside = [f"{field.auto_id}_hint"] * bool(field.help_text) + [f"{field.auto_id}_error"] * bool(field.errors)
    attributes: dict[str, str | bool] = {
        "class": _CLASSES.get(name, _PLAIN) + (f" {_PLAIN}--error" if field.errors else "")
    }
    if beside:
        attributes["aria-describedby"] = " ".join(beside)
    return field.as_widget(attrs=attributes)


@register.filter
def slugged(name: str) -> str:
    """The name as addresses have it."""
    return slug(name)
