"""A written comment checked against all that an edition holds: the measure's figures, its peers' and the whole's."""

from dataclasses import replace

from quarterday.commentary.check import Subject, check_comment
from quarterday.domain.area import key_of
from quarterday.domain.claim import CheckedClaim, ClaimKind, Verdict
from quarterday.domain.period import Period
from quarterday.editions.analyse import Analysis

# What compares two times carries the caveats of the comparison.
_COMPARING = {
    ClaimKind.DIRECTION, ClaimKind.DIFFERENCE, ClaimKind.PERCENT_CHANGE, ClaimKind.PERCENTAGE_POINTS, ClaimKind.FROM_TO,
    ClaimKind.MULTIPLE, ClaimKind.TREND,
}  # fmt: skip


def checked_comment(analysis: Analysis, text: str) -> tuple[CheckedClaim, ...]:
    """Every claim of a comment on a measure of the edition, with its verdict."""
    figures = analysis.evidence
    if not figures:
        return ()
    own = figures[0]
    as_at = Period(analysis.columns[-1].last, 1)
    peers = tuple(dict.fromkeys(figure.area for figure in figures if key_of(figure.measure) == key_of(own.measure)))
    about = Subject(own.measure, own.area, analysis.measure.polarity, as_at, peers if len(peers) > 1 else ())
    caveats = analysis.findings[0].caveats
    return tuple(_with(item, caveats) for item in check_comment(text, about=about, figures=analysis.evidence_by_name))


def _with(item: CheckedClaim, caveats: tuple[str, ...]) -> CheckedClaim:
    if item.claim.kind not in _COMPARING or item.verdict is Verdict.NOT_CHECKABLE:
        return item
    return replace(item, why=" ".join([item.why, *caveats]))
