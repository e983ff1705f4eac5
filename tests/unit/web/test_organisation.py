"""Signing in with the organisation's own sign-in (OpenID Connect), against a provider that answers over HTTP."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from pytest_django import Settings

from quarterday.people.models import Person
from quarterday.web.environment import Environment, identity_provider

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("archive", "world")]

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT = "quarterday"


class Provider(ThreadingHTTPServer):
    """Knows one person; ``claims`` is what it says of them."""

    claims: dict[str, object]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        here = self.server.address
        pages = {
            "/.well-known/openid-configuration": {
                "issuer": here,
                "authorization_endpoint": f"{here}/authorize",
                "token_endpoint": f"{here}/token",
                "userinfo_endpoint": f"{here}/userinfo",
                "jwks_uri": f"{here}/keys",
            },
            "/userinfo": self.server.claims,
            "/keys": {"keys": [json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "one"}]},
        }
        self.answer(pages[self.path])

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        now = int(time.time())
        said = {"iss": self.server.address, "aud": CLIENT, "iat": now, "exp": now + 60, **self.server.claims}
        token = jwt.encode(said, KEY, algorithm="RS256", headers={"kid": "one"})
        self.answer({"access_token": "let me in", "token_type": "Bearer", "expires_in": 60, "id_token": token})

    def answer(self, content: object) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    server = Provider(("127.0.0.1", 0), Answers)
    server.claims = {}
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.SOCIALACCOUNT_PROVIDERS = identity_provider(
        Environment(oidc_server=server.address, oidc_client=CLIENT, oidc_secret="shared", oidc_name="Example Council")  # noqa: S106 - of this test
    )
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def come_in(client: Client) -> str:
    """Go to the provider and come back; the page that is shown in the end."""
    away = client.post("/accounts/oidc/organisation/login/")
    asked = parse_qs(urlsplit(away["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    back = client.get(
        "/accounts/oidc/organisation/login/callback/", {"code": "one", "state": asked["state"][0]}, follow=True
    )
    return back.content.decode()


def test_the_page_for_signing_in_offers_it(provider: Provider, client: Client) -> None:
    assert "Sign in with Example Council" in client.get("/accounts/login/").content.decode()
    assert provider.address in client.post("/accounts/oidc/organisation/login/")["Location"]


def test_somebody_who_was_added_comes_in_as_themselves(provider: Provider, client: Client) -> None:
    provider.claims = {"sub": "1", "email": "reader@example.org", "email_verified": True, "name": "Some Reader"}
    assert "Redditch Community Safety Partnership" in come_in(client)


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "2", "email": "nobody@example.org", "email_verified": True},
        {"sub": "3", "email": "reader@example.org", "email_verified": False},
    ],
)
def test_nobody_else_comes_in(provider: Provider, client: Client, claims: dict[str, object]) -> None:
    provider.claims = claims
    before = Person.objects.count()
    come_in(client)
    assert (Person.objects.count(), client.get("/account/").status_code) == (before, 302)
