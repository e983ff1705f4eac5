"""What two publications call by one word are two measures; what a local file calls a measure stays as written."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quarterday.domain.period import Period
from quarterday.sources.figures_csv import read_figures
from quarterday.sources.home_office_csp import read_home_office_csp
from quarterday.sources.home_office_forces import read_home_office_forces
from quarterday.sources.met_police import read_met_police
from quarterday.warehouse.base import Intake
from quarterday.warehouse.duckdb import DuckDBWarehouse

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
QUARTER = Period.financial_quarter(2024, 4)
CSP = [
    ["Financial Year", "Financial Quarter", "Police Force", "CSP Name", "Offence Description", "Offence Group",
     "Offence Subgroup", "Offence Code", "Offence Count"],
    ["2024/25", 4, "Metropolitan Police", "Barnet", "Robbery", "Robbery", "Robbery", 34, 90],
]  # fmt: skip
FORCES = (
    "12 months ending,PFA,Region,Offence,Rolling year total number of offences\n31-03-2025,Barnet,London,Robbery,400\n"
)


@pytest.fixture
def intakes(tmp_path: Path, workbook: Callable[..., bytes]) -> dict[str, Intake]:
    """Robbery in Barnet in the first months of 2025, as each of four would tell it."""
    tables = tmp_path / "met"
    tables.mkdir()
    for months, counts in (("202501,202502", "10,20"), ("202503,202504", "30,40")):
        table = f"MajorText,MinorText,BoroughName,{months}\nROBBERY,ROBBERY,Barnet,{counts}\n"
        (tables / f"{months}.csv").write_text(table, "utf-8")
    (tmp_path / "csp.xlsx").write_bytes(workbook({"2024_25": CSP}))
    (tmp_path / "forces.csv").write_text(FORCES, "utf-8")
    (tmp_path / "figures.csv").write_text(
        "measure,area,period,value,status,note\nRobbery,Barnet,2025-01/2025-03,77,,\n", "utf-8"
    )
    return {
        "Robbery (Met Police)": read_met_police(tables),
        "Robbery (Home Office)": read_home_office_csp(tmp_path / "csp.xlsx"),
        "forces": read_home_office_forces(tmp_path / "forces.csv"),
        "Robbery": read_figures(tmp_path / "figures.csv"),
    }


def test_a_publication_stands_behind_what_it_counts_and_nothing_behind_a_local_name(intakes: dict[str, Intake]) -> None:
    names = {reader: {figure.measure for figure in intake.figures} for reader, intake in intakes.items()}
    assert names.pop("forces") == {"Robbery (Home Office)"}
    assert names == {name: {name} for name in names}


def test_one_word_of_several_publications_in_one_area_is_never_one_series(
    intakes: dict[str, Intake], tmp_path: Path
) -> None:
    warehouse = DuckDBWarehouse(tmp_path / "warehouse")
    landings = [warehouse.land(intake, loaded_at=NOON) for intake in intakes.values()]
    assert [landing.revised for landing in landings] == [0] * 4
    totals = {name: warehouse.holding(name, "Barnet").total(QUARTER).value for name in warehouse.measures()}
    assert totals == {"Robbery": 77, "Robbery (Home Office)": 90, "Robbery (Met Police)": 60}
