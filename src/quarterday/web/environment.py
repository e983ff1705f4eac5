"""What the environment says, read once and checked: ``QUARTERDAY_HOME`` and its like."""

import os
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from quarterday.domain.faults import InputError

PREFIX: Final = "QUARTERDAY_"
POOL_PATIENCE: Final = 3.0  # seconds that a page waits for the database, before it says that it is away
SHORTEST_KEY: Final = 50  # characters, as Django's own check has it


class Environment(BaseModel):
    """Where and for whom the web application runs; what is left out suits one machine and the person at it."""

    model_config = ConfigDict(frozen=True)

    home: Path = Path("quarterday-home")
    production: bool = False
    secret_key: str = ""
    hosts: str = ""  # names, with blanks between
    address: str = "http://127.0.0.1:8000"  # as people type it: for links in e-mails
    proxies: int = 0  # that stand before the server, and are believed about who calls and how
    database: str = ""  # postgresql://NAME:PASSWORD@HOST:PORT/DATABASE; else SQLite in the workspace
    email: str = ""  # smtp://NAME:PASSWORD@HOST:PORT, smtps:// or smtp+starttls://; else e-mails are printed
    email_from: str = "quarterday@localhost"
    oidc_name: str = ""
    oidc_server: str = ""
    oidc_client: str = ""
    oidc_secret: str = ""
    engine: str = "duckdb"  # what counts rows: see quarterday.warehouse.engines
    upload_mb: int = 2048  # the most that one upload may hold
    second_step: bool | None = None  # demanded of administrators and signatories; where not said, in production
    forget_after: int = Field(default=0, ge=0)  # days from being deactivated to being forgotten; 0 is never
    open: bool = False  # set by `quarterday serve` where nobody was added

    @model_validator(mode="after")
    def _is_fit_for_others(self) -> Self:
        """In production nothing that keeps others out is left to a default."""
        if not self.production:
            return self
        if len(self.secret_key) < SHORTEST_KEY:
            raise ValueError(
                f"{PREFIX}SECRET_KEY has {len(self.secret_key)} characters; production wants {SHORTEST_KEY} or more "
                "that nobody can guess, the same for every process."
            )
        if not self.hosts.split():
            raise ValueError(f"{PREFIX}HOSTS is empty; name the hosts that people type, with blanks between.")
        if not self.address.startswith("https://"):
            raise ValueError(f"{PREFIX}ADDRESS is {self.address!r}; production wants one that starts with https://.")
        return self


def read_environment() -> Environment:
    """What the environment says. Errors: every setting that is at fault, by its name."""
    said = {name: os.environ.get(f"{PREFIX}{name}".upper(), "") for name in Environment.model_fields}
    try:
        return Environment.model_validate({name: value for name, value in said.items() if value})
    except ValidationError as error:
        raise InputError(*(_sentence(fault) for fault in error.errors())) from None


def _sentence(fault: Any) -> str:  # noqa: ANN401 - pydantic's own kind of table
    if not fault["loc"]:
        return str(fault["ctx"]["error"])
    name = f"{PREFIX}{fault['loc'][0]}".upper()
    return f"{name} is {fault['input']!r}: {fault['msg']}. Correct it, or leave it out."


def database(environment: Environment) -> dict[str, Any]:
    """The database that is meant: PostgreSQL where one is named, else SQLite in the workspace."""
    if not environment.database:
        return _sqlite(environment.home / "plan.sqlite3")
    address = urlsplit(environment.database)
    if address.scheme not in {"postgresql", "postgres"} or len(address.path) < 2:  # noqa: PLR2004 - a slash and a name
        raise InputError(
            f"{PREFIX}DATABASE starts with {address.scheme!r}; wanted postgresql://NAME:PASSWORD@HOST:PORT/DATABASE."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(address.path[1:]),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": unquote(address.hostname or ""),
        "PORT": address.port or "",
        "CONN_HEALTH_CHECKS": True,  # so that connections to a server that was restarted are thrown away
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 8, "timeout": POOL_PATIENCE, "reconnect_timeout": POOL_PATIENCE},
            "connect_timeout": 3,
        },
        **{key.upper(): value for key, value in parse_qsl(address.query) if key in {"host", "port"}},
    }


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def email_server(environment: Environment) -> dict[str, Any]:
    """Django's settings for e-mail: through the server named, else printed where the program runs."""
    if not environment.email:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    address = urlsplit(environment.email)
    if address.scheme not in {"smtp", "smtps", "smtp+starttls"} or not address.hostname:
        raise InputError(
            f"{PREFIX}EMAIL starts with {address.scheme!r}; wanted smtp+starttls://NAME:PASSWORD@HOST:PORT."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": address.hostname,
        "EMAIL_PORT": address.port or (465 if address.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(address.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(address.password or ""),
        "EMAIL_USE_SSL": address.scheme == "smtps",
        "EMAIL_USE_TLS": address.scheme == "smtp+starttls",
        "EMAIL_TIMEOUT": 20,
    }


def identity_provider(environment: Environment) -> dict[str, Any]:
    """What allauth is told of the organisation's own sign-in (OpenID Connect); nothing where none is named."""
    if not environment.oidc_server:
        return {}
    return {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            # The organisation vouches for its people's addresses, so that they come in as those who were added.
            "EMAIL_AUTHENTICATION": True,
            "EMAIL_AUTHENTICATION_AUTO_CONNECT": True,
            "APPS": [
                {
                    "provider_id": "organisation",
                    "name": environment.oidc_name or "your organisation",
                    "client_id": environment.oidc_client,
                    "secret": environment.oidc_secret,
                    "settings": {"server_url": environment.oidc_server},
                }
            ],
        }
    }


def origin(address: str) -> str:
    """The scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
