"""What is unusual is told to administrators by e-mail: each kind once an hour at most, where e-mails can leave."""

import logging
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django_tasks import task

from quarterday.editions.home import Home
from quarterday.editions.verify import Outcome, sealed_editions, verify_folder
from quarterday.people.models import Person, RoleName
from quarterday.web.jobs import daily

LOG: Final = logging.getLogger("quarterday.security")


class Unusual(StrEnum):
    """What is told, as the subject of the e-mail says it."""

    SIGN_INS = "many sign-ins failed"
    REFUSALS = "many pages were refused"
    READING = "one person opened very many pages"
    OWN_ROLE = "somebody tried to change a role of their own"
    ALTERED = "an edition was altered after it was signed"


MOST: Final = {
    Unusual.SIGN_INS: 30,
    Unusual.REFUSALS: 100,
    Unusual.READING: 500,
    Unusual.OWN_ROLE: 1,
    Unusual.ALTERED: 1,
}
"""How often it happens in one hour, in one process, until it is told."""

_HOUR: Final = 60 * 60  # seconds

_TEXT: Final = """\
Quarterday at {address} noticed that {what}.

{guide}

What happened, when and to whom is in the program's log, under quarterday.security; people stand there by number. Ask
those who run it. If this goes on, the next e-mail of this kind comes in an hour at the earliest.
"""

_GUIDE: Final = {
    Unusual.SIGN_INS: "Somebody may be guessing passwords. Guesses are slowed down by address and caller; if they "
    "come from one network address, have it shut out before the server.",
    Unusual.REFUSALS: "Somebody may be trying what they may not, or a role has ended that is still needed.",
    Unusual.READING: "Somebody, or a program with their session or token, may be copying what is not public. Ask them; "
    "deactivating them ends their sessions and tokens at once.",
    Unusual.OWN_ROLE: "It was refused: nobody changes a role of their own. Ask them why, or whether somebody else was "
    "at their desk.",
    Unusual.ALTERED: "The log names its folder. Compare it by quarterday verify, keep the altered files, and restore "
    "the edition from a backup.",
}


@dataclass
class _Hour:
    """What happened in one hour: how often, by whose it was, and which were counted."""

    number: int = 0
    counts: Counter[tuple[Unusual, str]] = field(default_factory=Counter)
    counted: set[tuple[Unusual, str, str]] = field(default_factory=set)


_this_hour: Final = _Hour()
_alone: Final = threading.Lock()  # a process answers several at once


def noticed(what: Unusual, *, whose: str = "", which: str = "") -> None:
    """Count that this happened, of one person where ``whose`` says of whom, and tell where it is too often.

    Of what has the same ``which``, one an hour counts. Each process counts for itself, so that whoever is refused
    makes nobody write.
    """
    if not settings.QUARTERDAY_MAILS:
        return
    count = _count(what, whose, which)
    if count and count % MOST[what] == 0 and cache.add(f"alert:{what.name}", "told", timeout=_HOUR):
        tell_administrators.enqueue(what.value)


def _count(what: Unusual, whose: str, which: str) -> int:
    """How often it has happened in this hour; 0 where this one was counted before."""
    with _alone:
        number = int(time.time() // _HOUR)
        if number != _this_hour.number:
            _this_hour.number = number
            _this_hour.counts.clear()
            _this_hour.counted.clear()
        if which:
            if (what, whose, which) in _this_hour.counted:
                return 0
            _this_hour.counted.add((what, whose, which))
        _this_hour.counts[what, whose] += 1
        return _this_hour.counts[what, whose]


@task()
def tell_administrators(what: str) -> None:
    """Send each administrator an e-mail of their own, so that none learns the address of another."""
    told = Person.objects.filter(is_active=True, roles__name=RoleName.ADMINISTRATOR).distinct()
    text = _TEXT.format(address=settings.QUARTERDAY_ADDRESS, what=what, guide=_GUIDE[Unusual(what)])
    get_connection().send_messages(
        [EmailMessage(subject=f"Quarterday: {what}", body=text, to=[person.email]) for person in told]
    )


@daily
@task()
def look_at_editions() -> None:
    """See that every edition is as it was signed."""
    for kept in sealed_editions(Home(Path(settings.QUARTERDAY_HOME)).editions):
        if verify_folder(kept.folder).outcome == Outcome.ALTERED:
            LOG.error("edition altered: %s/%s", kept.folder.parent.name, kept.folder.name)
            noticed(Unusual.ALTERED)
