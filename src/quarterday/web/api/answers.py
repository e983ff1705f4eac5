"""What calls are told, and what they answer."""

from typing import Annotated, Any

from ninja import Path as PathParameter
from ninja import Schema
from pydantic import Field

MOST: int = 1000
"""So many things one answer holds at most."""

Name = Annotated[str, Field(max_length=200)]
When = Annotated[str, Field(max_length=40)]
Slug = Annotated[
    str, PathParameter(..., pattern=r"^[a-z0-9-]{1,200}$", description="Its slug, as the call partnerships has it")
]
QuarterSlug = Annotated[str, PathParameter(..., pattern=r"^\d{4}-\d{2}-q[1-4]$", description="Such as 2011-12-q4")]


class Faults(Schema):
    """What is wrong: sentences that say what came and what was wanted."""

    faults: list[str]


class Page(Schema):
    """Which part of a list is wanted."""

    limit: int = Field(100, ge=1, le=MOST, description="How many at most")
    offset: int = Field(0, ge=0, le=10_000_000, description="How many to pass over first")


class FiguresWanted(Page):
    """Which figures are wanted."""

    measure: Name = Field("", description="The measure's name, in any letter case; of all where not given")
    area: Name = Field("", description="The area's name or code; of all where not given")
    first: When = Field("", alias="from", description="The first month to end in, such as 2011-04")
    last: When = Field("", alias="to", description="The last month to end in, such as 2012-03")
    rolling: int | None = Field(None, ge=1, le=240, description="Totals over so many months instead")


class FindingsWanted(Page):
    """Which findings are wanted."""

    measure: Name = Field("", description="The measure's name in the plan; of all where not given")


class Part(Schema):
    """Where a part of a list stands in it: ``next`` is the address of what follows, and empty at the end."""

    total: int
    next: str


class Figure(Schema):
    """A value, or the mark that stands in its place with the reason."""

    measure: str
    area: str
    period: str
    value: float | None
    status: list[str]
    note: str
    releases: list[str]
    parts: list[str]


class Figures(Part):
    """A part of the figures asked for."""

    figures: list[Figure]


class Finding(Schema):
    """One checkable statement about figures, and how it is said."""

    kind: str
    measure: str
    area: str
    periods: list[str]
    values: dict[str, float]
    limits: dict[str, dict[str, float]]
    labels: dict[str, str]
    verdict: str
    strength: str
    p: float | None
    method: dict[str, Any]
    caveats: list[str]
    unavailable: str
    sentence: str


class Findings(Part):
    """A part of the findings asked for."""

    findings: list[Finding]


class Edition(Schema):
    """An edition that may be opened; ``document`` is the address of its document."""

    partnership: str
    quarter: str
    version: int
    state: str
    marking: str
    built_at: str
    document: str


class Editions(Part):
    """A part of the editions that may be opened."""

    editions: list[Edition]


class Partnership(Schema):
    """A partnership, and how addresses call it."""

    name: str
    short_name: str
    county: str
    slug: str


class Partnerships(Part):
    """A part of the partnerships that are read."""

    partnerships: list[Partnership]
