"""From letters and ruled lines to words, lines of text and tables: where things stand on the page is all there is."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from statistics import median

from quarterday.sources.report_parts import raised

_SAME_LINE = 0.5  # of a letter's height: how far the middles of two letters of one line may lie apart
_WORD_GAP = 0.18  # of a letter's height
_COLUMN_GAP = 1.0  # of a letter's height: words that lie farther apart may stand in two columns
_NEAR = 3.0  # points: lines that meet on paper do not always meet in numbers
_SMALL = 0.9  # of the letters before: a raised mark is set smaller
_FEWEST_ROWS = _FEWEST_COLUMNS = 2
_PARAGRAPH_GAP = 0.75  # of a line's height
_LEADING = 0.15  # of a letter's size: lines of one cell lie no farther apart
_ROW_PITCH = 1.25  # of a line's height: rows that lie closer cannot be told from lines of one cell
_SAME_PITCH = 0.9
_OF_THE_MOST = 0.5  # parts of a line: one with fewer heads several columns at once
_LONG_UPRIGHT = 0.3  # of a region's height
_THROUGH = 0.6  # of it: a line between columns, and no side of what is shaded
_NARROWEST = 0.15  # of a page's width: a shorter line underlines a word
_LOOKED_BACK = 60  # lines: those of one height stand together
_MOST_CELLS = 20_000  # of a page
_MARKS_IN_PLACE = {"n/a", "-", "–", "—", "..", "*", "nil"}  # of a number
_STATUS = re.compile(r"[\[(][a-z]{1,2}[\])]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters without a gap, and its box from the page's top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """From its top to its bottom."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class TextLine:
    """The words of one line, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with a space between."""
        return " ".join(word.text for word in self.words)

    @property
    def top(self) -> float:
        """The top of the highest word."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """The bottom of the lowest word."""
        return max(word.bottom for word in self.words)

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    @property
    def left(self) -> float:
        """Where the first word begins."""
        return self.words[0].left

    @property
    def size(self) -> float:
        """The size of its largest letters."""
        return max(word.size for word in self.words)


@dataclass(frozen=True)
class Rules:
    """Ruled lines of a page: level ones as (y, left, right), upright ones as (x, top, bottom)."""

    level: tuple[tuple[float, float, float], ...]
    upright: tuple[tuple[float, float, float], ...]

    def level_at(self, y: float) -> list[tuple[float, float]]:
        """Where level lines near ``y`` begin and end."""
        return _near(self._levels, y)

    def upright_at(self, x: float) -> list[tuple[float, float]]:
        """Where upright lines near ``x`` begin and end."""
        return _near(self._uprights, x)

    @cached_property
    def _levels(self) -> dict[int, list[tuple[float, float, float]]]:
        return _bucketed(self.level)

    @cached_property
    def _uprights(self) -> dict[int, list[tuple[float, float, float]]]:
        return _bucketed(self.upright)


def _bucketed(lines: Iterable[tuple[float, float, float]]) -> dict[int, list[tuple[float, float, float]]]:
    held: dict[int, list[tuple[float, float, float]]] = {}
    for line in lines:
        held.setdefault(int(line[0] // _NEAR), []).append(line)
    return held


def _near(held: dict[int, list[tuple[float, float, float]]], place: float) -> list[tuple[float, float]]:
    at = int(place // _NEAR)
    lines = (line for key in (at - 1, at, at + 1) for line in held.get(key, ()))
    return [(first, last) for where, first, last in lines if abs(where - place) <= _NEAR]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, and how many columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table's rows as the cells that begin in each, where its columns part, and its place on the page."""

    rows: tuple[tuple[Cell, ...], ...]
    cuts: tuple[float, ...]
    top: float
    bottom: float


@dataclass(slots=True)
class Run:
    """Level lines end to end, and where each of them ends."""

    y: float
    left: float
    right: float
    ends: set[int] = field(default_factory=set)

    def touches(self, left: float, right: float) -> bool:
        """Whether a line at the same height goes on with this one."""
        return left <= self.right + _NEAR and right >= self.left - _NEAR


@dataclass(slots=True)
class Region:
    """A part of the page that may be a table: where it lies, where its rows part and where its columns do."""

    left: float
    top: float
    right: float
    bottom: float
    rows: list[float] = field(default_factory=list)
    columns: list[float] = field(default_factory=list)
    ends: set[int] = field(default_factory=set)
    is_ruled: bool = False

    def holds(self, word: Word) -> bool:
        """Whether the word stands in it."""
        return (
            self.top - 1 <= word.middle <= self.bottom + 1
            and self.left - _NEAR <= (word.left + word.right) / 2 <= self.right + _NEAR
        )


Band = tuple[float, float]
Glyph = Sequence  # letter, left, top, right, bottom, size


def words_of(glyphs: Iterable[Glyph]) -> list[Word]:
    """Letters as words, in the order in which the file has them, raised marks told by their size and height."""
    words: list[Word] = []
    letters: list[Glyph] = []
    for glyph in glyphs:
        is_space = glyph[0].isspace()
        if letters and (is_space or not _joins(letters[-1], glyph)):
            words.append(_word(letters))
            letters = []
        if not is_space:
            letters.append(glyph)
    if letters:
        words.append(_word(letters))
    return _with_raised(words)


def _joins(before: Glyph, glyph: Glyph) -> bool:
    height = max(before[4] - before[2], 1.0)
    apart = abs((before[2] + before[4]) / 2 - (glyph[2] + glyph[4]) / 2)
    gap = glyph[1] - before[3]
    smaller = glyph[5] < _SMALL * before[5] or before[5] < _SMALL * glyph[5]
    return apart <= 0.25 * height and -height <= gap <= _WORD_GAP * height and not smaller


def _word(letters: Sequence[Glyph]) -> Word:
    text = "".join(glyph[0] for glyph in letters)
    return Word(
        text,
        min(glyph[1] for glyph in letters),
        min(glyph[2] for glyph in letters),
        max(glyph[3] for glyph in letters),
        max(glyph[4] for glyph in letters),
        max(glyph[5] for glyph in letters),
    )


def _with_raised(words: Sequence[Word]) -> list[Word]:
    """A small word that touches the one before, and stands higher, is joined to it as a mark."""
    joined: list[Word] = []
    for word in words:
        before = joined[-1] if joined else None
        if before and word.size < _SMALL * before.size and word.middle < before.middle - 0.5 and _touches(before, word):
            joined[-1] = Word(
                before.text + raised(word.text), before.left, before.top, word.right, before.bottom, before.size
            )
        else:
            joined.append(word)
    return joined


def _touches(before: Word, word: Word) -> bool:
    return -1 <= word.left - before.right <= 0.5 * before.height and word.bottom > before.top


def lines_of(words: Iterable[Word]) -> list[TextLine]:
    """Words as lines, from the top of the page to its bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.left)):
        line = lines[-1] if lines else None
        if line and abs(line[0].middle - word.middle) <= _SAME_LINE * min(line[0].height, word.height):
            line.append(word)
        else:
            lines.append([word])
    return [TextLine(tuple(sorted(line, key=lambda word: word.left))) for line in lines]


def paragraphs_of(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Lines that follow each other closely, in letters of one size."""
    gathered: list[TextLine] = []
    for line in lines:
        last = gathered[-1] if gathered else None
        if last and (line.top - last.bottom > _PARAGRAPH_GAP * last.size or abs(line.size - last.size) > 1):
            yield gathered
            gathered = []
        gathered.append(line)
    if gathered:
        yield gathered


# --- ruled tables


def rules_of(segments: Iterable[Sequence[float]]) -> Rules:
    """Segments as level and upright lines, those that lie on one another made one."""
    level, upright = set(), set()
    for x0, y0, x1, y1 in segments:
        if x1 - x0 >= y1 - y0:
            level.add((round((y0 + y1) / 2), x0, x1))
        else:
            upright.add((round((x0 + x1) / 2), y0, y1))
    return Rules(tuple(sorted(level)), tuple(sorted(upright)))


def regions_of(rules: Rules, *, width: float, height: float) -> list[Region]:
    """Where ruled lines hang together as a table may: several level ones of one extent, one below another."""
    regions: list[Region] = []
    for run in _runs(rules.level):
        if run.right - run.left < _NARROWEST * width:
            continue
        region = next((found for found in reversed(regions) if _belongs(found, run, rules, height)), None)
        if region is None:
            regions.append(Region(run.left, run.y, run.right, run.y, [run.y], ends=set(run.ends)))
            continue
        region.bottom = max(region.bottom, run.y)
        region.left, region.right = min(region.left, run.left), max(region.right, run.right)
        region.ends |= run.ends
        if run.y - region.rows[-1] > _NEAR:
            region.rows.append(run.y)
    return regions


def _runs(level: Sequence[tuple[float, float, float]]) -> list[Run]:
    """Level lines that touch end to end, as one that knows where its parts end."""
    runs: list[Run] = []
    for y, left, right in level:
        near = (run for run in reversed(runs[-_LOOKED_BACK:]) if y - run.y <= 1 and run.touches(left, right))
        run = next(near, None)
        if run is None:
            runs.append(run := Run(y, left, right))
        run.left, run.right = min(left, run.left), max(right, run.right)
        run.ends |= {round(left), round(right)}
    return runs


def _belongs(region: Region, run: Run, rules: Rules, height: float) -> bool:
    inside = run.left >= region.left - 2 * _NEAR and run.right <= region.right + 2 * _NEAR
    around = run.left <= region.left + 2 * _NEAR and run.right >= region.right - 2 * _NEAR
    if not (inside or around):
        return False
    joined = any(
        top <= region.bottom + _NEAR and bottom >= run.y - _NEAR
        for x, top, bottom in rules.upright
        if region.left - _NEAR <= x <= region.right + _NEAR
    )
    alike = abs(run.left - region.left) <= 2 * _NEAR and abs(run.right - region.right) <= 2 * _NEAR
    return joined or (alike and run.y - region.bottom < 0.5 * height and _parts_alike(run.ends, region.ends))


def _parts_alike(ends: set[int], others: set[int]) -> bool:
    """Whether one line is parted where the other is, or less often, as above merged cells."""
    fewer, more = sorted((ends, others), key=len)
    return all(any(abs(end - other) <= _NEAR for other in more) for end in fewer)


def table_in(region: Region, words: Sequence[Word], rules: Rules) -> FoundTable | None:
    """The table in a region; none where it has but one column or one row, as a box about some text has."""
    inside = [word for word in words if region.holds(word)]
    region.columns = _columns(region, inside, rules)
    if len(region.columns) <= _FEWEST_COLUMNS:
        return None
    _grow(region, words, rules)
    inside = [word for word in words if region.holds(word)]
    if not inside:
        return None
    bands = _bands(region, inside)
    if len(bands) * len(region.columns) > _MOST_CELLS:
        return None
    rows = _cells(bands, inside, region, rules)
    if sum(any(cell.text for cell in row) for row in rows) < _FEWEST_ROWS:
        return None
    return FoundTable(tuple(rows), tuple(region.columns), region.top, region.bottom)


def _grow(region: Region, words: Sequence[Word], rules: Rules) -> None:
    """Take in the headings right above the first ruled line, and rows of numbers right below the last one."""
    above = list(
        _alike(region, reversed(lines_of(word for word in words if word.middle < region.top)), place=region.top)
    )
    if above:
        top = above[-1].top
        ruled = {y for y, left, right in rules.level if top < y < region.top - _NEAR and right > region.left}
        edges = {
            (upper.bottom + lower.top) / 2
            for lower, upper in pairwise(above)
            if lower.top - upper.bottom > _LEADING * lower.size
        }
        region.rows = [top, *sorted(ruled or edges), *region.rows]
        region.top = top
    below = lines_of(word for word in words if word.middle > region.bottom)
    rows = (line for line in below if len(_numbers_in(line, region.columns)) > 1)
    region.bottom = max([region.bottom, *(line.bottom for line in _alike(region, rows, place=region.bottom))])


def _alike(region: Region, lines: Iterable[TextLine], *, place: float) -> Iterator[TextLine]:
    """The lines that follow ``place`` closely, and are parted as the columns are."""
    for number, line in enumerate(lines):
        pieces = line.words if region.is_ruled else _chunks(line)
        held = [
            (_column_at(piece.left + 2, region.columns), _column_at(piece.right - 2, region.columns))
            for piece in pieces
        ]
        outside = pieces[0].left < region.left - _NEAR or pieces[-1].right > region.right + _NEAR
        gap = max(place - line.bottom, line.top - place)
        far = gap > line.size * (1.5 if number == 0 else 1.0)
        columns = {first for first, _ in held}
        few = len(columns) < _FEWEST_COLUMNS and (number == 0 or gap > _LEADING * line.size)
        prose = len(columns) > 1 and len(_chunks(line)) == 1
        if outside or far or few or prose or any(first != last for first, last in held):
            return
        yield line
        place = line.top if line.top < place else line.bottom


def _columns(region: Region, words: Sequence[Word], rules: Rules) -> list[float]:
    """Where columns part: at upright lines and where level ones are broken, else where no word stands."""
    region.is_ruled = True
    uprights = _uprights(region, rules)
    long = [x for x, share in uprights.items() if share >= _LONG_UPRIGHT]
    cuts = _merged([region.left, *long, *_broken_cuts(region, rules), region.right])
    through = any(share >= _THROUGH and region.left + _NEAR < x < region.right - _NEAR for x, share in uprights.items())
    if len(cuts) > _FEWEST_COLUMNS + 1 and through:
        return cuts
    alleys = _alleys(region, words)
    if len(alleys) <= len(cuts):
        return cuts
    region.is_ruled = False
    return alleys


def _uprights(region: Region, rules: Rules) -> dict[float, float]:
    """Where upright lines stand, and along how much of the region's height; the sides of a small box take little."""
    lengths: dict[float, float] = {}
    for x, top, bottom in rules.upright:
        if region.left - _NEAR <= x <= region.right + _NEAR:
            key = next((known for known in lengths if abs(known - x) <= _NEAR), x)
            inside = min(bottom, region.bottom) - max(top, region.top)
            lengths[key] = lengths.get(key, 0) + max(inside, 0)
    height = max(region.bottom - region.top, 1.0)
    return {x: length / height for x, length in lengths.items()}


def _broken_cuts(region: Region, rules: Rules) -> Iterator[float]:
    """Where level lines end in several rows, or in the one that there is."""
    rows: dict[int, set[float]] = {}
    for y, left, right in rules.level:
        if any(abs(y - row) <= _NEAR for row in region.rows):
            for end in (left, right):
                if region.left - _NEAR <= end <= region.right + _NEAR:
                    rows.setdefault(round(end / _NEAR), set()).add(y)
    fewest = min(2, len(region.rows))
    near = {at: rows.get(at - 1, set()) | found | rows.get(at + 1, set()) for at, found in rows.items()}
    return (at * _NEAR for at, found in near.items() if len(found) >= fewest)


def _merged(places: Iterable[float]) -> list[float]:
    merged: list[float] = []
    for place in sorted(places):
        if not merged or place - merged[-1] > 2 * _NEAR:
            merged.append(place)
    return merged


def _alleys(region: Region, words: Sequence[Word]) -> list[float]:
    """The middles of the upright strips in which no word stands, of those lines that have several parts."""
    parted = [chunks for line in lines_of(words) if len(chunks := _chunks(line)) > 1]
    if len(parted) < _FEWEST_ROWS:
        return [region.left, region.right]
    most = max(map(len, parted))
    spans = sorted(
        (word.left, word.right) for chunks in parted if len(chunks) >= _OF_THE_MOST * most for word in chunks
    )
    size = median(word.height for word in words)
    cuts, reach = [region.left], spans[0][1]
    for left, right in spans:
        if left - reach > 0.5 * size:
            cuts.append((left + reach) / 2)
        reach = max(reach, right)
    return [*cuts, region.right]


def _chunks(line: TextLine) -> list[Word]:
    """The parts of a line between wide gaps."""
    chunks: list[Word] = []
    for word in line.words:
        last = chunks[-1] if chunks else None
        if last and word.left - last.right <= _COLUMN_GAP * min(last.height, word.height):
            text = f"{last.text} {word.text}"
            chunks[-1] = Word(text, last.left, last.top, word.right, last.bottom, last.size)
        else:
            chunks.append(word)
    return chunks


def _bands(region: Region, words: Sequence[Word]) -> list[tuple[float, float]]:
    """The rows: between level lines, and where several rows stand between two of them at each line of numbers."""
    edges = [region.top, *(y for y in region.rows if region.top + _NEAR < y < region.bottom - _NEAR), region.bottom]
    bands: list[tuple[float, float]] = []
    for top, bottom in pairwise(edges):
        held = [word for word in words if top - 1 <= word.middle < bottom + 1]
        if held:
            bands += _parted(top, bottom, held, region.columns)
    return bands


def _parted(top: float, bottom: float, words: Sequence[Word], cuts: Sequence[float]) -> Iterator[tuple[float, float]]:
    """A band as one row, or as several where two columns or more have a number in each of several lines."""
    lines = lines_of(words)
    numbered = [line for line in lines if len(_numbers_in(line, cuts)) > 1]
    if len(numbered) < _FEWEST_ROWS:
        yield top, bottom
        return
    numbered = _with_lone_names(lines, numbered)
    names = [word for word in words if _column(word, cuts) == 0]
    edges = [_widest_gap(above, below, names) for above, below in pairwise(numbered)]
    first = next((line for line in lines if line.top >= top), numbered[0])
    headed = first.bottom < numbered[0].top and any(_column(word, cuts) for word in first.words)
    yield from pairwise([top, *([numbered[0].top - 1] if headed else []), *edges, bottom])


def _with_lone_names(lines: Sequence[TextLine], numbered: Sequence[TextLine]) -> list[TextLine]:
    """The lines of numbers, and those between that stand as far from their neighbours as rows do: titles of parts."""
    pitch = min(below.middle - above.middle for above, below in pairwise(numbered))
    if pitch < _ROW_PITCH * (numbered[0].bottom - numbered[0].top):
        return list(numbered)
    inside = [line for line in lines if numbered[0].top <= line.top <= numbered[-1].top]
    apart = [below.middle - above.middle >= _SAME_PITCH * pitch for above, below in pairwise(inside)]
    edges = zip([True, *apart], inside, [*apart, True], strict=True)
    return [line for before, line, after in edges if line in numbered or (before and after)]


def _widest_gap(above: TextLine, below: TextLine, names: Sequence[Word]) -> float:
    """Where two rows of numbers part: the names beside them may take several lines, above or below the numbers."""
    between = sorted({word.middle for word in names if above.middle < word.middle < below.middle})
    places = [above.middle, *between, below.middle]
    _, upper, lower = max((round(lower - upper), upper, lower) for upper, lower in pairwise(places))
    return (upper + lower) / 2


def _numbers_in(line: TextLine, cuts: Sequence[float]) -> set[int]:
    """The columns in which the line has digits and no word."""
    columns: dict[int, str] = {}
    for word in line.words:
        columns[_column(word, cuts)] = columns.get(_column(word, cuts), "") + word.text
    return {at for at, text in columns.items() if _stands_for_a_number(text)}


def _stands_for_a_number(text: str) -> bool:
    plain = _STATUS.sub("", text)
    digits = any(map(str.isdigit, plain)) and not any(map(str.isalpha, plain))
    return digits or not plain or text.lower() in _MARKS_IN_PLACE


def _column(word: Word, cuts: Sequence[float]) -> int:
    return _column_at((word.left + word.right) / 2, cuts)


def _column_at(x: float, cuts: Sequence[float]) -> int:
    return sum(cut <= x for cut in cuts[1:-1])


def _cells(bands: Sequence[Band], words: Sequence[Word], region: Region, rules: Rules) -> list[tuple[Cell, ...]]:
    """The cells that begin in each band; one without a line between it and the next covers both."""
    held = _by_cell(bands, words, region.columns)
    in_band = [
        [word for column in range(len(region.columns) - 1) for word in held[at, column]] for at in range(len(bands))
    ]
    spans = [_spans(band, in_band[at], region, rules) for at, band in enumerate(bands)]
    down = [_hangs(bands, at, spans, region, rules) for at in range(len(bands))]
    rows: list[tuple[Cell, ...]] = []
    for at in range(len(bands)):
        row = []
        for span in spans[at]:
            if at and span in down[at - 1]:
                continue
            last = at
            while span in down[last]:
                last += 1
            inside = [word for line in range(at, last + 1) for column in range(*span) for word in held[line, column]]
            row.append(Cell(unwrapped(lines_of(inside)), span[1] - span[0], last - at + 1))
        rows.append(tuple(row))
    return rows


def _by_cell(
    bands: Sequence[Band], words: Sequence[Word], cuts: Sequence[float]
) -> defaultdict[tuple[int, int], list[Word]]:
    """The words by their band and column."""
    held: defaultdict[tuple[int, int], list[Word]] = defaultdict(list)
    tops = [band[0] - 1 for band in bands]
    for word in words:
        at = bisect_right(tops, word.middle) - 1
        if at >= 0 and word.middle < bands[at][1] + 1:
            held[at, _column(word, cuts)].append(word)
    return held


def _spans(band: Band, held: Sequence[Word], region: Region, rules: Rules) -> list[tuple[int, int]]:
    """The columns of a band as runs: two are one where no line parts them there, or a word stands across."""
    pieces = held if region.is_ruled else [chunk for line in lines_of(held) for chunk in _chunks(line)]
    starts = [0]
    for number, cut in enumerate(region.columns[1:-1], start=1):
        crossed = any(word.left < cut - 2 and word.right > cut + 2 for word in pieces)
        if _is_parted(cut, band, region, rules, otherwise=not crossed) or _stand_apart(held, cut):
            starts.append(number)
    return list(pairwise([*starts, len(region.columns) - 1]))


def _stand_apart(held: Sequence[Word], cut: float) -> bool:
    """Whether words stand on both sides of a cut, and far from each other."""
    chunks = [chunk for line in lines_of(held) for chunk in _chunks(line)]
    crossed = any(chunk.left < cut < chunk.right for chunk in chunks)
    return not crossed and any(chunk.right <= cut for chunk in chunks) and any(chunk.left >= cut for chunk in chunks)


def _is_parted(cut: float, band: Band, region: Region, rules: Rules, *, otherwise: bool) -> bool:
    """Whether a line parts the columns in this band: an upright one, or a break in a level one below or above.

    Where no such line could say so, it is as ``otherwise`` says. Upright lines along less than half of the table are
    the sides of what is shaded in it.
    """
    middle = (band[0] + band[1]) / 2
    upright = [(top, bottom) for top, bottom in rules.upright_at(cut) if bottom - top > _NEAR]
    if any(top <= middle <= bottom for top, bottom in upright):
        return True
    if 2 * sum(bottom - top for top, bottom in upright) > region.bottom - region.top:
        return False
    near = (*rules.level_at(band[0]), *rules.level_at(band[1]))
    return otherwise or any(min(abs(left - cut), abs(right - cut)) <= _NEAR for left, right in near)


def _hangs(
    bands: Sequence[Band], at: int, spans: Sequence[Sequence[tuple[int, int]]], region: Region, rules: Rules
) -> set[tuple[int, int]]:
    """The runs of columns that have no line between band ``at`` and the next, although other columns have one."""
    near = rules.level_at(bands[at][1])
    if at + 1 == len(bands) or not near:
        return set()
    shared = set(spans[at]) & set(spans[at + 1])
    middles = {span: (region.columns[span[0]] + region.columns[span[1]]) / 2 for span in shared}
    return {span for span, x in middles.items() if not any(left <= x <= right for left, right in near)}


def unwrapped(lines: Sequence[TextLine]) -> str:
    """Lines as one text: a page breaks them where they are full, which says nothing."""
    text = ""
    for line in lines:
        text += line.text if not text or text.endswith(("-", "/")) else f" {line.text}"
    return text


# --- tables without lines


def open_tables(lines: Sequence[TextLine]) -> list[Region]:
    """Runs of lines that are parted alike, as tables without ruled lines are: three parts or more in each."""
    regions: list[Region] = []
    run: list[TextLine] = []
    for line in [*lines, None]:
        parted = line is not None and len(_chunks(line)) > _FEWEST_COLUMNS
        close = line is not None and (not run or line.top - run[-1].bottom < 2.5 * line.size)
        if line is not None and close and (parted or (run and (len(_chunks(line)) > 1 or _titles(line, run)))):
            run.append(line)
            continue
        while run and len(_chunks(run[-1])) == 1:
            run.pop()
        if sum(len(_chunks(held)) > _FEWEST_COLUMNS for held in run) > _FEWEST_ROWS:
            regions.append(
                Region(
                    min(held.left for held in run),
                    run[0].top,
                    max(held.words[-1].right for held in run),
                    run[-1].bottom,
                )
            )
        run = [line] if line is not None and parted else []
    return regions


def _titles(line: TextLine, run: Sequence[TextLine]) -> bool:
    """Whether a line may be the title of the rows below it: it stands in the first column, and reaches no further."""
    second = min(chunks[1].left for held in run if len(chunks := _chunks(held)) > 1)
    return abs(line.left - run[0].left) <= _NEAR and line.words[-1].right < second


# --- a page


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page's tables, from top to bottom, and the lines of text that are in none of them."""

    height: float
    lines: tuple[TextLine, ...]
    tables: tuple[FoundTable, ...]


def layout_of(*, width: float, height: float, glyphs: Iterable[Glyph], rules: Iterable[Sequence[float]]) -> PageLayout:
    """What stands where on a page of so many points."""
    words, lines = words_of(glyphs), rules_of(rules)
    tables: list[FoundTable] = []
    # The largest first: the line below a heading of several columns is a region of its own.
    for region in sorted(regions_of(lines, width=width, height=height), key=lambda found: -len(found.rows)):
        words = _taken(region, words, lines, tables)
    for region in open_tables(lines_of(words)):
        words = _taken(region, words, lines, tables)
    return PageLayout(height, tuple(lines_of(words)), tuple(sorted(tables, key=lambda found: found.top)))


def _taken(region: Region, words: list[Word], rules: Rules, tables: list[FoundTable]) -> list[Word]:
    """The words that are left once the table in a region, if there is one, is among the tables."""
    found = table_in(region, words, rules)
    if found is None:
        return words
    tables.append(found)
    return [word for word in words if not region.holds(word)]
