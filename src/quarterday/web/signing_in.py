"""How people come in: allauth's pages, in the house's way. Nobody adds themselves."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from quarterday.people.models import Person


class AccountAdapter(DefaultAccountAdapter):
    """Password and e-mail address."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's call
        """Nobody comes in who was not added."""
        return False


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

    def decrypt(self, encrypted_text: str) -> str:
        """The text again."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"quarterday second step" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def shown_name(person: Person) -> str:
    """What allauth calls somebody."""
    return person.full_name
