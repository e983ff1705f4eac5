"""A template is one file for many partnerships."""

from tests.unit.plan.plan_files import faults_of, read_text

TEMPLATE = """
format = 1

[template]
areas = [{ name = "Camden", code = "E09000007" }, { name = "Hackney", code = "E09000012" }]

[partnership]
name = "{area} Community Safety Partnership"
short_name = "{area}"

[[priorities]]
name = "Recorded crime in {area}"
"""


def test_each_area_gets_the_plan_with_its_own_name_in_it() -> None:
    camden, hackney = read_text(TEMPLATE)
    assert camden.partnership.name == "Camden Community Safety Partnership"
    assert hackney.partnership.short_name == "Hackney"
    assert hackney.priorities[0].name == "Recorded crime in Hackney"
    assert [area.code for plan in (camden, hackney) for area in plan.partnership.areas] == ["E09000007", "E09000012"]


def test_another_placeholder_is_a_fault() -> None:
    (fault,) = faults_of(TEMPLATE.replace("Recorded crime in {area}", "{borough}, {area}"))
    assert fault == "priorities[1].name: {borough} came; the only placeholder of a template is {area}."


def test_a_name_that_all_would_share_is_a_fault() -> None:
    (fault,) = faults_of(TEMPLATE.replace('short_name = "{area}"', 'short_name = "London"'))
    assert "'London' would name every partnership; write {area} in it." in fault


def test_a_template_for_one_area_may_name_its_partnership_in_full() -> None:
    text = TEMPLATE.replace(', { name = "Hackney", code = "E09000012" }', "").replace(
        'short_name = "{area}"', 'short_name = "C"'
    )
    (camden,) = read_text(text)
    assert camden.partnership.short_name == "C"


def test_areas_stand_in_one_place_only() -> None:
    (fault,) = faults_of(TEMPLATE.replace("[partnership]", "[partnership]\nareas = []"))
    assert "a template has its areas under [template]; remove these." in fault


def test_an_area_is_listed_once() -> None:
    (fault,) = faults_of(TEMPLATE.replace("Hackney", "camden"))
    assert fault.startswith("template: areas holds 'Camden', 'camden', which are one name")


def test_a_fault_that_every_plan_has_is_told_once() -> None:
    (fault,) = faults_of(TEMPLATE + 'aim = "x"\n')
    assert fault.startswith("priorities[1].aim, of 'Recorded crime in {area}': there is no such key")


def test_a_template_without_areas_is_checked_all_the_same() -> None:
    faults = faults_of(TEMPLATE.replace("areas =", "area =") + 'aim = "x"\n')
    assert [fault.partition(":")[0] for fault in faults] == [
        "template.areas",
        "template.area",
        "priorities[1].aim, of 'Recorded crime in {area}'",
    ]


def test_braces_mean_nothing_in_an_ordinary_plan() -> None:
    text = TEMPLATE.replace('[template]\nareas = [{ name = "Camden"', '[x]\nareas = [{ name = "Camden"')
    ordinary = text[: text.index("[x]")] + text[text.index("[partnership]") :]
    (plan,) = read_text(ordinary.replace("[partnership]", '[partnership]\nareas = [{ name = "A" }]'))
    assert plan.partnership.short_name == "{area}"
