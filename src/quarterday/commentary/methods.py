"""What each kind of finding rests on, for the reader of an edition: the rule, its options and its source."""

from collections.abc import Mapping
from dataclasses import dataclass

from quarterday.commentary import find
from quarterday.statistics.change import SIGNIFICANCE
from quarterday.statistics.counts import LEAST_BASE_FOR_PER_CENT


@dataclass(frozen=True, slots=True)
class Method:
    """A rule by its name, and what the reader should know of it."""

    name: str
    text: str


CHECKED = Method(
    "Comments that people wrote",
    "A verdict against last year that begins a sentence is checked against the totals. Nothing else in a comment is "
    "checked yet, so a comment without a flag is not thereby confirmed.",
)

METHODS: Mapping[str, Method] = {
    find.CHANGE: Method(
        "Change on last year",
        "The period that ends with the quarter is compared with the same months a year before; the two share no "
        f"month. No per cent is given of a base under {LEAST_BASE_FOR_PER_CENT}. A change is called one when a "
        "two-sided test of the two counts (Przyborowski and Wilenski, 1940) gives a probability under "
        f"{SIGNIFICANCE:g}, and clear when it still does after allowing for all the measures of the priority "
        "(Holm, 1979). Crimes cluster: where all the months are known the test is widened by how much more than "
        "chance they vary; where only totals are known it is not, and chance can do more than the test allows.",
    ),
    find.QUARTERS: Method(
        "Quarter against the same quarter a year before",
        "The difference of neighbouring rolling years, which is exactly that change. Neighbouring rolling years share "
        "nine of their twelve months, so no trend is tested on them.",
    ),
    find.AVERAGES: Method("Monthly average", "The total of a financial year over its twelve months."),
    find.STANDING: Method(
        "Computed standing",
        "Places by counts per 1,000 residents, 1 = lowest; ties share the better place. The group average "
        "is the plain mean of the members' rates, the area itself included (the practice of HMIC). No test is made "
        "here of whether a place differs from the average by more than chance.",
    ),
}
