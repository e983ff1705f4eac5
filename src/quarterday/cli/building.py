"""Editions are built, and what in them wants a person's eye is said."""

import sys
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quarterday.cli.options import Quarter, read_option_formats
from quarterday.cli.screen import counted, doing, say
from quarterday.cli.serving import start
from quarterday.cli.workspace import now, open_plans
from quarterday.domain.faults import InputError
from quarterday.domain.period import Period

if TYPE_CHECKING:
    from quarterday.editions.archive import Kept
    from quarterday.editions.home import Home

DEMO_HOME = Path("quarterday-demo")
DEMO_QUARTER = Period.financial_quarter(2011, 4)


def demo(
    out: Annotated[Path, typer.Option(help="The folder for the demonstration's own workspace.")] = DEMO_HOME,
    served: Annotated[bool, typer.Option("--serve", help="Open it in a browser, with one user a role.")] = False,
    port: Annotated[int, typer.Option(help="The port to serve it at.", min=1, max=65535)] = 8000,
) -> None:
    """Build the Redditch edition for quarter 4 of 2011/12, and say where it is."""
    home = open_plans(out)
    from quarterday.editions.load import load_figures, load_plans

    with (
        doing("Building the Redditch edition"),
        as_file(files("quarterday") / "examples" / "redditch") as example,
    ):
        (name,) = load_plans(example / "plan.toml")
        load_figures(home, "figures", example / "figures.csv", loaded_at=now())
        (kept,) = _build(home, [name], DEMO_QUARTER, ("html", "pdf", "json"))
    _say_where(kept)
    _say_what_to_look_at([kept])
    if served:
        _add_one_a_role(name)
        start(out, "127.0.0.1", port)
    else:
        say(f"To look at it in a browser: {sys.argv[0]} --home {out} serve")


def _add_one_a_role(partnership: str) -> None:
    """One user a role, for the demonstration only; their passwords are random, and printed here and nowhere else."""
    from quarterday.people.demonstration import people_add

    for person, password in people_add(partnership):
        say(f"{person.full_name:<22} {person.email:<32} {password}")


def build(
    context: typer.Context,
    quarter: Quarter,
    partnership: Annotated[str | None, typer.Option(help="The partnership's name.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every partnership that has a plan.")] = False,
    formats: Annotated[str, typer.Option("--format", help="What to write, with commas between.")] = "html,pdf,json",
) -> None:
    """Build the edition of a quarter, for one partnership or for all."""
    wanted = read_option_formats(formats)
    if (partnership is None) != every:
        raise typer.BadParameter("give either --partnership with a name, or --all.")
    home = open_plans(context.obj)
    from quarterday.plan.selectors import partnership_names

    names = list(partnership_names()) if partnership is None else [partnership]
    if not names:
        raise InputError(f"no plan is held in {context.obj}; load one with quarterday load plan FILE.")
    kept = _build(home, names, quarter, wanted)
    if partnership is None:
        say(f"{len(kept)} editions of {quarter.name} are in {home.editions}.")
    else:
        _say_where(kept[0])
    _say_what_to_look_at(kept)


def _build(home: "Home", names: list[str], quarter: Period, formats: tuple[str, ...]) -> list["Kept"]:
    from quarterday.editions.build import build_editions

    built = build_editions(home, names, quarter=quarter, formats=formats, built_at=now().isoformat())
    return list(built) if len(names) == 1 else counted(built, "Building", total=len(names))


def _say_where(kept: "Kept") -> None:
    for file in sorted(kept.folder.glob("edition.*")):
        say(str(file))


def _say_what_to_look_at(kept: list["Kept"]) -> None:
    """What in the editions wants a person's eye."""
    documents = [edition.document() for edition in kept]
    rows = [row for document in documents for table in document.measure_tables for row in table.rows]
    cells = [cell for row in rows for cell in row.figures]
    missing = sum(cell.value is None for cell in cells)
    counts = {
        "claims that the figures contradict": sum(len(document.contradictions) for document in documents),
        "actions that are overdue": sum(len(document.overdue) for document in documents),
        "passages that may be out of date": sum(len(document.stale) for document in documents),
        f"totals that are missing, of {len(cells):,}": missing,
    }
    said = [f"{what}: {number:,}" for what, number in counts.items() if number]
    if said:
        say(f"To look at: {'; '.join(said)}.")
