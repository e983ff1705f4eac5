"""What programs ask for is answered as its description says, and by the same rules as the pages."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from pytest_django import Settings
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.domain.source import Source, SourceFile
from quarterday.editions.home import Home
from quarterday.people.models import Token
from quarterday.people.services import role_end
from quarterday.people.tokens import Scope, token_make
from quarterday.plan.plan_file import read_plans
from quarterday.plan.services import plan_replace
from quarterday.warehouse.base import Intake
from quarterday.web.api.calls import api
from quarterday.web.wsgi import application
from tests.world import REDDITCH, VIEWERS, WHY, World

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 4)
PEER = "Tamworth"
CALLS = (
    "/api/figures?measure=harassment%20offences",
    "/api/partnerships",
    "/api/partnerships/redditch/plan",
    "/api/partnerships/redditch/quarters/2011-12-q4/findings",
    "/api/editions",
    "/api/editions/redditch/2011-12-q3",
)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    settings.QUARTERDAY_API_CALLS = 10_000


def token(world: World, viewer: str, *scope: str, expires: date = TODAY) -> str:
    made = {"name": f"Token {Token.objects.count()}", "scope": scope or tuple(Scope)}
    return token_make(world.people[viewer], **made, expires=expires, today=TODAY, why=WHY)[1]


def program(text: str) -> Client:
    """A program that has this token."""
    return Client(headers={"Authorization": f"Bearer {text}"})


def faults(client: Client, address: str, *, status: int) -> str:
    answer = client.get(address)
    assert (answer.status_code, list(answer.json())) == (status, ["faults"])
    return str(" ".join(answer.json()["faults"]))


@pytest.fixture
def figures(world: World, settings: Settings, tmp_path: Path) -> Path:  # noqa: ARG001 - there are plans
    """A workspace with figures of two measures, in an area of the partnership, in one elsewhere and in a peer."""
    settings.QUARTERDAY_HOME = tmp_path
    (redditch,) = read_plans(REDDITCH)
    first, *others = redditch.peer_groups
    group = first.model_copy(update={"members": ("Redditch", PEER)})
    plan_replace(redditch.model_copy(update={"peer_groups": (group, *others)}), by=None, why=WHY)
    held = [
        Figure(measure, area, Period.month(2012, month), 1.0)
        for measure in ("Harassment offences", "Other partners' returns")
        for area in ("Redditch", "Elsewhere", PEER)
        for month in (1, 2, 3)
    ]
    source = Source(title="T", publisher="P", licence="L", files=(SourceFile("f.csv", "0" * 64),))
    intake = Intake(source, "test 1", tuple(held))
    Home(tmp_path).warehouse().land(intake, loaded_at=datetime(2026, 5, 4, 12, tzinfo=UTC))
    return tmp_path


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A request ends without closing the connection, which is the test's own; Django's client sees to that itself."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("archive", "one_connection")
@pytest.mark.parametrize("viewer", ["anonymous", "stranger", "county manager"])
@pytest.mark.parametrize("operation", sorted(str(route) for route in api.get_openapi_schema()["paths"]))
def test_every_call_answers_as_its_description_says(world: World, viewer: str, operation: str) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    headers = {} if viewer == "anonymous" else {"Authorization": f"Bearer {token(world, viewer)}"}

    @given(case=schema[operation]["GET"].as_strategy())
    @examples(
        max_examples=12,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    def answers(case: schemathesis.Case) -> None:
        # It takes ours for a token that it made up, and a description cannot say that from comes before to: see below.
        case.validate_response(case.call(headers=headers), excluded_checks=[ignored_auth, positive_data_acceptance])

    answers()


def test_the_description_has_every_call_and_says_what_each_is_good_for(client: Client) -> None:
    described = client.get("/api/openapi.json").json()
    calls = [methods["get"] for methods in described["paths"].values()]
    assert {call["x-scope"] for call in calls} == set(Scope)
    assert all("429" in call["responses"] for call in calls)
    assert all(parameter["schema"]["description"] for call in calls for parameter in call.get("parameters", ()))
    assert all(set(methods) == {"get"} for methods in described["paths"].values())


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("address", CALLS)
def test_a_call_without_a_token_is_answered_only_where_anyone_may_read(client: Client, address: str) -> None:
    if address.startswith("/api/editions"):
        assert client.get(address).status_code == 200
    else:
        assert "no token came" in faults(client, address, status=401)
        assert client.get(address)["WWW-Authenticate"] == "Bearer"


@pytest.mark.usefixtures("archive")
def test_being_signed_in_in_a_browser_is_no_token(world: World) -> None:
    assert "no token came" in faults(world.client("manager"), CALLS[0], status=401)
    assert world.client("manager").get("/api/editions").json() == Client().get("/api/editions").json()


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("scope", Scope)
def test_a_token_is_good_for_its_scope_alone(world: World, scope: Scope) -> None:
    caller = program(token(world, "manager", scope))
    described = caller.get("/api/openapi.json").json()["paths"]
    for address in CALLS:
        path = address.partition("?")[0].replace("/redditch/", "/{partnership}/")
        path = path.replace("2011-12-q4", "{quarter}").replace("2011-12-q3", "{quarter}")
        wanted = described[path]["get"]["x-scope"]
        assert caller.get(address).status_code == (200 if wanted == scope else 403), address


@pytest.mark.usefixtures("archive")
def test_a_token_opens_what_its_person_may_open_in_the_browser(world: World) -> None:
    """The same editions for every kind of viewer, and the same plans."""
    for viewer in VIEWERS:
        browser = world.client(viewer)
        caller = Client() if viewer == "anonymous" else program(token(world, viewer))
        for quarter in ("q1", "q2", "q3", "q4"):
            page = browser.get(f"/editions/redditch/2011-12-{quarter}/").status_code
            assert caller.get(f"/api/editions/redditch/2011-12-{quarter}").status_code == page, (viewer, quarter)
        if viewer in {"anonymous", "administrator"}:  # who sees that a partnership is there, and reads nothing of it
            continue
        for partnership in ("redditch", "wyre-forest", "elsewhere"):
            page = browser.get(f"/partnerships/{partnership}/plan/").status_code
            assert caller.get(f"/api/partnerships/{partnership}/plan").status_code == page, (viewer, partnership)


@pytest.mark.usefixtures("archive")
def test_an_edition_comes_as_it_is_kept(world: World, archive: Path) -> None:
    answer = program(token(world, "reader")).get("/api/editions/redditch/2011-12-q4")
    assert answer.content == (archive / "editions" / "redditch" / "2011-12-q4" / "edition.json").read_bytes()


@pytest.mark.usefixtures("archive")
def test_a_plan_comes_with_the_keys_of_a_plan_file(world: World) -> None:
    (redditch,) = read_plans(REDDITCH)
    answer = program(token(world, "reader")).get("/api/partnerships/redditch/plan")
    assert type(redditch).model_validate(answer.json()) == redditch


@pytest.mark.usefixtures("figures")
def test_figures_are_of_ones_own_areas_and_of_peers_what_is_measured_there(world: World) -> None:
    answer = program(token(world, "reader"))
    seen = {
        (figure["measure"], figure["area"])
        for area in ("redditch", "elsewhere", PEER)
        for figure in answer.get("/api/figures", {"area": area}).json()["figures"]
    }
    assert seen == {
        ("Harassment offences", "Redditch"),
        ("Other partners' returns", "Redditch"),
        ("Harassment offences", PEER),
    }


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("viewer", ["stranger", "administrator"])
def test_who_reads_no_partnership_sees_no_figure(world: World, viewer: str) -> None:
    answer = program(token(world, viewer)).get("/api/figures", {"measure": "harassment offences"}).json()
    assert (answer["total"], answer["figures"]) == (0, [])


@pytest.mark.usefixtures("figures")
def test_what_is_not_for_one_and_what_is_not_there_are_answered_alike(world: World) -> None:
    caller = program(token(world, "reader"))
    hidden = caller.get("/api/figures", {"measure": "Other partners' returns", "area": "Elsewhere"})
    missing = caller.get("/api/figures", {"measure": "Other partners' returns", "area": "Nowhere"})
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
    assert faults(caller, "/api/partnerships/elsewhere/plan", status=404) == faults(
        caller, "/api/partnerships/nowhere/plan", status=404
    ).replace("nowhere", "elsewhere")


@pytest.mark.usefixtures("figures")
def test_a_list_comes_in_parts_that_make_the_whole(world: World) -> None:
    caller = program(token(world, "reader"))
    address, months = "/api/figures?measure=Harassment offences&area=Redditch&limit=2", []
    while address:
        part = caller.get(address).json()
        assert part["total"] == 3
        months += [figure["period"] for figure in part["figures"]]
        address = part["next"].removeprefix("http://testserver")
    assert months == ["2012-01", "2012-02", "2012-03"]


@pytest.mark.usefixtures("figures")
def test_figures_can_be_asked_for_by_time_and_as_rolling_totals(world: World) -> None:
    caller = program(token(world, "reader"))
    asked = {"measure": "harassment offences", "area": "redditch", "from": "2012-02", "to": "2012-03"}
    assert [each["period"] for each in caller.get("/api/figures", asked).json()["figures"]] == ["2012-02", "2012-03"]
    totals = caller.get("/api/figures", asked | {"rolling": 3}).json()["figures"]
    assert [(each["period"], each["value"]) for each in totals] == [("2011-12/2012-02", None), ("2011/12 Q4", 3.0)]
    assert totals[0]["status"] == ["[x]"]


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/api/figures", "neither a measure nor an area came"),
        ("/api/figures?area=a&from=soon", "'soon' cannot be read"),
        ("/api/figures?area=a&from=2012-03&to=2012-01", "from is 2012-03, and to is 2012-01"),
        ("/api/figures?area=a&limit=1001", "limit is not as wanted: input should be less than or equal to 1000"),
        ("/api/figures?area=a&limit=many", "limit is not as wanted"),
        ("/api/figures?area=a&offset=-1", "offset is not as wanted"),
        ("/api/figures?area=a&rolling=0", "rolling is not as wanted"),
        (f"/api/figures?area={'a' * 201}", "area is not as wanted"),
    ],
)
def test_a_call_that_is_wrongly_written_is_refused_in_words(world: World, address: str, words: str) -> None:
    assert words in faults(program(token(world, "reader")), address, status=400)


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("header", ["Bearer no-such-token", "Bearer", "Basic YTpi", "Bearer " + "x" * 5000, "\x7f"])
def test_what_is_no_token_is_refused(header: str) -> None:
    assert "is no token that is good today" in faults(
        Client(headers={"Authorization": header}), "/api/editions", status=401
    )


@pytest.mark.usefixtures("archive")
def test_a_token_that_ended_or_whose_person_left_opens_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = program(token(world, "reader"))
    assert caller.get("/api/partnerships").status_code == 200
    world.people["reader"].is_active = False
    world.people["reader"].save()
    assert "no token that is good" in faults(caller, "/api/partnerships", status=401)
    world.people["reader"].is_active = True
    world.people["reader"].save()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2026, 5, 5))
    assert "no token that is good" in faults(caller, "/api/partnerships", status=401)


@pytest.mark.usefixtures("archive")
def test_a_role_that_ended_counts_at_once(world: World) -> None:
    caller = program(token(world, "reader"))
    assert caller.get("/api/partnerships").json()["total"] == 1
    role_end(role=world.role("reader"), by=None, why=WHY)
    assert caller.get("/api/partnerships").json()["total"] == 0


@pytest.mark.usefixtures("archive")
def test_calls_come_so_often_and_no_oftener(world: World, settings: Settings) -> None:
    settings.QUARTERDAY_API_CALLS = 3
    caller, other = program(token(world, "reader")), program(token(world, "manager"))
    assert [caller.get("/api/partnerships").status_code for _ in range(3)] == [200] * 3
    answer = caller.get("/api/partnerships")
    assert (answer.status_code, 1 <= int(answer["Retry-After"]) <= 60) == (429, True)
    assert "3 calls a minute are answered" in answer.json()["faults"][0]
    assert other.get("/api/partnerships").status_code == 200


@pytest.mark.usefixtures("archive")
def test_an_answer_to_a_token_is_kept_by_nobody_on_the_way(world: World) -> None:
    assert "no-store" in program(token(world, "reader")).get("/api/editions")["Cache-Control"]


def test_an_address_that_is_no_call_is_answered_in_words(client: Client) -> None:
    assert "there is no such call" in faults(client, "/api/no/such/call", status=404)


def test_the_page_of_the_api_tells_of_every_call(client: Client) -> None:
    page = client.get("/api/").content.decode()
    described = api.get_openapi_schema()["paths"]
    assert all(f"<code>{address}</code>" in page for address in described)
    assert "Without a token, or with one that is good for editions." in page


def test_the_description_is_json_that_stays_the_same(client: Client) -> None:
    first, second = (client.get("/api/openapi.json").content for _ in range(2))
    assert first == second
    assert json.loads(first)["openapi"] == "3.1.0"
