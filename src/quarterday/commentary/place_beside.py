"""A wider place that stands right beside a number: "across the force", "the force as a whole (-4%)"."""

import re

from quarterday.commentary.around import Around
from quarterday.commentary.case import Case
from quarterday.domain.claim import Claim

_PLACE_IN_FRONT = re.compile(r"\b(?P<place>(?:[a-z-]+ ){1,3}?)(?:as a whole )?\($")
_PLACE_BEHIND = re.compile(r"^ (?:across|in|for|over|throughout) the (?P<place>[a-z-]+)\b")


def place_beside(case: Case, claim: Claim, words: Around) -> str:
    """A wider place of which figures are given, in front of the bracket or behind the number: "across the force"."""
    told = [
        found["place"].strip()
        for found in (_PLACE_IN_FRONT.search(words.before[-40:]), _PLACE_BEHIND.match(words.after))
        if found
    ]
    for place in told:
        area = case.area_named(place.split()[-1]) or case.area_named(place)
        if area and area != case.area and case.area_named(" ".join(claim.scope.group)) != area:
            return area
    return ""
