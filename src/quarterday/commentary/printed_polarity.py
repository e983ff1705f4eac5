"""Which way is better for a measure of somebody else's report, where nobody says: an assumption that is told."""

import re

from quarterday.domain.measure import Polarity

# Where more may be more of the thing, or more of it found out, told or solved.
_UNCLEAR = re.compile(
    r"report(?:s|ed to|ing)|detect|solved|outcome|charge|arrest|convict|satisf|confiden|referral|engage|attend"
    r"|complete|completion|recover|seiz|possess|drug|traffick|weapon|stop (?:and|&) search|searches|patrol|visit"
    r"|awareness|treatment|trust|feel|safe|proactive|disrupt|modern slavery|population|household|tested|trained"
    r"|participa"
)
_LOWER = re.compile(
    r"crime|offence|incident|burglar|robber|theft|violen|assault|damage|arson|harass|stalk|sexual|rape|homicide|murder"
    r"|knife|anti-?social|\basb\b|nuisance|vehicle|shoplift|fraud|hate|abuse|victim|accident|collision|casualt|killed"
    r"|injur|\bfires?\b|reoffend|re-offend|vandal|graffiti|fly-?tip|litter|disorder|wounding|death|suicide|missing"
    r"|stolen|bicycle|\bksi\b|noise"
)


# What our own editions write below a measure's name.
_STATED = re.compile(r"^(?P<name>.+?)[\s¹²³⁴-⁹]+[\w-]+; (?P<better>lower|higher|neither)\b[^;]*$", re.DOTALL)


def stated_polarity(label: str) -> tuple[str, Polarity] | None:
    """The name and the polarity that a row states as our editions do: the name, the unit, ``lower is better``."""
    found = _STATED.fullmatch(label)
    return (found["name"], Polarity(found["better"])) if found else None


def assumed_polarity(measure: str) -> Polarity:
    """Lower for crimes and harm; neither where more may be more recording, and where the words say nothing."""
    words = measure.casefold()
    if _UNCLEAR.search(words):
        return Polarity.NEITHER
    return Polarity.LOWER if _LOWER.search(words) else Polarity.NEITHER
