"""What a claim is about: the words of its subject, the place and the times, also where an earlier clause said them."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from quarterday.commentary.apart import CHANGES, stands_apart
from quarterday.commentary.denied import is_denied
from quarterday.commentary.held import counts
from quarterday.commentary.lead_in import led_up_to
from quarterday.commentary.lexicon import DOINGS, EMPTY_WORDS, NOUNS_IN_LY, PLAIN_SUBJECTS
from quarterday.commentary.rule import Found
from quarterday.commentary.time_roles import COMPARED_AT_LENGTH, pair_times, role
from quarterday.commentary.times_told import month_before, span_before, tells_year_before, two_told
from quarterday.commentary.tokens import Sentence
from quarterday.commentary.when import is_ago
from quarterday.domain.claim import ClaimKind, Scope, When, WhenKind
from quarterday.domain.period import Period

_VERBS = "eUDBWkcSJRVsTud%pfr#"
_BREAK = re.compile(
    r"[,;:K]|A(?=[jv]{0,2}(?:[wNgGHPMRT]|F(?=w)){0,8}(?:[itOa][wNgGHP]{1,3}){0,2}K?#*[eUDBWkcs:]|vOn"
    r"|i?P,?(?:SO)?[wNgG]{1,4}(?:[itO][wNgGH]{1,3}){0,2}[eUDBWkcsud]"
    r"|[wNgGHC]{1,4}(?:[itOa][wNgGH]{1,3}){0,2}(?:(?<=w)[ud]O[n%pf]|[vK]n|b[n%pf]|F[n%]|(?<=[wNg])[n%][UD](?!N|w))|(?:[wNgG]|F(?=w)|i(?=G)){1,6}[ud]O[n%pf])"
)
_NOUNS = "wNGgHMI"
_ABSOLUTE = {WhenKind.STATED, WhenKind.SAME_MONTHS_OF, WhenKind.MONTH_OF_YEAR}
_AMONG_OTHERS = {ClaimKind.RANK, ClaimKind.PEER_POSITION}
_HEADED_BY_WHOLE = re.compile("sO((?:[HwN]){1,4}?N)")
_OF_SAME_WHOLE = re.compile("[UDud]?[oahAF(]*(?:P:)?%(?:i?P)?")
_PLACE_THEN_RELATIVE = re.compile("G[wg]?,?K$")
_PLACE_ALONE = re.compile("[iO]?w?G{1,2}")
_OVER_SPANS = CHANGES | {ClaimKind.FROM_TO}
_OF_A_TIME = frozenset((ClaimKind.LEVEL, ClaimKind.RATE, ClaimKind.AVERAGE))
_STANDS = frozenset(("level", "rate", "average", "one in"))
_TIME_ALONE = re.compile("[cgw]?[iO]?P")
_NEAR = 5  # tokens: what begins a clause that goes on about the one before
_GOES_ON = frozenset((
    "at", "with", "standing", "totalling", "averaging", "reaching", "numbering", "running", "coming", "finishing",
    "ending", "closing", "amounting",
))  # fmt: skip
_EQUALS = ("is equ", "equ", "work", "translat", "is the equ", "representing", "which")
_LEVEL_OF = frozenset(("level", "levels"))
_REFERS_BACK = frozenset(
    ("this", "that", "these", "it", "this is", "that is", "reduction", "fall", "increase", "rise", "decrease")
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A clause: where it starts and ends, and its own subject; without words where it has none of its own."""

    start: int
    end: int
    subject: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(slots=True)
class Reading:
    """What has been said so far in a text."""

    as_at: Period | None = None
    subject: tuple[str, ...] = ()
    sentence: Sentence | None = None
    segments: list[Segment] = field(default_factory=list)
    period: When | None = None
    against: When | None = None
    months: tuple[int, ...] = ()
    _before: tuple[When | None, When | None] = (None, None)
    _ahead: tuple[When | None, When | None] = (None, None)
    _since: When | None = None
    _told: tuple[str, ...] = ()
    _done_to: tuple[int, tuple[str, ...]] = (-1, ())
    _lead: When | None = None
    _claims: int = 0
    _claimed: set[int] = field(default_factory=set)
    _places: tuple[str, ...] = ()
    _shared: tuple[str, ...] = ()
    _bound: range = range(0)
    _levels: list[When] = field(default_factory=list)
    _done: int = 0

    def begin(self, sentence: Sentence, found: Sequence[Found] = ()) -> None:
        """Start the next sentence; one that refers back keeps the times of the one before."""
        self.sentence = sentence
        self._done = 0
        self._since = None
        self._told = ()
        self._done_to = (-1, ())
        self._shared = ()
        self._bound = range(0)
        self._lead = None
        self._claims = len(found)
        self._claimed = {at for one in found for at in range(one.first, one.last + 1)}
        self._levels = []
        pair = next(
            (item for item in found if item.kind is ClaimKind.FROM_TO and item.stated.amount and item.stated.earlier),
            None,
        )
        self._ahead = pair_times(sentence, pair) if pair else (None, None)
        self.segments = _segments(sentence)
        kept = sentence.words[0] in _REFERS_BACK and not any(letter == "P" for letter in sentence.code)
        self._before = (self.period, self.against) if kept else (None, None)
        self.period, self.against = self._before
        self.months = ()

    def end(self) -> None:
        """Keep the sentence's subject for the next one."""
        own = next((segment.subject for segment in self.segments if segment.subject), ())
        if own and not self._claims:  # a heading: "Exception report - serious acquisitive crime"
            own = tuple(word for segment in self.segments for word in segment.subject)
        if own:
            self._places = next((segment.places for segment in self.segments if segment.subject), ())
        self.subject = self._done_to[1] or own or self._told or self.subject

    def scope_of(self, item: Found) -> Scope:
        """The scope of one claim of the sentence; called in the order of the text."""
        sentence = self.sentence
        if sentence is None:
            return Scope()
        at = next(
            (number for number, segment in enumerate(self.segments) if item.first < segment.end), len(self.segments) - 1
        )
        segment = self.segments[at]
        if item.last >= segment.end and sentence.code[segment.end] == "K":  # "the rise equates to 353 on 2014/15"
            segment = replace(
                segment, end=next((part.end for part in self.segments if item.last < part.end), segment.end)
            )
        for passed in self.segments[self._done : at]:
            self._pass(sentence, passed)
        self._done = at
        period, against = self._times(sentence, item, segment)
        subject = item.subject if item.subject is not None else self._subject(sentence, item, at)
        group = item.group if item.group is not None else self._place_of(item, segment, at)
        whole: tuple[str, ...] = ()
        also: tuple[str, ...] = ()
        listed = _MONTHS_GO_ON.match(sentence.code, segment.end)
        own_months = _months(sentence, segment.start, listed.end() if listed else segment.end)
        months = own_months or self.months
        if item.kind is ClaimKind.SHARE:
            if sentence.code[item.last + 1 : item.last + 2] == "e":
                # What they were is the part: as in "October took a third; 18% of victims were over 60".
                months = _months(sentence, item.first, segment.end)
            whole, also = _whole(sentence, item, segment)
            headed = _HEADED_BY_WHOLE.search(sentence.code, 0, item.first)
            if not whole and headed and sentence.words[headed.start()].startswith("as a"):
                whole = tuple(sentence.words[headed.start(1) : headed.end(1)])
            if whole:
                self._shared = whole
            elif _OF_SAME_WHOLE.fullmatch(sentence.code, item.first, item.last + 1):
                whole = self._shared  # "23% of all crime (2016/17: 14%)"
        else:
            also = tuple(
                sentence.words[where] for where in range(item.last + 1, segment.end) if sentence.code[where] in "wNg!"
            )
        if own_months:
            self.months = _months(sentence, 0, segment.end)
        inside = tuple(
            when
            for when in sentence.values[item.first : item.last + 1]
            if isinstance(when, When) and when.kind is not WhenKind.SPAN and not _only_tells_length(item, when)
        )
        if period is not None and " and " in period.words and item.kind is ClaimKind.AVERAGE:
            inside = ()  # "63 a month between April 2018 and March 2019"
        denied = is_denied(sentence, item, segment.start)
        is_open = item.is_open or stands_apart(sentence, item, segment.start, segment.end, beside=against)
        is_open = is_open or any(word.startswith(_OPPOSITES) for word in subject)
        return Scope(subject, group, period, against, whole, also, months, inside, denied, is_open)

    def _is_now(self, when: When) -> bool:
        return (
            when.kind is not WhenKind.STATED
            or self.as_at is None
            or any(period.last == self.as_at.last for period in when.periods)
        )

    def _time_of_it(self) -> When | None:
        """The time that "it" means: one stated goes before "the twelve month figure"."""
        told = [when for when in (self.period, self.against) if when is not None]
        return next((when for when in told if when.kind in _ABSOLUTE), told[0] if told else None)

    def _last_named(self, sentence: Sentence, before: int) -> When | None:
        """The time named last: "took place in October, when 81 were reported"."""
        named = (sentence.values[at] for at in range(before - 1, -1, -1) if sentence.code[at] in "PM")
        told = (when for when in named if isinstance(when, When) and when.kind is not WhenKind.SPAN)
        return next(told, self.period)

    def _place_of(self, item: Found, segment: Segment, at: int) -> tuple[str, ...]:
        """The place said in the clause; the report's own where the clause says "we" or "the borough"."""
        sentence = self.sentence
        if sentence is None:
            return ()
        if said := _place(sentence, item, segment):
            return said
        before = self._place_before(at)
        own = before and not _OURS.isdisjoint(sentence.words[segment.start : item.first])
        return OWN_PLACE if own else before

    def _time_headed(self, sentence: Sentence, item: Found) -> When | None:
        """The time that the clause right before tells: "Ten years ago, there were 76", "Arson in 2013/14: 61"."""
        goes_on = False
        for one, head in itertools.pairwise(reversed(self.segments[: self._done + 1])):
            empty = one.end == one.start
            goes_on = goes_on if empty else one.start > item.first - _NEAR and _goes_on(sentence, one.start)
            if head.end == head.start:
                continue
            if sentence.code[one.start - 1] == ";" or not self._claimed.isdisjoint(range(head.start, head.end)):
                return None
            told = [at for at in range(head.start, head.end) if sentence.code[at] == "P"]
            if not told and goes_on:
                continue
            when = sentence.values[told[0]] if len(told) == 1 else None
            if not isinstance(when, When) or (when.kind is WhenKind.SPAN and not is_ago(when)):
                return None
            alone = _TIME_ALONE.fullmatch(sentence.code, head.start, head.end) is not None
            of_it = goes_on and head.subject and sentence.code[told[0] - 1] in "iONwG"
            return when if (alone or of_it) and not _only_tells_length(item, when) else None
        return None

    def _place_before(self, at: int) -> tuple[str, ...]:
        """The place of the clause that this one goes on: "Kent recorded 12,600, up 600", "Kent, where theft rose"."""
        sentence = self.sentence
        if sentence is None:
            return ()
        start = self.segments[at].start
        if start and sentence.words[start - 1] in _OF_PLACES:
            named = [where for where in range(start) if sentence.code[where] == "G"]
            right_before = sentence.words[start - 1] == "where" or _PLACE_THEN_RELATIVE.search(sentence.code[:start])
            if named and right_before:
                return (sentence.words[named[-1]],)
            if sentence.words[start - 1] == "where":
                return ()
        headed = self.segments[at - 1] if at else None
        if headed and _PLACE_ALONE.fullmatch(sentence.code, headed.start, headed.end):
            return headed.places or _places_in(sentence, headed)  # "Across the force, burglary rose"
        for segment in reversed(self.segments[: at + 1]):
            if segment.places or segment.subject:
                return segment.places
        return self._places if not _PRONOUNS.isdisjoint(sentence.words[start : start + 4]) else ()

    def _pass(self, sentence: Sentence, segment: Segment) -> None:
        """Keep the times of a clause without a claim: "Compared with the previous quarter, …"."""
        for at in range(segment.start, segment.end):
            when = sentence.values[at]
            if sentence.code[at] == "P" and isinstance(when, When) and when.kind is not WhenKind.SPAN:
                lead_in = led_up_to(sentence, segment.end)
                if at in self._bound or at in lead_in or _beside_number_in_brackets(sentence, at):
                    continue
                if role(sentence, at) == "against":
                    self.against = when
                    self._lead = when if segment.start == 0 and sentence.code[0] == "a" else None
                else:
                    self.period = when

    def _subject(self, sentence: Sentence, item: Found, at: int) -> tuple[str, ...]:
        """The words after the claim's own noun, else the clause's subject, else that of a clause before."""
        after = _words_after(sentence, item) or _words_of_change_before(sentence, item)
        own = next((segment.subject for segment in reversed(self.segments[: at + 1]) if segment.subject), None)
        own = _antecedent(sentence, self.segments[at]) or own
        told = own if own is not None else self._told or _topic_before(sentence, item) or self.subject
        if item.kind is ClaimKind.LEVEL and sentence.code[item.first : item.last + 1] == "nN":
            told = tuple(word for word in told if word != "rate")  # "the rate is third, with 14,720 offences"
        if not after:
            by_whom, done_to = self._done_to
            inherited = done_to and by_whom < at and own == self.segments[by_whom].subject
            return done_to if inherited else told
        if _is_done_by(sentence, item, self.segments[at]) and any(word not in PLAIN_SUBJECTS for word in after):
            self._done_to = (at, after)
        if own is None and any(word not in PLAIN_SUBJECTS for word in after):
            self._told = after  # "an increase of 18 in robbery (9%)"
        return (*after, "|", *told)

    def _times(self, sentence: Sentence, item: Found, segment: Segment) -> tuple[When | None, When | None]:
        if item.kind in {ClaimKind.FROM_TO, ClaimKind.AVERAGE, ClaimKind.SHARE} and item.stated.earlier is not None:
            inside = pair_times(sentence, item)
            self._bound = range(item.first, item.last + 1)
            if inside[0] is None and inside[1] is not None and inside[1].kind is WhenKind.CURRENT:
                inside = (None, None)  # "from 1,204 in the quarter to 1,117"
            if any(inside):
                self.period, self.against = inside[0] or self.period, inside[1] or self.against
                return inside
            span = span_before(sentence, item)
            if span is not None and item.kind is ClaimKind.FROM_TO:
                return None, span
        if item.stated.form == "in these":
            return None, None  # its times are its own
        period, against = _nearest_times(sentence, item, segment)
        if against is not None and is_ago(against) and period is None and _happened(sentence, item, against):
            return against, None  # "the small uptick two years ago"
        if item.kind is ClaimKind.TREND and sentence.code[item.last] == "x" and against is None and self.period:
            return None, self.period  # "peaked in 2008 and has dropped in each year since"
        if item.stated.form == "from" and period is not None and against is None and _follows(sentence, item, period):
            period, against = None, period  # "up from 47 in 2012/13"
        if item.kind is ClaimKind.MULTIPLE and period is not None and against is None and not self._is_now(period):
            period, against = None, period  # "twice as many as in 2014/15"
        if (
            item.kind in {ClaimKind.LEVEL, ClaimKind.RATE, ClaimKind.AVERAGE}
            and against is not None
            and against.words == "last year"
            and tells_year_before(sentence)
        ):
            return None, None  # "last year, up from 1,200 the year before": the year of the report is meant
        if item.kind is ClaimKind.LEVEL and item.stated.form == "level":
            if own_time := _only_time_inside(sentence, item):
                return own_time, None  # "24% this year (29% last)"
            right_behind = re.match("P[n%]", sentence.code[max(0, item.first - 1) :])
            before = sentence.values[item.first - 1] if item.first and right_behind else None
            if isinstance(before, When) and before.kind is WhenKind.YEAR_BEFORE:
                return before, None  # "same month last year 33"
        if item.stated.word == "it":
            return None, self._time_of_it()
        of_a_time = item.kind in _OF_A_TIME and item.stated.form in _STANDS | {"to", "base"}
        if of_a_time and (behind := _time_behind(sentence, item)):
            return behind, None
        if item.kind not in CHANGES:
            own = next((at for at in range(item.first, item.last + 1) if sentence.code[at] == "P"), -1)
            if (
                item.kind is ClaimKind.LEVEL
                and item.stated.form in {"level", "base"}
                and own >= 0
                and sentence.code[own - 1] == "O"
            ):
                return against or period, None  # "the 592 of 2021/22"
            is_from = item.stated.form == "from"  # "down from 2.9 in the same quarter of 2023"
            if period is None and against is not None and not is_from and _is_past_level(sentence, item, segment):
                return against, None
            if item.kind is ClaimKind.LEVEL and period is not None:
                self._levels.append(period)
                if not self._is_now(period):
                    return period, against
            if item.kind in {ClaimKind.LEVEL, ClaimKind.AVERAGE, ClaimKind.RATE} and period is None:
                if against is None and item.stated.form in _STANDS and (headed := self._time_headed(sentence, item)):
                    return headed, None
                if sentence.words[max(0, segment.start - 1)] in {"when", "where"}:
                    return self._last_named(sentence, segment.start), against
                if item.kind is ClaimKind.LEVEL and item.stated.form == "level" and against is None:
                    headed = _heading(sentence, segment)
                    return month_before(sentence, item.first) or headed or self._before[0], against
                return self.period if item.kind is ClaimKind.AVERAGE else self._before[0], against
            if sentence.code[item.first] == "F":
                return (
                    period or self.period,
                    against or self.against,
                )  # "from 16.9% in 2014/15" tells no time for others
            self.period = period or self.period
            return period or self.period, against or self.against
        if (
            item.kind is ClaimKind.TREND
            and item.stated.form in {"tested", "trend", "goes on"}
            and period is None
            and against is None
        ):
            return self.period, self.against
        if period is None and against is not None and against.kind in _ABSOLUTE and self._levels:
            period = self._levels[-1]
        if against is None and period is not None:
            against = self._lead  # "compared with the first half, the second was 45 lower"
        said = period is not None or against is not None
        if not said:
            period, against = two_told(self._levels) or (self.period, self.against)
            then = self._levels[-1] if self._levels else period
            if then is not None and against is None and not self._is_now(then) and _is_of_now(sentence, item, segment):
                period, against = None, then  # "in 2021/22 there were 450; there are now 62 fewer"
        if period is None and against is None:
            period, against = self._ahead
        if against is not None and re.search("x.?.?P", sentence.code[segment.start : segment.end]):
            self._since = against
        elif against is None and self._since is not None:
            against = self._since
        self.period, self.against = period or self.period, against or self.against
        return period, against


_BEHIND = re.compile(r"(?:N(?=[iwP]))?(?:w?[iO][wG]{1,3}|w(?=P))?w?[iO]?P(?!v)")
_THAT_WAS = frozenset((WhenKind.YEAR_BEFORE, WhenKind.SPAN))


def _time_behind(sentence: Sentence, item: Found) -> When | None:
    """The time before that is told right behind a number: "662 a year earlier and 754 now", "44 in May to June"."""
    code = sentence.code
    inside = next((at for at in range(item.first, item.last + 1) if code[at] == "P"), -1)
    if code.startswith("iPAP", at := item.last - 1) or code.startswith("iPAP", at := item.last + 1):
        first, last = sentence.values[at + 1], sentence.values[at + 3]
        if sentence.words[at] == "between" and isinstance(first, When) and isinstance(last, When):
            return _from_month_to(first, last)
    found = _BEHIND.match(code, item.last + 1) if inside < 0 else None
    when = sentence.values[found.end() - 1] if found else sentence.values[inside] if inside >= 0 else None
    if inside > 0 and (code[inside - 1] in "oahx" or "P" in code[inside + 1 : item.last + 1]):
        return None
    if not isinstance(when, When) or when.kind not in _THAT_WAS or _only_tells_length(item, when):
        return None
    return when if when.kind is WhenKind.YEAR_BEFORE or is_ago(when) else None


def _from_month_to(first: When, last: When) -> When | None:
    """All the months from one to another, both of which are stated with their years."""
    ends = (first.periods[:1], last.periods[:1])
    if not all(ends) or any(period.months != 1 for (period,) in ends) or ends[0][0].first >= ends[1][0].first:
        return None
    begun, ended = ends[0][0], ends[1][0]
    return replace(
        last, periods=(Period(begun.first, ended.last - begun.first + 1),), words=f"{first.words} and {last.words}"
    )


def _goes_on(sentence: Sentence, start: int) -> bool:
    """Whether a clause goes on about the one before: "Arson in 2013/14: 61", "is equivalent to 6", "with 61 told"."""
    mark = sentence.words[start - 1]
    return mark in {":", "-"} or mark.startswith(_EQUALS) or sentence.words[start] in _GOES_ON


def _is_of_now(sentence: Sentence, item: Found, segment: Segment) -> bool:
    told = sentence.words[segment.start : item.last + 2]
    return not {"now", "currently", "today", "presently", "latest"}.isdisjoint(told)


def _happened(sentence: Sentence, item: Found, when: When) -> bool:
    """Whether a time stands right behind a noun of change, and says when it came about."""
    at = next(
        (at for at in range(item.first, min(item.last + 3, len(sentence.code))) if sentence.values[at] is when), -1
    )
    return at > 0 and sentence.code[at - 1] in "ud"


def _only_time_inside(sentence: Sentence, item: Found) -> When | None:
    """The one time inside a bracketed number: nothing outside the bracket is nearer."""
    if sentence.code[max(0, item.first - 1) : item.first] != "(":
        return None
    told = [when for when in sentence.values[item.first : item.last + 1] if isinstance(when, When)]
    return told[0] if len(told) == 1 else None


def _follows(sentence: Sentence, item: Found, when: When) -> bool:
    """Whether a time stands in a claim or right behind it."""
    return when.kind is not WhenKind.CURRENT and any(
        sentence.values[at] is when for at in range(item.first, min(item.last + 4, len(sentence.code)))
    )


def _places_in(sentence: Sentence, segment: Segment) -> tuple[str, ...]:
    return tuple(sentence.words[at] for at in range(segment.start, segment.end) if sentence.code[at] == "G")


def _heading(sentence: Sentence, segment: Segment) -> When | None:
    """The time that stands alone before the clause: "Quarter 1: 186", "In Q4, there were 90"."""
    head = re.fullmatch(r"[iO]?P[:,]", sentence.code[: segment.start])
    when = sentence.values[head.end() - 2] if head else None
    return when if isinstance(when, When) and role(sentence, segment.start - 2) == "period" else None


def _apart_in_brackets(sentence: Sentence, item: Found, at: int) -> bool:
    """Whether a time stands in brackets that the claim is not in, nor right before."""
    opened = sentence.code.rfind("(", 0, at)
    closed = sentence.code.find(")", at)
    if opened < 0 or closed < 0 or ")" in sentence.code[opened:at] or opened == item.last + 1 == at - 1 == closed - 2:
        return False
    return not opened <= item.first <= closed


def _beside_number_in_brackets(sentence: Sentence, at: int) -> bool:
    """Whether a time is that of a number in brackets: "388 (2013/14: 412)"."""
    opened, closed = sentence.code.rfind("(", 0, at), sentence.code.find(")", at)
    inside = sentence.code[opened + 1 : closed]
    return 0 <= opened < closed and ")" not in inside and re.search("[n%]", inside) is not None


_LONG_ASIDE = 14  # a bracket of so many tokens is a clause by itself
_IN_BRACKETS = re.compile(r"\([^()]*\)")


def _segments(sentence: Sentence) -> list[Segment]:
    code = sentence.code
    if "(" in code:
        code = _IN_BRACKETS.sub(
            lambda match: "#" * len(match[0]) if len(match[0]) < _LONG_ASIDE else f",{match[0][1:-1]},", code
        )
    breaks = [match.start() for match in _BREAK.finditer(code) if match[0] != "A" or _has_verb(code, match.start())]
    breaks = [at for at in breaks if not _joins_heading(sentence, at)]
    edges = [-1, *breaks, len(code)]
    return [_segment(sentence, code, first + 1, last) for first, last in itertools.pairwise(edges)]


_AMONG = re.compile("E[wNtX]{0,5}[iO][wGn]{0,2}$")  # "the lowest rate of the six districts"
_OPPOSITES = ("dissatisf", "undetected", "unsolved", "unresolved", "unrecorded", "unreported")
_OURS = frozenset(("ours", "here", "locally", "borough", "district", "town"))
_ENDED = frozenset(("closed", "ended", "finished", "concluded", "completed"))  # "Ashby closed the year 701 higher"
_OF_PLACES = frozenset(("where", "which", "who"))
_PRONOUNS = frozenset(("it", "they", "its", "their", "theirs"))


def _joins_heading(sentence: Sentence, at: int) -> bool:
    """Whether a dash joins the two halves of a heading: "Burglary - residential: 212"."""
    return sentence.words[at] == "-" and re.match(r",[wNA]{1,4}[:(n]", sentence.code[at:]) is not None


_ABOUT = frozenset(("about", "regarding", "concerning", "of", "on", "to", "for", "with", "against", "at", "into"))
_VERBS_OF_LEVEL = frozenset((
    "closed", "numbered", "tallied", "settled", "levelled", "touched", "totalled", "amounted", "wound", "topped",
    "landed", "rested", "equals", "equalled", "put", "gives", "works", "translates", "represents", "breaks",
    "averaged", "got", "moved", "which", "has", "crept", "drifted", "finished", "ended", "hit", "reached", "sit",
    "comes", "came", "sits", "ran", "held",
))  # fmt: skip
_RELATIVES = frozenset(("which", "who", "that"))


def _antecedent(sentence: Sentence, segment: Segment) -> tuple[str, ...]:
    """What a relative clause is of: "concern was raised about fires, which fell"."""
    told = re.search(r"[iOota]((?:[wN]){1,4})(?:[iO][wGP]{1,3})?,K{1,2}$", sentence.code[: segment.start])
    named = segment.subject and segment.subject[0] not in _VERBS_OF_LEVEL
    if told is None or named or _RELATIVES.isdisjoint(sentence.words[max(0, segment.start - 2) : segment.start]):
        return ()
    words = sentence.words[told.start(1) : told.end(1)]
    is_named = sentence.words[told.start()] in _ABOUT and any(word not in PLAIN_SUBJECTS for word in words)
    return tuple(words) if is_named else ()


def _topic_before(sentence: Sentence, item: Found) -> tuple[str, ...]:
    """What a change told before is of: "the target to reduce burglary by 3%", "in relation to fires, which fell"."""
    code = sentence.code[: item.first]
    told = re.search(r"((?:[wN]){1,4}),K[ew]{0,2}$", code) or re.search(
        r"(?:[ud][iO]|[UD](?=[wN]+[bO]))((?:[wN]){1,4})", code
    )
    words = sentence.words[told.start(1) : told.end(1)] if told else []
    return tuple(words) if any(word not in PLAIN_SUBJECTS for word in words) else ()


_VERB_OF_ITS_OWN = re.compile("[eUDBWkcsV]|F[n%]|b[n%pf]")


def _has_verb(code: str, before: int) -> bool:
    start = max(code.rfind(mark, 0, before) for mark in ",;:K") + 1
    return code.startswith("wnN", start) or _VERB_OF_ITS_OWN.search(code, start, before) is not None


def _segment(sentence: Sentence, code: str, start: int, end: int) -> Segment:
    head = start + (code[start : start + 2] in {"rw", "rN", "Ro"})  # "first time entrants", "the position on hours"
    head += code[start : start + 2] == "SO" and sentence.words[start] in _LEVEL_OF  # "the level of arson"
    verb = next(
        (
            at
            for at in range(head, end)
            if (code[at] in _VERBS and not (code[at : at + 2] == "SO" and sentence.words[at] == "level"))
            or (at > start and _compares(sentence, at))
        ),
        end,
    )
    first = start
    if verb == end and code[start : start + 1] in {"a", "i", "o", "b", "x", "h"}:
        return Segment(start, end, (), ())
    for at in range(start, min(verb, start + 4)):
        if code[at] == "P" and at < verb - 1 and sentence.words[at - 1] not in _ENDED:
            first = at + 1
    words = tuple(sentence.words[at] for at in range(first, verb) if code[at] in _NOUNS)
    if words[:1] == ("what",):
        words = ()  # "what the paper calls a spike"
    places = tuple(
        sentence.words[at]
        for at in range(first, verb)
        if code[at] == "G" and code[at - 1 : at] not in {"Y", "V"} and not _AMONG.search(code[first:at])
    )
    if code[max(0, start - 1) : end] == ":nN":
        return Segment(start, end, (), places)  # "ASB: 27 calls"
    if not _names_something(sentence, first, verb):
        words = (
            ("crime",)
            if re.search(
                r"\b(?:total|overall|all|recorded) crimes?\b|\bcrime overall\b",
                " ".join(sentence.words[start : verb + 1]),
            )
            else ()
        )
    return Segment(start, end, words, places)


def _names_something(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a clause's subject says what is counted or where; "the latest figure" and "we" do not."""
    code = sentence.code
    for at in range(first, last):
        if code[at] in "wN" and not _is_plain(sentence, at, first):
            return True
        if code[at] == "G" and (at == first or code[at - 1] not in "iOh"):
            return True
    return False


def _is_plain(sentence: Sentence, at: int, first: int) -> bool:
    """Whether a word names nothing: one known, an adverb, or a clause's first verb, as in "settling back at 356"."""
    word = sentence.words[at]
    if word in PLAIN_SUBJECTS or (word.endswith("ly") and sentence.code[at] == "w" and word not in NOUNS_IN_LY):
        return True
    begins = at == first or sentence.words[at - 1] in {"before", "after", "then", "while", "by"}
    return begins and word.endswith("ing") and word not in DOINGS and "-" not in word


_AGAINST_WHOM = frozenset(("person", "persons", "women", "girls", "society", "children", "people", "older", "police"))


def _compares(sentence: Sentence, at: int) -> bool:
    """Whether a word compares, as "against" does not in "violence against the person"."""
    letter = sentence.code[at]
    return letter == "h" or (letter == "a" and not _AGAINST_WHOM & set(sentence.words[at + 1 : at + 2]))


def _words_after(sentence: Sentence, item: Found) -> tuple[str, ...]:
    """What is counted, as said beside the number: "13 more thefts", "a reduction in domestic burglary of 5"."""
    code = sentence.code
    last = item.last + 1
    if (
        code[last - 1] in "UDudBWSI"
        and code[last : last + 1] in {"i", "O"}
        and code[last + 1 : last + 2] in {"w", "N", "g", "H"}
    ):
        last += 1
    quantity = next((at for at in range(item.first, item.last + 1) if code[at] in "n%pf"), item.first - 1)
    inner = range(quantity + 1, item.last + 1 if item.stated.form != "run" else item.first)
    told = re.search("N(?=e)", code[quantity + 1 : item.last + 1])  # "40 bicycles went missing each month"
    inner = inner[: told.end()] if told else inner
    words = [sentence.words[at] for at in inner if code[at] in "wN"]
    linked = (
        re.search(r"[ud][iO](?:[wS]O)?((?:[wNg]){1,4})", code[item.first : quantity]) if quantity > item.first else None
    )
    if linked:
        words += sentence.words[item.first + linked.start(1) : item.first + linked.end(1)]
    if code[last : last + 2] in {"wO", "SO"} and code[last - 1] in "iO":
        last += 2  # "a slump in the number of robberies"
    told_behind = re.match(r"N?(?:e{1,2}[gw]{0,2})?[iO](?:[wS]O)?((?:[wNg]){1,5})(?![!wNg])", code[last:])
    if (
        told_behind
        and (code[item.first] in "ud" or ("e" in told_behind[0] and code[item.first] in "UDn%p"))
        and sentence.words[last + told_behind.start(1) - 1] == "in"
    ):
        # "A rise of 110 has been recorded in drug offences"
        words += sentence.words[last + told_behind.start(1) : last + told_behind.end(1)]
    noun = (
        re.match(r"(?:wO)?[wg]{0,3}N(?:[OF]?[w]{0,2}N|[wiF]{1,3}N|[iF]?w(?=[,;]|$))?|w(?=[^weiP])", code[last:])
        if code[last - 1] not in "PN"
        else None
    )
    in_kind = re.match("[wg]{1,4}", code[last:]) if code[last - 1] == "i" and code[last - 2] in "UDud" else None
    named = [at for at in range(last, last + in_kind.end()) if counts(sentence.words[at])] if in_kind else []
    if named and not noun:
        words += sentence.words[last : named[-1] + 2 if sentence.words[named[-1]] == "anti-social" else named[-1] + 1]
    elif noun and (code[last - 1] in "UDudBWOi" or noun[0].endswith("N")):
        words += sentence.words[last : last + noun.end()]
    elif (
        code[last - 1] == "n"
        and code[last : last + 1] == "w"
        and _is_plural(sentence.words[last])
        and sentence.words[last] != "lies"
    ):
        words.append(sentence.words[last])
    if item.kind in _AMONG_OTHERS and all(word in PLAIN_SUBJECTS for word in words):
        then = re.match(r"i((?:[wN]){1,4})", code[item.last + 1 :])
        if then and sentence.words[item.last + 1] in {"for", "on"}:
            words += sentence.words[item.last + 2 : item.last + 1 + then.end()]
    return tuple(word for word in words if word not in EMPTY_WORDS)


def _words_of_change_before(sentence: Sentence, item: Found) -> tuple[str, ...]:
    """What a change is of that this claim goes on about: "a rise in shop theft, up from 88 to 120"."""
    told = re.search(r"(?:[ud][iO]((?:[wNgA]){1,7})[,(]|[,A]i((?:[wN]){1,3}))$", sentence.code[: item.first])
    if told is None:
        return ()
    first, last = told.span(1) if told[1] else told.span(2)
    return tuple(word for word in sentence.words[first:last] if word not in EMPTY_WORDS)


_VERBS_OF_DOING = ("ed", "with", "to", "took", "saw", "met", "made", "for", "caught")


def _is_done_by(sentence: Sentence, item: Found, segment: Segment) -> bool:
    """Whether a clause's subject is who did it to so many: "officers attended 23 incidents"."""
    before = item.first - 1
    told = sentence.words[before] if sentence.code[before : item.first + 1] == "wn" else ""
    return before > segment.start and told.endswith(_VERBS_OF_DOING) and segment.subject[-1:] == (told,)


def _is_plural(word: str) -> bool:
    return (
        word.endswith("s")
        and not word.endswith(("ss", "'s", "is", "us"))
        and word not in {"means", "points", "was", "has", "as", "represents", "shows", "remains"}
    )


def _place(sentence: Sentence, item: Found, segment: Segment) -> tuple[str, ...]:
    """The place that the claim is about, where it is another than the report's."""
    code = sentence.code
    if item.first and code[item.first - 1] == "(" and code[item.first - 2 : item.first - 1] == "w":
        return OWN_PLACE  # "worse than here (down 10%)"
    inside = tuple(sentence.words[at] for at in range(item.first, item.last + 1) if code[at] == "G")
    named = item.first - 2 if code[max(0, item.first - 2) : item.first] == "G(" else item.first - 1
    before = (sentence.words[named],) if named >= 0 and code[named] == "G" else ()
    if code[item.first - 1 : item.first] == "(" and re.search(r"E[wN]{0,2}[iO]G\($", code[: item.first]):
        before = OWN_PLACE  # "best in its family (38.2%)"
    last = item.last + 1
    behind = _PLACE_BEHIND.match(code, last) if item.kind in _OF_A_TIME else None
    if code[last : last + 1] == "i" and code[last + 1 : last + 2] == "G":
        after: tuple[str, ...] = (sentence.words[last + 1],)
    elif behind and behind.end() <= segment.end:
        after = (sentence.words[behind.end() - 1],)
    else:
        is_place = code[last : last + 1] == "G" and code[last + 1 : last + 2] not in {"e", "U", "D", "B", "W", "V"}
        after = (sentence.words[last],) if is_place else ()
    earlier = tuple(
        sentence.words[at]
        for at in range(segment.start, item.first)
        if code[at] == "G"
        and (at == 0 or code[at - 1] not in "haoVY")
        and (at < 2 or code[at - 2] not in "ha")  # noqa: PLR2004
        and not _AMONG.search(code[segment.start : at])
    )
    return (*inside, *before, *after) or earlier


_PLACE_BEHIND = re.compile("[weN]{0,5}(?:[iO](?=[wN]{1,3}i)[wN]{1,3})?w?i{1,2}G(?!v)|i?P[wi]?iG(?!v)")
_MONTHS_GO_ON = re.compile("(?<=M)(?:,M|,?AM)+")


def _months(sentence: Sentence, start: int, end: int) -> tuple[int, ...]:
    found: list[int] = []
    code = sentence.code
    for at in range(start, min(end, len(code))):
        if code[at] not in "MP":
            continue
        when = sentence.values[at]
        if isinstance(when, When) and when.kind is WhenKind.MONTH_OF_YEAR:
            found += [(when.first - 1 + step) % 12 + 1 for step in range(when.months)]
    return tuple(found)


def _whole(sentence: Sentence, item: Found, segment: Segment) -> tuple[tuple[str, ...], tuple[str, ...]]:
    code = sentence.code
    quantity = next((at for at in range(item.first, item.last + 1) if code[at] in "n%f"), item.first)
    link = next((at for at in range(quantity, item.last + 2) if code[at : at + 1] == "O"), -1)
    if link < 0 and code[quantity] == "f" and code[quantity + 1 : quantity + 3] == "wN":
        also = tuple(sentence.words[at] for at in range(quantity + 3, segment.end) if code[at] in "wNGgH")
        return tuple(sentence.words[quantity + 1 : quantity + 3]), also
    if link < 0 and code[quantity] == "f" and code[quantity + 1 : quantity + 2] == "N":
        also = tuple(sentence.words[at] for at in range(quantity + 2, segment.end) if code[at] in "wNGgH")
        return (sentence.words[quantity + 1],), also
    if link < 0:
        after = tuple(sentence.words[at] for at in range(quantity + 1, segment.end) if code[at] in "wNGgH")
        return (), after
    whole: list[str] = []
    at = link + 1
    while at < len(code) and code[at] in "wNHgUDudGPMn" and not (code[at] == "P" and code[at - 1] == "i"):
        whole.append(sentence.words[at])
        at += 1
        if code[at - 1] == "N" and code[at : at + 1] != "N":
            break
    end = max(segment.end, item.last + 1)
    return tuple(whole), tuple(sentence.words[where] for where in range(at, end) if code[where] in "wNGgH")


def _nearest_times(sentence: Sentence, item: Found, segment: Segment) -> tuple[When | None, When | None]:
    """The times of the clause nearest to the claim, by their role."""
    nearest: dict[str, tuple[float, When]] = {}
    lead_in = led_up_to(sentence, item.first)
    for at in range(segment.start, max(segment.end, item.last + 1)):
        when = sentence.values[at]
        if sentence.code[at] not in "PM" or not isinstance(when, When) or at in lead_in:
            continue
        if (
            when.kind is WhenKind.SPAN
            and not is_ago(when)
            and (
                item.kind not in _OVER_SPANS
                or (
                    sentence.words[at - 1] not in {"over", "in", "during", "across", "throughout"}
                    and sentence.code[at + 1 : at + 2] not in {"u", "d"}  # "the two-year reduction"
                )
            )
        ):
            continue
        if _apart_in_brackets(sentence, item, at) or sentence.code[at + 1 : at + 2] == "Q":
            continue
        if when.kind is WhenKind.SPAN and sentence.code[at - 2 : at] == "Ei" and not item.first <= at <= item.last:
            continue  # "the highest in six years following a slight rise"
        if _only_tells_length(item, when):
            continue
        if _STEPS.search(when.words) and (
            item.stated.form == "run" or (item.kind is ClaimKind.FROM_TO and not item.first <= at <= item.last)
        ):
            continue
        distance = 0.0 if item.first <= at <= item.last else min(abs(at - item.first), abs(at - item.last))
        if at == item.last + 2 and sentence.code[at - 1] in "iOoahx":
            distance -= 0.5  # "by 38 in 2022/23 and by 24 in 2023/24"
        part = role(sentence, at)
        if part not in nearest or distance < nearest[part][0]:
            nearest[part] = (distance, when)
    period, against = nearest.get("period"), nearest.get("against")
    return period[1] if period else None, against[1] if against else None


def _only_tells_length(item: Found, when: When) -> bool:
    """Whether a time compares nothing: "5.2 a week over the year"."""
    return item.kind not in _OVER_SPANS and when.kind is WhenKind.YEAR_BEFORE and when.words.startswith("over the")


_STEPS = re.compile("^(?:month|quarter|year)[ -](?:on|by|to|after)[ -]")


def _is_past_level(sentence: Sentence, item: Found, segment: Segment) -> bool:
    """Whether a number is that of the time before: "last year there were nine", "the 59 of the previous year"."""
    if item.stated.form in {"base", "to"}:
        return item.stated.form == "base"
    at = next(
        (
            at
            for at in range(segment.start, max(segment.end, item.last + 1))
            if sentence.code[at] == "P" and role(sentence, at) == "against"
        ),
        -1,
    )
    alike = re.search("[SY]t?$", sentence.code[: max(at, 0)]) is not None  # "identical to last year at 266"
    compared = at >= 0 and COMPARED_AT_LENGTH.search(sentence.code, max(0, at - 7), at) is not None
    return at >= 0 and not alike and not compared and sentence.code[at - 1 : at] not in {"o", "a", "h", "x"}


OWN_PLACE = ("area",)
