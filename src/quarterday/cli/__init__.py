"""The terminal: parse, call editions, print. Which command is which stands here; what they do, in the files beside."""

import atexit
import gc
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from quarterday import __version__
from quarterday.cli import (
    backing_up,
    building,
    checking,
    fetching,
    findings,
    holding,
    loading,
    people,
    plans,
    quality,
    reminding,
    rolling,
    serving,
    verifying,
)
from quarterday.cli.screen import complain, say
from quarterday.cli.workspace import ENGINE
from quarterday.domain.faults import InputError

PACKAGE = Path(__file__).parents[1]

app = typer.Typer(
    help="Quarterday: the quarterly performance report of a community safety partnership.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(building.demo)
app.command()(building.build)
app.command()(holding.releases)
app.command()(quality.quality)
app.command()(holding.withdraw)
app.command()(holding.figures)
app.command()(rolling.rolling)
app.command()(findings.findings)
app.command()(checking.check)
app.command()(holding.trace)
app.command()(verifying.verify)
app.command()(backing_up.backup)
app.command()(backing_up.restore)
app.command()(reminding.remind)
app.command()(serving.serve)
app.command()(serving.work)

load = typer.Typer(help="Bring figures or a plan in: whole, or not at all.", no_args_is_help=True)
app.add_typer(load, name="load")
for kind, text in loading.PLAIN.items():
    load.command(kind, help=text)(loading.plain(kind))
load.command("published-table")(loading.published_table)
load.command("extract")(loading.extract)
load.command("police-uk")(loading.police_uk)
load.command("geography")(loading.geography)
load.command("plan")(plans.load_plan)

fetch = typer.Typer(help="Bring files from a publisher into a folder here.", no_args_is_help=True)
app.add_typer(fetch, name="fetch")
fetch.command("police-uk")(fetching.police_uk)

export = typer.Typer(help="Write out what is held.", no_args_is_help=True)
app.add_typer(export, name="export")
export.command("plan")(plans.export_plan)

template = typer.Typer(help="Write a sheet for somebody to fill in.", no_args_is_help=True)
app.add_typer(template, name="template")
template.command("monthly-return")(loading.monthly_return_template)

persons = typer.Typer(help="Who may come in, and what each may do.", no_args_is_help=True)
app.add_typer(persons, name="people")
persons.command("add")(people.add)
persons.command("role")(people.role)
persons.command("deactivate")(people.deactivate)
persons.command("reactivate")(people.reactivate)
persons.command("data")(people.data)
persons.command("forget")(people.forget)
persons.command("list")(people.listed)


def _show_version(wanted: bool) -> None:
    if wanted:
        say(f"Quarterday {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    home: Annotated[
        Path,
        typer.Option(envvar="QUARTERDAY_HOME", help="The folder in which this workspace keeps everything."),
    ] = Path("quarterday-home"),
    engine: Annotated[
        str,
        typer.Option(envvar=ENGINE, help="What counts rows and makes tables: duckdb, local[2] or spark://HOST:PORT."),
    ] = "duckdb",
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and stop."),
    ] = False,
) -> None:
    """Quarterday: the quarterly performance report of a community safety partnership."""
    context.obj = home
    os.environ[ENGINE] = engine


def main() -> None:
    """Run the command: exit with 0 when done, 1 when the input is at fault, 2 when the command is wrongly used."""
    # On its way out Python would look through all objects for circles, which ends with the process anyway.
    atexit.register(gc.freeze)
    try:
        app()
    except InputError as error:
        complain(*error.faults)
    except _database_error() as error:
        complain(
            "the database of plans and people (plan.sqlite3 in the workspace, or that of QUARTERDAY_DATABASE) cannot "
            f"be read or written: {error}. See that its server runs, or restore it from a backup."
        )
    except OSError as error:
        # A place that cannot be read or written is the user's to choose; anything else is ours to mend.
        if error.filename is None or PACKAGE in Path(os.fsdecode(error.filename)).parents:
            raise
        complain(f"{os.fsdecode(error.filename)}: {error.strerror}. Name another place, or make this one usable.")


def _database_error() -> tuple[type[Exception], ...]:
    """What Django raises of a database, where a command has used it: importing it would slow the start of each."""
    loaded = sys.modules.get("django.db")
    return (loaded.DatabaseError,) if loaded else ()
