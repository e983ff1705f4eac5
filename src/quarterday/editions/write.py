"""Drawing and writing editions that are composed: no table or warehouse is needed, so processes can share it."""

import multiprocessing
import os
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from quarterday.editions.archive import CHARTS, DOCUMENT, Kept, keep
from quarterday.report import chart, html, pdf
from quarterday.report.document import Document, to_json

# Starting another process costs what writing about this many editions does.
WORTH_SHARING = 4


def write_editions(documents: Sequence[Document], *, archive: Path, formats: Collection[str]) -> Iterator[Kept]:
    """Write each document and give it as it is kept; where there are many, the processors share them."""
    write = partial(_write, archive=archive, formats=formats)
    if len(documents) < WORTH_SHARING:
        yield from map(write, documents)
        return
    with ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(write, documents)


def _write(document: Document, *, archive: Path, formats: Collection[str]) -> Kept:
    return keep(archive, document, files_of(document, formats))


def files_of(document: Document, formats: Collection[str]) -> dict[str, bytes]:
    """Every file of an edition, by its name: the document, its charts, and the formats asked for."""
    charts = chart.draw(document)
    files = {DOCUMENT: to_json(document).encode()}
    files |= {f"{CHARTS}/{name}.svg": svg.encode() for name, svg in charts.items()}
    if "html" in formats:
        files["edition.html"] = html.to_html(document, charts).encode()
    if "pdf" in formats:
        files["edition.pdf"] = pdf.to_pdf(document, charts)
    return files
