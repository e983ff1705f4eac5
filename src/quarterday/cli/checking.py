"""Checking comments and reports against figures."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from quarterday.cli.options import read_option_period
from quarterday.cli.screen import printable, say, show_json
from quarterday.domain.faults import InputError
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period

if TYPE_CHECKING:
    from quarterday.domain.claim import CheckedClaim


class CheckFormat(StrEnum):
    """How what was found is printed."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def check(
    text: Annotated[
        Path | None, typer.Argument(help="The comment's text; - for standard input.", allow_dash=True)
    ] = None,
    figures: Annotated[Path | None, typer.Option(help="The figures file to check a comment against.")] = None,
    measure: Annotated[str, typer.Option(help="The measure that the comment is about, as the figures name it.")] = "",
    area: Annotated[str, typer.Option(help="The area that it is about.")] = "",
    as_at: Annotated[
        Period | None,
        typer.Option(parser=read_option_period, metavar="MONTH", help="The report's last month: 2012-03."),
    ] = None,
    better: Annotated[Polarity | None, typer.Option(help="Which way is better.")] = None,
    peer: Annotated[list[str] | None, typer.Option(help="An area of the peer group; say it once for each.")] = None,
    style: Annotated[CheckFormat, typer.Option("--format", help="How to write it.")] = CheckFormat.TEXT,
    cases: Annotated[
        Path | None, typer.Option(help="A file of comments with their figures, one JSON object a line.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The file to write to, in place of the screen.")] = None,
) -> None:
    """Check every claim of a comment against figures, or a whole report against its own tables.

    It ends with 1 where a claim is contradicted; with --cases it ends with 0 once all are checked.
    """
    if cases is not None:
        _check_cases(cases, out=out)
        return
    if text is None:
        raise typer.BadParameter("name a text or a report to check, or a file of --cases.")
    if figures is None:
        _check_report(text, style=style, better=better, area=area, out=out)
        return
    wanted = {"--measure": measure, "--area": area, "--as-at": as_at, "--better": better}
    missing = [name for name, value in wanted.items() if not value]
    if missing or as_at is None or better is None:
        raise typer.BadParameter(f"with --figures, {', '.join(missing)} must be given too.")
    written = _read_text(text)
    checked = _checked(
        written, figures, measure=measure, area=area, as_at=as_at, better=better, peers=tuple(peer or ())
    )
    _show(written, checked, style=style, title=f"{measure}, {area}", out=out)
    if any(item.verdict == "contradicted" for item in checked):
        raise typer.Exit(1)


def _check_report(report: Path, *, style: CheckFormat, better: Polarity | None, area: str, out: Path | None) -> None:
    from quarterday.cli.checking_report import print_checked_report

    print_checked_report(report, style=style.value, better=better, area=area, out=out)


def _checked(
    text: str, figures: Path, *, measure: str, area: str, as_at: Period, better: Polarity, peers: tuple[str, ...]
) -> "tuple[CheckedClaim, ...]":
    from quarterday.commentary.check import Figures, Subject, check_comment
    from quarterday.domain.area import key_of
    from quarterday.sources.figures_csv import read_figures

    if as_at.months != 1:
        _refuse(f"--as-at: {as_at.for_sentence()} is no month; write the report's last month, such as 2012-03.")
    given = read_figures(figures).figures
    held = Figures(given)
    if not held.periods(key_of(measure), key_of(area)):
        _refuse(
            f"{figures.name}: there is no figure of {measure!r} for {area!r}; "
            f"it has {_few(sorted({figure.measure for figure in given}))} "
            f"for {_few(sorted({figure.area for figure in given}))}. "
            "Name one of them."
        )
    return check_comment(text, about=Subject(measure, area, better, as_at, peers), figures=held)


def _refuse(sentence: str) -> NoReturn:
    raise InputError(sentence)


def _few(names: list[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""  # noqa: PLR2004
    return ", ".join(repr(name) for name in names[:5]) + more


def _read_text(path: Path) -> str:
    from quarterday.sources.claim_cases import LONGEST_COMMENT

    name = "standard input" if str(path) == "-" else path.name
    given = sys.stdin.buffer.read(4 * LONGEST_COMMENT + 1) if str(path) == "-" else path.read_bytes()
    try:
        text = given.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: byte {error.start + 1} is no UTF-8; save the text as UTF-8.") from None
    if len(text) > LONGEST_COMMENT:
        raise InputError(
            f"{name}: it has {len(text):,} characters; a comment has at most {LONGEST_COMMENT:,}. Part it."
        )
    return text


def _show(text: str, checked: "tuple[CheckedClaim, ...]", *, style: CheckFormat, title: str, out: Path | None) -> None:
    from quarterday.commentary.marked import as_data, as_html, as_lines

    if style is CheckFormat.HTML:
        _write(as_html(text, checked, title=title), out)
    elif style is CheckFormat.JSON and out is None:
        show_json({"claims": as_data(checked)})
    elif style is CheckFormat.JSON:
        _write(f"{json.dumps({'claims': as_data(checked)}, ensure_ascii=False, indent=2)}\n", out)
    elif out is None:
        for line in as_lines(checked):
            say(line)
    else:
        _write("".join(f"{line}\n" for line in as_lines(checked)), out)


def _write(text: str, out: Path | None) -> None:
    if out is None:
        typer.echo(printable(text), nl=False)
    else:
        out.write_text(text, "utf-8")


def _check_cases(path: Path, *, out: Path | None) -> None:
    from quarterday.commentary.check import Subject, check_comment
    from quarterday.commentary.marked import as_data
    from quarterday.sources.claim_cases import read_claim_cases

    lines = []
    for case in read_claim_cases(path):
        about = Subject(case.measure, case.area, case.better, case.as_at, case.peer_group)
        checked = check_comment(case.text, about=about, figures=case.figures)
        lines.append(json.dumps({"id": case.id, "claims": as_data(checked)}, ensure_ascii=False))
    written = "".join(f"{line}\n" for line in lines)
    if out is None:
        sys.stdout.write(written)
    else:
        out.write_text(written, "utf-8")
