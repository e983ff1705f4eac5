"""The rows of the database as text that either database reads back: one file a table, one line a row.

The first line of a file holds the names of the columns, and the last number that was given to a row, so that numbers of
rows that were removed are not given again: the trail still speaks of them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.apps.registry import Apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.graph import Node
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, Model

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period

SNAPSHOT: Final = "snapshot"

# Made anew by Django itself; or sessions, which nobody should find open in a copy.
_LEFT_OUT: Final = {
    "contenttypes.contenttype",
    "auth.permission",
    "auth.group_permissions",
    "sessions.session",
    "usersessions.usersession",
}
_REPEATABLE_READ: Final = 3  # as psycopg counts isolation levels
_AT_ONCE: Final = 500  # rows
# Whose writers wait while files are set aside: what says how far an edition has come, and what was uploaded.
_HELD_STILL: Final = ("plan_edition", "plan_upload")


def tables(known: Apps = apps) -> list[type[Model]]:
    """The tables whose rows are kept, each after those that it was declared after."""
    every = known.get_models(include_auto_created=True)
    return [model for model in every if model._meta.label_lower not in _LEFT_OUT]  # noqa: SLF001 - documented


@contextmanager
def writers_held() -> Iterator[None]:
    """Nobody signs, publishes or uploads meanwhile: they wait."""
    with transaction.atomic():  # which on SQLite alone holds every writer
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {', '.join(_HELD_STILL)} IN SHARE MODE")
        yield


@contextmanager
def snapshot() -> Iterator[BaseDatabaseWrapper]:
    """A connection that sees the database as it is when this begins, and holds up nobody."""
    settings = dict(connection.settings_dict)
    if connection.vendor == "postgresql":
        settings["OPTIONS"] = {"isolation_level": _REPEATABLE_READ}
    else:
        settings["OPTIONS"] = {**settings["OPTIONS"], "transaction_mode": "DEFERRED"}
    connections.databases[SNAPSHOT] = settings
    try:
        with transaction.atomic(using=SNAPSHOT):
            with connections[SNAPSHOT].cursor() as cursor:
                cursor.execute("SELECT COUNT(*) FROM django_migrations")  # the first look is when it begins
            yield connections[SNAPSHOT]
    finally:
        connections[SNAPSHOT].close()
        del connections[SNAPSHOT]
        del connections.databases[SNAPSHOT]


def file_of(model: type[Model]) -> str:
    """What the file of a table is called."""
    return f"{model._meta.label_lower}.jsonl"  # noqa: SLF001 - documented


def lines_of(model: type[Model], held: BaseDatabaseWrapper) -> Iterator[str]:
    """The file of a table, line by line."""
    names = [field.attname for field in _columns(model)]
    yield _line({"columns": names, "last": _last_number(model, held)})
    rows = model._base_manager.using(held.alias).order_by("pk").values_list(*names)  # noqa: SLF001 - documented
    for row in rows.iterator(chunk_size=_AT_ONCE):
        yield _line([_plain(value) for value in row])


def _fill(model: type[Model], lines: Iterable[str]) -> None:
    """Put the rows of a file into the table, which is empty, within the transaction that there is."""
    source = iter(lines)
    head = json.loads(next(source, "{}"))
    fields = [_field(model, name) for name in head["columns"]]
    _run(f"DELETE FROM {_quoted(model)}")  # noqa: S608 - one of our own tables, where a migration may have put rows
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    marks = ", ".join("%s" for _ in fields)
    sql = f"INSERT INTO {_quoted(model)} ({columns}) VALUES ({marks})"  # noqa: S608 - names of our own tables
    for chunk in _chunks(source):
        with connection.cursor() as cursor:
            cursor.executemany(sql, [_prepared(fields, json.loads(line)) for line in chunk])
    if head["last"]:
        _set_last_number(model, int(head["last"]))


def fill_database(folder: Path, had: Mapping[str, list[str]]) -> None:
    """Make the tables as they were after the migrations ``had``, and put the files of a folder into them.

    Errors: the database holds something; a later version's migrations; rows that do not fit. Then no row is in it.
    """
    if not _is_empty():
        raise InputError("the database that is named holds rows already; restore into one that is empty.")
    _load(folder, _tables_as_of(had))


def _is_empty() -> bool:
    there = set(connection.introspection.table_names())
    kept = [model for model in tables() if model._meta.db_table in there]  # noqa: SLF001 - documented
    return not any(model._base_manager.exists() for model in kept)  # noqa: SLF001 - documented


def _columns(model: type[Model]) -> list[Any]:
    return list(model._meta.concrete_fields)  # noqa: SLF001 - documented


def _field(model: type[Model], name: str) -> Field:
    for field in _columns(model):
        if field.attname == name:
            return field
    raise FieldDoesNotExist(f"{model._meta.label} has no column {name!r}")  # noqa: SLF001 - documented


def _line(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def _plain(value: Any) -> Any:  # noqa: ANN401 - of any column
    """The value as JSON has it."""
    if isinstance(value, date):  # or a time
        return value.isoformat()
    if isinstance(value, Period):
        return "/".join(Period(month, 1).code for month in (value.first, value.last))
    return str(value) if isinstance(value, UUID) else value


def _prepared(fields: list[Field], row: list[Any]) -> list[Any]:
    if len(row) != len(fields):
        raise ValueError(f"a row has {len(row)} values for {len(fields)} columns")
    return [_stored(field, value) for field, value in zip(fields, row, strict=True)]


def _stored(field: Any, value: Any) -> Any:  # noqa: ANN401 - any column, of any kind
    target = field.target_field if field.is_relation else field
    return field.get_db_prep_save(target.to_python(value), connection)


def _chunks(lines: Iterator[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == _AT_ONCE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _quoted(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - documented


def _numbered(model: type[Model]) -> bool:
    """Whether the database gives the rows their numbers."""
    return bool(model._meta.auto_field)  # noqa: SLF001 - documented


def _last_number(model: type[Model], held: BaseDatabaseWrapper) -> int:
    """The last number that the database gave to a row; nought where none, or where it gives none."""
    if not _numbered(model):
        return 0
    with held.cursor() as cursor:
        if held.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])  # noqa: SLF001 - documented
        else:
            cursor.execute(
                "SELECT last_value FROM pg_sequences WHERE schemaname || '.' || sequencename = "
                "pg_get_serial_sequence(%s, %s)",
                [model._meta.db_table, model._meta.pk.column],  # noqa: SLF001 - documented
            )
        row = cursor.fetchone()
    return int(row[0]) if row and row[0] else 0


def _set_last_number(model: type[Model], last: int) -> None:
    table, key = model._meta.db_table, model._meta.pk.column  # noqa: SLF001 - documented
    if connection.vendor == "sqlite":
        _run("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        _run("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
    else:
        _run("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table, key, last])


def _run(sql: str, values: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def migrated_to() -> dict[str, list[str]]:
    """The migrations that the database has had, by application: what its tables look like follows from them."""
    had: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        had.setdefault(app, []).append(name)
    return had


def _tables_as_of(had: Mapping[str, list[str]]) -> dict[str, type[Model]]:
    """Make the tables as they were after these migrations; each by the name of its file.

    Errors: a migration that this version does not know, as where the backup is a later version's.
    """
    executor = MigrationExecutor(connection)
    every = [(app, name) for app, names in had.items() for name in names]
    unknown = [f"{app} {name}" for app, name in every if (app, name) not in executor.loader.graph.nodes]
    if unknown:
        raise InputError(
            f"the backup was made by a later version of Quarterday, which knows the change {unknown[0]!r} of the "
            "database; install that version, and restore with it."
        )
    latest = [(app, name) for app, name in every if not _next_of(executor.loader.graph.node_map[app, name], every)]
    executor.migrate(latest)
    state = executor.loader.project_state(latest).apps
    return {file_of(model): model for model in tables(state)}


def _next_of(node: Node, among: list[tuple[str, str]]) -> bool:
    """Whether the same application has a later migration among these."""
    return any(child.key[0] == node.key[0] and child.key in among for child in node.children)


def _load(folder: Path, known: Mapping[str, type[Model]]) -> None:
    """Put the files of a folder into their tables: all, or none."""
    with transaction.atomic():
        for file in sorted(folder.iterdir()):
            with file.open(encoding="utf-8") as lines:
                try:
                    _fill(known[file.name], lines)
                except (KeyError, TypeError, ValueError, ValidationError, FieldDoesNotExist) as error:
                    raise InputError(f"{file.name} in the backup does not fit its table: {error}.") from None
