"""Where a command works, and when."""

import fcntl
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from quarterday.domain.faults import InputError

if TYPE_CHECKING:
    from quarterday.editions.home import Home

ENGINE = "QUARTERDAY_ENGINE"
KEY = "QUARTERDAY_SECRET_KEY"
RESTORING = ".restoring"  # quarterday.editions.restore has it, too, which needs Django


def open_home(folder: Path) -> "Home":
    """The workspace, made if it is not there; of the plans nothing can be asked."""
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; --home wants a folder, which is made where there is none.")
    if (folder / RESTORING).exists():
        raise InputError(f"{folder} was being restored, and that was cut short; run quarterday restore again first.")
    folder.mkdir(parents=True, exist_ok=True)
    from quarterday.editions.home import Home

    return Home(folder, engine=os.environ.get(ENGINE, "duckdb"))


def open_plans(folder: Path) -> "Home":
    """The workspace, and its database of plans, brought up to date: a third of a second, which others spare."""
    home = open_home(folder)
    set_up(folder)
    from django.core.management import call_command

    with (folder / ".lock").open("w") as lock:  # two that come first together would both make the tables
        fcntl.flock(lock, fcntl.LOCK_EX)
        _begin_database()
        if not _is_up_to_date():
            call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    return home


def _is_up_to_date() -> bool:
    """Whether every change of the tables was made, and what Django itself writes into new ones is there.

    Its own command would look for that in three times the time, at every start.
    """
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    changes = MigrationExecutor(connection)
    return not changes.migration_plan(changes.loader.graph.leaf_nodes()) and ContentType.objects.exists()


def _begin_database() -> None:
    """Where a workspace's own database is empty, make its tables as they are today: in a tenth of a second.

    Going through every change there ever was takes seconds and ends with the same tables. All of them or none are made.
    """
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    if connection.vendor != "sqlite" or connection.introspection.table_names():
        return
    changes = MigrationLoader(None).graph.nodes
    with connection.schema_editor() as tables:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):  # noqa: SLF001 - documented by Django, whatever its name
                tables.create_model(model)
        made = MigrationRecorder(connection)
        made.ensure_schema()
        for change in changes:
            made.record_applied(*change)


def set_up(folder: Path, *, database_in: Path | None = None) -> None:
    """Make Django ready for the workspace; ``database_in`` is where its SQLite file lies while it is restored."""
    os.environ["QUARTERDAY_HOME"] = str((database_in or folder).resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "quarterday.web.settings"
    import django

    workspace_key(folder)
    django.setup()


def workspace_key(folder: Path) -> None:
    """Give the processes started from here one key to sign with: that of the environment, else the workspace's own.

    The workspace's is made at random where there is none, and only its owner can read it. Production wants one that is
    given, so there none is made.
    """
    if os.environ.get(KEY) or os.environ.get("QUARTERDAY_PRODUCTION"):
        return
    file = folder / ".secret-key"
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as fresh:
            fresh.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    os.environ[KEY] = file.read_text("ascii").strip()


def now() -> datetime:
    """The time; or that of SOURCE_DATE_EPOCH, the usual name for it where builds must not differ."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise InputError(f"SOURCE_DATE_EPOCH is {epoch!r}; wanted seconds since 1970, such as 1335000000.") from None
