"""Small counts are hidden, and what is printed beside them does not give them away."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.domain.status import Status
from quarterday.statistics.disclosure import Audit, HiddenCell, audit, mark
from quarterday.statistics.disclosure_tables import Cell, Count, Nesting, Published, Ratio, Rule, Shown, ShownRatio
from quarterday.statistics.result import as_json

PUBLIC = Rule("public")
YEAR = Period.financial_year(2011)
COUNTY = Nesting(areas={"County": ("North", "South", "East")})
QUARTERS = [Period.financial_quarter(year, quarter) for year in (2010, 2011) for quarter in (1, 2, 3, 4)]


def cell(area: str, period: Period = YEAR, measure: str = "Arson") -> Cell:
    return Cell(measure, area, period)


def counts(values: dict[str, int]) -> list[Count]:
    return [Count(cell(area), value) for area, value in values.items()]


def shown(value: int | None, area: str, period: Period = YEAR, measure: str = "Arson") -> Shown:
    return Shown(cell(area, period, measure), value, Status.CONFIDENTIAL if value is None else None)


def of(found: Audit, wanted: Cell) -> HiddenCell:
    return next(hidden for hidden in found.hidden if hidden.cell == wanted)


def printed(published: Published) -> dict[str, int | str | None]:
    return {each.cell.area: each.value if each.status is None else each.status.mark for each in published.counts}


def test_a_small_count_is_a_mark_and_never_a_number() -> None:
    marked = mark(counts({"North": 3}), rule=PUBLIC, edition="Q4")
    assert marked.published.counts == (Shown(cell("North"), None, Status.CONFIDENTIAL),)
    assert marked.audit.passes


@pytest.mark.parametrize(
    ("rule", "hidden"),
    [
        (PUBLIC, {1, 4}),
        (Rule("public", hides_zero=True), {0, 1, 4}),
        (Rule("public", threshold=6), {1, 4, 5}),
        (Rule("partners", threshold=1), set()),
    ],
)
def test_each_audience_has_its_threshold_and_its_way_with_nought(rule: Rule, hidden: set[int]) -> None:
    given = [Count(cell(str(value)), value) for value in (0, 1, 4, 5, 6)]
    published = mark(given, rule=rule, edition="Q4").published
    assert {each.cell.area for each in published.counts if each.is_hidden} == {str(value) for value in hidden}


def test_a_hidden_count_beside_its_total_is_given_away_and_the_cells_that_do_it_are_named() -> None:
    published = Published(
        "Q4", PUBLIC, (shown(None, "North"), shown(30, "South"), shown(9, "East"), shown(42, "County"))
    )
    (leak,) = audit(published, nesting=COUNTY).failures
    assert (leak.cell, leak.least, leak.greatest) == (cell("North"), 3, 3)
    assert {given.cell.area for given in leak.given_away_by} == {"South", "East", "County"}
    assert leak.for_sentence() == (
        "Arson, North, 2011/12: hidden, but it can be worked out to be 3, from Arson, South, 2011/12: 30 (Q4); "
        "Arson, East, 2011/12: 9 (Q4); Arson, County, 2011/12: 42 (Q4)."
    )


def test_secondary_suppression_hides_the_smallest_count_that_protects() -> None:
    marked = mark(counts({"North": 3, "South": 30, "East": 9, "County": 42}), rule=PUBLIC, edition="Q4", nesting=COUNTY)
    assert printed(marked.published) == {"North": "[c]", "South": 30, "East": "[c]", "County": 42}
    assert (marked.small, marked.secondary) == ((cell("North"),), (cell("East"),))
    assert [(hidden.least, hidden.greatest) for hidden in marked.audit.hidden] == [(1, 11), (1, 11)]


def test_two_small_counts_of_a_small_total_need_a_third() -> None:
    """1 and 2 of 3 would be known to lie within 2 of the truth."""
    given = counts({"North": 1, "South": 2, "East": 30, "County": 33})
    marked = mark(given, rule=PUBLIC, edition="Q4", nesting=COUNTY)
    assert printed(marked.published) == {"North": "[c]", "South": "[c]", "East": "[c]", "County": 33}


def test_without_secondary_suppression_the_audit_finds_the_leak() -> None:
    rule = replace(PUBLIC, secondary=False)
    marked = mark(counts({"North": 3, "South": 30, "East": 9, "County": 42}), rule=rule, edition="Q4", nesting=COUNTY)
    assert [leak.cell for leak in marked.audit.failures] == [cell("North")]


def test_a_nought_that_is_shown_tells_that_no_mark_stands_for_one() -> None:
    counted = (shown(None, "North"), shown(None, "South"), shown(0, "East"), shown(6, "County"))
    assert of(audit(Published("Q4", PUBLIC, counted), nesting=COUNTY), cell("North")).greatest == 5
    hides = Rule("public", hides_zero=True)
    found = of(
        audit(Published("Q4", hides, (*counted[:2], shown(9, "East"), shown(15, "County"))), nesting=COUNTY),
        cell("North"),
    )
    assert (found.least, found.greatest, found.is_safe) == (0, 6, True)


def test_a_small_count_that_is_printed_plainly_is_a_failure() -> None:
    (leak,) = audit(Published("Q4", PUBLIC, (shown(3, "North"),))).failures
    assert (leak.least, leak.greatest) == (3, 3)


def test_a_mark_of_an_earlier_edition_counts_even_where_this_one_prints_the_number() -> None:
    earlier = Published("Q3", PUBLIC, (shown(None, "North"),))
    assert not audit(Published("Q4", replace(PUBLIC, threshold=1), (shown(3, "North"),)), earlier=[earlier]).passes


def rolling(quarters: Sequence[int], area: str = "North") -> list[Shown]:
    """Rolling years a quarter apart, as Table 1 prints them."""
    return [shown(sum(quarters[at : at + 4]), area, Period(QUARTERS[at].first, 12)) for at in range(len(quarters) - 3)]


def test_a_quarter_that_one_edition_hides_and_the_next_gives_away_is_found() -> None:
    """Quarters 2010/11 Q1 to Q3 are printed, Q4 is hidden; then the next edition prints the year that they make up."""
    quarters = [12, 9, 14, 3, 20]
    first = Published(
        "Q3",
        PUBLIC,
        tuple(shown(value if value > 4 else None, "North", QUARTERS[at]) for at, value in enumerate(quarters[:4])),
    )
    assert audit(first).passes
    second = Published("Q4", PUBLIC, tuple(rolling(quarters)))
    (leak,) = audit(second, earlier=[first]).failures
    assert (leak.cell, leak.least, leak.greatest) == (cell("North", QUARTERS[3]), 3, 3)
    assert {given.edition for given in leak.given_away_by} == {"Q3", "Q4"}


def test_a_quarter_recovered_by_differencing_rolling_years_is_found() -> None:
    """R(t) - R(t-1) = Q(t) - Q(t-4): with the old quarter printed once, two rolling years give the new one away."""
    quarters = [12, 9, 14, 10, 2]
    first = Published("last year", PUBLIC, (shown(12, "North", QUARTERS[0]),))
    second = Published("this year", PUBLIC, (*rolling(quarters), shown(None, "North", QUARTERS[4])))
    (leak,) = audit(second, earlier=[first]).failures
    assert (leak.cell, leak.least, leak.greatest) == (cell("North", QUARTERS[4]), 2, 2)
    assert len(leak.given_away_by) == 3
    assert audit(second).passes


def test_marking_the_next_edition_protects_what_the_last_one_hid() -> None:
    quarters = [12, 9, 14, 3, 20]
    first = mark(
        [Count(cell("North", QUARTERS[at]), value) for at, value in enumerate(quarters[:4])], rule=PUBLIC, edition="Q3"
    ).published
    years = [Count(cell("North", Period(QUARTERS[at].first, 12)), sum(quarters[at : at + 4])) for at in (0, 1)]
    marked = mark(years, rule=PUBLIC, edition="Q4", earlier=[first])
    assert marked.audit.passes
    assert marked.secondary == (years[0].cell,)


def test_what_earlier_editions_give_away_by_themselves_is_a_failure_that_hiding_more_does_not_mend() -> None:
    one = Published("Q1", PUBLIC, (shown(None, "North"), shown(30, "South"), shown(9, "East")))
    two = Published("Q2", PUBLIC, (shown(42, "County"),))
    marked = mark(counts({"South": 30}), rule=PUBLIC, edition="Q4", earlier=[one, two], nesting=COUNTY)
    assert [leak.cell for leak in marked.audit.failures] == [cell("North")]
    assert marked.secondary == ()


def test_a_quarter_that_is_never_printed_is_guarded_as_well() -> None:
    """Year to date: April to June 40, April to September 43."""
    half = Period(QUARTERS[0].first, 6)
    to_date = [Count(cell("North", QUARTERS[0]), 40), Count(cell("North", half), 43)]
    assert mark(to_date, rule=PUBLIC, edition="Q2").audit.passes
    marked = mark(to_date, rule=PUBLIC, edition="Q2", unprinted=[Count(cell("North", QUARTERS[1]), 3)])
    assert marked.audit.passes
    assert marked.secondary == (cell("North", QUARTERS[0]),)


def test_measures_that_add_up_give_each_other_away_too() -> None:
    crime = Nesting(measures={"Crime": ("Arson", "Theft")})
    published = Published(
        "Q4", PUBLIC, (shown(None, "North"), shown(90, "North", measure="Theft"), shown(92, "North", measure="Crime"))
    )
    assert of(audit(published, nesting=crime), cell("North")).least == 2


@pytest.mark.parametrize(
    ("ratio", "least", "greatest"),
    [
        (ShownRatio(cell("North"), 12_000, 1000, "0.3"), 3, 4),  # 0.25 to under 0.35 a thousand of 12,000
        (ShownRatio(cell("North"), cell("County"), 100, "7.1"), 3, 3),  # of 42
        (ShownRatio(cell("North"), cell("County"), 100, "7"), 3, 3),  # 6.5 to under 7.5 per cent of 42
        (ShownRatio(cell("North"), 12, 1, "0"), 1, 5),  # an average a month, under a half
    ],
)
def test_a_printed_rate_share_or_average_gives_its_count_away(ratio: ShownRatio, least: int, greatest: int) -> None:
    told = Published("Q4", PUBLIC, (shown(None, "North"), shown(42, "County")), (ratio,))
    found = of(audit(told, nesting=COUNTY), cell("North"))
    assert (found.least, found.greatest, found.is_safe) == (least, greatest, False)
    assert any("for each" in given.says for given in found.given_away_by)


def test_a_share_of_a_hidden_whole_still_bounds_it() -> None:
    """Half of a whole of which the rest is known to be 10."""
    told = (shown(None, "North"), shown(10, "South"), shown(0, "East"), shown(None, "County"))
    ratios = (ShownRatio(cell("South"), cell("County"), 100, "77"),)
    found = of(audit(Published("Q4", PUBLIC, told, ratios), nesting=COUNTY), cell("North"))
    assert (found.least, found.greatest) == (3, 3)  # 10 of 13 are 76.9 per cent; of 12, 83.3; of 14, 71.4


def test_a_ratio_stands_only_where_its_counts_do() -> None:
    given = counts({"North": 3, "South": 30, "East": 9, "County": 42})
    ratios = [
        Ratio(cell("North"), cell("County")),
        Ratio(cell("South"), cell("County")),
        Ratio(cell("North"), 12_000, 1000),
    ]
    marked = mark(given, ratios, rule=PUBLIC, edition="Q4", nesting=COUNTY)
    assert [ratio.printed for ratio in marked.published.ratios] == [None, "71.4", None]
    assert marked.audit.passes


def test_counts_are_rounded_alike_wherever_they_stand() -> None:
    rule = Rule("public", base=5)
    given = counts({"North": 12, "South": 13, "East": 5, "County": 30})
    assert printed(mark(given, rule=rule, edition="Q4", nesting=COUNTY).published) == {
        "North": 10,
        "South": 15,
        "East": 5,
        "County": 30,
    }


def test_what_rounds_to_nothing_is_marked_low_and_nought_stays_nought() -> None:
    rule = Rule("public", base=20)
    assert printed(mark(counts({"North": 7, "South": 0}), rule=rule, edition="Q4").published) == {
        "North": "[low]",
        "South": 0,
    }


def test_rounded_figures_bound_a_hidden_count_by_as_much_as_they_tell() -> None:
    """County 25 is 23 to 27, South 10 is 8 to 12, East 10 likewise: North is 1 to 11."""
    told = (shown(None, "North"), shown(10, "South"), shown(10, "East"), shown(25, "County"))
    found = of(audit(Published("Q4", Rule("public", base=5), told), nesting=COUNTY), cell("North"))
    assert (found.least, found.greatest) == (1, 11)


def test_figures_that_contradict_each_other_are_refused_and_named() -> None:
    told = (shown(10, "North"), shown(10, "South"), shown(10, "East"), shown(31, "County"))
    hidden = (shown(None, "Elsewhere"),)
    with pytest.raises(
        InputError, match=r"no counts can be behind all of these: .*County, 2011/12: 31 \(Q4\).*revised"
    ) as refusal:
        audit(Published("Q4", PUBLIC, told + hidden), nesting=COUNTY)
    assert "Elsewhere" not in str(refusal.value)


@pytest.mark.parametrize("value", [-1, 1.5, float("nan"), True, "3"])
def test_what_is_no_count_is_refused(value: object) -> None:
    with pytest.raises(InputError, match=r"Arson, North, 2011/12: .* is no count; wanted a whole number from 0 on"):
        Count(cell("North"), value)  # type: ignore[arg-type]


def test_other_input_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(InputError, match="given more than once"):
        mark(counts({"North": 3}) * 2, rule=PUBLIC, edition="Q4")
    with pytest.raises(InputError, match="are no rule"):
        Rule("public", threshold=0)
    with pytest.raises(InputError, match="made up of itself"):
        Nesting(areas={"County": ("North", "County")})
    with pytest.raises(InputError, match="wanted each part once"):
        Nesting(areas={"County": ("North", "North")})
    with pytest.raises(InputError, match="is no ratio"):
        Ratio(cell("North"), 0)
    with pytest.raises(InputError, match="there is no count"):
        mark(counts({"North": 9}), [Ratio(cell("North"), cell("County"))], rule=PUBLIC, edition="Q4")
    with pytest.raises(InputError, match="a ratio to nought"):
        mark(counts({"North": 9, "South": 0}), [Ratio(cell("North"), cell("South"))], rule=PUBLIC, edition="Q4")
    with pytest.raises(InputError, match="cannot be printed"):
        Shown(cell("North"), 3, Status.CONFIDENTIAL)
    with pytest.raises(InputError, match="wanted digits as printed"):
        audit(Published("Q4", PUBLIC, (shown(None, "North"),), (ShownRatio(cell("North"), 12, 1, "few"),)))


def test_an_edition_that_hides_nothing_passes() -> None:
    marked = mark(
        counts({"North": 10, "South": 30, "East": 9, "County": 49}), rule=PUBLIC, edition="Q4", nesting=COUNTY
    )
    assert marked.audit.hidden == ()
    assert marked.audit.passes


def test_the_audit_names_its_method_and_its_options_in_json() -> None:
    told = as_json(mark(counts({"North": 3}), rule=PUBLIC, edition="Q4").audit)
    assert told["method"]["options"]["threshold"] == 5
    assert told["hidden"][0]["greatest"] is None
