"""The page on small counts shows what is computed."""

from quarterday.domain.period import Period
from quarterday.statistics.disclosure import mark
from quarterday.statistics.disclosure_tables import Cell, Count, Nesting, Rule
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "methods" / "disclosure.md"


def test_the_worked_example_of_disclosure_is_what_is_computed() -> None:
    example = PAGE.read_text("utf-8").split("## Worked example")[1]
    rows = [[each.strip() for each in line.strip("|").split("|")] for line in example.splitlines() if line[:1] == "|"][
        2:
    ]
    cells = {row[0]: Cell("Arson", row[0], Period.financial_year(2011)) for row in rows}
    county = Nesting(areas={"County": ("North", "South", "East")})
    counts = [Count(cells[row[0]], int(row[1])) for row in rows]
    marked = mark(counts, rule=Rule("public"), edition="Q4", nesting=county)
    printed = {
        each.cell: str(each.value) if each.status is None else each.status.mark for each in marked.published.counts
    }
    ends = {each.cell: [str(each.least), str(each.greatest)] for each in marked.audit.hidden}
    assert [[row[0], row[1], printed[cells[row[0]]], *ends.get(cells[row[0]], ["", ""])] for row in rows] == rows


def test_the_pages_defaults_are_the_rules() -> None:
    rule = Rule("public")
    page = PAGE.read_text("utf-8")
    for option, value in (("threshold", rule.threshold), ("base", rule.base)):
        (line,) = [line for line in page.splitlines() if line.startswith(f"| `{option}`")]
        assert line.split("|")[2].strip() == str(value)
    assert (rule.hides_zero, rule.secondary) == (False, True)
