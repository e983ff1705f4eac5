"""The Django application that keeps plans."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """The only room with database tables."""

    name = "quarterday.plan"
    label = "plan"
    default_auto_field = "django.db.models.BigAutoField"
