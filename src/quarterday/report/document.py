"""The frozen document: everything that an edition says, already worded, in the order in which it is read.

Writers only lay it out. Numbers stand beside the text that readers see, rounded once, so that no two formats differ.
"""

import json
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from quarterday.domain.faults import InputError

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

# The major number of the schema: raised when a reader of the old one could not read the new one.
SCHEMA = "quarterday/edition/2"
SCHEMA_FILE = "edition-2.schema.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What one table cell shows. ``value`` is ``None`` where ``marks`` stand in its place and ``reason`` says why."""

    text: str
    value: int | float | None = None
    marks: tuple[str, ...] = ()
    reason: str = ""
    owner: str = ""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of figures: its label as printed, the period in full for those who hear it, and its code."""

    label: str
    spoken: str
    period: str


@dataclass(frozen=True, kw_only=True)
class CheckedQuote:
    """A claim found in a written comment: its place, the verdict on it and why.

    ``overridden`` is the reason why it stays although the figures contradict it, given by ``overridden_by``.
    """

    quote: str
    start: int
    end: int
    verdict: str
    why: str
    overridden: str = ""
    overridden_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Comment:
    """What a person wrote of a measure, and the claims found in it."""

    text: str
    author: str = ""
    claims: tuple[CheckedQuote, ...] = ()

    @property
    def contradictions(self) -> tuple[CheckedQuote, ...]:
        """The claims that the figures contradict, and that nobody gave a reason to keep."""
        return tuple(claim for claim in self.contradicted if not claim.overridden)

    @property
    def overrides(self) -> tuple[CheckedQuote, ...]:
        """The claims that stay although the figures contradict them."""
        return tuple(claim for claim in self.contradicted if claim.overridden)

    @property
    def contradicted(self) -> tuple[CheckedQuote, ...]:
        """The claims that the figures contradict, with a reason to keep them or without."""
        return tuple(claim for claim in self.claims if claim.verdict == "contradicted")


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits between which a value lies with this confidence; ``None`` where there is none on that side."""

    lower: int | float | None
    upper: int | float | None
    confidence: float


@dataclass(frozen=True, kw_only=True)
class FindingEntry:
    """What the figures show, as numbers: the evidence behind one drafted sentence.

    ``labels`` are words that are no numbers; ``limits`` stand under the name of the value that they are limits of.
    """

    kind: str
    periods: tuple[str, ...]
    values: dict[str, int | float]
    verdict: str
    strength: str
    p: float | None
    method: str
    caveats: tuple[str, ...]
    unavailable: str
    sentence: str
    labels: dict[str, str] = field(default_factory=dict)
    limits: dict[str, Limits] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Span:
    """A number in a sentence, by its place, and the finding and the name of the value that it is."""

    start: int
    end: int
    finding: str
    value: str


@dataclass(frozen=True, kw_only=True)
class DraftedSentence:
    """A sentence drafted from a finding, with its numbers in order."""

    text: str
    finding: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A place in a peer group; ``basis`` is quoted, with its source, or computed, with its method."""

    basis: str
    group: str
    version: str
    period: str
    rank: int
    of: int
    position: str
    rate: int | float | None
    source: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A picture: its title states the finding, ``alt`` says what it shows, and a table holds the same figures.

    Where there is nothing to draw, ``drawn`` is false and ``alt`` says why.
    """

    name: str
    drawn: bool
    title: str
    alt: str


@dataclass(frozen=True, kw_only=True)
class Method:
    """A rule by which something here was worked out: what the reader should know, the options in force, its source."""

    name: str
    text: str
    source: str = ""
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ControlPoint:
    """A point of a control chart, ``place`` months after the chart's first.

    ``signals`` are the rules that it meets, the first the weightiest; ``way`` is ``up`` or ``down`` as that one has it,
    and empty where it meets none.
    """

    place: int
    month: str
    value: int | float | None
    text: str
    signals: tuple[str, ...]
    way: str


@dataclass(frozen=True, kw_only=True)
class ControlLimits:
    """The centre and the limits of points ``start`` up to ``stop``, by their places; ``None`` where there is none.

    ``text`` says them; ``reason`` says why they begin anew here, where they do.
    """

    start: int
    stop: int
    centre: int | float | None
    lower: int | float | None
    upper: int | float | None
    reason: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ControlChart:
    """The months of a measure with the limits of chance; ``counted`` says what the values are.

    ``of_gaps``: a point is a month with an event, and its value how many months without went before. ``flags`` say
    which points meet a rule, ``remarks`` what else the reader should know.
    """

    chart: Chart
    counted: str
    of_gaps: bool
    first: str
    months: int
    points: tuple[ControlPoint, ...]
    limits: tuple[ControlLimits, ...]
    flags: tuple[str, ...]
    remarks: tuple[str, ...]
    method: Method | None


@dataclass(frozen=True, kw_only=True)
class RateLimits:
    """Outside of these an area is unlikely to lie that differs no more than areas do; ``name`` is ``95%``, say."""

    name: str
    lower: int | float
    upper: int | float
    text: str


@dataclass(frozen=True, kw_only=True)
class PeerPlace:
    """An area among its peers; ``own`` where it is this partnership. ``place`` is its rank with the rank's interval."""

    area: str
    own: bool
    rate: int | float
    text: str
    limits: tuple[RateLimits, ...]
    position: str
    rank: int
    rank_lower: int
    rank_upper: int
    tied: bool
    place: str


@dataclass(frozen=True, kw_only=True)
class RankedChart:
    """The rates of a peer group in order, the lowest first, round their average."""

    chart: Chart
    counted: str
    average: int | float | None
    average_text: str
    places: tuple[PeerPlace, ...]
    remarks: tuple[str, ...]
    method: Method | None


@dataclass(frozen=True, kw_only=True)
class MeasureRow:
    """One measure: its figures, what was written of it, what is drafted from the figures, and where it stands.

    ``drafted`` is the text of ``sentences``. ``agreed`` are its baselines and targets as sentences. ``chart`` is of its
    totals, ``control`` of its months, and ``ranked`` of its peers, where there is a group.
    """

    measure: str
    unit: str
    polarity: str
    polarity_note: str
    definition: str
    source: str
    footnotes: tuple[str, ...]
    figures: tuple[Cell, ...]
    comment: Comment | None
    drafted: str
    findings: tuple[FindingEntry, ...]
    standings: tuple[Standing, ...]
    agreed: tuple[str, ...]
    chart: Chart
    control: ControlChart
    ranked: RankedChart | None
    sentences: tuple[DraftedSentence, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Footnote:
    """A caveat and the marker that stands wherever its measure does."""

    marker: str
    text: str


@dataclass(frozen=True, kw_only=True)
class MeasureTable:
    """The measures of a priority, with the footnotes that its rows mark.

    ``remarks`` give the reason of each mark in a cell; ``compared`` says which two columns may be compared.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[MeasureRow, ...]
    footnotes: tuple[Footnote, ...]
    remarks: tuple[str, ...]
    compared: str


@dataclass(frozen=True, kw_only=True)
class CountywideRow:
    """A countywide priority: three cells, each a value or a status with a reason and an owner."""

    priority: str
    baseline_and_target: Cell
    county: Cell
    partnership: Cell
    comment: str


@dataclass(frozen=True, kw_only=True)
class CountywideTable:
    """The county's priorities. ``headings`` are the five column headings."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[CountywideRow, ...]


@dataclass(frozen=True, kw_only=True)
class Note:
    """A dated note: its date as written, the months meant, and its paragraphs."""

    when: str
    period: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ActionEntry:
    """Something that someone will do; ``when`` and ``period`` are empty where no window was agreed.

    ``lead`` is the agency that will do it, where one was named, and ``outcome`` what came of it.
    """

    when: str
    period: str
    text: str
    state: str
    lead: str = ""
    outcome: str = ""


@dataclass(frozen=True, kw_only=True)
class ProjectFigure:
    """A count that a project keeps for itself."""

    name: str
    label: str
    period: str
    cell: Cell


@dataclass(frozen=True, kw_only=True)
class Lead:
    """A leading agency: the short name that people use, and the name in full."""

    short_name: str
    name: str


@dataclass(frozen=True, kw_only=True)
class ProjectRow:
    """A piece of joint work."""

    project: str
    figures: tuple[ProjectFigure, ...]
    updates: tuple[Note, ...]
    actions: tuple[ActionEntry, ...]
    leads: tuple[Lead, ...]


@dataclass(frozen=True, kw_only=True)
class ProjectTable:
    """The projects of a priority."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[ProjectRow, ...]


@dataclass(frozen=True, kw_only=True)
class Highlight:
    """What the board should hear (highlight) or decide (issue), what it is about, and what the board decided."""

    kind: str
    about: str
    text: str
    state: str
    decision: str = ""


@dataclass(frozen=True, kw_only=True)
class HighlightTable:
    """The highlights and issues of a priority."""

    caption: str
    rows: tuple[Highlight, ...]


@dataclass(frozen=True, kw_only=True)
class Priority:
    """One priority with its three tables; a table without rows is left out."""

    name: str
    measures: MeasureTable | None
    projects: ProjectTable | None
    highlights: HighlightTable | None


@dataclass(frozen=True, kw_only=True)
class StaleText:
    """Words that speak of a time that has ended as one to come: what they are about, and why they are stale."""

    about: str
    quote: str
    why: str


@dataclass(frozen=True, kw_only=True)
class LegendEntry:
    """A mark that this document uses, with its meaning."""

    mark: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class SourceEntry:
    """Where figures came from: the release, its publisher and licence, and each file with its SHA-256."""

    release: str
    title: str
    publisher: str
    licence: str
    files: dict[str, str]
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Document:
    """An edition: one report of one partnership for one quarter. ``built_at`` alone differs between equal builds."""

    schema: str
    title: str
    partnership: str
    short_name: str
    quarter: str
    quarter_code: str
    quarter_in_full: str
    state: str
    version: int
    marking: str
    priorities: tuple[Priority, ...]
    countywide: CountywideTable | None
    stale: tuple[StaleText, ...]
    legend: tuple[LegendEntry, ...]
    notes: tuple[str, ...]
    methods: tuple[Method, ...]
    sources: tuple[SourceEntry, ...]
    made_by: str
    built_at: str

    @property
    def measure_tables(self) -> tuple[MeasureTable, ...]:
        """The measures of each priority that has some."""
        return tuple(priority.measures for priority in self.priorities if priority.measures)

    @property
    def contradictions(self) -> tuple[tuple[MeasureRow, CheckedQuote], ...]:
        """Each claim that the figures contradict and that is not overridden, with the row that it stands in."""
        rows = [row for table in self.measure_tables for row in table.rows]
        return tuple((row, claim) for row in rows if row.comment for claim in row.comment.contradictions)

    @property
    def overdue(self) -> tuple[tuple[ProjectRow, ActionEntry], ...]:
        """Each action that is overdue, with its project."""
        rows = [row for priority in self.priorities if priority.projects for row in priority.projects.rows]
        return tuple((row, action) for row in rows for action in row.actions if action.state == "overdue")


_DOCUMENT = TypeAdapter(Document)


def to_json(document: Document) -> str:
    """The document as JSON, which reads back equal and so keeps the schema that ships with the package."""
    text = _DOCUMENT.dump_json(document, indent=1, warnings="none").decode() + "\n"
    if document.schema != SCHEMA or _read(text) != document:
        _check(json.loads(text), where="the document to be written")
    return text


def from_json(text: str, *, where: str) -> Document:
    """The document that ``text`` holds; ``where`` names it in errors."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise InputError(f"{where} is no JSON: {error}. Build the edition again.") from None
    document = _read(text)
    if document is None or document.schema != SCHEMA or _DOCUMENT.dump_python(document, mode="json") != content:
        _check(content, where=where)
    return document or _DOCUMENT.validate_python(content)


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of ``edition.json``, as shipped."""
    content: dict[str, Any] = json.loads(files("quarterday.report").joinpath(SCHEMA_FILE).read_text("utf-8"))
    return content


def schema_of_types() -> dict[str, Any]:
    """The schema as the types above have it; ``make schema`` writes it to the file that ships."""
    drawn = _DOCUMENT.json_schema(mode="serialization")
    drawn["properties"]["schema"]["const"] = SCHEMA
    for part in (drawn, *drawn["$defs"].values()):
        part["additionalProperties"] = False
    return {"$schema": _DIALECT} | drawn | {"title": "A Quarterday edition"}


def _read(text: str) -> Document | None:
    """The document, where the text is one to the letter; in a tenth of the time that the schema takes to say so."""
    try:
        return _DOCUMENT.validate_json(text, strict=True)
    except ValidationError:
        return None


def _check(content: object, *, where: str) -> None:
    found = content.get("schema") if isinstance(content, dict) else None
    if found != SCHEMA:
        raise InputError(f"{where}: the schema is {found!r}; this version reads {SCHEMA!r}. Build the edition again.")
    faults = sorted(_validator().iter_errors(content), key=lambda fault: list(map(str, fault.path)))
    if faults:
        raise InputError(
            *(f"{where}: {'.'.join(map(str, fault.path)) or 'the whole'}: {fault.message[:300]}" for fault in faults)
        )


@cache
def _validator() -> "Draft202012Validator":
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - costly to import, and most starts check no document

    return Draft202012Validator(schema())
