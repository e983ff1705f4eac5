"""What is said of a change, of the quarters and averages behind it, and of figures that were revised."""

from quarterday.commentary.sentence import Number, Piece, joined, plain
from quarterday.commentary.wording import BEYOND_CHANCE, capitalised, moved, number, per_cent
from quarterday.domain.finding import Finding
from quarterday.domain.measure import Measure
from quarterday.domain.period_reading import read_period


def change(measure: Measure, finding: Finding) -> list[Piece]:
    """The change on last year, with number and per cent, and whether it is beyond chance."""
    if finding.unavailable:
        return [f"No comparison with last year can be made: {finding.unavailable}."]
    chance = BEYOND_CHANCE[finding.strength] if finding.values["difference"] else ""
    return [*_change(measure, finding), f". {chance}" if chance else "."]


def describe_change(measure: Measure, finding: Finding) -> str:
    """Verdict, number, per cent and both counts, as the start of a sentence."""
    return plain(_change(measure, finding))


def describe_movement(measure: Measure, finding: Finding) -> str:
    """How far it moved: ``down 18 offences (9.1%)``, or ``no change``."""
    return plain(_movement(measure, finding))


def _change(measure: Measure, finding: Finding) -> list[Piece]:
    earlier, later = (Number(number(finding.values[name]), name) for name in ("earlier", "later"))
    if finding.values["difference"] == 0:
        return ["The same as last year: ", later, f" {measure.count_of(finding.values['later'])} in both years"]
    verdict = capitalised(finding.verdict)
    return [f"{verdict} than last year: ", *_movement(measure, finding), ", from ", earlier, " to ", later]


def _movement(measure: Measure, finding: Finding) -> list[Piece]:
    difference = finding.values["difference"]
    if difference == 0:
        return [moved(difference)]
    pieces: list[Piece] = [*_moved(difference, "difference"), f" {measure.count_of(difference)}"]
    if "per_cent" in finding.values:
        pieces += [" (", Number(per_cent(finding.values["per_cent"]), "per_cent"), ")"]
    return pieces


def quarters(_measure: Measure, finding: Finding) -> list[Piece]:
    """Each of four quarters against a year before; a financial year is named with its first."""
    items: list[list[Piece]] = []
    for at, quarter in enumerate(finding.periods):
        year, name = quarter.code.split(" ") if quarter.is_quarter else ("", quarter.for_sentence())
        named = f"{name} {year}" if year and (at == 0 or not finding.periods[at - 1].code.startswith(year)) else name
        items.append([f"{named} ", *_moved(finding.values[quarter.code], quarter.code)])
    return ["By quarter, against a year before: ", *joined(items), "."]


def _moved(difference: float, value: str) -> list[Piece]:
    """``up 11``, ``down 5`` or ``no change``."""
    way, size = moved(difference).split(" ", 1)
    return [f"{way} ", Number(size, value) if difference else size]


def averages(_measure: Measure, finding: Finding) -> list[Piece]:
    """The average a month in each financial year."""
    worded: list[list[Piece]] = [
        [Number(number(value, places=1), code), f" in {code}"] for code, value in finding.values.items()
    ]
    return ["The monthly average was ", *joined(worded), "."]


def revisions(_measure: Measure, finding: Finding) -> list[Piece]:
    """How many of the totals that the last edition printed are others now, with the latest of them."""
    edition, revised = finding.labels["edition"], finding.values["revised"]
    if not revised:
        return [f"No total printed in {edition} has been revised since."]
    have = "has" if revised == 1 else "have"
    opening: list[Piece] = [
        Number(number(revised), "revised"), " of ", Number(number(finding.values["compared"]), "compared"),
        f" totals printed in {edition} {have} been revised since: ",
    ]  # fmt: skip
    code = finding.periods[-1].code
    return [*opening, *_revision(finding, code), "."]


def _revision(finding: Finding, code: str) -> list[Piece]:
    named = read_period(code).for_sentence()
    was, now = f"{code} was", f"{code} is"
    if was not in finding.values:
        return [f"{named}, which had no number, is ", Number(number(finding.values[now]), now)]
    printed = Number(number(finding.values[was]), was)
    if now not in finding.values:
        return [f"{named} was ", printed, " and has no number now"]
    return [f"{named} from ", printed, " to ", Number(number(finding.values[now]), now)]
