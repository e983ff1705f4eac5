"""What is said of another place, or of another thing beside the number, is not held against the report."""

import pytest

from tests.unit.commentary.test_weighing import NO, YES, of_vehicles, verdicts


@pytest.mark.parametrize(
    "text",
    [
        "Vehicle crime fell by 42 while the Harrow Vale district recorded 12 more.",
        "Vehicle crime fell by 42; in Eastgate it rose by a third.",
        "Vehicle crime fell by 42, whereas a neighbouring authority saw it rise by 12%.",
    ],
)
def test_a_place_without_figures_is_named_as_what_is_missing(text: str) -> None:
    found = verdicts(of_vehicles(text))
    assert (found[0], NO in found) == (YES, False)


@pytest.mark.parametrize(
    "text", ["Criminal damage (+8.0%), bicycle damage (-31%).", "Vehicle crime down 42 / caravan crime 21%."]
)
def test_a_thing_that_is_told_apart_by_its_name_is_another(text: str) -> None:
    assert NO not in verdicts(of_vehicles(text))


def test_a_place_in_which_the_report_s_own_lies_leaves_its_number_checkable() -> None:
    assert verdicts(of_vehicles("In Norbury vehicle crime fell by 50.")) == [NO]


def test_a_number_with_its_own_sign_has_no_direction_from_a_clause_before() -> None:
    text = "Drops were seen in vehicle crime (-11.3%); criminal damage went the other way (+8.0%)."
    assert NO not in verdicts(of_vehicles(text))
