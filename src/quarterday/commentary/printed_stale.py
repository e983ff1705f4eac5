"""What a printed report says is still to come, although its own tables go beyond that time."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from quarterday.commentary.stale import find_stale
from quarterday.domain.checked_report import Finding, ReportFinding
from quarterday.domain.claim import Verdict
from quarterday.domain.period import Period
from quarterday.domain.printed import Passage, PrintedCell, PrintedReport

_LONGEST = 10_000  # characters of a paragraph, or of a column, that are searched


def stale_in(report: PrintedReport, *, as_at: Period) -> Iterator[ReportFinding]:
    """Each place that speaks of a time which had ended by ``as_at``, the report's last month, as one to come.

    A table in plain text breaks what stands in a cell over several rows, so each column is read on from cell to cell.
    """
    for block in report.blocks:
        if isinstance(block, Passage):
            yield from _stale([PrintedCell(block.text, block.place)], as_at)
        else:
            for column in zip(*block.rows, strict=True):
                yield from _stale([cell for cell in dict.fromkeys(column) if cell.text], as_at)


def _stale(cells: Sequence[PrintedCell], as_at: Period) -> Iterator[ReportFinding]:
    starts, text = [], ""
    for cell in cells:
        starts.append(len(text))
        text += f"{cell.text} "
    for found in find_stale(text[:_LONGEST].replace("\n", " "), as_at=as_at):
        at = bisect_right(starts, found.start) - 1
        start = found.start - starts[at]
        end = min(found.end - starts[at], len(cells[at].text))
        yield ReportFinding(
            cells[at].place,
            found.quote,
            Finding.STALE,
            Verdict.NOT_CHECKABLE,
            found.quote,
            "",
            found.why,
            "",
            start,
            end,
        )
