"""The Django application that keeps people and their roles."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People stand above plans: a role points at a partnership, and a plan knows nobody."""

    name = "quarterday.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
