"""The jobs of uploads: read, land, withdraw."""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django_tasks import task

from quarterday.editions import uploads
from quarterday.editions.home import Home
from quarterday.people.models import Person
from quarterday.web.jobs import daily, when_given_up


@task()
def read_upload(key: int) -> None:
    """Read a file, and say what it would do."""
    uploads.upload_read(home(), key, now=_now())


@task()
def land_upload(key: int) -> None:
    """Land what was accepted."""
    uploads.upload_land(home(), key, now=_now())


@task()
def take_back_upload(key: int, by: int) -> None:
    """Withdraw what has landed."""
    uploads.upload_take_back(home(), key, by=Person.objects.get(pk=by), now=_now())


@when_given_up(read_upload)
@when_given_up(land_upload)
@when_given_up(take_back_upload)
def give_up(key: int, *_by: int) -> None:
    """Leave the upload where a person can go on."""
    uploads.upload_given_up(key)


@daily
@task()
def clear_away_uploads() -> None:
    """Do away with files that are needed no longer."""
    uploads.clear_away(home(), now=datetime.now(UTC))


def home() -> Home:
    """The workspace."""
    return Home(Path(settings.QUARTERDAY_HOME), engine=settings.QUARTERDAY_ENGINE)


def _now() -> datetime:
    return datetime.now(UTC)
