"""Ask what was written."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from vermittlerpost.agencies import models as agency_models
from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.models import User
from vermittlerpost.agencies.rules import Right
from vermittlerpost.letters import rendering
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.letters.models import Letter, Rendering
from vermittlerpost.letters.rendering import Text
from vermittlerpost.letters.rules import Agency, Carrier, Contact, EarlierLetter, Facts, Party, Vehicle
from vermittlerpost.lib.storage import Bucket, FolderStore, ObjectStore, Store


def visible_to(user: User) -> QuerySet[Letter]:
    """Return the letters that a user may see: of the agencies in his scope, if he may see portfolio data at all."""
    if not user.is_active or Right.VIEW_PORTFOLIO not in user.rights:
        return Letter.objects.none()
    visible = list(agencies.visible_to(user).values_list("number", flat=True))
    return Letter.objects.filter(agency__in=visible)


def of_case(case: str) -> QuerySet[Letter]:
    """Return the letters of a case in the order of their issue."""
    return Letter.objects.filter(case=case).order_by("issued_at", "level", "id")


def case_of(letter: str) -> str:
    """Return the case of a letter, or nothing if it is unknown."""
    return Letter.objects.filter(id=letter).values_list("case", flat=True).first() or ""


def facts_of(letter_ids: Sequence[str]) -> list[Facts]:
    """Return the frozen facts of letters in the given order."""
    frozen = dict(Letter.objects.filter(id__in=letter_ids).values_list("id", "facts"))
    return [Facts.from_json(frozen[letter]) for letter in letter_ids]


def addressee(agency: agency_models.Agency) -> Agency:
    """Return an agency as a letter of today addresses it."""
    return Agency(
        number=agency.number, name=agency.name, street=agency.street, postcode=agency.postcode, city=agency.city
    )


def text_of(letter: str) -> Text:
    """Return what a letter says, in the words of its PDF; refuses an unknown letter with DoesNotExist."""
    return rendering.text_of(Facts.from_json(Letter.objects.values_list("facts", flat=True).get(id=letter)))


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What was written in a case so far, oldest first, and the agencies that it went to."""

    letters: tuple[EarlierLetter, ...] = ()
    agencies: frozenset[str] = frozenset()


def earlier_in(cases: Sequence[str]) -> Mapping[str, Earlier]:
    """Return what was written in each of the cases so far."""
    earlier: dict[str, Earlier] = defaultdict(Earlier)
    letters = Letter.objects.filter(case__in=cases).order_by("issued_at", "id")
    for case, kind, issued_on, due_on, agency in letters.values_list("case", "kind", "issued_on", "due_on", "agency"):
        before, letter = earlier[case], EarlierLetter(title=KINDS[kind].titled(due_on), issued_on=issued_on)
        earlier[case] = Earlier(letters=(*before.letters, letter), agencies=before.agencies | {agency})
    return earlier


def store() -> Store:
    """Return where PDFs are kept: in an object store if one is set, else in a folder of the house."""
    environment = settings.ENVIRONMENT
    if not environment.s3_bucket:
        return FolderStore(settings.HOME / "letters")
    bucket = Bucket(
        name=environment.s3_bucket,
        prefix=environment.s3_prefix,
        endpoint=environment.s3_endpoint,
        region=environment.s3_region,
        access_key=environment.s3_access_key,
        secret_key=environment.s3_secret_key.get_secret_value(),
    )
    return ObjectStore(bucket)


def kept_pdfs() -> Iterator[str]:
    """Yield the hashes of all PDFs that must be in the store, in their order."""
    kept = Rendering.objects.filter(letter__erased_on=None).exclude(sha256="")
    return kept.order_by("sha256").values_list("sha256", flat=True).iterator()


def written_in(cases: QuerySet[Any]) -> QuerySet[Letter]:
    """Return the letters of the cases whose ids a query finds."""
    return Letter.objects.filter(case__in=cases)


def erased_pdfs() -> Iterator[str]:
    """Yield the hashes of PDFs that must no longer be in the store."""
    return (
        Rendering.objects.exclude(letter__erased_on=None).exclude(sha256="").values_list("sha256", flat=True).iterator()
    )


def hashes_of(letters: Sequence[str]) -> dict[str, str]:
    """Return the hash of each letter's PDF, as far as it is made."""
    return dict(Rendering.objects.filter(letter__in=letters).exclude(sha256="").values_list("letter", "sha256"))


def to_render() -> QuerySet[Rendering]:
    """Return the letters whose PDF is not made yet."""
    return Rendering.objects.filter(sha256="", stuck_at=None)


def stuck() -> QuerySet[Rendering]:
    """Return the letters whose PDF could not be made."""
    return Rendering.objects.exclude(stuck_at=None)


_MADE_UP = {
    "carrier": Carrier(
        name="Nordlicht",
        legal_name="Nordlicht Versicherung AG",
        street="Leuchtturmweg 1",
        postcode="24103",
        city="Kiel",
        imprint="Nordlicht Versicherung AG, Leuchtturmweg 1, 24103 Kiel",
    ),
    "agency": Agency(
        number="004711", name="Maklerbüro Brückner", street="Am Römertor 12", postcode="50667", city="Köln"
    ),
    "contact": Contact(name="Jördis Ackermann", email="j.ackermann@nordlicht.example", phone="0431 5550-120"),
    "vehicle": Vehicle(plate="K-WB 4444", vin="WVWZZZ1JZ3W386752", hsn="0603", tsn="BKX"),
    "evb": "NL7K2P9",
    "authority": "Stadt Köln",
    "policyholder": Party(name="Sören Übelacker", street="Weiße Gasse 3", postcode="50668", city="Köln"),
}
"""Whom specimens are about: nobody."""
_BEFORE = timedelta(days=14)


def specimen(
    kind: str,
    urgency: str,
    *,
    on: date,
    due_on: date | None = None,
    next_step: str = "",
    earlier: Sequence[str] = (),
) -> Facts:
    """Return facts for a letter that is shown and never written: about nobody, by a made-up carrier.

    `earlier` are the kinds that were written before it, two weeks apart.
    """
    days = [on - _BEFORE * (len(earlier) - number) for number in range(len(earlier))]
    return Facts(
        letter="S-MUSTER",
        case="V-MUSTER",
        kind=kind,
        level=len(earlier),
        urgency=urgency,
        issued_on=on,
        due_on=due_on,
        first_requested_on=days[0] if days else None,
        next_step=next_step,
        portal_url="https://portal.nordlicht.example/",
        registered_on=on - _BEFORE * (len(earlier) + 1),
        earlier=tuple(
            EarlierLetter(title=KINDS[one].title, issued_on=day) for one, day in zip(earlier, days, strict=True)
        ),
        wording=KINDS[kind].version,
        **_MADE_UP,  # type: ignore[arg-type]  # each has its own type
    )
