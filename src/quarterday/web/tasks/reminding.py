"""Leads who have not answered are reminded."""

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from quarterday.editions.asking import remind
from quarterday.web.jobs import daily


@daily
@task()
def remind_leads() -> None:
    """Send the reminders that are due by today; again on the same day, nobody gets another."""
    remind(settings.QUARTERDAY_HOME, today=timezone.localdate())
