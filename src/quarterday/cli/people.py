"""People come in, and roles are given and ended, by whoever runs the program."""

from typing import TYPE_CHECKING, Annotated

import typer

from quarterday.cli.screen import printable, say, show, show_json
from quarterday.cli.workspace import open_plans
from quarterday.domain.faults import InputError

if TYPE_CHECKING:
    from quarterday.plan.models import Partnership

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The person's e-mail address.")]
Why = Annotated[str, typer.Option(help="Kept with the change.")]
AT_TERMINAL = "Done at the terminal."


def add(
    context: typer.Context,
    email: Email,
    name: Annotated[str, typer.Option(help="The full name, which others see.")],
    administrator: Annotated[bool, typer.Option("--administrator", help="One who gives roles anywhere.")] = False,
    why: Why = AT_TERMINAL,
) -> None:
    """Add a person, and print the address at which they choose their password: good once, and for three days."""
    open_plans(context.obj)
    from django.db import transaction

    from quarterday.people.invitation import way_in
    from quarterday.people.services import person_add, role_give

    with transaction.atomic():
        person = person_add(email=email, full_name=name)
        if administrator:
            role_give(person=person, name="administrator", by=None, why=why)
    say(f"{person.full_name} was added. Send them this, which lets them choose a password:")
    say(way_in(person))


def role(
    context: typer.Context,
    email: Email,
    name: Annotated[
        str, typer.Option("--role", help="reader, contributor, analyst, manager, signatory or administrator.")
    ],
    partnership: Annotated[str, typer.Option(help="The partnership's name.")] = "",
    county: Annotated[str, typer.Option(help="The county, for a role in all its partnerships.")] = "",
    agency: Annotated[str, typer.Option(help="The agency, for a contributor.")] = "",
    end: Annotated[bool, typer.Option("--end", help="End the role.")] = False,
    why: Why = AT_TERMINAL,
) -> None:
    """Give somebody a role in a partnership or in a county, or end it."""
    open_plans(context.obj)
    from quarterday.people.services import person_get, role_give

    person = person_get(email=email)
    place = _partnership(partnership) if partnership else None
    if end:
        _end(email, name, place, county, why)
        return
    given = role_give(person=person, name=name, by=None, why=why, partnership=place, agency=agency, county=county)
    say(f"{given}: given.")


def deactivate(context: typer.Context, email: Email, why: Why = AT_TERMINAL) -> None:
    """Let a person in no more: their sessions and tokens end at once, and their roles are kept."""
    open_plans(context.obj)
    from django.utils import timezone

    from quarterday.people.deactivation import person_deactivate
    from quarterday.people.services import person_get

    person = person_get(email=email)
    person_deactivate(person, by=None, why=why, at=timezone.now())
    say(f"{person.full_name}: deactivated, and signed out everywhere.")


def reactivate(context: typer.Context, email: Email, why: Why = AT_TERMINAL) -> None:
    """Let a person who was deactivated in again, with the roles of before."""
    open_plans(context.obj)
    from django.utils import timezone

    from quarterday.people.deactivation import person_reactivate
    from quarterday.people.services import person_get

    person = person_get(email=email)
    person_reactivate(person, by=None, why=why, at=timezone.now())
    say(f"{person.full_name}: active again.")


def data(context: typer.Context, email: Email) -> None:
    """Print all that is held of a person, as JSON: what they may ask for."""
    open_plans(context.obj)
    from quarterday.people.forgetting import held_of
    from quarterday.people.services import person_get

    show_json(held_of(person_get(email=email)))


def forget(context: typer.Context, email: Email, why: Why = AT_TERMINAL) -> None:
    """Remove the name and address of a person who was deactivated; the trail calls them by number from then on."""
    open_plans(context.obj)
    from django.utils import timezone

    from quarterday.people.forgetting import person_forget
    from quarterday.people.services import person_get

    forgotten = person_forget(person_get(email=email), by=None, why=why, at=timezone.now())
    say(f"{email}: forgotten. What they did is from now on that of {forgotten.full_name}.")


def listed(context: typer.Context) -> None:
    """List everybody who was added, with their roles."""
    open_plans(context.obj)
    from rich.table import Table

    from quarterday.people.models import Person

    held = Person.objects.prefetch_related("roles__partnership", "roles__agency")
    if not held:
        say("Nobody has been added.")
        return
    table = Table("Name", "E-mail address", "Roles", box=None)
    for person in held:
        roles = "; ".join(f"{role.name} {role.place}".strip() for role in person.roles.all())
        state = "" if person.is_active else " (deactivated)"
        table.add_row(printable(person.full_name + state), printable(person.email), printable(roles))
    show(table)


def _partnership(name: str) -> "Partnership":
    from quarterday.plan.selectors import partnership_row

    return partnership_row(name)


def _end(email: str, name: str, partnership: "Partnership | None", county: str, why: str) -> None:
    from quarterday.people.models import Role
    from quarterday.people.services import role_end

    held = list(
        Role.objects.filter(
            person__email=email.strip().lower(), name=name, partnership=partnership, county__iexact=county
        )
    )
    if not held:
        raise InputError(f"{email} has no such role, so nothing was ended; see quarterday people list.")
    for each in held:
        role_end(role=each, by=None, why=why)
        say(f"{each}: ended.")
