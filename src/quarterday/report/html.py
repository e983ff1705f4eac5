"""The document as a web page: one file that needs nothing else, or the part that goes inside another page."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from quarterday.report.document import Chart, CheckedQuote, Comment, Document


def to_html(document: Document, charts: Mapping[str, str]) -> str:
    """The whole page as one file; ``charts`` holds an SVG for each chart's name."""
    style = "".join(_template_text(name) for name in ("page.css", "edition.css", "print.css"))
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            document=document,
            picture=lambda chart: _data_address(charts[chart.name]),
            style=Markup(style),  # noqa: S704 - our own style sheets
        )
    )


def to_fragment(document: Document, *, picture: Callable[[Chart], str]) -> str:
    """The edition alone, for a page that brings its own head; ``picture`` gives the address of a chart."""
    return _environment().get_template("edition.html.jinja").render(document=document, picture=picture)


def edition_style() -> str:
    """The style sheet that the fragment needs."""
    return _template_text("edition.css")


def _template_text(name: str) -> str:
    return files("quarterday.report").joinpath("templates", name).read_text("utf-8")


def _data_address(svg: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


@cache
def _environment() -> Environment:
    environment = Environment(loader=PackageLoader("quarterday.report"), autoescape=True, undefined=StrictUndefined)
    environment.filters["unbroken"] = _unbroken
    environment.globals["segments"] = _segments
    return environment


def _unbroken(label: str) -> str:
    """A column label that breaks into lines after its dash and nowhere else."""
    return label.replace(" ", "\N{NO-BREAK SPACE}").replace("-\N{NO-BREAK SPACE}", "- ")


def _segments(comment: Comment) -> Iterator[tuple[str, CheckedQuote | None]]:
    """The comment cut at the claims that the figures contradict."""
    place = 0
    for claim in comment.contradictions:
        yield comment.text[place : claim.start], None
        yield comment.text[claim.start : claim.end], claim
        place = claim.end
    yield comment.text[place:], None
