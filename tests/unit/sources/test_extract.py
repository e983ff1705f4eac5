"""An extract is counted as its map says; what the map does not name is never looked at."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import tomli_w

from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure, missing
from quarterday.domain.period import Period
from quarterday.sources import extract as extracts
from quarterday.sources import extract_rows
from quarterday.sources.extract import describe_extract, read_extract
from quarterday.sources.extract_map import Columns, ExtractMap, Marker, MeasureFilter
from quarterday.warehouse.base import Intake

HOW_TO = Path(__file__).parents[3] / "docs" / "how-to" / "load-an-extract.md"

HEADER = ["Ref", "Date", "Offence", "Ward", "Victim", "DA", "Hate"]
VICTIM = "A. Person of 1 High Street"
ROWS = [
    ["1", "2024-04-03", "Harassment", "Abbey", VICTIM, "Y", ""],
    ["2", "2024-04-19", "Burglary - dwelling", "Winyates", VICTIM, "N", "N"],
    ["3", "2024-05-02", "Stalking", "Abbey", VICTIM, "y", "Y"],
    ["4", "2024-05-28", "Burglary - shed", "Alvechurch", VICTIM, "N", ""],
]
MAP = {
    "format": 1,
    "columns": {"date": "Date", "offence": "Offence", "place": "Ward", "reference": "Ref"},
    "areas": {"Abbey": "Redditch", "Winyates": "Redditch", "Alvechurch": "Bromsgrove"},
    "markers": {"Domestic abuse": {"column": "DA", "yes": ["Y"]}, "Hate": {"column": "Hate", "yes": ["Y"]}},
    "measures": [{"name": "All"}],
}

Rows = list[list[object]]


class Folder:
    """An extract and its map on disk, to be read or described."""

    def __init__(self, path: Path, kind: str, workbook: Callable[..., bytes]) -> None:
        self.extract, self.map = path / f"extract.{kind}", path / "map.toml"
        self.workbook = workbook

    def write(self, rows: list[list[object]], header: list[object], **changed: object) -> None:
        tables = {key: value for key, value in (MAP | changed).items() if value is not None}
        self.map.write_text(tomli_w.dumps(tables), "utf-8")
        if self.extract.suffix == ".csv":
            text = io.StringIO(newline="")
            csv.writer(text).writerows([header, *rows])
            self.extract.write_text(text.getvalue(), "utf-8")
        else:
            self.extract.write_bytes(self.workbook({"data": [header, *rows]}))

    def read(self, rows: list[list[object]] = ROWS, header: list[object] = HEADER, **changed: object) -> Intake:
        self.write(rows, header, **changed)
        return read_extract(self.extract, map_path=self.map)

    def faults(self, rows: list[list[object]] = ROWS, header: list[object] = HEADER, **changed: object) -> list[str]:
        with pytest.raises(InputError) as caught:
            self.read(rows, header, **changed)
        return [re.sub(r"extract\.(csv|xlsx|ods)", "extract", fault) for fault in caught.value.faults]


@pytest.fixture(params=["csv", "xlsx", "ods"])
def folder(
    request: pytest.FixtureRequest, tmp_path: Path, workbook: Callable[..., bytes], opendocument: Callable[..., bytes]
) -> Folder:
    """An extract as a CSV file and as a workbook of each kind."""
    return Folder(tmp_path, request.param, opendocument if request.param == "ods" else workbook)


@pytest.fixture
def csv_folder(tmp_path: Path, workbook: Callable[..., bytes]) -> Folder:
    return Folder(tmp_path, "csv", workbook)


def counts(intake: Intake, measure: str = "All", area: str = "Redditch") -> list[float | None]:
    return [figure.value for figure in intake.figures if (figure.measure, figure.area) == (measure, area)]


def row(**changed: object) -> list[object]:
    cells = {"Ref": "", "Date": "2024-04-03", "Offence": "Harassment", "Ward": "Abbey", "Victim": VICTIM, "DA": "N"}
    return list((cells | {"Hate": ""} | changed).values())


def on(*days: str, **changed: object) -> Rows:
    return [row(Date=day, **changed) for day in days]


# --- what is counted


def test_each_measure_area_and_month_is_a_figure(folder: Folder) -> None:
    intake = folder.read()
    assert intake.figures == (
        Figure("All", "Bromsgrove", Period.month(2024, 4), 0.0),
        Figure("All", "Bromsgrove", Period.month(2024, 5), 1.0),
        Figure("All", "Redditch", Period.month(2024, 4), 2.0),
        Figure("All", "Redditch", Period.month(2024, 5), 1.0),
    )
    assert intake.reader == "extract 1"


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ({}, [2, 1]),
        ({"offences": ["Harassment"]}, [1, 0]),
        ({"offences": ["harassment", "STALKING"]}, [1, 1]),
        ({"offences": ["Burglary*"]}, [1, 0]),
        ({"offences": ["Burglary"]}, [0, 0]),
        ({"not_offences": ["Burglary*"]}, [1, 1]),
        ({"any_marker": ["Domestic abuse", "Hate"]}, [1, 1]),
        ({"all_markers": ["Domestic abuse", "Hate"]}, [0, 1]),
        ({"no_marker": ["Domestic abuse", "Hate"]}, [1, 0]),
        ({"no_marker": ["Hate"]}, [2, 0]),
        ({"any_marker": ["Domestic abuse"], "no_marker": ["Hate"]}, [1, 0]),
        ({"offences": ["Stalking"], "any_marker": ["Hate"]}, [0, 1]),
    ],
    ids=str,
)
def test_a_measure_counts_the_rows_that_pass_every_key(folder: Folder, keys: dict[str, object], wanted: object) -> None:
    assert counts(folder.read(measures=[{"name": "All", **keys}])) == wanted


def test_a_row_may_count_for_several_measures(folder: Folder) -> None:
    intake = folder.read(measures=[{"name": "All"}, {"name": "Stalking", "offences": ["Stalking"]}])
    assert (counts(intake), counts(intake, "Stalking")) == ([2, 1], [0, 1])


def test_without_areas_each_place_is_one_however_it_is_spelt(folder: Folder) -> None:
    rows = [row(Ward="Abbey"), row(Ward=" ABBEY "), row(Ward="Winyates")]
    intake = folder.read(rows, areas=None)
    assert [(figure.area, figure.value) for figure in intake.figures] == [("Abbey", 2), ("Winyates", 1)]


def test_one_area_may_be_that_of_every_row(folder: Folder) -> None:
    columns = {"date": "Date", "offence": "Offence"}
    assert counts(folder.read(columns=columns, areas=None, area="Redditch")) == [2, 2]


def test_offences_kept_as_numbers_are_read_as_their_digits(folder: Folder) -> None:
    rows = [row(Offence=105), row(Offence="105"), row(Offence=28)]
    assert counts(folder.read(rows, measures=[{"name": "All", "offences": ["105"]}])) == [2]


# --- references


def test_a_reference_that_comes_again_is_counted_once_and_said(folder: Folder) -> None:
    rows = [row(Ref="1"), row(Ref="1"), row(Ref="1", Date="2024-05-01"), row(Ref="2"), row(Ref=" 2 ")]
    intake = folder.read(rows)
    assert counts(intake) == [2, 0]
    said = "Rows that repeat a reference: 3; the first row of each was counted. Of another month, area or measure than "
    assert f"{said}that: 1." in intake.notes


def test_rows_without_a_reference_each_count(folder: Folder) -> None:
    intake = folder.read([row(Ref=""), row(Ref=" "), row(Ref="1")])
    assert (counts(intake), intake.notes[1]) == ([3], "Rows without a reference: 2; each was counted.")


# --- months


def test_a_month_without_any_row_is_not_available(folder: Folder) -> None:
    intake = folder.read(on("2024-04-03", "2024-06-30"))
    reason = f"{folder.extract.name} has no row of May 2024"
    assert intake.figures[1] == missing("All", "Redditch", Period.month(2024, 5), reason)
    assert counts(intake) == [1, None, 1]
    assert any(note.startswith("Without any row: May 2024. Not available;") for note in intake.notes)


def test_a_month_that_the_map_covers_is_nought_without_a_row(folder: Folder) -> None:
    intake = folder.read(on("2024-04-03", "2024-06-30"), covers="2024-03/2024-06")
    assert counts(intake) == [0, 1, 0, 1]
    doubt = "Without any row: March 2024, May 2024. Nought, since the map says that these months are covered."
    assert doubt in intake.notes


def test_rows_of_other_months_than_the_map_covers_are_not_counted_and_said(folder: Folder) -> None:
    intake = folder.read(on("1900-01-01", "2024-04-03", "2024-05-01"), covers="2024-04/2024-04")
    assert counts(intake) == [1]
    assert "Of other months than April 2024, and not counted: 2 of 3 rows (66.7%)." in intake.notes


def test_a_row_outside_the_areas_shows_that_its_month_is_covered(folder: Folder) -> None:
    rows = [*on("2024-04-03", "2024-06-01"), *on("2024-05-01", Ward="Elsewhere")]
    assert counts(folder.read(rows)) == [1, 0, 1]


def test_first_and_last_month_are_said_to_be_doubtful_unless_the_map_covers_them(folder: Folder) -> None:
    doubt = "May not be whole: April 2024 and May 2024. State in the map which months are covered."
    assert doubt in folder.read().notes
    assert doubt not in folder.read(covers="2024-04/2024-05").notes


@pytest.mark.parametrize("covers", [None, "1900-01/2024-04"])
def test_dates_over_more_years_than_forty_are_refused(folder: Folder, covers: str | None) -> None:
    [fault] = folder.faults(on("1900-01-01", "2024-04-03"), covers=covers)
    assert fault.startswith("extract: the dates run from 1 January 1900 to 3 April 2024; wanted at most 40 years")


# --- dates


@pytest.mark.parametrize(
    ("ways", "text"),
    [
        (["DD/MM/YYYY"], "03/04/2024"),
        (["DD/MM/YYYY"], "3/4/2024"),
        (["MM/DD/YYYY"], "04/03/2024"),
        (["YYYY-MM-DD"], "2024-04-03T23:59:59.123"),
        (["DD.MM.YYYY"], "03.04.2024 07:15"),
        (["DD-MM-YYYY", "DD/MM/YYYY"], "03/04/2024"),
        (["DD/MM/YYYY", "MM/DD/YYYY"], "04/30/2024"),
    ],
)
def test_a_date_is_read_as_the_map_states(folder: Folder, ways: list[str], text: str) -> None:
    assert folder.read(on(text), dates=ways).figures[0].period == Period.month(2024, 4)


@pytest.mark.parametrize(
    ("ways", "text", "told"),
    [
        (["DD/MM/YYYY"], "2024-04-03", "'2024-04-03' is no date written DD/MM/YYYY"),
        (["DD/MM/YYYY"], "31/02/2024", "'31/02/2024' is no date written DD/MM/YYYY"),
        (["DD/MM/YYYY"], "04/30/2024", "'04/30/2024' is no date written DD/MM/YYYY"),
        (["DD/MM/YYYY"], "03/04/24", "'03/04/24' is no date written DD/MM/YYYY"),
        (["DD/MM/YYYY"], "45385", "'45385' is no date written DD/MM/YYYY"),
        (["DD/MM/YYYY", "MM/DD/YYYY"], "03/04/2024", "'03/04/2024' may be 4 March 2024 or 3 April 2024, written"),
        (["YYYY-MM-DD"], "0001-01-01", "month 1 of year 1 does not exist"),
        (["YYYY-MM-DD"], " ", "the date is empty; write it, or delete the row"),
    ],
)
def test_a_date_that_is_not_plain_is_refused(folder: Folder, ways: list[str], text: str, told: str) -> None:
    [fault] = folder.faults([row(), row(Date=text)] if ways == ["YYYY-MM-DD"] else on(text), dates=ways)
    assert re.match(r"extract, row [23], column 'Date': ", fault)
    assert told in fault


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_dates_that_a_workbook_keeps_as_such_need_no_way_of_writing(
    tmp_path: Path, kind: str, workbook: Callable[..., bytes], opendocument: Callable[..., bytes]
) -> None:
    folder = Folder(tmp_path, kind, workbook if kind == "xlsx" else opendocument)
    assert counts(folder.read([row(Date=date(2024, 4, 3)), row(Date="2024-05-01")])) == [1, 1]


# --- places


def test_rows_in_no_area_are_said_as_a_share_and_how_it_moves(folder: Folder) -> None:
    rows = [*on("2024-04-03", "2024-05-01", "2024-05-02", "2024-05-03"), *on("2024-05-04", Ward=" "), row(Ward="Mars")]
    notes = folder.read(rows).notes
    assert notes[3:5] == (
        "Without a place, and not counted: 1 of 6 rows (16.7%), from 0.0% in April 2024 to 25.0% in May 2024.",
        (
            "Outside the areas of the map, and not counted: 1 of 6 rows (16.7%), from 0.0% in May 2024 to 50.0% in "
            "April 2024."
        ),
    )


def test_an_area_without_any_row_gets_no_figure_not_even_nought(folder: Folder) -> None:
    intake = folder.read([row()])
    assert {figure.area for figure in intake.figures} == {"Redditch"}
    assert "Without any row: Bromsgrove. No figure was made there, not even nought." in intake.notes


def test_an_extract_without_a_row_in_any_area_is_refused(folder: Folder) -> None:
    [fault] = folder.faults([row(Ward="Mars")])
    assert fault.startswith("extract: no row of April 2024 is in an area of the map")


def test_more_places_than_there_are_areas_are_refused(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracts, "MOST_AREAS", 2)
    [fault] = folder.faults([row(Ward=f"{number} High Street") for number in range(3)], areas=None)
    assert fault.startswith("extract, column 'Ward': there are 3 different places; wanted at most 2")
    assert "High Street" not in fault


# --- the map's doubts


def test_names_in_the_map_that_no_row_has_are_said(folder: Folder) -> None:
    notes = folder.read(measures=[{"name": "Stalking", "offences": ["Stalkng", "Burglary*"]}]).notes
    assert "Stalking: no row has the offence 'Stalkng'; look at its spelling." in notes
    assert "Of no measure: 2 of 4 rows (50.0%)." in notes


def test_a_measure_that_counts_nothing_is_said(folder: Folder) -> None:
    measures = [{"name": "Both", "offences": ["Harassment"], "any_marker": ["Hate"]}]
    assert "Both: no row was counted." in folder.read(measures=measures).notes


def test_another_map_makes_another_release(folder: Folder) -> None:
    one = folder.read().source.files
    other = folder.read(measures=[{"name": "Theft", "offences": ["Harassment"]}]).source.files
    assert one[0] == other[0]
    assert one[1].name == other[1].name == "map.toml"
    assert one[1].sha256 != other[1].sha256


# --- faults

HOW_TO_MEND = "correct it, or state in the map how dates are written."


def test_all_faults_are_named_at_once_with_row_and_column(folder: Folder) -> None:
    markers = {"Domestic abuse": {"column": "DA", "yes": ["Y"], "no": ["N"]}}
    rows = [row(Date="?", Offence="", DA="maybe"), row(), row(Date="")]
    assert folder.faults(rows, markers=markers) == [
        f"extract, row 2, column 'Date': '?' is no date written YYYY-MM-DD; {HOW_TO_MEND}",
        "extract, row 2, column 'Offence': the offence is empty; write it, or delete the row.",
        "extract, row 2, column 'DA': 'maybe' is no value that the map names; wanted one of 'Y', 'N'.",
        "extract, row 4, column 'Date': the date is empty; write it, or delete the row.",
    ]


def test_nothing_of_another_column_is_kept_or_told(csv_folder: Folder) -> None:
    told = [*csv_folder.read().notes, *describe_extract(csv_folder.extract, map_path=csv_folder.map)]
    told += [f"{figure}" for figure in csv_folder.read().figures]
    broken = [[*row(), VICTIM], row(Date="?"), row()[:-1]]
    told += csv_folder.faults(broken)
    told += csv_folder.faults(header=[VICTIM] * 7)
    csv_folder.extract.write_text(f'Date,Offence,Ward,Ref,DA,Hate,Victim\n2024-04-03,"x,{VICTIM}', "utf-8")
    with pytest.raises(InputError) as caught:
        read_extract(csv_folder.extract, map_path=csv_folder.map)
    told += caught.value.faults
    assert told
    assert not [text for text in told if "Person" in text or "High Street" in text]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (["Ref", "Day", *HEADER[2:]], "extract, row 1: there is no column 'Date'; wanted it once, since"),
        ([*HEADER[:4], "Date", *HEADER[5:]], "extract, row 1: the column 'Date' stands there 2 times"),
        (["ref", " DATE ", *HEADER[2:]], ""),
    ],
)  # fmt: skip
def test_a_column_that_the_map_names_stands_there_once(folder: Folder, header: list[object], told: str) -> None:
    if told:
        assert told in folder.faults(header=header)[0]
    else:
        assert counts(folder.read(header=header)) == [2, 1]


@pytest.mark.parametrize("cells", [6, 8])
def test_a_row_of_another_length_is_refused_since_its_cells_may_have_moved(csv_folder: Folder, cells: int) -> None:
    [fault] = csv_folder.faults([row(), [*row(), ""][:cells]])
    assert fault.startswith(f"extract, row 3: there are {cells} cells; wanted 7, as in row 1")


@pytest.mark.parametrize("rows", [[], [[" "] * 7]])
def test_an_extract_without_rows_is_refused(csv_folder: Folder, rows: Rows) -> None:
    [fault] = csv_folder.faults(rows)
    assert fault.startswith("extract: there is no row that can be counted")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "extract.csv, row 1: there is no column 'Date'"),
        (b"Date,Offence\n2024-04-03,Th\x96ft\n", "extract.csv, line 2: the byte 0x96 is not UTF-8"),
        (b"Date,Offence\n2024-04-03,Th\0ft\n", "extract.csv, line 2: there is a NUL"),
        ("Date,Offence".encode("utf-16"), "extract.csv is saved as UTF-16"),
        (b'Date,Offence\n2024-04-03,"Theft\n', "extract.csv, row 2: the cells cannot be told apart"),
        (b"Date,Offence\n2024-04-03," + b"x" * 200_000, "extract.csv, row 2: the cells cannot be told apart"),
        (b"Date,Offence\n2024-04-03," + b"x" * 2_000_000, "extract.csv, line 2 has no end"),
    ],
    ids=["nothing", "other encoding", "NUL", "UTF-16", "quotation mark", "long cell", "long line"],
)
def test_a_damaged_file_is_named_with_its_line(tmp_path: Path, data: bytes, told: str) -> None:
    path, map_path = tmp_path / "extract.csv", tmp_path / "map.toml"
    path.write_bytes(data)
    tables = MAP | {"columns": {"date": "Date", "offence": "Offence"}, "area": "Redditch", "markers": {}}
    map_path.write_text(tomli_w.dumps({key: value for key, value in tables.items() if key != "areas"}), "utf-8")
    with pytest.raises(InputError) as caught:
        read_extract(path, map_path=map_path)
    assert caught.value.faults[0].startswith(told)


def test_an_extract_over_the_bound_is_refused(csv_folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracts, "MOST_BYTES_OF_EXTRACT", 100)
    assert "is larger than" in csv_folder.faults()[0]


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(csv_folder: Folder) -> None:
    csv_folder.write(ROWS, HEADER)
    csv_folder.extract.write_bytes(b"\xef\xbb\xbf" + csv_folder.extract.read_bytes())
    assert b"\r\n" in csv_folder.extract.read_bytes()
    assert counts(read_extract(csv_folder.extract, map_path=csv_folder.map)) == [2, 1]


def test_a_cell_may_run_over_several_lines(csv_folder: Folder) -> None:
    assert counts(csv_folder.read([row(Victim="two\nlines, at least"), row()])) == [2]
    [fault] = csv_folder.faults([row(Victim="two\nlines"), row(Date="?")])
    assert fault.startswith("extract, row 3, column 'Date'")


def test_rows_are_read_one_at_a_time(csv_folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A million rows would not fit where the whole text was made first."""
    monkeypatch.setattr(extract_rows, "read_text", lambda _: pytest.fail("the whole text was made"))
    assert counts(csv_folder.read(ROWS)) == [2, 1]


# --- maps at fault


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"format": 2}, "format: wanted the line 'format = 1' at the top."),
        ({"format": None}, "format: nothing came, but a map needs this key; add it."),
        ({"measures": []}, "measures: wanted one or more."),
        ({"measures": [{"name": " "}]}, "measures[1].name: an empty text names nothing"),
        ({"measures": [{"name": "a", "ofences": ["b"]}]}, "measures[1].ofences: there is no such key"),
        ({"measures": [{"name": "a", "offences": "b"}]}, "measures[1].offences: wanted a list in [brackets]."),
        ({"measures": [{"name": "a", "offences": [105]}]}, "measures[1].offences[1]: wanted text in quotes."),
        ({"measures": [{"name": "a", "any_marker": ["DA"]}]}, "there is no marker 'DA'; wanted one of those under"),
        ({"measures": [{"name": "a"}, {"name": "A"}]}, "measures[2].name: 'A' stands there twice; keep one."),
        ({"dates": ["DD/MM/YY"]}, "dates[1]: 'DD/MM/YY' is no way to write a date; wanted DD, MM and YYYY once each"),
        ({"dates": ["DDMMYYYY"]}, "dates[1]: 'DDMMYYYY' is no way to write a date"),
        ({"dates": []}, "dates: wanted one or more."),
        ({"covers": "last year"}, "covers: 'last year' is no period; wanted a month 2012-03"),
        ({"columns": {"date": "Date"}}, "columns.offence: nothing came, but a map needs this key; add it."),
        ({"columns": {"date": "Date", "offence": "Offence"}}, "wanted either columns.place, which says each row's"),
        ({"area": "Redditch"}, "wanted either columns.place, which says each row's"),
        ({"areas": {"Abbey": "Redditch", "ABBEY": "Bromsgrove"}}, "areas: 'abbey' stands there twice; keep one."),
        ({"markers": {"Hate": {"column": "Hate"}}}, "markers.Hate.yes: nothing came, but a map needs this key"),
        ({"markers": "none"}, "markers: wanted a table of keys."),
    ],
)  # fmt: skip
def test_a_map_at_fault_is_named_with_its_key(csv_folder: Folder, changed: dict[str, object], told: str) -> None:
    fault = csv_folder.faults(**changed)[0]
    assert fault.startswith("map.toml: ")
    assert told in fault


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"format = ", "map.toml: the map is not valid TOML"),
        (b"format = 1\nformat = 1", "map.toml: the map is not valid TOML"),
        (b"a = " + b"[" * 5_000, "map.toml: the map holds what none needs"),
        (b"format = " + b"9" * 10_000, "map.toml: the map holds what none needs"),
        (b"\xff", "map.toml, line 1: the byte 0xff is not UTF-8"),
    ],
    ids=["half a line", "a key twice", "lists in lists", "a long number", "other encoding"],
)
def test_a_map_that_is_no_toml_is_refused(csv_folder: Folder, data: bytes, told: str) -> None:
    csv_folder.write(ROWS, HEADER)
    csv_folder.map.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_extract(csv_folder.extract, map_path=csv_folder.map)
    assert caught.value.faults[0].startswith(told)


# --- what would be done


def test_the_manuals_example_is_described_and_loaded_as_shown(tmp_path: Path) -> None:
    blocks = dict(re.findall(r"```(csv|toml|text)\n(.*?)```", HOW_TO.read_text("utf-8"), re.DOTALL))
    path, map_path = tmp_path / "extract.csv", tmp_path / "map.toml"
    path.write_text(blocks["csv"], "utf-8")
    map_path.write_text(blocks["toml"], "utf-8")
    assert "\n".join(describe_extract(path, map_path=map_path)) + "\n" == blocks["text"]
    intake = read_extract(path, map_path=map_path)
    assert counts(intake, "Harassment offences") == [1, 0, 1]
    assert counts(intake, "Burglary") == [1, 0, 0]


def test_a_description_raises_the_same_faults(csv_folder: Folder) -> None:
    csv_folder.write([row(Date="?")], HEADER)
    with pytest.raises(InputError, match="'\\?' is no date written"):
        describe_extract(csv_folder.extract, map_path=csv_folder.map)


def test_the_manual_names_every_key_of_a_map() -> None:
    manual = (HOW_TO.parents[1] / "reference" / "sources.md").read_text("utf-8")
    keys = [*ExtractMap.model_fields.keys() - {"columns"}, *Marker.model_fields]
    keys += [f"columns.{key}" for key in Columns.model_fields]
    keys += [f"measures.{key}" for key in MeasureFilter.model_fields]
    assert [key for key in keys if f"`{key}`" not in manual] == []
