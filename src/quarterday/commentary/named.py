"""Whether a claim's subject names numbers of something else: "officer numbers", "85% of residents feel safe"."""

import itertools

from quarterday.commentary.case import Case
from quarterday.commentary.held import stem, stems
from quarterday.commentary.lexicon import LETTERS, PLAIN_SUBJECTS
from quarterday.domain.claim import Claim

_OF_SOMETHING = frozenset((
    "numbers", "prices", "costs", "claims", "strength", "hours", "times", "budgets", "spending", "wages", "membership",
    "attendance", "growth", "usage", "sales", "footfall", "headcount", "caseloads", "workload", "waits",
))  # fmt: skip
_MEASURED_OTHERWISE = frozenset(("times", "prices", "costs", "hours", "budgets", "spending", "wages", "waits"))
_OTHER_THINGS = frozenset((
    "unemployment", "budget", "budgets", "rents", "wages", "prices", "funding", "footfall", "rainfall", "temperatures",
    "temperature", "costs", "sickness", "vacancies", "overtime", "tourism", "turnover",
))  # fmt: skip
# What is counted of crimes besides the crimes: a measure of it says so in its name.
_OUTCOMES = frozenset((
    "charge", "charges", "charged", "detection", "detections", "detected", "arrests", "arrested", "convictions",
    "conviction", "clear-up", "prosecutions", "fear", "satisfaction", "confidence", "offender", "offenders", "suspects",
    "suspect", "gang", "admitted", "aged", "losses", "solved",
))  # fmt: skip
_OF_OUTCOMES = frozenset(stem(word) for word in (*_OUTCOMES, "outcome", "sanction", "clearance", "justice"))
_OPINIONS = frozenset((
    "feel", "felt", "feeling", "think", "thought", "believe", "believed", "agree", "agreed", "satisfied", "confident",
    "aware", "worried", "safe", "unsafe",
))  # fmt: skip


def names_another(case: Case, claim: Claim) -> bool:
    """Whether the subject tells opinions, or has a word that is not the measure's before one such as "numbers"."""
    known = stems(case.measure_of(claim.scope)[0] or case.own) | stems(case.own)
    words = claim.scope.subject
    if known.isdisjoint(_OF_OUTCOMES) and any(word in _OUTCOMES for word in words):
        return True
    pairs = list(itertools.pairwise(words))
    if any(then in _MEASURED_OTHERWISE and stem(word) not in known for word, then in pairs):
        return True
    if any(word in _OTHER_THINGS and stem(word) not in known for word in words):
        return True
    if {stem(word) for word in words} & known:
        return False
    if not _OPINIONS.isdisjoint(words):
        return True
    return any(then in _OF_SOMETHING and word not in PLAIN_SUBJECTS and word not in LETTERS for word, then in pairs)
