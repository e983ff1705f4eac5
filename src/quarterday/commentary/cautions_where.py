"""Cautions about where: other places, wider ones, and places that are compared with."""

import re

from quarterday.commentary.around import Around, wider
from quarterday.commentary.case import Case
from quarterday.commentary.caution import ALL, COMPARES, OF_TIME, Caution, kinds, told
from quarterday.commentary.foreign import of_some
from quarterday.commentary.readings import is_named
from quarterday.domain.claim import Claim, ClaimKind

_BESIDE = re.compile(r"^\W*(?:compared (?:with|to)|unlike|like|against|beside|alongside|relative to) (?P<told>[^,]*),")
_THAN = re.compile(r"^\W*(?:\w+ ){0,2}than (?:in |at |that of |the |those in )?(?P<told>[^,;.]*)")
_SET_APART = re.compile(r"\b(?:than|against|compared|relative|versus|and)\b")


def _beside_place(case: Case, _claim: Claim, words: Around) -> str:
    """A place that is compared with, and not a time."""
    told = " ".join(
        found["told"] for found in (_BESIDE.match(words.sentence), _THAN.match(words.after)) if found is not None
    )
    return next((case.place(area) for area in case.figures.areas if told and area in told), "")


def _times_of_a_place(case: Case, claim: Claim, words: Around) -> bool:
    return claim.stated.word != "over time" and any(
        area != case.area and is_named(case, area, words.before) for area in case.figures.areas
    )


def _other_area(case: Case, claim: Claim, words: Around) -> str:
    """Another area that the clause names, where the claim was not read as of it."""
    if claim.scope.group:
        return ""
    others = (area for area in case.figures.areas if area != case.area)
    at = words.clause.find(words.quote) + len(words.quote)
    told = words.clause[:at] + _SET_APART.split(words.clause[at:])[0]
    return next((case.place(area) for area in others if is_named(case, area, told)), "")


def _wider(case: Case, claim: Claim, words: Around) -> str:
    """The words for a wider place, unless it is the place itself or the group that figures are given of."""
    place = wider(words)
    if not place:
        return ""
    last = place.split()[-1]
    named = [area for word in claim.scope.group if (area := case.area_named(word))]
    is_held = any(last in area for area in named) or last in case.area or case.is_own_place(last)
    is_held = is_held or bool(case.area_named(last))
    return "" if is_held or _among_peers(case, claim, place) else place


def _among_peers(case: Case, claim: Claim, place: str) -> bool:
    """Whether a rank or a position in the region is one in the group whose figures are given."""
    if claim.kind is ClaimKind.RANK and claim.stated.form == "first":
        return True  # whoever is first there is first here too
    if claim.kind is ClaimKind.PEER_POSITION:
        return any(case.area_named(word) for word in claim.scope.group) or bool(case.peers)
    return bool(case.peers) and claim.kind is ClaimKind.RANK and place.startswith("in the")


def _of_some(case: Case, _claim: Claim, words: Around) -> str:
    return repr(told) if (told := of_some(case, words)) else ""


_OTHER_SIZE = re.compile(
    r"\bof (?:the|our|its|these|those) (?P<many>two|three|four|five|six|seven|eight|nine|ten)\b"
    r"(?! (?:years|months|quarters))"
)
_MANY = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}


def _group_of_other_size(case: Case, _claim: Claim, words: Around) -> bool:
    """Whether the group is not the places of which figures are given."""
    found = _OTHER_SIZE.search(words.quote + words.after[:30])
    return found is not None and not case.peers and _MANY[found["many"]] != len(case.figures.areas)


def _beyond_group(case: Case, claim: Claim, words: Around) -> bool:
    """Whether a rank is in a wider place, beside one in the group whose figures are given.

    Whoever is beaten in the group is not the first of the wider place either.
    """
    if claim.stated.form == "first" and claim.stated.amount is None:
        return False
    return (
        bool(case.peers)
        and _WIDER_RANK.search(words.quote + words.after[:30]) is not None
        and (_IN_GROUP.search(words.sentence.replace(words.quote, "")) is not None)
    )


_WIDER_RANK = re.compile(r"\bin the (?:county|region|country|force|city)\b")
_IN_GROUP = re.compile(
    r"\b(?:of|in|among|amongst|out of) (?:the |our |its )?(?:(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b"
    r"(?![.,]?\d|%| per)|(?:most similar |family |peer )?(?:group|family)\b)"
)
OF_WHERE = (
    Caution(
        "some of it", ALL, _of_some,
        "no figures of {} are given",
        "On Saturdays, robbery fell by 30%.",
    ),
    Caution(
        "theirs beside ours", kinds(ClaimKind.FROM_TO), told(
            "quote", r"\b(?:against|versus|v|vs|compared (?:with|to)) our (?:own )?\d",
        ),
        "it is not clear which places are compared",
        "Eastham had 200 robberies, against our 300.",
    ),
    Caution(
        "here against there", kinds(ClaimKind.FROM_TO), told(
            "before",
            r"\b(?:against|versus|v|vs|compared (?:with|to)) (?:the |our |its )?(?:msg|msf|family|peers?|group|cluster"
            r"|average|mean|iquanta)(?: (?:average|mean|group|family))?: $",
        ),
        "no figures of the two are given",
        "Robbery v MSG: 3.0 v 2.0.",
    ),
    Caution(
        "another that goes on", OF_TIME | {ClaimKind.DIRECTION, ClaimKind.TREND}, told(
            "before",
            r"\b(?:than|with|to|unlike|like|and|of|in) (?:the |our |its |a |an )?"
            r"(?:neighbouring|adjoining|adjacent|surrounding|other|nearby|sister|rival) (?:[a-z-]+ ){0,2}[a-z-]+,? "
            r"(?:which|who|whose|where)\b[^;]*$",
        ),
        "no figures of the other place are given",
        "Robbery is worse than in the neighbouring district, which has seen a decrease.",
    ),
    Caution(
        "a group of another size", kinds(ClaimKind.RANK), _group_of_other_size,
        "it is not clear which places are compared",
        "Westham had the highest robbery of the four.",
    ),
    Caution(
        "beyond the group", kinds(ClaimKind.RANK), _beyond_group,
        "not all areas of the wider place are given",
        "Westham is the highest of the four boroughs, and third highest in the county.",
    ),
    Caution(
        "beside a place", COMPARES, _beside_place,
        "it is not clear how {} compares",
        "Compared with Eastham, Westham has 100 fewer robberies.",
    ),
    Caution(
        "times of a place", kinds(ClaimKind.MULTIPLE), _times_of_a_place,
        "it is not clear which of the two is the larger",
        "Robbery in Eastham is twice as high.",
    ),
    Caution(
        "another area", OF_TIME, _other_area,
        "it is not clear whether {} is meant",
        "Reductions of 9.8% compare with an Eastham rise.",
    ),
    Caution(
        "a wider place", ALL, _wider,
        "no figures are given for what is told {}",
        "Robbery fell by 30% nationally.",
    ),
)  # fmt: skip
