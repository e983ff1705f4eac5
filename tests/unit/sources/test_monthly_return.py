"""A return is what its template asked for: names, area and months come back as they went out."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import python_calamine
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.domain.status import Status
from quarterday.sources.monthly_return import read_monthly_return, write_monthly_return_template

HOW_TO = Path(__file__).parents[3] / "docs" / "how-to" / "collect-a-monthly-return.md"
YEAR = Period.financial_year(2024)
KINDS = ["csv", "xlsx"]

Rows = list[list[object]]


def cells_of(path: Path) -> Rows:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [list(row) for row in csv.reader(file)]
    return python_calamine.load_workbook(path).get_sheet_by_name("data").to_python(skip_empty_area=False)


def fill_in(path: Path, values: Rows) -> None:
    """Write ``values`` below the months, as a person would, and save the file as a spreadsheet program does."""
    rows = cells_of(path)
    for row, cells in zip(rows[3:], values, strict=True):
        row[1:] = cells
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("data")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)


@pytest.fixture(params=KINDS)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / f"return.{request.param}"


def template(path: Path, *measures: str, area: str = "Redditch", months: Period = YEAR) -> None:
    write_monthly_return_template(path, measures=measures or ("Theft", "Arson"), area=area, months=months)


def faults_of(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_monthly_return(path)
    return [fault.replace(path.name, "return").replace(", sheet 'data'", "") for fault in caught.value.faults]


def test_a_template_has_the_area_what_to_do_the_months_and_the_measures(path: Path) -> None:
    template(path, months=Period(YEAR.first, 2))
    rows = cells_of(path)
    assert rows[0][:2] == ["Area", "Redditch"]
    assert str(rows[1][0]).startswith("Write one number in each cell below a month, and 0 where nothing was counted.")
    assert rows[2:] == [["Measure", "April 2024", "May 2024"], ["Theft", "", ""], ["Arson", "", ""]][: len(rows) - 2]


def test_a_filled_in_template_is_read_as_its_measures_area_and_months(path: Path) -> None:
    template(path, months=Period(YEAR.first, 2))
    fill_in(path, [[5, 6], ["12 [p]", "[x] the system was down"]])
    intake = read_monthly_return(path)
    assert [(figure.measure, figure.area, figure.period.code, figure.value) for figure in intake.figures] == [
        ("Theft", "Redditch", "2024-04", 5),
        ("Theft", "Redditch", "2024-05", 6),
        ("Arson", "Redditch", "2024-04", 12),
        ("Arson", "Redditch", "2024-05", None),
    ]
    assert intake.figures[2].statuses == (Status.PROVISIONAL,)
    assert intake.figures[3].note == "the system was down"
    assert intake.reader == "monthly-return 1"


def test_months_to_come_are_left_empty(path: Path) -> None:
    template(path, months=Period(YEAR.first, 3))
    fill_in(path, [[5, "", ""], [6, "", ""]])
    intake = read_monthly_return(path)
    assert [figure.period.code for figure in intake.figures] == ["2024-04", "2024-04"]
    assert any(note.startswith("No figure at all is given for") for note in intake.notes)


def test_a_measure_without_any_figure_is_a_fault(path: Path) -> None:
    template(path, months=Period(YEAR.first, 2))
    fill_in(path, [[5, 6], ["", ""]])
    [fault] = faults_of(path)
    assert fault.startswith("return, row 5, column A: there is no figure at all for 'Arson'; write 0 where nothing")


def test_a_month_that_one_measure_lacks_is_a_fault(path: Path) -> None:
    template(path, months=Period(YEAR.first, 2))
    fill_in(path, [[5, 6], [7, ""]])
    [fault] = faults_of(path)
    assert fault.startswith("return, row 5, column C (May '24): the cell is empty")


def test_a_template_that_nobody_filled_in_is_refused(path: Path) -> None:
    template(path)
    assert faults_of(path) == ["return: there is no number below the periods; fill the table in."]


def test_longer_periods_are_no_monthly_return(tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    path.write_text("Area,Redditch,\nMeasure,2023/24,Apr 2024\nTheft,5,6\n")
    [fault] = faults_of(path)
    assert fault.startswith("return: Apr '23 - Mar '24 stands where single months are wanted")


def test_months_come_back_from_a_spreadsheet_program_in_its_own_spelling(tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    template(path, months=Period(YEAR.first, 2))
    path.write_text(path.read_text("utf-8-sig").replace("April 2024", "Apr-24").replace("May 2024", "01/05/2024"))
    fill_in(path, [[5, 6], [7, 8]])
    assert {figure.period.code for figure in read_monthly_return(path).figures} == {"2024-04", "2024-05"}


@pytest.mark.parametrize("name", ["=1+1", "+44", "-5", "@SUM(A1)", "'=1", "a, b", 'say "no"', "Theft – all", "(a) x"])
def test_no_name_is_a_formula_and_each_is_read_back_equal(path: Path, name: str) -> None:
    template(path, name, area=name, months=Period(YEAR.first, 1))
    written = [str(cell) for row in cells_of(path) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in written)
    fill_in(path, [[5]])
    [figure] = read_monthly_return(path).figures
    assert (figure.measure, figure.area) == (name, name)


NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12) | st.sampled_from(
    ["=1", "'=1", "''@", "Total", "N/A", "2012", "Mar 2012", "Area", "Measure", "a*", "a [p]", "1 a", "¹ a", "(a)"]
)


@pytest.mark.parametrize("kind", KINDS)
@given(names=st.lists(NAMES, min_size=1, max_size=4, unique_by=key_of), area=NAMES)
@settings(max_examples=60)
def test_names_are_read_back_equal_or_refused(kind: str, names: list[str], area: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"return.{kind}"
        try:
            template(path, *names, area=area, months=Period(YEAR.first, 2))
        except InputError:
            assert not path.exists()
            return
        fill_in(path, [[5, 6] for _ in names])
        figures = read_monthly_return(path).figures
        assert [figure.measure for figure in figures] == [name for name in names for _ in range(2)]
        assert {figure.area for figure in figures} == {area}


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ([], "There is no measure to ask for"),
        (["Theft", "THEFT"], "stands there twice"),
        (["Theft", "Total"], "'Total' would be read back as something else"),
        (["Theft", "Theft "], "stands there twice"),
        ([" Theft"], "' Theft' would be read back as something else"),
        (["Theft *"], "'Theft *' would be read back as something else"),
        (["Theft", "x" * 201], "there are 201 characters; wanted a name of at most 200"),
        (["Theft", "Mar 2012"], "there are periods down as well as across"),
    ],
    ids=str,
)
def test_names_that_would_not_come_back_are_refused(path: Path, names: list[str], told: str) -> None:
    with pytest.raises(InputError) as caught:
        write_monthly_return_template(path, measures=names, area="Redditch", months=YEAR)
    assert told in str(caught.value)
    assert not path.exists()


def test_a_file_that_is_there_is_never_replaced(path: Path) -> None:
    path.write_text("filled in")
    with pytest.raises(InputError, match="is there already, and may be filled in"):
        template(path)
    assert path.read_text() == "filled in"


def test_another_kind_of_file_or_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"return\.docx: a template is written as \.csv or \.xlsx"):
        template(tmp_path / "return.docx")
    with pytest.raises(InputError, match="is no folder; make it"):
        template(tmp_path / "none" / "return.csv")


def test_the_same_template_is_the_same_bytes(path: Path) -> None:
    template(path)
    first = path.read_bytes()
    path.unlink()
    template(path)
    assert path.read_bytes() == first


def test_the_manuals_return_loads(tmp_path: Path) -> None:
    text = HOW_TO.read_text("utf-8")
    [example] = [block.split("```")[0] for block in text.split("```csv\n")[1:]]
    path = tmp_path / "return.csv"
    path.write_text(example, "utf-8")
    figures = read_monthly_return(path).figures
    assert [(figure.measure, figure.value) for figure in figures] == [
        ("Hate incidents reported to the council", 3),
        ("Hate incidents reported to the council", 0),
        ("Noise complaints", 41),
        ("Noise complaints", None),
    ]
    assert figures[3].note in text
