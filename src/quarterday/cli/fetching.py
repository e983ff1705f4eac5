"""What a publisher offers is fetched into a folder here."""

from pathlib import Path
from typing import Annotated

import typer

from quarterday.cli.options import ForceNames, read_option_period
from quarterday.cli.screen import coming, say
from quarterday.cli.workspace import now
from quarterday.domain.period import Period


def police_uk(
    context: typer.Context,
    first: Annotated[
        Period, typer.Option("--from", parser=read_option_period, metavar="PERIOD", help="The first month: 2019-12.")
    ],
    last: Annotated[Period, typer.Option("--to", parser=read_option_period, metavar="PERIOD", help="The last.")],
    force: ForceNames = None,
    offline: Annotated[bool, typer.Option("--offline", help="Ask no server; check what is in the cache.")] = False,
    cache: Annotated[Path | None, typer.Option(help="The folder for it; police-uk in the workspace if none.")] = None,
) -> None:
    """Fetch crimes, outcomes, and stops and searches from the archives at data.police.uk."""
    from quarterday.sources.police_uk_fetch import fetch_police_uk

    with coming() as progress:
        fetched = fetch_police_uk(
            first=first,
            last=last,
            forces=force or (),
            cache=cache or context.obj / "police-uk",
            fetched_at=now(),
            offline=offline,
            progress=progress,
        )
    for note in fetched.notes:
        say(note)
    say(f"{len(fetched.files):,} files are in {fetched.folder}; {fetched.received / 1e6:,.1f} MB came.")
