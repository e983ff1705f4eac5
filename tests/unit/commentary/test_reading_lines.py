"""How lines, arrows and numbers that the words leave open are read."""

import time

import pytest

from quarterday.commentary.read import read_claims

LONG = 10_000
QUICKLY = 2.0


def test_a_bullet_line_has_its_own_subject() -> None:
    text = "Burglary: 212 (-14, -6.2%)\nVehicle crime: 318 (+27, +8.5%)"
    subjects = {claim.quote: claim.scope.subject for claim in read_claims(text)}
    assert "burglary" in subjects["212"]
    assert "vehicle" in subjects["318"]


def test_a_line_that_is_only_wrapped_is_one_sentence() -> None:
    assert [claim.quote for claim in read_claims("Theft fell\nby 18 offences.")] == ["fell\nby 18 offences"]


def test_an_arrow_is_a_direction() -> None:
    (claim,) = read_claims("Criminal damage: \u2193 12%")
    assert claim.stated.way is not None
    assert claim.stated.way.value == "down"


@pytest.mark.parametrize("text", ["Ranked 2nd on satisfaction (82%).", "The totals were 455, 412, 388 and 341."])
def test_a_number_whose_meaning_is_not_said_is_left_open(text: str) -> None:
    assert any(claim.scope.is_open for claim in read_claims(text))


@pytest.mark.parametrize("unit", ["1,", "\n", " \n ", "\u00a31,", "fell by "])
def test_hostile_lines_are_read_in_proportion_to_their_length(unit: str) -> None:
    began = time.perf_counter()
    read_claims(unit * (LONG // len(unit)))
    assert time.perf_counter() - began < QUICKLY
