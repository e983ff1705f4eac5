"""Freezing an edition as it is signed: its document in every format, figures, sources and software, under one seal."""

import csv
import io
import json
import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from importlib.metadata import version
from typing import Final

from quarterday.domain.figure import Figure
from quarterday.editions.archive import SEAL
from quarterday.editions.now import Now
from quarterday.editions.seal import Seal, digest, seal_of
from quarterday.editions.write import files_of
from quarterday.people.models import Person
from quarterday.plan.choices import EditionState, EditionStep
from quarterday.plan.models import Edition
from quarterday.report import FORMATS
from quarterday.report.document import Document, to_json

FIGURES: Final = "figures.csv"
SOURCES: Final = "sources.json"
SOFTWARE: Final = "software.json"
STEPS: Final = "steps.json"

# What decides which numbers and which bytes come out.
_PARTS: Final = ("quarterday", "duckdb", "numpy", "scipy", "weasyprint")
_COLUMNS: Final = ("measure", "area", "period", "value", "status", "note", "releases")


def mark_of(document: Document) -> str:
    """What tells a document from any other that says something else, whenever it was built and however far it is."""
    return digest(to_json(replace(document, state=EditionState.DRAFT, built_at="")).encode())


def frozen(now: Now, edition: Edition, *, signed_by: Person, built_at: str) -> tuple[Document, dict[str, bytes], Seal]:
    """The edition as it is signed: its document, all its files by their names, the seal among them, and the seal.

    ``built_at`` is ISO 8601 with its zone.
    """
    document = replace(now.document, state=EditionState.SIGNED, built_at=built_at)
    files = files_of(document, FORMATS)
    files[FIGURES] = _figures(figure for found in now.analyses.values() for figure in found.used)
    files[SOURCES] = _json([asdict(source) for source in document.sources])
    files[SOFTWARE] = _json(_software())
    files[STEPS] = _json([*_steps(edition), _step(EditionStep.SIGNED, by=signed_by, at=built_at)])
    seal = seal_of(document, files)
    return document, files | {SEAL: seal.written()}, seal


def _figures(figures: Iterable[Figure]) -> bytes:
    """Every figure that the edition used, once, as CSV."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_COLUMNS)
    rows = {(figure.measure, figure.area, figure.period): figure for figure in figures}
    for _, figure in sorted(rows.items(), key=lambda item: item[0]):
        value = "" if figure.value is None else f"{figure.value:.15g}"
        marks = "".join(status.mark for status in figure.statuses)
        writer.writerow(
            [figure.measure, figure.area, figure.period.code, value, marks, figure.note, " ".join(figure.releases)]
        )
    return file.getvalue().encode()


def _software() -> Mapping[str, str]:
    return {"python": platform.python_version()} | {part: version(part) for part in _PARTS}


def _steps(edition: Edition) -> Iterator[Mapping[str, str]]:
    """What people did with this version until it was signed, and what they acknowledged."""
    for step in edition.steps.select_related("by"):
        yield _step(step.name, by=step.by, at=step.at.isoformat(), note=step.note, about=step.about)


def _step(name: str, *, by: Person, at: str, note: str = "", about: str = "") -> Mapping[str, str]:
    return {"step": name, "by": str(by), "at": at, "note": note, "about": about}


def _json(content: object) -> bytes:
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
