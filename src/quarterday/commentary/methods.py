"""What each kind of finding rests on, for the reader of an edition: the rule, the options in force and their source.

What the rule does is said here; its options and its source are those that the findings themselves carry, so that the
note cannot say one thing and the edition do another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from quarterday.commentary.wording import listed, number
from quarterday.domain.finding import Finding, Kind, Option
from quarterday.statistics.change import SIGNIFICANCE


@dataclass(frozen=True, slots=True)
class Method:
    """A rule by its name, what the reader should know of it, and the options in force, worded."""

    name: str
    text: str
    source: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


CHECKED = Method(
    "Comments that people wrote",
    "Each claim about figures that could be read is worked out anew from the figures held, at the precision printed. "
    "It is called contradicted only where they show that it is not so. What could not be read, or lacks a figure, is "
    "not flagged, so a comment without a flag is not thereby confirmed.",
)

# What the rule of each kind does, in the order of the note.
_RULES: Mapping[Kind, Method] = {
    Kind.CHANGE: Method(
        "Change on last year",
        "The period that ends with the quarter is compared with the same months a year before; the two share no month. "
        "No per cent is given of a small base. A change is called one when a two-sided test of the two counts gives "
        f"chance a probability under {SIGNIFICANCE:.0%}, and clear when it still does after allowing for all the "
        "measures of the priority (Holm, 1979). Crimes cluster: where all the months are known the test is widened by "
        "how much more than chance they vary; where only totals are known it is not, and chance can do more than the "
        "test allows.",
    ),
    Kind.MONTHS: Method(
        "Months that stand out",
        "Each month is tested against the same month a year before, and the probabilities are adjusted for all months "
        "looked at together. Years on two sides of a break are not compared.",
    ),
    Kind.MAKING_UP: Method(
        "Months that make up the change",
        "The fewest months whose differences together come to the change. Some always do, so this is no test.",
    ),
    Kind.CONTROL: Method(
        "Control chart",
        "The latest month among those of five years at most: whether it is more than the ups and downs that the series "
        "always has. Limits begin anew where the series breaks.",
    ),
    Kind.TREND: Method(
        "Trend",
        "Tested on months, five years of them at most and on one side of any break, or on five financial years; never "
        "on rolling years, which share most of their months. A trend is clear when it stands after allowing for all "
        "the measures of the priority (Holm, 1979).",
    ),
    Kind.QUARTERS: Method(
        "Quarter against the same quarter a year before",
        "The difference of neighbouring rolling years, which is exactly that change. Neighbouring rolling years share "
        "nine of their twelve months, so no trend is tested on them.",
    ),
    Kind.AVERAGES: Method("Monthly average", "The total of a financial year over its twelve months."),
    Kind.SHARE: Method(
        "Share of total",
        "The part over the whole of the same area, period and release. A share also falls when its whole grows, so it "
        "is said where the whole moved more than the part.",
    ),
    Kind.STANDING: Method(
        "Computed standing",
        "Places by counts per 1,000 residents, 1 = lowest; ties share the better place. The group's average is the "
        "plain mean of its members' rates, or their counts over their residents where it is weighted, the area itself "
        "included. An area is above or below it where it lies further from it than areas usually do, and well above or "
        "below at the wider limits.",
    ),
    Kind.QUOTED: Method(
        "Quoted standing",
        "A place that came from elsewhere, with its source; how it was had is not known here, and it is not checked.",
    ),
    Kind.TARGET: Method(
        "Target",
        "Met or missed by the total once its period is over; while it runs, by where the months known are heading, if "
        "the trend of the last five years goes on.",
    ),
    Kind.REVISIONS: Method(
        "Revisions",
        "Every total of the edition before is compared with its value now, and any difference counts.",
    ),
}
# A range of a number that differs from measure to measure is told by its ends, and so many words one by one.
_MOST_LISTED = 6


def methods_of(findings: Iterable[Finding]) -> tuple[Method, ...]:
    """The methods of the findings that state something, one a kind, with the options in force."""
    made: dict[str, list[Finding]] = {}
    for finding in findings:
        if not finding.unavailable:
            made.setdefault(finding.kind, []).append(finding)
    return tuple(_in_use(rule, made[kind]) for kind, rule in _RULES.items() if kind in made)


def _in_use(rule: Method, findings: Sequence[Finding]) -> Method:
    rules = dict.fromkeys(finding.method for finding in findings)
    sources = dict.fromkeys(part for finding in findings for part in finding.source.split("; ") if part)
    names = dict.fromkeys(option for finding in findings for option in finding.options)
    options = {option: _in_force([finding.options.get(option) for finding in findings]) for option in names}
    told = {option: words for option, words in options.items() if words}
    return replace(rule, source="; ".join(sources), options={"rule": "; ".join(rules)} | told)


def _in_force(values: Sequence[Option]) -> str:
    """One value as it is; several numbers by the least and the greatest; several words one after the other."""
    told = dict.fromkeys(value for value in values if value is not None)
    numbers = [value for value in told if isinstance(value, int | float) and not isinstance(value, bool)]
    if len(numbers) > 1 and len(numbers) == len(told):
        return f"{number(min(numbers))} to {number(max(numbers))}"
    return listed([_worded(value) for value in told][:_MOST_LISTED])


def _worded(value: Option) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number(value) if isinstance(value, int | float) else str(value)
