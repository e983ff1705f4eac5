"""The whole plan of a partnership as one frozen value: what files, tables and editions have in common.

Names of agencies, measures, projects and peer groups are written exactly alike wherever they stand. An optional key
that is left out is an empty text, an empty list or ``None``.
"""

from typing import Final, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from quarterday.domain.area import Area, key_of
from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure
from quarterday.domain.measure import Break, Measure, Polarity
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_period
from quarterday.domain.status import read_statuses
from quarterday.plan.choices import (
    ActionState,
    CellStatus,
    EditionState,
    HighlightKind,
    HighlightState,
    Marking,
    TargetKind,
)
from quarterday.plan.consistency import consistency_faults
from quarterday.plan.entry_types import (
    AnyPeriod,
    Count,
    DateLabel,
    Day,
    Flag,
    Marks,
    Month,
    Name,
    Number,
    Quarter,
    Some,
    Text,
    Window,
    Year,
)

INCONSISTENT: Final = "inconsistent"
"""The type of a pydantic error that says that two parts of a plan disagree."""


def _inconsistent(sentence: str) -> PydanticCustomError:
    return PydanticCustomError(INCONSISTENT, "{sentence}", {"sentence": sentence})


class Entry(BaseModel):
    """One table of a plan file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AreaEntry(Entry):
    """A local-authority district, and the days on which it was in the partnership; open where not given."""

    name: Name
    code: Name = ""
    since: Day | None = None
    until: Day | None = None
    boundary_year: Year | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"until {self.until} comes before since {self.since}; exchange or correct them.")
        return self

    @property
    def area(self) -> Area:
        """The place itself."""
        return Area(self.name, self.code, self.boundary_year)


class PartnershipEntry(Entry):
    """The partnership, under its full name and the short one that tables print."""

    name: Name
    short_name: Name
    county: Name = ""
    marking: Marking = Marking.OFFICIAL
    areas: Some[AreaEntry]


class AgencyEntry(Entry):
    """A body that takes part, under the short name that people use."""

    short_name: Name
    name: Name
    part_of: Name = ""


class LeftOutEntry(Entry):
    """An area that published tables list and that is not ranked."""

    area: Name
    reason: Text


class PeerGroupEntry(Entry):
    """Areas judged most similar, at one version; ``members`` is empty where a source does not state them."""

    name: Name
    version: Name
    size: Count
    includes_area: Flag = True
    source: Name
    members: tuple[Name, ...] = ()
    left_out: tuple[LeftOutEntry, ...] = ()

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.members and len(self.members) != self.size:
            raise ValueError(f"size {self.size} came with {len(self.members)} members; correct one of them.")
        ranked = {key_of(member) for member in self.members}
        both = [item.area for item in self.left_out if key_of(item.area) in ranked]
        if both:
            raise ValueError(f"{', '.join(both)}: a member that is left out, too; remove one of the two.")
        return self


class BreakEntry(Entry):
    """A month from which figures are not comparable with those before it."""

    month: Month
    reason: Text


class TargetEntry(Entry):
    """A value to reach; ``tolerance`` is how far from it, in the same terms, still counts as near."""

    value: Number
    period: AnyPeriod
    tolerance: Number = 0
    kind: TargetKind = TargetKind.VALUE

    @model_validator(mode="after")
    def _tolerates(self) -> Self:
        if self.tolerance < 0:
            raise ValueError(f"tolerance {self.tolerance} came; wanted 0 or more, for a distance either way.")
        return self


class BaselineEntry(Entry):
    """A value agreed to measure from."""

    value: Number
    period: AnyPeriod


class StandingEntry(Entry):
    """A quoted standing: a rank, 1 being best as its source counts, and the source's words for the position."""

    group: Name
    version: Name
    period: AnyPeriod
    rank: Count
    of: Count
    position: Name
    source: Name

    @model_validator(mode="after")
    def _ranked(self) -> Self:
        if self.rank > self.of:
            raise ValueError(f"rank {self.rank} of {self.of} came; wanted a rank from 1 to {self.of}.")
        return self


class MeasureEntry(Entry):
    """What is counted, with all that was agreed about it.

    ``population`` names the figures of residents to make rates of; ``peer_group`` the group to rank the area in.
    """

    name: Name
    counted_as: Name = ""
    unit: Name
    unit_singular: Name = ""
    definition: Text
    source: Name
    polarity: Polarity
    polarity_note: Text = ""
    window: Window = 12
    population: Name = ""
    peer_group: Name = ""
    caveats: tuple[Text, ...] = ()
    breaks: tuple[BreakEntry, ...] = ()
    targets: tuple[TargetEntry, ...] = ()
    baselines: tuple[BaselineEntry, ...] = ()
    standings: tuple[StandingEntry, ...] = ()

    @property
    def measure(self) -> Measure:
        """The measure itself."""
        return Measure(
            name=self.name,
            unit=self.unit,
            unit_singular=self.unit_singular or self.unit,
            polarity=self.polarity,
            source=self.source,
            definition=self.definition,
            counted_as=self.counted_as,
            window=self.window,
            polarity_note=self.polarity_note,
            caveats=self.caveats,
            breaks=tuple(Break(item.month, item.reason) for item in self.breaks),
        )


class UpdateEntry(Entry):
    """A dated note on a project; a blank line parts its paragraphs."""

    when: DateLabel
    text: Text
    author: Name = ""

    @property
    def period(self) -> Period:
        """The months that the label names."""
        return read_period(self.when)


class ActionEntry(Entry):
    """Something someone will do; ``window`` gives its months where no printed label says them.

    ``lead`` is the short name of the agency that will do it, and ``outcome`` what came of it.
    """

    when: DateLabel = ""
    window: AnyPeriod | None = None
    text: Text
    state: ActionState = ActionState.OPEN
    lead: Name = ""
    outcome: Text = ""

    @model_validator(mode="after")
    def _one_window(self) -> Self:
        if self.when and self.window:
            raise ValueError(f"when {self.when!r} and window {self.window.code!r} came; keep one of the two.")
        return self

    @property
    def period(self) -> Period | None:
        """The months to do it in, where any are known."""
        return read_period(self.when) if self.when else self.window


class ProjectFigureEntry(Entry):
    """A count of the project's own; ``status`` holds marks such as ``[p]``, and ``note`` the reason for a gap."""

    name: Name
    period: AnyPeriod
    value: Number | None = None
    status: Marks = ""
    note: Text = ""

    @model_validator(mode="after")
    def _is_figure(self) -> Self:
        try:
            self.figure("this project")
        except InputError as error:
            raise ValueError(str(error)) from None
        return self

    def figure(self, area: str) -> Figure:
        """The figure, for the area that it was counted in."""
        return Figure(self.name, area, self.period, self.value, read_statuses(self.status), self.note)


class ProjectEntry(Entry):
    """A piece of joint work; ``leads`` are short names of agencies, ``measures`` what it is meant to move."""

    name: Name
    leads: tuple[Name, ...] = ()
    measures: tuple[Name, ...] = ()
    updates: tuple[UpdateEntry, ...] = ()
    actions: tuple[ActionEntry, ...] = ()
    figures: tuple[ProjectFigureEntry, ...] = ()


class PriorityEntry(Entry):
    """What the partnership agreed to work on."""

    name: Name
    measures: tuple[MeasureEntry, ...] = ()
    projects: tuple[ProjectEntry, ...] = ()

    @model_validator(mode="after")
    def _shares_a_table(self) -> Self:
        windows = sorted({measure.window for measure in self.measures})
        if len(windows) > 1:
            named = " and ".join(map(str, windows))
            raise ValueError(
                f"measures with windows of {named} months cannot share a table; "
                "give them one window, or two priorities."
            )
        return self


class CellEntry(Entry):
    """A text, or the status that stands in its place with the reason and the body that owes it."""

    value: Text = ""
    status: CellStatus | None = None
    reason: Text = ""
    owner: Name = ""

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if self.value and (self.status or self.reason or self.owner):
            raise ValueError(
                "a value and a status, reason or owner came; a status stands in the place of a value, so keep one."
            )
        if not self.value and not (self.status and self.reason):
            raise ValueError("neither a value nor a status with its reason came; give the one or the other.")
        if self.status is CellStatus.AWAITED and not self.owner:
            raise ValueError("status 'awaited' came without owner; name the body that owes it.")
        return self


class CountywideEntry(Entry):
    """A priority of the county in one quarter: the three cells of its row, and the comment."""

    priority: Name
    quarter: Quarter
    baseline_and_target: CellEntry
    county: CellEntry
    partnership: CellEntry
    comment: Text = ""

    @property
    def cells(self) -> dict[str, CellEntry]:
        """The three cells by their key, in the order of the table's columns."""
        return {
            "baseline_and_target": self.baseline_and_target,
            "county": self.county,
            "partnership": self.partnership,
        }


class OverrideEntry(Entry):
    """A claim of the comment that stays although the figures contradict it: its words, and why."""

    quote: Text
    why: Text
    author: Name = ""


class CommentEntry(Entry):
    """What a person wrote about a measure."""

    measure: Name
    text: Text
    author: Name = ""
    overrides: tuple[OverrideEntry, ...] = ()


class HighlightEntry(Entry):
    """What the board should hear or decide, on a project, on a measure or on the partnership's work at large.

    ``decision`` is what the board said. What was carried forward has the text that it had in the quarter of
    ``carried_from``.
    """

    kind: HighlightKind = HighlightKind.HIGHLIGHT
    text: Text
    project: Name = ""
    measure: Name = ""
    state: HighlightState = HighlightState.OPEN
    decision: Text = ""
    carried_from: Quarter | None = None

    @model_validator(mode="after")
    def _on_one_thing(self) -> Self:
        if self.project and self.measure:
            raise ValueError(f"project {self.project!r} and measure {self.measure!r} came; keep the one it is about.")
        return self


class EditionEntry(Entry):
    """What people wrote for one version of one quarter's report.

    ``due`` is the day by which it is wanted; ``reason`` says what a version after the first corrects.
    """

    quarter: Quarter
    version: Count = 1
    state: EditionState = EditionState.DRAFT
    due: Day | None = None
    reason: Text = ""
    comments: tuple[CommentEntry, ...] = ()
    highlights: tuple[HighlightEntry, ...] = ()


class Plan(Entry):
    """All that one partnership agreed."""

    partnership: PartnershipEntry
    agencies: tuple[AgencyEntry, ...] = ()
    peer_groups: tuple[PeerGroupEntry, ...] = ()
    priorities: tuple[PriorityEntry, ...] = ()
    countywide: tuple[CountywideEntry, ...] = ()
    editions: tuple[EditionEntry, ...] = ()

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        faults = [
            InitErrorDetails(type=_inconsistent(fault.sentence), loc=fault.location, input=None)
            for fault in consistency_faults(self.model_dump())
        ]
        if faults:
            raise ValidationError.from_exception_data("Plan", faults)
        return self

    def peer_group(self, name: str) -> PeerGroupEntry | None:
        """The group in the version that stands last, which is the one to rank in."""
        return next((group for group in reversed(self.peer_groups) if group.name == name), None)

    def edition(self, quarter: Period) -> EditionEntry | None:
        """The latest version of the quarter's edition."""
        versions = [edition for edition in self.editions if edition.quarter == quarter]
        return max(versions, key=lambda edition: edition.version, default=None)
