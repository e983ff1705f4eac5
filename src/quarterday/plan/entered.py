"""What people type in the browser is held to the same checks as what stands in a plan file."""

from typing import TypeVar

from pydantic import ValidationError

from quarterday.domain.faults import InputError
from quarterday.plan.entries import Entry
from quarterday.plan.plan_faults import entry_faults

OneEntry = TypeVar("OneEntry", bound=Entry)


def entered(kind: type[OneEntry], /, **typed: object) -> OneEntry:
    """The entry that was typed; a key that was left empty is as one that a file leaves out.

    Errors: everything that is wrong with it, each with the key that it is under.
    """
    try:
        return kind.model_validate({key: value for key, value in typed.items() if value not in ("", None, ())})
    except ValidationError as error:
        raise InputError(
            *(": ".join([*map(str, fault.location[:1]), fault.sentence]) for fault in entry_faults(error, kind))
        ) from None
