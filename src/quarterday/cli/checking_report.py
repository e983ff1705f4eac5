"""A whole report that somebody else made: what is printed of its check, and how the program ends."""

from pathlib import Path

import typer

from quarterday.cli.screen import doing, printable, say, show_json
from quarterday.domain.measure import Polarity


def print_checked_report(
    report: Path, *, style: str, better: Polarity | None = None, area: str = "", out: Path | None = None
) -> None:
    """Print the findings as ``text``, ``json`` or ``html``, or write them to ``out``; end with 1 where any contradicts.

    JSON that is written to a file is the same as on the screen.
    """
    from quarterday.editions.check_report import check_report
    from quarterday.report.marked import as_data, to_marked_html, to_text

    with doing("Reading and checking the report"):
        checked = check_report(report, better=better, area=area)
    if out is not None:
        import json

        as_json = json.dumps(as_data(checked), ensure_ascii=False, indent=2)
        written = {"html": to_marked_html, "text": to_text}.get(style, lambda _: f"{as_json}\n")(checked)
        out.write_text(written, "utf-8")
        say(f"{len(checked.contradicted)} contradicted; the whole is in {out}.")
    elif style == "json":
        show_json(as_data(checked))
    elif style == "html":
        typer.echo(printable(to_marked_html(checked)), nl=False)
    else:
        say(to_text(checked).rstrip("\n"))
    if checked.contradicted:
        raise typer.Exit(1)
