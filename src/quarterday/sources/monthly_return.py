"""A monthly return: a sheet that a partner fills in, and the template that it starts from."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.sources.files import InputFile, open_file
from quarterday.sources.grid import SHEET
from quarterday.sources.published_table import read_table
from quarterday.sources.table_marks import guarded
from quarterday.warehouse.base import Intake

READER = "monthly-return 1"
INSTRUCTIONS = (
    "Write one number in each cell below a month, and 0 where nothing was counted. Where there is no number write a "
    "mark and the reason, such as: [x] the system was down. Put [p] behind a number that may still change, such as: "
    "12 [p]. Leave a month that is still to come empty from top to bottom."
)
_WIDE, _NARROW = 48, 16  # characters
# A workbook says when it was made, and the same template is to be the same bytes.
_MADE = datetime(2000, 1, 1, tzinfo=UTC)

Rows = Sequence[Sequence[str]]


def read_monthly_return(path: Path) -> Intake:
    """The figures of a filled-in return: one a measure and month, for the area that it names at its top.

    It is read as a published table is, and more strictly: every heading is one month, and a measure without any
    figure is a fault. Months that are empty from top to bottom are still to come. Raises ``InputError``.
    """
    return _read(open_file(path))


def write_monthly_return_template(path: Path, *, measures: Sequence[str], area: str, months: Period) -> None:
    """Write the sheet for ``area``, with ``measures`` down and each of ``months`` across, as .csv or .xlsx.

    Filled in, ``read_monthly_return`` reads it as these measures, this area and these months; names of which that
    would not be so are refused. A name that a spreadsheet program would take for a formula gets an apostrophe
    before it. A file that is there is never replaced: somebody may have filled it in.
    """
    written = _WRITERS.get(path.suffix.lower())
    if written is None:
        raise InputError(f"{path.name}: a template is written as .csv or .xlsx; end the name so.")
    if not measures:
        raise InputError("There is no measure to ask for; name one or more.")
    filled = _rows(measures, area=area, months=months, cell="0")
    _refuse_unlike(_read(InputFile(path.name, written(filled))), measures=measures, area=area)
    try:
        with path.open("xb") as file:
            file.write(written(_rows(measures, area=area, months=months, cell="")))
    except FileExistsError:
        raise InputError(f"{path} is there already, and may be filled in; give another name.") from None
    except FileNotFoundError:
        raise InputError(f"{path.parent} is no folder; make it, or give another place.") from None


def _read(file: InputFile) -> Intake:
    intake = read_table(file, reader=READER, every_row=True)
    others = {figure.period.for_table() for figure in intake.figures if figure.period.months > 1}
    if others:
        raise InputError(
            f"{file.name}: {', '.join(sorted(others))} stands where single months are wanted; write one month above "
            "each column, or load the file as a published table."
        )
    return intake


def _refuse_unlike(intake: Intake, *, measures: Sequence[str], area: str) -> None:
    """Refuse names that are read back otherwise: a total, one that ends with a footnote's mark or a space."""
    read = {figure.measure for figure in intake.figures}
    unlike = [name for name in measures if name not in read]
    unlike += [area] if area != intake.figures[0].area else []
    if unlike:
        raise InputError(
            *(f"{name!r} would be read back as something else; leave out marks, extra spaces and words such as Total."
              for name in unlike)
        )  # fmt: skip


def _rows(measures: Sequence[str], *, area: str, months: Period, cell: str) -> Rows:
    heading = [month.for_sentence() for month in months]
    return [
        ["Area", guarded(area), *[""] * (months.months - 1)],
        [INSTRUCTIONS, *[""] * months.months],
        ["Measure", *heading],
        *([guarded(measure), *[cell] * months.months] for measure in measures),
    ]


def _csv(rows: Rows) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")  # with the mark by which Excel knows UTF-8


def _xlsx(rows: Rows) -> bytes:
    data = io.BytesIO()
    workbook = xlsxwriter.Workbook(data, {"in_memory": True})
    workbook.set_properties({"created": _MADE})
    sheet = workbook.add_worksheet(SHEET)
    sheet.set_column(0, 0, _WIDE)
    sheet.set_column(1, len(rows[0]) - 1, _NARROW)
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text)
    workbook.close()
    return data.getvalue()


_WRITERS: Mapping[str, Callable[[Rows], bytes]] = {".csv": _csv, ".xlsx": _xlsx}
