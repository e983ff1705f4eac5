"""From findings to the sentences of a comment. Nothing is said that a finding does not carry."""

from collections.abc import Sequence
from dataclasses import dataclass

from quarterday.commentary import find
from quarterday.commentary.wording import capitalised, listed, moved, number, per_cent, signed
from quarterday.domain.finding import Finding, Strength
from quarterday.domain.measure import Measure

_BEYOND_CHANCE = {
    Strength.NO_CLEAR_CHANGE: "This is within the range of chance, so no clear change.",
    Strength.LIKELY: "Alone this would be unlikely by chance; among several measures looked at it is not clear.",
    Strength.CLEAR: "This is beyond the range of chance.",
    Strength.UNTESTED: "",
}


CAVEAT = "caveat"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One drafted sentence, and the kind of finding that carries its numbers."""

    text: str
    kind: str


def draft(measure: Measure, findings: Sequence[Finding]) -> tuple[Sentence, ...]:
    """The drafted comment on a measure, what matters first; a finding with nothing to state gives no sentence.

    A change that could not be worked out is the exception: the reader is told that, and why.
    """
    drafted = [Sentence(_WRITERS[finding.kind](measure, finding), finding.kind) for finding in findings]
    caveats = dict.fromkeys(caveat for finding in findings for caveat in finding.caveats)
    return (*(sentence for sentence in drafted if sentence.text), *(Sentence(caveat, CAVEAT) for caveat in caveats))


def write_change(measure: Measure, finding: Finding) -> str:
    """The change on last year, with number and per cent, and whether it is beyond chance."""
    if finding.unavailable:
        return f"No comparison with last year can be made: {finding.unavailable}."
    chance = _BEYOND_CHANCE[finding.strength] if finding.values["difference"] else ""
    return f"{describe_change(measure, finding)}. {chance}".strip()


def describe_change(measure: Measure, finding: Finding) -> str:
    """Verdict, number, per cent and both counts, as the start of a sentence."""
    earlier, later = (number(finding.values[name]) for name in ("earlier", "later"))
    if finding.values["difference"] == 0:
        return f"The same as last year: {later} {measure.count_of(finding.values['later'])} in both years"
    movement = describe_movement(measure, finding)
    return f"{capitalised(finding.verdict)} than last year: {movement}, from {earlier} to {later}"


def describe_movement(measure: Measure, finding: Finding) -> str:
    """How far it moved: ``down 18 offences (9.1%)``, or ``no change``."""
    difference = finding.values["difference"]
    if difference == 0:
        return moved(difference)
    share = f" ({per_cent(finding.values['per_cent'])})" if "per_cent" in finding.values else ""
    return f"{moved(difference)} {measure.count_of(difference)}{share}"


def _write_quarters(_measure: Measure, finding: Finding) -> str:
    if finding.unavailable:
        return ""
    differences = ", ".join(signed(difference) for difference in finding.values.values())
    return f"By quarter, against the same quarter a year before: {differences}."


def _write_averages(_measure: Measure, finding: Finding) -> str:
    if finding.unavailable:
        return ""
    averages = zip(finding.periods, finding.values.values(), strict=True)
    worded = [f"{number(value, places=1)} in {year.code}" for year, value in averages]
    return f"The monthly average was {listed(worded)}."


def _write_standing(measure: Measure, finding: Finding) -> str:
    if finding.unavailable:
        return ""
    rate, average = (number(finding.values[name], places=1) for name in ("rate", "average_rate"))
    rank, of, tied = (number(finding.values[name]) for name in ("rank", "of", "tied_with"))
    ties = f", tied with {tied}" if finding.values["tied_with"] else ""
    return (
        f"At {rate} {measure.unit} per 1,000 residents it ranks {rank} of {of} (1 = lowest{ties}); "
        f"the group average is {average}."
    )


_WRITERS = {
    find.CHANGE: write_change,
    find.QUARTERS: _write_quarters,
    find.AVERAGES: _write_averages,
    find.STANDING: _write_standing,
}
