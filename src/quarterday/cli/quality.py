"""What a person should know of a load: its quality, in sentences or as data."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from quarterday.cli.screen import doing, say, show_json
from quarterday.cli.workspace import open_home

if TYPE_CHECKING:
    from quarterday.domain.finding import Finding
    from quarterday.editions.home import Home
    from quarterday.editions.quality import Quality
    from quarterday.warehouse.base import Landing


class QualityFormat(StrEnum):
    """How the quality of a load is printed."""

    TEXT = "text"
    JSON = "json"


def quality(
    context: typer.Context,
    release: Annotated[str, typer.Argument(help="The release, as listed; the latest where not given.")] = "",
    style: Annotated[QualityFormat, typer.Option("--format", help="How to write it.")] = QualityFormat.TEXT,
) -> None:
    """Say what a load holds, lacks, revised and did not count, and where it looks like a change in recording."""
    home = open_home(context.obj)
    from quarterday.editions.quality import quality_of

    with doing("Looking at the load"):
        found = quality_of(home.warehouse(), release)
    if style is QualityFormat.JSON:
        show_json(_as_data(found))
        return
    say(f"{found.release.id}: {found.release.source.title}, loaded {found.release.loaded_at}")
    say_quality(found)


def say_quality(found: "Quality") -> None:
    """Print the sentences, each as a line below the load."""
    for sentence in found.sentences:
        say(f"  {sentence}")


def say_quality_of(home: "Home", landing: "Landing") -> None:
    """Print the quality of what has just landed; nothing where nothing changed, or where it holds no figures."""
    from quarterday.editions.quality import quality_report
    from quarterday.warehouse.base import ReleaseKind

    if landing.already_held or landing.release.kind is ReleaseKind.LOOKUP:
        return
    with doing("Looking at the load"):
        found = quality_report(home.warehouse(), landing.release, landing.revisions)
    say_quality(found)


def _as_data(found: "Quality") -> dict[str, object]:
    return {
        "release": found.release.id,
        "sentences": list(found.sentences),
        "findings": [_finding(finding) for finding in found.findings],
    }


def _finding(finding: "Finding") -> dict[str, object]:
    return {
        "kind": finding.kind,
        "measure": finding.measure,
        "area": finding.area,
        "periods": [period.code for period in finding.periods],
        "method": finding.method,
        "values": dict(finding.values),
        "verdict": finding.verdict,
        "unavailable": finding.unavailable,
    }
