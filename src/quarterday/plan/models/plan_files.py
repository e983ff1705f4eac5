"""Plan files that people brought, until somebody accepts or discards them."""

from django.conf import settings
from django.db import models

from quarterday.plan.models.columns import name_column
from quarterday.plan.models.partnership import Partnership


class PlanFile(models.Model):
    """A plan file that waits; nothing of it is in the plan yet. Without a ``partnership`` it is to make new ones."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="plan_files", null=True)
    name = name_column()  # as its owner called it; never a path of ours
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The latest first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name
