"""Whole plans made up at random, each of them valid."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from quarterday.domain.area import key_of
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period
from quarterday.plan.choices import (
    ActionState,
    CellStatus,
    EditionState,
    HighlightKind,
    HighlightState,
    Marking,
    TargetKind,
)
from quarterday.plan.entries import (
    ActionEntry,
    AgencyEntry,
    AreaEntry,
    BaselineEntry,
    BreakEntry,
    CellEntry,
    CommentEntry,
    CountywideEntry,
    EditionEntry,
    Entry,
    HighlightEntry,
    LeftOutEntry,
    MeasureEntry,
    OverrideEntry,
    PartnershipEntry,
    PeerGroupEntry,
    Plan,
    PriorityEntry,
    ProjectEntry,
    ProjectFigureEntry,
    StandingEntry,
    TargetEntry,
    UpdateEntry,
)

LABELS = ("Feb 2012", "Dec 11 – Mar 2012", "2010/11 & 2011/12", "2011 to Mar 2012", "End 2012", "Q4 2011/12")

_letters = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff")
_in_a_line = st.text(st.one_of(_letters, st.sampled_from("\"'\\{}[]=#,")), min_size=1, max_size=20)
_in_a_text = st.text(st.one_of(_letters, st.sampled_from("\"'\\\n\t")), min_size=1, max_size=40)

names = _in_a_line.map(str.strip).filter(bool)
texts = _in_a_text.map(str.strip).filter(bool)
labels = st.sampled_from(LABELS)
months = st.integers(1900 * 12, 2100 * 12).map(lambda first: Period(first, 1))
quarters = st.integers(1900 * 4, 2100 * 4).map(lambda quarter: Period(quarter * 3, 3))
periods = st.builds(Period, st.integers(1900 * 12, 2100 * 12), st.integers(1, 120))
counts = st.integers(1, 1_000_000)
numbers = st.one_of(st.integers(-(10**15), 10**15), st.floats(-(10.0**15), 10.0**15))
days = st.dates(dt.date(1900, 1, 1))


def several(entries: SearchStrategy[Any], *, of: Callable[[Any], object] | None = None) -> SearchStrategy[Any]:
    """At most three, told apart by ``of``."""
    return st.lists(entries, max_size=3, unique_by=of).map(tuple)


def some_of(known: Collection[str]) -> SearchStrategy[tuple[str, ...]]:
    """A few of the names that a plan declares, each once."""
    return st.lists(st.sampled_from(sorted(known)), max_size=3, unique=True).map(tuple) if known else st.just(())


def filled(entry: type[Entry], **keys: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """Entries of one sort; each key that may be left out sometimes is."""
    needed = {key: value for key, value in keys.items() if entry.model_fields[key].is_required()}
    optional = {key: value for key, value in keys.items() if key not in needed}
    return st.fixed_dictionaries(needed, optional=optional).map(lambda given: entry(**given))


agencies = filled(AgencyEntry, short_name=names, name=names)
left_out = filled(LeftOutEntry, area=names.map("left out: ".__add__), reason=texts)
breaks = filled(BreakEntry, month=months, reason=texts)
targets = filled(
    TargetEntry, value=numbers, period=periods, tolerance=st.integers(0, 99), kind=st.sampled_from(TargetKind)
)
baselines = filled(BaselineEntry, value=numbers, period=periods)
updates = filled(UpdateEntry, when=labels, text=texts, author=names)
figures = st.one_of(
    st.builds(ProjectFigureEntry, name=names, period=periods, value=numbers, status=st.sampled_from(["[p]", "[r][e]"])),
    st.builds(ProjectFigureEntry, name=names, period=periods, status=st.just("x"), note=texts),
)
cells = st.one_of(
    st.builds(CellEntry, value=texts),
    st.builds(CellEntry, status=st.sampled_from(CellStatus), reason=texts, owner=names),
)
countywide = filled(
    CountywideEntry,
    priority=names,
    quarter=quarters,
    baseline_and_target=cells,
    county=cells,
    partnership=cells,
    comment=texts,
)


@st.composite
def areas(draw: DrawFn) -> AreaEntry:
    since, until = sorted(draw(st.tuples(days, days)))
    dated = draw(st.sampled_from([{}, {"since": since}, {"until": until}, {"since": since, "until": until}]))
    return AreaEntry(name=draw(names), boundary_year=draw(st.sampled_from([None, 2011])), **dated)


@st.composite
def peer_groups(draw: DrawFn) -> PeerGroupEntry:
    members = draw(several(names, of=key_of))
    size = len(members) or draw(st.integers(1, 50))
    more = several(left_out, of=lambda item: key_of(item.area))
    return draw(
        filled(
            PeerGroupEntry,
            name=names,
            version=names,
            size=st.just(size),
            includes_area=st.booleans(),
            source=names,
            members=st.just(members),
            left_out=more,
        )
    )


@st.composite
def standings(draw: DrawFn, groups: Sequence[PeerGroupEntry]) -> StandingEntry:
    group = draw(st.sampled_from(groups))
    of = draw(st.integers(1, group.size))
    return StandingEntry(
        group=group.name,
        version=group.version,
        period=draw(periods),
        rank=draw(st.integers(1, of)),
        of=of,
        position=draw(names),
        source=draw(names),
    )


def measures(name: str, groups: Sequence[PeerGroupEntry]) -> SearchStrategy[Any]:
    quoted = (
        several(standings(groups), of=lambda item: (item.group, item.version, item.period)) if groups else st.just(())
    )
    return filled(
        MeasureEntry,
        name=st.just(name),
        counted_as=names,
        unit=names,
        unit_singular=names,
        definition=texts,
        source=names,
        polarity=st.sampled_from(Polarity),
        polarity_note=texts,
        population=names,
        peer_group=st.sampled_from([group.name for group in groups]) if groups else st.nothing(),
        caveats=several(texts, of=key_of),
        breaks=several(breaks, of=lambda item: item.month),
        targets=several(targets, of=lambda item: (item.period, item.kind)),
        baselines=several(baselines, of=lambda item: item.period),
        standings=quoted,
    )


def actions(agencies: Collection[str]) -> SearchStrategy[Any]:
    said = {"text": texts, "state": st.sampled_from(ActionState), "outcome": texts}
    said |= {"lead": st.sampled_from(sorted(agencies))} if agencies else {}
    return st.one_of(filled(ActionEntry, when=labels, **said), filled(ActionEntry, window=periods, **said))


def projects(name: str, *, leads: Collection[str], tied: Collection[str]) -> SearchStrategy[Any]:
    return filled(
        ProjectEntry,
        name=st.just(name),
        leads=some_of(leads),
        measures=some_of(tied),
        updates=several(updates),
        actions=several(actions(leads)),
        figures=several(figures, of=lambda item: (key_of(item.name), item.period)),
    )


def highlights(*, on_projects: Sequence[str], on_measures: Sequence[str]) -> SearchStrategy[Any]:
    said = {
        "kind": st.sampled_from(HighlightKind),
        "text": texts,
        "state": st.sampled_from(HighlightState),
        "decision": texts,
    }
    kinds = [filled(HighlightEntry, **said)]
    kinds += [filled(HighlightEntry, project=st.sampled_from(on_projects), **said)] if on_projects else []
    kinds += [filled(HighlightEntry, measure=st.sampled_from(on_measures), **said)] if on_measures else []
    return st.one_of(kinds)


def editions(*, on_projects: Sequence[str], on_measures: Sequence[str]) -> SearchStrategy[Any]:
    override = filled(OverrideEntry, quote=texts, why=texts, author=names)
    comment = filled(
        CommentEntry,
        measure=st.sampled_from(on_measures or [""]),
        text=texts,
        author=names,
        overrides=several(override, of=lambda item: key_of(item.quote)),
    )
    return filled(
        EditionEntry,
        quarter=quarters,
        version=counts,
        state=st.sampled_from(EditionState),
        due=days,
        reason=texts,
        comments=several(comment, of=lambda item: item.measure) if on_measures else st.just(()),
        highlights=several(highlights(on_projects=on_projects, on_measures=on_measures)),
    )


def carried(editions: tuple[EditionEntry, ...]) -> tuple[EditionEntry, ...]:
    """The editions, the latest of which has all that the earliest has, too, as carried from there."""
    first, last = min(editions, key=lambda item: item.quarter), max(editions, key=lambda item: item.quarter)
    if first.quarter == last.quarter:
        return editions
    forward = [entry.model_copy(update={"carried_from": first.quarter}) for entry in first.highlights]
    later = last.model_copy(update={"highlights": (*last.highlights, *forward)})
    return tuple(later if item is last else item for item in editions)


@st.composite
def plans(draw: DrawFn) -> Plan:
    taking_part = draw(several(agencies, of=lambda item: key_of(item.short_name)))
    if len(taking_part) > 1:
        team = taking_part[1].model_copy(update={"part_of": taking_part[0].short_name})
        taking_part = (taking_part[0], team, *taking_part[2:])
    groups = draw(several(peer_groups(), of=lambda item: (key_of(item.name), key_of(item.version))))
    counted = draw(several(names, of=key_of))
    worked_on = draw(several(names, of=key_of))
    leads = [agency.short_name for agency in taking_part]
    window = draw(st.integers(1, 12))  # measures of one priority share a table, and so their window
    held = {
        "measures": tuple(draw(measures(name, groups)).model_copy(update={"window": window}) for name in counted),
        "projects": tuple(draw(projects(name, leads=leads, tied=counted)) for name in worked_on),
    }
    parted = draw(st.booleans())  # projects may be tied to measures of another priority
    priorities = [{"measures": held["measures"]}, {"projects": held["projects"]}] if parted else [held]
    titles = draw(st.lists(names, min_size=2, max_size=2, unique_by=key_of))
    edition = editions(on_projects=worked_on, on_measures=counted)
    return Plan(
        partnership=draw(
            filled(
                PartnershipEntry,
                name=names,
                short_name=names,
                county=names,
                marking=st.sampled_from(Marking),
                areas=several(areas(), of=lambda item: key_of(item.name)).filter(bool),
            )
        ),
        agencies=taking_part,
        peer_groups=groups,
        priorities=tuple(PriorityEntry(name=title, **held) for title, held in zip(titles, priorities, strict=False)),
        countywide=draw(several(countywide, of=lambda item: (key_of(item.priority), item.quarter))),
        editions=draw(
            several(edition, of=lambda item: (item.quarter, item.version)).map(
                lambda made: carried(made) if made else ()
            )
        ),
    )
