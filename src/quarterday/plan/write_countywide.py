"""The county's priorities, row by row of one quarter: three cells and a comment.

Errors throughout: a quarter that cannot be written, a text that no plan file could hold, something that somebody else
changed meanwhile.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.plan.entered import entered
from quarterday.plan.entries import CellEntry, CountywideEntry
from quarterday.plan.meanwhile import mark_of, refuse_changed
from quarterday.plan.models import CountywideCell, CountywidePriority, Partnership, changing
from quarterday.plan.models.quarters import CELL_COLUMNS
from quarterday.plan.write_editions import edition_open
from quarterday.plan.write_projects import last_place

By = AbstractBaseUser | None
Cells = Mapping[str, Mapping[str, str]]
"""What was typed of each cell, by its column: ``value``, or ``status`` with ``reason`` and ``owner``."""


def rows_of_quarter(partnership: Partnership, quarter: Period) -> list[CountywidePriority]:
    """The rows, in order, each with its cells."""
    return list(CountywidePriority.objects.filter(partnership=partnership, quarter=quarter).prefetch_related("cells"))


def rows_to_carry(partnership: Partnership, quarter: Period) -> list[CountywidePriority]:
    """The rows of the quarter before whose priority is not among those of this one yet."""
    held = {key_of(row.priority) for row in rows_of_quarter(partnership, quarter)}
    before = rows_of_quarter(partnership, quarter.shift(-quarter.months))
    return [row for row in before if key_of(row.priority) not in held]


def rows_carry(partnership: Partnership, quarter: Period, *, by: By) -> list[CountywidePriority]:
    """Take over the rows of the quarter before, cells and comments; whoever carries them looks at each again."""
    with _writing(partnership, quarter, by=by, why=f"Countywide priorities carried over to {quarter.name}."):
        return [_copy(row, quarter) for row in rows_to_carry(partnership, quarter)]


def _copy(row: CountywidePriority, quarter: Period) -> CountywidePriority:
    fresh = _row_add(row.partnership, quarter, priority=row.priority, comment=row.comment)
    for cell in row.cells.all():
        CountywideCell.objects.create(
            row=fresh, column=cell.column, value=cell.value, status=cell.status, reason=cell.reason, owner=cell.owner
        )
    return fresh


def row_add(
    partnership: Partnership, quarter: Period, *, priority: str, cells: Cells, comment: str, by: By
) -> CountywidePriority:
    """A new row. Errors: the quarter has one of that priority."""
    entry = _entered(quarter, priority=priority, cells=cells, comment=comment)
    with _writing(partnership, quarter, by=by, why=f"Countywide priority added: {entry.priority}."):
        if key_of(entry.priority) in {key_of(row.priority) for row in rows_of_quarter(partnership, quarter)}:
            raise InputError(f"{entry.priority!r} has a row in {quarter.name} already; change that one.")
        row = _row_add(partnership, quarter, priority=entry.priority, comment=entry.comment)
        _cells_keep(row, entry)
    return row


def row_change(row: CountywidePriority, quarter: Period, *, cells: Cells, comment: str, seen: str, by: By) -> None:
    """Other cells, or another comment."""
    entry = _entered(quarter, priority=row.priority, cells=cells, comment=comment)
    with _writing(row.partnership, quarter, by=by, why=f"Countywide priority changed: {row.priority}."):
        held = _held_still(row)
        refuse_changed(mark_of_row(held), seen, now=described(held))
        if held.comment != entry.comment:
            held.comment = entry.comment
            held.save()
        _cells_keep(held, entry)


def row_remove(row: CountywidePriority, quarter: Period, *, by: By) -> None:
    """The row goes; the trail keeps it."""
    with _writing(row.partnership, quarter, by=by, why=f"Countywide priority removed: {row.priority}."):
        _held_still(row).delete()


def mark_of_row(row: CountywidePriority) -> str:
    """The row with its cells, as it is now."""
    return f"{mark_of([row])}/{mark_of(row.cells.all())}"


def described(row: CountywidePriority) -> str:
    """The row as one reads it in a line."""
    cells = {cell.column: cell for cell in row.cells.all()}
    said = [cells[column].value or f"{cells[column].status}: {cells[column].reason}" for column in CELL_COLUMNS]
    return "; ".join([*said, row.comment or "no comment"])


def _entered(quarter: Period, *, priority: str, cells: Cells, comment: str) -> CountywideEntry:
    made, faults = {}, []
    for column in CELL_COLUMNS:
        try:
            made[column] = entered(CellEntry, **cells.get(column, {}))
        except InputError as error:
            faults += [f"{column.replace('_', ' ')}: {fault}" for fault in error.faults]
    if faults:
        raise InputError(*faults)
    return entered(CountywideEntry, priority=priority, quarter=quarter, comment=comment, **made)


def _row_add(partnership: Partnership, quarter: Period, *, priority: str, comment: str) -> CountywidePriority:
    return CountywidePriority.objects.create(
        partnership=partnership,
        quarter=quarter,  # type: ignore[misc]  # a column that holds a period
        priority=priority,
        comment=comment,
        place=last_place(partnership.countywide),
    )


def _cells_keep(row: CountywidePriority, entry: CountywideEntry) -> None:
    held = {cell.column: cell for cell in row.cells.all()}
    for column, wanted in entry.cells.items():
        columns = {**dict(wanted), "status": wanted.status or ""}
        cell = held.get(column) or CountywideCell(row=row, column=column)
        if cell.pk is None or any(getattr(cell, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(cell, name, value)
            cell.save()


def _held_still(row: CountywidePriority) -> CountywidePriority:
    held = CountywidePriority.objects.select_for_update().filter(pk=row.pk).first()
    if held is None:
        raise InputError(f"somebody else removed the row of {row.priority} meanwhile; there is nothing to change.")
    return held


@contextmanager
def _writing(partnership: Partnership, quarter: Period, *, by: By, why: str) -> Iterator[None]:
    with transaction.atomic():
        edition_open(partnership, quarter)
        with changing(by=by, why=why, partnership=partnership):
            yield
