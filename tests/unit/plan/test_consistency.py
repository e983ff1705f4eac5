"""What a plan refers to is there, and nothing stands in it twice."""

import pytest

from quarterday.plan.consistency import Fault, consistency_faults
from tests.unit.plan.plan_files import faults_after


@pytest.mark.parametrize(
    ("before", "after", "key", "said"),
    [
        ('"Police", "YOS"', '"police", "YOS"', "priorities[1].projects[1].leads[1]", "did you mean 'Police'?"),
        ('part_of = "RBC"', 'part_of = "Council"', "agencies[3].part_of", "no agency of this plan has that name"),
        ('peer_group = "iQ', 'peer_group = "IQ', "priorities[1].measures[1].peer_group", "no peer group of this plan"),
        (
            'group = "iQuanta most similar group"\nversion',
            'group = "x"\nversion',
            "standings[1].group",
            "no peer group",
        ),
        ('measure = "Harassment', 'measure = "Harrassment', "editions[1].comments[1].measure", "no measure of this"),
        ("project = 'Op", "project = 'Oper", "editions[1].highlights[1].project", "no project of this plan"),
        (
            'leads = ["RAHP"]',
            'leads = ["RAHP"]\nmeasures = ["x"]',
            "projects[3].measures[1]",
            "no measure of this plan",
        ),
        (
            'when = "June – July 2012"',
            'when = "June – July 2012"\nlead = "Polise"',
            "projects[1].actions[1].lead",
            "did you mean 'Police'?",
        ),
    ],
)
def test_a_name_that_is_referred_to_must_be_there(before: str, after: str, key: str, said: str) -> None:
    (fault,) = faults_after((before, after))
    assert key in fault
    assert said in fault


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ('carried_from = "2011/12 Q3"', "no edition of that quarter has this highlight, word for word"),
        ('carried_from = "2011/12 Q4"', "wanted a quarter before '2011/12 Q4'"),
        ('carried_from = "2012/13 Q1"', "wanted a quarter before '2011/12 Q4'"),
    ],
)
def test_what_was_carried_forward_stands_in_the_quarter_that_it_comes_from(key: str, said: str) -> None:
    (fault,) = faults_after(("[[editions.highlights]]", f"[[editions.highlights]]\n{key}"))
    assert "editions[1].highlights[1].carried_from" in fault
    assert said in fault


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            'short_name = "RAHP"',
            'short_name = "daat"',
            "agencies[8], of 'DAAT': short_name 'DAAT' came, but stands above",
        ),
        ('["Police", "YOS", "CST"]', '["Police", "CST", "CST"]', "leads[3]"),
        ('"Schools hate-crime prevention workshops"', '"New youth  facilities & services options"', "projects[7]"),
        ('period = "2010/11", value', 'period = "2009-04/2010-03", value', "figures[2]"),
        ('priority = "Domestic abuse"', 'priority = "drugs and alcohol"', "countywide[3]"),
        ("[[editions.highlights]]", '[[editions]]\nquarter = "2011/12 Q4"\n[[editions.highlights]]', "editions[2]"),
        ('measure = "Hate crime reports to local authority"', 'measure = "Harassment offences"', "comments[2]"),
        ('code = "E07000236" }', 'code = "E07000236" }, { name = "REDDITCH" }', "partnership.areas[2]"),
    ],
)
def test_nothing_stands_twice(before: str, after: str, said: str) -> None:
    found = faults_after((before, after))
    assert any(said in fault and "stands above already" in fault for fault in found)


def nested(path: str, entries: list[object]) -> object:
    """Entries at a path such as ``priorities.measures``, in lists on the way."""
    for key in reversed(path.split(".")):
        entries = [{key: entries}]
    return entries[0]


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("partnership.areas", {"name": "A"}),
        ("agencies", {"short_name": "A"}),
        ("peer_groups", {"name": "G", "version": "1"}),
        ("peer_groups.members", "A"),
        ("peer_groups.left_out", {"area": "A"}),
        ("priorities", {"name": "A"}),
        ("priorities.measures", {"name": "A"}),
        ("priorities.measures.caveats", "A"),
        ("priorities.measures.breaks", {"month": "2012-03"}),
        ("priorities.measures.targets", {"period": "2012", "kind": "value"}),
        ("priorities.measures.baselines", {"period": "2012"}),
        ("priorities.measures.standings", {"group": "G", "version": "1", "period": "2012"}),
        ("priorities.projects", {"name": "A"}),
        ("priorities.projects.leads", "A"),
        ("priorities.projects.measures", "A"),
        ("priorities.projects.figures", {"name": "A", "period": "2012"}),
        ("countywide", {"priority": "A", "quarter": "2011/12 Q4"}),
        ("editions", {"quarter": "2011/12 Q4", "version": 1}),
        ("editions.comments", {"measure": "A"}),
        ("editions.comments.overrides", {"quote": "A"}),
    ],
)
def test_one_list_tells_its_entries_apart(path: str, entry: object) -> None:
    def twice(plan: object) -> list[Fault]:
        return [fault for fault in consistency_faults(plan) if "stands above already" in fault.sentence]

    (fault,) = twice(nested(path, [entry, entry]))
    assert fault.location[-1] == 1
    assert twice(nested(path, [entry])) == []


def test_two_measures_may_have_caveats_alike() -> None:
    measures = [{"name": name, "caveats": ["Recorded crime only."]} for name in ("A", "B")]
    assert list(consistency_faults({"priorities": [{"measures": measures}]})) == []


def test_a_measure_belongs_to_one_priority() -> None:
    second = '[[priorities]]\nname = "Another"\n[[priorities.measures]]\nname = "HARASSMENT  offences"\n'
    rest = 'unit = "x"\ndefinition = "x"\nsource = "x"\npolarity = "lower"\n\n[[countywide]]'
    (fault,) = faults_after(("[[countywide]]", second + rest))
    assert fault.startswith("priorities[2].measures[1]")


def test_a_standing_is_in_a_version_that_is_there() -> None:
    (fault,) = faults_after(
        ('version = "2011/12, as quoted; membership not stated"\nperiod', 'version = "2010"\nperiod')
    )
    assert "'2010' came, but no version of 'iQuanta most similar group' is called that; known: '2011/12" in fault


def test_a_standing_is_among_no_more_areas_than_the_group_has() -> None:
    (fault,) = faults_after(("of = 15", "of = 16"))
    assert fault.endswith("of, of 'Harassment offences': 16 came, but the group 'iQuanta most similar group' has 15 "
                          "members; correct one of them.")  # fmt: skip


def test_an_agency_is_not_part_of_itself() -> None:
    faults = faults_after(
        ('name = "Redditch Borough Council"', 'name = "Redditch Borough Council"\npart_of = "RBC Housing"')
    )
    assert [fault.partition(",")[0] for fault in faults] == ["agencies[2].part_of", "agencies[3].part_of"]


def test_only_the_first_of_very_many_wrong_names_are_compared_with_the_right_ones() -> None:
    leads = [f"Polise{number}" for number in range(5000)]
    plan = {"agencies": [{"short_name": "Police"}], "priorities": [{"projects": [{"leads": leads}]}]}
    faults = list(consistency_faults(plan))
    assert len(faults) == 5000
    assert faults[0].sentence.endswith("did you mean 'Police'?")
    assert faults[-1].sentence.endswith("known: 'Police'.")
