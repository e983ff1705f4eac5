"""Those who left long ago are forgotten."""

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from quarterday.people.forgetting import people_forget
from quarterday.web.jobs import daily


@daily
@task()
def forget_people() -> None:
    """Remove the names and addresses of those whose time has come, where the settings give one."""
    people_forget(after=settings.QUARTERDAY_FORGET_AFTER, at=timezone.now())
