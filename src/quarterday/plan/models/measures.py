"""Measures, and what was agreed about each."""

from django.db import models
from django.db.models import F, Q

from quarterday.domain.measure import Polarity
from quarterday.plan.choices import TargetKind
from quarterday.plan.models.columns import Listed, always, name_column, one_of, unique
from quarterday.plan.models.partnership import Partnership, PeerGroup, Priority
from quarterday.plan.period_field import PeriodField


class Measure(Listed):
    """What is counted. ``partnership`` is that of its priority, here so that no two priorities share a measure."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    priority = models.ForeignKey(Priority, models.CASCADE, related_name="measures")
    name = name_column()
    counted_as = name_column(blank=True)
    unit = name_column()
    unit_singular = name_column(blank=True)
    definition = models.TextField()
    source = name_column()
    polarity = name_column()
    polarity_note = models.TextField(blank=True)
    window = models.PositiveIntegerField()
    population = name_column(blank=True)
    peer_group = name_column(blank=True)

    class Meta(Listed.Meta):
        """One row a measure."""

        constraints = (
            unique("partnership", "name"),
            one_of("polarity", Polarity),
            always(Q(window__gte=1), "window_of_a_month_or_more"),
        )

    def __str__(self) -> str:
        return self.name


class Caveat(Listed):
    """What must be said wherever the measure appears."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="caveats")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text


class Break(Listed):
    """A month from which figures are not comparable with those before it."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="breaks")
    month = PeriodField()
    reason = models.TextField()

    class Meta(Listed.Meta):
        """One row a month."""

        constraints = (unique("measure", "month"),)

    def __str__(self) -> str:
        return f"{self.measure}: {self.month}"


class Target(Listed):
    """A value to reach, or a change to make from the baseline."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="targets")
    value = models.FloatField()
    period = PeriodField()
    tolerance = models.FloatField()
    kind = name_column()

    class Meta(Listed.Meta):
        """One row a period and kind."""

        constraints = (
            unique("measure", "period", "kind"),
            one_of("kind", TargetKind),
            always(Q(tolerance__gte=0), "tolerance_either_way"),
        )

    def __str__(self) -> str:
        return f"{self.measure}: {self.value} in {self.period}"


class Baseline(Listed):
    """A value agreed to measure from."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="baselines")
    value = models.FloatField()
    period = PeriodField()

    class Meta(Listed.Meta):
        """One row a period."""

        constraints = (unique("measure", "period"),)

    def __str__(self) -> str:
        return f"{self.measure}: {self.value} in {self.period}"


class QuotedStanding(Listed):
    """A rank and position that somebody else worked out."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="standings")
    group = models.ForeignKey(PeerGroup, models.CASCADE, related_name="standings")
    period = PeriodField()
    rank = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    position = name_column()
    source = name_column()

    class Meta(Listed.Meta):
        """One row a group and period."""

        constraints = (
            unique("measure", "group", "period"),
            always(Q(rank__gte=1, rank__lte=F("of")), "rank_within_the_group"),
        )

    def __str__(self) -> str:
        return f"{self.measure}: {self.rank} of {self.of} in {self.period}"
