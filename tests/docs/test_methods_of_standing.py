"""The worked examples of rates, standing, share and revisions are what is computed."""

import re

from quarterday.statistics.peers import positions
from quarterday.statistics.rates import proportion, rate
from quarterday.statistics.revisions import revisions_of
from quarterday.statistics.share import implied_whole, share_change
from tests.docs.test_documents import DOCS, rows_of

METHODS = DOCS / "methods"


def whole(text: str) -> int:
    return int(text.replace(",", ""))


def number(text: str) -> int | None:
    return None if text.startswith("[") else int(text)


def test_the_worked_example_of_rates_is_what_is_computed() -> None:
    for count, *written in rows_of(METHODS / "rates.md"):
        found = rate(int(count), 84_214)
        assert [f"{value:.2f}" for value in (found.value, found.lower, found.upper)] == written
    cases = proportion(18, 20)
    said = f"Of 20 cases 18 are {cases.value:.1%}, with limits of {cases.lower:.1%} and {cases.upper:.1%}."
    assert said in (METHODS / "rates.md").read_text("utf-8")


def test_the_worked_example_of_positions_is_what_is_computed() -> None:
    rows = rows_of(METHODS / "standing.md")
    found = positions([whole(row[1]) for row in rows], [whole(row[2]) for row in rows], areas=[row[0] for row in rows])
    for area, *_, between, limits, position in rows:
        computed = found.at(area)
        assert f"{computed.rank_lower} and {computed.rank_upper}" == between
        assert f"{computed.limits[0].lower:.1f} to {computed.limits[0].upper:.1f}" == limits
        assert computed.label == position
    assert f"(phi is {found.phi:.0f})" in (METHODS / "standing.md").read_text("utf-8")


def test_the_places_of_smaller_counts_are_as_unsure_as_the_page_says() -> None:
    page = (METHODS / "standing.md").read_text("utf-8")
    items = re.findall(r"^- (\w+), (\d+): place (\d), between (\d) and (\d)$", page, re.MULTILINE)
    assert len(items) == 7
    found = positions([int(item[1]) for item in items], 50_000, areas=[item[0] for item in items])
    for area, _, *places in items:
        computed = found.at(area)
        assert [str(place) for place in (computed.rank, computed.rank_lower, computed.rank_upper)] == places


def test_the_worked_example_of_shares_is_what_is_computed() -> None:
    for *counts, points, part, total, flagged in rows_of(METHODS / "share.md"):
        before, now = (whole(counts[0]), whole(counts[1])), (whole(counts[2]), whole(counts[3]))
        change = share_change(before, now)
        assert change.part_per_cent is not None
        written = [f"{change.points:.2f}", f"{change.part_per_cent:.1f}", f"{change.whole_per_cent:.1f}"]
        assert written == [points, part, total]
        assert change.whole_moved_more == (flagged == "yes")
    least, most = implied_whole(84, 1.4)
    assert most is not None
    assert f"from {least:,.0f} to {most:,.0f}" in " ".join((METHODS / "share.md").read_text("utf-8").split())


def test_the_worked_example_of_revisions_is_what_is_computed() -> None:
    rows = rows_of(METHODS / "revisions.md")
    found = revisions_of(
        {row[0]: number(row[1]) for row in rows},
        {row[0]: number(row[2]) for row in rows},
        reasons={row[0]: row[5] for row in rows if row[5]},
    )
    written = {row[0]: (row[3], row[4], row[5]) for row in rows if row[3]}
    computed = {
        each.figure: (each.kind, "" if each.difference is None else f"{each.difference:.0f}", each.reason or "")
        for each in found.revised
    }
    assert computed == written
    assert (found.compared, len(found.without_reason)) == (4, 1)
