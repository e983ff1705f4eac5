"""A plan that comes again, against the steps that people took with its editions: what was signed stays as it is."""

from collections.abc import Iterator, Mapping

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.plan import models
from quarterday.plan.choices import FROZEN, EditionState
from quarterday.plan.entries import EditionEntry, Plan
from quarterday.plan.selectors import edition_entry
from quarterday.plan.write_editions import quarter_of

_Editions = Mapping[tuple[Period, int], models.Edition]


def with_steps_taken(plan: Plan, partnership: models.Partnership | None, *, in_browser: bool) -> Plan:
    """The plan, each of its editions in the state that steps have brought it to.

    An edition of which no step was taken is as the plan has it; from a browser, a draft or what it is now. Without a
    ``partnership`` none is held. Errors: a version would go of which steps were taken here, or another be put above it;
    one that was signed here would be changed; one that was not would count as signed.
    """
    entries = {(entry.quarter, entry.version): entry for entry in plan.editions}
    held = _held(partnership)
    stepped = {key: held[key] for key in _stepped(partnership)}
    faults = [fault for key, edition in stepped.items() for fault in _faults(edition, entries.get(key))]
    for key, entry in entries.items():
        if key not in stepped:
            faults += _put_above(entry, held, stepped)
            faults += _unproved(entry, held.get(key)) if in_browser else ()
    if faults:
        raise InputError(*(f"{plan.partnership.short_name}: {fault}" for fault in faults))
    states = {key: EditionState(edition.state) for key, edition in stepped.items()}
    return plan.model_copy(
        update={
            "editions": tuple(
                entry.model_copy(update={"state": states.get((entry.quarter, entry.version), entry.state)})
                for entry in plan.editions
            )
        }
    )


def _held(partnership: models.Partnership | None) -> _Editions:
    if partnership is None:
        return {}
    return {(quarter_of(edition), edition.version): edition for edition in partnership.editions.all()}


def _stepped(partnership: models.Partnership | None) -> list[tuple[Period, int]]:
    if partnership is None:
        return []
    stepped = partnership.editions.filter(steps__isnull=False).distinct()
    return [(quarter_of(edition), edition.version) for edition in stepped]


def _faults(held: models.Edition, entry: EditionEntry | None) -> Iterator[str]:
    name = f"version {held.version} of {quarter_of(held).name}"
    if entry is None:  # who submitted and reviewed it would be forgotten, and could sign it
        yield (
            f"the plan leaves out {name}, which is {held.state}, and of which steps were taken here; put it back: "
            "export the plan to see how it reads."
        )
        return
    if held.state not in FROZEN:
        if entry.state in FROZEN:
            yield (
                f"the plan says that {name} is {entry.state}, but here it is {held.state}; "
                "leave its state out, and take the steps to sign it."
            )
        return
    if different := _differences(edition_entry(held), entry):
        yield (
            f"the plan would change {' and '.join(different)} of {name}, which is {held.state}; "
            "leave them as an exported plan has them, and begin a correction."
        )


def _put_above(entry: EditionEntry, held: _Editions, stepped: _Editions) -> Iterator[str]:
    key = (entry.quarter, entry.version)
    if key not in held and any(quarter == entry.quarter and version < entry.version for quarter, version in stepped):
        yield (
            f"the plan puts version {entry.version} of {entry.quarter.name} above one of which steps were taken here, "
            "and which could go no further; leave it out, and begin a correction."
        )


def _unproved(entry: EditionEntry, held: models.Edition | None) -> Iterator[str]:
    allowed = {EditionState.DRAFT, *([EditionState(held.state)] if held else [])}
    if entry.state not in allowed:
        yield (
            f"the plan says that version {entry.version} of {entry.quarter.name} is {entry.state}, but nobody took a "
            "step to make it so; leave its state out, or ask whoever runs the program to load the plan at the terminal."
        )


_UNSIGNED = {EditionState.DRAFT, EditionState.IN_REVIEW}


def _differences(held: EditionEntry, entry: EditionEntry) -> list[str]:
    """The keys in which two entries differ; a state that was left out is no difference."""
    return [
        key
        for key in EditionEntry.model_fields
        if getattr(held, key) != getattr(entry, key) and not (key == "state" and entry.state in _UNSIGNED)
    ]
