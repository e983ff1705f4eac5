"""The terminal: parse, call editions, print."""

import fcntl
import os
import re
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from django.db import DatabaseError
from rich.console import Console
from rich.progress import track
from rich.table import Column, Table
from rich.text import Text

from quarterday import __version__
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_period
from quarterday.report import FORMATS

if TYPE_CHECKING:
    from quarterday.editions.archive import Kept
    from quarterday.editions.home import Home
    from quarterday.warehouse.base import Landing

MOST_FAULTS_SHOWN = 100
DEMO_HOME = Path("quarterday-demo")
DEMO_QUARTER = Period.financial_quarter(2011, 4)


class FigureFormat(StrEnum):
    """How figures are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


app = typer.Typer(
    help="Quarterday: the quarterly performance report of a community safety partnership.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
load_app = typer.Typer(help="Bring figures or a plan in: whole, or not at all.", no_args_is_help=True)
export_app = typer.Typer(help="Write out what is held.", no_args_is_help=True)
app.add_typer(load_app, name="load")
app.add_typer(export_app, name="export")
template_app = typer.Typer(help="Write a sheet for somebody to fill in.", no_args_is_help=True)
app.add_typer(template_app, name="template")

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Names come from files, so nothing in them is mark-up.
_screen = Console(highlight=False, soft_wrap=True, markup=False)
_progress = Console(stderr=True)

PathThere = Annotated[Path, typer.Argument(help="What to read.")]


def main() -> None:
    """Run the command: exit with 0 when done, 1 when the input is at fault, 2 when the command is wrongly used."""
    try:
        app()
    except InputError as error:
        _complain(*error.faults)
    except DatabaseError as error:
        _complain(f"the plans, in plan.sqlite3, cannot be read or written: {error}. Restore the file from a backup.")
    except OSError as error:
        # A place that cannot be read or written is the user's to choose; anything else is ours to mend.
        if error.filename is None or Path(__file__).parent in Path(os.fsdecode(error.filename)).parents:
            raise
        _complain(f"{os.fsdecode(error.filename)}: {error.strerror}. Name another place, or make this one usable.")


def _complain(*faults: str) -> NoReturn:
    for fault in faults[:MOST_FAULTS_SHOWN]:
        typer.echo(_printable(fault), err=True)
    if (more := len(faults) - MOST_FAULTS_SHOWN) > 0:
        typer.echo(f"and {more} more.", err=True)
    raise SystemExit(1)


def _printable(text: str) -> str:
    """The text without what a terminal would obey: names come from files."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def _say(text: str) -> None:
    _screen.print(_printable(text))


def _show_version(wanted: bool) -> None:
    if wanted:
        _say(f"Quarterday {__version__}")
        raise typer.Exit


def _quarter(text: str) -> Period:
    period = _period(text)
    if not period.is_quarter:
        raise typer.BadParameter(f"{text!r} is no quarter; write it such as '2011/12 Q4'.")
    return period


def _period(text: str) -> Period:
    try:
        return read_period(text)
    except InputError as error:
        raise typer.BadParameter(str(error)) from None


def _formats(text: str) -> tuple[str, ...]:
    wanted = tuple(part.strip().lower() for part in text.split(","))
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown:
        raise typer.BadParameter(
            f"{unknown[0]!r} is no format; wanted any of {', '.join(FORMATS)}, with commas between."
        )
    return wanted


@app.callback()
def _options(
    context: typer.Context,
    home: Annotated[
        Path,
        typer.Option(envvar="QUARTERDAY_HOME", help="The folder in which this workspace keeps everything."),
    ] = Path("quarterday-home"),
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and stop."),
    ] = False,
) -> None:
    """Quarterday: the quarterly performance report of a community safety partnership."""
    context.obj = home


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="The folder for the demonstration's own workspace.")] = DEMO_HOME,
) -> None:
    """Build the Redditch edition for quarter 4 of 2011/12, and say where it is."""
    home = _open(out)
    from quarterday.editions.load import load_figures, load_plans

    with (
        _doing("Building the Redditch edition"),
        as_file(files("quarterday") / "examples" / "redditch") as example,
    ):
        (name,) = load_plans(example / "plan.toml")
        load_figures(home, "figures", example / "figures.csv", loaded_at=_now())
        (kept,) = _build(home, [name], DEMO_QUARTER, ("html", "pdf", "json"))
    _say_where(kept)
    _say_what_to_look_at([kept])
    _say(f"To look at it in a browser: {sys.argv[0]} --home {out} serve")


# What needs to be told nothing but where it is.
_PLAIN_LOADS = {
    "figures": "Load a figures.csv: measure, area, period, value, status, note.",
    "met-police": "Load the two halves of the Met Police's table of crime by borough, from their folder.",
    "population": "Load residents by area and year, from a workbook or a CSV file.",
    "home-office-csp": "Load the Home Office's workbook of recorded crime by community safety partnership.",
    "home-office-forces": "Load the Home Office's rolling years of recorded crime by police force, from its CSV file.",
    "monthly-return": "Load a partner's monthly return, made with quarterday template monthly-return.",
}


def _load_command(kind: str) -> Callable[[typer.Context, Path], None]:
    def command(context: typer.Context, path: PathThere) -> None:
        _load(context, kind, path)

    return command


for _kind, _text in _PLAIN_LOADS.items():
    load_app.command(_kind, help=_text)(_load_command(_kind))


@load_app.command("published-table")
def load_published_table_command(
    context: typer.Context,
    file: PathThere,
    area: Annotated[str, typer.Option(help="The area that the figures are of, where the table does not say.")] = "",
) -> None:
    """Load a table as reports have it: measures down, periods across."""
    _load(context, "published-table", file, area=area)


@load_app.command("extract")
def load_extract_command(
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
        _say(sentence)


@template_app.command("monthly-return")
def template_monthly_return(
    out: Annotated[Path, typer.Argument(help="The sheet to write, .xlsx or .csv; one that is there is not replaced.")],
    measure: Annotated[list[str], typer.Option(help="A measure to be filled in; say it once for each.")],
    area: Annotated[str, typer.Option(help="The area that the figures are of.")],
    months: Annotated[Period, typer.Option(parser=_period, metavar="PERIOD", help="Such as '2024/25'.")],
) -> None:
    """Write a sheet for a partner to fill in, a row a measure and a column a month."""
    from quarterday.sources.monthly_return import write_monthly_return_template

    write_monthly_return_template(out, measures=measure, area=area, months=months)
    _say(f"The monthly return to fill in is {out}.")


@load_app.command("plan")
def load_plan_command(context: typer.Context, file: PathThere) -> None:
    """Load a plan, or a template of plans, in the place of earlier ones."""
    _open(context.obj)
    with _doing(f"Reading {file.name}"):
        from quarterday.editions.load import load_plans

        names = load_plans(file)
    if len(names) == 1:
        _say(f"Loaded the plan of {names[0]}.")
    else:
        _say(f"Loaded {len(names)} plans, from {names[0]} to {names[-1]}.")


@export_app.command("plan")
def export_plan(
    context: typer.Context,
    partnership: Annotated[str, typer.Option(help="The partnership's name.")],
    out: Annotated[Path | None, typer.Option(help="The file to write; the terminal where not given.")] = None,
) -> None:
    """Write the whole plan of a partnership as one readable file, which loads back equal."""
    _open(context.obj)
    from quarterday.plan.plan_file import plan_text
    from quarterday.plan.selectors import plan_get

    text = plan_text(plan_get(partnership=partnership))
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, "utf-8")
        _say(f"The plan of {partnership} is in {out}.")


@app.command()
def build(
    context: typer.Context,
    quarter: Annotated[Period, typer.Option(parser=_quarter, metavar="QUARTER", help="Such as '2011/12 Q4'.")],
    partnership: Annotated[str | None, typer.Option(help="The partnership's name.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every partnership that has a plan.")] = False,
    formats: Annotated[str, typer.Option("--format", help="What to write, with commas between.")] = "html,pdf,json",
) -> None:
    """Build the edition of a quarter, for one partnership or for all."""
    wanted = _formats(formats)
    if (partnership is None) != every:
        raise typer.BadParameter("give either --partnership with a name, or --all.")
    home = _open(context.obj)
    from quarterday.plan.selectors import partnership_names

    names = list(partnership_names()) if partnership is None else [partnership]
    if not names:
        raise InputError(f"no plan is held in {context.obj}; load one with quarterday load plan FILE.")
    kept = _build(home, names, quarter, wanted)
    if partnership is None:
        _say(f"{len(kept)} editions of {quarter.name} are in {home.editions}.")
    else:
        _say_where(kept[0])
    _say_what_to_look_at(kept)


@app.command()
def releases(context: typer.Context) -> None:
    """List every load, the latest last."""
    held = _open(context.obj).warehouse().releases()
    table = Table(Column("Release", no_wrap=True), "Loaded", "What", "Figures", "Months", box=None)
    for release in held:
        state = f"withdrawn {release.withdrawn_at}" if release.withdrawn_at else f"{release.figures:,}"
        table.add_row(
            release.id, release.loaded_at, _printable(release.source.title), state, release.covered.for_sentence()
        )
    _screen.print(table if held else "Nothing has been loaded.")


@app.command()
def withdraw(context: typer.Context, release: Annotated[str, typer.Argument(help="The release, as listed.")]) -> None:
    """Let a load no longer count; what it revised stands again. Loading the same files again undoes it."""
    withdrawn = _open(context.obj).warehouse().withdraw(release, withdrawn_at=_now())
    _say(f"Release {withdrawn.id} no longer counts. Build the editions again that rested on it.")


@app.command()
def figures(
    context: typer.Context,
    measure: Annotated[str, typer.Option(help="The measure's name, as files of figures have it.")],
    area: Annotated[str, typer.Option(help="The area's name.")],
    first: Annotated[
        Period | None, typer.Option("--from", parser=_period, metavar="PERIOD", help="The first month to end in.")
    ] = None,
    last: Annotated[Period | None, typer.Option("--to", parser=_period, metavar="PERIOD", help="The last.")] = None,
    rolling: Annotated[int | None, typer.Option(min=1, max=240, help="Totals over so many months.")] = None,
    style: Annotated[FigureFormat, typer.Option("--format", help="How to write them.")] = FigureFormat.TABLE,
) -> None:
    """Print the figures held of a measure in an area."""
    home = _open(context.obj)
    from quarterday.editions.trace import figures_held
    from quarterday.sources.figures_csv import write_figures

    always = Period.run(Period.month(1500, 1), Period.month(9999, 12))
    within = Period.run(first or always, last or always)
    found = figures_held(home.warehouse(), measure=measure, area=area, within=within, rolling=rolling)
    if style is FigureFormat.CSV:
        write_figures(found, sys.stdout)
    elif style is FigureFormat.JSON:
        _screen.print_json(data=[_as_data(figure) for figure in found])
    else:
        table = Table("Period", "Value", Column("Release", no_wrap=True), "Note", box=None)
        for figure in found:
            table.add_row(figure.period.code, _shown(figure), ", ".join(figure.releases), _printable(figure.note))
        _screen.print(table)


@app.command()
def trace(
    context: typer.Context,
    measure: Annotated[str, typer.Option(help="The measure's name, as files of figures have it.")],
    area: Annotated[str, typer.Option(help="The area's name.")],
    period: Annotated[Period, typer.Option(parser=_period, metavar="PERIOD", help="Such as '2011/12'.")],
) -> None:
    """Say where a number comes from: the figures that it was worked out from, their releases and files."""
    home = _open(context.obj)
    from quarterday.editions.trace import trace as trace_figure

    found = trace_figure(home.warehouse(), measure=measure, area=area, period=period)
    _say(f"{found.figure.measure}, {area}, {period.for_sentence()}: {_shown(found.figure)}")
    if found.figure.parts:
        for part in found.parts:
            _say(f"  {part.period.code}: {_shown(part)} ({', '.join(part.releases)})")
    for release in found.releases:
        _say(f"{release.id}: {release.source.title}, loaded {release.loaded_at}")
        for file in release.source.files:
            _say(f"  {file.name}, SHA-256 {file.sha256}")


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at.", min=1, max=65535)] = 8000,
) -> None:
    """Show the editions that were built, in a browser."""
    _open(context.obj)
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    _refuse_taken(host, port)
    _say(f"Editions of {context.obj}: http://{host}:{port}/  (stop with Ctrl+C)")
    Server(
        "quarterday.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=1,
        log_level=LogLevels.warning,
    ).serve()


def _open(folder: Path) -> "Home":
    """The workspace, made if it is not there, with its database brought up to date."""
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; --home wants a folder, which is made where there is none.")
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["QUARTERDAY_HOME"] = str(folder.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "quarterday.web.settings"
    import django
    from django.core.management import call_command

    django.setup()
    with (folder / ".lock").open("w") as lock:  # two that come first together would both make the tables
        fcntl.flock(lock, fcntl.LOCK_EX)
        call_command("migrate", verbosity=0, interactive=False)
    from quarterday.editions.home import Home

    return Home(folder)


def _refuse_taken(host: str, port: int) -> None:
    """Say so where another program listens there: the server would share the port, and show whose pages it likes."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise InputError(f"{host}, port {port}: {error.strerror}. Try another, such as --port {port + 1}.") from None


def _load(context: typer.Context, kind: str, path: Path, **told: str | Path) -> None:
    home = _open(context.obj)
    with _doing(f"Reading {path.name}"):
        from quarterday.editions.load import load_figures

        loaded = load_figures(home, kind, path, loaded_at=_now(), **told)
    _say_landed(loaded.landing)
    for doubt in loaded.doubts:
        _say(doubt)


def _say_landed(landing: "Landing") -> None:
    release = landing.release
    if landing.already_held:
        _say(f"Nothing changed: these files were the last to be loaded, as release {release.id}.")
        return
    figures = "figure" if release.figures == 1 else "figures"
    _say(
        f"Loaded {release.figures:,} {figures}, {release.covered.for_sentence()}: {landing.new:,} new, "
        f"{landing.unchanged:,} as they stood, {landing.revised:,} revised. Release {release.id}."
    )
    for note in release.notes:
        _say(f"  {note}")


def _build(home: "Home", names: list[str], quarter: Period, formats: tuple[str, ...]) -> list["Kept"]:
    from quarterday.editions.build import build_editions

    built = build_editions(home, names, quarter=quarter, formats=formats, built_at=_now().isoformat())
    if len(names) == 1:
        return list(built)
    return list(track(built, total=len(names), description="Building", console=_progress, transient=True))


def _say_what_to_look_at(kept: list["Kept"]) -> None:
    """What in the editions wants a person's eye."""
    documents = [edition.document() for edition in kept]
    rows = [row for document in documents for table in document.measure_tables for row in table.rows]
    cells = [cell for row in rows for cell in row.figures]
    missing = sum(cell.value is None for cell in cells)
    counts = {
        "claims that the figures contradict": sum(len(document.contradictions) for document in documents),
        "actions that are overdue": sum(len(document.overdue) for document in documents),
        f"totals that are missing, of {len(cells):,}": missing,
    }
    said = [f"{what}: {number:,}" for what, number in counts.items() if number]
    if said:
        _say(f"To look at: {'; '.join(said)}.")


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


def _say_where(kept: "Kept") -> None:
    for file in sorted(kept.folder.glob("edition.*")):
        _say(str(file))


@contextmanager
def _doing(what: str) -> Iterator[None]:
    """Show that something is being done; nothing where the terminal is a file."""
    with _progress.status(Text(f"{_printable(what)}…")):
        yield


def _now() -> datetime:
    """The time; or that of SOURCE_DATE_EPOCH, the usual name for it where builds must not differ."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise InputError(f"SOURCE_DATE_EPOCH is {epoch!r}; wanted seconds since 1970, such as 1335000000.") from None
