"""A password that is typed is judged as it will be when it is sent."""

import pytest

from quarterday.people.models import Person
from quarterday.people.passwords import Strength, judge_password

PERSON = Person(email="r.poe@council.example", full_name="Rosamund Poe-Smythe")


@pytest.mark.parametrize(
    ("password", "strength", "reason"),
    [
        ("amber lantern", Strength.FAIR, "It would be taken. With 20 characters"),
        ("amber lantern on the quay", Strength.STRONG, ""),
        ("ab" * 12, Strength.FAIR, "few different characters"),
        ("amber", Strength.REFUSED, "too short"),
        ("password1234", Strength.REFUSED, "too common"),
        ("098172635409", Strength.REFUSED, "entirely numeric"),
        ("rosamund poe-smythe", Strength.REFUSED, "too similar to the full name"),
    ],
)
def test_how_good_a_password_is_is_said_with_the_reason(password: str, strength: Strength, reason: str) -> None:
    judged = judge_password(password, PERSON)
    assert judged.strength == strength
    assert reason in " ".join(judged.reasons)
    assert bool(reason) == bool(judged.reasons)


def test_where_it_is_not_known_whose_it_is_a_name_is_not_held_against_it() -> None:
    assert judge_password("rosamund poe-smythe", None).strength == Strength.FAIR
