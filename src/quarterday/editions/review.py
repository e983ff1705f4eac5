"""What stands between an edition and its signature, worked out from the data as they are now.

Three things block: a claim that the figures contradict and that nobody gave a reason to keep; a total that is missing
and that nobody acknowledged with a reason; a plan of which no edition can be made. All else is for people to look at,
and what was decided with a reason is shown again to whoever signs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from quarterday.commentary.wording import listed
from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.editions.analyse import MONTHS_OF_A_YEAR, Analysis
from quarterday.editions.freeze import mark_of
from quarterday.editions.home import Home
from quarterday.editions.now import Now, quarter_now
from quarterday.editions.shelf import Shelf
from quarterday.plan.choices import CellStatus, EditionStep
from quarterday.plan.entries import ProjectEntry
from quarterday.plan.models import Edition, Measure, Project, UpdateRequest
from quarterday.plan.write_editions import quarter_of
from quarterday.report.document import Cell, Document


class Weight(StrEnum):
    """What an item of the checklist does to signing."""

    BLOCKS = "blocks"
    LOOK = "to look at"
    DECIDED = "decided"


class Topic(StrEnum):
    """Where an item is put right."""

    COMMENT = "comment"
    FIGURES = "figures"
    PROJECT = "project"
    COUNTYWIDE = "countywide"
    HIGHLIGHTS = "highlights"
    PLAN = "plan"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of the checklist; ``key`` is the row of the measure or project that it is about, where it is of one.

    ``decided`` is the reason that somebody gave, with who it was. ``can_acknowledge``: a reason takes the block away.
    """

    text: str
    weight: Weight
    topic: Topic
    key: int | None = None
    decided: str = ""
    can_acknowledge: bool = False


@dataclass(frozen=True)
class Review:
    """The checklist of an edition, and the document that it is about; none where none can be made."""

    items: tuple[Item, ...]
    document: Document | None = None

    @cached_property
    def mark(self) -> str:
        """What tells the document from any other; empty where there is none."""
        return mark_of(self.document) if self.document else ""

    def of(self, weight: Weight) -> tuple[Item, ...]:
        """The items of one weight."""
        return tuple(item for item in self.items if item.weight == weight)

    @property
    def blocks(self) -> tuple[Item, ...]:
        """What has to be put right before anybody signs."""
        return self.of(Weight.BLOCKS)

    def refuse_blocked(self) -> None:
        """Say what blocks, where something does."""
        if self.blocks:
            raise InputError(*(item.text for item in self.blocks))


def review_of(home: Home, edition: Edition, *, today: date) -> Review:
    """The checklist of the edition as it would be built now."""
    try:
        now = quarter_now(home, edition.partnership, quarter_of(edition))
    except InputError as error:
        return Review(tuple(Item(text=fault, weight=Weight.BLOCKS, topic=Topic.PLAN) for fault in error.faults))
    return _reviews.get((now.made_of, edition.pk, today), lambda: review_now(now, edition, today=today))


_reviews = Shelf[Review](room=64)


def review_now(now: Now, edition: Edition, *, today: date) -> Review:
    """The checklist of what was worked out already."""
    items = [
        *_comments(now, edition),
        *_figures(now, edition),
        *_projects(now, edition, today),
        *_countywide(now),
        *_texts(now),
    ]
    order = list(Weight)
    return Review(tuple(sorted(items, key=lambda item: order.index(item.weight))), now.document)


def _comments(now: Now, edition: Edition) -> Iterator[Item]:
    keys = _measure_keys(edition)
    for table in now.document.measure_tables:
        for row in table.rows:
            key = keys.get(row.measure)
            if row.comment is None:
                yield _look(f"{row.measure} has no comment.", Topic.COMMENT, key)
                continue
            for claim in row.comment.contradictions:
                text = f"{row.measure}: the figures contradict “{claim.quote}”. {claim.why}"
                yield Item(text=text, weight=Weight.BLOCKS, topic=Topic.COMMENT, key=key)
            for claim in row.comment.overrides:
                text = f"{row.measure}: “{claim.quote}” stays although the figures contradict it. {claim.why}"
                decided = f"{claim.overridden_by}: {claim.overridden}" if claim.overridden_by else claim.overridden
                yield Item(text=text, weight=Weight.DECIDED, topic=Topic.COMMENT, key=key, decided=decided)


def _figures(now: Now, edition: Edition) -> Iterator[Item]:
    keys, acknowledged = _measure_keys(edition), _acknowledged(edition)
    for name, analysis in now.analyses.items():
        key = keys.get(name)
        if text := _missing(analysis):
            decided = acknowledged.get(text, "")
            weight = Weight.DECIDED if decided else Weight.BLOCKS
            yield Item(
                text=text, weight=weight, topic=Topic.FIGURES, key=key, decided=decided, can_acknowledge=not decided
            )
        if text := _old(analysis, now.quarter):
            yield _look(text, Topic.FIGURES, key)
        if text := _unsaid_break(analysis):
            yield _look(text, Topic.FIGURES, key)


def _missing(analysis: Analysis) -> str:
    gaps = [figure for figure in analysis.figures if figure.value is None]
    if not gaps:
        return ""
    periods, reasons = listed([gap.period.for_table() for gap in gaps]), dict.fromkeys(gap.note for gap in gaps)
    of = f"{len(gaps)} of {len(analysis.figures)} totals"
    return f"{analysis.measure.name}: {of} are missing, {periods}: {'; '.join(reasons)}."


def _old(analysis: Analysis, quarter: Period) -> str:
    held = analysis.holding.figures.values() if analysis.holding else ()
    latest = max((figure.period.last for figure in held if figure.value is not None), default=None)
    if latest is None or latest >= quarter.last:
        return ""
    months = Period(latest, 1).for_sentence(), Period(quarter.last, 1).for_sentence()
    return f"{analysis.measure.name}: the latest figure is of {months[0]}, and the quarter ended with {months[1]}."


def _unsaid_break(analysis: Analysis) -> str:
    """A break within the two years compared, of a measure without any caveat."""
    latest = analysis.columns[-1]
    compared = Period.run(latest.shift(-MONTHS_OF_A_YEAR), latest)
    breaks = [item.month.for_sentence() for item in analysis.measure.breaks if item.month in compared]
    if not breaks or analysis.measure.caveats:
        return ""
    return f"{analysis.measure.name}: its figures have a break in {listed(breaks)}, and no caveat tells readers so."


def _projects(now: Now, edition: Edition, today: date) -> Iterator[Item]:
    keys = dict(Project.objects.filter(partnership=edition.partnership).values_list("name", "pk"))
    asked = _asked(edition)
    for priority in now.plan.priorities:
        for project in priority.projects:
            if not any(update.period.overlaps(now.quarter) for update in project.updates):
                said = _waiting_for(project, asked.get(project.name, []), today)
                yield _look(
                    f"{project.name}: no update of {now.quarter.name}. {said}", Topic.PROJECT, keys[project.name]
                )
    for row, action in now.document.overdue:
        until = f", {action.when}" if action.when else ""
        yield _look(f"{row.project}: “{action.text}” is overdue{until}.", Topic.PROJECT, keys.get(row.project))


def _asked(edition: Edition) -> dict[str, list[UpdateRequest]]:
    held = UpdateRequest.objects.filter(
        project__partnership=edition.partnership, quarter=edition.quarter, answered_at=None
    )
    asked: dict[str, list[UpdateRequest]] = {}
    for request in held.select_related("project", "agency"):
        asked.setdefault(request.project.name, []).append(request)
    return asked


def _waiting_for(project: ProjectEntry, asked: Iterable[UpdateRequest], today: date) -> str:
    """Who owes the update, and since when."""
    waiting = [
        f"{request.agency.short_name}, {'due' if request.due >= today else 'overdue since'} {request.due:%-d %B %Y}"
        for request in asked
    ]
    if waiting:
        return f"Asked: {listed(waiting)}."
    return (
        f"Nobody was asked; its lead is {listed(list(project.leads))}." if project.leads else "It has no lead to ask."
    )


def _countywide(now: Now) -> Iterator[Item]:
    table = now.document.countywide
    for row in table.rows if table else ():
        for name, cell in (("baseline and target", row.baseline_and_target), ("the county", row.county),
                           ("the partnership", row.partnership)):  # fmt: skip
            if _is_awaited(cell):
                text = f"{row.priority}, {name}: awaited from {cell.owner}. {cell.reason}"
                yield _look(text, Topic.COUNTYWIDE, None)


def _is_awaited(cell: Cell) -> bool:
    return CellStatus.AWAITED.mark.mark in cell.marks


def _texts(now: Now) -> Iterator[Item]:
    document = now.document
    measures = now.analyses.keys()
    for stale in document.stale:
        topic = Topic.COMMENT if stale.about in measures else Topic.PROJECT
        yield _look(f"{stale.about}: “{stale.quote}” may be out of date. {stale.why}", topic, None)
    if not any(priority.highlights for priority in document.priorities):
        yield _look("No highlight or issue was chosen for the board.", Topic.HIGHLIGHTS, None)


def _look(text: str, topic: Topic, key: int | None) -> Item:
    return Item(text=text, weight=Weight.LOOK, topic=topic, key=key)


def _measure_keys(edition: Edition) -> Mapping[str, int]:
    return dict(Measure.objects.filter(partnership=edition.partnership).values_list("name", "pk"))


def _acknowledged(edition: Edition) -> dict[str, str]:
    """What was acknowledged of this version, word for word, with the reason and whose it is."""
    steps = edition.steps.filter(name=EditionStep.ACKNOWLEDGED).select_related("by")
    return {step.about: f"{step.by}: {step.note}" for step in steps}
