"""What a claim is about: the words of its subject, the place and the times, also where an earlier clause said them."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quarterday.commentary.lexicon import EMPTY_WORDS
from quarterday.commentary.rule import Found
from quarterday.commentary.tokens import Sentence
from quarterday.commentary.when import is_ago
from quarterday.domain.claim import ClaimKind, Scope, When, WhenKind
from quarterday.domain.period import Period

_VERBS = "eUDBWkcSJRVsTud%pfr#"
_BREAK = re.compile(r"[,;:K]|A(?=[wNgGHPM]*[eUDBWkcs])")
_NOUNS = "wNGgHMI"
_PAST = {WhenKind.YEAR_BEFORE, WhenKind.PREVIOUS_QUARTER, WhenKind.PREVIOUS_MONTH, WhenKind.SAME_MONTHS_OF}
_ABSOLUTE = {WhenKind.STATED, WhenKind.SAME_MONTHS_OF}
_CHANGES = {
    ClaimKind.DIRECTION, ClaimKind.DIFFERENCE, ClaimKind.PERCENT_CHANGE, ClaimKind.PERCENTAGE_POINTS,
    ClaimKind.MULTIPLE,
    ClaimKind.TREND, ClaimKind.PROJECTION,
}  # fmt: skip
_OVER_SPANS = _CHANGES | {ClaimKind.FROM_TO}
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
    _levels: list[When] = field(default_factory=list)
    _done: int = 0

    def begin(self, sentence: Sentence, found: Sequence[Found] = ()) -> None:
        """Start the next sentence; one that refers back keeps the times of the one before."""
        self.sentence = sentence
        self._done = 0
        self._since = None
        self._levels = []
        pair = next(
            (item for item in found if item.kind is ClaimKind.FROM_TO and item.stated.amount and item.stated.earlier),
            None,
        )
        self._ahead = _pair_times(sentence, pair) if pair else (None, None)
        self.segments = _segments(sentence)
        kept = sentence.words[0] in _REFERS_BACK and not any(letter == "P" for letter in sentence.code)
        self._before = (self.period, self.against) if kept else (None, None)
        self.period, self.against = self._before
        self.months = ()

    def end(self) -> None:
        """Keep the sentence's subject for the next one."""
        own = next((segment.subject for segment in self.segments if segment.subject), ())
        self.subject = own or self.subject

    def scope_of(self, item: Found) -> Scope:
        """The scope of one claim of the sentence; called in the order of the text."""
        sentence = self.sentence
        if sentence is None:
            return Scope()
        at = next(
            (number for number, segment in enumerate(self.segments) if item.first < segment.end), len(self.segments) - 1
        )
        segment = self.segments[at]
        for passed in self.segments[self._done : at]:
            self._pass(sentence, passed)
        self._done = at
        period, against = self._times(sentence, item, segment)
        subject = item.subject if item.subject is not None else self._subject(sentence, item, at)
        group = item.group if item.group is not None else _place(sentence, item, segment) or self._place_before(at)
        whole: tuple[str, ...] = ()
        also: tuple[str, ...] = ()
        months = _months(sentence, segment.start, segment.end) or self.months
        if item.kind is ClaimKind.SHARE:
            whole, also = _whole(sentence, item, segment)
        else:
            also = tuple(
                sentence.words[where] for where in range(item.last + 1, segment.end) if sentence.code[where] in "wNg!"
            )
        if _months(sentence, segment.start, segment.end):
            self.months = _months(sentence, 0, segment.end)
        inside = tuple(
            when
            for when in sentence.values[item.first : item.last + 1]
            if isinstance(when, When) and when.kind is not WhenKind.SPAN
        )
        denied = _is_denied(sentence, item, segment)
        return Scope(subject, group, period, against, whole, also, months, inside, denied, item.is_open)

    def _is_now(self, when: When) -> bool:
        return (
            when.kind is not WhenKind.STATED
            or self.as_at is None
            or any(period.last == self.as_at.last for period in when.periods)
        )

    def _last_named(self, sentence: Sentence, before: int) -> When | None:
        """The time named last: "took place in October, when 81 were reported"."""
        named = (sentence.values[at] for at in range(before - 1, -1, -1) if sentence.code[at] in "PM")
        return next((when for when in named if isinstance(when, When)), self.period)

    def _place_before(self, at: int) -> tuple[str, ...]:
        """The place of the clause that this one goes on: "Kent recorded 12,600, up 600", "Kent, where theft rose"."""
        sentence = self.sentence
        if sentence is None:
            return ()
        start = self.segments[at].start
        if start and sentence.words[start - 1] == "where":
            named = [where for where in range(start) if sentence.code[where] == "G"]
            return (sentence.words[named[-1]],) if named else ()
        for segment in reversed(self.segments[: at + 1]):
            if segment.places or segment.subject:
                return segment.places
        return ()

    def _pass(self, sentence: Sentence, segment: Segment) -> None:
        """Keep the times of a clause without a claim: "Compared with the previous quarter, …"."""
        for at in range(segment.start, segment.end):
            when = sentence.values[at]
            if sentence.code[at] == "P" and isinstance(when, When) and when.kind is not WhenKind.SPAN:
                if _role(sentence, at) == "against":
                    self.against = when
                else:
                    self.period = when

    def _subject(self, sentence: Sentence, item: Found, at: int) -> tuple[str, ...]:
        """The words after the claim's own noun, else the clause's subject, else that of a clause before."""
        after = _words_after(sentence, item)
        own = next((segment.subject for segment in reversed(self.segments[: at + 1]) if segment.subject), None)
        return (
            (*after, "|", *(own if own is not None else self.subject))
            if after
            else own
            if own is not None
            else self.subject
        )

    def _times(self, sentence: Sentence, item: Found, segment: Segment) -> tuple[When | None, When | None]:
        if item.kind in {ClaimKind.FROM_TO, ClaimKind.AVERAGE, ClaimKind.SHARE} and item.stated.earlier is not None:
            inside = _pair_times(sentence, item)
            if any(inside):
                self.period, self.against = inside[0] or self.period, inside[1] or self.against
                return inside
        period, against = _nearest_times(sentence, item, segment)
        if (
            item.kind is ClaimKind.LEVEL
            and against is not None
            and against.words == "last year"
            and _tells_year_before(sentence)
        ):
            return None, None  # "last year, up from 1,200 the year before": the year of the report is meant
        if item.stated.word == "it":
            return None, self.period or self.against
        if item.kind not in _CHANGES:
            own = next((at for at in range(item.first, item.last + 1) if sentence.code[at] == "P"), -1)
            if (
                item.kind is ClaimKind.LEVEL
                and item.stated.form in {"level", "base"}
                and own >= 0
                and sentence.code[own - 1] == "O"
            ):
                return against or period, None  # "the 592 of 2021/22"
            if period is None and against is not None and _is_past_level(sentence, item, segment):
                return against, None
            if item.kind is ClaimKind.LEVEL and period is not None:
                self._levels.append(period)
                if not self._is_now(period):
                    return period, against
            if item.kind in {ClaimKind.LEVEL, ClaimKind.AVERAGE, ClaimKind.RATE} and period is None:
                if sentence.words[max(0, segment.start - 1)] in {"when", "where"}:
                    return self._last_named(sentence, segment.start), against
                if item.kind is ClaimKind.LEVEL and item.stated.form == "level" and against is None:
                    headed = _heading(sentence, segment)
                    return _month_before(sentence, item.first) or headed or self._before[0], against
                return self.period if item.kind is ClaimKind.AVERAGE else self._before[0], against
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
        said = period is not None or against is not None
        if not said:
            period, against = _two_told(self._levels) or (self.period, self.against)
        if period is None and against is None:
            period, against = self._ahead
        if against is not None and re.search("x.?.?P", sentence.code[segment.start : segment.end]):
            self._since = against
        elif against is None and self._since is not None:
            against = self._since
        self.period, self.against = period or self.period, against or self.against
        return period, against


def _two_told(levels: Sequence[When]) -> tuple[When, When] | None:
    """As in "In 2008 there were 1,507, in 2012 716, down by half": the later and the earlier of two stated times."""
    stated = sorted((when for when in levels if when.periods), key=lambda when: when.periods[0].last)
    two = len(stated) == len(levels) == 2 and stated[0].periods[0].last < stated[1].periods[0].last  # noqa: PLR2004
    return (stated[1], stated[0]) if two else None


def _heading(sentence: Sentence, segment: Segment) -> When | None:
    """The time that stands alone before the clause: "Quarter 1: 186", "In Q4, there were 90"."""
    head = re.fullmatch(r"[iO]?P[:,]", sentence.code[: segment.start])
    when = sentence.values[head.end() - 2] if head else None
    return when if isinstance(when, When) and _role(sentence, segment.start - 2) == "period" else None


def _tells_year_before(sentence: Sentence) -> bool:
    return any(word.endswith("year before") for word in sentence.words)


def _month_before(sentence: Sentence, before: int) -> When | None:
    """The month that the sentence has named last: "November was the peak, with 52"."""
    for at in range(before - 1, -1, -1):
        when = sentence.values[at]
        if sentence.code[at] in "MP" and isinstance(when, When):
            one = when.months == 1 or (bool(when.periods) and when.periods[0].months == 1)
            return when if one and when.kind in {WhenKind.MONTH_OF_YEAR, WhenKind.STATED} else None
    return None


def _apart_in_brackets(sentence: Sentence, item: Found, at: int) -> bool:
    """Whether a time stands in brackets that the claim is not in, nor right before."""
    opened = sentence.code.rfind("(", 0, at)
    closed = sentence.code.find(")", at)
    if opened < 0 or closed < 0 or ")" in sentence.code[opened:at] or opened == item.last + 1 == at - 1 == closed - 2:
        return False
    return not opened <= item.first <= closed


def _segments(sentence: Sentence) -> list[Segment]:
    code = re.sub(r"\([^()]*\)", lambda match: "#" * len(match[0]), sentence.code)
    breaks = [match.start() for match in _BREAK.finditer(code) if match[0] != "A" or _has_verb(code, match.start())]
    edges = [-1, *breaks, len(code)]
    return [_segment(sentence, code, first + 1, last) for first, last in itertools.pairwise(edges)]


def _has_verb(code: str, before: int) -> bool:
    start = max(code.rfind(mark, 0, before) for mark in ",;:K") + 1
    return any(letter in "eUDBWkcsV" for letter in code[start:before])


def _segment(sentence: Sentence, code: str, start: int, end: int) -> Segment:
    verb = next((at for at in range(start, end) if code[at] in _VERBS), end)
    first = start
    if verb == end and code[start : start + 1] in {"a", "i", "o", "b", "x", "h"}:
        return Segment(start, end, (), ())
    for at in range(start, min(verb, start + 4)):
        if code[at] == "P" and at < verb - 1:
            first = at + 1
    words = tuple(sentence.words[at] for at in range(first, verb) if code[at] in _NOUNS)
    places = tuple(sentence.words[at] for at in range(first, verb) if code[at] == "G")
    if not any(word not in EMPTY_WORDS for word in words):
        words = (
            ("crime",)
            if re.search(
                r"\b(?:total|overall|all|recorded) crimes?\b|\bcrime overall\b",
                " ".join(sentence.words[start : verb + 1]),
            )
            else ()
        )
    return Segment(start, end, words, places)


def _words_after(sentence: Sentence, item: Found) -> tuple[str, ...]:
    """What is counted, as said beside the number: "13 more thefts", "a reduction in domestic burglary of 5"."""
    code = sentence.code
    last = item.last + 1
    if (
        code[last - 1] in "UDudBW"
        and code[last : last + 1] in {"i", "O"}
        and code[last + 1 : last + 2] in {"w", "N", "g", "H"}
    ):
        last += 1
    quantity = next((at for at in range(item.first, item.last + 1) if code[at] in "n%pf"), item.first - 1)
    words = [sentence.words[at] for at in range(quantity + 1, item.last + 1) if code[at] in "wN"]
    linked = re.search(r"[ud][iO]((?:[wNg]){1,4})", code[item.first : quantity]) if quantity > item.first else None
    if linked:
        words += sentence.words[item.first + linked.start(1) : item.first + linked.end(1)]
    noun = (
        re.match(r"[wg]{0,3}N(?:O?[w]{0,2}N|[wi]{1,3}N|i?w(?=[,;]|$))?|w(?=[^weiP])", code[last:])
        if code[last - 1] not in "PN"
        else None
    )
    if noun and (code[last - 1] in "UDudBWOi" or noun[0].endswith("N")):
        words += sentence.words[last : last + noun.end()]
    elif code[last - 1] == "n" and code[last : last + 1] == "w" and _is_plural(sentence.words[last]):
        words.append(sentence.words[last])
    return tuple(word for word in words if word not in EMPTY_WORDS)


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
    last = item.last + 1
    if code[last : last + 1] == "i" and code[last + 1 : last + 2] == "G":
        after: tuple[str, ...] = (sentence.words[last + 1],)
    else:
        after = (sentence.words[last],) if code[last : last + 1] == "G" else ()
    earlier = tuple(
        sentence.words[at]
        for at in range(segment.start, item.first)
        if code[at] == "G" and (at == 0 or code[at - 1] not in "haoVY") and (at < 2 or code[at - 2] not in "ha")  # noqa: PLR2004
    )
    return (*inside, *before, *after) or earlier


def _months(sentence: Sentence, start: int, end: int) -> tuple[int, ...]:
    found: list[int] = []
    for at in range(start, min(end, len(sentence.code))):
        when = sentence.values[at]
        if sentence.code[at] in "MP" and isinstance(when, When) and when.kind is WhenKind.MONTH_OF_YEAR:
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
    while at < len(code) and code[at] in "wNHgUDudGPn" and not (code[at] == "P" and code[at - 1] == "i"):
        whole.append(sentence.words[at])
        at += 1
        if code[at - 1] == "N" and code[at : at + 1] != "N":
            break
    end = max(segment.end, item.last + 1)
    return tuple(whole), tuple(sentence.words[where] for where in range(at, end) if code[where] in "wNGgH")


def _pair_times(sentence: Sentence, item: Found) -> tuple[When | None, When | None]:
    """The times of the later and of the earlier number of a pair."""
    code = sentence.code
    last = item.last + 2 if code[item.last + 1 : item.last + 2] == "P" else item.last + 1
    numbers = [at for at in range(item.first, last) if code[at] in "n%f"]
    if len(numbers) < 2:  # noqa: PLR2004
        return None, None
    first, second = numbers[:2]
    later_first = sentence.values[first] == item.stated.amount and sentence.values[second] != item.stated.amount
    one = next((sentence.values[at] for at in range(first, second) if code[at] == "P"), None)
    two = next((sentence.values[at] for at in range(second, last) if code[at] == "P"), None)
    between = re.match(r"iPAP", code[second + 1 :])
    if between:
        one, two = sentence.values[second + 2], sentence.values[second + 4]
    later, earlier = (one, two) if later_first else (two, one)
    return later if isinstance(later, When) else None, earlier if isinstance(earlier, When) else None


def _role(sentence: Sentence, at: int) -> str:
    """Whether a time is the one spoken of or the one compared with."""
    code = sentence.code
    when = sentence.values[at]
    before = code[max(0, at - 3) : at]
    if (
        code[max(0, at - 4) : at].endswith("A")
        and re.search(r"iPA$", code[:at])
        and "between" in sentence.words[max(0, at - 4) : at]
    ):
        return "period"
    if code[at + 1 : at + 3] == "AP" and at and sentence.words[at - 1] == "between":
        return "against"
    if isinstance(when, When) and when.kind is WhenKind.CURRENT:
        return "period"
    if (back := re.search(r"[we]t[SwKeOi]{0,4}$", code[max(0, at - 6) : at])) and sentence.words[
        max(0, at - 6) + back.start()
    ] in _RETURNED:
        return "against"
    if re.search(r"[oahxV][iwNOnS]{0,4}$", code[max(0, at - 5) : at]) or (
        before.endswith("F") and code[at + 1 : at + 2] == "t"
    ):
        return "against"
    if isinstance(when, When) and (when.kind in _PAST or when.kind is WhenKind.SPAN):
        return "against"
    if code[at + 1 : at + 2] == "w" and sentence.words[at + 1] in {"baseline", "equivalent"}:
        return "against"
    return "period"


def _nearest_times(sentence: Sentence, item: Found, segment: Segment) -> tuple[When | None, When | None]:
    """The times of the clause nearest to the claim, by their role."""
    nearest: dict[str, tuple[int, When]] = {}
    for at in range(segment.start, max(segment.end, item.last + 1)):
        when = sentence.values[at]
        if sentence.code[at] not in "PM" or not isinstance(when, When):
            continue
        if (
            when.kind is WhenKind.SPAN
            and not is_ago(when)
            and (
                item.kind not in _OVER_SPANS
                or sentence.words[at - 1] not in {"over", "in", "during", "across", "throughout"}
            )
        ):
            continue
        if _apart_in_brackets(sentence, item, at):
            continue
        distance = 0 if item.first <= at <= item.last else min(abs(at - item.first), abs(at - item.last))
        role = _role(sentence, at)
        if role not in nearest or distance < nearest[role][0]:
            nearest[role] = (distance, when)
    period, against = nearest.get("period"), nearest.get("against")
    return period[1] if period else None, against[1] if against else None


def _is_past_level(sentence: Sentence, item: Found, segment: Segment) -> bool:
    """Whether a number is that of the time before: "last year there were nine", "the 59 of the previous year"."""
    if item.stated.form in {"base", "to"}:
        return item.stated.form == "base"
    at = next(
        (
            at
            for at in range(segment.start, max(segment.end, item.last + 1))
            if sentence.code[at] == "P" and _role(sentence, at) == "against"
        ),
        -1,
    )
    return at >= 0 and sentence.code[at - 1 : at] not in {"o", "a", "h", "x"}


_RETURNED = frozenset(["returned", "returning", "returns", "back", "reverted", "reverting"])
OWN_PLACE = ("area",)
_DENIALS = frozenset((
    "not", "no", "never", "neither", "nor", "isn't", "wasn't", "didn't", "hasn't", "haven't", "doesn't", "don't",
    "aren't", "weren't", "hoped", "hope", "hopes", "hoping", "aim", "aims", "aimed", "wanted", "want", "wants",
    "intended", "intends", "unless", "might", "could",
))  # fmt: skip


def _is_denied(sentence: Sentence, item: Found, segment: Segment) -> bool:
    start = max(segment.start - 1, 0, item.first - 4, sentence.code.rfind("(", 0, item.first) + 1)
    return any(sentence.words[at] in _DENIALS and sentence.words[at + 1] != "only" for at in range(start, item.first))
