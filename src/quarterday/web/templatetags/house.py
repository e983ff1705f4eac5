"""What the house's templates may call."""

from datetime import datetime

from django import template
from django.forms import BoundField, CheckboxSelectMultiple
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from quarterday.commentary.wording import number
from quarterday.domain.area import slug
from quarterday.domain.figure import Figure
from quarterday.people.rules import ADMINISTER, Viewer, may

register = template.Library()

_CLASSES = {
    "select": "govuk-select",
    "file": "govuk-file-upload",
    "checkbox": "govuk-checkboxes__input",
    "textarea": "govuk-textarea",
}
_PLAIN = "govuk-input"
_LEAST_SHOWN = 0.0005  # a smaller probability would be rounded to nought


@register.filter
def kind(field: BoundField) -> str:
    """Which template a field's widget wants: radio, checkbox, several checkboxes, or any other."""
    if isinstance(field.field.widget, CheckboxSelectMultiple):
        return "checkboxes"
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
def administers(viewer: Viewer) -> bool:
    """Whether the pages of administration are for whoever looks."""
    return may(viewer, ADMINISTER)


@register.filter
def slugged(name: str) -> str:
    """The name as addresses have it."""
    return slug(name)


@register.filter
def unbroken(label: str) -> str:
    """A column's label that breaks into lines after its dash and nowhere else."""
    return label.replace(" ", "\N{NO-BREAK SPACE}").replace("-\N{NO-BREAK SPACE}", "- ")


@register.filter
def figure(shown: Figure) -> str:
    """A figure as readers see it: its number and marks, or the marks in its place."""
    marks = "".join(status.mark for status in shown.statuses)
    return " ".join(part for part in ("" if shown.value is None else number(shown.value), marks) if part)


@register.filter
def probability(p: float) -> str:
    """A probability in words, which is never rounded to nought."""
    return "p < 0.001" if p < _LEAST_SHOWN else f"p = {p:.3f}"


@register.filter
def when(written: str) -> str:
    """A time that is kept as ISO 8601, as London's clocks have it: ``4 May 2026, 10:15``."""
    return date_format(localtime(datetime.fromisoformat(written)), "j F Y, H:i")
