"""Files that people upload, from the moment they come to the release that they became."""

from django.conf import settings
from django.db import models

from quarterday.plan.choices import UploadState
from quarterday.plan.models.columns import name_column, one_of
from quarterday.plan.models.partnership import Partnership


class Upload(models.Model):
    """A file on its way into the warehouse.

    ``kind`` is the reader's name and ``told`` what it must know besides; ``done`` of ``todo`` says how far a job is;
    ``found`` holds what was read of the file before anything landed, and ``faults`` why it was refused. ``loaded_at``
    is the time that its release bears, set before the release lands, so that a job that begins again knows its own.
    """

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="uploads")
    kind = name_column()
    told = models.JSONField(default=dict, blank=True)
    name = name_column()  # as its owner called it; never a path of ours
    sha256 = name_column()
    size = models.PositiveBigIntegerField()  # bytes
    state = name_column()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    done = models.PositiveBigIntegerField(default=0)
    todo = models.PositiveBigIntegerField(default=0)
    found = models.JSONField(default=dict, blank=True)
    faults = models.JSONField(default=list, blank=True)
    release = name_column(blank=True)
    loaded_at = name_column(blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        """The latest first."""

        ordering = ("-pk",)
        constraints = (one_of("state", UploadState),)

    def __str__(self) -> str:
        return self.name
