"""Places that a text names and of which no figures are given: what is said of one is not held against the report."""

import re
from dataclasses import replace

from quarterday.commentary.around import Around, clause_of, head_of
from quarterday.commentary.case import Case
from quarterday.commentary.foreign import PLAIN
from quarterday.commentary.held import canonical, counts, is_total, stem, stems
from quarterday.commentary.judge_change import PLAIN_NOUNS
from quarterday.commentary.lexicon import LETTERS, PLAIN_SUBJECTS
from quarterday.commentary.tokens import quantity
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
_NO_NAME = re.compile(r"(?:ing|ions?|ments?|ity|ies|ance|ence|ness|ism|age|ers|ors|ves|[^s]ts|ls|ly|ed|ime|ft)$")
_BODIES = (
    "Hub", "Team", "Unit", "Service", "Group", "Panel", "Board", "Project", "Scheme", "Programme", "Strategy", "Room",
    "Forum", "Committee", "Meeting", "Cabinet", "Assembly", "Centre", "Desk", "Squad", "Office", "Act",
)  # fmt: skip
# "The Fairholt Forum noted that …": who speaks is no place.
_SAYS = re.compile(
    r",? (?:for [A-Z]?\w+(?: [A-Z]\w+)* )?(?:has |have |had |also |then |was |were ){0,2}(?:noted|notes|reported"
    r"|reports|heard"
    r"|hears|advised|advises|said|says|asked|explained|explains|confirmed|confirms|told|informed|welcomed|welcomes"
    r"|highlighted|stated|states|added|adds|reminded|observed|commented|acknowledged|agreed|pointed out|shown|shows)\b"
)
_FAR = 200
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
    r"|Superintendent|Inspector|Sergeant|Constable|Chief|Deputy|Assistant|Acting|Detective|Member|Portfolio|Officer"
    r"|Councillor|Cllr|Leader|Director|Head|Analyst|Manager|Coordinator|Secretary|Clerk|Scrutiny|Overview|Audit"
    r"|Community Safety|Safer|Safeguarding|Neighbourhood|Local|Vice|Operations?|Commander|Lead|Senior|Performance"
    r"|Partners|Magistrates|Health|Probation|Fire|Youth|Housing|Licensing|Trading|Public|Strategic|Tactical"
    r"|Authority|Ministry|Trust|Executive|Contract|Commissioner|Mayor|Minister|Government|Partnership|Plan|Force"
    r"|Crime|Public|Operation)\b",
    re.IGNORECASE,
)


# "The force saw a rise of 4% and Gateshead one of 9%": another place that shares only the verb.
# "In Tenby, robbery fell by 3%": what leads up to the clause tells where.
_LEAD = re.compile(
    r"(?:^|[.;:!?\n\u2022\u2013\u2014][ ]*|\b(?:and|but|while|whilst|whereas|although|that)[ ]|- )"
    r"(?P<lead>(?:[Ii]n|[Aa]t|[Oo]n|[Aa]cross|[Ww]ithin|[Aa]round|[Nn]ear|[Oo]ver|[Ff]or) [^,;:.()]{2,60}),"
    r"(?![^,;:()]*\b(?:while|whilst|whereas|but|although)\b)[^,;:()]*$"
)
_ROADS = frozenset((
    "Street", "Road", "Lane", "Avenue", "Close", "Drive", "Square", "Terrace", "Crescent", "Estate", "Park", "School",
    "Hospital", "Station", "Arcade", "Mall", "Market",
))  # fmt: skip
# "Tenby saw a drop of 3%", "while Tenby fell by 4", "and Tenby a 3% rise".
_AS_SUBJECT = re.compile(
    r"^(?:.{0,80}\bthat )?\W*(?:and |but |while |whilst |whereas |with |[Nn]eighbouring |[Nn]earby )*"
    r"(?P<place>[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*)(?P<kind>)"
    r"(?:,? (?:alone|itself|also|too|now|again|meanwhile|then|however|though),?)?"
    r" (?:saw|sees|had|has|recorded|reported|experienced|showed|posted|registered|rose|fell|grew|climbed|dropped"
    r"|declined"
    r"|increased|decreased|reduced|doubled|halved|trebled|went|is|was|stood|stands|averaged|totalled|accounts?"
    r"|accounted"
    r"|makes?|made|an?(?= )|up|down|by|from|at|came)\b"
)
_AND_ANOTHER = re.compile(r"(?<=[\d%]) and [A-Z][a-z]+ (?:one of|by|of) .{0,40}$")


def named_elsewhere(case: Case, claim: Claim, text: str) -> str:
    """The place in a claim's clause that is neither the report's nor one of which figures are given; else empty."""
    if claim.kind in _AMONG_MANY:
        return ""
    lead = _LEAD.search(text[max(0, claim.start - _FAR) : claim.start])
    clause = f"{head_of(text, claim)} {_AND_ANOTHER.sub('', clause_of(text, claim))}"
    clause = f"{lead['lead']}, {clause}" if lead and not clause.lstrip().startswith(lead["lead"]) else clause
    if found := _OTHERS.search(clause):
        return found[0]
    known = {word for area in case.figures.areas for word in re.findall(r"[a-z]+", area)}
    known |= {word for name in case.figures.names for word in re.findall(r"[a-z]+", name)}
    known |= set(re.findall(r"[a-z]+", f"{case.own} {case.area}"))
    if (part := _CENTRE.search(clause)) and "centre" not in known:
        return part[0]
    known_names = " ".join(case.figures.areas)
    for pattern in (_BEFORE_KIND, _NAMED, _AS_SUBJECT):
        for found in pattern.finditer(clause):
            place = _LINKS.sub("", found["place"])
            words = set(re.findall(r"[a-z]+", place.lower())) - {"the", "and", "on", "upon", "under"}
            if (
                place.split(" ")[-1] in _ROADS
                and " " in place
                and place.lower() not in f"{known_names} {case.area} {case.own}"
            ):
                return place
            if pattern is _AS_SUBJECT and (_is_common(place.lower()) or _NO_NAME.search(place)):
                continue
            if _SAYS.match(clause, found.end()):
                continue
            if words & known or case.area_named(place.lower()) or _PLAIN.match(place) or place.endswith(_BODIES):
                continue
            return place + (found.groupdict().get("kind") or "")
    return _head_elsewhere(case, claim, text, known)


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


_COMMON = frozenset((
    "demand", "caseload", "caseloads", "workload", "performance", "activity", "volumes", "volume", "numbers", "output",
    "reporting", "recording", "progress", "risk", "harm", "need", "uptake", "everything", "nothing", "something", "one",
    "half", "each", "both", "some", "many", "most", "few", "none", "last", "next", "other", "others", "neither",
))  # fmt: skip


def _is_common(told: str) -> bool:
    """Whether the first words of a clause name no place: "Volumes", "Performance", "Overall"."""
    words = told.split()
    return all(
        word in _COMMON
        or word in PLAIN_SUBJECTS
        or word in LETTERS
        or word in PLAIN
        or word.endswith(("ly", "ing", "ed"))
        or counts(word)
        or quantity(word)[0] != "w"
        for word in words
    )


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
    areas |= set(measure.split())
    own = [word for word in told if word not in areas and not canonical({stem(word)}) & stems(measure)]
    return found["phrase"] if any(word not in PLAIN_NOUNS for word in own) else ""
