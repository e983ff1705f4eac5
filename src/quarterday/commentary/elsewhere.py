"""Places that a text names and of which no figures are given: what is said of one is not held against the report."""

import re
from dataclasses import replace

from quarterday.commentary.around import Around, clause_of, head_of
from quarterday.commentary.case import Case
from quarterday.commentary.held import canonical, counts, is_total, stem, stems
from quarterday.commentary.judge_change import PLAIN_NOUNS
from quarterday.commentary.lexicon import LETTERS
from quarterday.commentary.unlisted import is_told, moves
from quarterday.commentary.when import MONTH
from quarterday.domain.claim import Claim, ClaimKind

# What is said among many names the place in which they lie: "the lowest in the East Midlands".
_AMONG_MANY = {ClaimKind.RANK, ClaimKind.EXTREME, ClaimKind.PEER_POSITION}
_KINDS = (
    r"(?:district|ward|division|borough|town|sector|estate|beat|locality|neighbourhood|city|county|region|cluster)s?"
)
_NAMED = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Ff]or|[Aa]cross|[Ww]ithin|[Oo]ver|[Tt]he|[Aa]nd|[Ww]ith) "
    r"(?P<place>[A-Z][a-z]+(?:[ -](?:[A-Z][a-z]+|upon|under|and|the|on))*)"
    rf"(?P<kind> {_KINDS}\b)?"
)
# "Swansea saw a rise": a name that nothing counted has, where a sentence begins, or within one.
_WHO_HAS = re.compile(
    r"(?:^\W*|(?P<within>[a-z:] ))(?P<place>[A-Z][a-z]+(?: [A-Z][a-z]+)?)"
    r"(?:(?P<whose>['\u2019]s (?:rise|fall|rate|total|figure|number|increase|decrease|reduction|drop|growth|count)s?\b)"
    r"| (?:saw|had|has|recorded|posted|experienced|registered|logged|(?:was|is) (?:up|down)|fell|rose|dropped|increased"
    r"|declined|came down|grew)\b)"
)
_NO_NAME = re.compile(r"(?:ing|ions?|ments?|ity|ies|ance|ence|ness|ism|age|ers|ors|ves|[^s]ts|ls|ly|ed|ime|ft)$")
_MOVED = re.compile(r" (?:fell|rose|dropped|increased|declined|came down|grew)$")
_BODIES = (
    "Hub", "Team", "Unit", "Service", "Group", "Panel", "Board", "Project", "Scheme", "Programme", "Strategy", "Room",
    "Forum", "Committee", "Meeting", "Cabinet", "Assembly", "Centre", "Desk", "Squad", "Office", "Act",
)  # fmt: skip
_LINKS = re.compile(r"(?:[ -](?:upon|under|and|the|on))+$")  # "reported to the Cabinet on 17 July"
_BEFORE_KIND = re.compile(rf"\b(?P<place>[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*)(?P<kind> {_KINDS}\b)")
_OTHERS = re.compile(
    r"\b(?:neighbouring|adjoining|adjacent|surrounding|nearby|other|another|sister) "
    r"(?:\w+ )?(?:authorit(?:y|ies)|areas?|boroughs?|districts?|forces?|councils?|count(?:y|ies)|wards?|towns?"
    r"|partnerships?)\b"
)
_CENTRE = re.compile(r"\b[Ii]n (?:the |our )?(?:town|city|village) centres?\b")
_PLAIN = re.compile(
    rf"(?:{MONTH}|Christmas|Easter|Hallowe?en|Bonfire|Covid|Summer|Autumn|Winter|Spring|Quarter|Year|Table|Figure|Chart"
    r"|Island|Borough|District|Town|City"
    r"|The|A|This|That|Its|Our|These|Home Office|Chair|Sub-Committee|Council|Police|Committee|Board|Panel"
    r"|Authority|Ministry|Trust|Executive|Contract|Commissioner|Mayor|Minister|Government|Partnership|Plan|Force|Crime|Public|Operation)\b",
    re.IGNORECASE,
)


# "The force saw a rise of 4% and Gateshead one of 9%": another place that shares only the verb.
_AND_ANOTHER = re.compile(r"(?<=[\d%]) and [A-Z][a-z]+ (?:one of|by|of) .{0,40}$")


def named_elsewhere(case: Case, claim: Claim, text: str) -> str:
    """The place in a claim's clause that is neither the report's nor one of which figures are given; else empty."""
    if claim.kind in _AMONG_MANY:
        return ""
    clause = f"{head_of(text, claim)} {_AND_ANOTHER.sub('', clause_of(text, claim))}"
    if found := _OTHERS.search(clause):
        return found[0]
    known = {word for area in case.figures.areas for word in re.findall(r"[a-z]+", area)}
    known |= {word for name in case.figures.names for word in re.findall(r"[a-z]+", name)}
    known |= set(re.findall(r"[a-z]+", f"{case.own} {case.area}"))
    if (part := _CENTRE.search(clause)) and "centre" not in known:
        return part[0]
    for pattern in (_BEFORE_KIND, _NAMED, _WHO_HAS):
        for found in pattern.finditer(clause):
            if pattern is _WHO_HAS and not _is_name(case, claim, found):
                continue
            place = _LINKS.sub("", found["place"])
            words = set(re.findall(r"[a-z]+", place.lower())) - {"the", "and", "on", "upon", "under"}
            if words & known or case.area_named(place.lower()) or _PLAIN.match(place) or place.endswith(_BODIES):
                continue
            return place + (found.groupdict().get("kind") or "")
    return _head_elsewhere(case, claim, text, known)


def _is_name(case: Case, claim: Claim, found: re.Match[str]) -> bool:
    """Whether a capital tells a name: within a sentence, with its own figure, or of no ending that nouns have."""
    told = found["place"].lower().split()
    plain = [
        word for word in told if word in PLAIN_NOUNS or word in LETTERS or canonical({stem(word)}) & stems(case.own)
    ]
    if plain or any(case.measure_of(replace(claim.scope, subject=(word,)))[0] not in {"", case.own} for word in told):
        return False
    moved = _MOVED.search(found[0]) is not None  # "Caseload rose" may be of anything
    return bool(found["within"] or found["whose"]) or not (moved or _NO_NAME.search(told[-1]))


# "Newcastle's thefts were reduced; this is a fall of 32%", "Thefts in Stoke - up 60".
_NAME = re.compile(
    r"(?P<led>\b(?:[Ii]n|[Aa]t|[Ff]or|[Aa]cross|[Ww]ithin) )?"
    r"(?P<place>[A-Z][a-z]+(?:[ -](?:[A-Z][a-z]+|upon|under|and|the|on))*)"
    r"(?P<own>'s?)?"
)


def _head_elsewhere(case: Case, claim: Claim, text: str, known: set[str]) -> str:
    """A place that a claim's subject names, though it stands in a clause before."""
    told = {word.removesuffix("'s").removesuffix("'") for word in claim.scope.subject}
    told = {part for word in told for part in word.split("-")}
    start = 0 if told else max(text.rfind(mark, 0, claim.start) for mark in ".;!?\n") + 1
    for found in _NAME.finditer(text, start, claim.end):
        place = _LINKS.sub("", found["place"])
        words = set(re.findall(r"[a-z]+", place.lower())) - {"the", "and", "on", "upon", "under"}
        of_the = text.endswith(("the ", "The "), 0, found.start())
        heads = (
            not of_the
            and (found.start() > 0 or _PLACE_LIKE.search(place))
            and moves(text, found.end())
            and not any(is_told(word) or counts(word) for word in words)
        )
        is_name = found["led"] or (found["own"] == "'s") or heads
        in_subject = words <= told if told else found["led"] is not None and not of_the
        if is_name and in_subject and not words & known and not _PLAIN.match(place) and not place.endswith(_BODIES):
            return "" if case.area_named(place.lower()) else place
    return ""


_PLACE_LIKE = re.compile(
    r"(?:[a-z](?:ton|ham|by|ford|shire|bury|w(?:orth|ick|ich)|field|pool|mouth|ditch|combe|chester|caster|cester|stead"
    r"|hurst|bridge|dale|borough|burgh|minster|castle|church|haven|mere)|Wales|Mercia)$"
)
# What a line or a relative clause goes on about: "Burglary in Cobham: target met".
_HEAD = re.compile(
    r"(?:^|[.;] |\n)([^.;,:(\u2013\n]{3,60})(?:: | \u2013 | \(|, which )[^.;:(\u2013\n]{0,30}$"
    r"|(?:^|[.;] )((?:In|At|Across|Within|For) [A-Z][a-z]+(?:[ -](?:[A-Z][a-z]+|upon|on|under)){0,3}), [^.;]*$"
)


def another_place(case: Case, claim: Claim, text: str) -> str:
    """The place that a claim which fits is of, other than the report's; one such as "the Bay" may be that."""
    place = named_elsewhere(case, claim, text)
    headed = _HEAD.search(text[: claim.start]) if not place else None
    if headed:
        at = 1 if headed[1] else 2
        told = named_elsewhere(case, replace(claim, start=headed.start(at), end=headed.end(at)), text)
        place = told if told[:1].isupper() else ""
    verb = place.endswith(" beat")  # "Burglaries beat the target"
    return "" if verb or f"the {place}" in text else place


_OF_ONE_PLACE = frozenset((
    ClaimKind.LEVEL, ClaimKind.DIFFERENCE, ClaimKind.PERCENT_CHANGE, ClaimKind.PERCENTAGE_POINTS, ClaimKind.DIRECTION,
    ClaimKind.TREND, ClaimKind.AVERAGE, ClaimKind.RATE, ClaimKind.FROM_TO,
))  # fmt: skip


def in_own_place(case: Case, claim: Claim, text: str) -> Claim | None:
    """A claim of the report's own place, where its clause names that and no other: "four rose; Adur's 7.1% was …".

    So is what is called ours: "no other exceeds our 2.91 per 1,000".
    """
    if not claim.scope.group or claim.kind not in _OF_ONE_PLACE:
        return None
    if text[: claim.start].endswith((" our ", "Our ")):
        return replace(claim, scope=replace(claim.scope, group=()))
    clause = clause_of(text, claim).lower()
    if case.area not in clause or any(word in clause for word in claim.scope.group):
        return None
    return replace(claim, scope=replace(claim.scope, group=()))


_BARE = re.compile(r"^\W*[\d,.]+\W*(?:%|per ?cent)?\W*$")
_PHRASE = re.compile(
    r"(?:^|[,;:/(\u2022]|\b(?:and|but|while|with|in|for|of)\b)\s*"
    r"(?P<phrase>[a-z][a-z'-]*(?: [a-z][a-z'-]*){0,3})\s*\(?$"
)


def counted_beside(case: Case, claim: Claim, words: Around) -> str:
    """What stands right before a bare number and is told apart from the measure: "bicycle theft (-31%)"."""
    measure = case.measure_of(claim.scope)[0] or case.own
    found = _PHRASE.search(words.before)
    if found is None or is_total(measure) or not _BARE.match(words.quote):
        return ""
    told = found["phrase"].split()
    if not counts(told[-1]) and stem(told[-1]) not in stems(measure):
        return ""
    areas = {part for area in case.figures.areas for part in area.split()}
    own = [word for word in told if word not in areas and not canonical({stem(word)}) & stems(measure)]
    return found["phrase"] if any(word not in PLAIN_NOUNS for word in own) else ""
