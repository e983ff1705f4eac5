"""Holdings of months made for tests, and any holding at all."""

from collections.abc import Sequence

from hypothesis import strategies as st

from quarterday.domain.figure import Figure, Holding, missing
from quarterday.domain.measure import Break, Measure, Polarity
from quarterday.domain.period import Period
from quarterday.domain.status import Status

QUARTER = Period.financial_quarter(2011, 4)
YEAR = Period.financial_year(2011)


def measure(polarity: Polarity = Polarity.LOWER, **other: object) -> Measure:
    return Measure("Harassment", "offences", "offence", polarity, "police", **other)  # type: ignore[arg-type]


def months(values: Sequence[float | None], *, last: Period = YEAR, marked: int = -1) -> Holding:
    """The values as the months that end with ``last``; at the place ``marked`` a break in the series is marked."""
    periods = [Period(last.last - len(values) + 1 + at, 1) for at in range(len(values))]
    figures = [
        missing("Harassment", "Redditch", period, "the return did not come")
        if value is None
        else Figure("Harassment", "Redditch", period, value, (Status.BREAK,) if at == marked else ())
        for at, (period, value) in enumerate(zip(periods, values, strict=True))
    ]
    return Holding("Harassment", "Redditch", {figure.period: figure for figure in figures})


def totals(values: Sequence[float], *, last: Period = YEAR, step: int = 3) -> Holding:
    """The values as rolling years, so many months apart, the latest ending with ``last``."""
    periods = [last.shift(-step * back) for back in reversed(range(len(values)))]
    return Holding(
        "Harassment",
        "Redditch",
        {
            period: Figure("Harassment", "Redditch", period, value)
            for period, value in zip(periods, values, strict=True)
        },
    )


def _counts(most: int) -> st.SearchStrategy[list[float | None]]:
    one = st.one_of(st.integers(0, most), st.none()) if most else st.just(0)
    return st.lists(one, min_size=0, max_size=70)


# Nought, one, equal, tiny, huge, missing, and what are no counts.
VALUES = st.one_of(
    _counts(0),
    _counts(1),
    _counts(9),
    _counts(500),
    _counts(10**9),
    st.lists(st.just(7), min_size=1, max_size=70),
    st.lists(st.one_of(st.none(), st.floats(-50, 5000, allow_nan=False)), max_size=70),
)
BREAKS = st.lists(
    st.builds(lambda back: Break(Period(YEAR.last - back, 1), "A new recording system."), st.integers(0, 70)),
    max_size=2,
)
MEASURES = st.builds(
    lambda polarity, breaks, note: measure(polarity, breaks=tuple(breaks), polarity_note=note),
    st.sampled_from(Polarity),
    BREAKS,
    st.sampled_from(["", "A rise may mean more offences or more reporting."]),
)
HOLDINGS = st.one_of(
    st.builds(lambda values, marked: months(values, marked=marked), VALUES, st.integers(-1, 70)),
    st.builds(totals, st.lists(st.integers(0, 10**6), max_size=8)),
    st.builds(lambda values: totals(values, step=12), st.lists(st.integers(0, 10**6), max_size=8)),
)
