"""Forms of signing in whose words the library does not leave to templates."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # untyped
    """Add a passkey or a security key."""

    name = forms.CharField(label="Name", required=False, help_text="To tell it from others, such as: my phone.")
    passwordless = forms.BooleanField(
        label="Sign in with it alone, without the password",
        required=False,
        help_text="Tick this for a passkey, which asks for a finger, a face or its own number each time.",
    )
    field_order = ("name", "passwordless")
