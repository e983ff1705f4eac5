"""Leads are asked how their projects go, and answer without signing in.

An answer is a change by nobody who is known: the trail keeps the address that its link was sent to.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from quarterday.domain.faults import InputError
from quarterday.domain.period import Period
from quarterday.plan.choices import ActionState
from quarterday.plan.entered import entered
from quarterday.plan.entries import ActionEntry, UpdateEntry
from quarterday.plan.meanwhile import mark_of, refuse_changed
from quarterday.plan.models import Action, Partnership, Project, ProjectLead, Update, UpdateRequest, changing
from quarterday.plan.write_editions import edition_open
from quarterday.plan.write_projects import described, last_place, refuse_unsaid

OPEN_AFTER: Final = timedelta(days=14)
"""How long after the day that an answer is wanted by it can still be given, or amended."""
ANOTHER_LEADS: Final = "The project has another lead now, who is asked instead."
LONGEST_WAIT: Final = timedelta(days=366)
MOST_REMINDERS: Final = 6
FURTHEST_REMINDER: Final = 60  # days from the due day


@dataclass(frozen=True)
class Decided:
    """What the answer says of one action."""

    state: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a lead says: what happened, of each action how it stands (by its key), and what is next, if anything."""

    text: str
    actions: Mapping[int, Decided]
    next_text: str = ""
    next_when: str = ""


def leads_to_ask(partnership: Partnership, quarter: Period) -> QuerySet[ProjectLead]:
    """The leads that have an address and were not asked of this quarter yet."""
    leads = ProjectLead.objects.filter(project__partnership=partnership).select_related("project", "agency")
    asked = UpdateRequest.objects.filter(project__partnership=partnership, quarter=quarter)
    known = {(project, email.lower()) for project, email in asked.values_list("project", "email")}
    wanted = [lead.pk for lead in leads.exclude(email="") if (lead.project_id, lead.email.lower()) not in known]
    return leads.filter(pk__in=wanted).order_by("project__priority__place", "project__place", "place")


def requests_of(partnership: Partnership, quarter: Period) -> QuerySet[UpdateRequest]:
    """Who was asked of a quarter, in the order of the projects."""
    held = UpdateRequest.objects.filter(project__partnership=partnership, quarter=quarter)
    return held.select_related("project__partnership", "agency", "asked_by").order_by(
        "project__priority__place", "project__place", "pk"
    )


def updates_ask(
    partnership: Partnership, quarter: Period, *, due: date, today: date, by: AbstractBaseUser | None
) -> list[UpdateRequest]:
    """Ask every lead who has an address and was not asked yet; whoever has not answered has until the new day, too.

    Nothing is sent: that is for whoever calls. Errors: a day that has passed, or is more than a year away; a quarter
    that cannot be written.
    """
    if not today <= due <= today + LONGEST_WAIT:
        raise InputError(f"due: {due:%-d %B %Y} came; wanted a day from today on, within a year.")
    with transaction.atomic():
        edition_open(partnership, quarter)
        with changing(by=by, why=f"Updates asked for, {quarter.name}.", partnership=partnership):
            for held in requests_of(partnership, quarter).filter(answered_at=None).exclude(due=due):
                held.due = due
                held.save()
            leads = _one_each(leads_to_ask(partnership, quarter))
            return [_request_add(lead, quarter, due=due, by=by) for lead in leads]


def _one_each(leads: QuerySet[ProjectLead]) -> Collection[ProjectLead]:
    """Where two agencies have one address, it is asked once of the project."""
    return {(lead.project_id, lead.email.lower()): lead for lead in reversed(leads)}.values()


def _request_add(lead: ProjectLead, quarter: Period, *, due: date, by: AbstractBaseUser | None) -> UpdateRequest:
    return UpdateRequest.objects.create(
        project=lead.project,
        agency=lead.agency,
        email=lead.email,
        quarter=quarter,  # type: ignore[misc]  # a column that holds a period
        due=due,
        asked_by_id=by.pk if by else None,
    )


def request_sent(requests: Sequence[UpdateRequest], *, day: date) -> None:
    """Keep that an e-mail left that day."""
    for request in requests:
        with transaction.atomic():
            held = (
                UpdateRequest.objects.select_for_update(of=("self",))
                .select_related("project__partnership")
                .get(pk=request.pk)
            )
            why = f"An e-mail to {held.email} left."
            with changing(by=None, why=why, partnership=held.project.partnership):
                held.sent = [*held.sent, day.isoformat()]
                held.save()


def quarter_of_request(request: UpdateRequest) -> Period:
    """The quarter that was asked about, for those who check types."""
    return request.quarter  # type: ignore[return-value]  # a column that holds a period


def refuse_ended(request: UpdateRequest, *, today: date) -> None:
    """Say why an answer can no longer be given: it is too late, or somebody else is to answer by now."""
    if today > request.due + OPEN_AFTER:
        raise InputError(f"This link was good until {request.due + OPEN_AFTER:%-d %B %Y}.")
    leads = ProjectLead.objects.filter(project=request.project_id, email__iexact=request.email)
    if not leads.exists():
        raise InputError(ANOTHER_LEADS)
    edition_open(request.project.partnership, quarter_of_request(request))


def actions_to_decide(request: UpdateRequest) -> list[Action]:
    """What the lead is asked about: what is open, and what the answer that is held has closed."""
    decided = set(request.kept.get("decided", ()))
    own = request.kept.get("action")
    return [
        action
        for action in request.project.actions.all()
        if action.pk in decided or (action.state == ActionState.OPEN and action.pk != own)
    ]


def answer_held(request: UpdateRequest) -> Answer | None:
    """The answer that was given, as its rows have it now; nothing where none was."""
    if request.answered_at is None:
        return None
    update = Update.objects.filter(pk=request.kept.get("update"), project=request.project).first()
    following = Action.objects.filter(pk=request.kept.get("action"), project=request.project).first()
    return Answer(
        text=update.text if update else "",
        actions={action.pk: Decided(action.state, action.outcome) for action in actions_to_decide(request)},
        next_text=following.text if following else "",
        next_when=following.when if following else "",
    )


def mark_of_question(request: UpdateRequest) -> str:
    """What the lead is shown, as it is now: the actions, and the note that the answer made."""
    note = mark_of(request.project.updates.filter(pk=request.kept.get("update")))
    return f"{request.answered_at or ''}/{note}/{mark_of(request.project.actions.all())}"


def answer_give(request: UpdateRequest, answer: Answer, *, seen: str, at: datetime, today: date) -> UpdateRequest:
    """Keep what the lead says; said again, it takes the place of what they said before.

    Errors: the link has ended; no word of what happened, or of what came of an action that ended; somebody else
    changed the actions meanwhile.
    """
    entry = entered(UpdateEntry, when=quarter_of_request(request).name, text=answer.text)
    following = entered(ActionEntry, text=answer.next_text, when=answer.next_when) if answer.next_text.strip() else None
    for decided in answer.actions.values():
        refuse_unsaid(decided.state, decided.outcome)
    with transaction.atomic():
        held = (
            UpdateRequest.objects.select_for_update(of=("self",))
            .select_related("project__partnership")
            .get(pk=request.pk)
        )
        refuse_ended(held, today=today)
        refuse_changed(mark_of_question(held), seen, now=_now(held))
        why = f"Update by link sent to {held.email}."
        with changing(by=None, why=why, partnership=held.project.partnership):
            changed = _actions_decide(held, answer.actions)
            held.kept = {
                "update": _update_keep(held, entry).pk,
                "action": _action_keep(held, following),
                "decided": sorted({*held.kept.get("decided", ()), *changed}),
            }
            held.answered_at = at
            held.save()
    return held


def _now(request: UpdateRequest) -> str:
    """What the lead may know of it: not what had ended before they were asked."""
    answer = answer_held(request)
    asked = UpdateRequest.history.filter(id=request.pk).earliest("change").change_id  # type: ignore[attr-defined]
    since = set(Action.history.filter(change__gt=asked).values_list("id", flat=True))  # type: ignore[attr-defined]
    actions = [action for action in request.project.actions.all() if _may_decide(action, request) or action.pk in since]
    return "; ".join([*([answer.text] if answer else []), *map(described, actions)])


def _update_keep(request: UpdateRequest, entry: UpdateEntry) -> Update:
    held = Update.objects.filter(pk=request.kept.get("update"), project=request.project).first()
    if held is None:
        author = f"{request.agency.name}, by e-mail"
        return Update.objects.create(
            project=request.project, place=last_place(request.project.updates), when=entry.when, text=entry.text,
            author=author[:200],
        )  # fmt: skip
    if held.text != entry.text:
        held.text = entry.text
        held.save()
    return held


def _actions_decide(request: UpdateRequest, decided: Mapping[int, Decided]) -> list[int]:
    """Write what was decided, and give the keys of the actions that this changed."""
    actions = {action.pk: action for action in Action.objects.select_for_update().filter(project=request.project)}
    changed = []
    for key, said in decided.items():
        action = actions.get(key)
        if action is None or not _may_decide(action, request):
            continue
        entry = entered(ActionEntry, text=action.text, state=said.state, outcome=said.outcome)
        if (action.state, action.outcome) != (entry.state, entry.outcome):
            action.state, action.outcome = entry.state, entry.outcome
            action.save()
            changed.append(key)
    return changed


def _may_decide(action: Action, request: UpdateRequest) -> bool:
    """Whether it is for the lead: not where somebody else has ended it."""
    return action.state == ActionState.OPEN or action.pk in request.kept.get("decided", ())


def _action_keep(request: UpdateRequest, entry: ActionEntry | None) -> int | None:
    """The key of what is next, as it is said now; what is no longer said goes."""
    held = Action.objects.filter(pk=request.kept.get("action"), project=request.project).first()
    if entry is None:
        if held:
            held.delete()
        return None
    if held is None:
        held = Action(project=request.project, place=last_place(request.project.actions), lead=request.agency)
        held.state = ActionState.OPEN
    if (held.text, held.when) != (entry.text, entry.when):
        held.text, held.when = entry.text, entry.when
        held.save()
    return held.pk


def reminders_change(partnership: Partnership, offsets: Sequence[int], *, by: AbstractBaseUser | None) -> None:
    """On which days, counted from the due day, whoever has not answered is reminded."""
    if len(set(offsets)) > MOST_REMINDERS or any(abs(offset) > FURTHEST_REMINDER for offset in offsets):
        raise InputError(
            f"days: at most {MOST_REMINDERS} reminders, each within {FURTHEST_REMINDER} days of the due day; "
            "write them such as -7, 0, 3."
        )
    with transaction.atomic():
        held = Partnership.objects.select_for_update().get(pk=partnership.pk)
        with changing(by=by, why="Days of reminders.", partnership=held):
            if held.reminders != sorted(set(offsets)):
                held.reminders = sorted(set(offsets))
                held.save()


def project_requests(project: Project, quarter: Period) -> QuerySet[UpdateRequest]:
    """Who was asked about one project in a quarter."""
    return requests_of(project.partnership, quarter).filter(project=project)
