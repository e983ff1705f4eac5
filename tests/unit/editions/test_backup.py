"""A workspace is kept as one file while work goes on, and made again from it: all of it, or nothing."""

import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.editions.restore import refuse_occupied, unpack
from quarterday.warehouse.store import Store
from tests.conftest import PROGRAM, ROOT, Program, run_program
from tests.postgres_server import postgres_server, programs

# A process that loads figures and a plan again and again, each time others, until it is stopped.
WRITER = """
import sys, itertools
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.domain.source import Source, SourceFile
from quarterday.editions.home import Home
from quarterday.warehouse.base import Intake
home = Home(Path(sys.argv[1]))
for number in itertools.count():
    name = f"{number % 3}.csv"
    file = SourceFile(name, sha256(str(number).encode()).hexdigest())
    source = Source(title="A test", publisher="Us", licence="None", files=(file,))
    figures = tuple(Figure("Noise", "Here", Period.month(2001 + year, 1), float(number)) for year in range(20))
    landing = home.warehouse().land(Intake(source, f"test {number % 3}", figures), loaded_at=datetime.now(UTC))
    home.warehouse().withdraw(landing.release.id, withdrawn_at=datetime.now(UTC))
    print(number, flush=True)
"""


def at(home: Path, *arguments: str | Path, database: str = "") -> subprocess.CompletedProcess[str]:
    around = {"QUARTERDAY_DATABASE": database} if database else {}
    return run_program("--home", home, *arguments, environment=around)


def files_in(backup: Path) -> dict[str, str]:
    """The hash of each file, as the backup has it."""
    with zipfile.ZipFile(backup) as archive:
        return {file["name"]: file["sha256"] for file in json.loads(archive.read("backup.json"))["files"]}


@pytest.fixture(scope="module")
def lived_in(redditch_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with an edition, figures, people, and a role that was ended."""
    home = tmp_path_factory.mktemp("lived-in") / "home"
    shutil.copytree(redditch_home, home)
    place = ("--partnership", "redditch", "--role", "analyst")
    for command in (
        ("people", "add", "ann@example.org", "--name", "Ann Lee", "--administrator"),
        ("people", "role", "ann@example.org", *place),
        ("people", "role", "ann@example.org", *place, "--end"),
    ):
        done = at(home, *command)
        assert done.returncode == 0, done.stderr
    upload = home / "uploads" / "1" / "figures.csv"
    upload.parent.mkdir(parents=True)
    upload.write_text("waiting to be accepted", "utf-8")
    return home


@pytest.fixture(scope="module")
def backup(lived_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backups") / "first.zip"
    done = at(lived_in, "backup", file)
    assert done.returncode == 0, done.stderr
    return file


def test_what_is_restored_is_what_was_kept(backup: Path, lived_in: Path, tmp_path: Path) -> None:
    done = at(tmp_path / "new", "restore", backup)
    assert "Everybody signs in anew" in done.stdout, done.stderr
    assert at(tmp_path / "new", "backup", tmp_path / "second.zip").returncode == 0
    assert files_in(tmp_path / "second.zip") == files_in(backup)
    listed = at(tmp_path / "new", "people", "list").stdout
    assert ("Ann Lee" in listed, "analyst" in listed) == (True, False)
    for command in ("releases", "figures"):
        assert at(tmp_path / "new", command).stdout == at(lived_in, command).stdout
    assert not list((tmp_path / "new").glob(".restoring"))


def test_numbers_of_rows_that_were_removed_are_not_given_again(backup: Path) -> None:
    """The role that was ended had the last number, and the trail still speaks of it."""
    with zipfile.ZipFile(backup) as archive:
        head, *rows = archive.read("rows/people.role.jsonl").decode().splitlines()
    assert json.loads(head)["last"] > max(json.loads(row)[0] for row in rows)


def test_a_backup_is_for_its_owner_and_holds_neither_key_nor_session(backup: Path, lived_in: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    key = (lived_in / ".secret-key").read_bytes()
    with zipfile.ZipFile(backup) as archive:
        assert not [name for name in archive.namelist() if "session" in name or "key" in Path(name).stem]
        assert not [name for name in archive.namelist() if key in archive.read(name)]
    left = {path.name for path in lived_in.glob(".*")} - {".remind.lock"}  # which is another command's
    assert left == {".lock", ".secret-key"}


def test_a_backup_writes_over_nothing(backup: Path, lived_in: Path) -> None:
    before = backup.read_bytes()
    assert "is there already" in at(lived_in, "backup", backup).stderr
    assert backup.read_bytes() == before


def test_damaged_figures_are_not_kept_as_if_they_were_whole(lived_in: Path, tmp_path: Path) -> None:
    shutil.copytree(lived_in, tmp_path / "home")
    part = next((tmp_path / "home" / "warehouse" / "parts").iterdir())
    content = bytearray(part.read_bytes())
    content[100] ^= 1
    part.write_bytes(content)
    done = at(tmp_path / "home", "backup", tmp_path / "backup.zip")
    assert (done.returncode, "is damaged" in done.stderr, list(tmp_path.glob("*.zip"))) == (1, True, [])


def test_a_backup_goes_through_a_pipe_and_lies_nowhere_on_the_way(backup: Path, lived_in: Path, tmp_path: Path) -> None:
    before = files_below(lived_in)
    done = piped(lived_in)
    (tmp_path / "piped.zip").write_bytes(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert files_in(tmp_path / "piped.zip") == files_in(backup)
    assert files_below(lived_in) == before
    assert at(tmp_path / "new", "restore", tmp_path / "piped.zip").returncode == 0


def test_what_was_piped_until_damage_was_seen_is_not_taken_for_a_backup(lived_in: Path, tmp_path: Path) -> None:
    shutil.copytree(lived_in, tmp_path / "home")
    part = next((tmp_path / "home" / "warehouse" / "parts").iterdir())
    part.write_bytes(part.read_bytes()[:-1] + b"?")
    done = piped(tmp_path / "home")
    (tmp_path / "piped.zip").write_bytes(done.stdout)
    assert (done.returncode, b"is damaged" in done.stderr) == (1, True)
    assert at(tmp_path / "new", "restore", tmp_path / "piped.zip").returncode == 1


def piped(home: Path) -> subprocess.CompletedProcess[bytes]:
    """A backup to standard output."""
    command = [str(PROGRAM), "--home", str(home), "backup", "-"]
    return subprocess.run(command, capture_output=True, cwd=ROOT, check=False)


def test_a_backup_is_of_one_moment_however_much_is_written(lived_in: Path, tmp_path: Path, program: Program) -> None:
    home = tmp_path / "home"
    shutil.copytree(lived_in, home)
    with subprocess.Popen([sys.executable, "-c", WRITER, str(home)], stdout=subprocess.PIPE, cwd=ROOT) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline()
        done = [program("--home", home, "backup", tmp_path / f"{number}.zip") for number in range(3)]
        assert writer.poll() is None, "the writer stopped"
        writer.terminate()
    assert [(each.returncode, each.stderr) for each in done] == [(0, "")] * 3
    for number in range(3):
        unpack(tmp_path / f"{number}.zip", tmp_path / f"new-{number}")
        store = Store(tmp_path / f"new-{number}" / ".restoring" / "warehouse")
        store.refuse_damaged(store.current())
        assert len(store.releases(store.current())) > 1


@pytest.mark.postgres
@pytest.mark.skipif(programs() is None, reason="no PostgreSQL server is on this machine")
def test_a_backup_moves_a_workspace_to_postgresql_and_back(backup: Path, tmp_path: Path) -> None:
    with postgres_server() as database:
        for command in (("restore", backup), ("backup", tmp_path / "there.zip")):
            done = at(tmp_path / "there", *command, database=database)
            assert done.returncode == 0, done.stderr
        assert files_in(tmp_path / "there.zip") == files_in(backup)
        # Numbers go on where they were, and nothing is restored over what is held.
        role = ("people", "role", "ann@example.org", "--partnership", "redditch", "--role", "reader")
        assert at(tmp_path / "there", *role, database=database).returncode == 0
        refused = at(tmp_path / "other", "restore", backup, database=database)
        assert "holds rows already" in refused.stderr
        assert [path.name for path in (tmp_path / "other").iterdir()] == [".secret-key"]
        assert at(tmp_path / "there", "backup", tmp_path / "later.zip", database=database).returncode == 0
    done = at(tmp_path / "back", "restore", tmp_path / "later.zip")
    assert done.returncode == 0, done.stderr
    assert "reader in Redditch" in at(tmp_path / "back", "people", "list").stdout


def test_a_workspace_that_holds_something_is_not_restored_into(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    done = at(tmp_path, "restore", backup)
    assert "holds notes.txt already" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_restore_that_was_cut_short_is_not_taken_for_a_workspace_and_can_be_run_again(
    backup: Path, tmp_path: Path
) -> None:
    unpack(backup, tmp_path)
    (tmp_path / ".restoring" / "warehouse").rename(tmp_path / "warehouse")
    refused = at(tmp_path, "releases")
    assert (refused.returncode, "run quarterday restore again" in refused.stderr) == (1, True)
    refuse_occupied(tmp_path)
    assert list(tmp_path.iterdir()) == []


def altered(backup: Path, out: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The backup with other files in it, as somebody with bad intent would write it."""
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out


def said(members: Mapping[str, bytes], **other: object) -> bytes:
    return json.dumps(json.loads(members["backup.json"]) | other).encode()


def add(name: str) -> Callable[[dict[str, bytes]], None]:
    """Add a file that the list names, with its right hash."""

    def change(members: dict[str, bytes]) -> None:
        empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        files = json.loads(members["backup.json"])["files"]
        members["backup.json"] = said(members, files=[*files, {"name": name, "size": 0, "sha256": empty}])
        members[name] = b""

    return change


def set_said(**other: object) -> Callable[[dict[str, bytes]], None]:
    return lambda members: members.update({"backup.json": said(members, **other)})


HOSTILE: dict[str, tuple[Callable[[dict[str, bytes]], object], str]] = {
    "above": (add("../stolen"), "is no name of a file in a backup"),
    "above, within": (add("editions/../../stolen"), "is no name of a file in a backup"),
    "absolute": (add("/etc/stolen"), "is no name of a file in a backup"),
    "elsewhere": (add("other/file"), "is no name of a file in a backup"),
    "hidden": (add("uploads/.ssh/key"), "is no name of a file in a backup"),
    "back to front": (add("uploads\\..\\stolen"), "is no name of a file in a backup"),
    "a control character": (add("uploads/1/a\nb"), "is no name of a file in a backup"),
    "deep": (add("uploads/" + "a/" * 9 + "b"), "is no name of a file in a backup"),
    "unnamed": (lambda members: members.update({"uploads/more": b""}), "'uploads/more' is missing in it, or more"),
    "missing": (lambda members: members.pop("warehouse/CURRENT.json"), "'warehouse/CURRENT.json' is missing in it"),
    "changed": (lambda members: members.update({"warehouse/CURRENT.json": b"{}"}), "CURRENT.json in it is damaged"),
    "larger": (
        lambda members: members.update({"warehouse/CURRENT.json": b" " * 2_000_000}),
        "CURRENT.json in it is damaged",
    ),
    "no list": (lambda members: members.pop("backup.json"), "has no backup.json"),
    "no JSON": (lambda members: members.update({"backup.json": b"{"}), "is not JSON"),
    "too deep": (lambda members: members.update({"backup.json": b"[" * 100_000}), "is not JSON"),
    "no table": (lambda members: members.update({"backup.json": b"[]"}), "is not as wanted"),
    "another format": (set_said(format=2), "is of format 2"),
    "huge": (
        set_said(files=[{"name": "uploads/1/a", "size": 10**18, "sha256": ""}]),
        "'editions/.*' is missing in it, or more|make room",
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_an_altered_backup_is_refused_and_leaves_nothing(what: str, backup: Path, tmp_path: Path) -> None:
    change, words = HOSTILE[what]
    file = altered(backup, tmp_path / "altered.zip", change)
    with pytest.raises(InputError, match=words):
        unpack(file, tmp_path / "new")
    left = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")]
    assert sorted(left) == ["altered.zip", "new"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_comes_twice_is_refused(backup: Path, tmp_path: Path) -> None:
    shutil.copyfile(backup, tmp_path / "twice.zip")
    with zipfile.ZipFile(tmp_path / "twice.zip", "a") as archive:
        archive.writestr("warehouse/CURRENT.json", archive.read("warehouse/CURRENT.json"))
    with pytest.raises(InputError, match=r"'warehouse/CURRENT\.json' is missing in it, or more"):
        unpack(tmp_path / "twice.zip", tmp_path / "new")


def test_wherever_a_bit_flips_the_backup_is_refused_or_what_it_holds_is_unharmed(backup: Path, tmp_path: Path) -> None:
    content = backup.read_bytes()
    unpack(backup, tmp_path / "whole")
    whole = {path.relative_to(tmp_path / "whole"): path.read_bytes() for path in files_below(tmp_path / "whole")}
    refused = 0
    for place in range(11, len(content), len(content) // 60):
        flipped = bytearray(content)
        flipped[place] ^= 0x10
        (tmp_path / "flipped.zip").write_bytes(flipped)
        new = tmp_path / f"new-{place}"
        try:
            unpack(tmp_path / "flipped.zip", new)
        except InputError:
            refused += 1
            assert list(new.iterdir()) == []
        else:
            assert {path.relative_to(new): path.read_bytes() for path in files_below(new)} == whole
    assert refused > 40


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip at all"])
def test_what_is_no_backup_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "file.zip").write_bytes(content)
    done = at(tmp_path / "new", "restore", tmp_path / "file.zip")
    assert (done.returncode, "is no backup, or is damaged" in done.stderr, "Traceback" in done.stderr) == (
        1,
        True,
        False,
    )


def test_a_backup_of_a_later_version_is_refused_and_leaves_nothing(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        had = json.loads(archive.read("backup.json"))["migrations"]
    change = set_said(migrations={**had, "plan": [*had["plan"], "9999_later"]})
    done = at(tmp_path / "new", "restore", altered(backup, tmp_path / "later.zip", change))
    assert "made by a later version of Quarterday" in done.stderr
    assert [path.name for path in (tmp_path / "new").iterdir()] == [".secret-key"]


def test_rows_that_do_not_fit_their_table_are_refused_and_leave_nothing(backup: Path, tmp_path: Path) -> None:
    rows = b'{"columns":["id","email"],"last":1}\n[1,"a@example.org","more"]\n'

    def change(members: dict[str, bytes]) -> None:
        members["rows/people.person.jsonl"] = rows
        files = json.loads(members["backup.json"])["files"]
        entry = next(file for file in files if file["name"] == "rows/people.person.jsonl")
        entry |= {"size": len(rows), "sha256": sha256(rows).hexdigest()}
        members["backup.json"] = said(members, files=files)

    done = at(tmp_path / "new", "restore", altered(backup, tmp_path / "misfit.zip", change))
    assert "people.person.jsonl in the backup does not fit its table" in done.stderr
    assert [path.name for path in (tmp_path / "new").iterdir()] == [".secret-key"]


def test_a_full_disk_leaves_no_half_of_a_backup(lived_in: Path, tmp_path: Path) -> None:
    """The program may write files of 20 kB and no more, which is what a disk that is full does to it."""
    command = f'ulimit -f 20; exec "{PROGRAM}" --home "{tmp_path / "home"}" backup "{tmp_path / "backup.zip"}"'
    shutil.copytree(lived_in, tmp_path / "home")
    at(tmp_path / "home", "people", "list")  # the database need not grow any more
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, env=os.environ)
    assert done.returncode != 0
    assert not [path for path in tmp_path.iterdir() if path.name != "home" and path.stat().st_size]
