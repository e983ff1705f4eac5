"""How many of several places, or of several measures, moved: "each of the three components fell"."""

import re

from quarterday.commentary.around import Around
from quarterday.commentary.case import YEAR, Case, Judged, Pair, contradicted, supported, unknown
from quarterday.commentary.held import is_count, is_total
from quarterday.commentary.lexicon import LETTERS
from quarterday.commentary.rule import WAYS
from quarterday.domain.claim import Claim, ClaimKind, Unit, Way

_COUNT = r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|\d{1,2}"
_PLACES = (
    r"districts|boroughs|areas|forces|divisions|wards|sectors|hubs|services|authorities|partnerships|peers|councils|towns"
    r"|neighbourhoods|localities"
)
_THINGS = r"components|types|categories|measures|elements|strands|offences|crimes|groups"
_MEMBERS = re.compile(
    rf"\b(?:(?P<how>each|all|both|none|neither|every one|half|most|one|{_COUNT}) of "
    rf"(?:the |our |these |those |its |only |just )*"
    rf"|(?P<part>(?:a|one|two|three)[ -](?:thirds?|quarters?)|half) of (?:the |our |these |those )?"
    rf"|(?P<every>all|both) (?:of )?(?=(?:the |our )?(?:{_COUNT})\b)(?:the |our )?"
    rf"|all but (?P<but>one|two|three) of (?:the |our )?)"
    rf"(?:(?P<of>{_COUNT}) )?(?:of (?:the |our )?)?(?:[a-z-]+ ){{0,3}}(?:(?P<places>{_PLACES})|(?P<things>{_THINGS}))\b"
)
_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
}
_SHARES = {"quarter": 0.25, "quarters": 0.25, "third": 1 / 3, "thirds": 1 / 3}
_ALL = {"each", "all", "both", "every one"}
_READ_AS = {
    ClaimKind.DIRECTION, ClaimKind.DIFFERENCE, ClaimKind.SHARE, ClaimKind.PEER_POSITION, ClaimKind.TARGET,
    ClaimKind.LEVEL, ClaimKind.TREND, ClaimKind.RANK,
}  # fmt: skip
_FEWEST = 2


def of_members(case: Case, claim: Claim, words: Around) -> Judged | None:
    """Judged by counting the members that moved; ``None`` where none are spoken of, or not all are given."""
    may_be = claim.kind in _READ_AS and (
        claim.kind is not ClaimKind.PEER_POSITION or claim.stated.form in {"so many areas", "they have"}
    )
    clause = words.sentence if "all but" in words.sentence else words.clause  # "but" is no end of a clause there
    may_be = may_be and any(word in clause for word in (" of ", "all ", "both "))
    found = _MEMBERS.search(clause) if may_be else None
    if found is None or not _is_all_it_states(claim, found) or not _stands_with(words, clause, found):
        return None
    way = _way(clause[: found.start()], clause[found.end() :])
    is_one = found["how"] == "one" and found["of"] is not None and _ONE_THAT.match(clause[found.end() :]) is not None
    alone = is_one and clause[: found.start()].endswith("only ")  # "Holt was the only one of the four to see a rise"
    is_one = is_one and not alone
    if is_one and _AT_ANOTHER_TIME.search(clause[found.end() :]):
        return unknown("no figures of the others for that time are given")
    many = _many_said(found)
    changes = _changes(case, found, 0 if is_one else many)
    if way is None or changes is None:
        return None
    wanted = many if is_one else _wanted(found, len(changes))
    sign = case.sign_of(way)
    if wanted is None or sign is None:
        return None
    moved = [name for name, change in changes.items() if change * sign > 0]
    said = f"{len(moved)} of {len(changes)}: {', '.join(moved) or 'none'}"
    ours = {case.place(area) for area in case.figures.areas if alone and area in clause[: found.start()]}
    right = len(moved) == wanted and (not is_one or case.place(case.area) in moved) and ours <= set(moved)
    return supported(said) if right else contradicted(said, f"The figures say otherwise: {said}.")


def _is_all_it_states(claim: Claim, found: re.Match[str]) -> bool:
    """Whether the number that was read is the one of the members, or there is none."""
    amount = claim.stated.amount
    if claim.kind is ClaimKind.RANK:
        return claim.scope.against is not None  # "two of the five had more than the year before" is no place
    if amount is None or claim.stated.form in {"ratings", "so many of", "so many areas"}:
        return True
    told = {_NUMBERS.get(word) or (int(word) if word.isdigit() else 0) for word in (found["how"], found["of"]) if word}
    return amount.value in told or (amount.fraction and amount.unit is Unit.PER_CENT and bool(found["part"]))


def _stands_with(words: Around, clause: str, found: re.Match[str]) -> bool:
    """Whether the claim is in the words of the members, or right beside them."""
    at = clause.find(words.quote)
    start, end = found.span()
    between = clause[end:at] if at >= end else clause[at + len(words.quote) : start]
    return not re.search(r"\d|\b(?:than|against|but|while)\b", between)


def _way(before: str, after: str) -> Way | None:
    told = [*re.findall(r"[a-z]+", after), *reversed(re.findall(r"[a-z]+", before))]
    return next((WAYS[letter] for word in told if (letter := LETTERS.get(word, ("", None))[0]) in {*"UDud"}), None)


# "One of only two districts where it fell" tells how many fell, and that this was one of them.
_ONE_THAT = re.compile(r" (?:where|that|which|whose|in which|to (?:see|have|show|record))\b")
_AT_ANOTHER_TIME = re.compile(r"\b(?:month|quarter|week|since|summer|winter|christmas|half)\b")


def _many_said(found: re.Match[str]) -> int:
    """How many members are said to be; nought where that is not said."""
    said = found["of"]
    if found["every"] and not said:
        said = next(iter(re.findall(rf"\b(?:{_COUNT})\b", found[0])), None)
    return (_NUMBERS.get(said) or int(said)) if said else 0


def _changes(case: Case, found: re.Match[str], many: int) -> dict[str, float] | None:
    """The change of each member by its name; ``None`` unless they are as many as are said."""
    if found["places"]:
        members = case.peers or tuple(area for area in case.figures.areas if area != case.area)
        members = members if len(members) == many or case.peers else tuple(case.figures.areas)
        pairs = {case.place(peer): _pair(case, case.own, peer) for peer in members}
    else:
        measures = [key for key in case.figures.measures if is_count(key) and not is_total(key)]
        others = [key for key in measures if key != case.own]
        chosen = others if len(others) == (many or len(others)) else measures
        pairs = {case.name(key): _pair(case, key, case.area) for key in chosen}
    known = {name: pair.difference for name, pair in pairs.items() if pair is not None}
    whole = len(known) == len(pairs) >= _FEWEST and many in {0, len(known)}
    return known if whole else None


def _pair(case: Case, measure: str, area: str) -> Pair | None:
    key = measure if case.figures.periods(measure, area) else f"{measure} rate"
    now = case.now_of(key, area)
    pair = case.pair_of(key, area, before=now.shift(-YEAR), now=now)
    return None if isinstance(pair, str) else pair


def _wanted(found: re.Match[str], many: int) -> int | None:
    if found["but"]:
        return many - _NUMBERS[found["but"]]
    if found["every"] or found["how"] in _ALL:
        return many
    if found["how"] in {"none", "neither"}:
        return 0
    if found["part"] or found["how"] == "half":
        told = (found["part"] or "half").replace("-", " ").split()
        share = 0.5 if told == ["half"] else _SHARES[told[1]] * {"a": 1, "one": 1, "two": 2, "three": 3}[told[0]]
        return round(share * many)
    if found["how"] in _NUMBERS or (found["how"] or "").isdigit():
        return _NUMBERS.get(found["how"]) or int(found["how"])
    return None
