"""What a correction changed: two versions of an edition, held side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quarterday.plan.models import Edition
from quarterday.plan.write_editions import quarter_of
from quarterday.report.document import Cell, Document, MeasureRow, ProjectRow

Said = Mapping[tuple[str, str, str], str]


@dataclass(frozen=True)
class Difference:
    """One thing that the two say differently; ``before`` or ``after`` is empty where it stands in one of them only."""

    kind: str
    about: str
    what: str
    before: str
    after: str


def differences(before: Document, after: Document) -> tuple[Difference, ...]:
    """Everything that readers see otherwise: figures, verdicts, comments, projects, highlights, countywide, sources."""
    old, new = dict(_said(before)), dict(_said(after))
    return tuple(
        Difference(*key, old.get(key, ""), new.get(key, ""))
        for key in dict.fromkeys((*old, *new))
        if old.get(key, "") != new.get(key, "")
    )


def reason_of(document: Document) -> str:
    """Why the version was made, as the partnership's plan has it; empty for a first one, or where it has none."""
    held = Edition.objects.filter(partnership__name=document.partnership, version=document.version)
    return next((each.reason for each in held if quarter_of(each).code == document.quarter_code), "")


def _said(document: Document) -> Iterator[tuple[tuple[str, str, str], str]]:
    """All that the document says, each under what kind of thing it is, what it is about, and which of those it is."""
    yield ("Edition", document.short_name, "Title"), document.title
    yield ("Edition", document.short_name, "Marking"), document.marking
    for priority in document.priorities:
        if priority.measures:
            columns = [column.label for column in priority.measures.columns]
            for row in priority.measures.rows:
                yield from _said_of_measure(row, columns)
            for footnote in priority.measures.footnotes:
                yield ("Caveat", priority.name, footnote.text), "stands there"
        for project in priority.projects.rows if priority.projects else ():
            yield from _said_of_project(project)
        for highlight in priority.highlights.rows if priority.highlights else ():
            yield (highlight.kind.capitalize(), highlight.about, highlight.text), highlight.state or "stands there"
    yield from _said_countywide(document)
    for note in document.notes:
        yield ("Note", document.short_name, note), "stands there"
    for source in document.sources:
        yield ("Source", source.title, f"Release {source.release}"), "used"


def _said_of_measure(row: MeasureRow, columns: list[str]) -> Iterator[tuple[tuple[str, str, str], str]]:
    for label, cell in zip(columns, row.figures, strict=True):
        yield ("Figure", row.measure, label), _text(cell)
    yield ("Verdict", row.measure, "Drafted from the figures"), row.drafted
    if row.comment:
        yield ("Comment", row.measure, "Text"), row.comment.text
        for claim in row.comment.claims:
            verdict = f"{claim.verdict}, kept because: {claim.overridden}" if claim.overridden else claim.verdict
            yield ("Verdict", row.measure, f"“{claim.quote}”"), verdict
    for at, agreed in enumerate(row.agreed, start=1):
        yield ("Agreed", row.measure, f"{at}"), agreed
    for standing in row.standings:
        yield ("Standing", row.measure, f"{standing.group}, {standing.basis}"), f"{standing.rank} of {standing.of}"


def _said_of_project(row: ProjectRow) -> Iterator[tuple[tuple[str, str, str], str]]:
    for at, note in enumerate(row.updates, start=1):
        yield ("Project", row.project, f"Update {at}, {note.when}"), " ".join(note.paragraphs)
    for action in row.actions:
        yield ("Project", row.project, f"Action: {action.text}"), action.state
    for figure in row.figures:
        yield ("Figure", row.project, f"{figure.name}, {figure.label}"), _text(figure.cell)
    yield ("Project", row.project, "Leads"), ", ".join(lead.short_name for lead in row.leads)


def _said_countywide(document: Document) -> Iterator[tuple[tuple[str, str, str], str]]:
    table = document.countywide
    for row in table.rows if table else ():
        cells = {
            "Baseline and target": row.baseline_and_target, "County": row.county, "Partnership": row.partnership,
        }  # fmt: skip
        for name, cell in cells.items():
            yield ("Countywide", row.priority, name), _text(cell)
        yield ("Countywide", row.priority, "Comment"), row.comment


def _text(cell: Cell) -> str:
    return " ".join(part for part in (cell.text, "".join(cell.marks), cell.reason) if part)
