"""Every rolling total that is held, over all areas: for those who look at many partnerships side by side."""

from pathlib import Path
from typing import Annotated

import typer

from quarterday.cli.screen import doing, say
from quarterday.cli.workspace import open_home


def rolling(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="The file to write: .parquet or .csv.")],
    months: Annotated[int, typer.Option(min=1, max=240, help="Totals over so many months.")] = 12,
    share_of: Annotated[str, typer.Option(help="The measure that every other one is a share of.")] = "",
    residents: Annotated[str, typer.Option(help="The measure of residents, for rates.")] = "Population",
    peers: Annotated[
        Path | None, typer.Option(help="A CSV file of area and member: the groups in which areas are ranked by rate.")
    ] = None,
    quarter_ends: Annotated[
        bool, typer.Option("--quarter-ends", help="Only the totals that end with a quarter, as reports have them.")
    ] = False,
) -> None:
    """Write all rolling totals held, with the change on the year before, the share, the rate and the rank."""
    if out.suffix.lower() not in {".parquet", ".csv"}:
        raise typer.BadParameter(f"{out.name} is neither .parquet nor .csv; the end of its name says what to write.")
    home = open_home(context.obj)
    from quarterday.editions.side_by_side import write_rolling

    with doing(f"Writing {out.name}"):
        rows = write_rolling(
            home, out, months=months, share_of=share_of, residents=residents, peers=peers, quarter_ends=quarter_ends
        )
    say(f"{rows:,} totals over {months} months are in {out}.")
