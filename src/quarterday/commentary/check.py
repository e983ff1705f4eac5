"""Claims against figures: supported, contradicted with the arithmetic, or not checkable and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from quarterday.commentary.draft import describe_change
from quarterday.commentary.read import Claim
from quarterday.domain.finding import Finding
from quarterday.domain.measure import Measure, Polarity


class Verdict(StrEnum):
    """What the figures say of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_CHECKABLE = "not checkable"


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim with its verdict, and the reason as a sentence for the reader."""

    claim: Claim
    verdict: Verdict
    why: str


def check_claims(measure: Measure, claims: Sequence[Claim], *, change: Finding) -> tuple[CheckedClaim, ...]:
    """Each verdict against last year, judged on the change that the figures show."""
    return tuple(CheckedClaim(claim, *_judge(measure, claim.stated, change)) for claim in claims)


def _judge(measure: Measure, stated: str, change: Finding) -> tuple[Verdict, str]:
    if change.unavailable:
        return Verdict.NOT_CHECKABLE, f"This cannot be checked: {change.unavailable}."
    if stated in {"better", "worse"} and measure.polarity is Polarity.NEITHER:
        return (
            Verdict.NOT_CHECKABLE,
            "This cannot be checked: neither direction is agreed to be better for this measure.",
        )
    shown = describe_change(measure, change)
    difference = change.values["difference"]
    word = (
        Polarity.NEITHER.verdict(difference) if stated in {"higher", "lower"} else measure.polarity.verdict(difference)
    )
    if word == stated:
        return Verdict.SUPPORTED, " ".join([f"{shown}.", *change.caveats])
    rule = "" if measure.polarity is Polarity.NEITHER else f" For this measure {measure.polarity} is better."
    return Verdict.CONTRADICTED, " ".join([f"The figures say otherwise. {shown}.{rule}", *change.caveats])
