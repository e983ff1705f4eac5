"""What is held: loads, figures, and where a figure comes from."""

import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quarterday.cli.options import AreaName, MeasureName, read_option_period
from quarterday.cli.screen import printable, say, show, show_json
from quarterday.cli.workspace import now, open_home
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period

if TYPE_CHECKING:
    from quarterday.warehouse.base import SourceRow

MOST_ROWS = 10  # of a figure's, that are printed


class FigureFormat(StrEnum):
    """How figures are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def releases(context: typer.Context) -> None:
    """List every load, the latest last."""
    from rich.table import Column, Table

    held = open_home(context.obj).warehouse().releases()
    if not held:
        say("Nothing has been loaded.")
        return
    table = Table(Column("Release", no_wrap=True), "Loaded", "What", "Figures", "Months", box=None)
    for release in held:
        state = f"withdrawn {release.withdrawn_at}" if release.withdrawn_at else f"{release.figures:,}"
        table.add_row(
            release.id, release.loaded_at, printable(release.source.title), state, release.covered.for_sentence()
        )
    show(table)


def withdraw(context: typer.Context, release: Annotated[str, typer.Argument(help="The release, as listed.")]) -> None:
    """Let a load no longer count; what it revised stands again. Loading the same files again undoes it."""
    withdrawn = open_home(context.obj).warehouse().withdraw(release, withdrawn_at=now())
    say(f"Release {withdrawn.id} no longer counts. Build the editions again that rested on it.")


def figures(
    context: typer.Context,
    measure: Annotated[str, typer.Option(help="The measure's name, as files of figures have it; else all.")] = "",
    area: Annotated[str, typer.Option(help="The area's name; else all.")] = "",
    first: Annotated[
        Period | None,
        typer.Option("--from", parser=read_option_period, metavar="PERIOD", help="The first month to end in."),
    ] = None,
    last: Annotated[
        Period | None, typer.Option("--to", parser=read_option_period, metavar="PERIOD", help="The last.")
    ] = None,
    rolling: Annotated[int | None, typer.Option(min=1, max=240, help="Totals over so many months.")] = None,
    release: Annotated[str, typer.Option(help="As this release had them, whatever was loaded since.")] = "",
    style: Annotated[FigureFormat, typer.Option("--format", help="How to write them.")] = FigureFormat.TABLE,
    out: Annotated[Path | None, typer.Option(help="The file to write; the terminal where not given.")] = None,
) -> None:
    """Print the figures held of a measure in an area, or write them to a file."""
    if out is None and style is FigureFormat.PARQUET:
        raise typer.BadParameter("a Parquet file is nothing to print; name it with --out.")
    if out is not None and style is FigureFormat.TABLE:
        raise typer.BadParameter("a table is printed; for a file give --format csv, json or parquet.")
    home = open_home(context.obj)
    from quarterday.editions.trace import figures_held

    always = Period.run(Period.month(1500, 1), Period.month(9999, 12))
    found = figures_held(
        home.warehouse(),
        measure=measure,
        area=area,
        within=Period.run(first or always, last or always),
        rolling=rolling,
        release=release,
    )
    if out is None:
        _print_figures(found, style, named=bool(measure and area))
    else:
        _write_figures(found, style, out)
        say(f"{len(found):,} figures are in {out}.")


def _print_figures(found: Sequence[Figure], style: FigureFormat, *, named: bool) -> None:
    from rich.table import Column, Table

    from quarterday.sources.figures_csv import write_figures

    if style is FigureFormat.CSV:
        write_figures(found, sys.stdout)
        return
    if style is FigureFormat.JSON:
        show_json([_as_data(figure) for figure in found])
        return
    what = () if named else ("Measure", "Area")
    table = Table(*what, "Period", "Value", Column("Release", no_wrap=True), "Note", box=None)
    for figure in found:
        of = () if named else (printable(figure.measure), printable(figure.area))
        table.add_row(*of, figure.period.code, _shown(figure), ", ".join(figure.releases), printable(figure.note))
    show(table)


def _write_figures(found: Sequence[Figure], style: FigureFormat, out: Path) -> None:
    from quarterday.sources.figures_csv import write_figures
    from quarterday.sources.figures_parquet import write_figures_parquet

    if style is FigureFormat.PARQUET:
        write_figures_parquet(found, out)
    elif style is FigureFormat.CSV:
        write_figures(found, out)
    else:
        out.write_text(json.dumps([_as_data(figure) for figure in found], ensure_ascii=False, indent=2), "utf-8")


def trace(
    context: typer.Context,
    measure: MeasureName,
    area: AreaName,
    period: Annotated[Period, typer.Option(parser=read_option_period, metavar="PERIOD", help="Such as '2011/12'.")],
    rows: Annotated[Path | None, typer.Option(help="A CSV file to write every row to that was counted.")] = None,
) -> None:
    """Say where a number comes from: the figures that it was worked out from, their releases, files and rows."""
    home = open_home(context.obj)
    from quarterday.editions.trace import trace as trace_figure
    from quarterday.sources.source_rows_csv import write_source_rows

    found = trace_figure(home.warehouse(), measure=measure, area=area, period=period)
    say(f"{found.figure.measure}, {area}, {period.for_sentence()}: {_shown(found.figure)}")
    for part in found.parts:
        origin = found.origins.get(part.period, "")
        if found.figure.parts or origin:
            say(f"  {part.period.code}: {_shown(part)} ({', '.join((*part.releases, *([origin] if origin else [])))})")
    for release in found.releases:
        say(f"{release.id}: {release.source.title}, loaded {release.loaded_at}")
        for file in release.source.files:
            say(f"  {file.name}, SHA-256 {file.sha256}")
    if found.rows:
        _say_rows(found.rows)
    if rows is not None:
        write_source_rows(found.rows, rows)
        say(f"All of them are in {rows}.")


def _say_rows(rows: "Sequence[SourceRow]") -> None:
    repeats = sum(row.repeat for row in rows)
    counted = _number_of(len(rows) - repeats, "row was", "rows were")
    not_counted = f", {_number_of(repeats, 'repeat was', 'repeats were')} not" if repeats else ""
    say(f"{counted} counted{not_counted}:")
    for row in rows[:MOST_ROWS]:
        what = ", ".join(text for text in (row.category, row.place, row.location, row.outcome) if text)
        say(f"  {row.file}, row {row.row}: {what}{' (not counted: a repeat)' if row.repeat else ''}")
    if len(rows) > MOST_ROWS:
        say(f"  and {len(rows) - MOST_ROWS:,} more; --rows FILE writes all of them.")


def _number_of(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"


def _shown(figure: Figure) -> str:
    marks = "".join(status.mark for status in figure.statuses)
    value = "" if figure.value is None else f"{figure.value:,.10g}"
    return f"{value} {marks}".strip() + (f" {figure.note}" if figure.value is None else "")


def _as_data(figure: Figure) -> dict[str, object]:
    return {
        "measure": figure.measure,
        "area": figure.area,
        "period": figure.period.code,
        "value": figure.value,
        "status": [status.mark for status in figure.statuses],
        "note": figure.note,
        "releases": list(figure.releases),
        "parts": [part.code for part in figure.parts],
    }
