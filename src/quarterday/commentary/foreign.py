"""Words that name something besides the measure, its places and its times."""

import re
from collections.abc import Sequence

from quarterday.commentary.around import Around
from quarterday.commentary.case import Case
from quarterday.commentary.held import alike, counts, is_per_cent, is_total, stem, stems
from quarterday.commentary.judge_change import PLAIN_NOUNS
from quarterday.commentary.lexicon import DOINGS, EMPTY_WORDS, LETTERS
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
    "holds", "coming", "standing", "which", "whole", "nonetheless", "nevertheless", "however", "moreover",
    "furthermore", "hence", "instead", "indeed", "regardless", "likewise", "accordingly", "otherwise", "altogether",
    "perhaps", "though", "explain", "backdrop", "budgets", "sadly", "reportedly", "thanks", "analyst",
))  # fmt: skip
_SAYING = frozenset((
    "show", "shows", "showing", "equates", "equate", "equating", "should", "council", "council's", "service",
    "team", "officers", "staff", "members", "partners", "hit", "stretch", "half-year", "long-term", "short-term",
    "long", "short", "term", "together", "categories", "category", "members'", "analyst", "chart", "graph",
    "appendix", "paragraph", "section", "shops", "street", "streets", "community", "safety", "police",
    "neighbourhood", "i", "e", "g", "etc", "pedal", "hospital", "calendar", "cumulative", "in-year", "headline", "say",
    "says", "told", "runs", "running",
))  # fmt: skip


# Some places, people, times and sources: what is told of them is not of all that is counted.
_OF = (
    r"(?:in|at|on|across|among|amongst|for|within|around|during|outside|inside|near|involving|against|by|of|from"
    r"|between"
    r"|over|after|according to|linked to|related to|relating to|using|before|where)"
)
_PLACES = (
    r"(?:railway|bus|train|petrol|service) stations?|stations?|hospitals?|(?:town|city|shopping|leisure"
    r"|transport) centres?"
    r"|(?:housing|council|industrial|[a-z]{4,}) estates?|estates|high streets?|(?:rural|urban|coastal|outlying"
    r"|remote|deprived)"
    r"(?: and [a-z]+)? (?:areas|parts|wards|villages|communities|parishes|districts|beats|locations)"
    r"|licensed premises|(?:pubs|bars|night ?clubs|hotels|car parks?|parks|schools?|colleges?|universit(?:y|ies)|campus"
    r"|school premises|phone boxes|retail parks?|supermarkets|takeaways|care homes|hostels?|prisons?|trains|buses"
    r"|public transport|allotments|building sites|business premises|garages|sheds|outbuildings|cash ?points)"
    r"|(?:north|south|east|west|centre|middle|rest|outskirts) of the (?:borough|district|city|county|town|area"
    r"|force|region)"
    r"|(?:northern|southern|eastern|western|central) (?:area|part|half|wards|division|sector|parishes)"
    r"|neighbouring [a-z]+|[a-z]+ hotspots?|the hotspots?|seafront|waterfront|riverside"
)
_GROUPS = (
    r"wom[ae]n|men|girls|boys|children|young (?:people|men|women|adults|persons)|youths|teenagers|juveniles|minors"
    r"|(?:the )?(?:under|over)(?:-\d+s?| \d+s|-fives|-tens)|(?:[a-z]+ )?aged (?:under |over |between )?\d+"
    r"|pensioners|older (?:people|victims|residents)"
    r"|elderly (?:people|victims|residents)|(?:victims|offenders|people|residents|those) (?:under|over|aged"
    r"|between) \d+|students"
    r"|pupils|tourists|visitors|strangers|females|males|(?:bogus|cold) callers|(?:repeat|prolific|young|adult"
    r"|first[- ]time|female|male)"
    r" (?:victims|offenders)|nhs staff|(?:hospital|shop|retail|transport) (?:staff|workers)|taxi drivers"
    r"|shop ?workers|a weapon"
    r"|weapons|knives|(?:a )?kni(?:fe|ves)|firearms|alcohol|drugs"
)
_TIMES_OF_DAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?(?: (?:night|evening|morning|afternoon)s?)?|weekends?|weekdays"
    r"|bank holidays?"
    r"|(?:school|summer|easter|christmas) holidays|half[- ]term|match ?days?|pay ?days?|midnight"
    r"|(?:the )?early hours|night-?time"
    r"|nights|evenings|mornings|afternoons|daylight|darkness|term[- ]time|\d+ ?[ap]m|bonfire night|hallowe'?en"
    r"|new year's eve"
)
_SOURCES = (
    r"ambulance (?:data|figures|records)|hospital (?:data|figures|records)|insur\w+(?: (?:data|figures|claims))?"
    r"|(?:the )?(?:[a-z']+ )?(?:survey|poll|questionnaire)s?|british transport police"
)
_SOME = re.compile(
    rf"\b{_OF} (?:the |our |all |some |those |its |any |two |three |several |a )?(?P<some>{_PLACES}|{_GROUPS}"
    rf"|{_TIMES_OF_DAY}|{_SOURCES})\b"
    r"(?! (?:team|unit|group|board|officers?|staff|report|meeting|partnership|strategy|plan|project|scheme|manager"
    r"|said|told))"
)
_WHY = re.compile(
    r"\b(?:because|due|thanks|owing|following|reflect\w*|work|patrols?|officers|project|operation|after|despite"
    r"|spite|meeting"
    r"|driven|explained by|attributed|attributable|linked|concerns?|board|survey(?:ed)?|said|noted|reported that"
    r"|heard)\b[^,;]*$"
)
_LED_BY = re.compile(
    rf"(?:^|[;:]|\b(?:and|but|while|whilst|whereas|that)) ?(?P<lead>(?:{_OF}"
    rf"|according to) [^,;:.()]{{2,60}}),(?![^,;:()]*\b(?:while|whilst"
    r"|whereas|but|although)\b)[^,;:()]*$"
)
_FAR_AND_WIDE = re.compile(
    r"(?:^|[;:] ?|\b(?:and|but|while|whereas) )(?:regionally|nationally|elsewhere|across (?:wales|england)),[^,;:]*$"
)


def of_some(case: Case, words: Around) -> str:
    """The places, people, times or source that the clause, or what leads up to it, is of: "burglaries on Saturdays"."""
    if who := _WHO.search(words.clause[: max(0, words.clause.find(words.quote))]):
        return "" if stem(who["which"]) in stems(case.own) else who[0].strip()
    if such := _WHERE_IT.search(words.clause[: max(0, words.clause.find(words.quote))]):
        return such[0].strip()
    if _FAR_AND_WIDE.search(words.before):
        return "those places"
    lead = _LED_BY.search(words.before)
    at = max(0, words.clause.find(words.quote)) + len(words.quote)
    behind = _COMPARED.split(words.clause[at:])[0]
    names = f"{case.area} {' '.join(case.figures.areas)} {' '.join(case.figures.measures)}"
    known = {stem(word) for word in WORDS.findall(names)} - _TOO_COMMON
    for told in (f" {lead['lead']} " if lead else "", words.clause[:at] + behind):
        for found in _SOME.finditer(told):
            some = found["some"]
            if _WHY.search(told[: found.start()]) or (is_per_cent(case.own) and some.endswith(_ASKED)):
                continue
            if known.isdisjoint(stem(word) for word in WORDS.findall(some)):
                return some
    return ""


_WHERE_IT = re.compile(
    r"(?<=s )(?:where|in which|when) (?:a|an|the|no|entry|force|keys?|doors?|windows?)\b[^,;]{0,60}\b"
    r"(?:was|were|is|are|had)\b"
)
_WHO = re.compile(
    r"(?:^\W*|\b(?:and|but|with|while|that|the|of|in) )(?P<which>elderly|older|young|younger|female|male|child"
    r"|repeat|vulnerable|disabled"
    r"|student|adult|juvenile|foreign|white|asian|black) (?:victims?|offenders?|people|residents|women|men|persons"
    r"|drivers|suspects)\b"
)
_ASKED = ("survey", "surveys", "poll", "polls", "questionnaire", "questionnaires")
_TOO_COMMON = frozenset(
    ("of", "the", "and", "with", "without", "a", "over", "under", "in", "by", "from", "on", "crime")
)
_COMPARED = re.compile(r"\b(?:than|compared|relative|versus|vs|because|due|owing|thanks|following|after|which)\b")


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
    sure = any(counts(word) or word in DOINGS for word in told)
    return told if len(told) > 1 or "rate" in claim.scope.subject or sure else []


def foreign(case: Case, claim: Claim, told: Sequence[str]) -> list[str]:
    """The words that name neither the measure, nor a place, nor a time, nor anything plain."""
    measure = case.measure_of(claim.scope)[0] or case.own
    known = stems(measure) | stems(case.own)
    known |= alike(known)
    known |= {stem(word) for word in WORDS.findall(measure)} - EMPTY_WORDS
    names = set(case.area.split()) | {part for area in case.figures.areas for part in area.split()}
    kept = [word for word in told if word not in PLAIN_NOUNS and word not in LETTERS and not is_month(word)]
    if any(stem(word) in known for word in told):
        return []
    kept = [word for word in kept if word.removesuffix("'s") not in names and word not in PLAIN]
    return [word for word in kept if not _MONTHS.fullmatch(word)]
