"""A file is uploaded, read by a job, looked at, and lands; or is refused with every fault, discarded, withdrawn."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.editions import uploads
from quarterday.editions.home import Home
from quarterday.plan.models import Change, Upload
from quarterday.plan.selectors import partnership_row
from quarterday.sources.monthly_return import write_monthly_return_template
from quarterday.web.jobs import do_waiting
from tests.conftest import ROOT
from tests.world import World

LOAD = "/partnerships/redditch/load/"
FIGURES = ROOT / "src" / "quarterday" / "examples" / "redditch" / "figures.csv"
HEADER = "measure,area,period,value,status,note\n"
YEAR = "".join(f"Theft,Redditch,2011-{month:02d},{month},,\n" for month in range(4, 13))


def csv(*rows: str, name: str = "figures.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (HEADER + "".join(rows)).encode(), "text/csv")


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> Home:
    settings.QUARTERDAY_HOME = tmp_path
    return Home(tmp_path)


@pytest.fixture
def analyst(world: World, home: Home) -> Client:  # noqa: ARG001 - the workspace is asked for
    return world.client("analyst")


def work(home: Home) -> None:
    do_waiting(home.folder / "jobs")


def send(client: Client, home: Home, file: SimpleUploadedFile, **said: object) -> Upload:
    """Upload a file, and have it read."""
    answer = client.post(f"{LOAD}new/", {"file": file, **said})
    assert answer.status_code == 302, answer.content.decode()
    work(home)
    return Upload.objects.latest("pk")


def shown(client: Client, upload: Upload) -> str:
    return client.get(f"{LOAD}{upload.pk}/").content.decode()


def act(client: Client, upload: Upload, what: str, **said: str) -> Upload:
    client.post(f"{LOAD}{upload.pk}/{what}/", said)
    upload.refresh_from_db()
    return upload


def thefts(home: Home) -> dict[str, float | None]:
    figures = home.warehouse().holding("Theft", "Redditch").figures
    return {period.code: figure.value for period, figure in figures.items()}


def test_nothing_lands_before_somebody_has_seen_it_and_said_so(analyst: Client, home: Home) -> None:
    upload = send(analyst, home, csv(YEAR))
    assert (upload.state, upload.kind, home.warehouse().releases()) == ("read", "figures", ())
    page = shown(analyst, upload)
    assert "9 new, 0 as they stand, 0 revised" in page
    assert "Load these figures" in page


def test_what_is_accepted_lands_as_it_was_shown(analyst: Client, home: Home) -> None:
    upload = act(analyst, send(analyst, home, csv(YEAR)), "accept")
    assert upload.state == "accepted"
    work(home)
    upload.refresh_from_db()
    (release,) = home.warehouse().releases()
    assert (upload.state, upload.release, upload.loaded_at) == ("landed", release.id, release.loaded_at)
    assert thefts(home)["2011-12"] == 12
    assert list((home.folder / "uploads").iterdir()) == [home.folder / "uploads" / "coming"]


def test_revisions_of_months_held_are_shown_before_they_land(analyst: Client, home: Home) -> None:
    act(analyst, send(analyst, home, csv(YEAR)), "accept")
    work(home)
    later = YEAR.replace("2011-05,5", "2011-05,50").replace("2011-06,6", "2011-06,7")
    upload = send(analyst, home, csv(later, name="again.csv"))
    assert (upload.found["new"], upload.found["unchanged"], upload.found["revised"]) == (0, 7, 2)
    assert upload.found["revisions"] == [
        {"measure": "Theft", "area": "Redditch", "number": 2, "largest": "May 2011: 5 before, 50 now"}
    ]
    assert "May 2011: 5 before, 50 now" in shown(analyst, upload)


def test_months_that_are_missing_are_named(analyst: Client, home: Home) -> None:
    gap = YEAR.replace("Theft,Redditch,2011-07,7,,\n", "")
    upload = send(analyst, home, csv(gap))
    assert upload.found["missing"] == ["The file has no figure of July 2011."]
    act(analyst, upload, "accept")
    work(home)
    later = send(analyst, home, csv("Theft,Redditch,2012-03,4,,\n", name="later.csv"))
    assert later.found["missing"] == [
        "Between what is held of this kind and this file, January to February 2012 is missing."
    ]


def test_a_refused_file_shows_every_fault_with_its_row_and_changes_nothing(analyst: Client, home: Home) -> None:
    bad = YEAR + "Theft,Redditch,2012-01,many,,\nTheft,Redditch,2012-13,4,,\n"
    upload = send(analyst, home, csv(bad, name="February.csv"))
    assert (upload.state, len(upload.faults)) == ("refused", 2)
    page = shown(analyst, upload)
    assert "February.csv, row 11" in page
    assert "February.csv, row 12" in page
    assert home.warehouse().releases() == ()


def test_a_file_that_does_not_tell_what_it_is_is_asked_about(analyst: Client, home: Home, tmp_path: Path) -> None:
    table = SimpleUploadedFile("table.csv", b"Measure,Apr 2011,May 2011\nTheft,4,5\n")
    upload = send(analyst, home, table)
    assert upload.state == "refused"
    assert "choose what it is" in upload.faults[0]
    act(analyst, upload, "again", kind="published-table", area="Redditch")
    work(home)
    upload.refresh_from_db()
    assert (upload.state, upload.found["figures"]) == ("read", 2)
    assert not (tmp_path / "uploads" / str(upload.pk) / "reading").exists()


def test_a_monthly_return_is_known_by_its_look(analyst: Client, home: Home, tmp_path: Path) -> None:
    for name in ("return.csv", "return.xlsx"):
        path = tmp_path / name
        write_monthly_return_template(
            path, measures=["Theft"], area="Redditch", months=Period.financial_quarter(2011, 1)
        )
        upload = send(analyst, home, SimpleUploadedFile(name, path.read_bytes()))
        assert (upload.kind, upload.state) == ("", "refused")
        assert "choose what" not in upload.faults[0]


def test_a_discarded_file_is_gone_and_has_changed_nothing(analyst: Client, home: Home) -> None:
    upload = act(analyst, send(analyst, home, csv(YEAR)), "discard")
    assert upload.state == "discarded"
    assert not (home.folder / "uploads" / str(upload.pk)).exists()
    assert home.warehouse().releases() == ()


def test_a_load_is_withdrawn_with_a_reason_and_what_it_revised_stands_again(analyst: Client, home: Home) -> None:
    act(analyst, send(analyst, home, csv(YEAR)), "accept")
    work(home)
    upload = act(analyst, send(analyst, home, csv("Theft,Redditch,2011-05,50,,\n", name="b.csv")), "accept")
    work(home)
    assert thefts(home)["2011-05"] == 50
    assert "Say in a few words why." in analyst.post(f"{LOAD}{upload.pk}/withdraw/", {"why": ""}).content.decode()
    act(analyst, upload, "withdraw", why="Sent in error.")
    work(home)
    upload.refresh_from_db()
    assert (upload.state, thefts(home)["2011-05"]) == ("withdrawn", 5)
    assert "Sent in error." in shown(analyst, upload)


def test_every_step_is_in_the_trail_with_who_and_why(world: World, analyst: Client, home: Home) -> None:
    before = Change.objects.latest("pk").pk
    act(analyst, send(analyst, home, csv(YEAR)), "accept")
    work(home)
    changes = Change.objects.filter(pk__gt=before).order_by("pk")
    assert [change.why for change in changes][:4] == [
        "figures.csv was uploaded.",
        "figures.csv is being read.",
        "figures.csv was read; nothing of it has landed.",
        "figures.csv was accepted.",
    ]
    assert {change.by for change in changes} == {world.people["analyst"]}
    assert {change.partnership for change in changes} == {partnership_row("Redditch")}


def test_figures_of_another_partnerships_areas_are_refused_by_name(analyst: Client, home: Home) -> None:
    upload = send(analyst, home, csv(YEAR, "Theft,Wyre Forest,2011-04,3,,\n", "Theft,Peerton,2011-04,3,,\n"))
    assert upload.state == "refused"
    assert "Wyre Forest (Wyre Forest Partnership)" in upload.faults[0]
    assert "Peerton" not in upload.faults[0]


def test_somebody_who_loads_for_both_may_load_both(world: World, home: Home) -> None:
    upload = send(world.client("county manager"), home, csv("Theft,Wyre Forest,2011-04,3,,\n"))
    assert upload.state == "read"


def test_what_all_are_counted_by_is_not_loaded_by_one_partnership(world: World, analyst: Client, home: Home) -> None:
    file = SimpleUploadedFile("residents.csv", b"LAD17NM,population_mid2017\nRedditch,84000\n")
    upload = send(analyst, home, file)
    assert (upload.state, "ask an administrator" in upload.faults[0]) == ("refused", True)
    with pytest.raises(InputError, match="ask an administrator"):
        uploads.upload_again(upload, kind="population", area="", by=world.people["analyst"])


def test_what_landed_meanwhile_has_the_file_read_again_before_it_lands(analyst: Client, home: Home) -> None:
    first, second = send(analyst, home, csv(YEAR)), send(analyst, home, csv(YEAR, "Theft,Redditch,2012-01,9,,\n"))
    act(analyst, first, "accept")
    work(home)
    act(analyst, second, "accept")
    assert second.state == "waiting"
    work(home)
    second.refresh_from_db()
    assert (second.state, second.found["new"], second.found["unchanged"]) == ("read", 1, 9)


def test_two_who_decide_at_once_do_one_thing_and_the_second_is_told(world: World, analyst: Client, home: Home) -> None:
    upload = send(analyst, home, csv(YEAR))
    act(analyst, upload, "accept")
    answer = world.client("manager").post(f"{LOAD}{upload.pk}/discard/", follow=True)
    assert "is accepted by now, so nothing was done" in answer.content.decode()
    work(home)
    upload.refresh_from_db()
    assert upload.state == "landed"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 300 + ".csv", "C:\\x\\f.csv", "\u202egpj.csv", "né ü.csv"])
def test_a_hostile_name_is_never_a_path(analyst: Client, home: Home, name: str) -> None:
    file = csv(YEAR)
    file._name = name  # noqa: SLF001 - past Django's own cleaning of names
    upload = send(analyst, home, file)
    assert upload.state == "read"
    assert {path.name for path in (home.folder / "uploads").iterdir()} == {"coming", str(upload.pk)}
    assert {path.name for path in (home.folder / "uploads" / str(upload.pk)).iterdir()} == {"0"}


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../x.csv", "x.csv"), ("..", "file"), (".bashrc", "bashrc"), ("a/b\\c.csv", "c.csv"),
        ("a\0b\n.csv", "a_b_.csv"),
        ("Août 2011.csv", "Août 2011.csv"), ("é" * 200 + ".csv", "é" * 73 + ".csv"), ("", "file"), ("\u202ex", "_x"),
    ],
)  # fmt: skip
def test_a_plain_name_stays_in_its_folder(name: str, plain: str) -> None:
    assert uploads.plain_name(name) == plain


def test_more_than_is_allowed_is_not_taken(analyst: Client, home: Home, settings: Settings) -> None:
    settings.QUARTERDAY_MOST_UPLOAD = 50
    answer = analyst.post(f"{LOAD}new/", {"file": csv(YEAR)})
    assert "the most that is taken at a time" in answer.content.decode()
    assert list((home.folder / "uploads" / "coming").iterdir()) == []
    assert not Upload.objects.exists()


def test_a_partnership_has_no_more_than_its_share_of_files(
    analyst: Client, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_UNDECIDED", 1)
    upload = send(analyst, home, csv(YEAR))
    answer = analyst.post(f"{LOAD}new/", {"file": csv(YEAR)})
    assert "wait to be decided about" in answer.content.decode()
    act(analyst, upload, "discard")
    assert send(analyst, home, csv(YEAR)).state == "read"


def test_a_file_is_not_kept_where_the_form_is_wrong(analyst: Client, home: Home) -> None:
    answer = analyst.post(f"{LOAD}new/", {"file": csv(YEAR), "kind": "extract"})
    assert "choose the map as the second file" in answer.content.decode()
    assert list((home.folder / "uploads" / "coming").iterdir()) == []


def test_nobody_without_the_right_makes_the_server_keep_a_file(world: World, home: Home) -> None:
    for viewer in ("anonymous", "reader", "other manager"):
        world.client(viewer).post(f"{LOAD}new/", {"file": csv(YEAR)})
        world.client(viewer).post("/accounts/login/", {"file": csv(YEAR)})
    assert not (home.folder / "uploads").exists()


def test_an_upload_from_elsewhere_is_refused(world: World, home: Home) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["analyst"], "allauth.account.auth_backends.AuthenticationBackend")
    client.get(f"{LOAD}new/")  # which gives the cookie
    assert client.post(f"{LOAD}new/", {"file": csv(YEAR)}).status_code == 403
    assert list((home.folder / "uploads" / "coming").iterdir()) == []


def test_the_file_of_another_partnership_is_not_there(world: World, analyst: Client, home: Home) -> None:
    upload = send(analyst, home, csv(YEAR))
    answer = world.client("other manager").get(f"/partnerships/elsewhere/load/{upload.pk}/")
    assert answer.status_code == 404


def test_the_map_of_an_extract_comes_with_it(analyst: Client, home: Home) -> None:
    rows = "Date,District,Kind\n03/04/2011,Redditch,Theft\n09/05/2011,Redditch,Theft\n"
    mapped = (
        'format = 1\ndate_column = "Date"\ndate_format = "DD/MM/YYYY"\narea_column = "District"\n'
        '[[measures]]\nname = "Theft"\n'
    )
    answer = analyst.post(
        f"{LOAD}new/",
        {
            "file": SimpleUploadedFile("rows.csv", rows.encode()),
            "second": SimpleUploadedFile("m.toml", mapped.encode()),
        },
    )
    assert answer.status_code == 302
    work(home)
    upload = Upload.objects.latest("pk")
    assert upload.kind == "extract"
    assert all("rows.csv" in fault or "m.toml" in fault for fault in upload.faults)


def test_a_file_that_was_altered_or_lost_where_it_is_kept_does_not_land(analyst: Client, home: Home) -> None:
    upload = send(analyst, home, csv(YEAR))
    kept = home.folder / "uploads" / str(upload.pk) / "0"
    for harm, fault in ((lambda: kept.write_text(HEADER), "no longer what was sent"), (kept.unlink, "no longer kept")):
        harm()
        act(analyst, upload, "accept")
        work(home)
        upload.refresh_from_db()
        assert (upload.state, home.warehouse().releases()) == ("read", ())
        assert fault in upload.faults[0]


def test_what_nobody_decides_about_is_discarded_in_the_end(analyst: Client, home: Home) -> None:
    upload = send(analyst, home, csv(YEAR))
    Upload.objects.filter(pk=upload.pk).update(at="2011-01-01T00:00:00Z")
    uploads.clear_away(home, now=datetime.now(UTC))
    upload.refresh_from_db()
    assert upload.state == "discarded"
