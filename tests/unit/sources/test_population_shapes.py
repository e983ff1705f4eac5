"""Residents as publishers lay them out: one row a year, a column with a year in its name, mid-year estimates."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.sources.population import read_population
from quarterday.warehouse.base import Intake

Read = Callable[[str], Intake]
Residents = dict[tuple[str, int], float | None]

NOMIS = """\
DATE,DATE_NAME,GEOGRAPHY,GEOGRAPHY_NAME,GEOGRAPHY_CODE,GENDER_NAME,C_AGE_NAME,MEASURES_NAME,OBS_VALUE
2022,2022,1811939361,Redditch,E07000236,Total,All Ages,Value,87000
2022,2022,1811939361,Redditch,E07000236,Male,All Ages,Value,43000
2022,2022,1811939361,Redditch,E07000236,Total,Aged 0,Value,900
2022,2022,1811939361,Redditch,E07000236,Total,All Ages,Percent,100
2023,2023,1811939361,Redditch,E07000236,Total,All Ages,Value,"87,500"
"""
DATA_SERVICE = """\
v4_0,calendar-years,Time,administrative-geography,Geography,sex,Sex,single-year-of-age,Age
87000,2022,2022,E07000236,Redditch,all,All,total,Total
900,2022,2022,E07000236,Redditch,all,All,0,0
"""
NOMIS_ACROSS = """\
"Population estimates - local authority based"
"ONS Crown Copyright Reserved [from Nomis]"

"Sex","Total"
"Age","All Ages"

"Area","mnemonic","2022","2023"
"Redditch","E07000236","87000","87500"
"""
ESTIMATES = [
    ["MYE2: Population estimates: Persons by single year of age and sex, mid-2023"],
    ["This worksheet contains one table."],
    ["Code", "Name", "Geography", "All ages", 0, 1],
    ["E92000001", "ENGLAND", "Country", 57690323, 550000, 560000],
    ["E07000236", "Redditch", "Non-metropolitan District", 87500, 900, 910],
    [None],
    ["Source: Office for National Statistics"],
]


def residents(intake: Intake) -> Residents:
    assert {figure.measure for figure in intake.figures} == {"Population"}
    assert all(figure.period.is_calendar_year for figure in intake.figures)
    return {(figure.area, figure.period.first // 12): figure.value for figure in intake.figures}


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def of(text: str) -> Intake:
        path = tmp_path / "residents.csv"
        path.write_text(text, "utf-8")
        return read_population(path)

    return of


@pytest.fixture
def read_sheets(tmp_path: Path, workbook: Callable[..., bytes]) -> Callable[..., Intake]:
    def of(sheets: dict[str, list[list[object]]]) -> Intake:
        path = tmp_path / "residents.xlsx"
        path.write_bytes(workbook(sheets))
        return read_population(path)

    return of


def faults_of(read: Callable[..., Intake], table: object) -> tuple[str, ...]:
    with pytest.raises(InputError) as caught:
        read(table)
    return caught.value.faults


# --- one row an area and year


def test_a_table_of_nomis_gives_all_people_by_the_names_of_areas(read: Read) -> None:
    intake = read(NOMIS)
    assert residents(intake) == {("Redditch", 2022): 87000, ("Redditch", 2023): 87500}
    assert intake.notes == (
        "Rows left out, since by their column 'GENDER_NAME' they are not of all people: 1.",
        "Rows left out, since by their column 'C_AGE_NAME' they are not of all people: 1.",
        "Rows left out, since by their column 'MEASURES_NAME' they are not of all people: 1.",
        "Columns left alone: 'DATE', 'GEOGRAPHY'.",
    )


def test_a_table_of_the_data_service_is_read(read: Read) -> None:
    assert residents(read(DATA_SERVICE)) == {("Redditch", 2022): 87000}


@pytest.mark.parametrize(
    "heading",
    ["Year,Area name,Population", "mid-year,LAD name,value", "date,geography,OBS_VALUE", "Time,LAD23NM,persons"],
)
@pytest.mark.parametrize("year", ["2021", "mid-2021", "Mid 2021", "2021-06-30"])
def test_headings_and_years_have_several_spellings(read: Read, heading: str, year: str) -> None:
    assert residents(read(f"{heading}\n{year},Redditch,87036\n")) == {("Redditch", 2021): 87036}


def test_an_area_without_a_name_is_called_by_its_code(read: Read) -> None:
    assert residents(read("Code,Year,value\nE07000236,2021,87036\n")) == {("E07000236", 2021): 87036}


def test_a_workbook_may_keep_the_year_as_the_day_of_the_estimate(read_sheets: Callable[..., Intake]) -> None:
    rows = [["Area name", "Date", "Value"], ["Redditch", date(2021, 6, 30), 87036]]
    assert residents(read_sheets({"Sheet1": rows})) == {("Redditch", 2021): 87036}


def test_all_faults_are_named_at_once(read: Read) -> None:
    table = """\
Year,Area name,Code,Population
2021,Redditch,E07000236,
twenty,Redditch,E07000236,5
2022,Redditch,E07000236,5
2022,REDDITCH,E07000236,5
2021,Bristol, City of,E06000023,5
2021,,E06000023,5.5
"""
    assert [fault.removeprefix("residents.csv, ") for fault in faults_of(read, table)] == [
        "row 2, column D (2021): the cell is empty; write the number of people, or leave the area or the year out.",
        "row 3, column A: 'twenty' is no year; wanted one such as 2021 or mid-2021.",
        "rows 4 and 5: 'REDDITCH', 2022, stands there twice; keep one.",
        "row 6: there are 5 cells; wanted 4, as in the row of the headings.",
        "row 7, column B: the area has no name; write it, or clear the row.",
        "row 7, column D (2021): '5.5' is no number of whole people; wanted 0 or more, without a fraction.",
    ]


@pytest.mark.parametrize("year", ["2021-03-21", "2021/22", "1021", "July 2020 to June 2021"])
def test_what_is_no_year_is_a_fault(read: Read, year: str) -> None:
    [fault] = faults_of(read, f"Year,Area name,Population\n{year},Redditch,5\n")
    assert fault.startswith("residents.csv, row 2, column A: ")


def test_a_table_without_rows_of_all_people_is_refused(read: Read) -> None:
    [fault] = faults_of(read, "Year,Area name,Sex,Age,Population\n2021,Redditch,F,0,5\n")
    assert fault.startswith("residents.csv: no row is of all people; wanted such rows")
    assert fault.endswith("under 'Sex'.")


def test_a_heading_that_stands_there_twice_is_refused(read: Read) -> None:
    [fault] = faults_of(read, "Year,Area name,Value,value\n2021,Redditch,5,6\n")
    assert fault == "residents.csv, row 1: the heading 'Value' stands there twice; keep one."


# --- columns named after their year


@pytest.mark.parametrize("heading", ["population_mid2017", "Population 2017", "population_2017", "Population mid-2017"])
def test_a_column_may_be_named_after_its_year(read: Read, heading: str) -> None:
    intake = read(f"force,lad_name,{heading}\nwest-mercia,Redditch,85204\n")
    assert residents(intake) == {("Redditch", 2017): 85204}
    assert intake.notes == ("Columns left alone: 'force'.",)


def test_there_may_be_several_such_columns(read: Read) -> None:
    table = "ladcode23,laname23,sex,age,population_2011,population_2012\nE07000236,Redditch,all,all,84000,84100\n"
    assert residents(read(table)) == {("Redditch", 2011): 84000, ("Redditch", 2012): 84100}


# --- mid-year estimates


def test_the_estimates_are_read_below_their_title_from_the_sheet_of_persons(
    read_sheets: Callable[..., Intake],
) -> None:
    intake = read_sheets({"Contents": [["Contents"]], "MYE2 - Persons": ESTIMATES, "MYE2 - Males": [["x"]]})
    assert residents(intake) == {("ENGLAND", 2023): 57690323, ("Redditch", 2023): 87500}
    assert intake.notes == (
        "Rows with a text only were passed over: 1.",
        "Columns left alone: 'Geography', '0', '1'.",
        "The sheet 'Contents' was not read.",
        "The sheet 'MYE2 - Males' was not read.",
    )


@pytest.mark.parametrize("sheet", ["Mid-2017", "2017", "mid-2017 persons"])
def test_the_name_of_the_sheet_may_say_the_year(read_sheets: Callable[..., Intake], sheet: str) -> None:
    assert ("Redditch", 2017) in residents(read_sheets({sheet: ESTIMATES[2:5]}))


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        ([], "name no year; wanted the one that the table is of, such as mid-2023"),
        ([["mid-2011 to mid-2023"]], "name the years 2011, 2023; wanted the one"),
        ([["Females by single year of age, mid-2023"]], "the table is of some people only, since 'Females by"),
        ([["Sex: Male"], ["mid-2023"]], "the table is of some people only, since 'Sex: Male' stands above it"),
        ([["Age", "Aged 16 to 64"], ["mid-2023"]], "the table is of some people only"),
    ],
)
def test_a_title_that_says_no_year_or_some_people_is_a_fault(
    read_sheets: Callable[..., Intake], titles: list[list[object]], told: str
) -> None:
    [fault] = faults_of(read_sheets, {"data": [*titles, *ESTIMATES[2:5]]})
    assert fault.startswith(f"residents.xlsx, sheet 'data', row {len(titles) + 1}: ")
    assert told in fault


def test_the_estimates_of_one_sex_are_refused_by_the_name_of_their_sheet(read_sheets: Callable[..., Intake]) -> None:
    [fault] = faults_of(read_sheets, {"Mid-2023 Males": ESTIMATES[2:5]})
    assert "of some people only, since 'Mid-2023 Males' stands above it" in fault


def test_an_area_without_a_number_is_no_remark(read_sheets: Callable[..., Intake]) -> None:
    [fault] = faults_of(read_sheets, {"Mid-2023": [*ESTIMATES[2:5], ["E07000234", "Bromsgrove"]]})
    assert "row 4, column D (2023): the cell is empty" in fault


# --- years across, below titles


def test_years_across_may_stand_below_titles_and_beside_codes(read: Read) -> None:
    assert residents(read(NOMIS_ACROSS)) == {("Redditch", 2022): 87000, ("Redditch", 2023): 87500}


def test_years_across_of_one_sex_are_refused(read: Read) -> None:
    [fault] = faults_of(read, NOMIS_ACROSS.replace('"Total"', '"Female"'))
    assert fault.startswith("residents.csv, row 7: the table is of some people only, since 'Sex | Female' stands")


def test_a_row_of_numbers_is_never_taken_for_the_years(read: Read) -> None:
    [fault, *_] = faults_of(read, "place,mid-2011,mid-2021\nLittle Area,1987,2010\n")
    assert fault.startswith("residents.csv, row 1, column B: 'mid-2011' is no year")
