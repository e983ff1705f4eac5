"""Cautions about what is counted: a part, the rest, another thing than the measure."""

import re

from quarterday.commentary.around import Around, adds_up, gives
from quarterday.commentary.case import Case
from quarterday.commentary.caution import CHANGED, COMPARES, MEASURED, OF_TIME, STANDS, Caution, kinds, tells, told
from quarterday.commentary.foreign import WORDS, foreign, foreign_subject, is_known
from quarterday.commentary.held import alike, canonical, counts, is_per_cent, stem, stems, vehicle_tags
from quarterday.commentary.judge_change import PLAIN_NOUNS
from quarterday.commentary.lexicon import DOINGS
from quarterday.commentary.readings import is_bare, measures_named
from quarterday.commentary.tokens import quantity
from quarterday.domain.claim import Claim, ClaimKind

_TALLIED = re.compile(
    r"^(?:out )?of (?:the |these |those |its |our )?"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$"
)
_SO_MANY_OF = re.compile(r"\d[\d,]*(?: [a-z-]+)? (?:out )?$")


def _tallied(words: Around) -> bool:
    """Whether the number says of how many: "the lower of the two", "114 of the 181"."""
    told_before = words.quote.startswith(("of ", "out of ")) and _SO_MANY_OF.search(words.before)
    return _TALLIED.match(words.quote) is not None or bool(told_before)


_DONE_SO = re.compile(
    r"\b(?:was|were|been|being) (?:\w+ly )?(?P<done>solved|detected|cleared|charged|prosecuted|convicted|recovered"
    r"|attended|arrested|cautioned|screened|closed|resolved|referred)\b"
)


def _done_about(case: Case, _claim: Claim, words: Around) -> str:
    """What was done about the things that are counted."""
    found = _DONE_SO.search(words.clause)
    return found["done"] if found and stem(found["done"]) not in stems(case.own) else ""


_REST = re.compile(
    r"\b(?:(?:the|all) (?:rest|remainder|others?(?! (?:way|direction|hand|side|end)\b))"
    r"|others|the remaining [a-z]+|(?:all )?other (?:[a-z]+ ){0,2}"
    r"(?:offences|crimes?|incidents|types|categories|thefts|burglaries|areas|districts|wards|cases|reports))\b[^,;]*$"
)


def _of_the_rest(words: Around) -> bool:
    at = max(0, words.clause.find(words.quote))
    return _REST.search(words.clause[:at]) is not None


# "Those with injury fell whilst those without rose by 210": the second are not what the first were.
_THOSE = re.compile(
    r"(?:^|[,;:]|\b(?:and|but|or|while|whilst|whereas|although|though|yet)) ?(?:for |of |in |among |amongst )?"
    r"those (?!(?:is|are|was|were|has|have|had|rose|fell|went|also|now|figures|numbers)\b)[a-z][^,;]*$"
)
_MARK = re.compile(r"[,;:]")
_OPPOSITE = re.compile(
    r"\b(?:without|(?:not|never) (?:involving|causing|leading to|resulting in|inside|in|on|at|by|of)|non|no)[ -]"
    r"(?:an? |any |the )?(?P<what>[a-z]+)"
)


def _opposite(case: Case, _claim: Claim, words: Around) -> bool:
    """Whether what the clause is about is the other part: "offences without injury", "non-injury offences"."""
    at = max(0, words.clause.find(words.quote))
    if _THOSE.search(words.clause[:at]):
        return True
    if any(word in case.own for word in ("without", "non-", "no ", "not ")):
        return False
    told = words.clause[:at] + _MARK.split(words.clause[at + len(words.quote) :])[0]
    return any(stem(found["what"]) in stems(case.own) for found in _OPPOSITE.finditer(told))


_AS_A_WHOLE = re.compile(
    r"(?<!year )(?<!period )(?<!months )(?<!quarter )(?<!borough )(?<!district )(?<!city )(?<!county )(?<!town )"
    r"(?<!area )(?<!division )(?<!partnership )\b(?:as a whole(?!,? (?:the (?:year|period|quarter)|there|we)\b)"
    r"|altogether|of all (?:kinds|types)|of any kind|all types of|all forms of)\b"
)


_PLACE_AS_A_WHOLE = re.compile(r"\b(?:in|across|within|over) (?:[a-z'-]+ ){1,3}as a whole\b")
_BRACKETS = re.compile(r"\([^)]*\)")


def _as_a_whole(case: Case, _claim: Claim, words: Around) -> bool:
    """Whether the sentence speaks of a whole of which the measure, not named in it, may be a part."""
    if _AS_A_WHOLE.search(_PLACE_AS_A_WHOLE.sub("", words.before)) is None:
        return False
    told = f"{_BRACKETS.sub('', words.before)}{words.quote}{_MARK.split(words.after)[0]}"
    said = canonical({stem(word) for word in WORDS.findall(told)}) | vehicle_tags(told)
    return not stems(case.own) <= said


_OF_OTHER_WHOLE = re.compile(
    r"(?:%|per cent|third|quarter|half) of (?:all |the |our )*"
    r"(?!all\b|the\b|our\b|crime|recorded|total|offences|notifiable)[a-z]"
)


def _of_other_whole(_case: Case, claim: Claim, words: Around) -> bool:
    return not claim.scope.whole and _OF_OTHER_WHOLE.search(words.sentence) is not None


_WERE = re.compile(r"(?:^|\bof [a-z -]{3,60}) (?:was|were|is|are|being) (?P<so>[a-z-]+)\b")


def _were_otherwise(case: Case, claim: Claim, words: Around) -> str:
    """What the part of the whole was, where no measure's name says so: "over half was domestic"."""
    found = _WERE.match(words.after) or _WERE.search(words.quote)
    if found is None or is_known(case, claim, found["so"]):
        return ""
    named = any(stem(found["so"]) in stems(measure) for measure in case.figures.measures)
    return "" if named else repr(found["so"])


_EXCLUDES = re.compile(r"^\W*without\b|\b(?:excluding|apart from|leaving out|other than|exclusive of|not counting)\b")


def excludes(case: Case, claim: Claim, words: Around) -> bool:
    """Whether something is left out, where the measure is not itself one without something."""
    if claim.stated.form == "run" and claim.stated.months:
        return False  # "every month apart from May"
    return "without" not in case.own and _EXCLUDES.search(words.sentence) is not None


_PERSONS = re.compile(
    r"\b(?:(?:under|over)(?:[- ]?\d\ds|-\d\d)|(?:those|people|victims|residents) (?:under|over) \d\d"
    r"|aged (?:\w+ )?\d+|men|women|boys|girls|males|females|pensioners|students|teenagers"
    r"|children|white|bme|bame|asian|black|disabled|lgbt\w*|tourists|visitors)\b"
)


def _persons(case: Case, _claim: Claim, words: Around) -> str:
    """The people that the clause is about."""
    found = _PERSONS.search(words.before[-80:])
    return repr(found[0]) if found and stem(found[0]) not in stems(case.own) else ""


_LEVEL_BEFORE = re.compile(
    r"\b(?:stood at|stands at|numbered|totall?ed|at|were|was) (?P<number>\d[\d,]*(?:\.\d+)?)%? ?\(\W?$"
)


def _beside_other(case: Case, _claim: Claim, words: Around) -> bool:
    """Whether the number in front of the bracket is no figure of the measure."""
    found = _LEVEL_BEFORE.search(words.before)
    if found is None:
        return False
    number = float(found["number"].replace(",", ""))
    given = case.figures.periods(case.own, case.area).values()
    return all(figure.value is None or round(figure.value, 1) != round(number, 1) for figure in given)


_PER_OTHER = re.compile(
    r"\b(?:1,?000|10,?000|100,?000|thousand|million) (?:of )?(?:the |our )?(?:local |private |occupied |licensed )?"
    r"(?P<what>households?|dwellings?|homes?|properties|premises|houses|visitors?|vehicles?|cars|workers|employees"
    r"|staff"
    r"|adults|women|men|children|pupils|students|young people|passengers|journeys|hectares|addresses)\b"
)


def _per_other(case: Case, _claim: Claim, words: Around) -> str:
    """What a rate is told by besides people: "14.6 for every thousand households"."""
    found = _PER_OTHER.search(words.quote + words.after[:40])
    return found["what"] if found and stem(found["what"]) not in stems(case.own) else ""


_ABOUT_WHAT = re.compile(
    r"^ (?:about|regarding|concerning|relating to|involving|to do with) (?:the |our )?(?P<what>[a-z][a-z -]*)"
)


def _about_another(case: Case, claim: Claim, words: Around) -> str:
    """What the things counted were about, where that is not in the measure's name: "14% fewer calls about noise"."""
    found = _ABOUT_WHAT.match(words.after)
    return repr(found["what"].strip()) if found and foreign(case, claim, WORDS.findall(found["what"])) else ""


_SHORTEST = 3
_COMMA_LAST = re.compile(r", (?=(?:at|from|to|by)? ?$)")
_PARTS_OF_SENTENCE = re.compile(r"[,;:()]|\b(?:but|while|whereas|although|and)\b")
_NO_LETTER = re.compile("[^a-z '-]")
_WITH = re.compile(r"^ (?:with|among|amongst|for|involving|by|at|of|from) (?:the |our |those )?(?P<part>[a-z][a-z-]+)")


_OF_A_KIND = re.compile(
    r"-(?:related|enabled|based|motivated|fuelled|aggravated|linked|led|time|flagged)$|^(?:elderly|repeat|attempted"
    r"|aggravated"
    r"|unresolved|undetected|overnight)$"
)


def _part_named(case: Case, claim: Claim, words: Around) -> str:
    """A part of the measure that stands beside its name: "disability hate crime", "satisfaction with follow-up"."""
    before = _COMMA_LAST.sub(" ", words.before)
    before = _PARTS_OF_SENTENCE.split(before)[-1]
    behind = _THEN_OF.match(_IDIOMS.sub("", _unfinished(words)))
    before += f" {_JOINED.split(behind[1])[0]}" if behind else ""
    measure = case.measure_of(claim.scope)[0] or case.own
    found = list(WORDS.finditer(before))
    for place, word in enumerate(found):
        if stem(word[0]) not in stems(measure):
            continue
        near = [
            one[0]
            for one in found[max(0, place - 2) : place]
            if not _NO_LETTER.search(before[one.end() : word.start()])
        ]
        near = near[-1:] if near and near[-1] in PLAIN_NOUNS else near
        after = _WITH.match(before[word.end() :])
        for part in (*near, after["part"] if after else ""):
            plain = len(part) < _SHORTEST or part.endswith("ing") or quantity(part)[0] != "w"
            known = (
                (is_known(case, claim, part) and not _OF_A_KIND.search(part))
                or stem(part) in stems(measure)
                or part in measure.split()
            )
            if part and not plain and not known:
                return repr(part)
    return ""


def _kind_named(case: Case, claim: Claim, words: Around) -> str:
    """A word beside the name that always tells a kind: "knife-enabled robbery", "repeat burglaries"."""
    part = _part_named(case, claim, words)
    return part if _OF_A_KIND.search(part.strip("'")) else ""


def _percentage_alone(case: Case, _claim: Claim, words: Around) -> bool:
    return is_per_cent(case.own) and is_bare(words)


def _fewer_of_percentage(case: Case, _claim: Claim, words: Around) -> bool:
    return is_per_cent(case.own) and re.search(r"\bfewer\b", words.quote) is not None


_THEFT = re.compile(r"\bthefts? (?P<link>of|from) (?:a |motor )*(?:the )?(?P<what>[a-z]+)")


def _of_or_from(case: Case, claim: Claim, words: Around) -> str:
    """The theft of things, where the measure is of thefts from them, and the other way round."""
    own = _THEFT.search(case.measure_of(claim.scope)[0] or case.own)
    told_there = list(_THEFT.finditer(words.before)) or list(_THEFT.finditer(words.quote + words.after))
    last = told_there[-1] if told_there else None
    same = own and last and stem(own["what"]) == stem(last["what"])
    others = own and last and not same and stem(last["what"]) not in stems(case.own)
    apart = own and last and ((own["link"] != last["link"] and same) or others)
    given = last and any(
        f"theft {last['link']} " in key and (same or stem(last["what"]) in stems(key)) for key in case.figures.measures
    )
    return repr(last[0]) if apart and last and not given else ""


def _added_up(case: Case, _claim: Claim, words: Around) -> bool:
    return adds_up(words) and len(measures_named(case, words)) > 1


def _fraction_alone(_case: Case, claim: Claim, words: Around) -> bool:
    amount = claim.stated.amount
    return amount is not None and amount.fraction and is_bare(words)


_ELSEWHERE_COUNTED = re.compile(
    r"\b(?:surveys?|polls?|questionnaires?|consultations?|perceptions?"
    r"|self-report\w*|anecdotal\w*|focus groups?"
    r"|(?:reports?|calls?|complaints?|referrals?) (?:made )?to (?:the |our )?(?:[a-z]+ )?(?:landlord|hotline"
    r"|helpline|school)"
    r"|reported to (?:the |our )?(?!(?:the|our|police|local|force|us|officers|constabulary|council)\b"
    r"|(?:[a-z]+ ){0,3}(?:forum|panel|board|committee|council|meeting|cabinet|scrutiny|members|sub-committee)\b)[a-z]+"
    r"|insurance|insurers?|ambulance)\b"
)


def _survey(case: Case, _claim: Claim, words: Around) -> str:
    """The word for another source of numbers in the clause."""
    found = _ELSEWHERE_COUNTED.search(words.clause)
    if found and _ASKED.search(case.own) and found[0].startswith(_ASKING):
        return ""  # what people say is known from no other source
    return found[0] if found and found[0] not in case.own else ""


_ASKED = re.compile(r"\b(?:feel|satisf|confiden|perception|perceiv|agree|think|worr|fear|trust)")
_ASKING = ("survey", "poll", "questionnaire", "consultation", "perception")


_THEN_OF = re.compile(
    r"^(?:(?: (?:was|were|is|are|been|being))? [a-z]+(?:ed|en)"
    r"| (?:rise|fall|increase|decrease|reduction|drop|cut|growth|decline))?\W*"
    r"(?:in|of|for|among|amongst|at|near|outside|inside)\s+"
    r"(?:the |our )?((?:[a-z][a-z'-]*\s*){1,4})"
)
# "In the wake of the pandemic", "in spite of cuts", "in the view of the analyst": why or who, and not what.
_IDIOMS = re.compile(
    r" in (?:the |our |its |my )?(?:wake|spite|view|opinion|eyes|words|judgement|face|light|absence|aftermath"
    r"|course|midst"
    r"|process|circumstances|end|event|main|round|meantime|interim|short|summary|turn|part|fact|response|reaction"
    r"|anticipation|recognition|conjunction|partnership|advance|due course|hand)\b[^,;]*"
    r"| thanks (?:in part |largely |mainly )?to [^,;]*| for (?:the |a )?(?:first|second|third|fourth|fifth|sake"
    r"|reasons?|now|good|once)\b[^,;]*"
)
_JOINED = re.compile(
    r"\b(?:while|whilst|whereas|and|but|with|after|before|as|which|that|although|though|when|where|despite|because|so"
    r"|is|are|was|were|has|have|had)\b"
)


def _something_else(case: Case, claim: Claim, words: Around) -> str:
    """Another thing that the words name after the claim, or as its subject."""
    after = _THEN_OF.match(_IDIOMS.sub("", _unfinished(words)))
    named = foreign(case, claim, WORDS.findall(_JOINED.split(after[1])[0])) if after else []
    named = named or foreign_subject(case, claim)
    return repr(" ".join(named)) if named else ""


_LAST_WORDS = re.compile(r" (?:in|of|for|among) [a-z' -]+$")


def _unfinished(words: Around) -> str:
    """What follows a claim, with the last words of its quotation where they already begin it: "reduction in street"."""
    found = _LAST_WORDS.search(words.quote)
    return f"{found[0] if found else ''}{words.after}"


_OWN_SUBJECT = re.compile(
    r"(?:^|[,;:]|\b(?:and|while|with|but|whereas|whilst|as|since|because|though|although|when|after))\s+"
    r"(?:and |but |while |with )?"
    r"(?P<told>(?:[a-z][a-z'&-]*\s+|(?:under|over) \d+s?\s+){1,6}?)"
    r"(?:(?:are|is|were|was|has|have|had|been|also|now|then|too) )*$"
)
_PEOPLE_HERE = frozenset(("population", "populations", "households", "residents"))
_LEADS = re.compile(r"^(?:by|up|down|to|at|from|\+|-|\u2212)\b|^[+\u2212-]")
_WITH_VERB = frozenset((ClaimKind.DIRECTION, ClaimKind.TREND, ClaimKind.TARGET))
_DONE = frozenset(stem(word) for word in (
    "arrests", "charges", "convictions", "detections", "detection", "prosecutions", "cautions", "referrals",
    "penalties",
    "outcomes", "warrants", "suspects", "offenders",
))  # fmt: skip
_PERSONS_HERE = frozenset(("committed", "recorded", "brought"))
_PLANS = frozenset(("target", "ceiling", "goal", "threshold", "limit", "plan"))
_THE = frozenset(("the", "our", "its"))
_ARTICLES = frozenset(("a", "an", "the", "its", "our", "their", "this", "of"))


def own_subject(case: Case, claim: Claim, words: Around) -> str:
    """What stands right in front of a change: "and complaints about youths by 11%", "and discharges have reduced"."""
    leads = claim.kind in _WITH_VERB or _LEADS.match(words.quote)
    found = _OWN_SUBJECT.search(words.before[-80:]) if leads else None
    if found is None:
        return ""
    told_there = found["told"].split()
    if told_there[-1] in _ARTICLES or told_there[0] == "quarter":
        return ""
    if told_there[-1] in _PEOPLE_HERE:
        return repr(" ".join(told_there))
    if told_there[-1] == "rate" and told_there[-2:][0].endswith("ed"):
        return repr(" ".join(told_there))
    places = {part for area in (case.area, *case.figures.areas) for part in area.split()}
    told_there = [word for word in told_there if word.removesuffix("'s").removesuffix("'") not in places]
    if not told_there:
        return ""
    measure = case.measure_of(claim.scope)[0] or case.own
    known = stems(measure) | stems(case.own)
    if told_there[0] in DOINGS and stem(told_there[0]) not in known:
        return repr(told_there[0])
    heads = [word for word in told_there[:3] if word not in _THE]
    if heads and stem(heads[0]) in _DONE - known and not _PERSONS_HERE & set(told_there):
        return repr(" ".join(told_there))  # "arrests for robbery"
    if not set(case.own.split()).isdisjoint(told_there):  # "Tamworth's shops", of thefts from shops
        return ""
    if {stem(word) for word in told_there} & known:
        another = counts(told_there[0]) and stem(told_there[0]) not in known
        return repr(" ".join(told_there)) if another else ""
    unknown = [word for word in told_there if len(word) >= _SHORTEST and quantity(word)[0] == "w"]
    unknown = [word for word in unknown if word not in _PLANS]
    other = [word for word in foreign(case, claim, unknown) if not word.endswith(("ly", "ed", "ing"))]
    is_noun = told_there[0] in _THE or any(counts(word) or word.endswith("s") for word in (*other[-1:], *told_there))
    return repr(" ".join(told_there)) if other and is_noun else ""


_HEAD = re.compile(
    r"(?:^|[^a-z])(?P<name>[a-z-]+) (?P<head>[a-z]+) (?:(?:has|have|had|is|are|was|were|been|also|now) )*$"
)
_THINGS = ("s", "team", "unit", "squad", "budget", "strategy", "funding", "cost", "concern", "fear")
_VERBS = frozenset((
    "remains", "stays", "continues", "stands", "sees", "shows", "keeps", "ends", "appears", "seems", "looks", "goes",
    "comes", "gets", "falls", "rises", "closes", "finishes", "totals", "tops", "sits", "reaches", "hits", "moves",
))  # fmt: skip


def _head_of_another(case: Case, claim: Claim, words: Around) -> str:
    """What the measure's name only describes: "robbery costs fell by 12%", "12 robbery arrests, up from 9"."""
    measure = case.measure_of(claim.scope)[0] or case.own
    known = stems(measure) | stems(case.own)
    known |= alike(known)
    beside = claim.scope.subject.index("|") if "|" in claim.scope.subject else len(claim.scope.subject)
    told = list(claim.scope.subject[:beside])
    if (
        len(told) > 1
        and told[-1] not in PLAIN_NOUNS
        and counts(told[-1])
        and stem(told[-1]) not in known
        and stem(told[-2]) in known
    ):
        return repr(told[-1])
    found = _HEAD.search(words.before[-80:])
    if found is None or stem(found["name"]) not in known or stem(found["head"]) in known:
        return ""
    head = found["head"]
    plain = head in _VERBS or quantity(head)[0] != "w" or is_known(case, claim, head)
    return "" if plain or not head.endswith(_THINGS) else repr(head)


_AT_TIMES = (
    r"\b(?:on|at|over|during|after|in) (?:the )?(?P<when>(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends?|nights?"
    r"|evenings?|dark|daytime|afternoons?|mornings?|school hours)\b[^,;]*$"
)
_AT_TIMES_SAID = re.compile(_AT_TIMES)


def _at_hours(case: Case, _claim: Claim, words: Around) -> bool:
    """Whether hours or days are named that are no part of the measure's name: "feel safe after dark"."""
    found = _AT_TIMES_SAID.search(words.before)
    return found is not None and found["when"] not in case.own


OF_WHAT_IS_COUNTED = (
    Caution(
        "what moved beside a share", kinds(ClaimKind.PERCENT_CHANGE, ClaimKind.DIFFERENCE), told(
            "before", r"% of [^.;]*\bwere [a-z -]+, (?:which (?:is|was) )?$",
        ),
        "it is not clear what is counted",
        "Of 310 offences 72% of the rest were violence, up 195.",
    ),
    Caution(
        "so many in number", CHANGED, told("before", r"\b[a-z]+s number(?:ed|ing)? $"),
        "it is not clear what is counted",
        "Robbery is down 17 and habitual carriers number 64.",
    ),
    Caution(
        "more of another", CHANGED, told(
            "before", r"\baccount(?:s|ed|ing)? for (?:more|less|a (?:larger|smaller|greater|growing) share) of [^.;]*$",
        ),
        "the part and the whole are not both given",
        "Older victims account for more of it, up 3%.",
    ),
    Caution(
        "what the name describes", OF_TIME | {ClaimKind.DIRECTION, ClaimKind.TREND}, _head_of_another,
        "no figures of {} are given",
        "Robbery costs fell by 12%.",
    ),
    Caution(
        "some hours", OF_TIME | {ClaimKind.DIRECTION, ClaimKind.TREND}, _at_hours,
        "no figures of those times are given",
        "Robberies on Fridays fell by 9.",
    ),
    Caution(
        "several places together", kinds(ClaimKind.SHARE), told(
            "before",
            r"\b(?:two|three|four|five|six|several|a few|both|these|\d{1,2}) (?:[a-z-]+ )?"
            r"(?:wards|districts|boroughs|streets|estates|areas|places|towns|neighbourhoods|beats|sectors"
            r"|venues)\b[^,;]*$",
        ),
        "no figures of those places together are given",
        "Three wards account for 44% of robberies.",
    ),
    Caution(
        "a subject of its own", COMPARES | kinds(ClaimKind.LEVEL, ClaimKind.TARGET), own_subject,
        "no figures of {} are given",
        "Robbery fell by 6%, with motorcyclists down by a fifth.",
    ),
    Caution(
        "of so many", kinds(ClaimKind.LEVEL), tells(_tallied),
        "it is not clear of what there are so many",
        "There were 114 of the 181.",
    ),
    Caution(
        "what was done about it", CHANGED, _done_about,
        "no figures of those {} are given",
        "Thirty fewer robberies were solved.",
    ),
    Caution(
        "the rest", OF_TIME, tells(_of_the_rest),
        "no figures of the rest are given",
        "Robbery fell, while the rest fell by 10.",
    ),
    Caution(
        "some of them", OF_TIME - {ClaimKind.LEVEL} | {ClaimKind.DIRECTION, ClaimKind.TREND}, told(
            "before",
            r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) of (?:the|its|our|these|those) "
            r"(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (?:(?:have|had|has|were|was|also|each) ){0,2}$",
        ),
        "no figures of those alone are given",
        "Two of the seven fell by 4%.",
    ),
    Caution(
        "the other part", OF_TIME | {ClaimKind.DIRECTION, ClaimKind.TREND}, _opposite,
        "no figures of the other part are given",
        "Robbery fell, whilst those without a weapon rose by 10.",
    ),
    Caution(
        "a share that was not", kinds(ClaimKind.SHARE), told(
            "after", r"^(?: [a-z]+){0,3} (?:were|was|are|is|did|do|does) not\b",
        ),
        "no figures of the other part are given",
        "Theft rose; 40% of robberies were not at night.",
    ),
    Caution(
        "the measure of all kinds", OF_TIME, _as_a_whole,
        "no figures of the whole are given",
        "Violence as a whole fell by 40.",
    ),
    Caution(
        "a share of another whole", kinds(ClaimKind.SHARE), _of_other_whole,
        "it is not clear of what it is a share",
        "Robbery was 9% of theft, or a third.",
    ),
    Caution(
        "a share that was so", kinds(ClaimKind.SHARE), _were_otherwise,
        "no figures of those that were {} are given",
        "Robbery rose to 9% of crime; a third was knifepoint.",
    ),
    Caution(
        "left out", COMPARES, excludes,
        "something is left out of what is compared",
        "Excluding the station, robbery fell by 3%.",
    ),
    Caution(
        "some people", OF_TIME, _persons,
        "no figures of {} are given",
        "Robberies of students fell by 30.",
    ),
    Caution(
        "part of a number told", kinds(ClaimKind.LEVEL), told(
            "before",
            r"\bof (?:(?:the|these|those|its|our|all) )?(?:total of )?\d[\d,]*\b(?!%)[^,;]*,"
            r" (?:(?:only|some|just|about|around) )?$",
        ),
        "it is not clear of what the number is a part",
        "Of the 129 robberies, 40 were at night.",
    ),
    Caution(
        "part that something gave", kinds(ClaimKind.LEVEL), tells(gives),
        "it is not clear of what the number is a part",
        "Of the reduction in crime robbery provided 30.",
    ),
    Caution(
        "beside another number", CHANGED, _beside_other,
        "it is not clear what the number beside it is of",
        "Robbery stood at 88 (-6).",
    ),
    Caution(
        "percentage that may be no change", kinds(ClaimKind.PERCENT_CHANGE), _percentage_alone,
        "it is not clear whether it is a change",
        "Satisfaction climbed from one in two (50.3%) to 60%.",
    ),
    Caution(
        "a part beside the name", OF_TIME, _part_named,
        "no figures of {} are given",
        "Commercial robbery fell by 30.",
    ),
    Caution(
        "a kind beside the name", kinds(ClaimKind.DIRECTION, ClaimKind.TREND), _kind_named,
        "no figures of {} are given",
        "Knife-enabled robbery fell.",
    ),
    Caution(
        "added up", OF_TIME | {ClaimKind.SHARE}, _added_up,
        "it is not clear what is added up",
        "Taken together, burglary and robbery fell by 30.",
    ),
    Caution(
        "fewer of a percentage", CHANGED, _fewer_of_percentage,
        "a percentage cannot be more or fewer, so it is not clear what is counted",
        "1,140 people answered, 12% fewer than last year.",
    ),
    Caution(
        "theft of beside theft from", OF_TIME, _of_or_from,
        "no figures of {} are given",
        "Theft of vehicles fell by 16 and theft from vehicles by 12.",
    ),
    Caution(
        "an average of places", kinds(ClaimKind.AVERAGE), told(
            "quote", r"\b(?:average|mean|median|typical) (?:area|district|borough|member|force|town|ward|council)\b",
        ),
        "it is not clear of which places it is the average",
        "The average district had 190 robberies.",
    ),
    Caution(
        "an average of a change", kinds(ClaimKind.AVERAGE), told(
            "before",
            r"\b(?:fewer|more|less|lower|higher|reduction|fall|rise|increase|decrease|up|down)\b[^,;]*,? or $",
        ),
        "it is the average of a change",
        "There were 117 fewer robberies, or two a week.",
    ),
    Caution(
        "what some places have", kinds(ClaimKind.LEVEL), told(
            "before", r"\bone of (?:the |only |its )*[a-z]+ [a-z]+ (?:with|having|recording|to have|to record) $",
        ),
        "the number is that of each of several places",
        "Westham is one of five boroughs with 40 robberies.",
    ),
    Caution(
        "a gap between rates", kinds(ClaimKind.RATE), told("before", r"\b(?:gap|difference|distance)\b"),
        "it is not clear between which rates the gap is",
        "The gap to the best is 2 robberies per 1,000 people.",
    ),
    Caution(
        "a fraction alone", CHANGED, _fraction_alone,
        "it is not clear what the fraction is of",
        "Robbery takes a larger slice (one in ten against one in eight).",
    ),
    Caution(
        "one of several", OF_TIME - {ClaimKind.LEVEL}, told("sentence", "respectively"),
        "it is not clear which of them is meant",
        "Robbery and burglary fell by 30 and 20 respectively.",
    ),
    Caution(
        "under a heading", CHANGED | {ClaimKind.DIRECTION, ClaimKind.TREND}, told(
            "after", r"^ (?:under|within|into|outside) [^,;.]{0,30}\b(?:act|code"
            r"|heading|category|remit|definition|rules|scope)\b",
        ),
        "it is not said that the number moved",
        "Some 80 robberies fell within the category of serious crime.",
    ),
    Caution(
        "per other things", kinds(ClaimKind.RATE), _per_other,
        "no number of {} is given",
        "Robbery was 14.6 for every thousand households.",
    ),
    Caution(
        "about another thing", CHANGED | kinds(ClaimKind.LEVEL, ClaimKind.AVERAGE), _about_another,
        "no figures of {} are given",
        "There were 14% fewer calls about noise.",
    ),
    Caution(
        "another source", frozenset(ClaimKind), _survey,
        "no figures of the {} are given",
        "In the residents' survey robbery fell by 30.",
    ),
    Caution(
        "a range", STANDS, told("before", r"(?<!/\d)(?<!20\d)\d\s?[-\u2013]\s?$"),
        "it is not clear what the range is of",
        "Robbery has been 190-240 in most years.",
    ),
    Caution(
        "something else", MEASURED, _something_else,
        "no figures of {} are given",
        "There was a sharp rise in street drinking.",
    ),
)  # fmt: skip
