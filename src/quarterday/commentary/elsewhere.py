"""Places that a text names and of which no figures are given: what is said of one is not held against the report."""

import re
from dataclasses import replace

from quarterday.commentary.around import Around, clause_of
from quarterday.commentary.case import Case
from quarterday.commentary.held import canonical, counts, is_total, stem, stems
from quarterday.commentary.judge_change import PLAIN_NOUNS
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
    clause = _AND_ANOTHER.sub("", clause_of(text, claim))
    if found := _OTHERS.search(clause):
        return found[0]
    known = {word for area in case.figures.areas for word in re.findall(r"[a-z]+", area)}
    known |= {word for name in case.figures.names for word in re.findall(r"[a-z]+", name)}
    known |= set(re.findall(r"[a-z]+", f"{case.own} {case.area}"))
    for pattern in (_BEFORE_KIND, _NAMED):
        for found in pattern.finditer(clause):
            place = _LINKS.sub("", found["place"])
            words = set(re.findall(r"[a-z]+", place.lower())) - {"the", "and", "on", "upon", "under"}
            if words & known or case.area_named(place.lower()) or _PLAIN.match(place) or place.endswith(_BODIES):
                continue
            return place + (found["kind"] or "")
    return ""


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
