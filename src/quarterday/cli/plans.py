"""Plans come in and go out."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from quarterday.cli.options import PartnershipName, PathThere
from quarterday.cli.screen import doing, say
from quarterday.cli.workspace import open_plans


def load_plan(context: typer.Context, file: PathThere) -> None:
    """Load a plan, or a template of plans, in the place of earlier ones."""
    open_plans(context.obj)
    with doing(f"Reading {file.name}"):
        from quarterday.editions.load import load_plans

        names = load_plans(file)
    if len(names) == 1:
        say(f"Loaded the plan of {names[0]}.")
    else:
        say(f"Loaded {len(names)} plans, from {names[0]} to {names[-1]}.")


def export_plan(
    context: typer.Context,
    partnership: PartnershipName,
    out: Annotated[Path | None, typer.Option(help="The file to write; the terminal where not given.")] = None,
) -> None:
    """Write the whole plan of a partnership as one readable file, which loads back equal."""
    open_plans(context.obj)
    from quarterday.plan.plan_file import plan_text
    from quarterday.plan.selectors import plan_get

    text = plan_text(plan_get(partnership=partnership))
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, "utf-8")
        say(f"The plan of {partnership} is in {out}.")
