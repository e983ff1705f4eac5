"""What was found when somebody's report was checked against its own tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from quarterday.domain.claim import Verdict
from quarterday.domain.printed import PrintedReport


class Finding(StrEnum):
    """What a finding is about, where it is no claim in words."""

    CHANGE = "a column of changes"
    PER_CENT = "a column of changes in per cent"
    SHARE = "a column of shares"
    TOTAL = "a total"
    CUMULATIVE = "a cumulative count"
    TWO_TABLES = "two tables"
    STALE = "stale text"


@dataclass(frozen=True, slots=True)
class ReportFinding:
    """A statement of the report with its verdict.

    ``quote`` is what stands at ``place``, from ``start`` to ``end`` of the text there; ``stated`` is what it says,
    ``computed`` what the tables say, and ``why`` the reason as sentences for a person. ``measure`` is what it is
    about, empty where it is about no one measure. ``kind`` is that of the claim, or a ``Finding``.
    """

    place: str
    quote: str
    kind: str
    verdict: Verdict
    stated: str
    computed: str
    why: str
    measure: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """A report with all findings, in its order; what was assumed; what was not read; what is worth a look.

    ``counted`` says how much was checked: tables, figures, claims and cells of arithmetic.
    """

    report: PrintedReport
    findings: tuple[ReportFinding, ...]
    assumptions: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    to_look_at: tuple[ReportFinding, ...] = ()
    counted: Mapping[str, int] = field(default_factory=dict)

    def of(self, verdict: Verdict) -> tuple[ReportFinding, ...]:
        """The findings of one verdict."""
        return tuple(finding for finding in self.findings if finding.verdict is verdict)

    @property
    def contradicted(self) -> tuple[ReportFinding, ...]:
        """What the report's own tables say is not so."""
        return self.of(Verdict.CONTRADICTED)
