"""Forms of projects, of what leads are asked, and of highlights and countywide priorities."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.text import Truncator

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.domain.status import Status
from quarterday.plan.choices import ActionState, CellStatus, HighlightKind, HighlightState
from quarterday.plan.entry_types import LONGEST_NAME
from quarterday.plan.meanwhile import ChangedMeanwhileError
from quarterday.plan.models import Action, Agency, CountywidePriority, Measure, Partnership, Priority, Project
from quarterday.plan.models.quarters import CELL_COLUMNS
from quarterday.plan.write_requests import Answer, Decided

LONGEST_TEXT: Final = 4_000  # characters
LONGEST_LINE: Final = 500
MONTHS_AHEAD: Final = 18
LONGEST_NAMED: Final = 60  # characters of an action, where an error names it
SPARE_LEADS: Final = 2  # empty rows in the form of leads

_NOTHING = {"required": "Write what happened."}
_LABEL_HINT = "Such as March 2012, Dec 11 – Mar 2012 or 2011/12."
_SHORT = {"rows": 3}


def text_field(label: str, **options: Any) -> forms.CharField:  # noqa: ANN401 - Django's options
    """Several lines."""
    rows = options.pop("rows", 4)
    return forms.CharField(label=label, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": rows}), **options)


def line_field(label: str, **options: Any) -> forms.CharField:  # noqa: ANN401 - Django's options
    """One line."""
    return forms.CharField(label=label, **{"max_length": LONGEST_NAME, **options})


def keep(form: forms.Form, write: Callable[[dict[str, Any]], object], *, mark: Callable[[], str] | None = None) -> bool:
    """Whether what is in the form was written; where it was not, the form says why.

    ``mark`` gives that of what is held now, so that whoever was told that somebody else changed it can send again.
    """
    if not form.is_valid():
        return False
    try:
        write(form.cleaned_data)
    except InputError as error:
        for fault in error.faults:
            _add_fault(form, fault)
        if isinstance(error, ChangedMeanwhileError) and mark and isinstance(form.data, QueryDict):
            form.data = form.data.copy()
            form.data["seen"] = mark()
        return False
    return True


def _add_fault(form: forms.Form, fault: str) -> None:
    """Beside its field, where the sentence begins with the name of one."""
    name, _, rest = fault.partition(": ")
    if name in form.fields:
        form.add_error(name, rest[:1].upper() + rest[1:])
    else:
        form.add_error(None, fault[:1].upper() + fault[1:])


class SeenForm(forms.Form):
    """A form of something that somebody else may change meanwhile."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class ProjectForm(forms.Form):
    """A new project."""

    name = line_field("Name", error_messages={"required": "Write what the project is called."})
    priority = forms.ModelChoiceField(
        label="Priority", queryset=Priority.objects.none(), error_messages={"required": "Choose the priority."}
    )
    lead = forms.ModelChoiceField(
        label="Lead agency", queryset=Agency.objects.none(), required=False, help_text="More can be added afterwards."
    )

    def __init__(self, *, partnership: Partnership, **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(**options)
        self.fields["priority"].queryset = partnership.priorities.all()  # type: ignore[attr-defined]
        self.fields["lead"].queryset = partnership.agencies.all()  # type: ignore[attr-defined]


class UpdateForm(SeenForm):
    """What happened, and when."""

    when = line_field("When", help_text=_LABEL_HINT, error_messages={"required": "Write when it happened."})
    text = text_field("What happened", rows=6, error_messages=_NOTHING)


class NewActionForm(forms.Form):
    """Something that somebody will do."""

    text = text_field("What is to be done", rows=3, error_messages={"required": "Write what is to be done."})
    when = line_field("By when", required=False, help_text=_LABEL_HINT)
    lead = forms.ModelChoiceField(label="Who will do it", queryset=Agency.objects.none(), required=False)

    field_order = ("text", "when", "lead")

    def __init__(self, *, partnership: Partnership, **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(**options)
        self.fields["lead"].queryset = partnership.agencies.all()  # type: ignore[attr-defined]


class ActionForm(NewActionForm, SeenForm):
    """How an action stands."""

    state = forms.ChoiceField(
        label="How it stands",
        widget=forms.RadioSelect,
        choices=[(state.value, state.value.capitalize()) for state in ActionState],
    )
    outcome = line_field(
        "What came of it",
        required=False,
        max_length=LONGEST_LINE,
        help_text="One line. Needed for an action that is done or dropped.",
    )


class FigureForm(SeenForm):
    """A count of the project's own."""

    name = line_field("What was counted", error_messages={"required": "Write what was counted."})
    period = line_field(
        "Months",
        help_text="Such as 2011/12, 2011/12 Q4 or March 2012.",
        error_messages={"required": "Write the months that it was counted over."},
    )
    value = forms.FloatField(
        label="Count", required=False, help_text="Left empty where there is none; then say why.",
        error_messages={"invalid": "This is no number; write one such as 17."},
    )  # fmt: skip
    status = forms.ChoiceField(label="Status", required=False)
    note = text_field("Note, or why there is no count", required=False, rows=2)

    def __init__(self, *, is_new: bool = True, **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(**options)
        given = self.initial.get("status", "")
        known = [(status.mark, f"{status.mark} {status.meaning}") for status in Status]
        held = [(given, given)] if given and given not in {mark for mark, _ in known} else []
        self.fields["status"].choices = [("", "None"), *held, *known]  # type: ignore[attr-defined]
        if not is_new:
            self.fields["name"].disabled = self.fields["period"].disabled = True

    def clean_value(self) -> float | None:
        """A whole number stays whole."""
        value: float | None = self.cleaned_data["value"]
        return int(value) if value is not None and value.is_integer() else value


class LeadsForm(SeenForm):
    """Who leads a project, with whom to ask, and the measures that it is meant to move."""

    def __init__(self, *, project: Project, partnership: Partnership, **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(**options)
        held = list(project.lead_rows.select_related("agency"))
        agencies = list(partnership.agencies.all())
        moved = set(project.measure_rows.values_list("measure", flat=True))
        self.rows = range(len(held) + SPARE_LEADS)
        for at in self.rows:
            lead = held[at] if at < len(held) else None
            self.fields[f"agency-{at}"] = forms.ChoiceField(
                label=f"Agency {at + 1}",
                required=False,
                choices=[("", "None"), *((agency.pk, agency.name) for agency in agencies)],
                initial=lead.agency_id if lead else "",
            )
            self.fields[f"email-{at}"] = forms.EmailField(
                label=f"E-mail address to ask for agency {at + 1}",
                required=False,
                initial=lead.email if lead else "",
                widget=forms.EmailInput(attrs={"autocomplete": "off"}),
                error_messages={"invalid": "This is no address; type one such as name@council.example."},
            )
        self.agencies = {str(agency.pk): agency for agency in agencies}
        self.measures = {
            f"measure-{measure.pk}": measure for measure in Measure.objects.filter(partnership=partnership)
        }
        for name, measure in self.measures.items():
            self.fields[name] = forms.BooleanField(label=measure.name, required=False, initial=measure.pk in moved)

    def lead_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The agency and the address of each row."""
        return [(self[f"agency-{at}"], self[f"email-{at}"]) for at in self.rows]

    def measure_fields(self) -> list[forms.BoundField]:
        """One box a measure."""
        return [self[name] for name in self.measures]

    def clean(self) -> dict[str, Any]:
        """No agency stands twice, and an address belongs to one."""
        said = super().clean() or {}
        seen = set()
        for at in self.rows:
            agency, email = said.get(f"agency-{at}", ""), said.get(f"email-{at}", "")
            if agency and agency in seen:
                self.add_error(f"agency-{at}", "This agency stands above already; keep one of the two.")
            if email and not agency:
                self.add_error(f"agency-{at}", "An address came without its agency; choose that.")
            seen.add(agency)
        return said

    def emails(self) -> dict[Agency, str]:
        """The address of each agency, in order."""
        said = self.cleaned_data
        rows = [(said[f"agency-{at}"], said[f"email-{at}"]) for at in self.rows]
        return {self.agencies[agency]: email for agency, email in rows if agency}

    def moved(self) -> list[Measure]:
        """The measures that are ticked."""
        return [measure for name, measure in self.measures.items() if self.cleaned_data[name]]


class AskForm(forms.Form):
    """By when the updates are wanted."""

    due = forms.DateField(
        label="Wanted by",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Choose the day.", "invalid": "This is no day; write it such as 2012-04-30."},
    )


class RemindersForm(forms.Form):
    """The days on which people are reminded."""

    days = line_field(
        "Days",
        required=False,
        help_text="Counted from the day on which the update is due, with commas between: -7, 0, 3 is a week before, on "
        "the day, and three days after. Leave it empty to remind nobody.",
    )

    def clean_days(self) -> list[int]:
        """The whole numbers, with either sign that people type for less."""
        parts = self.cleaned_data["days"].replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-").split(",")
        found = [part.strip() for part in parts if part.strip()]
        if wrong := [part for part in found if not re.fullmatch(r"[+-]?\d{1,3}", part)]:
            raise forms.ValidationError(f"{wrong[0]} is no whole number of days; write them such as -7, 0, 3.")
        return [int(part) for part in found]


class AnswerForm(SeenForm):
    """The two minutes of a lead: what happened, how each action stands, what is next."""

    text = text_field("What happened?", rows=5, error_messages=_NOTHING)
    next_text = line_field("What is next, if anything?", required=False, max_length=LONGEST_LINE)
    next_when = forms.ChoiceField(label="By when", required=False)

    def __init__(self, *, actions: Sequence[Action], quarter: Period, held: Answer | None, **options: Any) -> None:  # noqa: ANN401 - Django's options
        given = {"text": held.text, "next_text": held.next_text, "next_when": held.next_when} if held else {}
        super().__init__(**{**options, "initial": {**given, **options.get("initial", {})}})
        self.actions = actions
        self.quarter = quarter
        self.fields["next_when"].choices = _months(quarter, given.get("next_when", ""))  # type: ignore[attr-defined]
        for action in actions:
            self.fields[f"state-{action.pk}"] = forms.ChoiceField(
                label="How it stands",
                widget=forms.RadioSelect,
                choices=[("open", "Still open"), ("done", "Done"), ("dropped", "Dropped")],
                initial=action.state,
            )
            self.fields[f"outcome-{action.pk}"] = line_field(
                "In a line, what came of it", required=False, max_length=LONGEST_LINE, initial=action.outcome
            )

    def action_fields(self) -> list[tuple[Action, bool, forms.BoundField, forms.BoundField]]:
        """Each action, whether it is overdue, and its two fields."""
        return [
            (action, action.is_overdue(self.quarter), self[f"state-{action.pk}"], self[f"outcome-{action.pk}"])
            for action in self.actions
        ]

    def clean(self) -> dict[str, Any]:
        """What ended needs a word of what came of it; what is next needs saying where a month was chosen."""
        said = super().clean() or {}
        for action in self.actions:
            state = said.get(f"state-{action.pk}", "open")
            if state != ActionState.OPEN and not said.get(f"outcome-{action.pk}"):
                about = Truncator(action.text).chars(LONGEST_NAMED)
                self.add_error(f"outcome-{action.pk}", f"“{about}” is {state}; say in a line what came of it.")
        if said.get("next_when") and not said.get("next_text"):
            self.add_error("next_text", "A month was chosen; write what is to be done by then, or choose none.")
        return said

    def answer(self) -> Answer:
        """What was said."""
        said = self.cleaned_data
        return Answer(
            text=said["text"],
            actions={
                action.pk: Decided(said[f"state-{action.pk}"], said[f"outcome-{action.pk}"]) for action in self.actions
            },
            next_text=said["next_text"],
            next_when=said["next_when"] if said["next_text"] else "",
        )


def _months(quarter: Period, held: str) -> list[tuple[str, str]]:
    """The months after the quarter, and what is held already."""
    months = [Period(quarter.last + ahead, 1).for_sentence() for ahead in range(1, MONTHS_AHEAD + 1)]
    return [("", "No month"), *((month, month) for month in dict.fromkeys([*filter(None, [held]), *months]))]


class CountywideForm(SeenForm):
    """A row of the countywide table; the priority's name stays once the row is there."""

    priority = line_field("Priority", error_messages={"required": "Write the county's priority."})
    comment = text_field("Comment", required=False)

    def __init__(self, *, row: CountywidePriority | None = None, **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(**options)
        cells = {cell.column: cell for cell in row.cells.all()} if row else {}
        if row:
            self.fields["priority"].disabled = True
            self.initial.update({"priority": row.priority, "comment": row.comment})
        for column in CELL_COLUMNS:
            cell = cells.get(column)
            self.fields[f"{column}-value"] = text_field("Text", required=False, rows=2)
            self.fields[f"{column}-status"] = forms.ChoiceField(
                label="Or, in its place",
                required=False,
                choices=[
                    ("", "None: the text stands"),
                    *((word.value, word.value.capitalize()) for word in CellStatus),
                ],
            )
            self.fields[f"{column}-reason"] = line_field(
                "Why there is no text", required=False, max_length=LONGEST_LINE
            )
            self.fields[f"{column}-owner"] = line_field("Who owes it", required=False)
            if cell:
                held = {name: getattr(cell, name) for name in ("value", "status", "reason", "owner")}
                self.initial.update({f"{column}-{name}": value for name, value in held.items()})

    def cell_fields(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The four fields of each cell, under the heading of its column."""
        return [
            (heading, [self[f"{column}-{name}"] for name in ("value", "status", "reason", "owner")])
            for column, heading in zip(CELL_COLUMNS, COLUMN_HEADINGS, strict=True)
        ]

    def clean(self) -> dict[str, Any]:
        """Each cell says one thing."""
        said = super().clean() or {}
        for column in CELL_COLUMNS:
            value, status = said.get(f"{column}-value"), said.get(f"{column}-status")
            if value and status:
                self.add_error(f"{column}-value", "A text and a status came; keep the one or the other.")
            elif status and not said.get(f"{column}-reason"):
                self.add_error(f"{column}-reason", "Say why there is no text.")
            elif status == CellStatus.AWAITED and not said.get(f"{column}-owner"):
                self.add_error(f"{column}-owner", "Name the body that owes it.")
            elif not value and not status:
                self.add_error(f"{column}-value", "Write the text, or choose what stands in its place.")
        return said

    def cells(self) -> Mapping[str, Mapping[str, str]]:
        """What was typed of each cell; beside a text no reason is kept."""
        said = self.cleaned_data
        names = {True: ("value",), False: ("status", "reason", "owner")}
        return {
            column: {name: said[f"{column}-{name}"] for name in names[bool(said[f"{column}-value"])]}
            for column in CELL_COLUMNS
        }


COLUMN_HEADINGS: Final = ("Baseline and target", "County performance", "Our performance")


class HighlightForm(SeenForm):
    """A highlight or issue; ``words_fixed`` where it stands in two quarters."""

    kind = forms.ChoiceField(
        label="Kind",
        widget=forms.RadioSelect,
        choices=[
            (HighlightKind.HIGHLIGHT.value, "Highlight, which the board should hear"),
            (HighlightKind.ISSUE.value, "Issue, which the board should decide"),
        ],
        error_messages={"required": "Choose what it is."},
    )
    text = text_field("Text for the board", error_messages={"required": "Write what the board should hear or decide."})
    about = forms.ChoiceField(label="About", required=False)

    def __init__(self, *, partnership: Partnership, words_fixed: bool = False, **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(**options)
        self.projects = {f"project-{row.pk}": row for row in Project.objects.filter(partnership=partnership)}
        self.measures = {f"measure-{row.pk}": row for row in Measure.objects.filter(partnership=partnership)}
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            ("", "The partnership's work at large"),
            ("Projects", _named(self.projects)),
            ("Measures", _named(self.measures)),
        ]
        if words_fixed:
            self.fields["kind"].disabled = self.fields["text"].disabled = True
            self.fields["text"].help_text = "Carried forward in the words in which it was raised."


class HighlightChangeForm(HighlightForm):
    """What became of it."""

    decision = text_field("What the board decided, or said", required=False, rows=3)
    state = forms.ChoiceField(
        label="From here",
        widget=forms.RadioSelect,
        choices=[
            (HighlightState.OPEN.value, "Open: it goes to the next meeting, too"),
            (HighlightState.CLOSED.value, "Closed"),
        ],
    )


def _named(rows: Mapping[str, Project] | Mapping[str, Measure]) -> Iterable[tuple[str, str]]:
    return [(key, row.name) for key, row in rows.items()]
