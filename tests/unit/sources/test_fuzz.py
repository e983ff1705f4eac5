"""No bytes at all, and no file that was good before somebody touched it, raise anything but ``InputError``."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterday.domain.faults import InputError
from quarterday.sources import opendocument as opendocuments
from quarterday.sources.extract import read_extract
from quarterday.sources.figures_csv import read_figures
from quarterday.sources.files import InputFile
from quarterday.sources.home_office_csp import read_home_office_csp
from quarterday.sources.home_office_forces import read_home_office_forces
from quarterday.sources.met_police import read_met_police
from quarterday.sources.monthly_return import read_monthly_return
from quarterday.sources.population import read_population
from quarterday.sources.published_table import read_published_table
from quarterday.sources.workbook import open_workbook
from quarterday.warehouse.base import Intake

FIGURES = 'measure,area,period,value,status,note\nTheft,Redditch,2011/12 Q4,"1,234",[p],"a ""b"""\nx,y,2012,,[x],z\n'
HISTORICAL = "MajorText,MinorText,LookUp_BoroughName,201301,201302\nTheft,Bicycle Theft,Barnet,1,2\n"
RECENT = "MajorText,MinorText,BoroughName,201303,201304\nTHEFT,OTHER THEFT,Barnet,30,40\n"
FORCES = (
    "12 months ending,PFA,Region,Offence,Rolling year total number of offences\n"
    "30-12-2017,Kent,South East,Residential burglary,0\n31/03/2018,Kent,South East,Residential burglary,-5\n"
)
PARTNERSHIPS = [
    ["Financial Year", "Financial Quarter", "Police Force", "CSP Name", "Offence Description", "Offence Group",
     "Offence Subgroup", "Offence Code", "Offence Count"],
    ["2024/25", 1, "Kent", "Medway", "Shoplifting", "Theft offences", "Shoplifting", 46, 30],
    ["2024/25", 2, "Kent", "Unassigned Kent", "Possession of weapons", "Possession", "Possession", "10A", -7],
]  # fmt: skip
RESIDENTS = "area,2011,2021\nRedditch,84214,87036\nWyre Forest,97975,101607\n"

TOKENS = [
    b"",
    b'"',
    b",",
    b"\n",
    b"\r",
    b"\0",
    b"\xff",
    b"-",
    b"9" * 5000,
    b"\xef\xbb\xbf",
    b"=",
    b"<",
    b"/",
    b"a" * 40,
]


def read_bytes(reader: Callable[[Path], Intake], data: bytes) -> None:
    with TemporaryDirectory() as folder, suppress(InputError):
        path = Path(folder) / "file.csv"
        path.write_bytes(data)
        reader(path)


def read_halves(data: bytes) -> None:
    with TemporaryDirectory() as folder, suppress(InputError):
        (Path(folder) / "a.csv").write_text(HISTORICAL)
        (Path(folder) / "b.csv").write_bytes(data)
        read_met_police(Path(folder))


@st.composite
def touched(draw: st.DrawFn, good: bytes) -> bytes:
    """A good file in which some stretches were replaced."""
    data = good
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 12)))
        data = data[:start] + draw(st.sampled_from(TOKENS) | st.binary(max_size=6)) + data[end:]
    return data


@pytest.mark.parametrize("reader", [read_figures, read_population, read_home_office_forces, read_home_office_csp])
@given(data=st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes(reader: Callable[[Path], Intake], data: bytes) -> None:
    read_bytes(reader, data)


@given(data=touched(FIGURES.encode()))
@settings(max_examples=150, deadline=None)
def test_a_touched_figures_file(data: bytes) -> None:
    read_bytes(read_figures, data)


@given(data=touched(RECENT.encode()))
@settings(max_examples=150, deadline=None)
def test_a_touched_half_of_the_met_tables(data: bytes) -> None:
    read_halves(data)


@given(data=touched(RESIDENTS.encode()))
@settings(max_examples=100, deadline=None)
def test_a_touched_table_of_residents(data: bytes) -> None:
    read_bytes(read_population, data)


@given(data=touched(FORCES.encode()))
@settings(max_examples=150, deadline=None)
def test_a_touched_table_of_rolling_years(data: bytes) -> None:
    read_bytes(read_home_office_forces, data)


@pytest.fixture(scope="module", params=["population", "partnerships"])
def reader_and_sheets(request: pytest.FixtureRequest) -> tuple[Callable[[Path], Intake], dict[str, list[list[object]]]]:
    if request.param == "partnerships":
        return read_home_office_csp, {"Notes": [["a note"]], "2024_25": PARTNERSHIPS}
    return read_population, {"data": [["area", 2011, 2021], ["Redditch", 84214, 87036]]}


@pytest.mark.parametrize("kind", ["workbook", "opendocument"])
@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_a_touched_workbook_or_part_of_one(
    request: pytest.FixtureRequest,
    reader_and_sheets: tuple[Callable[[Path], Intake], dict[str, list[list[object]]]],
    kind: str,
    data: st.DataObject,
) -> None:
    reader, sheets = reader_and_sheets
    good = request.getfixturevalue(kind)(sheets)
    if data.draw(st.booleans()):
        read_bytes(reader, data.draw(touched(good)))
        return
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    parts[name] = data.draw(touched(parts[name]))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    read_bytes(reader, file.getvalue())


@given(columns=st.integers(0, 10**9), rows=st.integers(0, 10**9), cell=st.sampled_from(["", "<text:p>1</text:p>"]))
@settings(max_examples=100, deadline=None)
def test_an_opendocument_never_lays_out_more_cells_than_are_allowed(
    opendocument: Callable[..., bytes], columns: int, rows: int, cell: str
) -> None:
    repeated = f'<table:table-cell table:number-columns-repeated="{columns}">{cell}</table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{repeated}'
    data = opendocument({"data": []}, sheet_data=f"{row}<table:table-cell>{cell}</table:table-cell></table:table-row>")
    with pytest.MonkeyPatch.context() as patch, suppress(InputError):
        patch.setattr(opendocuments, "MOST_CELLS", 1000)
        laid_out = [cells for _, cells in open_workbook(InputFile("file.ods", data)).rows("data")]
        assert sum(map(len, laid_out)) <= 1000


# --- tables as people lay them out, and extracts

RETURN = (
    "Area,Redditch,,\r\nMeasure,Apr-24,201112,Change\r\n"
    'Theft ¹,"1,234",12 [p],2\r\nHate,[x] no form,N/A,\r\n1. Note,,,\r\n'
)
TURNED = "Month,Theft,Arson\nApr 2011,5,6\nMay 2011,[c],-8\nTotal,5,6\n"
EXTRACT = b'Date,What,Where,Ref,DA\n2024-04-03,Theft,Abbey,1,Y\n2024-06-03,"Arson, fire",,1,\n'
MAP = b"""format = 1
covers = "2024-04/2024-06"
areas = { Abbey = "Redditch" }
columns = { date = "Date", offence = "What", place = "Where", reference = "Ref" }
markers = { DA = { column = "DA", yes = ["Y"], no = [""] } }
measures = [{ name = "Theft", offences = ["Theft*"], no_marker = ["DA"] }, { name = "All" }]
"""


def read_both(extract: bytes, extract_map: bytes) -> None:
    with TemporaryDirectory() as folder, suppress(InputError):
        path, map_path = Path(folder) / "extract.csv", Path(folder) / "map.toml"
        path.write_bytes(extract)
        map_path.write_bytes(extract_map)
        read_extract(path, map_path=map_path)


@pytest.mark.parametrize("reader", [read_published_table, read_monthly_return])
@given(data=st.binary(max_size=400) | touched(RETURN.encode()) | touched(TURNED.encode()))
@settings(max_examples=150, deadline=None)
def test_any_bytes_or_a_touched_table(reader: Callable[[Path], Intake], data: bytes) -> None:
    read_bytes(reader, data)


CELLS = st.sampled_from(
    ["", "Measure", "Area", "Theft", "Apr 2011", "201112", "2011", "Total", "Change", "¹", "(a) x", "*", "-", "[x]"]
) | st.text(max_size=3)  # fmt: skip


@given(rows=st.lists(st.lists(CELLS | st.integers(0, 3000), max_size=5), max_size=6))
@settings(max_examples=150, deadline=None)
def test_a_workbook_of_any_headings_marks_and_numbers(workbook: Callable[..., bytes], rows: list[list[object]]) -> None:
    read_bytes(read_published_table, workbook({"data": rows}))


@given(extract=st.just(EXTRACT) | touched(EXTRACT) | st.binary(max_size=200), extract_map=st.just(MAP) | touched(MAP))
@settings(max_examples=200, deadline=None)
def test_a_touched_extract_or_map(extract: bytes, extract_map: bytes) -> None:
    read_both(extract, extract_map)
