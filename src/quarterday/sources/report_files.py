"""A whole report, whatever it was written with: its kind is told from its bytes, else by its name."""

import io
import zipfile
from pathlib import Path

from quarterday.domain.faults import InputError
from quarterday.domain.printed import PrintedReport
from quarterday.sources.files import InputFile, open_file
from quarterday.sources.report_docx import read_docx
from quarterday.sources.report_html import read_html
from quarterday.sources.report_parts import damage_told
from quarterday.sources.report_pdf import read_pdf
from quarterday.sources.report_pptx import read_pptx
from quarterday.sources.report_text import read_text_report
from quarterday.sources.report_workbook import read_workbook_report

WANTED = ".docx, .pdf, .html, .txt, .md, .xlsx, .ods or .pptx"
_PARTS = {"word/document.xml": read_docx, "ppt/presentation.xml": read_pptx}
_OLD = b"\xd0\xcf\x11\xe0"  # what .doc, .xls and .ppt begin with, and newer ones that have a password
_LOOKED_AT = 1024
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body")


def read_report(path: Path) -> PrintedReport:
    """The blocks of the report at ``path``; a file of any other kind, or a damaged one, is an ``InputError``."""
    file = open_file(path)
    if not file.data:
        raise InputError(f"{file.name}: the file is empty; wanted a report as {WANTED}.")
    if file.data.startswith(_OLD):
        raise InputError(
            f"{file.name} is in an older format of Office, or has a password; save it as .docx, .xlsx or .pptx, "
            "without one."
        )
    if file.is_workbook:
        return _read_zip(file)
    if b"%PDF-" in file.data[:_LOOKED_AT]:
        return read_pdf(file)
    if _is_html(file):
        return read_html(file)
    return read_text_report(file)


def _is_html(file: InputFile) -> bool:
    begins = file.data[:_LOOKED_AT].lower().replace(b"\0", b"")
    return file.name.lower().endswith((".html", ".htm", ".xhtml")) or any(mark in begins for mark in _HTML)


def _read_zip(file: InputFile) -> PrintedReport:
    with damage_told(file.name, kind="file"), zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        names = set(archive.namelist())
    reader = next((reader for part, reader in _PARTS.items() if part in names), None)
    if reader is not None:
        return reader(file)
    if names & {"xl/workbook.xml", "content.xml"}:
        return read_workbook_report(file)
    raise InputError(f"{file.name} is no report that is read; wanted {WANTED}.")
