"""A time that counts on from one told before is that time: "402 in 2016/17 and 371 the following year"."""

import pytest

from tests.unit.commentary.test_weighing import of_vehicles

AFTERWARDS = [
    "the following year", "the year after", "a year later", "one year later", "twelve months on", "12 months later",
    "in the year that followed", "the year following", "the subsequent year", "a year on",
]  # fmt: skip


def told(text: str) -> list[tuple[str, str]]:
    return [(item.claim.quote, item.verdict.value) for item in of_vehicles(text)]


@pytest.mark.parametrize("when", AFTERWARDS)
def test_what_is_told_of_the_year_after_is_held_against_that_year(when: str) -> None:
    right = told(f"There were 402 vehicle crimes in 2016/17 and 371 {when}.")
    wrong = told(f"There were 402 vehicle crimes in 2016/17 and 392 {when}.")
    assert [verdict for _, verdict in right] == ["supported", "supported"]
    assert [verdict for _, verdict in wrong] == ["supported", "contradicted"]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Vehicle crime stood at 402 in 2016/17. The following year it was 371.", ["supported", "supported"]),
        ("In 2016/17 the figure was 402; two years later it was 329.", ["supported", "supported"]),
        ("In 2016/17 the figure was 402; two years later it was 371.", ["supported", "contradicted"]),
        ("After 402 offences in 2016/17, the next year brought 31 fewer.", ["supported", "supported"]),
        ("Vehicle crime was back up to 402 by 2018/19.", ["contradicted"]),
    ],
)
def test_it_counts_from_the_time_told_last(text: str, verdicts: list[str]) -> None:
    assert [verdict for _, verdict in told(text)] == verdicts


@pytest.mark.parametrize(
    "text",
    [
        "A rise is expected the following year.",
        "The following year should see fewer vehicle crimes.",
        "Next year, 300.",
    ],
)
def test_without_one_it_is_left_open(text: str) -> None:
    assert "contradicted" not in {verdict for _, verdict in told(text)}
