"""What surrounds every page of the back office: where one is, and where one may go."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from vermittlerpost.agencies.queries import Account
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.cases import queries as cases
from vermittlerpost.interfaces.backoffice.pages import ALL_ROLES, has_role


@dataclass(frozen=True, kw_only=True)
class Area:
    """A main entry of the navigation; `name` is that of its first page's address."""

    title: str
    name: str
    roles: frozenset[StaffRole] = ALL_ROLES


def _of(*roles: StaffRole) -> frozenset[StaffRole]:
    return frozenset({*roles, StaffRole.AUDITOR})


AREAS = (
    Area(title="Aufgaben", name="desk"),
    Area(title="Vorgänge", name="desk_search"),
    Area(title="Firmen", name="firms", roles=_of(StaffRole.ADMINISTRATOR, StaffRole.CASE_WORKER)),
    Area(title="Prozesse", name="processes"),
    Area(title="Mails", name="mail_log", roles=_of(StaffRole.ADMINISTRATOR, StaffRole.CASE_WORKER)),
    Area(title="Druck", name="printing", roles=_of(StaffRole.PRINT)),
    Area(title="Einlieferungen", name="feedings", roles=_of(StaffRole.ADMINISTRATOR, StaffRole.CASE_WORKER)),
    Area(title="MaklerTicker", name="articles", roles=_of(StaffRole.EDITOR)),
    Area(title="Zahlen", name="figures"),
    Area(title="Journal", name="record", roles=_of(StaffRole.ADMINISTRATOR)),
    Area(title="Personen", name="staff", roles=_of(StaffRole.ADMINISTRATOR)),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation of the back office for whoever works there; nothing for others."""
    user = getattr(request, "user", None)
    if not isinstance(user, Account) or not user.roles or not request.path.startswith(reverse("desk")):
        return {}
    return {
        "desk_areas": [
            {"title": area.title, "url": reverse(area.name), "is_here": _is_here(request.path, area)}
            for area in AREAS
            if has_role(user, area.roles)
        ],
        "halt_notice": cases.halt_notice(),
        "only_reads": set(user.roles) == {StaffRole.AUDITOR},
        "role_names": ", ".join(StaffRole(role).words for role in user.roles),
    }


def _is_here(path: str, area: Area) -> bool:
    url = reverse(area.name)
    if area.name != "desk":
        return path.startswith(url)
    return not any(path.startswith(reverse(other.name)) for other in AREAS if other.name != "desk")
