"""The document on paper: the same page, laid out by WeasyPrint as a tagged PDF that keeps PDF/UA-1."""

from collections.abc import Mapping
from importlib.resources import as_file, files

from quarterday.report.document import Document
from quarterday.report.html import to_html

_FACES = {"SourceSans3-Regular.ttf": "400", "SourceSans3-Semibold.ttf": "600"}


def to_pdf(document: Document, charts: Mapping[str, str]) -> bytes:
    """The document as PDF, with its title, language, tags and build time; ``charts`` holds an SVG for each name.

    Nothing is fetched: the page may name only what it carries itself.
    """
    # WeasyPrint takes a third of a second to import, so a page that is only shown never pays for it.
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    fonts, font_config = _fonts()
    page = HTML(string=to_html(document, charts, on_paper=True), url_fetcher=URLFetcher(allowed_protocols={"data"}))
    written: bytes = page.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, stylesheets=[fonts], font_config=font_config)
    return written


def _font_face(address: str, weight: str) -> str:
    return f'@font-face {{ font-family: "Source Sans 3"; font-weight: {weight}; src: url("{address}"); }}'


def _fonts() -> tuple[object, object]:
    """The fonts that ship, which the machine need not have: a style sheet, and what it was registered with."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    font_config = FontConfiguration()
    with as_file(files("quarterday.report").joinpath("fonts")) as folder:
        faces = "".join(_font_face((folder / name).as_uri(), weight) for name, weight in _FACES.items())
        fonts = CSS(string=faces, font_config=font_config, url_fetcher=URLFetcher(allowed_protocols={"file"}))
    return fonts, font_config
