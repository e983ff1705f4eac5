"""Columns and constraints that several tables share."""

from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Q

from quarterday.plan.entry_types import LONGEST_NAME


class Listed(models.Model):
    """A row that stands at a place in a list."""

    place = models.PositiveIntegerField()

    class Meta:
        """The order that the plan has."""

        abstract = True
        ordering = ("place",)


def name_column(**options: Any) -> models.CharField:  # noqa: ANN401 - Django's options
    """One line, of as many characters as a plan file may give a name."""
    return models.CharField(max_length=LONGEST_NAME, **options)


def unique(*columns: str) -> models.UniqueConstraint:
    """No two rows may have all of ``columns`` alike."""
    return models.UniqueConstraint(fields=columns, name=f"%(app_label)s_%(class)s_one_{'_'.join(columns)}")


def one_of(column: str, words: type[StrEnum]) -> models.CheckConstraint:
    """The column holds one of a closed list of words."""
    return always(Q(**{f"{column}__in": [word.value for word in words]}), f"known_{column}")


def always(condition: Q, name: str) -> models.CheckConstraint:
    """What holds of every row."""
    return models.CheckConstraint(condition=condition, name=f"%(app_label)s_%(class)s_{name}")
