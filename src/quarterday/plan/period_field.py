"""A column that holds a period."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_code

_LENGTH = len("2011-04/2012-03")


class PeriodField(models.CharField):
    """Kept as first and last month, ``2011-04/2012-03``, so that text order is time order."""

    description = "A run of whole months"

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as Django's fields do
        super().__init__(*args, **{"max_length": _LENGTH, **options})

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """What a migration says of it: not the length, which is no choice."""
        name, path, args, options = super().deconstruct()
        del options["max_length"]
        return name, path, args, options

    def from_db_value(self, value: str | None, *_: object) -> Period | None:
        """The period of a row."""
        return read_code(value) if value else None

    def to_python(self, value: Any) -> Period | None:  # noqa: ANN401 - as Django's fields do
        """The period of a form or fixture, in any spelling for files."""
        if not value or isinstance(value, Period):
            return value or None
        try:
            return read_code(value)
        except InputError as error:
            raise ValidationError(str(error)) from None

    def get_prep_value(self, value: Any) -> str | None:  # noqa: ANN401 - as Django's fields do
        """The text of a row, from a period or from its spelling for files."""
        period = self.to_python(value)
        return "/".join(Period(month, 1).code for month in (period.first, period.last)) if period else None
