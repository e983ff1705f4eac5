"""Rows stay where they are: a plan that comes again changes the rows it names, and leaves their keys alone."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model
from simple_history.utils import bulk_create_with_history

from quarterday.domain.area import key_of
from quarterday.plan import models

Row = TypeVar("Row", bound=Model)
Columns = Mapping[str, Any]


@dataclass(frozen=True)
class Keeper:
    """Makes lists of a plan the rows of one partnership. What is no longer wanted goes last, when nothing needs it."""

    partnership: models.Partnership
    _gone: list[tuple[type[Model], list[int]]] = field(default_factory=list)

    def keep(
        self, model: type[Row], wanted: Sequence[Columns], *, known_by: Sequence[str], within: str = "partnership"
    ) -> list[Row]:
        """One row for each of ``wanted``, in order: the one held that is ``known_by`` the same columns, or a new one.

        ``within`` is the way from a row to its partnership. Of several rows that are known by the same, the first
        wanted has the first held, and so on.
        """
        held_rows = model._default_manager.filter(**{within: self.partnership}).order_by("pk")  # noqa: SLF001 - Django's name for it
        held = dict(_numbered(held_rows, [_identity(row, known_by) for row in held_rows]))
        rows = [held.pop(identity, None) or model() for identity, _ in _wanted(wanted, known_by)]
        fresh = [row for row, columns in zip(rows, wanted, strict=True) if _filled(row, columns)]
        if fresh:
            bulk_create_with_history(fresh, model)
        self._gone.append((model, [row.pk for row in held.values()]))
        return rows

    def remove_the_rest(self) -> None:
        """Remove what was held and is not wanted, the parts before the whole."""
        for model, keys in reversed(self._gone):
            if keys:
                model._default_manager.filter(pk__in=keys).delete()  # noqa: SLF001 - Django's name for it


def _wanted(wanted: Sequence[Columns], known_by: Sequence[str]) -> Iterable[tuple[Hashable, Columns]]:
    return _numbered(wanted, [tuple(_plain(columns[name]) for name in known_by) for columns in wanted])


def _identity(row: Model, known_by: Sequence[str]) -> tuple[Hashable, ...]:
    return tuple(_plain(getattr(row, row._meta.get_field(name).attname)) for name in known_by)  # type: ignore[union-attr]  # noqa: SLF001 - documented


def _plain(value: Any) -> Hashable:  # noqa: ANN401 - a column of any kind
    """The value as far as it tells one row from another: letter case and spaces do not."""
    if isinstance(value, Model):
        return value.pk
    return key_of(value) if isinstance(value, str) else value


Item = TypeVar("Item")


def _numbered(items: Iterable[Item], identities: Iterable[Hashable]) -> Iterable[tuple[Hashable, Item]]:
    """Each item under its identity and a number, so that those with one identity differ."""
    seen = Counter[Hashable]()
    for item, identity in zip(items, identities, strict=True):
        seen[identity] += 1
        yield (identity, seen[identity]), item


def _filled(row: Model, columns: Columns) -> bool:
    """Put the columns into the row, write it where it was held and is another now, and say whether it is new."""
    changed = False
    for name, value in columns.items():
        plain = value.pk if isinstance(value, Model) else value
        if getattr(row, row._meta.get_field(name).attname) != plain:  # type: ignore[union-attr]  # noqa: SLF001 - documented
            setattr(row, name, value)
            changed = True
    if changed and row.pk:
        row.save()
    return not row.pk
