"""The worked examples of change, trend, months and targets are what is computed."""

from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.statistics.change import compare
from quarterday.statistics.months import months_that_stand_out
from quarterday.statistics.targets import judge, project
from quarterday.statistics.trend import Direction, trend
from tests.docs.test_documents import DOCS, rows_of

METHODS = DOCS / "methods"


def text_of(name: str) -> str:
    return " ".join((METHODS / name).read_text("utf-8").split())


def months_of_trend() -> list[int]:
    rows = [row for row in rows_of(METHODS / "trend.md") if len(row) == 13]
    return [int(count) for row in rows for count in row[1:]]


def test_the_ratios_of_the_page_on_change_are_what_is_computed() -> None:
    fourth, first = compare(59, 84), compare(198, 180)
    assert (
        f"the rate ratio is {fourth.ratio:.2f}, with 95% limits of {fourth.lower:.2f} and {fourth.upper:.2f}; "
        f"of the first, {first.ratio:.2f}, with limits of {first.lower:.2f} and {first.upper:.2f}"
    ) in text_of("change.md")


def test_the_trend_of_the_months_is_what_is_computed() -> None:
    found = trend(months_of_trend(), kind="months")
    assert found.direction is Direction.FALLING
    assert (
        f"falling, by {-(found.annual or 0):.1f}% a year (95% limits {found.lower:.1f}% and {found.upper:.1f}%; "
        f"p = {found.p:.3f})"
    ) in text_of("trend.md")


def test_the_trend_of_the_years_is_what_is_computed() -> None:
    rows = [row for row in rows_of(METHODS / "trend.md") if len(row) == 3 and row[0].startswith("20")]
    counts, residents = [int(row[1]) for row in rows], [int(row[2].replace(",", "")) / 1000 for row in rows]
    found = trend(counts, kind="calendar years", exposures=residents)
    assert found.direction is Direction.FALLING
    assert (
        f"falling, by {-(found.annual or 0):.1f} per 1,000 residents a year "
        f"(95% limits {found.lower:.1f} and {found.upper:.1f})"
    ) in text_of("trend.md")


def test_the_months_that_stand_out_are_what_is_computed() -> None:
    rows = [row for row in rows_of(METHODS / "months.md") if len(row) == 7]
    periods = tuple(Period.financial_year(2011))
    found = months_that_stand_out([int(row[1]) for row in rows], [int(row[2]) for row in rows], periods=periods)
    for row, entry in zip(rows, found.months, strict=True):
        assert row[0] == entry.month.for_sentence()
        assert row[3:] == [
            f"{entry.change.difference}",
            f"{entry.change.p:.3f}",
            f"{entry.adjusted_p:.3f}",
            "yes" if entry.stands_out else "no",
        ]
    names = " and ".join(month.for_sentence() for month in found.making_up)
    assert f"The year fell by 30. {names} make up the change." in text_of("months.md")


def test_the_projection_and_the_states_are_what_is_computed() -> None:
    counts = [*months_of_trend(), 8, 6, 7, 9, 11, 11]
    first = Period.month(2008, 4)
    periods = [first.shift(step) for step in range(len(counts))]
    found = project(counts, periods=periods, period=Period.financial_year(2011))
    assert (
        f"The year has {found.so_far:.0f} so far and is heading for {found.total:.0f} "
        f"(95% limits {found.lower:.0f} and {found.upper:.0f})"
    ) in text_of("targets.md")
    for target, letter, state, chance in [row for row in rows_of(METHODS / "targets.md") if row[0].isdecimal()]:
        judged = judge(int(target), polarity=Polarity.LOWER, projection=found)
        assert (judged.letter, judged.words) == (letter, state)
        assert chance == ("none" if judged.chance is None else f"{100 * judged.chance:.0f}%")
