"""How somebody who was added comes in: by an address that is good once."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from quarterday.people.models import Person

_SUBJECT = "Quarterday: choose your password"
_TEXT = """\
{name},

you were added to Quarterday, which produces your partnership's quarterly report.
Choose a password here, within three days:

{address}

If you did not expect this, ignore it: nothing happens.
"""


def way_in(person: Person) -> str:
    """The address at which the person chooses a password: good once, and for three days."""
    key = [user_pk_to_url_str(person), default_token_generator.make_token(person)]
    return settings.QUARTERDAY_ADDRESS + reverse("account_reset_password_from_key", args=key)


def invite(person: Person) -> None:
    """Send the person the way in."""
    text = _TEXT.format(name=person.full_name, address=way_in(person))
    send_mail(_SUBJECT, text, None, [person.email])
