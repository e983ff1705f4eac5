"""What a person should know of rows before the counts: how many came, and how many of them no district could have."""

from collections import Counter
from collections.abc import Iterator

from quarterday.domain.area import key_of
from quarterday.warehouse.base import Counting
from quarterday.warehouse.counting import Counted

COLUMNS = {
    "measure": "varchar", "measure_key": "varchar", "area": "varchar", "area_key": "varchar",
    "first_month": "integer", "months": "integer", "value": "double", "status": "varchar", "note": "varchar",
}  # fmt: skip


def tallies(counted: Counted, counting: Counting) -> Iterator[tuple[object, ...]]:
    """Figures, by force and month, of what came: rows in all, without a place, in other areas, and repeated.

    They swing from month to month, and with them the figures of every district of the force: so they are figures
    themselves, to be looked at beside those. Each dataset has its own; noughts are written.
    """
    found: dict[tuple[str, str, int], Counter[str]] = {}
    for cell in counted.cells:
        tally = found.setdefault((cell.dataset, cell.force, cell.month), Counter())
        kind = "" if counted.force_of.get(cell.district) == cell.force else "in other areas"
        tally["in all"] += cell.rows
        tally["repeated"] += cell.repeats
        tally[kind if cell.district else "without a place"] += cell.rows
    for (dataset, force, month), tally in sorted(found.items()):
        area = counting.force_area(force)
        for kind in (
            "in all",
            "repeated",
            *(("in other areas", "without a place") if counting.has_places(dataset) else ()),
        ):
            measure = counting.tally_measure(dataset, kind)
            yield measure, key_of(measure), area, key_of(area), month, 1, float(tally[kind]), "", ""
