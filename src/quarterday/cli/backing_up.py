"""A workspace is kept as one file, and made again from it."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from quarterday.cli.screen import doing, say
from quarterday.cli.workspace import open_plans, set_up
from quarterday.domain.faults import InputError


def backup(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="The file to write; there must be none of that name. - is standard output.")
    ],
) -> None:
    """Write database, figures, editions and uploads into one file, as they are now, while work goes on."""
    home = open_plans(context.obj)
    from quarterday.editions.backup import backup as write
    from quarterday.editions.backup import backup_through

    made_at = datetime.now(UTC).replace(microsecond=0)
    if str(file) == "-":
        if sys.stdout.isatty():
            raise InputError("a backup is nothing to read on a screen; send it to another program by a pipe.")
        backup_through(home, sys.stdout.buffer, made_at=made_at)
        return
    with doing("Writing the backup"):
        contents = write(home, file, made_at=made_at)
    say(f"{len(contents.files):,} files of {context.obj} are in {file}, which holds everything but the key.")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file that quarterday backup wrote.")],
) -> None:
    """Make a workspace from a backup: all of it, into a place that is empty, or nothing."""
    folder: Path = context.obj
    from quarterday.editions.restore import ROWS, STAGE, abandon, land, refuse_occupied, unpack

    refuse_occupied(folder)
    with doing("Unpacking and checking"):
        contents = unpack(file, folder)
    try:
        set_up(folder, database_in=folder / STAGE)
        from django.core.management import call_command
        from django.db import connections

        from quarterday.editions.backup_rows import fill_database

        with doing("Filling the database"):
            fill_database(folder / STAGE / ROWS, contents.migrations)
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
        connections.close_all()
    except BaseException:
        abandon(folder)
        raise
    land(folder)
    _say_done(folder, contents.made_at, contents.key)


def _say_done(folder: Path, made_at: str, key: str) -> None:
    from quarterday.editions.backup import key_mark

    say(f"{folder} is as it was at {made_at}. Everybody signs in anew.")
    if key != key_mark():
        say(
            "The key here is another one than the backup's, so authenticator apps and links sent by e-mail do not "
            "work. Put the old key in its place, .secret-key in the workspace or QUARTERDAY_SECRET_KEY, before anybody "
            "comes in."
        )
