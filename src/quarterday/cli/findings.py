"""What the figures show: each finding on a measure, in words or as data."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from quarterday.cli.options import PartnershipName, Quarter
from quarterday.cli.screen import doing, printable, show, show_json
from quarterday.cli.workspace import open_plans

if TYPE_CHECKING:
    from rich.table import Table

    from quarterday.domain.finding import Finding
    from quarterday.editions.analyse import Analysis


LEAST_SHOWN = 0.0005  # a smaller probability would be rounded to nought


class FindingFormat(StrEnum):
    """How findings are printed."""

    TABLE = "table"
    JSON = "json"


def findings(
    context: typer.Context,
    partnership: PartnershipName,
    quarter: Quarter,
    measure: Annotated[str, typer.Option(help="The measure's name in the plan; else all of them.")] = "",
    style: Annotated[FindingFormat, typer.Option("--format", help="How to write them.")] = FindingFormat.TABLE,
) -> None:
    """Print what the figures of a quarter show, each finding with its method and how strong a wording it supports."""
    home = open_plans(context.obj)
    from quarterday.editions.findings import findings_of

    with doing("Working out what the figures show"):
        found = findings_of(home, partnership, quarter=quarter, measure=measure)
    if style is FindingFormat.JSON:
        show_json([_as_data(analysis, finding) for analysis in found for finding in analysis.findings])
        return
    for analysis in found:
        show(_table(analysis))


def _table(analysis: "Analysis") -> "Table":
    """The findings on one measure: what each says and by which method, and how strongly it may be worded."""
    from rich.table import Column, Table

    title = printable(analysis.measure.name)
    table = Table("Finding", Column("What it says", ratio=1), "Strength", title=title, title_justify="left", box=None)
    for finding in analysis.findings:
        method = "" if finding.unavailable else f" [{finding.method}]"
        p = "" if finding.p is None else f", p {'< 0.001' if finding.p < LEAST_SHOWN else f'= {finding.p:.3f}'}"
        strength = "" if finding.unavailable else f"{finding.strength.value}{p}"
        table.add_row(finding.kind, printable(f"{_said(analysis, finding)}{method}"), strength)
    return table


def _said(analysis: "Analysis", finding: "Finding") -> str:
    """The finding as a sentence, or why there is nothing to state."""
    from quarterday.commentary.draft import write

    return write(analysis.measure, finding).text or f"Nothing: {finding.unavailable}."


def _as_data(analysis: "Analysis", finding: "Finding") -> dict[str, object]:
    return finding.as_json() | {"sentence": "" if finding.unavailable else _said(analysis, finding)}
