"""Highlights and issues for the board: raised, decided, carried forward, closed.

What an earlier quarter left open belongs to its own edition, which may be frozen. So whoever says something of it in a
later quarter makes a copy there, which knows where it came from; its words stay as they were raised. Errors throughout:
a quarter that cannot be written, a text that no plan file could hold, something that somebody else changed meanwhile.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.plan.choices import HighlightState
from quarterday.plan.entered import entered
from quarterday.plan.entries import HighlightEntry
from quarterday.plan.meanwhile import mark_of, refuse_changed
from quarterday.plan.models import Edition, Highlight, Measure, Partnership, Project, changing
from quarterday.plan.write_editions import edition_open
from quarterday.plan.write_projects import last_place

By = AbstractBaseUser | None


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is typed of a highlight or issue: on a project, on a measure, or on neither."""

    kind: str
    text: str
    project: Project | None = None
    measure: Measure | None = None
    state: str = HighlightState.OPEN
    decision: str = ""

    def entry(self) -> HighlightEntry:
        """The same, held to the checks of a plan file."""
        return entered(
            HighlightEntry,
            kind=self.kind,
            text=self.text,
            project=self.project.name if self.project else "",
            measure=self.measure.name if self.measure else "",
            state=self.state,
            decision=self.decision,
        )


def highlights_of(partnership: Partnership, quarter: Period) -> list[Highlight]:
    """Those of the quarter's latest edition, and those that earlier ones left open, the earliest first."""
    editions = Edition.objects.filter(partnership=partnership).order_by("quarter", "version")
    latest = {held.quarter: held for held in editions if held.quarter <= quarter}  # type: ignore[operator]  # periods
    rows = Highlight.objects.filter(edition__in=latest.values()).select_related(
        "edition", "project", "measure", "carried_from__edition"
    )
    carried = {row.carried_from_id for row in rows}
    earlier = [row for row in rows if row.edition.quarter != quarter and _is_left_open(row, carried)]
    own = [row for row in rows if row.edition.quarter == quarter]
    return [*sorted(earlier, key=lambda row: (row.edition.quarter, row.place)), *sorted(own, key=lambda row: row.place)]


def _is_left_open(row: Highlight, carried: set[int | None]) -> bool:
    return row.state == HighlightState.OPEN and row.pk not in carried


def raised_in(row: Highlight) -> Period:
    """The quarter in which it was first raised."""
    seen = {row.pk}
    while row.carried_from is not None and row.carried_from_id not in seen:
        row = row.carried_from
        seen.add(row.pk)
    return row.edition.quarter  # type: ignore[return-value]  # a column that holds a period


def highlight_raise(partnership: Partnership, quarter: Period, said: Said, *, by: By) -> Highlight:
    """A new one, in the edition of this quarter."""
    entry = said.entry()
    with _writing(partnership, quarter, by=by, why=f"{entry.kind.capitalize()} raised.") as edition:
        return _add(edition, said, entry)


def highlight_change(row: Highlight, quarter: Period, said: Said, *, seen: str, by: By) -> Highlight:
    """Other words, what the board decided, or that it is closed; one of an earlier quarter is carried here first."""
    entry = said.entry()
    partnership = row.edition.partnership
    why = f"{entry.kind.capitalize()} {'closed' if entry.state == HighlightState.CLOSED else 'changed'}."
    with _writing(partnership, quarter, by=by, why=why) as edition:
        held = _held_still(row)
        refuse_changed(mark_of([held]), seen, now=described(held))
        if are_words_fixed(held, edition) and (entry.kind, entry.text) != (held.kind, held.text):
            raise InputError(
                "text: it was carried from one quarter to another, and keeps the words in which it was raised; "
                "put what is new into the decision, or raise another."
            )
        if held.edition_id != edition.pk:
            return _add(edition, said, entry, carried_from=held)
        _fill(held, said, entry)
        held.save()
    return held


def are_words_fixed(row: Highlight, edition: Edition | None) -> bool:
    """Whether it stands in two quarters, or will."""
    is_earlier = edition is None or row.edition_id != edition.pk
    return is_earlier or row.carried_from_id is not None or row.carried_to.exists()


def described(row: Highlight) -> str:
    """It, as one reads it in a line."""
    return f"{row.text} ({', '.join(filter(None, [row.state, row.decision]))})"


def _add(edition: Edition, said: Said, entry: HighlightEntry, *, carried_from: Highlight | None = None) -> Highlight:
    row = Highlight(edition=edition, place=last_place(edition.highlights), carried_from=carried_from)
    if carried_from and carried_from.carried_to.filter(edition=edition).exists():
        raise InputError("somebody else has carried this forward meanwhile; open it again to see what they said.")
    _fill(row, said, entry)
    row.save()
    return row


def _fill(row: Highlight, said: Said, entry: HighlightEntry) -> None:
    row.kind, row.text, row.state, row.decision = entry.kind, entry.text, entry.state, entry.decision
    row.project, row.measure = said.project, said.measure


def _held_still(row: Highlight) -> Highlight:
    held = Highlight.objects.select_for_update(of=("self",)).select_related("edition").filter(pk=row.pk).first()
    if held is None:
        raise InputError("somebody else removed this meanwhile; there is nothing to change.")
    return held


@contextmanager
def _writing(partnership: Partnership, quarter: Period, *, by: By, why: str) -> Iterator[Edition]:
    with transaction.atomic():
        edition = edition_open(partnership, quarter)
        with changing(by=by, why=why, partnership=partnership):
            yield edition
