"""What a person wrote about the rows of a table: in the cell beside, or in paragraphs that name the measure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quarterday.commentary.printed_tables import ReadTable, TableRow, subject_of
from quarterday.domain.area import key_of
from quarterday.domain.printed import Passage, PrintedCell

LONGEST_REMARK = 10_000  # characters
_SHORTEST_NAME = 4  # letters: shorter ones are words of all sorts
# What is quoted, and what explains a scale: (1 = lowest).
_QUOTED = re.compile(r"[“][^”\n]{0,400}[”]|\(1(?:st)? ?(?:=|is) ?[^()\n]{0,100}\)")
_WORD = re.compile(r"[\w'&/-]+")
_ASIDE = re.compile(r"\([^()]*\)")
_LAST_WORD = re.compile(r"(?: (?:offences?|crimes?|incidents?|reports?|figures?))+$")
_CAPTION = re.compile(r"(?:table|figure|chart|source|note)\b\s*\d*", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?!\s+[A-Z“\"(•]|\s*$|\n)[^.!?\n]*)*[.!?\n]?\s*")
_POINTS_BACK = re.compile(
    r"\s*(?:it|this|these|the (?:figure|number|total|rise|fall|increase|decrease|reduction)|that is"
    r"|there (?:was|were|has)|down|up|compared)\b",
    re.IGNORECASE,
)
_GENERIC = frozenset({
    "total", "totals", "other", "others", "all", "overall", "average", "other crime", "crime", "crimes", "offences",
    "offence", "number", "area", "sum", "measure",
})  # fmt: skip
_WITH_LAST_YEAR = re.compile(
    r"\b(?:compared|comparison|against|versus|vs?|since|on|than|change|from)\b.*\b(?:last|previous|prior) year\b",
    re.IGNORECASE,
)
_IN_A_WORD = {
    **dict.fromkeys(("better", "improved", "improving"), "Better than last year"),
    **dict.fromkeys(("worse", "deteriorated", "deteriorating", "worsened"), "Worse than last year"),
    **dict.fromkeys(("up", "higher", "increase", "increased", "increasing", "rise"), "Higher than last year"),
    **dict.fromkeys(
        ("down", "lower", "decrease", "decreased", "decreasing", "fall", "reduction"), "Lower than last year"
    ),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """A stretch of text, where it stands, and the measure, area and table that it is about.

    ``in_prose`` tells a paragraph, which may go on about other things, from the cell of a row. ``stands`` is what
    stands there where a heading says half of it: ``Better`` below ``Compared to last year``.
    """

    text: str
    place: str
    start: int
    measure: str
    area: str
    table: ReadTable
    in_prose: bool = False
    stands: str = ""


def verdicts_beside(table: ReadTable, *, area: str) -> Iterator[Remark]:
    """The cells that say in one word how a row compares with the year before."""
    columns = [column for column in table.columns if _WITH_LAST_YEAR.search(column.heading)]
    for row in table.rows:
        for column in columns:
            cell = row.cells[column.at]
            words = _IN_A_WORD.get(key_of(cell.text).strip(" ."), "")
            if words and (measure := subject_of(table, row)):
                yield Remark(words, cell.place, 0, measure, row.area or area, table, stands=cell.text)


def remarks_beside(table: ReadTable, *, area: str) -> Iterator[Remark]:
    """The comment cells of a table; one that several rows share is read only where it names one of them."""
    beside: dict[PrintedCell, list[TableRow]] = {}
    for row in table.rows:
        for cell in table.comments_of(row):
            beside.setdefault(cell, []).append(row)
    for cell, rows in beside.items():
        subjects = {(subject_of(table, row), row.area or area) for row in rows}
        measure, place = subjects.pop() if len(subjects) == 1 else ("", "")
        if measure:
            yield Remark(_unquoted(cell.text), cell.place, 0, measure, place, table)
        elif len(rows) > 1:
            tables = {name: table for row in rows if (name := subject_of(table, row))}
            yield from _named(Passage(cell.text, cell.place), tables, Names(tables), area=area)


def remarks_in_prose(
    passages: Sequence[Passage], tables: Mapping[str, ReadTable | None], *, area: str
) -> Iterator[Remark]:
    """The sentences of paragraphs that name one measure of ``tables``, and those that go on about it.

    A measure without a table is known by name only: what is said of it is of no other measure either.
    """
    names = Names(tables)
    for passage in passages:
        if not passage.is_heading and not _CAPTION.match(passage.text):
            yield from _named(passage, tables, names, area=area)


def _named(passage: Passage, tables: Mapping[str, ReadTable | None], names: "Names", *, area: str) -> Iterator[Remark]:
    """The sentences that name one measure alone, and those right after that begin with a word that points back."""
    text = _unquoted(passage.text[:LONGEST_REMARK])
    measure, run = "", (0, 0)
    for sentence in _SENTENCE.finditer(text):
        held = dict.fromkeys(_names_in(sentence[0], names))
        if measure and not held and _POINTS_BACK.match(sentence[0]):
            run = (run[0], sentence.end())
            continue
        if table := tables.get(measure):
            yield Remark(text[slice(*run)], passage.place, run[0], measure, area, table, in_prose=True)
        measure, run = (next(iter(held)) if len(held) == 1 else ""), sentence.span()
    if table := tables.get(measure):
        yield Remark(text[slice(*run)], passage.place, run[0], measure, area, table, in_prose=True)


def _names_in(text: str, names: "Names") -> Iterator[str]:
    """The measures that the text names, the longest name at each place."""
    words = [found[0] for found in _WORD.finditer(_plain(text))]
    at = 0
    while at < len(words):
        found = next((held for held in names.starting(words[at]) if held.stands(words, at)), None)
        if found is None:
            at += 1
        else:
            yield found.name
            at += len(found.words)


@dataclass(frozen=True, slots=True)
class _Name:
    """A measure's name as sentences write it, word by word."""

    name: str
    words: tuple[str, ...]

    def stands(self, words: Sequence[str], at: int) -> bool:
        """Whether the words from ``at`` on are the name, its last word in the singular or the plural."""
        held = words[at : at + len(self.words)]
        return len(held) == len(self.words) and all(map(_alike, held, self.words))


class Names:
    """The measures that prose may name, found by their first word."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[_Name]] = {}
        for name in names:
            if words := tuple(_WORD.findall(_plain(short_name(name)))):
                self._by_first.setdefault(_stem(words[0]), []).append(_Name(name, words))
        for held in self._by_first.values():
            held.sort(key=lambda name: -len(name.words))

    def starting(self, word: str) -> Sequence[_Name]:
        """The names that begin with a word, the longest first."""
        return self._by_first.get(_stem(word), ())


def _alike(word: str, other: str) -> bool:
    return _stem(word) == _stem(other)


def _stem(word: str) -> str:
    """The word without the ending of a plural, as far as that tells no two measures apart."""
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def _plain(text: str) -> str:
    return text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def short_name(name: str) -> str:
    """The name as sentences write it; empty where it is a word that may mean anything."""
    plain = " ".join(_ASIDE.sub("", key_of(name)).split())
    short = _LAST_WORD.sub("", plain)
    short = plain if short in _GENERIC or len(short) < _SHORTEST_NAME else short
    return "" if short in _GENERIC or len(short) < _SHORTEST_NAME else short


def _unquoted(text: str) -> str:
    """The text with blanks in the place of what it quotes or explains, which are no statements of the report."""
    return _QUOTED.sub(lambda found: " " * len(found[0]), text)
