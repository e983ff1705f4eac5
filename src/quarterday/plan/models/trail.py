"""The trail: every change of a row is kept, with who made it and why, and nobody can alter what is kept.

A row can be written only while a change is open (``changing``): what the trail keeps of it points at that change, and
the database refuses it otherwise.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models.functions import Now
from simple_history import register
from simple_history.manager import HistoricalQuerySet

from quarterday.plan.models.partnership import Partnership

UNALTERABLE = "What the trail keeps is never altered or removed; make a change that puts right what was wrong."


class _AddOnly:
    """Rows that can be added and read."""

    def update(self, **_columns: object) -> NoReturn:
        """Refused."""
        raise TypeError(UNALTERABLE)

    def delete(self) -> NoReturn:
        """Refused."""
        raise TypeError(UNALTERABLE)


class UnalterableQuerySet(_AddOnly, models.QuerySet[Any]):  # type: ignore[misc]  # it refuses what the other gives
    """Rows that are written once."""


class UnalterableHistory(_AddOnly, HistoricalQuerySet):
    """Rows that the trail keeps of a table."""


class UnalterableManager(models.Manager[Any]):
    """The manager of such rows."""

    def get_queryset(self) -> UnalterableQuerySet:
        """Rows that can be added and read."""
        return UnalterableQuerySet(self.model, using=self._db)


class Unalterable(models.Model):
    """A row that is written once."""

    objects = UnalterableManager()

    class Meta:
        """No table of its own."""

        abstract = True

    def save(self, **options: Any) -> None:  # noqa: ANN401 - Django's options
        """Write the row; again is refused."""
        if not self._state.adding:
            raise TypeError(UNALTERABLE)
        super().save(**options)

    def delete(self, using: object = None, keep_parents: object = False) -> NoReturn:  # noqa: ARG002, FBT002 - as Django has it
        """Refused."""
        raise TypeError(UNALTERABLE)


class Change(Unalterable):
    """One thing that somebody did: all the rows that it touched point here.

    ``by`` is empty where it was done at the terminal, by whoever runs the program. The time is the database's own.
    """

    at = models.DateTimeField(db_default=Now(), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    why = models.TextField()
    # A partnership may be removed; that it was changed stays known.
    partnership = models.ForeignKey(Partnership, models.DO_NOTHING, related_name="+", null=True, db_constraint=False)

    class Meta:
        """The latest first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.why


@dataclass
class _Open:
    """A change that is being made; its row is written with the first row that it touches."""

    by: AbstractBaseUser | None
    why: str
    partnership: Partnership | None
    key: int | None = None


_open: ContextVar[_Open | None] = ContextVar("open change", default=None)


@contextmanager
def changing(*, by: AbstractBaseUser | None, why: str, partnership: Partnership | None) -> Iterator[None]:
    """All rows written within are one change, kept if any is. Open it inside the transaction that it belongs to."""
    token = _open.set(_Open(by, why, partnership))
    try:
        yield
    finally:
        _open.reset(token)


def current_change() -> int | None:
    """The key of the change that is open, or nothing, which the database refuses."""
    change = _open.get()
    if change is None:
        return None
    if change.key is None:
        row = Change(by_id=change.by.pk if change.by else None, why=change.why, partnership=change.partnership)
        row.save()
        change.key = row.pk
    return change.key


def current_person() -> AbstractBaseUser | None:
    """Who makes the change that is open."""
    change = _open.get()
    return change.by if change else None


class Recorded(Unalterable):
    """What the trail keeps of a row: its columns as they were after the change, or before it was removed."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="+", default=current_change)

    class Meta:
        """No table of its own."""

        abstract = True


RECORDED: list[type[models.Model]] = []
"""The tables of which the trail keeps every change."""


def record(*tables: type[models.Model]) -> None:
    """Keep every change of these tables from now on."""
    for table in tables:
        register(
            table,
            bases=[Recorded],
            historical_queryset=UnalterableHistory,
            get_user=lambda **_: current_person(),
        )
        RECORDED.append(table)
