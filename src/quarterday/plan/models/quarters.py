"""What belongs to one quarter: the countywide table, and what people wrote for the edition."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from quarterday.plan.choices import CellStatus, EditionState, EditionStep, HighlightKind, HighlightState
from quarterday.plan.models.columns import Listed, always, name_column, one_of, unique
from quarterday.plan.models.measures import Measure
from quarterday.plan.models.partnership import Partnership
from quarterday.plan.models.projects import Project
from quarterday.plan.period_field import PeriodField

CELL_COLUMNS = ("baseline_and_target", "county", "partnership")


class CountywidePriority(Listed):
    """A row of the countywide table; ``priority`` is the county's, not one of the partnership's own."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="countywide")
    priority = name_column()
    quarter = PeriodField()
    comment = models.TextField(blank=True)

    class Meta(Listed.Meta):
        """One row a priority and quarter."""

        verbose_name_plural = "countywide priorities"
        constraints = (unique("partnership", "quarter", "priority"),)

    def __str__(self) -> str:
        return f"{self.priority}, {self.quarter}"


class CountywideCell(models.Model):
    """A text, or the status in its place with the reason."""

    row = models.ForeignKey(CountywidePriority, models.CASCADE, related_name="cells")
    column = name_column()
    value = models.TextField(blank=True)
    status = name_column(blank=True)
    reason = models.TextField(blank=True)
    owner = name_column(blank=True)

    class Meta:
        """Three rows a countywide priority."""

        constraints = (
            unique("row", "column"),
            always(Q(column__in=CELL_COLUMNS), "known_column"),
            always(
                (~Q(value="") & Q(status="", reason="", owner=""))
                | (Q(value="", status__in=[status.value for status in CellStatus]) & ~Q(reason="")),
                "value_or_status",
            ),
        )

    def __str__(self) -> str:
        return f"{self.row}: {self.column}"


class Edition(Listed):
    """One version of one quarter's report.

    ``due`` is the day by which it is wanted; ``reason`` why a version after the first was made; ``hash`` what it was
    frozen under.
    """

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="editions")
    quarter = PeriodField()
    version = models.PositiveIntegerField()
    state = name_column()
    due = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    hash = name_column(blank=True)

    class Meta(Listed.Meta):
        """One row a version."""

        constraints = (unique("partnership", "quarter", "version"), one_of("state", EditionState))

    def __str__(self) -> str:
        return f"{self.partnership}, {self.quarter}, version {self.version}"


class Comment(Listed):
    """What a person wrote about a measure."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="comments")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="comments")
    text = models.TextField()
    author = name_column(blank=True)

    class Meta(Listed.Meta):
        """One row a measure."""

        constraints = (unique("edition", "measure"),)

    def __str__(self) -> str:
        return f"{self.edition}: {self.measure}"


class Step(models.Model):
    """A step of an edition towards publication, or back: who took it, when, and what they said.

    ``about`` is what was acknowledged, and ``seen`` the mark of the document that was reviewed or signed.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="steps")
    name = name_column()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(blank=True)
    about = models.TextField(blank=True)
    seen = name_column(blank=True)

    class Meta:
        """In the order in which they were taken."""

        ordering = ("pk",)
        constraints = (one_of("name", EditionStep),)

    def __str__(self) -> str:
        return f"{self.edition}: {self.name}"


class Override(Listed):
    """A claim of a comment that stays although the figures contradict it, and why; ``quote`` has its words.

    It holds for as long as the comment has these words and the figures contradict them.
    """

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="overrides")
    quote = models.TextField()
    why = models.TextField()
    author = name_column(blank=True)

    class Meta(Listed.Meta):
        """One row a claim."""

        constraints = (unique("comment", "quote"), always(~Q(why=""), "with_a_reason"))

    def __str__(self) -> str:
        return f"{self.comment}: {self.quote}"


class Highlight(Listed):
    """A highlight, or an issue to raise; ``decision`` is what the board said, ``carried_from`` the quarter before's."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="highlights")
    kind = name_column()
    text = models.TextField()
    project = models.ForeignKey(Project, models.CASCADE, related_name="highlights", null=True, blank=True)
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="highlights", null=True, blank=True)
    state = name_column()
    decision = models.TextField(blank=True)
    carried_from = models.ForeignKey("self", models.SET_NULL, related_name="carried_to", null=True, blank=True)

    class Meta(Listed.Meta):
        """One row a highlight or issue."""

        constraints = (
            one_of("kind", HighlightKind),
            one_of("state", HighlightState),
            always(Q(project__isnull=True) | Q(measure__isnull=True), "on_one_thing"),
        )

    def __str__(self) -> str:
        return f"{self.edition}: {self.text}"
