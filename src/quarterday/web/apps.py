"""The Django application that has the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """No tables; first in the list, so that its templates come before those of the libraries."""

    name = "quarterday.web"
    label = "web"
