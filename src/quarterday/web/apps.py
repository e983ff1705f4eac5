"""The Django application that has the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """No tables; first in the list, so that its templates come before those of the libraries."""

    name = "quarterday.web"
    label = "web"

    def ready(self) -> None:
        """Begin the log of what matters to security."""
        from quarterday.web import security_log  # noqa: PLC0415 - tables are there only now

        security_log.begin()
