"""From the plan and what its figures show to the frozen document: everything worded, nothing decided."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from quarterday import __version__
from quarterday.commentary.draft import Sentence, describe_movement, draft, write
from quarterday.commentary.methods import CHECKED, methods_of
from quarterday.commentary.wording import listed, number, ordinal
from quarterday.domain.area import slug
from quarterday.domain.claim import CheckedClaim, Verdict
from quarterday.domain.figure import Figure
from quarterday.domain.finding import Finding, Kind, Strength
from quarterday.domain.measure import Measure, Polarity
from quarterday.domain.period import Period
from quarterday.domain.status import Status
from quarterday.editions.analyse import MONTHS_OF_A_YEAR, Analysis
from quarterday.editions.check_comment import checked_comment
from quarterday.editions.compose_charts import control_chart, ranked_chart
from quarterday.editions.compose_stale import stale_texts
from quarterday.plan import entries as plans
from quarterday.plan.choices import HighlightState, TargetKind
from quarterday.report import document as doc
from quarterday.warehouse.base import Release

_Table = TypeVar("_Table", doc.MeasureTable, doc.CountywideTable, doc.ProjectTable, doc.HighlightTable)

CHECKED_COMMENTS = doc.Method(name=CHECKED.name, text=CHECKED.text)
_CLEARNESS = {
    Strength.NO_CLEAR_CHANGE: ", no clear change",
    Strength.LIKELY: ", not clear among several",
    Strength.CLEAR: ", a clear change",
    Strength.UNTESTED: "",
}
_WHICH_WAY = {
    Polarity.LOWER: "lower is better",
    Polarity.HIGHER: "higher is better",
    Polarity.NEITHER: "neither way is better",
}


def compose(
    plan: plans.Plan,
    quarter: Period,
    analyses: Mapping[str, Sequence[Analysis]],
    *,
    releases: Iterable[Release],
    built_at: str,
) -> doc.Document:
    """The edition of one quarter; ``analyses`` holds those of each priority by its name."""
    edition = plan.edition(quarter)
    partnership = plan.partnership
    markers = map(str, itertools.count(1))
    everything = [analysis for found in analyses.values() for analysis in found]
    charts = {item.measure.name: f"{at}-{slug(item.measure.name)}" for at, item in enumerate(everything, start=1)}
    made = [
        doc.Priority(
            name=priority.name,
            measures=_measures(
                plan, priority, analyses[priority.name], edition=edition, markers=markers, charts=charts
            ),
            projects=_projects(plan, priority, quarter),
            highlights=_highlights(plan, priority, quarter),
        )
        for priority in plan.priorities
    ]
    priorities, countywide = _numbered(made, _countywide(plan, quarter))
    return doc.Document(
        schema=doc.SCHEMA,
        title=_title(plan, quarter),
        partnership=partnership.name,
        short_name=partnership.short_name,
        quarter=quarter.name,
        quarter_code=quarter.code,
        quarter_in_full=f"{quarter.name}: {quarter.for_sentence()}",
        state=edition.state if edition else "draft",
        version=edition.version if edition else 1,
        marking=partnership.marking,
        priorities=priorities,
        countywide=countywide,
        stale=stale_texts(priorities, quarter),
        legend=_legend(priorities, countywide),
        notes=(*_corrects(edition), *dict.fromkeys(note for analysis in everything for note in analysis.notes)),
        methods=(*_methods(everything), *([CHECKED_COMMENTS] if edition and edition.comments else [])),
        sources=_sources(everything, releases),
        made_by=f"Quarterday {__version__}",
        built_at=built_at,
    )


def _corrects(edition: plans.EditionEntry | None) -> Iterator[str]:
    """Why there is another version after the first."""
    if edition and edition.reason:
        yield f"Version {edition.version} takes the place of version {edition.version - 1}. {edition.reason}"


def _numbered(
    priorities: Sequence[doc.Priority], countywide: doc.CountywideTable | None
) -> tuple[tuple[doc.Priority, ...], doc.CountywideTable | None]:
    """The tables with their numbers, in the order in which they are read.

    The county's come after the measures of a partnership's only priority, and else at the end.
    """
    numbers = itertools.count(1)

    def numbered(table: _Table | None) -> _Table | None:
        return replace(table, caption=f"Table {next(numbers)}: {table.caption}") if table else None

    made = []
    for priority in priorities:
        measures = numbered(priority.measures)
        if len(priorities) == 1:
            countywide = numbered(countywide)
        projects, highlights = numbered(priority.projects), numbered(priority.highlights)
        made.append(replace(priority, measures=measures, projects=projects, highlights=highlights))
    return tuple(made), countywide if len(priorities) == 1 else numbered(countywide)


def _title(plan: plans.Plan, quarter: Period) -> str:
    if len(plan.priorities) == 1:
        return f"Partnership priority: {plan.priorities[0].name}, {quarter.name}"
    return f"{plan.partnership.short_name}: quarterly report, {quarter.name}"


def _measures(
    plan: plans.Plan,
    priority: plans.PriorityEntry,
    analyses: Sequence[Analysis],
    *,
    edition: plans.EditionEntry | None,
    markers: Iterator[str],
    charts: Mapping[str, str],
) -> doc.MeasureTable | None:
    """Table 1; each caveat takes the next of ``markers``, which go on through the whole document."""
    if not analyses:
        return None
    caveats = dict.fromkeys(caveat for analysis in analyses for caveat in analysis.measure.caveats)
    marked = {caveat: next(markers) for caveat in caveats}
    comments = {comment.measure: comment for comment in edition.comments} if edition else {}
    window = analyses[0].measure.window
    return doc.MeasureTable(
        caption=f"{priority.name} in {plan.partnership.short_name}, rolling {window}-month totals",
        columns=tuple(_column(period) for period in analyses[0].columns),
        rows=tuple(
            _measure_row(
                analysis,
                comment=comments.get(analysis.measure.name),
                markers=marked,
                chart=charts[analysis.measure.name],
            )
            for analysis in analyses
        ),
        footnotes=tuple(doc.Footnote(marker=marker, text=text) for text, marker in marked.items()),
        remarks=tuple(_remarks(analyses)),
        compared=_which_compared(analyses[0].columns),
    )


def _remarks(analyses: Sequence[Analysis]) -> Iterator[str]:
    """Why each mark stands in a cell: one sentence for all the cells of a measure that have one reason."""
    for analysis in analyses:
        reasons: dict[tuple[str, str], list[str]] = {}
        for figure in analysis.figures:
            if figure.statuses and figure.note:
                marks = "".join(status.mark for status in figure.statuses)
                reasons.setdefault((marks, figure.note), []).append(figure.period.for_table())
        for (marks, note), periods in reasons.items():
            yield f"{marks} {analysis.measure.name}, {listed(periods)}: {note}."


def _which_compared(columns: Sequence[Period]) -> str:
    months = "rolling years" if columns[-1].months == MONTHS_OF_A_YEAR else f"totals of {columns[-1].months} months"
    return f"Dark points are the two {months} that end a year apart and share no month, so they may be compared."


def _column(period: Period) -> doc.Column:
    spoken = f"{Period(period.first, 1).for_sentence()} to {Period(period.last, 1).for_sentence()}"
    return doc.Column(label=period.for_table(), spoken=spoken, period=period.code)


def _measure_row(
    analysis: Analysis, *, comment: plans.CommentEntry | None, markers: Mapping[str, str], chart: str
) -> doc.MeasureRow:
    measure = analysis.measure
    sentences = draft(measure, analysis.findings)
    return doc.MeasureRow(
        measure=measure.name,
        unit=measure.unit,
        polarity=_WHICH_WAY[measure.polarity],
        polarity_note=measure.polarity_note,
        definition=measure.definition,
        source=measure.source,
        footnotes=tuple(markers[caveat] for caveat in measure.caveats),
        figures=tuple(_cell(figure) for figure in analysis.figures),
        comment=_comment(analysis, comment) if comment else None,
        drafted=" ".join(sentence.text for sentence in sentences),
        sentences=tuple(_sentence(sentence) for sentence in sentences),
        findings=tuple(_finding(finding, write(measure, finding).text) for finding in analysis.findings),
        standings=_standings(analysis),
        agreed=tuple(_agreed(analysis.entry, measure)),
        chart=_chart(analysis, name=chart),
        control=control_chart(analysis, name=f"{chart}-months"),
        ranked=ranked_chart(analysis, name=f"{chart}-peers"),
    )


def _agreed(entry: plans.MeasureEntry, measure: Measure) -> Iterator[str]:
    """Baselines and targets, as sentences."""
    for baseline in entry.baselines:
        yield f"baseline {number(baseline.value)} {measure.unit} in {baseline.period.for_sentence()}."
    for target in entry.targets:
        wanted = f"{number(target.value)} {measure.unit}"
        if target.kind is TargetKind.PER_CENT_CHANGE:
            wanted = f"a change of {number(target.value)}% from the baseline"
        yield f"target {wanted} in {target.period.for_sentence()}."


def _cell(figure: Figure) -> doc.Cell:
    marks = tuple(status.mark for status in figure.statuses)
    if figure.value is None:
        return doc.Cell(text="", marks=marks, reason=figure.note)
    return doc.Cell(text=number(figure.value), value=_plain(figure.value), marks=marks, reason=figure.note)


def _plain(value: float) -> int | float:
    """A whole number without a decimal point, so that it reads the same however it was kept."""
    return int(value) if float(value).is_integer() else value


def _comment(analysis: Analysis, comment: plans.CommentEntry) -> doc.Comment:
    overrides = {entry.quote: entry for entry in comment.overrides}
    claims = (checked_quote(item, overrides.get(item.claim.quote)) for item in checked_comment(analysis, comment.text))
    return doc.Comment(text=comment.text, author=comment.author, claims=tuple(claims))


def checked_quote(item: CheckedClaim, override: plans.OverrideEntry | None = None) -> doc.CheckedQuote:
    """A checked claim; of an override nothing is left where the figures no longer contradict the claim."""
    holds = override is not None and item.verdict is Verdict.CONTRADICTED
    return doc.CheckedQuote(
        quote=item.claim.quote,
        start=item.claim.start,
        end=item.claim.end,
        verdict=item.verdict.replace("_", " "),
        why=item.why,
        overridden=override.why if override and holds else "",
        overridden_by=override.author if override and holds else "",
    )


def _sentence(sentence: Sentence) -> doc.DraftedSentence:
    return doc.DraftedSentence(
        text=sentence.text,
        finding=str(sentence.kind),
        spans=tuple(
            doc.Span(start=span.start, end=span.end, finding=str(sentence.kind), value=span.value)
            for span in sentence.spans
        ),
    )


def _finding(finding: Finding, sentence: str) -> doc.FindingEntry:
    return doc.FindingEntry(
        kind=str(finding.kind),
        periods=tuple(period.code for period in finding.periods),
        values={name: _plain(value) for name, value in finding.values.items()},
        verdict=finding.verdict,
        strength=finding.strength,
        p=finding.p,
        method=finding.method,
        caveats=finding.caveats,
        unavailable=finding.unavailable,
        sentence=sentence,
        labels=dict(finding.labels),
        limits={
            name: doc.Limits(lower=_end(ends.lower), upper=_end(ends.upper), confidence=ends.confidence)
            for name, ends in finding.limits.items()
        },
    )


def _end(value: float | None) -> int | float | None:
    return None if value is None else _plain(value)


def _standings(analysis: Analysis) -> tuple[doc.Standing, ...]:
    """Those quoted from elsewhere, worded as such; ours is worded in the drafted comment."""
    return (*(_quoted(entry) for entry in analysis.entry.standings), *_computed(analysis))


def _quoted(entry: plans.StandingEntry) -> doc.Standing:
    text = (
        f"{ordinal(entry.rank)} of {entry.of} in {entry.period.for_sentence()}, {entry.position}. "
        f"Group: {entry.group}, {entry.version}. Source: {entry.source}."
    )
    return doc.Standing(
        basis="quoted", group=entry.group, version=entry.version, period=entry.period.code, rank=entry.rank,
        of=entry.of, position=entry.position, rate=None, source=entry.source, text=text,
    )  # fmt: skip


def _computed(analysis: Analysis) -> tuple[doc.Standing, ...]:
    finding = analysis.finding(Kind.STANDING)
    if finding is None or finding.unavailable or analysis.group is None:
        return ()
    values = finding.values
    standing = doc.Standing(
        basis="computed", group=analysis.group.name, version=analysis.group.version, period=finding.periods[0].code,
        rank=int(values["rank"]), of=int(values["of"]), position=finding.labels["position"], rate=values["rate"],
        source=finding.method, text="",
    )  # fmt: skip
    return (standing,)


def _chart(analysis: Analysis, *, name: str) -> doc.Chart:
    measure, figures = analysis.measure, analysis.figures
    known = [figure for figure in figures if figure.value is not None]
    if not known:
        missing = f"There are no totals of {measure.name}, so there is nothing to draw."
        return doc.Chart(name=name, drawn=False, title=f"{measure.name}: no totals", alt=missing)
    first, last = known[0], known[-1]
    low, high = min(figure.known for figure in known), max(figure.known for figure in known)
    start, end = (f"{number(figure.known)} in {figure.period.for_table()}" for figure in (first, last))
    alt = (
        f"Line of {len(figures)} rolling {measure.window}-month totals of {measure.name}, from {start} to {end}; "
        f"the lowest is {number(low)}, the highest {number(high)}."
    )
    return doc.Chart(name=name, drawn=True, title=_chart_title(measure, analysis.findings[0]), alt=alt)


def _chart_title(measure: Measure, change: Finding) -> str:
    if change.unavailable:
        return f"{measure.name}: no comparison with last year"
    clear = _CLEARNESS[change.strength] if change.values["difference"] else ""
    return f"{measure.name}: {describe_movement(measure, change)}{clear}{', with a caveat' if change.caveats else ''}"


def _countywide(plan: plans.Plan, quarter: Period) -> doc.CountywideTable | None:
    rows = [entry for entry in plan.countywide if entry.quarter == quarter]
    if not rows:
        return None
    name = plan.partnership.short_name
    return doc.CountywideTable(
        caption=", ".join(filter(None, ["countywide priorities", plan.partnership.county, quarter.name])),
        headings=(
            "Countywide priorities", "Baseline and target", "County performance", f"{name} performance", "Comments",
        ),
        rows=tuple(
            doc.CountywideRow(
                priority=entry.priority,
                baseline_and_target=_status_cell(entry.baseline_and_target),
                county=_status_cell(entry.county),
                partnership=_status_cell(entry.partnership),
                comment=entry.comment,
            )
            for entry in rows
        ),
    )  # fmt: skip


def _status_cell(entry: plans.CellEntry) -> doc.Cell:
    if entry.status is None:
        return doc.Cell(text=entry.value)
    return doc.Cell(text=entry.status, marks=(entry.status.mark.mark,), reason=entry.reason, owner=entry.owner)


def _projects(plan: plans.Plan, priority: plans.PriorityEntry, quarter: Period) -> doc.ProjectTable | None:
    if not priority.projects:
        return None
    names = {agency.short_name: agency.name for agency in plan.agencies}
    rows = (
        doc.ProjectRow(
            project=project.name,
            figures=tuple(_project_figure(figure, plan.partnership.short_name) for figure in project.figures),
            updates=tuple(_note(update) for update in project.updates),
            actions=tuple(_action(action, quarter, names) for action in project.actions),
            leads=tuple(doc.Lead(short_name=lead, name=names[lead]) for lead in project.leads),
        )
        for project in priority.projects
    )
    return doc.ProjectTable(
        caption=f"projects associated with {priority.name}, to {quarter.name}",
        headings=("Associated projects", "Performance", "Further action", "Lead"),
        rows=tuple(rows),
    )


def _project_figure(entry: plans.ProjectFigureEntry, area: str) -> doc.ProjectFigure:
    return doc.ProjectFigure(
        name=entry.name,
        label=entry.period.for_sentence(),
        period=entry.period.code,
        cell=_cell(entry.figure(area)),
    )


def _note(entry: plans.UpdateEntry) -> doc.Note:
    return doc.Note(when=entry.when, period=entry.period.code, paragraphs=tuple(re.split(r"\n\s*\n", entry.text)))


def _action(entry: plans.ActionEntry, quarter: Period, agencies: Mapping[str, str]) -> doc.ActionEntry:
    """An open action whose window has ended by the end of the quarter is overdue."""
    window = entry.period
    overdue = entry.state == "open" and window is not None and window.last <= quarter.last
    return doc.ActionEntry(
        when=entry.when,
        period=window.code if window else "",
        text=entry.text,
        state="overdue" if overdue else entry.state,
        lead=agencies.get(entry.lead, ""),
        outcome=entry.outcome,
    )


def _highlights(plan: plans.Plan, priority: plans.PriorityEntry, quarter: Period) -> doc.HighlightTable | None:
    """The quarter's own, and those of earlier quarters that are still open.

    What is about nothing in particular goes with the first priority.
    """
    about = {project.name for project in priority.projects} | {measure.name for measure in priority.measures}
    about |= {""} if priority == plan.priorities[0] else set()
    quarters = sorted({edition.quarter for edition in plan.editions if edition.quarter <= quarter}, reverse=True)
    editions = [edition for each in quarters if (edition := plan.edition(each))]
    carried = {(entry.carried_from, entry.kind, entry.text) for edition in editions for entry in edition.highlights}
    rows = tuple(
        doc.Highlight(
            kind=entry.kind,
            about=entry.project or entry.measure or plan.partnership.short_name,
            text=entry.text,
            state=_highlight_state(entry, editions, edition=edition, quarter=quarter),
            decision=entry.decision,
        )
        for edition in editions
        for entry in edition.highlights
        if (entry.project or entry.measure) in about
        and (edition.quarter == quarter or entry.state is HighlightState.OPEN)
        and (edition.quarter, entry.kind, entry.text) not in carried
    )
    return doc.HighlightTable(caption=f"highlights and issues to raise, {priority.name}", rows=rows) if rows else None


def _highlight_state(
    entry: plans.HighlightEntry,
    editions: Sequence[plans.EditionEntry],
    *,
    edition: plans.EditionEntry,
    quarter: Period,
) -> str:
    """Open or closed; of what is open for longer than this quarter, since when."""
    raised, before = edition.quarter, entry.carried_from
    while before is not None and before < raised:
        raised = before
        held = [other for each in editions if each.quarter == raised for other in each.highlights]
        alike = [other for other in held if (other.kind, other.text) == (entry.kind, entry.text)]
        before = alike[0].carried_from if alike else None
    if entry.state is HighlightState.OPEN and raised != quarter:
        return f"open since {raised.name}"
    return entry.state


def _legend(priorities: Iterable[doc.Priority], countywide: doc.CountywideTable | None) -> tuple[doc.LegendEntry, ...]:
    """The marks that stand in some cell of the document, with their meanings."""
    measures = [row for priority in priorities if priority.measures for row in priority.measures.rows]
    projects = [row for priority in priorities if priority.projects for row in priority.projects.rows]
    cells = [cell for row in measures for cell in row.figures]
    cells += [figure.cell for row in projects for figure in row.figures]
    for row in countywide.rows if countywide else ():
        cells += [row.baseline_and_target, row.county, row.partnership]
    used = {mark for cell in cells for mark in cell.marks}
    used |= {point.text for row in measures for point in row.control.points if point.value is None}
    words = {mark: cell.text for cell in cells if cell.value is None for mark in cell.marks if cell.text}
    return tuple(
        doc.LegendEntry(
            mark=status.mark,
            meaning=f"{status.meaning}; here: {words[status.mark]}" if status.mark in words else status.meaning,
        )
        for status in Status
        if status.mark in used
    )


def _methods(analyses: Iterable[Analysis]) -> Iterator[doc.Method]:
    for method in methods_of(finding for analysis in analyses for finding in analysis.findings):
        yield doc.Method(name=method.name, text=method.text, source=method.source, options=dict(method.options))


def _sources(analyses: Iterable[Analysis], releases: Iterable[Release]) -> tuple[doc.SourceEntry, ...]:
    """The releases that some figure of the document came from."""
    used = {name for analysis in analyses for figure in analysis.used for name in figure.releases}
    return tuple(
        doc.SourceEntry(
            release=release.id,
            title=release.source.title,
            publisher=release.source.publisher,
            licence=release.source.licence,
            files={file.name: file.sha256 for file in release.source.files},
            notes=release.notes,
        )
        for release in sorted(releases, key=lambda release: release.id)
        if release.id in used
    )
