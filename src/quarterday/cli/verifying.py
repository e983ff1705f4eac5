"""Whether an edition is still what was signed."""

from pathlib import Path
from typing import Annotated

import typer

from quarterday.cli.screen import say


def verify(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="A file of an edition, its seal, or the folder that it is kept in.")],
) -> None:
    """Say which edition and version a file or folder is of, and whether it is as it was signed.

    A file is held against the seal.json beside it, and else against the editions of this workspace. It ends with 1
    where something was altered, or is of no edition that was signed.
    """
    from quarterday.editions.home import Home
    from quarterday.editions.verify import Outcome, verify_path

    found = verify_path(path, archive=Home(context.obj).editions)
    say(f"{found.outcome.capitalize()}. {found.sentence}")
    for fault in found.faults:
        say(f"  {fault}")
    if found.outcome is not Outcome.UNCHANGED:
        raise typer.Exit(1)
