"""Two people at once: whoever comes second is told, and loses nothing."""

from collections.abc import Iterable

from django.db.models import Max, Model

from quarterday.domain.faults import InputError


class ChangedMeanwhileError(InputError):
    """Somebody else changed the same thing since it was shown; what was typed is not lost, and can be sent again."""


def mark_of(rows: Iterable[Model]) -> str:
    """What these rows of one table are like now: the last that the trail keeps of each."""
    held = list(rows)
    if not held:
        return ""
    kept = type(held[0]).history.filter(id__in=[row.pk for row in held])  # type: ignore[attr-defined]
    last = kept.values("id").annotate(last=Max("history_id")).order_by("id").values_list("last", flat=True)
    return "-".join(map(str, last))


def refuse_changed(mark: str, seen: str, *, now: str) -> None:
    """Refuse where what had the mark ``seen`` when it was shown has another ``mark`` by now; ``now`` says how it is."""
    if mark != seen:
        raise ChangedMeanwhileError(
            f"Somebody else changed this while you typed. It now says: {now}. What you typed is still below; change it "
            "where you agree with them, and send it again."
        )
