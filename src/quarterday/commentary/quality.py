"""The quality of one load: from its figures to findings.

A finding that is of no single measure or area leaves the name empty, and its values say of how many it is.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from quarterday.domain.figure import Figure, Line
from quarterday.domain.finding import Finding
from quarterday.domain.period import Period
from quarterday.statistics.counts import LEAST_BASE_FOR_PER_CENT
from quarterday.statistics.jumps import LEAST_MONTHS, Jump, jumps_of

CAME = "what came"
NOT_COUNTED = "rows not counted"
LOCATION = "rows without a place"
MISSING = "missing"
BEGINS_LATE = "begins late"
ENDS_EARLY = "ends early"
REVISED = "revised"
MOST_REVISED = "revised by most"
JUMP = "jump in level"

DOUBTFUL = "doubtful"
BY_NUMBER = "largest difference"
BY_PER_CENT = "largest difference in per cent"

# One row in twenty without a place is more than most changes that a district's comment speaks of.
MOST_UNPLACED = 5.0
# A district of 5,000 offences a year differs from the year before by some 2% through chance alone; what the share of
# rows without a place does beyond that is more than noise.
MOST_SWING = 2.0
# The share of fewer rows cannot be told to MOST_SWING points: at 5%, 500 rows give it a standard error of one.
LEAST_ROWS = 500
# Series that jump within so many months of one another are taken to have jumped together.
NEAR = 2


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of a dataset a force's files hold, month by month, and how many of them no district can have.

    ``unplaced`` and ``elsewhere`` are empty where the rows of the dataset have no places.
    """

    dataset: str
    area: str
    months: tuple[int, ...]
    rows: tuple[float, ...]
    repeated: tuple[float, ...]
    unplaced: tuple[float, ...]
    elsewhere: tuple[float, ...]


def find_came(lines: Sequence[Line], covered: Period) -> Finding:
    """How much came: figures, measures, areas, and months of which there is a figure."""
    return Finding(
        CAME,
        measure=_only(line.measure for line in lines),
        area=_only(line.area for line in lines),
        periods=(covered,),
        method="count",
        values={
            "figures": sum(len(line.firsts) for line in lines),
            "measures": len({line.measure for line in lines}),
            "areas": len({line.area for line in lines}),
            "months": len({month.first for period in _periods(lines) for month in period}),
        },
    )


def _periods(lines: Iterable[Line]) -> set[Period]:
    return {
        Period(first, months) for firsts, months in {(line.firsts, line.months) for line in lines} for first in firsts
    }


def find_not_counted(tallies: Sequence[Tally]) -> Iterator[Finding]:
    """For each dataset, how many rows are repeats, lie in other forces' areas or have no place."""
    for dataset in dict.fromkeys(tally.dataset for tally in tallies):
        alike = [tally for tally in tallies if tally.dataset == dataset]
        values = {"rows": sum(sum(tally.rows) for tally in alike)}
        values |= {"repeated": sum(sum(tally.repeated) for tally in alike)}
        if any(tally.unplaced for tally in alike):
            values |= {"without a place": sum(sum(tally.unplaced) for tally in alike)}
            values |= {"in other areas": sum(sum(tally.elsewhere) for tally in alike)}
        months = [month for tally in alike for month in tally.months]
        yield Finding(
            NOT_COUNTED,
            measure=dataset,
            area=_only(tally.area for tally in alike),
            periods=(Period(min(months), max(months) - min(months) + 1),),
            method="count",
            values=values,
        )


def find_location(tallies: Iterable[Tally]) -> tuple[Finding, ...]:
    """The share of each force's rows that have no place, and whether it is so large or swings so that trends move."""
    findings = [_location(tally) for tally in tallies if tally.unplaced and sum(tally.rows)]
    return tuple(sorted(findings, key=lambda finding: (not finding.verdict, -_swing(finding))))


def _location(tally: Tally) -> Finding:
    rows, unplaced = sum(tally.rows), sum(tally.unplaced)
    values = {"rows": rows, "without a place": unplaced, "share": 100 * unplaced / rows}
    by_month = zip(tally.months, tally.rows, tally.unplaced, strict=True)
    shares = {month: 100 * lacking / held for month, held, lacking in by_month if held >= LEAST_ROWS}
    ends: tuple[Period, ...] = ()
    apart = 0
    if shares:
        usual = median(shares.values())
        apart = sum(abs(share - usual) > MOST_SWING for share in shares.values())
        ends = tuple(Period(end(shares, key=lambda month: shares[month]), 1) for end in (min, max))
        values |= {"lowest": min(shares.values()), "highest": max(shares.values()), "usual": usual}
        values |= {"months apart": apart, "months": len(shares)}
    return Finding(
        LOCATION,
        measure=tally.dataset,
        area=tally.area,
        periods=ends,
        method=f"doubtful above {MOST_UNPLACED:g}%, or with a month more than {MOST_SWING:g} points from the median",
        values=values,
        verdict=DOUBTFUL if values["share"] > MOST_UNPLACED or apart else "",
    )


def _swing(finding: Finding) -> float:
    return max(finding.values["share"], finding.values.get("highest", 0) - finding.values.get("lowest", 0))


def find_missing(lines: Iterable[Line]) -> tuple[Finding, ...]:
    """Periods that series lack between their first and their last, those of the most series first.

    A month that no series has is told of the load as a whole; other periods are missing where another series has them.
    """
    findings = []
    for months, alike in _by_length(lines).items():
        there = sorted({first for line in alike for first in line.firsts})
        if months == 1:
            whole = sorted(set(range(there[0], there[-1] + 1)) - set(there))
            findings += [_missing(alike, alike, whole)] if whole else []
        gaps: dict[tuple[int, ...], list[Line]] = defaultdict(list)
        for line in alike:
            if gap := _gap(line, there):
                gaps[gap].append(line)
        findings += [_missing(lacking, alike, gap) for gap, lacking in gaps.items()]
    return tuple(sorted(findings, key=lambda finding: -finding.values["series"] * finding.values["periods"]))


def _gap(line: Line, there: Sequence[int]) -> tuple[int, ...]:
    """The periods out of those that are ``there`` that the series lacks, or has no value for."""
    if None not in line.values and line.firsts[-1] - line.firsts[0] + 1 == len(line.firsts):
        return ()
    known = {first for first, value in zip(line.firsts, line.values, strict=True) if value is not None}
    if not known:
        return tuple(there)
    return tuple(first for first in there if min(known) < first < max(known) and first not in known)


def _missing(lacking: Sequence[Line], alike: Sequence[Line], gap: Sequence[int]) -> Finding:
    return Finding(
        MISSING,
        measure=_only(line.measure for line in lacking),
        area=_only(line.area for line in lacking),
        periods=_runs(gap, lacking[0].months),
        method="periods that others have",
        values={
            "series": len(lacking),
            "of": len(alike),
            "measures": len({line.measure for line in lacking}),
            "areas": len({line.area for line in lacking}),
            "periods": len(gap),
        },
    )


def _runs(firsts: Sequence[int], months: int) -> tuple[Period, ...]:
    """Single months in a row as one run; longer periods as they are."""
    if months > 1:
        return tuple(Period(first, months) for first in firsts)
    starts = [firsts[0]] + [later for earlier, later in pairwise(firsts) if later > earlier + 1]
    ends = [earlier for earlier, later in pairwise(firsts) if later > earlier + 1] + [firsts[-1]]
    return tuple(Period(start, end - start + 1) for start, end in zip(starts, ends, strict=True))


def find_late(lines: Iterable[Line]) -> tuple[Finding, ...]:
    """Areas that begin after others do, and measures that begin after others in the same areas; the widest first."""
    return _edges(lines, BEGINS_LATE, 1)


def find_early(lines: Iterable[Line]) -> tuple[Finding, ...]:
    """Areas that end before others do, and measures that end before others in the same areas; the widest first."""
    return _edges(lines, ENDS_EARLY, -1)


def _edges(lines: Iterable[Line], kind: str, way: int) -> tuple[Finding, ...]:
    """Both ends alike: ``way`` is 1 for first months, and -1 for last ones, of which the greatest comes first."""
    findings = []
    for months, alike in _by_length(lines).items():
        edges = {
            (line.measure, line.area): way * line.firsts[0 if way > 0 else -1]
            for line in map(_known, alike)
            if line.firsts
        }
        if not edges:
            continue
        of_area: dict[str, int] = {}
        for (_, area), edge in edges.items():
            of_area[area] = min(edge, of_area.get(area, edge))
        common = min(of_area.values())
        late = {area: edge for area, edge in of_area.items() if edge > common}
        if late:
            findings.append(_edge(kind, "", late, len(of_area), months))
        by_measure: dict[str, dict[str, int]] = defaultdict(dict)
        for (measure, area), edge in edges.items():
            by_measure[measure][area] = edge
        for measure, of_measure in by_measure.items():
            late = {area: edge for area, edge in of_measure.items() if edge > of_area[area]}
            if late:
                findings.append(_edge(kind, measure, late, len(of_measure), months))
    return tuple(sorted(findings, key=lambda finding: -finding.values["areas"]))


def _known(line: Line) -> Line:
    """The line without the periods that have no value."""
    if None not in line.values:
        return line
    known = [(first, value) for first, value in zip(line.firsts, line.values, strict=True) if value is not None]
    return Line(line.measure, line.area, line.months, *(tuple(zip(*known, strict=True)) or ((), ())))


def _edge(kind: str, measure: str, late: Mapping[str, int], of: int, months: int) -> Finding:
    furthest = max(late, key=lambda area: (late[area], area))
    firsts = sorted({abs(edge) for edge in late.values()})
    return Finding(
        kind,
        measure=measure,
        area=furthest,
        periods=tuple(Period(first, months) for first in dict.fromkeys((firsts[0], firsts[-1]))),
        method="first and last periods that others have",
        values={"areas": len(late), "of": of},
    )


def find_revised(pairs: Sequence[tuple[Figure, Figure]]) -> Iterator[Finding]:
    """How many figures were revised, old and new; which one by most, and which by most of what it was."""
    if not pairs:
        return
    moved = [(old, new) for old, new in pairs if old.value is not None and new.value is not None]
    values = {"figures": len(pairs), "marks alone": sum(old.value == new.value for old, new in pairs)}
    values |= {"came or went": len(pairs) - len(moved)}
    months = [month for _, new in pairs for month in (new.period.first, new.period.last)]
    covered = Period(min(months), max(months) - min(months) + 1)
    yield Finding(REVISED, "", "", (covered,), "value or marks differ from those held", values)
    based = [(old, new) for old, new in moved if abs(old.known) >= LEAST_BASE_FOR_PER_CENT]
    for rule, found in (
        (BY_NUMBER, max(moved, key=_difference, default=None)),
        (BY_PER_CENT, max(based, key=lambda pair: _difference(pair) / abs(pair[0].known), default=None)),
    ):
        if found is not None and _difference(found):
            yield _most_revised(*found, rule)


def _difference(pair: tuple[Figure, Figure]) -> float:
    old, new = pair
    return abs(new.known - old.known)


def _most_revised(old: Figure, new: Figure, rule: str) -> Finding:
    values = {"old": old.known, "new": new.known, "difference": new.known - old.known}
    if abs(old.known) >= LEAST_BASE_FOR_PER_CENT:
        values["per_cent"] = 100 * (new.known - old.known) / abs(old.known)
    return Finding(MOST_REVISED, new.measure, new.area, (new.period,), rule, values)


@dataclass(frozen=True, slots=True)
class _Found:
    """A jump in its series."""

    measure: str
    area: str
    month: int
    jump: Jump

    @property
    def size(self) -> float:
        return abs(self.jump.after - self.jump.before)


def find_jumps(lines: Iterable[Line]) -> tuple[Finding, ...]:
    """Months from which monthly counts stand at another level, those that most series share first.

    Where half of an area's measures jump together, that is one finding of the area; else areas that jump together are
    one finding of the measure. Values are those of the series that moved by most. Periods that are no single months
    may overlap, and are not looked at.
    """
    monthly = [line for line in lines if line.months == 1]
    if not monthly:
        return ()
    longest = max(line.firsts[-1] - line.firsts[0] + 1 for line in monthly)
    if longest < LEAST_MONTHS:
        why = f"it takes {LEAST_MONTHS} months, and there are {longest}"
        return (Finding(JUMP, "", "", (), _RULE, unavailable=why),)
    found = [
        _Found(line.measure, line.area, line.firsts[0] + jump.at, jump)
        for line in monthly
        for jump in jumps_of(_months(line))
    ]
    measures = Counter(line.area for line in monthly)
    areas = Counter(line.measure for line in monthly)
    of_areas = [cluster for cluster in _together(found, lambda item: item.area) if _half(cluster, measures)]
    told = {item for cluster in of_areas for item in cluster}
    of_measures = _together([item for item in found if item not in told], lambda item: item.measure)
    findings = [_jump(cluster, measures[cluster[0].area], "measures") for cluster in of_areas]
    findings += [_jump(cluster, areas[cluster[0].measure], "areas") for cluster in of_measures]
    return tuple(sorted(findings, key=lambda finding: (-finding.values["series"], -abs(_moved(finding)))))


_RULE = "the year from a month on against the year before it, by quasi-Poisson test"


def _months(line: Line) -> Sequence[float | None]:
    """The values month by month, with nothing where there is none."""
    if line.firsts[-1] - line.firsts[0] + 1 == len(line.firsts):
        return line.values
    held = dict(zip(line.firsts, line.values, strict=True))
    return [held.get(month) for month in range(line.firsts[0], line.firsts[-1] + 1)]


def _together(found: Iterable[_Found], key: Callable[[_Found], str]) -> Iterator[list[_Found]]:
    """Jumps of one name that turn one way within a few months of the month that most of them share."""

    def alike(item: _Found) -> tuple[str, str]:
        return key(item), item.jump.turn

    for _, group in groupby(sorted(found, key=alike), alike):
        rest = list(group)
        while rest:
            counts = Counter(item.month for item in rest)
            common = min(counts, key=lambda month: (-counts[month], month))
            yield [item for item in rest if abs(item.month - common) <= NEAR]
            rest = [item for item in rest if abs(item.month - common) > NEAR]


def _half(cluster: Sequence[_Found], measures: Mapping[str, int]) -> bool:
    """Whether the cluster holds several measures, and half of all that the area has."""
    names = {item.measure for item in cluster}
    return len(names) > 1 and 2 * len(names) >= measures[cluster[0].area]


def _jump(cluster: Sequence[_Found], of: int, what: str) -> Finding:
    most = max(cluster, key=lambda item: item.size)
    first, last = (end(item.month for item in cluster) for end in (min, max))
    return Finding(
        JUMP,
        measure=most.measure,
        area=most.area,
        periods=tuple(Period(month, 1) for month in dict.fromkeys((first, last))),
        method=_RULE,
        values={"before": most.jump.before, "after": most.jump.after, "series": len(cluster), f"of {what}": of},
        verdict=most.jump.turn,
    )


def _moved(finding: Finding) -> float:
    return finding.values["after"] - finding.values["before"]


def _by_length(lines: Iterable[Line]) -> dict[int, list[Line]]:
    """The series of periods of each length, the shortest first."""
    found: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.months].append(line)
    return dict(sorted(found.items()))


def _only(names: Iterable[str]) -> str:
    """The name, where there is but one."""
    different = set(names)
    return different.pop() if len(different) == 1 else ""
