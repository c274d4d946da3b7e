"""What the page „BiPRO“ tells one reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.queries import Account
from vermittlerpost.agencies.rules import Right
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.delivery.rules import Caller
from vermittlerpost.interfaces.portal.services.software_forms import FirmForm
from vermittlerpost.interfaces.portal.services.software_samples import Sample, samples
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.lib.software import SHIPMENTS, TOKENS

_MOST = 999
"""The highest number of shipments that is counted."""
_MOST_LYING = 20


@dataclass(frozen=True, kw_only=True)
class Address:
    """An address that is entered into the software, with the description that it may want."""

    id: str
    title: str
    url: str
    wsdl: str


@dataclass(frozen=True, kw_only=True)
class Access:
    """A technical user whose login an administrator sets up."""

    user: Account
    has_password: bool
    may_see: bool


@dataclass(frozen=True, kw_only=True)
class Lying:
    """An urgent letter that was neither fetched nor read in time."""

    entry: Any
    title: str


@dataclass(frozen=True, kw_only=True)
class SoftwarePage:
    """What the page shows; `accesses` and `firm` are for administrators."""

    callers: Sequence[Caller]
    number: int
    is_more: bool
    oldest: datetime | None
    lying: Sequence[Lying]
    lies_more: bool
    addresses: Sequence[Address]
    own_access: str
    may_see: bool
    administrators: Sequence[Account]
    accesses: Sequence[Access]
    firm: FirmForm | None
    takes_certificates: bool
    samples: Sequence[Sample]
    sample_login: str

    @property
    def has_technical_user(self) -> bool:
        """Tell whether a program of the firm may fetch."""
        return any(caller.technical and caller.active for caller in self.callers)


def page_of(reader: Account) -> SoftwarePage:
    """Gather the page for one reader."""
    callers = delivery.software_of(reader)
    number, oldest = delivery.uncollected(reader, _MOST + 1)
    lying = delivery.left_lying(reader, _MOST_LYING + 1)
    login = _sample_login(reader, callers)
    return SoftwarePage(
        callers=callers,
        number=min(number, _MOST),
        is_more=number > _MOST,
        oldest=oldest,
        lying=[Lying(entry=entry, title=KINDS[entry.kind].titled(entry.due_on)) for entry in lying[:_MOST_LYING]],
        lies_more=len(lying) > _MOST_LYING,
        addresses=_addresses(),
        own_access=_own_access(reader),
        may_see=Right.VIEW_PORTFOLIO in reader.rights,
        administrators=list(agencies.administrators_of(reader.firm_id)),
        accesses=_accesses(reader) if reader.administrator else (),
        firm=_firm(reader) if reader.administrator else None,
        takes_certificates=bool(settings.ENVIRONMENT.bipro_certificate_header),
        samples=samples(settings.ENVIRONMENT.base_url, login, _sample_shipment(reader)) if login else (),
        sample_login=login,
    )


def _addresses() -> list[Address]:
    base = settings.ENVIRONMENT.base_url.rstrip("/")
    places = (
        ("norm-410", gettext("Norm 410, Anmeldung (STS)"), TOKENS),
        ("norm-430", gettext("Norm 430, Lieferungen (Transfer)"), SHIPMENTS),
    )
    return [
        Address(id=anchor, title=title, url=f"{base}{path}", wsdl=f"{base}{path}?wsdl")
        for anchor, title, path in places
    ]


def _own_access(reader: Account) -> str:
    if agencies.may_use_software(reader):
        return gettext("Auch Sie selbst können abholen, mit Ihrer Benutzerkennung und Ihrem Kennwort für das Portal.")
    if reader.firm.people_use_software:
        return gettext("Sie selbst können nicht abholen: Ihnen fehlt das Recht „Dokumentenarchiv“.")
    return gettext("Sie selbst können nicht abholen: In Ihrer Firma dürfen das nur technische Benutzer.")


def _accesses(reader: Account) -> list[Access]:
    return [
        Access(
            user=user,
            has_password=user.has_usable_password(),
            may_see=Right.VIEW_PORTFOLIO in user.rights,
        )
        for user in agencies.users_of(reader.firm_id).filter(technical=True, is_active=True)
    ]


def _firm(reader: Account) -> FirmForm:
    firm = reader.firm
    return FirmForm(
        initial={
            "people_use_software": firm.people_use_software,
            "paper_if_uncollected": firm.paper_if_uncollected,
        }
    )


def _sample_login(reader: Account, callers: Sequence[Caller]) -> str:
    """Return for whom the samples are: the reader if he may fetch, else a technical user, else nobody."""
    if agencies.may_use_software(reader):
        return reader.login_id
    return next((caller.login_id for caller in callers if caller.technical and caller.active), "")


def _sample_shipment(reader: Account) -> str:
    """Return a shipment that the reader may see: one that waits, or else one that was taken, or else nothing."""
    found = chain(delivery.shipments(reader), delivery.shipments(reader, acknowledged=True))
    return next((line.id for line in found), "")
