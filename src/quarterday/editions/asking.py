"""Asking leads for updates by e-mail, and reminding those who have not answered.

A link is signed for one request and opens nothing else. One e-mail goes to a person, however many projects they lead.
"""

import fcntl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from quarterday.commentary.wording import listed
from quarterday.domain.faults import InputError
from quarterday.plan.models import UpdateRequest
from quarterday.plan.write_requests import ANOTHER_LEADS, OPEN_AFTER, quarter_of_request, refuse_ended, request_sent

_SALT: Final = "quarterday.update-request"

_TEXT: Final = """\
Hello,

{who} {asks} how {projects} went. It takes about two minutes, and you need no password:

{links}

Each link is for its project only, and for you: please do not pass it on.
You get this since you are named as lead. If you are not, tell whoever asked.
"""


@dataclass(frozen=True)
class Outcome:
    """How many e-mails left, and to whom none could be sent."""

    left: int = 0
    failed: tuple[str, ...] = ()


def token_of(request: UpdateRequest) -> str:
    """What stands in the link: which request it is for, signed.

    A number is given anew once a backup from before it was restored, so the project and the address are signed, too.
    """
    return signing.dumps([request.pk, request.project_id, request.email], salt=_SALT)


def link_to(request: UpdateRequest) -> str:
    """The address at which the request is answered."""
    return settings.QUARTERDAY_ADDRESS + reverse("update", args=[token_of(request)])


def request_of(token: str) -> UpdateRequest | None:
    """The request that a link was made for; nothing where it is not one of ours. Errors: somebody else is asked now."""
    try:
        key, project, email = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, TypeError, ValueError):  # the latter two of a link that was made before this form
        return None
    held = UpdateRequest.objects.select_related("project__partnership", "agency", "asked_by")
    request = held.filter(pk=key).first()
    if request is None:
        raise InputError(ANOTHER_LEADS)
    return request if (request.project_id, request.email) == (project, email) else None


def ask(requests: Iterable[UpdateRequest], *, today: date) -> Outcome:
    """Send each person who is asked one e-mail with a link for each project, and keep that it left."""
    connection = get_connection()
    left, failed = 0, []
    for theirs in _by_person(requests):
        try:
            connection.send_messages([letter(theirs)])
        except (OSError, SMTPException):
            failed.append(theirs[0].email)
            continue
        request_sent(theirs, day=today)
        left += 1
    return Outcome(left, tuple(failed))


def remind(home: Path, *, today: date) -> Outcome:
    """Remind whoever has not answered and is due to be reminded by today: once a day, however often this is called.

    A day that was missed is made up for. An e-mail that could not leave is tried again. Killed between sending and
    keeping that it left, it would be sent twice.
    """
    with _alone(home / ".remind.lock"):
        return ask(to_remind(today=today), today=today)


def to_remind(*, today: date) -> list[UpdateRequest]:
    """The requests whose turn it is."""
    held = UpdateRequest.objects.filter(answered_at=None).select_related("project__partnership", "agency", "asked_by")
    return [request for request in held if _is_due(request, today) and _is_open(request, today)]


def _is_due(request: UpdateRequest, today: date) -> bool:
    """Whether a day of reminding has come since the last e-mail left."""
    if not request.sent:
        return True
    last = date.fromisoformat(request.sent[-1])
    days = (request.due + timedelta(days=offset) for offset in request.project.partnership.reminders)
    return any(last < day <= today for day in days)


def _is_open(request: UpdateRequest, today: date) -> bool:
    try:
        refuse_ended(request, today=today)
    except InputError:
        return False
    return True


def letter(requests: Sequence[UpdateRequest]) -> EmailMessage:
    """What one person gets: a link for each project of theirs."""
    due = _day(min(request.due for request in requests))
    again = "Reminder: " if any(request.sent for request in requests) else ""
    who = {str(request.asked_by or request.project.partnership) for request in requests}
    places = sorted({_place(request) for request in requests})
    text = _TEXT.format(
        who=listed(sorted(who)),
        asks="asks" if len(who) == 1 else "ask",
        projects="your project" if len(requests) == 1 else f"your {len(requests)} projects",
        links="\n\n".join(map(_question, requests)),
    )
    subject = f"{again}your update for {'; '.join(places)}, by {due}"
    return EmailMessage(subject=subject[:1].upper() + subject[1:], body=text, to=[requests[0].email])


def _question(request: UpdateRequest) -> str:
    ends = _day(request.due + OPEN_AFTER)
    return (
        f"{request.project.name} ({_place(request)}), by {_day(request.due)}; it can be changed until {ends}:\n"
        f"{link_to(request)}"
    )


def _place(request: UpdateRequest) -> str:
    return f"{request.project.partnership.short_name}, {quarter_of_request(request).name}"


def _by_person(requests: Iterable[UpdateRequest]) -> list[list[UpdateRequest]]:
    """The requests of each address."""
    theirs: dict[str, list[UpdateRequest]] = {}
    for request in requests:
        theirs.setdefault(request.email.lower(), []).append(request)
    return list(theirs.values())


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """One at a time on this machine."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def default_due(due: date | None, *, today: date) -> date:
    """The day that is proposed: a week before the edition is wanted, else two weeks from today."""
    proposed = due - timedelta(days=7) if due else today + timedelta(days=14)
    return max(proposed, today)
