"""From monthly counts to the table of all rolling totals, and what each is compared with."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from quarterday.domain.area import key_of
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.period import Period
from quarterday.domain.status import read_statuses
from quarterday.warehouse.engine import Engine, Step, steps

_MIXED = (
    "select mixed.start, mixed.measure, mixed.area, newest.first_month, newest.months, newest.value, newest.status, "
    "newest.note from newest join mixed on mixed.measure_key = newest.measure_key and mixed.area_key = newest.area_key "
    "order by mixed.start, newest.first_month, newest.months"
)


@dataclass(frozen=True)
class Rolling:
    """What is asked for.

    ``window`` is in months. ``least_base`` is the least total a year before that a per cent is given of. ``wholes``
    names the measure that each one is a share of, and ``residents`` the one that rates are worked out from. ``peers``
    are the members of each area's group; in one in which the area itself is not, it has no place. With
    ``quarter_ends`` only the windows are asked for that end with a quarter.
    """

    least_base: float
    window: int = 12
    residents: str = ""
    wholes: Mapping[str, str] = field(default_factory=dict)
    peers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    quarter_ends: bool = False


def rolling_table(engine: Engine, asked: Rolling) -> None:
    """Make the step ``rolling`` in ``engine`` out of the steps of newest.sql.

    Its columns are measure, area, month (the window's last, as ``Period.last``), total, total_year_before, change,
    change_percent, share_percent, rate, rank and members, and cell, by which they stand in the order of measures, areas
    and months. There is a row for each window that has a total: one that came in as it stands, or follows exactly from
    others (``Holding.total``). Rates are per 1,000 residents, of whom the latest figure of a time no later than the
    window counts. A place is among the members that have a rate: 1 is the lowest, and ties share the better place. What
    cannot be told is null: a change on a year before without a total; a per cent of less than ``least_base``; a share
    in a whole that is nought, or smaller than its part; a rate without residents; a place among one. The rows are not
    kept; the step ``rated`` has a row for each of them, and is.
    """
    engine.table(
        "asked",
        {"window_months": "integer", "residents_key": "varchar", "least_base": "double", "quarter_ends": "boolean"},
        [(asked.window, key_of(asked.residents), asked.least_base, asked.quarter_ends)],
    )
    engine.table("wholes", {"measure_key": "varchar", "whole_key": "varchar"}, sorted(_wholes(asked)))
    engine.table("peers", {"area_key": "varchar", "member_key": "varchar"}, sorted(_peers(asked)))
    engine.run(steps("series"))
    engine.table(
        "followed",
        {"start": "bigint", "month": "integer", "total": "double"},
        list(_followed(engine.rows(_MIXED), window=asked.window)),
    )
    engine.run([_for_window(step, asked.window) for step in steps("rolling")])


def _wholes(asked: Rolling) -> set[tuple[str, str]]:
    return {(key_of(measure), key_of(whole)) for measure, whole in asked.wholes.items()}


def _peers(asked: Rolling) -> set[tuple[str, str]]:
    by_key = {key_of(area): set(map(key_of, members)) for area, members in asked.peers.items()}
    return {(area, member) for area, members in by_key.items() if area in members for member in members}


def _for_window(step: Step, window: int) -> Step:
    """The step with the window's months spelt out: what an engine adds up by itself, it adds in an order of its own."""
    months = (f"lag(counted.value, {back}) over in_order" for back in reversed(range(window)))
    return replace(step, text=step.text.format(added=" + ".join(("0e0", *months)), months_before=window - 1))


def _followed(rows: Iterable[tuple[Any, ...]], *, window: int) -> Iterator[tuple[int, int, float]]:
    """The totals of each series, of which ``rows`` hold the figures; without the months in which there is none."""
    for start, figures in groupby(rows, key=lambda row: row[0]):
        holding = _holding(figures)
        ends = {end for period in holding.figures for end in (period.first, period.last + 1)}
        for first in sorted(ends):
            if first + window in ends and (total := holding.total(Period(first, window))).value is not None:
                yield start, total.period.last, total.value


def _holding(rows: Iterable[tuple[Any, ...]]) -> Holding:
    figures = [
        Figure(measure, area, Period(first, months), value, read_statuses(status), note)
        for _, measure, area, first, months, value, status, note in rows
    ]
    return Holding(figures[0].measure, figures[0].area, {figure.period: figure for figure in figures})
