"""What an edition says is still to come, although its quarter has ended: a person should look at it again."""

from collections.abc import Iterator, Sequence

from quarterday.commentary.stale import find_stale
from quarterday.domain.period import Period
from quarterday.report import document as doc


def stale_texts(priorities: Sequence[doc.Priority], quarter: Period) -> tuple[doc.StaleText, ...]:
    """Each such passage, with what it is about; an action that is overdue is told as that, and not again here."""
    as_at = Period(quarter.last, 1)
    return tuple(
        doc.StaleText(about=about, quote=stale.quote, why=stale.why)
        for priority in priorities
        for about, text in _texts(priority)
        for stale in find_stale(text, as_at=as_at)
    )


def _texts(priority: doc.Priority) -> Iterator[tuple[str, str]]:
    """What people wrote and still stands; of a project's notes only the last, as the others were true in their time."""
    for measure in priority.measures.rows if priority.measures else ():
        if measure.comment:
            yield measure.measure, measure.comment.text
    for project in priority.projects.rows if priority.projects else ():
        for note in project.updates[-1:]:
            yield from ((project.project, paragraph) for paragraph in note.paragraphs)
        yield from ((project.project, action.text) for action in project.actions if action.state == "open")
    for highlight in priority.highlights.rows if priority.highlights else ():
        yield highlight.about, highlight.text
