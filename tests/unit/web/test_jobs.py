"""Jobs go on whatever happens to the worker that runs them."""

import fcntl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from quarterday.web import jobs

pytestmark = pytest.mark.django_db

done: list[str] = []
given_up: list[str] = []


@task()
def note(word: str) -> None:
    """Stands for any job; without a word it fails."""
    done.append(word.strip())


@task()
def every_day() -> None:
    """Stands for any daily job."""


@jobs.when_given_up(note)
def hear(word: str) -> None:
    given_up.append(word)


@pytest.fixture(autouse=True)
def nothing_done_yet() -> None:
    done.clear()
    given_up.clear()


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.QUARTERDAY_HOME = tmp_path
    return tmp_path / "jobs"


def running(word: str, *workers: str) -> DBTaskResult:
    """A job that is running under the name of the last of these workers."""
    job = DBTaskResult.objects.get(pk=note.enqueue(word).id)
    for worker in workers:
        job.claim(worker)
    return job


def state(job: DBTaskResult) -> str:
    job.refresh_from_db()
    return str(job.status)


def test_a_name_is_alive_as_long_as_its_lock_is_held(folder: Path) -> None:
    with jobs.lease(folder) as name:
        with (folder / f"{name}.lock").open() as file, pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        assert jobs.is_alive(folder, name)
    assert not jobs.is_alive(folder, name)


def test_a_job_whose_worker_is_gone_is_done_by_another(folder: Path) -> None:
    job = running("once", "a worker that was killed")
    jobs.do_waiting(folder)
    assert (done, state(job)) == (["once"], TaskResultStatus.SUCCESSFUL)


def test_a_job_that_a_living_worker_has_is_left_to_it(folder: Path) -> None:
    with jobs.lease(folder) as name:
        job = running("never", name)
        jobs.queue_again(folder)
        assert state(job) == TaskResultStatus.RUNNING


def test_a_job_that_failed_because_the_database_went_away_is_done_again(folder: Path) -> None:
    job = running("again", "some worker")
    job.status, job.exception_class_path = TaskResultStatus.FAILED, "django.db.utils.OperationalError"
    job.finished_at = timezone.now()
    job.save()
    jobs.do_waiting(folder)
    assert (done, state(job)) == (["again"], TaskResultStatus.SUCCESSFUL)


def test_a_job_that_failed_by_its_own_fault_is_not_done_again(folder: Path) -> None:
    job = running("never", "some worker")
    job.set_failed(ValueError("its own"))
    jobs.do_waiting(folder)
    assert (done, state(job)) == ([], TaskResultStatus.FAILED)


def test_whoever_waits_for_a_job_is_told_that_it_failed(folder: Path) -> None:
    job = running("its own fault", "some worker")
    DBTaskResult.objects.filter(pk=job.pk).update(args_kwargs={"args": [{}], "kwargs": {}}, status="READY")
    jobs.do_waiting(folder)
    assert (given_up, state(job)) == ([{}], TaskResultStatus.FAILED)


def test_a_job_that_lost_three_workers_is_given_up_and_whoever_waits_is_told(folder: Path) -> None:
    job = running("deadly", "one", "two", "three")
    jobs.do_waiting(folder)
    assert (done, given_up, state(job)) == ([], ["deadly"], TaskResultStatus.FAILED)


def test_locks_that_dead_workers_left_are_removed(folder: Path) -> None:
    folder.mkdir()
    (folder / "dead.lock").write_text("1")
    with jobs.lease(folder) as name:
        jobs.queue_again(folder)
        assert [path.stem for path in folder.iterdir()] == [name]


def test_results_of_long_ago_are_removed_and_others_kept(folder: Path) -> None:
    old, young = running("old"), running("young")
    jobs.do_waiting(folder)
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=15))
    jobs.prune()
    assert [job.pk for job in DBTaskResult.objects.all()] == [young.pk]


def test_a_daily_job_is_queued_once_a_day_whoever_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_daily", [every_day])
    midnight, queued = datetime(2012, 5, 4, tzinfo=UTC), []
    for hours in (5, 7, 8, 31, 32):  # it is summer time, so that it is an hour later
        monkeypatch.setattr(timezone, "now", lambda hours=hours: midnight + timedelta(hours=hours))
        jobs.queue_daily()
        queued.append(DBTaskResult.objects.count())
    assert queued == [0, 1, 1, 2, 2]
