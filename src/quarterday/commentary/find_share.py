"""What part of a total a measure is, and what moved that."""

from dataclasses import replace

from quarterday.commentary.find import caveats_of, told_by
from quarterday.domain.figure import Figure, Holding
from quarterday.domain.finding import Finding, Kind
from quarterday.domain.measure import Measure
from quarterday.domain.period import Period
from quarterday.statistics import share
from quarterday.statistics.result import Method

SHARE = Method("part over whole, of one area, period and release", "arithmetic")


def find_share(measure: Measure, holding: Holding, whole: Holding, period: Period, *, whole_name: str) -> Finding:
    """The share of ``whole`` in the period, and how it moved since the year before where that is known as well."""
    before = period.shift(-12)
    finding = told_by(Finding(Kind.SHARE, measure.name, holding.area, (before, period), method=""), SHARE)
    now, then = ((holding.total(year), whole.total(year)) for year in (period, before))
    why = _why_none(*now)
    if why:
        return replace(finding, unavailable=why)
    part, total = (figure.known for figure in now)
    found = replace(
        finding,
        periods=(period,),
        values={"part": part, "whole": total, "share": share.share(part, total)},
        labels={"whole": whole_name},
    )
    if _why_none(*then):
        return found
    earlier = then[0].known, then[1].known
    moved = share.share_change(earlier, (part, total))
    return replace(
        told_by(found, moved.method),
        periods=(before, period),
        values={
            **found.values,
            "earlier_share": moved.earlier,
            "points": moved.points,
            "whole_per_cent": moved.whole_per_cent,
        },
        labels={**found.labels, "moved": "the total more than its part" if moved.whole_moved_more else ""},
        caveats=caveats_of(measure, holding, before, period),
    )


def _why_none(part: Figure, whole: Figure) -> str:
    gap = next((figure for figure in (part, whole) if figure.value is None), None)
    if gap is not None:
        return f"no total of {gap.measure} for {gap.period.for_sentence()}: {gap.note}"
    if set(part.releases) != set(whole.releases):
        return "the part and the whole came in different releases"
    if not (whole.known > 0 and 0 <= part.known <= whole.known):
        return f"{part.known:g} of {whole.known:g} is no share"
    return ""
