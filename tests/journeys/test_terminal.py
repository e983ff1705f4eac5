"""The terminal, as a person uses it: what it says, and how it ends."""

import csv
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from quarterday import __version__
from quarterday.domain.period import Period
from tests.conftest import ROOT, Program
from tests.made_archive import crime, streets

EXAMPLES = ROOT / "src" / "quarterday" / "examples" / "redditch"
NAME = "Redditch Community Safety Partnership"


def test_done_is_nought_at_fault_is_one_wrongly_used_is_two(program: Program, tmp_path: Path) -> None:
    ends = [
        program("--version"),
        program("--home", tmp_path, "load", "figures", tmp_path / "none.csv"),
        program("--home", tmp_path, "load", "figurs"),
    ]
    assert [end.returncode for end in ends] == [0, 1, 2]
    assert ends[0].stdout.strip() == f"Quarterday {__version__}"
    assert "Traceback" not in "".join(end.stderr for end in ends)


def test_every_fault_of_a_file_is_named_with_row_and_column_and_nothing_lands(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(
        "measure,area,period,value,status,note\n"
        "Theft,Redditch,2012-13,5,,\n"
        "Theft,Redditch,2012-03,many,,\n"
        "Theft,Redditch,2012-02,,,\n",
        "utf-8",
    )
    refused = program("--home", tmp_path / "home", "load", "figures", file)
    assert refused.returncode == 1
    faults = refused.stderr.splitlines()
    assert len(faults) == 3
    assert [f"row {row}" in fault for row, fault in zip((2, 3, 4), faults, strict=True)] == [True] * 3
    assert not (tmp_path / "home" / "warehouse" / "CURRENT.json").exists()


def test_the_same_file_lands_once(program: Program, tmp_path: Path) -> None:
    first = program("--home", tmp_path, "load", "figures", EXAMPLES / "figures.csv")
    again = program("--home", tmp_path, "load", "figures", EXAMPLES / "figures.csv")
    assert first.stdout.startswith("Loaded 40 figures, July 2009 to March 2012: 40 new")
    assert again.stdout.startswith("Nothing changed")


def test_two_workspaces_do_not_mix(redditch_home: Path, program: Program, tmp_path: Path) -> None:
    other = program("--home", tmp_path, "build", "--partnership", NAME, "--quarter", "2011/12 Q4")
    assert other.returncode == 1
    assert "Redditch" in other.stderr
    assert (redditch_home / "editions" / "redditch").exists()


def test_a_plan_that_is_written_out_loads_back_the_same(redditch_home: Path, program: Program, tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    assert program("--home", redditch_home, "export", "plan", "--partnership", NAME, "--out", file).returncode == 0
    assert program("--home", tmp_path / "home", "load", "plan", file).returncode == 0
    again = program("--home", tmp_path / "home", "export", "plan", "--partnership", NAME)
    assert again.stdout == file.read_text("utf-8")


def test_a_quarter_without_figures_is_built_with_marks_and_reasons(program: Program, tmp_path: Path) -> None:
    program("--home", tmp_path, "load", "plan", EXAMPLES / "plan.toml")
    built = program("--home", tmp_path, "build", "--partnership", NAME, "--quarter", "2011/12 Q4", "--format", "html")
    assert built.returncode == 0, built.stderr
    page = (tmp_path / "editions" / "redditch" / "2011-12-q4" / "edition.html").read_text("utf-8")
    assert page.count('<span class="marks">[x]</span>') >= 40
    assert "No comparison with last year can be made" in page
    assert "no figures are held" in page


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--partnership", NAME, "--quarter", "2012"], "is no quarter"),
        (["--partnership", NAME, "--quarter", "Q4 2012"], "can be read as"),
        (["--partnership", NAME, "--quarter", "2011/12 Q4", "--format", "docs"], "is no format"),
        (["--quarter", "2011/12 Q4"], "either --partnership with a name, or --all"),
        (["--all", "--partnership", NAME, "--quarter", "2011/12 Q4"], "either --partnership with a name, or --all"),
    ],
)
def test_a_command_wrongly_used_says_how_it_is_used(
    program: Program, tmp_path: Path, arguments: list[str], words: str
) -> None:
    refused = program("--home", tmp_path, "build", *arguments)
    assert refused.returncode == 2
    assert words in " ".join(refused.stderr.replace("│", " ").split())


def test_a_workspace_that_cannot_be_written_is_said_plainly(program: Program, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", "utf-8")
    refused = program("--home", tmp_path / "file", "load", "plan", EXAMPLES / "plan.toml")
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr


def test_figures_are_written_as_a_file_that_loads_back_equal(
    redditch_home: Path, program: Program, tmp_path: Path
) -> None:
    wanted = ("figures", "--measure", "Harassment offences", "--area", "Redditch", "--format", "csv")
    written = program("--home", redditch_home, *wanted).stdout
    (tmp_path / "figures.csv").write_text(written, "utf-8")
    assert program("--home", tmp_path, "load", "figures", tmp_path / "figures.csv").returncode == 0
    assert program("--home", tmp_path, *wanted).stdout == written
    assert len(written.splitlines()) == 9


def test_a_number_is_followed_back_to_its_file(redditch_home: Path, program: Program) -> None:
    wanted = ("--measure", "harassment  OFFENCES", "--area", "redditch", "--period", "12 months to March 2012")
    said = program("--home", redditch_home, "trace", *wanted).stdout
    assert "2011/12: 180" in said
    assert "figures.csv, SHA-256 " in said


def test_a_total_that_does_not_follow_is_said_to_be_missing(redditch_home: Path, program: Program) -> None:
    wanted = ("--measure", "Harassment offences", "--area", "Redditch", "--period", "2011/12 Q4")
    said = program("--home", redditch_home, "trace", *wanted).stdout
    assert "[x] the figures held do not make up January to March 2012" in said


def test_a_name_that_is_not_held_is_answered_with_those_that_are(redditch_home: Path, program: Program) -> None:
    wanted = ("figures", "--measure", "Theft", "--area", "Redditch")
    refused = program("--home", redditch_home, *wanted)
    assert refused.returncode == 1
    assert "held are Crimes with domestic abuse interest marker, " in refused.stderr


def test_a_load_that_is_withdrawn_no_longer_counts_until_it_is_loaded_again(program: Program, tmp_path: Path) -> None:
    load = ("--home", tmp_path, "load", "figures", EXAMPLES / "figures.csv")
    release = program(*load).stdout.split("Release ")[1].splitlines()[0].rstrip(".")
    wanted = ("--home", tmp_path, "figures", "--measure", "Harassment offences", "--area", "Redditch")
    assert program("--home", tmp_path, "withdraw", release).returncode == 0
    assert program(*wanted).returncode == 1
    assert "withdrawn" in program("--home", tmp_path, "releases").stdout
    assert "Loaded 40 figures" in program(*load).stdout
    assert program(*wanted).returncode == 0


def test_names_that_no_plan_knows_are_told_at_the_door(program: Program, tmp_path: Path) -> None:
    program("--home", tmp_path, "load", "plan", EXAMPLES / "plan.toml")
    (tmp_path / "figures.csv").write_text("measure,area,period,value\nHarass offences,Redich,2012-03,5\n", "utf-8")
    said = program("--home", tmp_path, "load", "figures", tmp_path / "figures.csv").stdout
    assert "Loaded 1 figure, " in said
    assert "No plan held names the measure Harass offences." in said
    assert "No plan held names the area Redich." in said


def test_a_port_that_is_taken_is_said_so(program: Program, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = program("--home", tmp_path, "serve", "--port", str(port))
    assert refused.returncode == 1
    assert f"Try another, such as --port {port + 1}." in refused.stderr
    assert refused.stdout == ""


def test_a_build_says_what_wants_a_persons_eye(program: Program, redditch_home: Path) -> None:
    options = ("--partnership", "Redditch", "--quarter", "Q4 2011/12")
    said = program("--home", redditch_home, "build", *options, epoch=1_335_000_000).stdout
    assert "To look at: claims that the figures contradict: 2; actions that are overdue: 2." in said


def test_a_file_that_cannot_be_written_is_said_plainly(program: Program, redditch_home: Path, tmp_path: Path) -> None:
    refused = program(
        "--home", redditch_home, "export", "plan", "--partnership", NAME, "--out", tmp_path / "none" / "plan.toml"
    )
    assert refused.returncode == 1
    assert "No such file or directory" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_damaged_database_is_said_plainly(program: Program, tmp_path: Path) -> None:
    (tmp_path / "plan.sqlite3").write_bytes(b"this is no database" * 100)
    refused = program("--home", tmp_path, "load", "plan", EXAMPLES / "plan.toml")
    assert refused.returncode == 1
    assert "or restore it from a backup." in refused.stderr
    assert "Traceback" not in refused.stderr


def test_workspaces_that_several_open_first_are_made_once(program: Program, tmp_path: Path) -> None:
    with ThreadPoolExecutor() as pool:
        ends = [pool.submit(program, "--home", tmp_path, "load", "plan", EXAMPLES / "plan.toml") for _ in range(3)]
    assert [end.result().returncode for end in ends] == [0, 0, 0]


def test_what_a_terminal_would_obey_is_not_sent_to_it(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "a\x1b[2Jb.csv"
    file.write_text("measure,area,period\n", "utf-8")
    refused = program("--home", tmp_path, "load", "figures", file)
    assert refused.returncode == 1
    assert "\x1b" not in refused.stderr


def test_a_build_time_that_is_none_is_refused(program: Program, tmp_path: Path) -> None:
    refused = program(
        "--home", tmp_path, "load", "figures", EXAMPLES / "figures.csv", environment={"SOURCE_DATE_EPOCH": "x"}
    )
    assert refused.returncode == 1
    assert "SOURCE_DATE_EPOCH is 'x'; wanted seconds since 1970" in refused.stderr


def test_offline_a_fetch_says_what_the_cache_lacks(program: Program, tmp_path: Path) -> None:
    asked = ("fetch", "police-uk", "--from", "2022-09", "--to", "2022-10", "--force", "leicestershire", "--offline")
    refused = program("--home", tmp_path, *asked)
    assert refused.returncode == 1
    assert "lacks leicestershire, street, for September to October 2022" in refused.stderr


def test_an_archive_is_loaded_and_a_figure_traced_to_its_rows(program: Program, tmp_path: Path) -> None:
    rows = {
        "2019-01": [crime("2019-01", word="a"), crime("2019-01", word="b")],
        "2019-02": [crime("2019-02", word="a")],
    }
    home = ("--home", tmp_path / "home")
    loaded = program(*home, "load", "police-uk", streets(tmp_path / "archive.zip", rows))
    assert "January to February 2019" in loaded.stdout
    figure = ("--measure", "Burglary (police.uk)", "--area", "Redditch")
    traced = program(*home, "trace", *figure, "--period", "2019-01/2019-02", "--rows", tmp_path / "rows.csv")
    assert "2 rows were counted, 1 repeat was not:" in traced.stdout
    assert "2019-02-west-mercia-street.csv, row 2: Burglary, Redditch 001A" in traced.stdout
    assert len((tmp_path / "rows.csv").read_text("utf-8").splitlines()) == 4
    written = program(*home, "figures", "--format", "csv", "--out", tmp_path / "figures.csv")
    assert f"figures are in {tmp_path / 'figures.csv'}" in written.stdout
    again = program("--home", tmp_path / "other", "load", "figures", tmp_path / "figures.csv")
    assert again.returncode == 0
    parquet = program(*home, "figures", *figure, "--format", "parquet", "--out", tmp_path / "figures.parquet")
    assert "2 figures are in" in parquet.stdout


def test_all_rolling_totals_are_written_side_by_side(program: Program, tmp_path: Path) -> None:
    text = "measure,area,period,value\n"
    for area, level in (("Redditch", 5), ("Bromsgrove", 10)):
        for month in Period.run(Period.month(2018, 1), Period.month(2019, 12)):
            text += f"Theft,{area},{month.code},{level + (month.first >= 24228)}\n"
        text += f"Population,{area},2017-01/2017-12,10000\n"
    (tmp_path / "figures.csv").write_text(text, "utf-8")
    (tmp_path / "peers.csv").write_text(
        "area,member\n" + "".join(f"{a},{b}\n" for a in ("Redditch", "Bromsgrove") for b in ("Redditch", "Bromsgrove")),
        "utf-8",
    )
    home = ("--home", tmp_path / "home")
    program(*home, "load", "figures", tmp_path / "figures.csv")
    done = program(*home, "rolling", "--peers", tmp_path / "peers.csv", "--out", tmp_path / "out.csv")
    assert "26 totals over 12 months are in" in done.stdout
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["area"], row["month"]): row for row in csv.DictReader(file)}
    last = rows["Redditch", "2019-12"]
    assert (last["total"], last["total_year_before"], last["change"], last["change_percent"]) == (
        "72.0",
        "60.0",
        "12.0",
        "20.0",
    )
    assert (float(last["rate"]), last["rank"], last["members"]) == (pytest.approx(7.2), "1", "2")
    assert rows["Redditch", "2018-12"]["change"] == ""
    assert program(*home, "rolling", "--out", tmp_path / "out.xlsx").returncode == 2


def test_a_total_is_traced_to_the_rows_of_the_file_that_it_was_read_from(program: Program, tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text(
        "measure,area,period,value\nTheft,Redditch,2012-01,5\nTheft,Redditch,2012-02,7\n", "utf-8"
    )
    home = ("--home", tmp_path / "home")
    program(*home, "load", "figures", tmp_path / "figures.csv")
    traced = program(*home, "trace", "--measure", "Theft", "--area", "Redditch", "--period", "2012-01/2012-02").stdout
    assert "2012-01: 5 (figures-1-" in traced
    assert "figures.csv, row 2)" in traced
    assert "figures.csv, row 3)" in traced


def test_people_are_added_given_roles_and_listed(program: Program, tmp_path: Path) -> None:
    program("--home", tmp_path, "load", "plan", EXAMPLES / "plan.toml")
    added = program("--home", tmp_path, "people", "add", "Ann@example.org", "--name", "Ann Lee", "--administrator")
    assert "http://127.0.0.1:8000/accounts/password/reset/key/" in added.stdout
    program("--home", tmp_path, "people", "add", "ben@example.org", "--name", "Ben Roe")
    role = ("--home", tmp_path, "people", "role", "ben@example.org", "--partnership", "redditch", "--role")
    assert program(*role, "contributor", "--agency", "yos").stdout.startswith(
        "Ben Roe, contributor for YOS in Redditch"
    )
    listed = program("--home", tmp_path, "people", "list").stdout
    assert "ann@example.org" in listed
    assert "contributor for YOS" in listed
    out = program("--home", tmp_path, "people", "deactivate", "ben@example.org", "--why", "Has left.")
    assert out.stdout == "Ben Roe: deactivated, and signed out everywhere.\n"
    assert "(deactivated)" in program("--home", tmp_path, "people", "list").stdout
    assert program("--home", tmp_path, "people", "reactivate", "ben@example.org").stdout == "Ben Roe: active again.\n"
    assert program(*role, "contributor", "--end").stdout.endswith("ended.\n")
    assert "contributor" not in program("--home", tmp_path, "people", "list").stdout


def test_a_role_that_cannot_be_given_says_why(program: Program, tmp_path: Path) -> None:
    program("--home", tmp_path, "load", "plan", EXAMPLES / "plan.toml")
    refused = program("--home", tmp_path, "people", "role", "no@example.org", "--partnership", NAME, "--role", "reader")
    assert (refused.returncode, "nobody of that address was added" in refused.stderr) == (1, True)


def test_the_workspace_s_own_key_is_for_its_owner_only(program: Program, tmp_path: Path) -> None:
    program("--home", tmp_path, "people", "list")
    key = tmp_path / ".secret-key"
    assert (key.stat().st_mode & 0o777, len(key.read_text("ascii")) >= 50) == (0o600, True)


def test_production_is_not_served_without_a_key(program: Program, tmp_path: Path) -> None:
    refused = program("--home", tmp_path, "serve", environment={"QUARTERDAY_PRODUCTION": "true"})
    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
    assert "QUARTERDAY_SECRET_KEY" in refused.stderr
