"""People are added, and roles given and ended: each a change that the trail keeps, with who and why."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.people.models import COUNTY_ROLES, Person, Role, RoleName
from quarterday.people.rules import Viewer, may_change_role
from quarterday.plan.models import Agency, Partnership, changing


def person_add(*, email: str, full_name: str, password: str | None = None) -> Person:
    """Let somebody in under this address. Without a password they choose one by a link that is sent to them.

    Errors: no address, one that is held already, no name, a password that is too easy.
    """
    address = email.strip().lower()
    person = Person(email=address, full_name=" ".join(full_name.split()))
    _refuse(lambda: validate_email(address), f"{email!r} is no e-mail address; write one such as name@council.example.")
    if not person.full_name:
        raise InputError(f"{address}: no name came; give the full name, which others see.")
    if Person.objects.filter(email=address).exists():
        raise InputError(f"{address} is the address of somebody who was added already; give that person a role.")
    if password is None:
        person.set_unusable_password()
    else:
        _refuse(lambda: validate_password(password, person), f"{address}: the password is too easy to guess.")
        person.set_password(password)
    with transaction.atomic():
        person.save()
        # Whoever adds somebody vouches for the address, so that nobody has to confirm it.
        EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    return person


def _refuse(check: Callable[[], object], sentence: str) -> None:
    try:
        check()
    except ValidationError:
        raise InputError(sentence) from None


def role_give_to_address(
    *,
    email: str,
    full_name: str,
    name: str,
    by: Person,
    why: str,
    partnership: Partnership | None = None,
    agency: str = "",
    county: str = "",
) -> tuple[Role, bool]:
    """Give a role to whoever has this address, and say whether they had to be added first: both or none.

    Errors: those of ``person_add`` and ``role_give``.
    """
    with transaction.atomic():
        person = Person.objects.filter(email=email.strip().lower()).first()
        is_new = person is None
        person = person or person_add(email=email, full_name=full_name)
        role = role_give(
            person=person, name=name, by=by, why=why, partnership=partnership, agency=agency, county=county
        )
    return role, is_new


def person_get(*, email: str) -> Person:
    """The person of this address, in any letter case."""
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise InputError(f"{email} came, but nobody of that address was added; add them with quarterday people add.")
    return person


def role_give(
    *,
    person: Person,
    name: str,
    by: Person | None,
    why: str,
    partnership: Partnership | None = None,
    agency: str = "",
    county: str = "",
) -> Role:
    """Give a role in a partnership (a contributor's with the agency), in a county, or to the workspace.

    ``by`` is ``None`` at the terminal. Errors: a role that does not fit its place, that the person has already, that
    ``by`` may not give, or that would let an administrator sign.
    """
    role = Role(person=person, name=_known(name), partnership=partnership, county=" ".join(county.split()))
    _refuse_misplaced(role, agency)
    role.agency = _agency_of(partnership, agency) if partnership and agency else None
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)  # so that two who give at once do not both find it free
        _refuse_unfit(role)
        _refuse_without_right(by, role)
        with changing(by=by, why=reason_given(why), partnership=partnership):
            role.save()
    return role


def role_end(*, role: Role, by: Person | None, why: str) -> None:
    """End a role at once; the trail keeps it. Errors: a role that ``by`` may not end, or that has ended already."""
    _refuse_without_right(by, role)
    with transaction.atomic(), changing(by=by, why=reason_given(why), partnership=role.partnership):
        held = Role.objects.select_for_update().filter(pk=role.pk).first()
        if held is None:
            raise InputError(f"{role}: ended already, by somebody else; there is nothing to do.")
        held.delete()


def _known(name: str) -> RoleName:
    try:
        return RoleName(name.strip().lower())
    except ValueError:
        raise InputError(f"{name!r} is no role; wanted one of {', '.join(RoleName)}.") from None


def reason_given(why: str) -> str:
    """The reason without blanks around it. Errors: there is none."""
    if not why.strip():
        raise InputError("no reason came; say in a few words why, since it is kept with the change.")
    return why.strip()


def _refuse_misplaced(role: Role, agency: str) -> None:
    if role.name == RoleName.ADMINISTRATOR:
        if role.partnership or role.county or agency:
            raise InputError("an administrator is one everywhere; leave out partnership, county and agency.")
    elif (role.partnership is None) == (not role.county):
        raise InputError(f"a {role.name} is one of a partnership or of a county; give the one or the other.")
    if role.county and role.name not in COUNTY_ROLES:
        raise InputError(f"nobody is {role.name} of a county; there, roles are {', '.join(COUNTY_ROLES)}.")
    if (role.name == RoleName.CONTRIBUTOR) != bool(agency):
        raise InputError("a contributor, and nobody else, is one of an agency; give or leave out the agency.")


def _agency_of(partnership: Partnership, name: str) -> Agency:
    held = list(Agency.objects.filter(partnership=partnership))
    for agency in held:
        if key_of(name) in {key_of(agency.short_name), key_of(agency.name)}:
            return agency
    known = ", ".join(agency.short_name for agency in held) or "none"
    raise InputError(f"{name!r} is no agency of {partnership}; its plan has {known}.")


def _refuse_unfit(role: Role) -> None:
    alike = Role.objects.filter(
        person=role.person, name=role.name, partnership=role.partnership, agency=role.agency, county__iexact=role.county
    )
    if alike.exists():
        raise InputError(f"{role}: a role that is held already; there is nothing to do.")
    both = {RoleName.ADMINISTRATOR, RoleName.SIGNATORY}
    if role.name in both and Role.objects.filter(person=role.person, name__in=both - {role.name}).exists():
        raise InputError(
            f"{role.person} would be administrator and signatory; who gives out roles must not sign, "
            "so end the one role first, or choose somebody else."
        )


def _refuse_without_right(by: Viewer | None, role: Role) -> None:
    """At the terminal, where ``by`` is ``None``, whoever runs the program holds the database anyhow."""
    if by is not None and not may_change_role(by, role):
        raise InputError(f"{by} may not give or end the role: {role}. Ask a manager of the partnership.")
