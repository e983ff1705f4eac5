"""Comments with the figures that they are judged on, one JSON object a line, for ``quarterday check --cases``."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code
from quarterday.sources.faults import Faults

LONGEST_COMMENT = 100_000  # characters: a report is read with its tables, and not as one comment
_read_period = lru_cache(read_code)


@dataclass(frozen=True, slots=True)
class ClaimCase:
    """One comment: its name, its words, what it is about, and every figure that it may be judged on."""

    id: str
    text: str
    measure: str
    area: str
    better: Polarity
    as_at: Period
    peer_group: tuple[str, ...]
    figures: tuple[Figure, ...]


def read_claim_cases(path: Path) -> tuple[ClaimCase, ...]:
    """The cases of a file, in its order. Raises ``InputError`` with the faults of the whole file, by line and field."""
    faults = Faults()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name}: byte {error.start + 1} is no UTF-8; save the file as UTF-8.") from None
    cases: list[ClaimCase] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path.name}, line {number}"
        case = _case(line, place=place, faults=faults)
        if case is None:
            continue
        if case.id in seen:
            faults.add(f"{place}, id: {case.id!r} stands in line {seen[case.id]} too; give each case its own.")
        seen.setdefault(case.id, number)
        cases.append(case)
    if not cases and not faults.number:
        faults.add(f"{path.name}: there is no case in it; write one JSON object a line.")
    faults.refuse_any()
    return tuple(cases)


def _case(line: str, *, place: str, faults: Faults) -> ClaimCase | None:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        faults.add(f"{place}: this is no JSON ({error}); wanted one object with id, text, context and figures.")
        return None
    if not isinstance(given, dict):
        faults.add(f"{place}: this is no object; wanted one with id, text, context and figures.")
        return None
    before = faults.number
    context = given.get("context")
    if not isinstance(context, dict):
        faults.add(f"{place}, context: this is no object; wanted one with measure, area, better and as_at.")
        context = {}
    id_ = _text(given, "id", place=place, faults=faults)
    text = _text(given, "text", place=place, faults=faults, empty=True)
    if len(text) > LONGEST_COMMENT:
        faults.add(
            f"{place}, text: it has {len(text):,} characters; a comment has at most {LONGEST_COMMENT:,}. Part it."
        )
    where = f"{place}, context"
    measure, area = (
        (_text(context, name, place=where, faults=faults) for name in ("measure", "area")) if context else ("", "")
    )
    better = _better(context, place=where, faults=faults) if context else None
    as_at = _as_at(context, place=where, faults=faults) if context else None
    peers = _peers(context, place=where, faults=faults)
    figures = tuple(_figures(given.get("figures"), place=place, faults=faults))
    if faults.number > before or better is None or as_at is None:
        return None
    return ClaimCase(id_, text, measure, area, better, as_at, peers, figures)


def _text(given: dict[str, object], name: str, *, place: str, faults: Faults, empty: bool = False) -> str:
    value = given.get(name)
    if isinstance(value, str) and (value.strip() or empty):
        return value
    came = "it is missing" if name not in given else "it is empty" if value == "" else f"{_shown(value)} is no text"
    faults.add(f"{place}, {name}: {came}; write it as a text.")
    return ""


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) < 60 else f"{text[:60]}…"  # noqa: PLR2004


def _better(context: dict[str, object], *, place: str, faults: Faults) -> Polarity | None:
    value = context.get("better")
    if isinstance(value, str) and value in set(Polarity):
        return Polarity(value)
    faults.add(f"{place}, better: {_shown(value)} is no direction; wanted lower, higher or neither.")
    return None


def _as_at(context: dict[str, object], *, place: str, faults: Faults) -> Period | None:
    value = context.get("as_at")
    if isinstance(value, str):
        with faults.at(f"{place}, as_at"):
            period = _read_period(value)
            if period.months != 1:
                raise InputError(f"{value!r} is no month; write the last month of the report, such as 2012-03.")
            return period
        return None
    faults.add(f"{place}, as_at: {_shown(value)} is no month; write the last month of the report, such as 2012-03.")
    return None


def _peers(context: dict[str, object], *, place: str, faults: Faults) -> tuple[str, ...]:
    value = context.get("peer_group")
    if value is None:
        return ()
    if isinstance(value, list) and all(isinstance(name, str) and name.strip() for name in value):
        return tuple(dict.fromkeys(value))
    faults.add(
        f"{place}, peer_group: {_shown(value)} is no list of names; wanted the areas, the area itself among them."
    )
    return ()


def _figures(given: object, *, place: str, faults: Faults) -> Iterator[Figure]:
    if not isinstance(given, list):
        faults.add(f"{place}, figures: {_shown(given)} is no list; wanted one of measure, area, period and value.")
        return
    seen: dict[tuple[str, str, Period], int] = {}
    for number, entry in enumerate(given, start=1):
        where = f"{place}, figure {number}"
        if not isinstance(entry, dict):
            faults.add(f"{where}: {_shown(entry)} is no object; wanted one of measure, area, period and value.")
            continue
        figure = _figure(entry, place=where, faults=faults)
        if figure is None:
            continue
        first = seen.setdefault((key_of(figure.measure), key_of(figure.area), figure.period), number)
        if first != number:
            faults.add(
                f"{where}: {figure.measure}, {figure.area}, {figure.period.code} is figure {first} too; keep one."
            )
        yield figure


def _figure(entry: dict[str, object], *, place: str, faults: Faults) -> Figure | None:
    before = faults.number
    measure, area, code = (_text(entry, name, place=place, faults=faults) for name in ("measure", "area", "period"))
    value = entry.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float) or not _is_finite(value):
        faults.add(f"{place}, value: {_shown(value)} is no number; write one, or leave the figure out.")
    if faults.number > before:
        return None
    with faults.at(f"{place}, period"):
        return Figure(measure, area, _read_period(code), float(value) if isinstance(value, int | float) else None)
    return None


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False
