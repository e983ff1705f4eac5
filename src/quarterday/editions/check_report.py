"""A report that somebody else made, checked against its own tables: no set-up, no workspace."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

from quarterday.commentary.check import Figures, Subject, check_comment
from quarterday.commentary.implied_totals import ImpliedTotal, at_odds, implied_total
from quarterday.commentary.printed_doubts import doubt_of
from quarterday.commentary.printed_polarity import assumed_polarity
from quarterday.commentary.printed_remarks import Remark, remarks_beside, remarks_in_prose, short_name, verdicts_beside
from quarterday.commentary.printed_stale import stale_in
from quarterday.commentary.printed_tables import ALL_CRIME, ReadTable, Unread, figures_of, read_table
from quarterday.commentary.table_arithmetic import check_changes, check_shares
from quarterday.commentary.table_totals import check_cumulative, check_totals, compare_tables
from quarterday.domain.area import key_of
from quarterday.domain.checked_report import CheckedReport, ReportFinding
from quarterday.domain.claim import CheckedClaim, Verdict
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.domain.printed import Passage, PrintedReport, PrintedTable
from quarterday.sources.report_files import read_report

THE_AREA = "the area of the report"
_FEWEST_PEERS = 3  # areas of a table that may be a group
MOST_CELLS = 20_000  # of a table
MOST_REMARKS = 800  # comments and sentences about a measure; a report of 60 pages has about 500
MOST_WORDS = 50_000  # characters of them: each is read by some hundred patterns
MOST_MEASURES = 60  # that a comment is held against where it does not name them
MOST_FIGURES = 40_000  # of a report
MOST_OTHERS = 1_000  # figures of other tables that words beside one are held against too
_AREA = re.compile(r"(?:area|district|borough|partnership|local authority):+ *(?P<area>[^:\n]{2,80})", re.IGNORECASE)
_SMALL_WORDS = frozenset(
    {"with", "without", "and", "or", "of", "the", "in", "to", "from", "by", "non", "not", "no", "a"}
)
_WORD = re.compile(r"\w+")
_FROM = re.compile(r"\bfrom\b[^.;]*$")  # the number that a change starts from is of another time
_FROM_BEFORE = 60  # characters
_LONGEST_CONTEXT = 160  # characters of a heading or a caption
_CHECKS: tuple[Callable[[ReadTable], Iterable[ReportFinding]], ...] = (
    check_changes, check_shares, check_totals, check_cumulative,
)  # fmt: skip


def check_report(path: Path, *, better: Polarity | None = None, area: str = "") -> CheckedReport:
    """The findings of the report at ``path``: its words against its tables, and its tables against themselves.

    ``better`` holds for every measure; where it is not given, what is assumed of each is told. A file that is no
    report, or is damaged, is an ``InputError``.
    """
    return check_printed(read_report(path), better=better, area=area)


def check_printed(report: PrintedReport, *, better: Polarity | None = None, area: str = "") -> CheckedReport:
    """The same of a report that was read."""
    check = _Check(report, better, area or _stated_area(report) or THE_AREA)
    words = list(check.claims())
    sums = list(chain.from_iterable(held(table) for table in check.tables for held in _CHECKS))
    differing, doubtful = compare_tables(
        [(table, check.figures[table.table.place, at]) for at, table in enumerate(check.tables)]
    )
    stale = stale_in(report, as_at=check.last_month) if check.last_month else ()
    findings = _in_order(report, _once([*words, *sums, *differing]))
    to_look_at = (*doubtful, *check.other_totals(), *_once(stale))
    counted = {
        "tables": len(check.tables),
        "figures": sum(map(len, check.figures.values())),
        "claims": len(words),
        "cells of arithmetic": len(sums),
    }
    return CheckedReport(report, findings, tuple(check.assumptions()), tuple(check.unread), to_look_at, counted)


@dataclass
class _Check:
    """One report on its way: the tables that were read, the figures in them, what was assumed."""

    report: PrintedReport
    better: Polarity | None
    area: str
    tables: list[ReadTable] = field(default_factory=list)
    figures: dict[tuple[str, int], tuple[Figure, ...]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    judged: dict[str, Polarity] = field(default_factory=dict)
    totals: list[tuple[ImpliedTotal, ReportFinding]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for table, context in _with_context(self.report):
            if len(table.rows) * table.width > MOST_CELLS or sum(map(len, self.figures.values())) > MOST_FIGURES:
                self.unread.append(f"{table.place} was not read: it is larger than any that people print.")
                continue
            for part in read_table(table, context=context):
                if isinstance(part, Unread):
                    self.unread.append(f"{table.place} was not read: {part.why}.")
                    continue
                self.figures[table.place, len(self.tables)] = figures_of(part, area=self.area)
                self.tables.append(part)
                self.unread += [f"{table.place}: {note}." for note in part.notes]

    @property
    def last_month(self) -> Period | None:
        """The last month of any table; none where no table names its periods."""
        last = max((table.as_at.last for table in self.tables if table.as_at), default=None)
        return None if last is None else Period(last, 1)

    def claims(self) -> Iterator[ReportFinding]:
        """Each statement in words, in comment cells and in paragraphs."""
        beside = chain.from_iterable(
            said(table, area=self.area) for table in self.tables for said in (remarks_beside, verdicts_beside)
        )
        passages = [block for block in self.report.blocks if isinstance(block, Passage)]
        named = self._measures()
        prepared: dict[tuple[int, frozenset[str]], tuple[list[Figure], Figures]] = {}
        remarks = chain(beside, remarks_in_prose(passages, named, area=self.area))
        length = 0
        for number, remark in enumerate(remarks):
            length += len(remark.text)
            if number == MOST_REMARKS or length > MOST_WORDS:
                self.unread.append(f"Only the first {number:,} comments and sentences about a measure were checked.")
                return
            at = next(held for held, table in enumerate(self.tables) if table is remark.table)
            twins = self._twins.get(key_of(remark.measure), frozenset())
            if (at, twins) not in prepared:
                held = [figure for figure in self._figures_for(at) if figure.measure not in twins]
                prepared[at, twins] = held, Figures(held)
            held, figures = prepared[at, twins]
            if len(figures.names) > MOST_MEASURES:
                figures = Figures(_spoken_of(remark, held))
            areas = {figure.area for figure in self.figures[remark.table.table.place, at]}
            yield from self._checked(remark, figures, tuple(sorted(areas)))

    def _measures(self) -> dict[str, ReadTable | None]:
        """The table of each measure that prose may name.

        None where two tables say different things of it, or where prose would call another measure the same.
        """
        found: dict[str, ReadTable | None] = {}
        values: dict[tuple[str, Period], float] = {}
        names: dict[str, str] = {}
        for at, table in enumerate(self.tables):
            for figure in self.figures[table.table.place, at]:
                if key_of(figure.area) != key_of(self.area) or table.by_area:
                    continue
                name = names.setdefault(key_of(figure.measure), figure.measure)
                known = values.setdefault((name, figure.period), figure.known)
                found[name] = found.get(name, table) if known == figure.known else None
        called = Counter(map(short_name, found))
        return {name: table if called[short_name(name)] == 1 else None for name, table in found.items()}

    @cached_property
    def _twins(self) -> dict[str, frozenset[str]]:
        """For each measure those whose names differ in small words only: ``with injury`` and ``without injury``."""
        alike: dict[frozenset[str], set[str]] = {}
        for figure in chain.from_iterable(self.figures.values()):
            words = frozenset(_stem(word) for word in _WORD.findall(key_of(figure.measure)))
            alike.setdefault(words - _SMALL_WORDS, set()).add(figure.measure)
        groups = [names for names in alike.values() if len({key_of(name) for name in names}) > 1]
        return {
            key_of(name): frozenset(other for other in names if key_of(other) != key_of(name))
            for names in groups
            for name in names
        }

    def _figures_for(self, at: int) -> list[Figure]:
        """The table's own figures, then those of others that say nothing else of the same thing."""
        own = self.figures[self.tables[at].table.place, at]
        held = {_key(figure) for figure in own}
        others = [figure for key, figure in self._agreed.items() if key not in held]
        return [*own, *others[:MOST_OTHERS]]

    @cached_property
    def _agreed(self) -> dict[tuple[str, str, Period], Figure]:
        """The figures of which no two tables say different things."""
        first: dict[tuple[str, str, Period], Figure] = {}
        clashing = set()
        for figure in chain.from_iterable(self.figures.values()):
            key = _key(figure)
            if first.setdefault(key, figure).value != figure.value:
                clashing.add(key)
        return {key: figure for key, figure in first.items() if key not in clashing}

    def _checked(self, remark: Remark, figures: Figures, areas: tuple[str, ...]) -> Iterator[ReportFinding]:
        as_at = remark.table.as_at
        if as_at is None:
            return
        better = self._polarity(remark)
        peers = areas if len(areas) >= _FEWEST_PEERS and remark.table.by_area else ()
        about = Subject(remark.measure, remark.area, better, Period(as_at.last, 1), peers)
        for claim in check_comment(remark.text, about=about, figures=figures):
            if claim.verdict is Verdict.CONTRADICTED and (doubt := doubt_of(remark, claim)):
                if remark.in_prose:
                    continue
                why = f"This cannot be checked: {doubt}."
                claim = replace(claim, verdict=Verdict.NOT_CHECKABLE, computed="", why=why)  # noqa: PLW2901
            finding = _finding(remark, claim)
            self._note_total(remark, claim, finding)
            yield finding

    def _note_total(self, remark: Remark, claim: CheckedClaim, finding: ReportFinding) -> None:
        """Keep what a share that cannot be checked says of its whole."""
        period, key = remark.table.as_at, key_of(remark.measure)
        before = remark.text[max(claim.claim.start - _FROM_BEFORE, 0) : claim.claim.start].casefold()
        if period is None or claim.verdict is not Verdict.NOT_CHECKABLE or _FROM.search(before):
            return
        part = self._agreed.get((key, key_of(remark.area), period))
        if part is not None and part.value is not None:
            total = implied_total(claim, part=part.value, period=period, area=remark.area)
            self.totals += [(total, finding)] if total else []

    def other_totals(self) -> list[ReportFinding]:
        """Shares of one whole that cannot all be right; which of them is not, nothing says."""
        found = at_odds([total for total, _ in self.totals])
        return [replace(self.totals[at][1], why=why) for at, why in found.items()]

    def _polarity(self, remark: Remark) -> Polarity:
        if self.better is not None:
            return self.better
        stated = (row.better for row in remark.table.rows if key_of(row.name) == key_of(remark.measure))
        return next(stated, None) or self.judged.setdefault(remark.measure, assumed_polarity(remark.measure))

    def assumptions(self) -> Iterator[str]:
        """What was taken to be better for each measure whose words were checked, in sentences."""
        for better, words in (
            (Polarity.LOWER, "lower is better"),
            (Polarity.HIGHER, "higher is better"),
            (Polarity.NEITHER, "neither direction is better, so that better and worse cannot be checked"),
        ):
            names = [measure for measure, held in self.judged.items() if held is better]
            if names:
                yield f"Taken as {words}: {'; '.join(names)}. Say --better to change it."


def _spoken_of(remark: Remark, figures: Sequence[Figure]) -> list[Figure]:
    """The figures of the remark's measure, of all crime, and of those that its text names in full."""
    text, own = key_of(remark.text), {key_of(remark.measure), key_of(ALL_CRIME)}
    named = {name for name in {key_of(figure.measure) for figure in figures} if name in own or name in text}
    return [figure for figure in figures if key_of(figure.measure) in named]


def _stem(word: str) -> str:
    return word.removesuffix("s")


def _key(figure: Figure) -> tuple[str, str, Period]:
    return key_of(figure.measure), key_of(figure.area), figure.period


def _with_context(report: PrintedReport) -> Iterator[tuple[PrintedTable, str]]:
    """Each table with the heading or the short line that stands last before it."""
    context = ""
    for block in report.blocks:
        if isinstance(block, PrintedTable):
            yield block, context
        elif len(block.text) <= _LONGEST_CONTEXT:
            context = block.text


def _stated_area(report: PrintedReport) -> str:
    """The area that a line such as ``Area: Redditch`` names, in a paragraph or in a row of a table."""
    for block in report.blocks:
        texts = (
            [block.text]
            if isinstance(block, Passage)
            else [": ".join(dict.fromkeys(cell.text for cell in row if cell.text)) for row in block.rows[:3]]
        )
        for text in texts:
            if found := _AREA.fullmatch(text):
                return found["area"].strip()
    return ""


def _finding(remark: Remark, checked: CheckedClaim) -> ReportFinding:
    claim = checked.claim
    if remark.stands:
        return ReportFinding(
            remark.place, remark.stands, claim.kind, checked.verdict, checked.stated, checked.computed, checked.why,
            remark.measure, 0, len(remark.stands),
        )  # fmt: skip
    return ReportFinding(
        remark.place, claim.quote, claim.kind, checked.verdict, checked.stated, checked.computed, checked.why,
        remark.measure, remark.start + claim.start, remark.start + claim.end,
    )  # fmt: skip


def _once(findings: Iterable[ReportFinding]) -> list[ReportFinding]:
    """Each stretch of text with one finding of a sort, a contradiction before any other."""
    kept: dict[tuple[str, int, int], ReportFinding] = {}
    for finding in findings:
        key = (finding.place, finding.start, finding.end)
        if key not in kept or (
            finding.verdict is Verdict.CONTRADICTED and kept[key].verdict is not Verdict.CONTRADICTED
        ):
            kept[key] = finding
    return list(kept.values())


def _in_order(report: PrintedReport, findings: Iterable[ReportFinding]) -> tuple[ReportFinding, ...]:
    places: dict[str, int] = {}
    for block in report.blocks:
        cells = block.cells() if isinstance(block, PrintedTable) else (block,)
        for cell in cells:
            places.setdefault(cell.place, len(places))
    return tuple(sorted(findings, key=lambda finding: (places.get(finding.place, len(places)), finding.start)))
