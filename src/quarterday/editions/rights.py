"""The editions in the archive that somebody may open. One that they may not is not there for them."""

from collections.abc import Iterator
from pathlib import Path

from quarterday.domain.faults import InputError
from quarterday.editions.archive import Kept, kept_edition, kept_editions
from quarterday.people.rules import Owner, Paper, Viewer, papers_visible_to
from quarterday.report.document import Document


def paper_of(document: Document) -> Paper:
    """What decides who may open the document."""
    return Paper(partnership=document.partnership, marking=document.marking, state=document.state)


def editions_visible_to(viewer: Viewer, archive: Path) -> Iterator[tuple[Kept, Document | None]]:
    """Every edition that somebody may open, with its document; the owner hears of damaged ones, too."""
    may_open = papers_visible_to(viewer)
    for kept in kept_editions(archive):
        try:
            document = kept.document()
        except InputError:
            if isinstance(viewer, Owner):
                yield kept, None
            continue
        if may_open(paper_of(document)):
            yield kept, document


def edition_visible_to(viewer: Viewer, archive: Path, *, partnership: str, quarter: str) -> tuple[Kept, Document]:
    """One edition, by its slugs. Errors: none is there, it is damaged, or it is not for this viewer."""
    kept = kept_edition(archive, partnership, quarter)
    document = kept.document()
    if not papers_visible_to(viewer)(paper_of(document)):
        raise InputError(f"no edition of {partnership} for {quarter} may be opened by {viewer}.")
    return kept, document
