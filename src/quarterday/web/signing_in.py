"""How people come in: allauth's pages, in the house's way. Nobody adds themselves."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from quarterday.people.models import Person
from quarterday.web import security_log


class AccountAdapter(DefaultAccountAdapter):
    """Password and e-mail address."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's call
        """Nobody comes in who was not added."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401 - allauth's call
        """Let a lock against guessing be seen in the log."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            security_log.locked(request)
            raise


class OrganisationAdapter(DefaultSocialAccountAdapter):
    """The organisation's own sign-in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ANN401, ARG002 - allauth's call
        """Nobody comes in who was not added."""
        return False


class SecondStepAdapter(DefaultMFAAdapter):
    """Codes and passkeys; what codes are made from is kept encrypted."""

    def encrypt(self, text: str) -> str:
        """The text as the database has it."""
        return _cipher().encrypt(text.encode()).decode()

    def generate_authenticator_name(self, user: Person, type: Any) -> str:  # noqa: A002, ANN401 - allauth's call
        """What a new one is called until its owner says otherwise."""
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def decrypt(self, encrypted_text: str) -> str:
        """The text again."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"quarterday second step" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def shown_name(person: Person) -> str:
    """What allauth calls somebody."""
    return person.full_name
