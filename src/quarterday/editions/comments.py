"""A person's comment on a measure, checked while it is written and when it is kept."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from quarterday.editions.check_comment import checked_comment
from quarterday.editions.compose import checked_quote
from quarterday.editions.now import Now
from quarterday.people.models import Person
from quarterday.plan.models import Edition, Measure
from quarterday.plan.write_comments import comment_save, comment_text, reason_text
from quarterday.report.document import CheckedQuote, MeasureRow

OVERRIDDEN: Final = "overridden"
MOST_MARKED: Final = 200  # of a text's claims: a page with more is slow, and nobody reads it
# A claim's verdicts, what is to be done first, and how many of each are told.
_COUNTED: Final = {
    "contradicted": "contradicted",
    OVERRIDDEN: "overridden",
    "not checkable": "cannot be checked",
    "supported": "supported",
}


@dataclass(frozen=True)
class Checked:
    """A text with its claims, in the order of the text."""

    text: str
    claims: tuple[CheckedQuote, ...]

    @property
    def blocking(self) -> tuple[CheckedQuote, ...]:
        """What stands in the way of signing: claims that are contradicted, and that nobody gave a reason to keep."""
        return tuple(claim for claim in self.claims if verdict_of(claim) == "contradicted")

    @property
    def marked(self) -> tuple[CheckedQuote, ...]:
        """At most ``MOST_MARKED`` of the claims, in order; what is contradicted goes before the rest."""
        first = sorted(range(len(self.claims)), key=lambda at: (self.claims[at].verdict != "contradicted", at))
        return tuple(self.claims[at] for at in sorted(first[:MOST_MARKED]))

    def segments(self) -> Iterator[tuple[str, int]]:
        """The text cut at its marked claims, each with its number among them from 1; 0 where it is of none."""
        at = 0
        for number, claim in enumerate(self.marked, start=1):
            if claim.start < at or claim.end <= claim.start:
                continue
            yield self.text[at : claim.start], 0
            yield self.text[claim.start : claim.end], number
            at = claim.end
        yield self.text[at:], 0


def check(now: Now, measure: str, text: str, given: Mapping[str, str]) -> Checked:
    """Every claim of a text on a measure; ``given`` says, by ``key_of_claim``, why one stays that is contradicted."""
    found = sorted(checked_comment(now.analyses[measure], text), key=lambda item: item.claim.start)
    return Checked(text, tuple(_overridden(checked_quote(item), given) for item in found))


def _overridden(claim: CheckedQuote, given: Mapping[str, str]) -> CheckedQuote:
    why = given.get(key_of_claim(claim), "") if claim.verdict == "contradicted" else ""
    return replace(claim, overridden=" ".join(why.split()))


def key_of_claim(claim: CheckedQuote) -> str:
    """What tells the words of a claim from others, short enough for a name in a form."""
    return key_of_words(claim.quote)


def key_of_words(words: str) -> str:
    """The key of a claim of these words."""
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def comment_write(
    now: Now, edition: Edition, measure: Measure, text: str, *, given: Mapping[str, str], began: str, by: Person
) -> tuple[Checked, bool]:
    """Keep a comment with the reasons given for what in it is contradicted; how it stands then, and whether it is new.

    Errors: those of ``comment_save``.
    """
    checked = check(now, measure.name, comment_text(text), given)
    reasons = {claim.quote: reason_text(claim.overridden) for claim in checked.claims if claim.overridden}
    changed = comment_save(edition, measure, checked.text, reasons=reasons, began=began, by=by, author=by.full_name)
    return checked, changed


def verdict_of(claim: CheckedQuote) -> str:
    """The verdict on a claim, where one that is contradicted may be overridden."""
    return OVERRIDDEN if claim.verdict == "contradicted" and claim.overridden else claim.verdict


def state_of(row: MeasureRow) -> str:
    """How far the comment of a measure has come, in words."""
    if row.comment is None:
        return "Drafted only" if row.drafted else "None"
    said = counted(row.comment.claims)
    return f"Written: {said}" if said else "Written: no claim about figures found"


def counted(claims: Sequence[CheckedQuote]) -> str:
    """How many claims there are of each verdict: ``1 contradicted, 2 supported``; nothing where there are none."""
    verdicts = [verdict_of(claim) for claim in claims]
    return ", ".join(f"{verdicts.count(verdict)} {words}" for verdict, words in _COUNTED.items() if verdict in verdicts)
