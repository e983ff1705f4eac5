"""What commands are told: how it is read, and the options that several of them have."""

from pathlib import Path
from typing import Annotated

import typer

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_period
from quarterday.report import FORMATS


def read_option_period(text: str) -> Period:
    """The period that is meant; the command is wrongly used where none is."""
    try:
        return read_period(text)
    except InputError as error:
        raise typer.BadParameter(str(error)) from None


def read_option_quarter(text: str) -> Period:
    """The quarter that is meant; the command is wrongly used where none is."""
    period = read_option_period(text)
    if not period.is_quarter:
        raise typer.BadParameter(f"{text!r} is no quarter; write it such as '2011/12 Q4'.")
    return period


def read_option_formats(text: str) -> tuple[str, ...]:
    """The formats named, with commas between; the command is wrongly used where one is unknown."""
    wanted = tuple(part.strip().lower() for part in text.split(","))
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown:
        raise typer.BadParameter(
            f"{unknown[0]!r} is no format; wanted any of {', '.join(FORMATS)}, with commas between."
        )
    return wanted


ForceNames = Annotated[
    list[str] | None,
    typer.Option(help="A force, such as leicestershire; say it once for each. All where none is named."),
]
PathThere = Annotated[Path, typer.Argument(help="What to read.")]
MeasureName = Annotated[str, typer.Option(help="The measure's name, as files of figures have it.")]
AreaName = Annotated[str, typer.Option(help="The area's name.")]
PartnershipName = Annotated[str, typer.Option(help="The partnership's name.")]
Quarter = Annotated[Period, typer.Option(parser=read_option_quarter, metavar="QUARTER", help="Such as '2011/12 Q4'.")]
