"""Whether the application can do its work, for whatever watches over it. It tells nothing of what is held."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quarterday.domain.faults import InputError
from quarterday.plan.models import Partnership
from quarterday.warehouse.store import Store

_FAILURES: Final = (DatabaseError, InterfaceError, InputError, OSError)


@never_cache
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """200 where database and figures can be read; else 503, and which of them cannot."""
    store = Store(Path(settings.QUARTERDAY_HOME) / "warehouse")
    found = {"database": _works(Partnership.objects.exists), "figures": _works(partial(_read, store))}
    well = all(found.values())
    words = {name: "can be read" if works else "cannot be read" for name, works in found.items()}
    return JsonResponse({"well": well, **words}, status=200 if well else 503)


def _works(look: Callable[[], object]) -> bool:
    try:
        look()
    except _FAILURES:
        return False
    return True


def _read(store: Store) -> None:
    store.held(store.current())
