"""The quality of one load in sentences: what ``commentary.quality`` found, the worst of each kind first."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from quarterday.commentary.quality import (
    BEGINS_LATE,
    BY_NUMBER,
    CAME,
    ENDS_EARLY,
    JUMP,
    LOCATION,
    MISSING,
    MOST_REVISED,
    MOST_SWING,
    NOT_COUNTED,
    REVISED,
)
from quarterday.commentary.wording import listed, number, per_cent
from quarterday.domain.finding import Finding
from quarterday.domain.period import Period
from quarterday.statistics.counts import LEAST_BASE_FOR_PER_CENT
from quarterday.statistics.jumps import Turn

MOST_TOLD = 8


def write_quality(findings: Sequence[Finding]) -> tuple[str, ...]:
    """The findings as sentences, the worst of each kind; of the rest how many there are."""
    said = []
    for kind, group in groupby(findings, lambda finding: finding.kind):
        alike = list(group)
        said += [_WRITERS[kind](finding) for finding in alike[:MOST_TOLD]]
        if (more := len(alike) - MOST_TOLD) > 0:
            said.append(f"{_MORE[kind]}: {number(more)} more.")
    return tuple(said)


def _write_came(finding: Finding) -> str:
    values = finding.values
    [covered] = finding.periods
    what = _counted(values["figures"], "figure", "figures")
    measures = finding.measure or _counted(values["measures"], "measure", "measures")
    areas = finding.area or _counted(values["areas"], "area", "areas")
    months = _counted(values["months"], "month", "months")
    return f"Came: {what}: {measures}, {areas}, {covered.for_sentence()} ({months})."


def _write_not_counted(finding: Finding) -> str:
    values = finding.values
    rows = values["rows"]
    said = f"{finding.measure.capitalize()} rows: {number(rows)}. "
    said += f"Not counted, as they repeat an earlier one: {_part(values['repeated'], rows)}."
    if "without a place" in values:
        unplaced, elsewhere = (_part(values[name], rows) for name in ("without a place", "in other areas"))
        said += f" Counted for the force and for no district: {unplaced} without a place, {elsewhere} in other areas."
    return said


def _write_location(finding: Finding) -> str:
    values = finding.values
    said = (
        f"{finding.measure.capitalize()} rows without a place, {finding.area}: {number(values['without a place'])} of "
        f"{number(values['rows'])} ({_share(values['share'])})"
    )
    if finding.periods:
        ends = zip(("lowest", "highest"), finding.periods, strict=True)
        said += ", from " + " to ".join(f"{_share(values[name])} in {month.for_sentence()}" for name, month in ends)
    if apart := values.get("months apart"):
        lie = "lies" if apart == 1 else "lie"
        months = _counted(values["months"], "month", "months")
        usual = f"the usual {_share(values['usual'])}"
        said += f"; {number(apart)} of {months} {lie} more than {number(MOST_SWING)} points from {usual}"
    return f"{said}{'; the figures of its districts move with them' if finding.verdict else ''}."


def _write_missing(finding: Finding) -> str:
    values = finding.values
    periods = [period.for_sentence() for period in finding.periods]
    when = listed(periods if len(periods) <= MOST_TOLD else [*periods[:MOST_TOLD], f"{len(periods) - MOST_TOLD} more"])
    if values["series"] == values["of"] and values["series"] > 1:
        return f"Missing, which is not nought: {when}, in the whole load."
    measures = finding.measure or _counted(values["measures"], "measure", "measures")
    areas = finding.area or _counted(values["areas"], "area", "areas")
    return f"Missing, which is not nought: {when}, {measures}, {areas}."


def _write_edge(finding: Finding) -> str:
    verb, verbs = ("begins", "begin") if finding.kind == BEGINS_LATE else ("ends", "end")
    values, when = finding.values, _when(finding.periods, "only with" if finding.kind == BEGINS_LATE else "with")
    if values["areas"] == 1:
        return f"{finding.measure + ', ' if finding.measure else ''}{finding.area}: {verb} {when}."
    areas = f"{number(values['areas'])} of {_counted(values['of'], 'area', 'areas')}"
    if not finding.measure:
        return f"{areas} {verbs if values['of'] > 1 else verb} {when}, such as {finding.area}."
    return f"{finding.measure} {verb} {when} in {areas}, such as {finding.area}."


def _write_revised(finding: Finding) -> str:
    values = finding.values
    said = f"Revised: {_counted(values['figures'], 'figure', 'figures')}, {finding.periods[0].for_sentence()}"
    if values["came or went"]:
        said += f"; in {number(values['came or went'])} of them a number came or went"
    if values["marks alone"]:
        said += f"; {number(values['marks alone'])} of them in marks alone"
    return f"{said}."


def _write_most_revised(finding: Finding) -> str:
    values = finding.values
    share = f" ({per_cent(values['per_cent'])})" if "per_cent" in values else ""
    of_what = (
        "" if finding.method == BY_NUMBER else f" of what it was, of figures of at least {LEAST_BASE_FOR_PER_CENT}"
    )
    return (
        f"Revised by most{of_what}: {finding.measure}, {finding.area}, {finding.periods[0].for_sentence()}, "
        f"from {number(values['old'])} to {number(values['new'])}{share}."
    )


_TURNS = {
    Turn.RISES: ("rises", "rise"),
    Turn.FALLS: ("falls", "fall"),
    Turn.BEGINS: ("begins after noughts", "begin after noughts"),
    Turn.ENDS: ("goes to nought", "go to nought"),
}
LOOKS_LIKE = "it looks like a change in recording or in what happened"


def _write_jump(finding: Finding) -> str:
    if finding.unavailable:
        return f"Jumps in level were not looked for: {finding.unavailable}."
    values, when = finding.values, _when(finding.periods, "in")
    verb, verbs = _TURNS[Turn(finding.verdict)]
    levels = f"from {_level(values['before'])} to {_level(values['after'])} a month"
    series = number(values["series"])
    if "of measures" in values:
        of = _counted(values["of measures"], "measure", "measures")
        return f"{finding.area}: {series} of {of} {verbs} {when}, most {finding.measure}, {levels}; {LOOKS_LIKE}."
    if values["series"] == 1:
        return f"{finding.measure}, {finding.area}: {verb} {when}, {levels}; {LOOKS_LIKE}."
    areas = f"{series} of {_counted(values['of areas'], 'area', 'areas')}"
    return f"{finding.measure} {verb} {when} in {areas}, most in {finding.area}, {levels}; {LOOKS_LIKE}."


def _when(periods: Sequence[Period], word: str) -> str:
    """The one period after the word, or the two that it lies between."""
    if len(periods) == 1:
        return f"{word} {periods[0].for_sentence()}"
    return f"between {periods[0].for_sentence()} and {periods[-1].for_sentence()}"


def _level(average: float) -> str:
    return number(average, places=1) if average else "none"


def _counted(count: float, one: str, many: str) -> str:
    return f"{number(count)} {one if count == 1 else many}"


def _part(count: float, whole: float) -> str:
    return f"{number(count)} ({_share(100 * count / whole if whole else 0)})"


def _share(value: float) -> str:
    """A per cent; one that would round to nought and is none is said to be small."""
    return "under 0.1%" if 0 < value < 0.05 else per_cent(value)  # noqa: PLR2004 - half of the last place shown


_WRITERS: Mapping[str, Callable[[Finding], str]] = {
    CAME: _write_came,
    NOT_COUNTED: _write_not_counted,
    LOCATION: _write_location,
    MISSING: _write_missing,
    BEGINS_LATE: _write_edge,
    ENDS_EARLY: _write_edge,
    REVISED: _write_revised,
    MOST_REVISED: _write_most_revised,
    JUMP: _write_jump,
}
_MORE: Mapping[str, str] = {
    NOT_COUNTED: "Rows not counted, of other datasets",
    LOCATION: "Forces with rows without a place",
    MISSING: "Series with periods missing, in groups",
    BEGINS_LATE: "Measures or areas that begin late",
    ENDS_EARLY: "Measures or areas that end early",
    JUMP: "Jumps in level",
}
