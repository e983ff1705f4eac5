"""Figures come in: the load commands, and the sheets that partners fill in."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quarterday.cli.options import ForceNames, PathThere, read_option_period
from quarterday.cli.quality import say_quality_of
from quarterday.cli.screen import doing, growing, say
from quarterday.cli.workspace import now, open_home, open_plans
from quarterday.domain.period import Period

if TYPE_CHECKING:
    from quarterday.editions.home import Home
    from quarterday.editions.load_rows import Loaded
    from quarterday.warehouse.base import Landing

# The kinds of figures that need to be told nothing but where they are, each with its help.
PLAIN = {
    "figures": "Load a figures.csv: measure, area, period, value, status, note.",
    "met-police": "Load the two halves of the Met Police's table of crime by borough, from their folder.",
    "population": "Load residents by area and year, from a workbook or a CSV file.",
    "home-office-csp": "Load the Home Office's workbook of recorded crime by community safety partnership.",
    "home-office-forces": "Load the Home Office's rolling years of recorded crime by police force, from its CSV file.",
    "monthly-return": "Load a partner's monthly return, made with quarterday template monthly-return.",
}


def plain(kind: str) -> Callable[[typer.Context, Path], None]:
    """The command that loads a kind of figures that needs to be told nothing but where they are."""

    def command(context: typer.Context, path: PathThere) -> None:
        _load(context, kind, path)

    return command


def published_table(
    context: typer.Context,
    file: PathThere,
    area: Annotated[str, typer.Option(help="The area that the figures are of, where the table does not say.")] = "",
) -> None:
    """Load a table as reports have it: measures down, periods across."""
    _load(context, "published-table", file, area=area)


def extract(
    context: typer.Context,
    file: PathThere,
    map_path: Annotated[Path, typer.Option("--map", help="The map: which column is what, and what is counted.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would do, and change nothing.")] = False,
) -> None:
    """Load a local extract, one row an offence, by its map."""
    if not dry_run:
        _load(context, "extract", file, map_path=map_path)
        return
    from quarterday.sources.extract import describe_extract

    for sentence in describe_extract(file, map_path=map_path):
        say(sentence)


def police_uk(
    context: typer.Context,
    path: PathThere,
    force: ForceNames = None,
) -> None:
    """Load the archive of data.police.uk: a zip of many months, a folder, or a single file."""
    home = open_home(context.obj)
    with growing(f"Reading {path.name}") as progress:
        from quarterday.editions.load_rows import load_police_uk

        loaded = load_police_uk(home, path, loaded_at=now(), forces=force or (), progress=progress)
    _say_loaded(home, loaded)


def geography(context: typer.Context, path: PathThere) -> None:
    """Load a look-up of places: which small areas, wards, districts, partnerships and forces lie in which."""
    home = open_home(context.obj)
    with doing(f"Reading {path.name}"):
        from quarterday.editions.load_rows import load_geography

        loaded = load_geography(home, path, loaded_at=now())
    _say_loaded(home, loaded)


def monthly_return_template(
    out: Annotated[Path, typer.Argument(help="The sheet to write, .xlsx or .csv; one that is there is not replaced.")],
    measure: Annotated[list[str], typer.Option(help="A measure to be filled in; say it once for each.")],
    area: Annotated[str, typer.Option(help="The area that the figures are of.")],
    months: Annotated[Period, typer.Option(parser=read_option_period, metavar="PERIOD", help="Such as '2024/25'.")],
) -> None:
    """Write a sheet for a partner to fill in, a row a measure and a column a month."""
    from quarterday.sources.monthly_return import write_monthly_return_template

    write_monthly_return_template(out, measures=measure, area=area, months=months)
    say(f"The monthly return to fill in is {out}.")


def _load(context: typer.Context, kind: str, path: Path, **told: str | Path) -> None:
    home = open_plans(context.obj)
    with doing(f"Reading {path.name}"):
        from quarterday.editions.load import load_figures

        loaded = load_figures(home, kind, path, loaded_at=now(), **told)
    _say_loaded(home, loaded)


def _say_loaded(home: "Home", loaded: "Loaded") -> None:
    _say_landed(loaded.landing)
    say_quality_of(home, loaded.landing)
    for doubt in loaded.doubts:
        say(doubt)


def _say_landed(landing: "Landing") -> None:
    release = landing.release
    if landing.already_held:
        say(f"Nothing changed: these files were the last to be loaded, as release {release.id}.")
        return
    if release.kind == "look-up":
        say(f"Loaded a look-up of {release.figures:,} links, by which rows are counted. Release {release.id}.")
        for note in release.notes:
            say(f"  {note}")
        return
    figures = "figure" if release.figures == 1 else "figures"
    say(
        f"Loaded {release.figures:,} {figures}, {release.covered.for_sentence()}: {landing.new:,} new, "
        f"{landing.unchanged:,} as they stood, {landing.revised:,} revised. Release {release.id}."
    )
    for note in release.notes:
        say(f"  {note}")
