"""Ranks, averages of groups and other places against figures."""

import re
from dataclasses import dataclass, replace

from quarterday.commentary.case import YEAR, Case, Judged, contradicted, shown, supported, unknown
from quarterday.commentary.held import is_count, is_per_cent, stem, stems
from quarterday.commentary.judge_change import PLAIN_NOUNS, direction_of, target_of, times_of_place
from quarterday.commentary.lexicon import EMPTY_WORDS, LETTERS
from quarterday.commentary.places import is_county, is_in_london
from quarterday.commentary.ranked import group_size
from quarterday.commentary.rounding import fits
from quarterday.commentary.wording import number, ordinal
from quarterday.domain.claim import Amount, Claim, Unit, Verdict, Way, WhenKind
from quarterday.domain.measure import Polarity
from quarterday.domain.period import Period

IN_LINE_SHARE = 0.05  # "in line with": within 5 per cent
IN_LINE_POINTS = 1.0  # of changes: within one point
LOWEST_FIRST, HIGHEST_FIRST = 1, -1
_OUTSIDE = frozenset(("london", "national", "nationally", "england", "wales", "country"))
_EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class Table:
    """A value of each area of a group on one scale, and what the scale is."""

    values: dict[str, float]
    scale: str


def judge_rank(case: Case, claim: Claim) -> Judged:
    """A place in the group: by rate unless the text says otherwise, 1 = lowest."""
    if claim.stated.form == "from_to":
        return _moved_place(case, claim)
    if claim.stated.form == "places moved":
        return _places_moved(case, claim)
    if claim.stated.form == "place before":
        return _place_before(case, claim)
    area = _ranked_area(case, claim)
    measure = _ranked_measure(case, claim)
    if not measure:
        return unknown("no figures of what is ranked are given")
    if _is_of_others(case, claim):
        return unknown("no figures of the others in the group are given")
    period = case.period_of(
        claim.scope.period,
        measure=measure.removesuffix(" rate") if case.value(measure, area, case.about.as_at) else measure,
        area=area,
    )
    scale = claim.stated.scale
    if not scale and _BY_NUMBER.search(claim.quote.lower()):
        scale = "number"
    table = _table(case, measure, period or case.present, scale)
    if table is None and scale == "number":
        table = _table(case, measure, period or case.present, "")  # "3rd of 8 for vehicle offences", by their rates
    if table is None and claim.stated.scale == "change" and not _speaks_of_change(claim.quote.lower()):
        table = _table(case, measure, period or case.present, "")
    if table is None or area not in table.values or len(table.values) < 2:  # noqa: PLR2004
        return unknown("no figures of the others in the group are given")
    table = _among(case, claim, table, area)
    if claim.stated.form == "first":
        judged = _first(case, claim, table, area)
        if judged.verdict is Verdict.CONTRADICTED and scale == "change":
            # "The largest fall" may be the largest in number.
            by_number = _numbers_moved(case, measure, period or case.present)
            by_number = by_number and _among(case, claim, by_number, area)
            other = _first(case, claim, by_number, area) if by_number and area in by_number.values else judged
            return other if other.verdict is Verdict.SUPPORTED else judged
        return judged
    return _placed(case, claim, table, area)


# What a superlative is of: "the highest number of burglaries in the group", "the lowest burglary rate".
_WHAT_IS_RANKED = re.compile(
    r"\b(?:rates?|numbers?|volumes?|totals?|counts?|levels?) (?:of|for) (?P<what>[a-z'/ -]+?)"
    r"(?= (?:of|in|among|amongst|across|within|out|per|than|anywhere|belongs)\b|$)"
    r"|\b(?:highest|lowest|largest|biggest|smallest|greatest) (?P<whose>[a-z'/ -]+?)"
    r" (?:rate|total|count|number|volume)\b"
)
_SMALLER_KIND = re.compile(r"\b(?:wards|beats|lsoas?|neighbourhoods)\b")
_OF_FORCES = re.compile(r"\bforces?\b.*\b(?:england|wales|country|uk|britain)\b|\b43 forces\b")


def _ranked_measure(case: Case, claim: Claim) -> str:
    """The measure that is ranked: the one of the claim's own words, else of its clause; empty if none is given."""
    measure, _ = case.measure_of(claim.scope)
    found = _WHAT_IS_RANKED.search(claim.quote.lower())
    words = tuple((found["what"] or found["whose"]).split()) if found else ()
    if any(LETTERS.get(word, " ")[0] in "udGH" for word in words) or EMPTY_WORDS.union(PLAIN_NOUNS).issuperset(words):
        return measure or case.own
    return case.measure_of(replace(claim.scope, subject=words))[0]


def _is_of_others(case: Case, claim: Claim) -> bool:
    """Whether the words tell of a kind of place that those of the figures are not: wards, forces, London boroughs."""
    told = claim.quote.lower()
    if claim.stated.of == len(case.peers) > 0:
        return False
    if "london" in told and not any(map(is_in_london, (case.area, *case.peers))):
        return "london" not in case.area
    is_force = is_county(case.area) or not _FORCES.isdisjoint(case.area.split())
    return _SMALLER_KIND.search(told) is not None or (not is_force and _OF_FORCES.search(told) is not None)


_FORCES = frozenset(("police", "constabulary", "force", "mps", "metropolitan"))


def _ranked_area(case: Case, claim: Claim) -> str:
    """The area whose place is said: one that the clause names, else the comment's own."""
    told = [key for word in (*claim.scope.subject, *claim.scope.group) if (key := case.area_named(word))]
    named = [key for key in told if not _holds(case, key)]
    return named[0] if named and claim.stated.form != "place" else next(iter(named), case.area)


def _table(case: Case, measure: str, period: Period, scale: str) -> Table | None:
    """Each area's rate, else its number, or the change where that is what the text ranks."""
    plain = measure.removesuffix(" rate")
    others = [area for area in case.figures.areas if area not in case.peers]
    areas = (*case.peers, *(area for area in others if not _is_wider(case, plain, area, period)))
    if scale in {"change", "per cent change"}:
        changes = {area: change for area in areas if (change := _change(case, plain, area, period)) is not None}
        return Table(changes, "per cent change") if len(changes) > 1 else None
    if scale != "number":
        rates = {area: rate for area in areas if (rate := _rate(case, plain, measure, area, period)) is not None}
        if len(rates) > 1 and (not case.peers or case.area in rates):
            return Table(rates, "rate")
        if scale == "rate" or len(rates) > 1:
            return None
    counts = {area: count for area in areas if (count := case.value(plain, area, period)) is not None}
    return Table(counts, "number") if len(counts) > 1 else None


_WIDER = frozenset(("force", "region", "england", "wales", "national", "nationally", "uk"))
_OF_ALL = 0.9


def _is_wider(case: Case, plain: str, area: str, period: Period) -> bool:
    """Whether a place is one that the others lie in, and so is ranked with none of them."""
    if not _WIDER.isdisjoint(area.split()) and _WIDER.isdisjoint(case.area.split()):
        return True
    own = case.value(plain, area, period)
    theirs = [count for peer in case.peers if (count := case.value(plain, peer, period)) is not None]
    return is_count(plain) and own is not None and len(theirs) > 1 and own >= _OF_ALL * sum(theirs)


def _holds(case: Case, area: str) -> bool:
    """Whether a place is named for the group that lies in it: "of the five Gwent areas"."""
    return area not in case.peers and _is_wider(case, case.own, area, case.now_of(case.own, area))


def _among(case: Case, claim: Claim, table: Table, area: str) -> Table:
    """The table of the group alone, where the words name it by no other name: "of the five", "in the group"."""
    plain = set(claim.scope.group) <= _PLAIN_GROUP | {area} or claim.stated.of == len(case.peers)
    if not plain or not _covers(case, table) or area not in case.peers:
        return table
    return Table({peer: table.values[peer] for peer in case.peers}, table.scale)


def _numbers_moved(case: Case, measure: str, period: Period) -> Table | None:
    """Each area's change in number on a year before."""
    plain = measure.removesuffix(" rate")
    others = [area for area in case.figures.areas if area not in case.peers]
    areas = (*case.peers, *(area for area in others if not _is_wider(case, plain, area, period)))
    pairs = {area: case.pair_of(plain, area, before=period.shift(-YEAR), now=period) for area in areas}
    known = {area: pair.difference for area, pair in pairs.items() if not isinstance(pair, str)}
    return Table(known, "change in number") if is_count(plain) and len(known) > 1 else None


def _rate(case: Case, plain: str, measure: str, area: str, period: Period) -> float | None:
    if is_per_cent(measure) or (not is_count(plain)):
        return case.value(measure, area, period)
    return case.figures.rate(plain, area, period)


def _change(case: Case, measure: str, area: str, period: Period) -> float | None:
    if not case.figures.periods(measure, area) and case.figures.periods(f"{measure} rate", area):
        measure = f"{measure} rate"
    now = case.now_of(measure, area) if case.value(measure, area, period) is None else period
    pair = case.pair_of(measure, area, before=now.shift(-YEAR), now=now)
    return None if isinstance(pair, str) else pair.per_cent


def _place(values: dict[str, float], area: str, order: int) -> int:
    """The place counted from the lowest, or from the highest; ties share the better place."""
    own = values[area] * order
    return 1 + sum(1 for other, value in values.items() if other != area and value * order < own - _EPSILON)


def _order(case: Case, way: Way | None, table: Table) -> int | None:
    """From which end a superlative counts."""
    if way is Way.DOWN:
        return LOWEST_FIRST
    if way is Way.UP:
        return HIGHEST_FIRST
    if case.about.better is Polarity.NEITHER:
        return None
    best_is_low = case.about.better is Polarity.LOWER
    del table
    return LOWEST_FIRST if (way is Way.BETTER) is best_is_low else HIGHEST_FIRST


def _covers(case: Case, table: Table) -> bool:
    return bool(case.peers) and all(peer in table.values for peer in case.peers)


def _first(case: Case, claim: Claim, table: Table, area: str) -> Judged:
    order = _order(case, claim.stated.way, table)
    if order is None:
        return case.no_direction
    if claim.stated.word == Way.DOWN.value and table.scale in {"per cent change", "change in number"}:
        order = LOWEST_FIRST if claim.stated.way in {Way.UP, Way.BETTER} else HIGHEST_FIRST
    place = _place(table.values, area, order)
    wanted = int(claim.stated.amount.value) if claim.stated.amount else 1
    end = "lowest" if order == LOWEST_FIRST else "highest"
    leader = min(table.values, key=lambda name: table.values[name] * order)
    said = (
        f"by {table.scale} {case.place(area)}, at {shown(table.values[area])}, is {ordinal(place)} from the {end} "
        f"of {len(table.values)}"
    )
    outside = bool(set(claim.scope.group) & _OUTSIDE) or any(word.istitle() for word in claim.scope.group)
    sized = claim.stated.of in {0, len(table.values)}
    whole = _covers(case, table) and not outside and sized
    if not sized and _covers(case, table):
        return unknown("the group that is ranked is not the one whose figures are given")
    if wanted == 1 and place != 1:
        beaten = f"{said}; {case.place(leader)} has {shown(table.values[leader])}"
        return contradicted(beaten, f"The figures say otherwise: {beaten}.")
    if not whole:
        return unknown("not all areas of the group are given")
    if place == wanted:
        return supported(said)
    return contradicted(said, f"The figures say otherwise: {said}.")


def _placed(case: Case, claim: Claim, table: Table, area: str) -> Judged:
    if (
        not _covers(case, table)
        or claim.stated.of not in {0, len(table.values)}
        or claim.stated.word == "two groups"
        or claim.stated.amount is None
        or claim.stated.amount.value > len(table.values)
    ):
        return unknown("the group that is ranked is not given")
    order = _counted_from(case, claim)
    place = _place(table.values, area, order)
    said = f"by {table.scale} {case.place(area)} is {ordinal(place)} of {len(table.values)}"
    if place == int(claim.stated.amount.value):
        return supported(said)
    other = _place(table.values, area, -order)
    by_other = " That is its place counted from the other end." if other == int(claim.stated.amount.value) else ""
    return contradicted(said, f"The figures say otherwise: {said}.{by_other}")


def _counted_from(case: Case, claim: Claim) -> int:
    """The end that places are counted from: the best, unless the text says otherwise."""
    if claim.stated.form == "from the highest" or claim.stated.word == "high first":
        return HIGHEST_FIRST
    if claim.stated.word == "low first":
        return LOWEST_FIRST
    return HIGHEST_FIRST if case.about.better is Polarity.HIGHER else LOWEST_FIRST


def _places(case: Case, claim: Claim) -> tuple[int, int, int] | None:
    """The place a year before, now, and of how many."""
    measure, _ = case.measure_of(claim.scope)
    measure = measure or case.own
    for key in (f"{measure.removesuffix(' rate')} rate", measure):
        now = case.now_of(key, case.area)
        tables = [_table(case, measure, when, claim.stated.scale) for when in (now.shift(-YEAR), now)]
        if len({table.scale for table in tables if table is not None}) == 1 and all(
            table is not None and _covers(case, table) for table in tables
        ):
            order = _counted_from(case, claim)
            one, two = (_place(table.values, _ranked_area(case, claim), order) for table in tables if table is not None)
            return one, two, len(case.peers)
    return None


def _moved_place(case: Case, claim: Claim) -> Judged:
    places = _places(case, claim)
    if places is None or claim.stated.amount is None or claim.stated.earlier is None:
        return unknown("no figures of the others in the group are given")
    said = f"{ordinal(places[0])} of {places[2]} a year before, {ordinal(places[1])} now"
    if (int(claim.stated.earlier.value), int(claim.stated.amount.value)) == places[:2]:
        return supported(said)
    return contradicted(said, f"The figures say otherwise: {said}.")


def _place_before(case: Case, claim: Claim) -> Judged:
    """The place of a year before: "3rd of 8, slipping from 1st"."""
    places = _places(case, claim)
    if places is None or claim.stated.amount is None or claim.stated.of not in {0, places[2]}:
        return unknown("no figures of the others in the group are given")
    said = f"{ordinal(places[0])} of {places[2]} a year before, {ordinal(places[1])} now"
    if int(claim.stated.amount.value) == places[0]:
        return supported(said)
    return contradicted(said, f"The figures say otherwise: {said}.")


def _places_moved(case: Case, claim: Claim) -> Judged:
    places = _places(case, claim)
    if places is None or claim.stated.amount is None:
        return unknown("no figures of the others in the group are given")
    said = f"{ordinal(places[0])} of {places[2]} a year before, {ordinal(places[1])} now"
    gained = {Way.BETTER: 1, Way.WORSE: -1}.get(claim.stated.way, 0) if claim.stated.way else 0
    right_way = gained == 0 or (places[0] - places[1]) * gained > 0
    if abs(places[0] - places[1]) == int(claim.stated.amount.value) and right_way:
        return supported(said)
    return contradicted(said, f"The figures say otherwise: {said}.")


def judge_peer_position(case: Case, claim: Claim) -> Judged:
    """Against an average, against another place, or how many of them rose."""
    judge = {
        "average": _against_average, "other": _against_other, "so many areas": _so_many, "they have": _they_have,
        "gap": _gap, "so many beyond": _so_many_beyond,
        "limit": _limit, "times": _times_their_change, "their change": _their_change, "mean value": _mean_value,
        "not as much": _not_as_much,
    }.get(claim.stated.form)  # fmt: skip
    if judge is None:
        return unknown("no limits are given")
    return judge(case, claim)


def _limit(case: Case, claim: Claim) -> Judged:
    """A move beside limits: whether it is beyond them is not known, but whether there was one may be."""
    target = target_of(case, claim)
    if claim.stated.way is None or isinstance(target, Judged):
        return unknown("no limits are given")
    pair = case.pair(claim, measure=target[0], area=target[1])
    judged = unknown("") if isinstance(pair, str) else direction_of(case, claim.stated.way, pair)
    return judged if judged.verdict is Verdict.CONTRADICTED else unknown("no limits are given")


def _against_average(case: Case, claim: Claim) -> Judged:
    named = [area for word in claim.scope.group if (area := case.area_named(word))]
    if named and not _is_within_name(named[0], claim.quote.lower()):
        return _against_other(case, claim)
    told = claim.quote.lower()
    size = group_size(found["of"]) if (found := _AVERAGE_OF.search(told)) else 0
    if not named and (
        not _OUTSIDE.isdisjoint(claim.scope.group) or _OTHER_AVERAGE.search(told) or _in_london(case, told)
    ):
        return unknown("no national average is given")
    if size not in {0, len(case.peers)}:
        return unknown("no average of that group is given")
    measure, _ = case.measure_of(claim.scope)
    measure = measure or case.own
    period = case.now_of(measure, case.area)
    when = claim.scope.period
    if when is not None and when.kind is WhenKind.YEAR_BEFORE:
        period = case.period_of(when, measure=measure, area=case.area) or period
    printed = claim.stated.earlier
    scale = (
        "number"
        if printed is not None and _is_average_of_counts(case, measure, period, printed)
        else claim.stated.scale.replace("tested", "")
    )
    table = _table(case, measure, period, scale)
    if table is None:
        period = case.now_of(f"{measure} rate", case.area)
        table = _table(case, measure, period, scale)
    if table is None or not _covers(case, table):
        return unknown("no average of the group is given, nor the figures of all its members")
    area = next((key for word in claim.scope.subject if (key := case.area_named(word))), case.area)
    return _beside_average(case, claim, table, area)


_OTHER_AVERAGE = re.compile(
    r"\b(?:england|(?<!north )(?<!south )(?<!mid )(?<!west )wales|english|scottish|british|european|national\w*|uk)\b"
)
_AVERAGE_OF = re.compile(
    r"\b(?:average|mean|norm|median) (?:of|for|across|among|amongst) (?:the|its|our|all) (?P<of>\w+)"
)


def _in_london(case: Case, told: str) -> bool:
    """Whether London's average is told beside places that lie elsewhere."""
    return "london" in told and not any(map(is_in_london, (case.area, *case.peers)))


def _is_within_name(area: str, quote: str) -> bool:
    """Whether a place's name is only a part of a wider place's: "the Greater Manchester average"."""
    return re.search(rf"\b(?:greater|north|south|east|west|mid) {re.escape(area)}\b", quote) is not None


def _is_average_of_counts(case: Case, measure: str, period: Period, printed: Amount) -> bool:
    table = _table(case, measure, period, "number")
    return table is not None and fits(printed, sum(table.values.values()) / len(table.values))


def _beside_average(case: Case, claim: Claim, table: Table, area: str) -> Judged:
    members = [table.values[peer] for peer in case.peers]
    mean, own = sum(members) / len(members), table.values[area]
    gap = 100 * (own - mean) / mean if mean else 0.0
    said = f"{shown(own)} against a mean of {number(mean, places=2)} ({gap:+.1f}%)"
    return _side(case, claim, own=own, other=mean, gap=gap, said=said, tolerance=IN_LINE_SHARE * mean)


def _side(case: Case, claim: Claim, *, own: float, other: float, gap: float, said: str, tolerance: float) -> Judged:
    way = claim.stated.way
    if way is None:
        return unknown("no side is said")
    sign = case.sign_of(way)
    if sign is None:
        return case.no_direction
    ok = abs(own - other) <= tolerance + _EPSILON if sign == 0 else (own - other) * sign > 0
    if not ok:
        return contradicted(said, f"The figures say otherwise: {said}.")
    if claim.stated.scale == "tested":
        return unknown(f"no test and no limits are given for the word; the figures give {said}")
    printed, amount = claim.stated.earlier, claim.stated.amount
    if printed is not None and not fits(printed, other):
        return contradicted(said, f"The figures say otherwise: {said}.")
    if amount is not None and not fits(amount, gap if amount.unit is Unit.PER_CENT else own - other):
        return contradicted(said, f"The side is right, the distance is not: {said}.")
    return supported(said)


def _mean_value(case: Case, claim: Claim) -> Judged:
    measure, _ = case.measure_of(claim.scope)
    amount = claim.stated.amount
    means = []
    for scale in ("", "number"):
        table = _table(case, measure or case.own, case.present, scale)
        if table is not None and _covers(case, table):
            means.append(sum(table.values[peer] for peer in case.peers) / len(case.peers))
    if not means or amount is None:
        return unknown("no average of the group is given")
    said = (
        f"the mean of the {len(case.peers)} is {' or '.join(number(mean, places=2) for mean in dict.fromkeys(means))}"
    )
    if any(fits(amount, mean) for mean in means):
        return supported(said)
    return contradicted(said, f"The figures say otherwise: {said}.")


def _their_change(case: Case, claim: Claim) -> Judged:
    """The change in another place, told beside this one's: "Middlesbrough saw a smaller reduction (-7.4%)"."""
    named = [area for word in (*claim.scope.group, *claim.scope.subject) if (area := case.area_named(word))]
    measure, _ = case.measure_of(claim.scope)
    if not named or not measure:
        return unknown(f"no figures of {' '.join(claim.scope.group) or 'the others'} are given")
    now, before = case.times(claim.scope, measure=measure, area=case.area)
    own, theirs = (case.pair_of(measure, area, before=before, now=now) for area in (case.area, named[0]))
    if isinstance(own, str) or isinstance(theirs, str) or own.per_cent is None or theirs.per_cent is None:
        return unknown(f"no figures of {case.place(named[0])} are given")
    said = f"{theirs.per_cent:+.1f}% in {case.place(named[0])}, {own.per_cent:+.1f}% here"
    ok = claim.stated.amount is None or fits(claim.stated.amount, theirs.per_cent)
    if claim.stated.way is not None:
        sign = case.sign_of(claim.stated.way) or 0
        ok = (
            ok
            and theirs.per_cent * sign > 0
            and (
                not claim.stated.word
                or (theirs.per_cent * sign > own.per_cent * sign) is (claim.stated.word == "bigger")
            )
        )
    return supported(said) if ok else contradicted(said, f"The figures say otherwise: {said}.")


def _not_as_much(case: Case, claim: Claim) -> Judged:
    """Which of two places' changes is denied to be as large: "London is not falling as fast as here"."""
    named = {area for word in claim.scope.group if (area := case.area_named(word))} - {case.area}
    measure, _ = case.measure_of(claim.scope)
    if len(named) != 1 or not measure or claim.stated.way is None:
        return unknown("it is not clear which places are compared")
    other = named.pop()
    now, before = case.times(claim.scope, measure=measure, area=case.area)
    own, theirs = (case.pair_of(measure, area, before=before, now=now) for area in (case.area, other))
    if isinstance(own, str) or isinstance(theirs, str) or own.per_cent is None or theirs.per_cent is None:
        return unknown(f"the change in {case.place(other)} is not given")
    said = f"{theirs.per_cent:+.1f}% in {case.place(other)}, {own.per_cent:+.1f}% here"
    further = (own.per_cent - theirs.per_cent) * (case.sign_of(claim.stated.way) or 0)
    ok = further > 0 if claim.stated.word == "there" else further < 0
    return supported(said) if ok else contradicted(said, f"The figures say otherwise: {said}.")


def _gap(case: Case, claim: Claim) -> Judged:
    """A distance from an average that was named before."""
    table = _table(case, case.own, case.present, "")
    if table is None or not _covers(case, table) or claim.stated.amount is None:
        return unknown("no average of the group is given")
    members = [table.values[peer] for peer in case.peers]
    mean, own = sum(members) / len(members), table.values[case.area]
    gap = 100 * (own - mean) / mean if claim.stated.amount.unit is Unit.PER_CENT else own - mean
    said = f"{shown(own)} against a mean of {number(mean, places=1)} is {gap:+.1f}"
    return (
        supported(said) if fits(claim.stated.amount, gap) else contradicted(said, f"The figures say otherwise: {said}.")
    )


def _against_other(case: Case, claim: Claim) -> Judged:
    """Against one other place: rates and percentages as they stand, changes where the text speaks of changes."""
    told = [word for word in claim.scope.group if not word.startswith("neighbour")] or claim.scope.group
    named = [area for word in told if (area := case.area_named(word))]
    if named and named[0] == case.area:
        return _against_own(case, claim)
    if not named and (of_all := _against_all(case, claim)):
        return of_all
    if not named:
        return unknown(f"no figures of {' '.join(claim.scope.group) or 'the others'} are given")
    if len(set(named)) > 1 and _BOTH.search(claim.quote.lower()):
        each = [_against_other(case, replace(claim, scope=replace(claim.scope, group=(area,)))) for area in named]
        return next((one for worst in _WORST_FIRST for one in each if one.verdict is worst), each[0])
    measure, _ = case.measure_of(claim.scope)
    other = named[0]
    if measure and not case.figures.periods(measure, other) and case.figures.periods(f"{measure} rate", other):
        measure = f"{measure} rate"
    if measure and not case.figures.periods(measure, other):
        measure = measure.removesuffix(" rate")
    if not measure or not case.figures.periods(measure, other):
        return unknown(f"no figures of {case.place(other)} are given")
    words = _words_of(claim)
    crossing = words.startswith(("overtak", "overtook"))
    standing = not is_count(measure) or crossing
    if not standing and not _speaks_of_change(words) and claim.stated.scale != "change":
        counted = _OF_NUMBERS.match(words)
        if counted and all(stem(word) in stems(measure) or word in PLAIN_NOUNS for word in counted["what"].split()):
            return _levels(case, claim, measure, other)
        if claim.stated.amount is not None and claim.stated.amount.unit is Unit.COUNT and _SHORT_OF.search(words):
            return _levels(case, replace(claim, stated=replace(claim.stated, way=Way.DOWN)), measure, other)
    if not standing and _AHEAD.match(words):
        return _ahead(case, claim, measure, other)
    if not standing and claim.stated.way in {Way.UP, Way.DOWN} and not _speaks_of_change(words):
        return _rates(case, claim, measure, other)
    if standing and claim.stated.scale != "change" and not _speaks_of_change(words):
        ways = (claim.stated.way, Way.UP) if crossing else (claim.stated.way,)  # to do better, or to have more
        tried = [_levels(case, replace(claim, stated=replace(claim.stated, way=way)), measure, other) for way in ways]
        return next((judged for judged in tried if judged.verdict is Verdict.SUPPORTED), tried[0])
    return _changes(case, claim, measure, other)


_AHEAD = re.compile(r"(?:ahead|clear|adrift) of|behind")


def _ahead(case: Case, claim: Claim, measure: str, other: str) -> Judged:
    """Ahead of another place or behind it, by rate or by change: contradicted where both deny it."""
    sign = case.sign_of(claim.stated.way) if claim.stated.way else None
    by_side = replace(claim, stated=replace(claim.stated, way=Way.UP if (sign or 0) > 0 else Way.DOWN))
    each = [_rates(case, by_side, measure, other), _changes(case, claim, measure, other)]
    if sign and any(one.verdict is Verdict.SUPPORTED for one in each):
        return next(one for one in each if one.verdict is Verdict.SUPPORTED)
    if sign and all(one.verdict is Verdict.CONTRADICTED for one in each):
        return each[0]
    return unknown("it is not clear whether rates or changes are compared")


def _against_own(case: Case, claim: Claim) -> Judged:
    """As in "Corby saw a bigger fall than Ashby", in Ashby's own report: seen from Corby."""
    subject = claim.scope.subject
    there = next((area for word in subject if (area := case.area_named(word)) and area != case.area), "")
    if not there:
        return unknown("it is not clear which places are compared")
    beside = replace(claim.scope, group=(case.area,), subject=tuple(word for word in subject if word != there))
    about = replace(case.about, area=case.place(there))
    return _against_other(Case(about, case.figures), replace(claim, scope=beside))


_BOTH = re.compile(r"\b(?:and|or|nor)\b|&")
_WORST_FIRST = (Verdict.CONTRADICTED, Verdict.NOT_CHECKABLE)
_OF_NUMBERS = re.compile(r"(?:more|fewer) (?P<what>(?:[a-z-]+ ){1,5})than\b")
_SHORT_OF = re.compile(r"\b(?:short of|shy of)\b")
_BY_NUMBER = re.compile(r"\b(?:most|fewest)\b(?! (?:similar|of|improved))(?!.*\brate\b)")
_ALL_OTHERS = re.compile(r"^(?:any|all|every|each|most)\b(?: of)?|^(?:the )?other \w+$")
_SO_MANY = re.compile(
    r"\b(?:than|above|below|beat|beats|over|under)(?: all but| only| just)? "
    r"(?P<many>two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
    r" (?:others?|of (?:the|its|our|their)\b)"
)
_MANY = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_PLAIN_GROUP = frozenset((
    "group", "cluster", "peers", "family", "msg", "peer", "comparators", "neighbours", "its peers", "our peers",
    "areas", "districts", "boroughs", "authorities", "councils", "partnerships", "divisions", "towns", "any area",
    "any other", "any other area", "anywhere else", "other areas", "other districts", "all areas",
))  # fmt: skip


def _against_all(case: Case, claim: Claim) -> Judged | None:
    """Against each of the group, so many of it, or the group as one; ``None`` where its figures are not all given."""
    said_of = " ".join(claim.scope.group)
    so_many = _SO_MANY.search(claim.quote.lower())
    plain = bool(claim.scope.group) and set(claim.scope.group) <= _PLAIN_GROUP
    measure, _ = case.measure_of(claim.scope)
    if not (_ALL_OTHERS.match(said_of) or so_many or plain) or not measure or claim.stated.way is None:
        return None
    if {"bar", "except", "but", "apart", "excluding"} & {*claim.scope.also, *claim.quote.lower().split()}:
        return None
    area = _ranked_area(case, claim)
    scales = _scales_of(claim)
    tables = [table for scale in scales if (table := _table(case, measure, case.now_of(measure, case.area), scale))]
    tables = [table for table in tables if _covers(case, table) and area in table.values]
    sign = case.sign_of(claim.stated.way)
    if not tables or not sign:
        return None
    if plain and not so_many:
        judged = [_beside_average(case, claim, table, area) for table in tables]
    else:
        wanted = _MANY.get(so_many["many"]) or int(so_many["many"]) if so_many else len(case.peers) - 1
        judged = [_beside_each(case, claim, table, area, wanted=wanted) for table in tables]
    return judged[0] if len({one.verdict for one in judged}) == 1 else None


def _scales_of(claim: Claim) -> tuple[str, ...]:
    """What the words compare: changes, numbers, or, where they do not say, rates and changes alike."""
    words = claim.quote.lower()
    if _speaks_of_change(words) or re.search(r"\b(?:rose|fell|grew|dropped|rising|falling|growing)\b", words):
        return ("change",)
    if re.search(r"\b(?:more|fewer)\b", words):
        return ("number",)
    return ("",) if claim.stated.way in {Way.UP, Way.DOWN} else ("", "change")


def _beside_each(case: Case, claim: Claim, table: Table, area: str, *, wanted: int) -> Judged:
    """How many of the group an area is above or below, or has moved further than."""
    own = table.values[area]
    sign = case.sign_of(claim.stated.way) if claim.stated.way else 0
    words = claim.quote.lower()
    by_change = table.scale == "per cent change"
    if by_change and re.search(r"slow|small|less", words):
        sign = -sign if sign else 0
    others = [peer for peer in case.peers if peer != area]
    if by_change and _speaks_of_change(words):
        beaten = [peer for peer in others if _compared(case, claim.stated.way, words, own, table.values[peer])]
    else:
        beaten = [peer for peer in others if (own - table.values[peer]) * (sign or 0) > _EPSILON]
    said = f"by {table.scale} {case.place(area)}, at {shown(own)}, is so beside {len(beaten)} of {len(case.peers) - 1}"
    return supported(said) if len(beaten) == wanted else contradicted(said, f"The figures say otherwise: {said}.")


def _rates(case: Case, claim: Claim, measure: str, other: str) -> Judged:
    """Higher or lower than another place: by rate, for two places' counts say little of either."""
    now = case.now_of(measure, case.area)
    own, theirs = (case.figures.rate(measure, area, now) for area in (case.area, other))
    if own is None or not theirs:
        return unknown(f"no rates for {case.place(other)} and here are given")
    said = f"{number(own, places=2)} against {number(theirs, places=2)} per 1,000 in {case.place(other)}"
    gap = 100 * (own - theirs) / theirs
    judged = _side(case, claim, own=own, other=theirs, gap=gap, said=said, tolerance=IN_LINE_SHARE * theirs)
    counts = [count for area in (case.area, other) if (count := case.value(measure, area, now)) is not None]
    agree = len(counts) > 1 and (counts[0] - counts[1]) * (own - theirs) > 0
    told = agree or _OF_RATES.search(" ".join((*claim.scope.subject, claim.quote.lower())))
    if judged.verdict is Verdict.CONTRADICTED and counts and not told:
        return unknown(f"it is not clear whether rates or numbers are compared; the figures give {said}")
    return judged


_OF_RATES = re.compile(r"\b(?:rates?|averages?|per (?:1,000|thousand|head|capita))\b")


def _speaks_of_change(words: str) -> bool:
    return any(told.search(words) for told in (_FALLING, _RISING, _SPEED))


def _levels(case: Case, claim: Claim, measure: str, other: str) -> Judged:
    now = case.now_of(measure, case.area)
    own, theirs = case.value(measure, case.area, now), case.value(measure, other, now)
    if own is None or theirs is None:
        return unknown(f"no figures of {case.place(other)} are given")
    gap = 100 * (own - theirs) / theirs if theirs else 0.0
    said = f"{shown(own)} against {shown(theirs)} in {case.place(other)}"
    return _side(case, claim, own=own, other=theirs, gap=gap, said=said, tolerance=IN_LINE_SHARE * abs(theirs))


def _changes(case: Case, claim: Claim, measure: str, other: str) -> Judged:
    now, before = case.times(claim.scope, measure=measure, area=case.area)
    own, theirs = (case.pair_of(measure, area, before=before, now=now) for area in (case.area, other))
    if isinstance(own, str) or isinstance(theirs, str) or own.per_cent is None or theirs.per_cent is None:
        return unknown(f"the change in {case.place(other)} is not given")
    said = f"{own.per_cent:+.1f}% against {theirs.per_cent:+.1f}% in {case.place(other)}"
    words = _words_of(claim)
    printed = next(
        (
            amount
            for amount in (claim.stated.earlier, claim.stated.amount)
            if amount is not None and amount.unit is Unit.PER_CENT
        ),
        None,
    )
    of_own = printed is not None and printed is claim.stated.amount and fits(printed, own.per_cent)
    if printed is not None and not of_own and not fits(printed, theirs.per_cent):
        return contradicted(said, f"The figures say otherwise: {said}.")
    ok = _compared(case, claim.stated.way, words, own.per_cent, theirs.per_cent)
    if ok is None:
        return (
            case.no_direction
            if case.about.better is Polarity.NEITHER
            else unknown("it is not clear which way is meant")
        )
    if not ok:
        return contradicted(said, f"The figures say otherwise: {said}.")
    if claim.stated.scale == "tested":
        return unknown(f"no test is given for the word; the figures give {said}")
    return supported(said)


_FALLING = re.compile(r"\b(?:fall|fell|reduc\w|decrease|decreasing|drop|declin|cut|down (?:by|more))")
_RISING = re.compile(r"\b(?:ris[ei]|rose|increase|increasing|grow|grew|jump|climb|surge|uplift|up (?:by|more))")
_SPEED = re.compile(r"\b(?:faster|slower|improvement|more (?:slowly|gradually|gently|quickly|rapidly|sharply|steeply))")
_BIGGER = re.compile(
    r"\b(?:bigger|larger|greater|faster|quicker|steeper|sharper|higher|more(?! (?:slowly|gradually|gently))|above|over"
    r"|exceed\w*|outstrip\w*|outpac\w*|topp(?:ed|ing)|tops|surpass\w*|better(?:ed|s|ing))\b"
)
_SMALLER = re.compile(
    r"\b(?:smaller|slower|more (?:slowly|gradually|gently)|lag\w*|trail\w*"
    r"|shallower|lower|less|lesser|below|beneath|under|short of)\b"
)


def _words_of(claim: Claim) -> str:
    """What a comparison says, without the names of places: Greater Manchester is no greater change."""
    words = claim.stated.word
    for name in claim.scope.group:
        words = words.replace(name, "")
    return words


def _compared(case: Case, way: Way | None, words: str, own: float, theirs: float) -> bool | None:
    """Whether one change is beside another as the words say: a bigger fall, a smaller rise, better, in line."""
    if way is Way.SAME:
        return abs(own - theirs) <= IN_LINE_POINTS + _EPSILON
    falling = _FALLING.search(words) is not None
    rising = _RISING.search(words) is not None and not falling
    bigger, smaller = _BIGGER.search(words) is not None, _SMALLER.search(words) is not None
    if (falling or rising) and (bigger or smaller):
        sign = -1 if falling else 1
        if own * sign <= 0:
            return False
        return (own * sign > theirs * sign) is bigger
    if way is None:
        return None
    sign_or_none = case.sign_of(way)
    return None if sign_or_none is None else (own - theirs) * sign_or_none > 0


def _so_many(case: Case, claim: Claim) -> Judged:
    """How many of the areas rose or fell."""
    way, amount = claim.stated.way, claim.stated.amount
    sign = case.sign_of(way) if way else None
    measure, _ = case.measure_of(claim.scope)
    measure = measure or case.own
    now = case.now_of(measure, case.area)
    changes = {peer: change for peer in case.peers if (change := _change(case, measure, peer, now)) is not None}
    if not changes and measure.endswith(" rate"):  # rates of one year alone: the numbers tell who rose
        plain = measure.removesuffix(" rate")
        changes = {peer: change for peer in case.peers if (change := _change(case, plain, peer, now)) is not None}
    if claim.stated.word == "all":  # "every force in the group recorded an increase"
        amount = Amount(float(len(changes)))
    if not case.peers or len(changes) < len(case.peers) or amount is None or claim.stated.of not in {0, len(changes)}:
        return unknown("no figures of all the areas are given")
    if sign is None:
        return case.no_direction
    moved = [case.place(peer) for peer, change in changes.items() if change * sign > 0]
    said = f"{len(moved)} of {len(changes)}: {', '.join(moved) or 'none'}"
    own_moved = claim.stated.word != "and it" or changes.get(case.area, 0) * sign > 0
    if len(moved) == int(amount.value) and own_moved:
        return supported(said)
    return contradicted(said, f"The figures say otherwise: {said}.")


def _so_many_beyond(case: Case, claim: Claim) -> Judged:
    """How many of the group have more, or a higher rate, than this place."""
    amount, way = claim.stated.amount, claim.stated.way
    measure, _ = case.measure_of(claim.scope)
    measure = measure or case.own
    scale = "number" if re.search(r"\b(?:more|fewer)$", claim.quote.lower()) else ""
    table = _table(case, measure, case.now_of(measure, case.area), scale)
    sign = case.sign_of(way) if way else None
    if table is None or not _covers(case, table) or amount is None or not sign:
        return unknown("no figures of all the areas are given")
    own = table.values[case.area]
    beyond = [case.place(peer) for peer in case.peers if (table.values[peer] - own) * sign > _EPSILON]
    said = f"by {table.scale} {len(beyond)} of {len(case.peers)}: {', '.join(beyond) or 'none'}"
    if len(beyond) == int(amount.value):
        return supported(said)
    return contradicted(said, f"The figures say otherwise: {said}.")


def _they_have(case: Case, claim: Claim) -> Judged:
    """Another area has more, or a higher rate, than this one."""
    named = [area for word in claim.scope.group if (area := case.area_named(word))]
    measure, _ = case.measure_of(claim.scope)
    if not named or not measure:
        return unknown(f"no figures of {' '.join(claim.scope.group)} are given")
    default = "number" if {"more", "fewer"} & set(claim.quote.lower().split()) else ""
    table = _table(case, measure, case.now_of(measure, case.area), claim.stated.scale or default)
    sign = case.sign_of(claim.stated.way) if claim.stated.way else None
    if table is None or named[0] not in table.values or case.area not in table.values or not sign:
        return unknown(f"no figures of {case.place(named[0])} are given")
    said = f"{shown(table.values[named[0]])} in {case.place(named[0])}, {shown(table.values[case.area])} here"
    if (table.values[named[0]] - table.values[case.area]) * sign > 0:
        return supported(said)
    return contradicted(said, f"The figures say otherwise: {said}.")


def _times_their_change(case: Case, claim: Claim) -> Judged:
    """As in "More than twice the London reduction"."""
    named = [area for word in claim.scope.group if (area := case.area_named(word))]
    amount = claim.stated.amount
    measure, _ = case.measure_of(claim.scope)
    if not named or not measure or amount is None:
        return unknown(f"no figures of {' '.join(claim.scope.group)} are given")
    if claim.stated.scale != "change":
        return times_of_place(case, claim, amount, named[0])
    now, before = case.times(claim.scope, measure=measure, area=case.area)
    pairs = [case.pair_of(measure, area, before=before, now=now) for area in (case.area, named[0])]
    own, theirs = pairs
    if isinstance(own, str) or isinstance(theirs, str) or not own.per_cent or not theirs.per_cent:
        return unknown(f"no figures of {case.place(named[0])} are given")
    # The text compares the changes as it prints them.
    times = round(own.per_cent, 1) / round(theirs.per_cent, 1)
    said = f"{own.per_cent:+.1f}% is {number(times, places=2)} times {theirs.per_cent:+.1f}%"
    ok = (
        times > amount.value
        if amount.loose.value == "over"
        else abs(times - amount.value) <= IN_LINE_SHARE * amount.value
    )
    return supported(said) if ok else contradicted(said, f"The figures say otherwise: {said}.")
