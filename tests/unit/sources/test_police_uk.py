"""The police.uk archive: every shape it comes in is read alike, and what is wrong is named with its file and row."""

import copy
import os
import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.sources.police_uk import read_police_uk
from quarterday.sources.police_uk_names import PoliceCounting
from quarterday.warehouse.duckdb import DuckDBWarehouse
from tests.made_archive import OUTCOMES, STOPS, STREET, crime, outcome, stop, streets, written, zipped

NOON = datetime(2026, 4, 20, 12, tzinfo=UTC)
JANUARY = "2019-01-west-mercia-street.csv"
ROWS = [
    crime("2019-01", "Burglary", "Redditch 001A", word="a"),
    crime("2019-01", "Drugs", "Bromsgrove 002B", word="b"),
    crime("2019-01", "Anti-social behaviour", "Redditch 001A"),
    crime("2019-01", "Anti-social behaviour", "Redditch 001A"),
    crime("2019-01", "Burglary", "", word="c"),
]
Counted = Callable[..., dict[tuple[str, str, str], float]]


@pytest.fixture
def counted(tmp_path: Path) -> Counted:
    """Loads an archive into a warehouse of its own: value by measure (without its publication), area and month."""

    def count(path: Path, **told: object) -> dict[tuple[str, str, str], float]:
        warehouse = DuckDBWarehouse(tmp_path / "warehouse", counting={"police-uk": PoliceCounting()})
        landing = warehouse.land_rows(read_police_uk(path, **told), loaded_at=NOON)  # type: ignore[arg-type]
        figures = warehouse.figures_in(landing.release.id)
        return {_key(figure): figure.known for figure in figures}

    return count


def _key(figure: Figure) -> tuple[str, str, str]:
    return figure.measure.removesuffix(" (police.uk)"), figure.area, figure.period.code


def test_a_month_is_counted_by_type_and_district(counted: Counted, tmp_path: Path) -> None:
    found = counted(streets(tmp_path / "a.zip", {"2019-01": ROWS}))
    assert found["Burglary", "Redditch", "2019-01"] == 1
    assert found["Drugs", "Bromsgrove", "2019-01"] == 1
    assert found["Anti-social behaviour", "Redditch", "2019-01"] == 2
    assert found["All crime", "Redditch", "2019-01"] == 1
    assert found["Burglary", "West Mercia (force)", "2019-01"] == 2
    assert found["Street rows without a place", "West Mercia (force)", "2019-01"] == 1


def test_a_type_without_a_row_in_a_district_is_nought_and_a_month_without_a_file_is_missing(
    counted: Counted, tmp_path: Path
) -> None:
    found = counted(streets(tmp_path / "a.zip", {"2019-01": ROWS, "2019-03": [crime("2019-03", word="d")]}))
    assert found["Drugs", "Redditch", "2019-01"] == 0
    assert found["Drugs", "Bromsgrove", "2019-03"] == 0
    assert not [key for key in found if key[2] == "2019-02"]


def test_a_file_without_rows_is_a_missing_month(counted: Counted, tmp_path: Path) -> None:
    found = counted(streets(tmp_path / "a.zip", {"2019-01": ROWS, "2019-02": []}))
    assert {month for _, _, month in found} == {"2019-01"}


def test_a_type_counts_nothing_in_months_in_which_it_was_not_in_use(counted: Counted, tmp_path: Path) -> None:
    rows = {
        "2013-04": [crime("2013-04", "Violent crime", word="a")],
        "2013-05": [crime("2013-05", "Violence and sexual offences", word="b")],
    }
    found = counted(streets(tmp_path / "a.zip", rows))
    months = {measure: month for measure, area, month in found if area == "Redditch" and measure != "All crime"}
    assert months == {"Violent crime": "2013-04", "Violence and sexual offences": "2013-05"}


def test_a_type_that_a_force_never_has_is_not_nought_there(counted: Counted, tmp_path: Path) -> None:
    files = {
        JANUARY: written(ROWS),
        "2019-01-btp-street.csv": written([crime("2019-01", force="British Transport Police")]),
    }
    found = counted(zipped(tmp_path / "a.zip", files))
    assert found["Burglary", "British Transport Police (force)", "2019-01"] == 1
    assert ("Anti-social behaviour", "British Transport Police (force)", "2019-01") not in found


def test_a_crime_that_stands_there_again_counts_once_in_its_first_month(counted: Counted, tmp_path: Path) -> None:
    rows = {
        "2019-01": [crime("2019-01", word="a"), crime("2019-01", lsoa="Bromsgrove 002B", word="a")],
        "2019-02": [crime("2019-02", word="a"), crime("2019-02", word="b")],
    }
    found = counted(streets(tmp_path / "a.zip", rows))
    assert (found["Burglary", "Redditch", "2019-01"], found["Burglary", "Redditch", "2019-02"]) == (1, 1)
    assert found["Burglary", "Bromsgrove", "2019-01"] == 0
    assert found["Street rows repeated", "West Mercia (force)", "2019-01"] == 1
    assert found["Street rows repeated", "West Mercia (force)", "2019-02"] == 1


def test_rows_of_other_areas_are_in_no_district_and_said(counted: Counted, tmp_path: Path) -> None:
    many = [crime("2019-01", word=str(number)) for number in range(300)]
    found = counted(streets(tmp_path / "a.zip", {"2019-01": [*many, crime("2019-01", lsoa="Birmingham 040D")]}))
    assert {area for _, area, _ in found} == {"Redditch", "West Mercia (force)"}
    assert found["Street rows in other areas", "West Mercia (force)", "2019-01"] == 1
    assert found["Burglary", "West Mercia (force)", "2019-01"] == 301


def test_outcomes_and_stops_are_counted_beside_crimes(counted: Counted, tmp_path: Path) -> None:
    files = {
        JANUARY: written(ROWS),
        "2019-01-west-mercia-outcomes.csv": written(
            [outcome("2019-01", "Suspect charged"), outcome("2019-01", "Local resolution")], OUTCOMES
        ),
        "2019-01-west-mercia-stop-and-search.csv": written(
            [stop("2019-01-03", "Firearms"), stop("2019-01-04", "")], STOPS
        ),
    }
    found = counted(zipped(tmp_path / "a.zip", files))
    assert found["Outcome: Suspect charged", "Redditch", "2019-01"] == 1
    assert found["Stop and search: Firearms", "West Mercia (force)", "2019-01"] == 1
    assert found["Stop and search: Object not stated", "West Mercia (force)", "2019-01"] == 1
    assert found["Stop and search", "West Mercia (force)", "2019-01"] == 2
    assert ("Stop and search", "Redditch", "2019-01") not in found


def test_a_zip_a_folder_and_single_files_give_the_same_figures(counted: Counted, tmp_path: Path) -> None:
    archive = streets(tmp_path / "a.zip", {"2019-01": ROWS})
    expected = counted(archive)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path / "folder")
    assert counted(tmp_path / "folder") == expected
    assert counted(tmp_path / "folder" / "2019-01" / JANUARY) == expected


@pytest.mark.parametrize(
    "text",
    [
        written(ROWS, line_end="\r\n"),
        "\ufeff" + written(ROWS),
        written(ROWS).removesuffix("\n"),
        written(ROWS) + "\n\n",
        written([row.replace("On or near High Street", '"High Street,\nthe end"') for row in ROWS]),
        # The columns in another order, which are told by their names.
        "\n".join(",".join(reversed(line.split(","))) for line in written(ROWS).splitlines()) + "\n",
    ],
    ids=["CRLF", "byte-order mark", "no last line end", "empty lines", "a line end in a cell", "another order"],
)
def test_a_file_is_read_alike_however_it_is_written(counted: Counted, tmp_path: Path, text: str) -> None:
    expected = counted(streets(tmp_path / "a.zip", {"2019-01": ROWS}))
    shutil.rmtree(tmp_path / "warehouse")
    assert counted(zipped(tmp_path / "b.zip", {JANUARY: text})) == expected


def test_only_the_forces_asked_for_are_read(counted: Counted, tmp_path: Path) -> None:
    files = {JANUARY: written(ROWS), "2019-01-cumbria-street.csv": "no such file"}
    found = counted(zipped(tmp_path / "a.zip", files), forces=["west-mercia"])
    assert found["Burglary", "Redditch", "2019-01"] == 1


def test_what_a_row_may_not_be_is_named_with_its_row_in_every_file(counted: Counted, tmp_path: Path) -> None:
    good = crime("2019-01", word="a")
    january = [good, good.replace("2019-01", "2019-02"), good.replace("Burglary", ""), f"x{good[1:]}"]
    february = [crime("2019-02").replace("52.30", "north"), f"{crime('2019-02')},more"]
    with pytest.raises(InputError) as refused:
        counted(streets(tmp_path / "a.zip", {"2019-01": january, "2019-02": february}))
    said = "\n".join(refused.value.faults)
    assert f"{JANUARY}, row 3, Month: '2019-02' is not 2019-01" in said
    assert f"{JANUARY}, row 4, Crime type: the cell is empty" in said
    assert f"{JANUARY}, row 5, Crime ID: 'x" in said
    assert "2019-02-west-mercia-street.csv, row 2, Latitude: 'north' is no number of degrees" in said
    assert "2019-02-west-mercia-street.csv, row 3: there are 13 cells; wanted 12" in said


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "there is no column 'Crime ID' in its first line; there is nothing"),
        (b"<html>Sorry</html>\n", "there is no column 'Crime ID'"),
        (STREET.replace("LSOA code", "LSOA").encode(), "there is no column 'LSOA code'"),
        (f"{STREET},Month\n".encode(), "the column 'Month' stands there twice"),
        (written(ROWS).encode("utf-16"), "the first line is no text in UTF-8|NUL"),
        (written([ROWS[0].replace("High", "H\xefgh")]).encode("latin-1"), "row 2, Location: a byte is not UTF-8"),
        (written(ROWS).encode() + b"\0", "there is a NUL"),
        (written([ROWS[0] + "".join(map(str, range(120_000)))]).encode(), "a line of more than 262,144 bytes"),
        (written([ROWS[0].replace("On or", '"On or')]).encode(), "row 2: the cells cannot be told apart"),
        (written(ROWS).encode()[:-90], "row 6: there are"),
        (written([STREET, *ROWS]).encode(), "row 2, Month: 'Month' is not 2019-01"),
    ],
    ids=[
        "empty", "a page", "a column missing", "a column twice", "UTF-16", "Latin-1", "NUL", "an endless line",
        "an open quotation mark", "half a file", "two rows of headings",
    ],
)  # fmt: skip
def test_a_file_that_is_not_as_it_should_be_is_refused_and_nothing_lands(
    counted: Counted, tmp_path: Path, content: bytes, fault: str
) -> None:
    files = {JANUARY: content, "2019-02-west-mercia-street.csv": written([crime("2019-02")])}
    with pytest.raises(InputError, match=fault) as refused:
        counted(zipped(tmp_path / "a.zip", files))
    assert all(JANUARY in sentence for sentence in refused.value.faults)
    assert DuckDBWarehouse(tmp_path / "warehouse").releases() == ()


def test_a_zip_that_would_fill_the_disk_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {JANUARY: b"0" * 10_000_000})
    with pytest.raises(InputError, match="would become 10,000,000, which no file of crimes does"):
        read_police_uk(path)


def test_members_that_share_their_bytes_do_not_hide_what_they_would_become(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"2019-01/{JANUARY}", "0" * 100_000)
        first = archive.infolist()[0]
        for number in range(500):
            again = copy.copy(first)
            again.filename = f"2019-01/2019-01-force{number}-street.csv"
            archive.filelist.append(again)
    with pytest.raises(InputError, match="would become 50,100,000 bytes, which no zip of its size does"):
        read_police_uk(path)


def test_a_file_of_ten_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / JANUARY).open("wb") as file:
        file.truncate(10 * 1024**3)
    for path in (tmp_path, tmp_path / JANUARY):
        with pytest.raises(InputError, match="has 10,737,418,240 bytes; no file of crimes has more"):
            read_police_uk(path)


def test_links_pipes_and_what_else_is_no_file_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / JANUARY).write_text(written(ROWS), "utf-8")
    (tmp_path / "real" / "2019-02-west-mercia-street.csv").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "real" / "2019-03-west-mercia-street.csv")
    assert [file.name for file in read_police_uk(tmp_path / "real").found.files] == [JANUARY]


def test_a_pipe_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / JANUARY)
    with pytest.raises(InputError, match="is a device or a pipe; save what it gives as a file"):
        read_police_uk(tmp_path / JANUARY)
    with pytest.raises(InputError, match="There is no file or folder"):
        read_police_uk(tmp_path / "gone.zip")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_that_would_be_unpacked_at_one_go_is_refused(tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", method) as archive:
        archive.writestr(JANUARY, written(ROWS))
    with pytest.raises(InputError, match=rf"a\.zip, '{JANUARY}' is packed in a way that is not read here; unpack"):
        read_police_uk(tmp_path / "a.zip")


def test_a_member_that_lies_before_the_beginning_of_its_zip_is_named(counted: Counted, tmp_path: Path) -> None:
    path = streets(tmp_path / "a.zip", {"2019-01": ROWS})
    path.write_bytes(path.read_bytes()[1:])
    with pytest.raises(InputError, match=f"{JANUARY}: the file cannot be opened"):
        counted(path)


def test_an_archive_without_a_row_is_refused(counted: Counted, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.zip: none of its files has a row"):
        counted(streets(tmp_path / "a.zip", {"2019-01": [], "2019-02": []}))


def test_a_damaged_zip_is_named(counted: Counted, tmp_path: Path) -> None:
    path = streets(tmp_path / "a.zip", {"2019-01": ROWS * 50})
    data = bytearray(path.read_bytes())
    data[120:140] = b"\xff" * 20
    path.write_bytes(data)
    with pytest.raises(InputError, match=f"{JANUARY}: the file is damaged in its zip"):
        counted(path)


def test_names_in_a_zip_are_never_used_as_paths(counted: Counted, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"../../{JANUARY}", written(ROWS))
    assert counted(path)["Burglary", "Redditch", "2019-01"] == 1
    assert not (tmp_path.parent / JANUARY).exists()


def test_a_file_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / JANUARY).write_text(written(ROWS), "utf-8")
    with pytest.raises(InputError, match=f"{JANUARY} stands there twice, in two folders; keep one"):
        read_police_uk(tmp_path)


@pytest.mark.parametrize("name", ["crimes.csv", "2019-13-west-mercia-street.csv"])
def test_a_file_is_known_by_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(written(ROWS), "utf-8")
    with pytest.raises(InputError, match=r"wanted names such as 2024-06-leicestershire-street\.csv"):
        read_police_uk(tmp_path / name)


def test_a_force_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    path = streets(tmp_path / "a.zip", {"2019-01": ROWS})
    with pytest.raises(InputError, match="no file of the force 'west-marsia'; there are west-mercia"):
        read_police_uk(path, forces=["west-marsia"])


def test_other_files_are_passed_over_and_said(tmp_path: Path) -> None:
    rows = read_police_uk(zipped(tmp_path / "a.zip", {JANUARY: written(ROWS), "2019-01-readme.txt": "read me"}))
    assert rows.notes == ("1 other file was not read, such as '2019-01/2019-01-readme.txt'.",)
    assert rows.source.title == "Police.uk archive, January 2019"


def test_a_month_published_again_is_a_revision_and_the_earlier_release_can_still_be_read(tmp_path: Path) -> None:
    warehouse = DuckDBWarehouse(tmp_path / "warehouse", counting={"police-uk": PoliceCounting()})
    earlier = streets(tmp_path / "a.zip", {"2019-01": ROWS})
    later = streets(tmp_path / "b.zip", {"2019-01": ROWS[1:], "2019-02": [crime("2019-02", word="z")]})
    first = warehouse.land_rows(read_police_uk(earlier), loaded_at=NOON)
    second = warehouse.land_rows(read_police_uk(later), loaded_at=NOON)
    month = Period.month(2019, 1)
    revised = {_key(revision.new): (revision.old.value, revision.new.value) for revision in second.revisions}
    # The last burglary in Redditch went, and with it the last row of the type: nought now, not what it was.
    assert revised["All crime", "Redditch", "2019-01"] == (1, 0)
    assert warehouse.holding("All crime (police.uk)", "Redditch").figures[month].value == 0
    held = {_key(figure): figure.value for figure in warehouse.figures_in(first.release.id)}
    assert held["All crime", "Redditch", "2019-01"] == 1
    warehouse.withdraw(second.release.id, withdrawn_at=NOON)
    assert warehouse.holding("All crime (police.uk)", "Redditch").figures[month].value == 1
