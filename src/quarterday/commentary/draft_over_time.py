"""What is said of a run of months: those that stand out, the latest on its chart, and the trend."""

from collections.abc import Mapping

from quarterday.commentary.sentence import Number, Piece, joined
from quarterday.commentary.wording import A_TREND, MINUS, capitalised, moved, number, per_cent
from quarterday.domain.finding import Finding, Strength
from quarterday.domain.measure import Measure
from quarterday.statistics.control_rules import Rule
from quarterday.statistics.trend import Direction

# By the rule that the latest month meets, and which way.
_COUNTS: Mapping[tuple[str, str], str] = {
    (Rule.BURST, "high"): "{month} had more than chance gives in one month.",
    (Rule.TREND, "high"): "The months to {month} rise for longer in a row than chance gives.",
    (Rule.TREND, "low"): "The months to {month} fall for longer in a row than chance gives.",
    (Rule.SHIFT, "high"): "The months to {month} stay above the usual level for longer than chance gives.",
    (Rule.SHIFT, "low"): "The months to {month} stay below the usual level for longer than chance gives.",
    (Rule.TWO_OF_THREE, "high"): "Two of the three months to {month} lie near the upper limit.",
    (Rule.TWO_OF_THREE, "low"): "Two of the three months to {month} lie near the lower limit.",
}
# Of months without any, more are fewer events.
_GAPS: Mapping[tuple[str, str], str] = {
    (Rule.BURST, "high"): "{month} had more than chance gives in one month.",
    (Rule.OUTSIDE, "high"): "The time without any to {month} is longer than usual.",
    (Rule.TREND, "high"): "To {month} they come ever further apart.",
    (Rule.TREND, "low"): "To {month} they come ever closer together.",
    (Rule.SHIFT, "high"): "To {month} they have come further apart than usual for longer than chance gives.",
    (Rule.SHIFT, "low"): "To {month} they have come closer together than usual for longer than chance gives.",
    (Rule.TWO_OF_THREE, "high"): "Two of the last three times without any, to {month}, were long.",
}


def months(_measure: Measure, finding: Finding) -> list[Piece]:
    """The months that stand out, with how far each moved."""
    if not finding.values:
        return ["No month stands out against the same month a year before."]
    same = "the same month" if len(finding.periods) == 1 else "the same months"
    return [*_named(finding), f" stood out against {same} a year before."]


def making_up(_measure: Measure, finding: Finding) -> list[Piece]:
    """The fewest months that together come to the change: arithmetic, and said as such."""
    make = "makes" if len(finding.periods) == 1 else "make"
    return [*_named(finding), f" {make} up the change."]


def _named(finding: Finding) -> list[Piece]:
    items: list[list[Piece]] = []
    for month in finding.periods:
        way, size = moved(finding.values[month.code]).split(" ", 1)
        items.append([f"{month.for_sentence()} ({way} ", Number(size, month.code), ")"])
    return joined(items)


def control(measure: Measure, finding: Finding) -> list[Piece]:
    """The latest month against the range that months have by chance."""
    month, key = finding.periods[-1].for_sentence(), (finding.labels.get("rule", ""), finding.labels.get("way", ""))
    trial = " These are trial limits." if finding.labels.get("limits") == "trial" else ""
    of_gaps = finding.labels["of"] != "counts"
    if key[0] and (of_gaps or key[0] != Rule.OUTSIDE):
        return [capitalised((_GAPS if of_gaps else _COUNTS)[key].format(month=month)), trial]
    if of_gaps:
        return [f"The time without any to {month} is within its usual range.", trial]
    where = {"high": "above", "low": "below"}.get(key[1], "within")
    value = Number(number(finding.values["value"]), "value")
    unit = measure.count_of(finding.values["value"])
    usual = _range(finding, from_nought=where != "below")
    return [f"{month} had ", value, f" {unit}, {where} the usual monthly range of ", *usual, f".{trial}"]


def _range(finding: Finding, *, from_nought: bool) -> list[Piece]:
    """Both ends; or the upper alone, where the lower one is nought as it is written and nothing lies below it."""
    lower, upper = (number(finding.values.get(name, 0), places=1) for name in ("lower", "upper"))
    ends: list[Piece] = (
        [] if from_nought and not float(lower.replace("−", "-").replace(",", "")) else [Number(lower, "lower"), " to "]
    )
    return [*(ends or ["up to "]), Number(upper, "upper")]


def trend(_measure: Measure, finding: Finding) -> list[Piece]:
    """The change a year, where there is a trend."""
    span = finding.periods[0]
    start, end = (month.for_sentence() for month in (next(iter(span)), list(span)[-1]))
    if finding.strength is Strength.NO_CLEAR_CHANGE:
        return [f"From {start} to {end} there is no clear trend."]
    falling = finding.labels["direction"] == Direction.FALLING
    if finding.labels["unit"] != "per cent":
        # The slope that the rule tests weighs years by how sure they are: it says which way, and not how far they lie.
        passed = "clearly pass" if finding.strength is Strength.CLEAR else "pass"
        return [f"The five financial years to {end} {passed} the test for a {'fall' if falling else 'rise'}."]
    size = Number(f"{MINUS if falling else '+'}{per_cent(finding.values['annual'])}", "annual")
    return [f"There is {A_TREND[finding.strength]} of ", size, f" a year since {start}."]
