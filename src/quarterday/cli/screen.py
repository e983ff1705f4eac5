"""What is printed: plain text to the screen, faults and progress beside it.

Rich is imported where something is drawn: a script that starts the program often has no use for it.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

MOST_FAULTS_SHOWN = 100

T = TypeVar("T")

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """The text without what a terminal would obey: names come from files."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def say(text: str) -> None:
    """Print the text, made printable."""
    typer.echo(printable(text))


def show(table: "Table") -> None:
    """Print the table, whose texts the caller made printable."""
    _screen().print(table)


def show_json(data: object) -> None:
    """Print the data as JSON."""
    _screen().print_json(data=data)


def complain(*faults: str) -> NoReturn:
    """Print the faults, the first hundred of them, beside the screen, and end with 1."""
    for fault in faults[:MOST_FAULTS_SHOWN]:
        typer.echo(printable(fault), err=True)
    if (more := len(faults) - MOST_FAULTS_SHOWN) > 0:
        typer.echo(f"and {more} more.", err=True)
    raise SystemExit(1)


@contextmanager
def doing(what: str) -> Iterator[None]:
    """Show that something is being done; nothing where the terminal is a file."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.text import Text

    with _beside().status(Text(f"{printable(what)}…")):
        yield


@contextmanager
def growing(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that grows as it is told how much is done, of how much; nothing where the terminal is a file."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=_beside(), transient=True) as progress:
        task = progress.add_task(printable(what), total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


@contextmanager
def coming() -> Iterator[Callable[[str, int, int], None]]:
    """Show what is being fetched, and how many bytes of how many came; nothing where the terminal is a file."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _total: None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn())
    with Progress(*columns, console=_beside(), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda what, done, total: bar.update(
            task, description=printable(what), completed=done, total=total or None
        )


def counted(things: Iterable[T], what: str, *, total: int) -> list[T]:
    """The things as a list, shown as a bar that grows while they come; nothing where the terminal is a file."""
    if not sys.stderr.isatty():
        return list(things)
    from rich.progress import track

    return list(track(things, total=total, description=what, console=_beside(), transient=True))


@cache
def _screen() -> "Console":
    from rich.console import Console

    # Names come from files, so nothing in them is mark-up.
    return Console(highlight=False, soft_wrap=True, markup=False)


@cache
def _beside() -> "Console":
    from rich.console import Console

    return Console(stderr=True)
