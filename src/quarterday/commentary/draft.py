"""From findings to the sentences of a comment. Nothing is said that a finding does not carry."""

from collections.abc import Callable, Mapping, Sequence

from quarterday.commentary import draft_change, draft_over_time, draft_standing
from quarterday.commentary.draft_change import describe_change, describe_movement
from quarterday.commentary.sentence import Piece, Sentence, sentence
from quarterday.domain.finding import Finding, Kind, Strength
from quarterday.domain.measure import Measure

__all__ = ["CAVEAT", "MOST_WORDS", "READING", "Sentence", "describe_change", "describe_movement", "draft", "write"]

# As long as the comments of published reports are, and as short as a table's cell asks for.
MOST_WORDS = 60
CAVEAT = "caveat"
READING = "reading"

Writer = Callable[[Measure, Finding], Sequence[Piece]]
# In the order in which they are read.
_WRITERS: Mapping[str, Writer] = {
    Kind.CHANGE: draft_change.change,
    Kind.TARGET: draft_standing.target,
    Kind.MONTHS: draft_over_time.months,
    Kind.MAKING_UP: draft_over_time.making_up,
    Kind.CONTROL: draft_over_time.control,
    Kind.TREND: draft_over_time.trend,
    Kind.QUARTERS: draft_change.quarters,
    Kind.AVERAGES: draft_change.averages,
    Kind.SHARE: draft_standing.share,
    Kind.STANDING: draft_standing.standing,
    Kind.QUOTED: draft_standing.quoted,
    Kind.REVISIONS: draft_change.revisions,
}
_ORDER = {kind: at for at, kind in enumerate(_WRITERS)}


def draft(
    measure: Measure, findings: Sequence[Finding], *, most_words: int | None = MOST_WORDS
) -> tuple[Sentence, ...]:
    """The drafted comment on a measure, in the order of a report; a finding with nothing to state gives no sentence.

    What matters most is kept where not all fits into ``most_words``, and what tells the reader nothing is left out;
    with ``None`` all is said. A change that could not be worked out is told, with the reason. What a change may mean
    and each caveat come last, and are never left out.
    """
    made = [(finding, write(measure, finding)) for finding in findings]
    told = [(finding, said) for finding, said in made if said.text]
    kept = [said for _, said in told] if most_words is None else _within(most_words, told)
    kept.sort(key=lambda said: _ORDER[said.kind])
    readings = dict.fromkeys(reading for finding in findings if (reading := finding.labels.get(READING, "")))
    used = {said.kind for said in kept}
    caveats = dict.fromkeys(caveat for finding in findings if finding.kind in used for caveat in finding.caveats)
    return (*kept, *(Sentence(text, READING) for text in readings), *(Sentence(text, CAVEAT) for text in caveats))


def write(measure: Measure, finding: Finding) -> Sentence:
    """What there is to say of one finding; nothing, where it is unavailable and not the change."""
    if finding.unavailable and finding.kind != Kind.CHANGE:
        return Sentence("", finding.kind)
    return sentence(finding.kind, _WRITERS[finding.kind](measure, finding))


def _within(most_words: int, told: Sequence[tuple[Finding, Sentence]]) -> list[Sentence]:
    """The weightiest that fit; the change always."""
    change = next((finding for finding, _ in told if finding.kind == Kind.CHANGE), None)
    ranked = [(_rank(finding, change), said) for finding, said in told]
    kept: list[Sentence] = []
    for rank, said in sorted(ranked, key=lambda item: item[0]):
        fits = sum(other.words for other in kept) + said.words <= most_words
        if rank == 0 or (rank < _SAYS_NOTHING and fits):
            kept.append(said)
    return kept


_SAYS_NOTHING = 99


def _rank(finding: Finding, change: Finding | None) -> int:
    """What matters first, from 0; a test that found nothing tells the reader nothing in a short comment."""
    found = finding.strength in {Strength.LIKELY, Strength.CLEAR}
    changed = change is not None and change.strength in {Strength.LIKELY, Strength.CLEAR}
    ranks = {
        Kind.CHANGE: 0,
        Kind.TARGET: 1,
        Kind.MONTHS: 2 if found else _SAYS_NOTHING,
        Kind.CONTROL: 3 if found else _SAYS_NOTHING,
        Kind.TREND: 4 if found else _SAYS_NOTHING,
        Kind.STANDING: 5 if found else 7,
        Kind.QUOTED: 5,
        Kind.REVISIONS: 6 if finding.values.get("revised") else _SAYS_NOTHING,
        Kind.QUARTERS: 8,
        Kind.AVERAGES: 9,
        Kind.SHARE: 10,
        Kind.MAKING_UP: 11 if changed else _SAYS_NOTHING,
    }
    return ranks[Kind(finding.kind)]
