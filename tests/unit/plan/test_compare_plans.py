"""What a plan file would change is told row by row, before anything is written."""

import pytest

from quarterday.plan.compare_plans import ADDED, CHANGED, REMOVED, Difference, counted, differences
from quarterday.plan.entries import Plan
from quarterday.plan.plan_file import read_plans
from tests.world import REDDITCH


@pytest.fixture(scope="module")
def redditch() -> Plan:
    return read_plans(REDDITCH)[0]


def changed(plan: Plan, **keys: object) -> Plan:
    """The plan with other values, checked anew."""
    return Plan.model_validate(plan.model_dump(exclude_defaults=True) | keys)


def told(before: Plan | None, after: Plan) -> list[tuple[str, str, str]]:
    return [(each.what, each.kind, each.name) for each in differences(before, after)]


def cells(found: Difference) -> list[tuple[str, str, str]]:
    return [(cell.key, cell.before, cell.after) for cell in found.cells]


def test_the_same_plan_changes_nothing(redditch: Plan) -> None:
    assert differences(redditch, redditch) == ()


def test_a_changed_key_is_told_from_what_to_what(redditch: Plan) -> None:
    priorities = redditch.model_dump(exclude_defaults=True)["priorities"]
    priorities[0]["measures"][0]["polarity"] = "higher"
    (found,) = differences(redditch, changed(redditch, priorities=priorities))
    assert (found.what, found.kind, cells(found)) == (CHANGED, "measure", [("polarity", "lower", "higher")])
    assert found.name == redditch.priorities[0].measures[0].name


def test_an_agency_that_is_added_and_one_that_goes_are_told(redditch: Plan) -> None:
    agencies = [*redditch.model_dump(exclude_defaults=True)["agencies"], {"short_name": "NEW", "name": "New Agency"}]
    after = changed(redditch, agencies=agencies)
    assert told(redditch, after) == [(ADDED, "agency", "NEW")]
    assert told(after, redditch) == [(REMOVED, "agency", "NEW")]


def test_a_new_plan_is_all_added(redditch: Plan) -> None:
    found = differences(None, redditch)
    counts = counted(found)
    assert counts == {ADDED: len(found), CHANGED: 0, REMOVED: 0}
    assert {"partnership", "agency", "measure", "project", "update", "edition", "comment"} <= {
        each.kind for each in found
    }


def test_letter_case_changes_a_row_and_makes_no_other(redditch: Plan) -> None:
    text = redditch.model_dump_json(exclude_defaults=True).replace(
        redditch.agencies[0].short_name, redditch.agencies[0].short_name.lower()
    )
    after = Plan.model_validate_json(text)
    assert {each.what for each in differences(redditch, after)} == {CHANGED}


def test_another_order_is_told(redditch: Plan) -> None:
    agencies = list(reversed(redditch.model_dump(exclude_defaults=True)["agencies"]))
    (found,) = differences(redditch, changed(redditch, agencies=agencies))
    assert (found.what, found.kind, found.name) == (CHANGED, "order", "agency")


def test_a_measure_that_moves_to_another_priority_stays_one_row(redditch: Plan) -> None:
    one = {"name": "A measure", "unit": "offences", "definition": "All.", "source": "Police", "polarity": "lower"}
    before = changed(redditch, priorities=[{"name": "One", "measures": [one]}, {"name": "Two"}], editions=[])
    after = changed(redditch, priorities=[{"name": "One"}, {"name": "Two", "measures": [one]}], editions=[])
    (found,) = differences(before, after)
    assert (found.kind, cells(found)) == ("measure", [("priority", "One", "Two")])


def test_what_people_wrote_and_would_lose_is_marked(redditch: Plan) -> None:
    editions = redditch.model_dump(exclude_defaults=True)["editions"]
    gone = editions[0]["comments"][0]
    editions[0]["comments"] = editions[0]["comments"][1:]
    found = differences(redditch, changed(redditch, editions=editions))
    lost = [each for each in found if each.loses_what_people_wrote]
    assert [(each.what, each.kind) for each in lost] == [(REMOVED, "comment")]
    assert ("text", gone["text"], "") in cells(lost[0])
    assert gone["measure"] in lost[0].name


def test_an_update_of_the_same_label_is_told_as_rewritten(redditch: Plan) -> None:
    priorities = redditch.model_dump(exclude_defaults=True)["priorities"]
    project = next(each for each in priorities[0]["projects"] if "updates" in each)
    project["updates"][0]["text"] = "Other words."
    (found,) = differences(redditch, changed(redditch, priorities=priorities))
    assert (found.what, found.kind, found.loses_what_people_wrote) == (CHANGED, "update", True)
