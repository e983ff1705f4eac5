"""Reading the trail: what was changed in a partnership, by whom, from what to what, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from quarterday.plan.models import RECORDED, Change, Partnership

_WORDS = {"+": "Added", "~": "Changed", "-": "Removed"}
# What names a row, where it has such columns, in this order.
_NAMING = (
    "short_name", "name", "quarter", "version", "priority", "column", "when",
    "month", "period", "kind", "text", "quote", "value",
)  # fmt: skip
_LONGEST = 160  # characters of a text that are shown
_OWN = {"id", "history_id", "history_date", "history_change_reason", "history_type", "history_user", "change"}


@dataclass(frozen=True)
class Column:
    """One column that was changed."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One row that was added, changed or removed."""

    what: str
    kind: str
    name: str
    columns: tuple[Column, ...]


def changes_of(partnership: Partnership) -> QuerySet[Change]:
    """Every change of the partnership's plan and roles, the latest first."""
    return Change.objects.filter(partnership=partnership).select_related("by")


def lines_of(change: Change) -> Iterator[Line]:
    """The rows that a change touched, table by table."""
    for table in RECORDED:
        rows: Any = table.history  # type: ignore[attr-defined]
        for row in rows.filter(change=change).order_by("history_id"):
            yield _line(table, row)


def _line(table: type[Model], row: Any) -> Line:  # noqa: ANN401 - a historical row of any table
    columns = _columns(row, row.prev_record) if row.history_type == "~" else ()
    kind = str(table._meta.verbose_name)  # noqa: SLF001 - documented
    return Line(_WORDS[row.history_type], kind, _name(table, row), tuple(columns))


def _columns(after: Any, before: Any) -> Iterator[Column]:  # noqa: ANN401 - historical rows of any table
    for field in after._meta.concrete_fields:  # noqa: SLF001 - documented
        if field.name in _OWN:
            continue
        old, new = (_shown(field, row) for row in (before, after))
        if old != new:
            yield Column(str(field.verbose_name), old, new)


def _name(table: type[Model], row: Any) -> str:  # noqa: ANN401 - a historical row of any table
    fields = {field.name: field for field in row._meta.concrete_fields}  # noqa: SLF001 - documented
    owners = [
        _shown(field, row)
        for name, field in fields.items()
        if field.is_relation and name not in _OWN and name != "partnership" and getattr(row, field.attname)
    ]
    naming = [_shown(fields[name], row) for name in _NAMING if name in fields and not fields[name].is_relation]
    said = [text for text in (*owners, *naming) if text]
    return ", ".join(said) or str(table._meta.verbose_name)  # noqa: SLF001 - documented


def _shown(field: Any, row: Any) -> str:  # noqa: ANN401 - a column of any kind
    """A column as people read it; what it points at by the name that had at last, for it may be gone."""
    value = getattr(row, field.attname)
    if value is None:
        return ""
    return _pointed_at(field.related_model, value) if field.is_relation else _short(str(value))


def _pointed_at(table: type[Model], key: int) -> str:
    held = table._default_manager.filter(pk=key).first()  # noqa: SLF001 - Django's name for it
    if held is not None:
        return _short(str(held))
    history: Any = getattr(table, "history", None)
    row = history and history.filter(id=key).first()
    return _name(table, row) if row else f"number {key}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def counted(lines: Sequence[Line]) -> dict[str, int]:
    """How many rows were added, changed and removed."""
    return {word: sum(line.what == word for line in lines) for word in _WORDS.values()}
