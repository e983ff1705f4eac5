"""Which figures that an edition printed are no longer what they were."""

from collections.abc import Mapping
from dataclasses import replace

from quarterday.commentary.find import told_by
from quarterday.domain.finding import Finding, Kind
from quarterday.domain.measure import Measure
from quarterday.domain.period import Period
from quarterday.statistics.revisions import revisions_of


def find_revisions(
    measure: Measure,
    *,
    area: str,
    printed: Mapping[Period, float | None],
    now: Mapping[Period, float | None],
    edition: str,
) -> Finding:
    """Every total that ``edition`` printed against its value now, by period; nothing where it printed none."""
    finding = Finding(Kind.REVISIONS, measure.name, area, (), method="", labels={"edition": edition})
    if not printed:
        return replace(finding, unavailable=f"{edition} printed no totals of it")
    found = revisions_of(printed, now)
    numbers: dict[str, float] = {"compared": found.compared, "revised": len(found.revised)}
    for revision in found.revised:
        told = {"was": revision.old, "is": revision.new}
        numbers |= {f"{revision.figure.code} {when}": value for when, value in told.items() if value is not None}
    return replace(
        told_by(finding, found.method),
        periods=tuple(revision.figure for revision in found.revised),
        values=numbers,
        labels={"edition": edition} | {revision.figure.code: revision.kind.value for revision in found.revised},
    )
