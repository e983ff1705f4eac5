"""The partnership: who takes part, in which areas, compared with whom, working on what."""

from django.db import models
from django.db.models import F, Q

from quarterday.plan.choices import Marking
from quarterday.plan.models.columns import Listed, always, name_column, one_of, unique


class Partnership(models.Model):
    """The owner of everything else here."""

    name = name_column(unique=True)
    short_name = name_column(unique=True)
    county = name_column(blank=True)
    marking = name_column()
    # Days before an update is due, and after it, on which whoever owes it is reminded; none where nobody is.
    reminders = models.JSONField(default=list, blank=True)

    class Meta:
        """One row a partnership."""

        ordering = ("name",)
        constraints = (one_of("marking", Marking),)

    def __str__(self) -> str:
        return self.name


class PartnershipArea(Listed):
    """A district, for the days on which it was in the partnership."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="areas")
    name = name_column()
    code = name_column(blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    boundary_year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta(Listed.Meta):
        """One row an area."""

        constraints = (unique("partnership", "name"), always(Q(until__gte=F("since")), "in_order"))

    def __str__(self) -> str:
        return self.name


class Agency(Listed):
    """A body that takes part in this partnership."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="agencies")
    short_name = name_column()
    name = name_column()
    part_of = models.ForeignKey("self", models.SET_NULL, related_name="parts", null=True, blank=True)

    class Meta(Listed.Meta):
        """One row a short name."""

        constraints = (unique("partnership", "short_name"), always(~Q(part_of=F("id")), "not_its_own_part"))

    def __str__(self) -> str:
        return self.short_name


class PeerGroup(Listed):
    """A group at one version. Its members are names alone, known to other tables as areas of figures."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="peer_groups")
    name = name_column()
    version = name_column()
    size = models.PositiveIntegerField()
    includes_area = models.BooleanField()
    source = name_column()
    members = models.JSONField(default=list)
    left_out = models.JSONField(default=list)

    class Meta(Listed.Meta):
        """One row a version of a group."""

        constraints = (unique("partnership", "name", "version"),)

    def __str__(self) -> str:
        return f"{self.name}, {self.version}"


class Priority(Listed):
    """What the partnership agreed to work on."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="priorities")
    name = name_column()

    class Meta(Listed.Meta):
        """One row a priority."""

        verbose_name_plural = "priorities"
        constraints = (unique("partnership", "name"),)

    def __str__(self) -> str:
        return self.name
