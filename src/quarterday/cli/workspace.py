"""Where a command works, and when."""

import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from quarterday.domain.faults import InputError

if TYPE_CHECKING:
    from quarterday.editions.home import Home

ENGINE = "QUARTERDAY_ENGINE"


def open_home(folder: Path) -> "Home":
    """The workspace, made if it is not there; of the plans nothing can be asked."""
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; --home wants a folder, which is made where there is none.")
    folder.mkdir(parents=True, exist_ok=True)
    from quarterday.editions.home import Home

    return Home(folder, engine=os.environ.get(ENGINE, "duckdb"))


def open_plans(folder: Path) -> "Home":
    """The workspace, and its database of plans, brought up to date: a third of a second, which others spare."""
    home = open_home(folder)
    os.environ["QUARTERDAY_HOME"] = str(folder.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "quarterday.web.settings"
    import django
    from django.core.management import call_command

    django.setup()
    with (folder / ".lock").open("w") as lock:  # two that come first together would both make the tables
        fcntl.flock(lock, fcntl.LOCK_EX)
        call_command("migrate", verbosity=0, interactive=False)
    return home


def now() -> datetime:
    """The time; or that of SOURCE_DATE_EPOCH, the usual name for it where builds must not differ."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise InputError(f"SOURCE_DATE_EPOCH is {epoch!r}; wanted seconds since 1970, such as 1335000000.") from None
