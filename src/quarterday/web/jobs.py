"""Jobs go on whatever happens to the worker that runs them.

A worker claims one job after another from the database (django-tasks-db). That library leaves a job whose worker was
killed as running for ever. So each worker holds the lock of a file of its own while it lives: the machine lets go of
the lock at the moment at which the worker dies, however it does. Every worker looks, now and then, for jobs that are
running under a name whose lock nobody holds, and puts them back into the queue. A job that lost ``MOST_TRIES`` workers
is given up, since it may be what kills them.

A job may therefore be begun more than once, but never while another worker still has it: what it does must be the same
when it is done from the start again.
"""

import fcntl
import logging
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Final

from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connections, transaction
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.base import Task
from django_tasks.signals import task_finished
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

MOST_TRIES: Final = 3  # workers that one job may lose
KEPT_DAYS: Final = 14  # that the result of a job stays in the database
DAILY_HOUR: Final = 7  # of the local day, from which the daily jobs are due

_TASKS = "quarterday.web.tasks"
_LOOKS_EVERY = 5.0  # seconds between two looks for jobs that lost their worker
_PRUNES_EVERY = 3600.0  # seconds
_DATABASE_WAIT = 1.0  # seconds until the database is tried again
# A job that failed because the database went away, or because it was told to stop, is not at fault itself.
_NOT_ITS_FAULT = (
    "django.db.utils.OperationalError",
    "django.db.utils.InterfaceError",
    "builtins.SystemExit",
    "builtins.KeyboardInterrupt",
)

_log = logging.getLogger(__name__)

GivenUp = Callable[..., None]
_given_up: dict[str, GivenUp] = {}
_daily: list[Task] = []


class WorkersDiedError(Exception):
    """The job lost as many workers as a job may lose."""


def when_given_up(job: Task) -> Callable[[GivenUp], GivenUp]:
    """Have a function called, with the job's own arguments, where the job failed or is given up."""

    def register(told: GivenUp) -> GivenUp:
        _given_up[job.module_path] = told
        return told

    return register


def daily(job: Task) -> Task:
    """Have a job without arguments queued once a day, from ``DAILY_HOUR`` on, by whichever worker looks first."""
    _daily.append(job)
    return job


def work(folder: Path, *, interval: float, goes_on: Callable[[], bool] = lambda: True) -> None:
    """Do jobs until stopped by a signal, or as long as it ``goes_on``.

    ``folder`` keeps the locks; ``interval`` is the wait between looks, in seconds. Where the database goes away, it is
    tried until it comes back.
    """
    _know_all()
    running = True
    while running and goes_on():
        try:
            with lease(folder) as name:
                running = _work(folder, name=name, interval=interval, goes_on=goes_on)
        except (DatabaseError, InterfaceError) as error:
            _log.warning("The database does not answer (%s); trying again.", error)
            _hang_up()
            time.sleep(_DATABASE_WAIT)


def _work(folder: Path, *, name: str, interval: float, goes_on: Callable[[], bool]) -> bool:
    """Do jobs under this name until it no longer goes on, or was stopped, which is ``False``."""
    worker = _worker(name, interval=interval)
    worker.configure_signals()
    looked = pruned = -_PRUNES_EVERY
    while worker.running and goes_on():
        if time.monotonic() - looked > _LOOKS_EVERY:
            queue_again(folder)
            queue_daily()
            looked = time.monotonic()
        if time.monotonic() - pruned > _PRUNES_EVERY:
            prune()
            pruned = time.monotonic()
        worker.run()
        if worker.running:
            time.sleep(interval)
    return worker.running


def do_waiting(folder: Path) -> None:
    """Do the jobs that are waiting now, those that lost their worker among them, and come back."""
    _know_all()
    with lease(folder) as name:
        queue_again(folder)
        _worker(name, interval=0).run()


def _worker(name: str, *, interval: float) -> Worker:
    """django-tasks-db's own worker, which does what is waiting and comes back."""
    return Worker(
        queue_names=["*"],
        interval=interval,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )


def _know_all() -> None:
    """Import every job, so that what is daily, and what wants to be told when it is given up, is known."""
    tasks = import_module(_TASKS)  # here, for they import this module
    for module in iter_modules(tasks.__path__):
        import_module(f"{_TASKS}.{module.name}")


@contextmanager
def lease(folder: Path) -> Iterator[str]:
    """A new name, alive as long as this process holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{secrets.token_hex(16)}.lock"
    with path.open("w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield path.stem
        finally:
            path.unlink(missing_ok=True)


def is_alive(folder: Path, name: str) -> bool:
    """Whether somebody holds the lock of this name."""
    try:
        with (folder / f"{name}.lock").open("r+", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def queue_again(folder: Path) -> None:
    """Put the jobs whose worker died, or lost the database, back into the queue; give those up that lost too many."""
    for path in folder.glob("*.lock"):
        if not is_alive(folder, path.stem):
            path.unlink(missing_ok=True)
    for job in DBTaskResult.objects.running():
        if not is_alive(folder, job.worker_ids[-1]):
            _queue_again(job)
    for job in DBTaskResult.objects.failed().filter(exception_class_path__in=_NOT_ITS_FAULT):
        _queue_again(job)


def _queue_again(seen: DBTaskResult) -> None:
    """Queue the job that was seen, or give it up, unless another worker was quicker."""
    with transaction.atomic():
        job = DBTaskResult.objects.select_for_update().filter(pk=seen.pk, status=seen.status).first()
        if job is None or job.worker_ids != seen.worker_ids:
            return
        if len(job.worker_ids) < MOST_TRIES:
            job.status = TaskResultStatus.READY
            job.save(update_fields=["status"])
            return
        job.set_failed(WorkersDiedError(f"{len(job.worker_ids)} workers died in it, or lost the database"))
        _tell(job.task_path, *job.args_kwargs["args"], **job.args_kwargs["kwargs"])


@receiver(task_finished)
def _ended(*, task_result: TaskResult, **_: object) -> None:
    """A job that failed by its own fault is given up at once."""
    has_failed = task_result.status == TaskResultStatus.FAILED
    if has_failed and task_result.errors[0].exception_class_path not in _NOT_ITS_FAULT:
        _tell(task_result.task.module_path, *task_result.args, **task_result.kwargs)


def _tell(job: str, *arguments: object, **named: object) -> None:
    told = _given_up.get(job)
    if told is not None:
        told(*arguments, **named)


def queue_daily() -> None:
    """Queue today's daily jobs where they are due and nobody has queued them yet."""
    now = timezone.localtime()
    if now.hour < DAILY_HOUR:
        return
    for job in _daily:
        if cache.add(f"daily:{job.module_path}:{now.date()}", "queued", timeout=2 * 24 * 60 * 60):
            job.enqueue()


def prune() -> None:
    """Remove what is known of jobs that ended long ago."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    DBTaskResult.objects.finished().filter(finished_at__lte=before).delete()


def _hang_up() -> None:
    """Close the connections, and the pools, which would wait ever longer between two tries."""
    for connection in connections.all():
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
