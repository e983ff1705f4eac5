"""Which cells of an .xlsx file are shown in per cent, and how: the cell keeps 0.068, and a reader sees 6.8%."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape

from quarterday.sources.cells import column_number
from quarterday.sources.files import InputFile

MOST_BYTES = 16 * 1024 * 1024  # of a sheet's XML; two hundred thousand cells take half of it
_BUILT_IN = {"9": 0, "10": 2}  # formats that no file writes down, with their decimals
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b[^<>]*>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\b[^<>]*>")
_CELL = re.compile(rb"<(?:\w+:)?c\b[^<>]*>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^<>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")

Shown = Mapping[tuple[int, int], int]  # by row from 1 and column from 0: the decimals


def per_cents_of(file: InputFile) -> dict[str, Shown]:
    """By sheet, the cells that are shown in per cent, with their decimals; nothing of an .ods file, which says itself.

    The file is one whose size was looked at. A sheet that is too large, or is not where its list says, has none.
    """
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        names = {part.filename: part for part in archive.infolist()}
        if not {"xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names.keys():
            return {}
        styles = _styles(_read(archive, names["xl/styles.xml"]))
        if not styles:
            return {}
        targets = {
            _attribute(tag, "Id"): _attribute(tag, "Target")
            for tag in _tags(_RELATION, _read(archive, names["xl/_rels/workbook.xml.rels"]))
        }
        found: dict[str, Shown] = {}
        for tag in _tags(_SHEET, _read(archive, names["xl/workbook.xml"])):
            target = posixpath.join("xl", targets.get(_attribute(tag, "r:id"), ""))
            if part := names.get(posixpath.normpath(target).lstrip("/")):
                found[_attribute(tag, "name")] = _cells(_read(archive, part), styles)
        return found


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with archive.open(part) as stream:
        data = stream.read(MOST_BYTES + 1)
    return data if len(data) <= MOST_BYTES else b""


def _tags(pattern: re.Pattern[bytes], data: bytes) -> Iterator[str]:
    return (found[0].decode("utf-8", "replace") for found in pattern.finditer(data))


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"""\s{name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag)
    return unescape(found[1] or found[2] or "") if found else ""


def _styles(data: bytes) -> dict[str, int]:
    """By a style's place in the list, the decimals of those that are per cents."""
    formats = dict(_BUILT_IN)
    for tag in _tags(_FORMAT, data):
        first = _QUOTED.sub("", _attribute(tag, "formatCode").partition(";")[0])
        if "%" in first:
            formats[_attribute(tag, "numFmtId")] = len(re.match(r"[0#?]*", first.partition(".")[2])[0])  # type: ignore[index]
    section = _STYLES.search(data)
    listed = _tags(_STYLE, section[0]) if section else iter(())
    kinds = {str(number): _attribute(tag, "numFmtId") for number, tag in enumerate(listed)}
    return {number: formats[kind] for number, kind in kinds.items() if kind in formats}


def _cells(data: bytes, styles: Mapping[str, int]) -> dict[tuple[int, int], int]:
    found = {}
    for tag in _tags(_CELL, data):
        style, place = _attribute(tag, "s"), _PLACE.fullmatch(_attribute(tag, "r"))
        if style in styles and place:
            found[int(place[2]), column_number(place[1]) - 1] = styles[style]
    return found
