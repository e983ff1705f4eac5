"""Words that name something besides the measure, its places and its times."""

import re
from collections.abc import Sequence

from quarterday.commentary.case import Case
from quarterday.commentary.held import alike, counts, is_total, stem, stems
from quarterday.commentary.judge_change import PLAIN_NOUNS
from quarterday.commentary.lexicon import LETTERS
from quarterday.commentary.when import MONTH
from quarterday.domain.claim import Claim

WORDS = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
_MONTH = re.compile(MONTH)
_MONTHS = re.compile(rf"{MONTH}-{MONTH}")
PLAIN = frozenset((
    "comparison", "terms", "fact", "line", "respect", "context", "response", "relation", "addition", "turn",
    "order", "course", "rolling", "rolling-year", "note", "financial", "calendar", "spring", "summer", "autumn",
    "winter", "christmas", "easter", "half", "first", "second", "report", "them", "us", "our", "ours", "my", "me",
    "comparator", "corresponding", "same", "ytd", "r", "q", "volume", "raw", "real", "percentage", "unit",
    "recent", "past", "current", "each", "every", "final", "offending", "previous", "latest", "preceding", "prior",
    "series", "table", "set", "update", "updates", "shown", "given", "row", "one", "two", "three", "four", "five",
    "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "third", "fourth", "fifth", "tenth", "dozen",
    "hundred", "basis", "ending", "to", "date", "both", "all", "which", "what", "half-year", "stage", "having",
    "itself", "ourselves", "qtr", "rate", "whom", "place", "part", "partnership", "division", "how", "why", "whether",
    "their", "there", "year-end", "measure", "indicator", "metric", "so", "thus", "takes",
    "took", "brings", "leaves", "puts", "single", "longer", "shorter", "wider", "broader", "run", "term", "picture",
    "view", "shows", "showed", "put", "brought", "taken", "key", "points", "headlines", "highlights", "present",
    "holds", "coming", "standing", "which",
))  # fmt: skip
_SAYING = frozenset((
    "show", "shows", "showing", "equates", "equate", "equating", "should", "council", "council's", "service",
    "team", "officers", "staff", "members", "partners", "hit", "stretch", "half-year", "long-term", "short-term",
    "long", "short", "term", "together", "categories", "category", "members'", "analyst", "chart", "graph",
    "appendix", "paragraph", "section", "shops", "street", "streets", "community", "safety", "police",
    "neighbourhood", "i", "e", "g", "etc", "pedal", "hospital", "calendar", "cumulative", "in-year", "headline", "say",
    "says", "told", "runs", "running",
))  # fmt: skip


def is_month(word: str) -> bool:
    """Whether a word names a month."""
    return _MONTH.fullmatch(word) is not None


def is_known(case: Case, claim: Claim, word: str) -> bool:
    """Whether a word names nothing besides what the figures are of."""
    return not foreign(case, claim, [word]) or word in _SAYING or word.endswith(("ly", "ed"))


def foreign_subject(case: Case, claim: Claim) -> list[str]:
    """The words of a subject that names something besides the measure and not the whole of its name."""
    said = {stem(word) for word in claim.scope.subject}
    measure = case.measure_of(claim.scope)[0] or case.own
    if stems(measure) <= said or is_total(measure):
        return []
    telling = [word for word in claim.scope.subject if word != "|" and not said & stems(measure)]
    told = [word for word in foreign(case, claim, telling) if not word.endswith("ed") and word not in _SAYING]
    return told if len(told) > 1 or "rate" in claim.scope.subject or any(counts(word) for word in told) else []


def foreign(case: Case, claim: Claim, told: Sequence[str]) -> list[str]:
    """The words that name neither the measure, nor a place, nor a time, nor anything plain."""
    measure = case.measure_of(claim.scope)[0] or case.own
    known = stems(measure) | stems(case.own)
    known |= alike(known)
    names = set(case.area.split()) | {part for area in case.figures.areas for part in area.split()}
    kept = [word for word in told if word not in PLAIN_NOUNS and word not in LETTERS and not is_month(word)]
    if any(stem(word) in known for word in told):
        return []
    kept = [word for word in kept if word.removesuffix("'s") not in names and word not in PLAIN]
    return [word for word in kept if not _MONTHS.fullmatch(word)]
