"""The closed lists of words that a plan chooses from, spelt as files and documents spell them."""

from enum import StrEnum
from typing import Final

from quarterday.domain.status import Status


class Marking(StrEnum):
    """Who may see a paper; the last three are those of older papers."""

    OFFICIAL = "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE"
    NOT_PROTECTIVELY_MARKED = "NOT PROTECTIVELY MARKED"
    PROTECT = "PROTECT"
    RESTRICTED = "RESTRICTED"


class TargetKind(StrEnum):
    """What the number of a target is: the value to reach, or the change to make from the baseline."""

    VALUE = "value"
    PER_CENT_CHANGE = "per cent change"


class CellStatus(StrEnum):
    """Why a cell of the countywide table holds no text."""

    NOT_APPLICABLE = "not applicable"
    NOT_YET_FORMULATED = "not yet formulated"
    AWAITED = "awaited"

    @property
    def mark(self) -> Status:
        """The mark that stands in the cell: what somebody owes is not available, anything else does not apply."""
        return Status.NOT_AVAILABLE if self is CellStatus.AWAITED else Status.NOT_APPLICABLE


class ActionState(StrEnum):
    """Whether an action is still to be done."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class EditionState(StrEnum):
    """How far an edition has come."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    SIGNED = "signed"
    PUBLISHED = "published"
    CORRECTED = "corrected"


FROZEN: Final = frozenset({EditionState.SIGNED, EditionState.PUBLISHED, EditionState.CORRECTED})
"""The states in which an edition never changes."""


class EditionStep(StrEnum):
    """What people do with an edition, from draft to publication; one acknowledges what is missing from it."""

    ACKNOWLEDGED = "acknowledged"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    SIGNED = "signed"
    PUBLISHED = "published"
    CORRECTION_BEGUN = "correction begun"


class UploadState(StrEnum):
    """How far an uploaded file has come."""

    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    LANDING = "landing"
    LANDED = "landed"
    DISCARDED = "discarded"
    WITHDRAWING = "withdrawing"
    WITHDRAWN = "withdrawn"


class HighlightKind(StrEnum):
    """What the board should hear, and what it should decide."""

    HIGHLIGHT = "highlight"
    ISSUE = "issue"


class HighlightState(StrEnum):
    """Whether a highlight or issue is carried to the next meeting."""

    OPEN = "open"
    CLOSED = "closed"
