"""Projects: who leads them, what happened, what is next, what they count."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from quarterday.domain.period import Period
from quarterday.domain.period_reading import read_period
from quarterday.plan.choices import ActionState
from quarterday.plan.models.columns import Listed, always, name_column, one_of, unique
from quarterday.plan.models.measures import Measure
from quarterday.plan.models.partnership import Agency, Partnership, Priority
from quarterday.plan.period_field import PeriodField


class Project(Listed):
    """A piece of joint work. ``partnership`` is that of its priority, here so that no two projects share a name."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    priority = models.ForeignKey(Priority, models.CASCADE, related_name="projects")
    name = name_column()
    leads = models.ManyToManyField(Agency, through="ProjectLead", related_name="projects")
    measures = models.ManyToManyField(Measure, through="ProjectMeasure", related_name="projects")

    class Meta(Listed.Meta):
        """One row a project."""

        constraints = (unique("partnership", "name"),)

    def __str__(self) -> str:
        return self.name


class ProjectLead(Listed):
    """An agency that leads a project, at its place among the leads. ``email`` is whom to ask for updates."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="lead_rows")
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    email = models.EmailField(blank=True)

    class Meta(Listed.Meta):
        """One row a lead."""

        constraints = (unique("project", "agency"),)

    def __str__(self) -> str:
        return f"{self.project}: {self.agency}"


class ProjectMeasure(Listed):
    """A measure that a project is meant to move."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="measure_rows")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="+")

    class Meta(Listed.Meta):
        """One row a measure."""

        constraints = (unique("project", "measure"),)

    def __str__(self) -> str:
        return f"{self.project}: {self.measure}"


class Update(Listed):
    """A dated note; ``when`` is the label as it was written."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="updates")
    when = name_column()
    text = models.TextField()
    author = name_column(blank=True)

    def __str__(self) -> str:
        return f"{self.project}: {self.when}"

    @property
    def period(self) -> Period:
        """The months that the label names."""
        return read_period(self.when)


class UpdateRequest(models.Model):
    """Somebody was asked to say how a project goes, by a link in an e-mail, until ``due``.

    ``kept`` has the keys of what their answer wrote: its ``update``, its new ``action``, and the actions ``decided``.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="requests")
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    email = models.EmailField()
    quarter = PeriodField()
    due = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    sent = models.JSONField(default=list)  # the days on which an e-mail left
    answered_at = models.DateTimeField(null=True, blank=True)
    kept = models.JSONField(default=dict, blank=True)

    class Meta:
        """One row a project, quarter and address."""

        ordering = ("due", "pk")
        constraints = (unique("project", "quarter", "email"),)

    def __str__(self) -> str:
        return f"{self.project}: {self.email}, by {self.due}"


class Action(Listed):
    """Something someone will do, under a written label or in a window that is not printed."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="actions")
    when = name_column(blank=True)
    window = PeriodField(null=True, blank=True)
    text = models.TextField()
    state = name_column()
    lead = models.ForeignKey(Agency, models.SET_NULL, related_name="actions", null=True, blank=True)
    outcome = models.TextField(blank=True)

    class Meta(Listed.Meta):
        """One row an action."""

        constraints = (
            one_of("state", ActionState),
            always(Q(when="") | Q(window__isnull=True), "one_window"),
        )

    def __str__(self) -> str:
        return f"{self.project}: {self.text}"

    @property
    def period(self) -> Period | None:
        """The months to do it in, where any are known."""
        return read_period(self.when) if self.when else self.window  # type: ignore[return-value]  # a column of periods

    def is_overdue(self, quarter: Period) -> bool:
        """Whether it is still open although its months had ended by the end of the quarter."""
        period = self.period if self.state == ActionState.OPEN else None
        return period is not None and period.last <= quarter.last


class ProjectFigure(Listed):
    """A count of the project's own."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="figures")
    name = name_column()
    period = PeriodField()
    value = models.FloatField(null=True, blank=True)
    status = name_column(blank=True)
    note = models.TextField(blank=True)

    class Meta(Listed.Meta):
        """One row a count and period."""

        constraints = (
            unique("project", "name", "period"),
            always(Q(value__isnull=False) | ~Q(status="") & ~Q(note=""), "no_gap_without_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.value} in {self.months.for_sentence()}"

    @property
    def months(self) -> Period:
        """The months that it was counted over."""
        return self.period  # type: ignore[return-value]  # a column that holds a period
