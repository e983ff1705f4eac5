"""The job of building: a draft in every format, for those who read it before it is signed."""

from datetime import UTC, datetime

from django_tasks import task

from quarterday.editions.build import build_editions
from quarterday.plan.choices import FROZEN
from quarterday.plan.models import Edition
from quarterday.plan.write_editions import quarter_of
from quarterday.report import FORMATS
from quarterday.web.tasks.loading import home


@task()
def build_draft(key: int) -> None:
    """Write the edition as it is now, in the place of an earlier build; one that was signed meanwhile stays."""
    edition = Edition.objects.select_related("partnership").get(pk=key)
    if edition.state not in FROZEN:
        name, built_at = edition.partnership.name, datetime.now(UTC).isoformat()
        list(build_editions(home(), [name], quarter=quarter_of(edition), built_at=built_at, formats=FORMATS))
