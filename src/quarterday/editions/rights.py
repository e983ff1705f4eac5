"""The editions in the archive that somebody may open. One that they may not is not there for them."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from quarterday.domain.faults import InputError
from quarterday.editions.archive import Heading, Kept, kept_edition, kept_editions, kept_versions
from quarterday.editions.verify import Verified, sealed_editions, verify_digest
from quarterday.people.rules import Owner, Paper, Viewer, papers_visible_to
from quarterday.report.document import Document


def paper_of(kept: Kept) -> Paper:
    """What decides who may open the edition."""
    return _paper(kept, kept.heading())


def _paper(kept: Kept, heading: Heading) -> Paper:
    return Paper(partnership=heading.partnership, marking=heading.marking, state=kept.state_since(heading))


def editions_visible_to(viewer: Viewer, archive: Path) -> Iterator[tuple[Kept, Heading | None]]:
    """Every edition that somebody may open, with its heading; the owner hears of damaged ones, too."""
    may_open = papers_visible_to(viewer)
    for kept in kept_editions(archive):
        try:
            heading = kept.heading()
        except InputError:
            if isinstance(viewer, Owner):
                yield kept, None
            continue
        if may_open(_paper(kept, heading)):
            yield kept, heading


def edition_visible_to(viewer: Viewer, archive: Path, *, partnership: str, quarter: str) -> Kept:
    """One edition, by its slugs. Errors: none is there, it is damaged, or it is not for this viewer."""
    kept = kept_edition(archive, partnership, quarter)
    if not papers_visible_to(viewer)(paper_of(kept)):
        raise InputError(f"no edition of {partnership} for {quarter} may be opened by {viewer}.")
    return kept


def versions_visible_to(
    viewer: Viewer, archive: Path, *, partnership: str, quarter: str
) -> list[tuple[Kept, Document]]:
    """Every version of an edition that somebody may open, by the slugs of any of them, the latest first."""
    may_open = papers_visible_to(viewer)
    found = []
    for kept in kept_versions(archive, partnership, quarter):
        with suppress(InputError):  # one that is damaged
            if may_open(paper_of(kept)):
                found.append((kept, kept.document()))
    return sorted(found, key=lambda each: -each[1].version)


def verified_for(viewer: Viewer, archive: Path, digest: str, *, called: str = "", claims: str = "") -> Verified:
    """Which edition a hash is of, among those that somebody may open: of any other they learn nothing."""
    found = verify_digest(digest, sealed_editions(archive), called=called, claims=claims)
    if found.kept is None or papers_visible_to(viewer)(paper_of(found.kept)):
        return found
    return verify_digest(digest, (), called=called)
