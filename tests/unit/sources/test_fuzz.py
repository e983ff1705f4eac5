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
from quarterday.sources.figures_csv import read_figures
from quarterday.sources.met_police import read_met_police
from quarterday.sources.population import read_population
from quarterday.warehouse.base import Intake

FIGURES = 'measure,area,period,value,status,note\nTheft,Redditch,2011/12 Q4,"1,234",[p],"a ""b"""\nx,y,2012,,[x],z\n'
HISTORICAL = "MajorText,MinorText,LookUp_BoroughName,201301,201302\nTheft,Bicycle Theft,Barnet,1,2\n"
RECENT = "MajorText,MinorText,BoroughName,201303,201304\nTHEFT,OTHER THEFT,Barnet,30,40\n"
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


@pytest.mark.parametrize("reader", [read_figures, read_population])
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


@pytest.fixture(scope="module")
def residents_workbook(workbook: Callable[..., bytes]) -> bytes:
    return workbook({"data": [["area", 2011, 2021], ["Redditch", 84214, 87036]]})


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_touched_workbook_or_part_of_one(residents_workbook: bytes, data: st.DataObject) -> None:
    if data.draw(st.booleans()):
        read_bytes(read_population, data.draw(touched(residents_workbook)))
        return
    with zipfile.ZipFile(io.BytesIO(residents_workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    parts[name] = data.draw(touched(parts[name]))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    read_bytes(read_population, file.getvalue())
