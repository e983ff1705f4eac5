"""How far a partnership's latest edition has come, and what stands in the way of signing it."""

from dataclasses import dataclass
from pathlib import Path

from quarterday.domain.area import slug
from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.editions.archive import FROZEN, kept_edition
from quarterday.plan.models import Edition, Partnership
from quarterday.report.document import Document


@dataclass(frozen=True, kw_only=True)
class QuarterState:
    """The latest edition of a partnership; ``state`` is empty where none was begun."""

    quarter: str = ""
    state: str = ""
    version: int = 0
    is_built: bool = False
    is_of_this_quarter: bool = False
    address: str = ""
    blocks: tuple[str, ...] = ()


def quarter_state(partnership: Partnership, archive: Path, *, this_quarter: Period) -> QuarterState:
    """What its plan and the archive say of the latest edition. ``this_quarter`` is the last one that has ended."""
    edition = Edition.objects.filter(partnership=partnership).order_by("-quarter", "-version").first()
    if edition is None:
        return QuarterState()
    quarter: Period = edition.quarter  # type: ignore[assignment]  # a column that holds a period
    document = _built(partnership, archive, quarter)
    return QuarterState(
        quarter=quarter.name,
        address=slug(quarter.code),
        state=edition.state,
        version=edition.version,
        is_built=document is not None,
        is_of_this_quarter=quarter == this_quarter,
        blocks=() if edition.state in FROZEN else _blocks(document),
    )


def _built(partnership: Partnership, archive: Path, quarter: Period) -> Document | None:
    try:
        return kept_edition(archive, partnership.short_name, quarter.code).document()
    except InputError:
        return None


def _blocks(document: Document | None) -> tuple[str, ...]:
    if document is None:
        return ("it has not been built, or cannot be read",)
    cells = [cell for table in document.measure_tables for row in table.rows for cell in row.figures]
    missing = sum(cell.value is None for cell in cells)
    counts = {
        ("claim that the figures contradict", "claims that the figures contradict"): len(document.contradictions),
        ("action that is overdue", "actions that are overdue"): len(document.overdue),
        (f"total of {len(cells):,} that is missing", f"totals of {len(cells):,} that are missing"): missing,
    }
    return tuple(f"{count:,} {one if count == 1 else many}" for (one, many), count in counts.items() if count)
