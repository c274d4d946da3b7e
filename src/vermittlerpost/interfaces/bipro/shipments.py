"""A shipment (Lieferung) as norm 430 writes it: short in a list, with what the letter is about when it is fetched."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vermittlerpost.cases.rules import NextStep
from vermittlerpost.delivery.rules import Alike, Content, Detail
from vermittlerpost.interfaces.bipro import remarks
from vermittlerpost.interfaces.bipro.envelope import elements, local
from vermittlerpost.interfaces.bipro.namespaces import ALLGEMEIN, GEVO, INSTANCE, MIME, TRANSFER_GEVO, Prefixes

DECLARED = (
    f' xmlns:allg="{ALLGEMEIN}" xmlns:gevo="{GEVO}" xmlns:xf-gevo="{TRANSFER_GEVO}" xmlns:xsi="{INSTANCE}"'
    f' xmlns:xmime="{MIME}"'
)
"""The namespaces that an envelope with a whole shipment declares."""

_MOTOR = "050"
_BY_THE_CARRIER = "001"


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What is told with a shipment and is not in it: its case's next step, and what its carrier wants to be told."""

    step: NextStep | None
    company_number: str
    policy_number: str


def listed(prefixes: Prefixes, pages: Iterable[Sequence[Alike]]) -> Iterator[str]:
    """Yield the shipments of a list, page by page; nothing in them needs to be escaped."""
    for page in pages:
        yield "".join([_alike(prefixes.tran, alike) for alike in page])


def letter(prefixes: Prefixes, detail: Detail, around: Surroundings, data: str) -> str:
    """Return the shipment of a letter; `data` is what refers to its PDF."""
    return _whole(prefixes, detail, around, _file(detail, data))


def ending(prefixes: Prefixes, detail: Detail, around: Surroundings) -> str:
    """Return the shipment that tells the end of a case, and brings no document."""
    return _whole(prefixes, detail, around, "")


def _alike(tran: str, alike: Alike) -> str:
    """Return shipments that differ in their ids: what surrounds an id is written once for all of them."""
    texts = (
        ("Einstellzeitpunkt", alike.provided_at.replace(" ", "T")),
        ("Bestaetigungszeitpunkt", (alike.acknowledged_at or "").replace(" ", "T")),
        ("Kategorie", alike.category),
        ("VerfuegbarBis", alike.available_until),
        ("EnthaeltNurDaten", "true" if alike.content == Content.ENDING else "false"),
        ("AnzahlTransfers", "1"),
    )
    start, end = f"<{tran}Lieferung><{tran}ID>", f"</{tran}ID>{elements(tran, texts)}</{tran}Lieferung>"
    return start + (end + start).join(alike.ids) + end


def _whole(prefixes: Prefixes, detail: Detail, around: Surroundings, file: str) -> str:
    tran = prefixes.tran
    before = (
        ("ID", detail.id),
        ("Einstellzeitpunkt", local(detail.provided_at)),
        ("Bestaetigungszeitpunkt", local(detail.acknowledged_at) if detail.acknowledged_at else ""),
        ("Kategorie", detail.category),
        ("VerfuegbarBis", detail.available_until.isoformat()),
    )
    after = (("EnthaeltNurDaten", "false" if file else "true"), ("AnzahlTransfers", "1"))
    return (
        f'<{tran}Lieferung>{elements(tran, before)}<{tran}Transfer xsi:type="xf-gevo:CT_GeVoTransfer">'
        f"{_event(detail, around, file)}{_transfer(tran, detail, around)}</{tran}Transfer>"
        f"{elements(tran, after)}</{tran}Lieferung>"
    )


def _event(detail: Detail, around: Surroundings, file: str) -> str:
    """Return the business event (Geschäftsvorfall): letters that follow one another bear the same number."""
    texts = (
        ("Vorgangsnummer", detail.case),
        ("Erstelldatum", local(detail.provided_at)),
        ("Freitext", remarks.remark(detail, around.step)),
        ("ArtID", detail.category),
    )
    agency = elements("allg:", [("Vermittlernummer", detail.agency)])
    return f"{elements('gevo:', texts)}<gevo:Vermittler>{agency}</gevo:Vermittler>{file}"


def _file(detail: Detail, data: str) -> str:
    name = (("Dateiname", remarks.file_name(detail)), ("Dateityp", "Dokument"))
    rest = (
        ("Komprimierungstyp", "KEINE"),
        ("Erstelldatum", local(detail.provided_at)),
        ("DokumentartID", "Erinnerung" if remarks.is_reminder(detail) else "Anschreiben"),
        ("Kurzbeschreibung", remarks.summary(detail)),
    )
    return (
        f'<gevo:Datei>{elements("allg:", name)}<allg:Daten xmime:contentType="application/pdf">{data}</allg:Daten>'
        f"{elements('allg:', rest)}</gevo:Datei>"
    )


def _transfer(tran: str, detail: Detail, around: Surroundings) -> str:
    due_on = detail.facts.due_on if detail.content == Content.LETTER else None
    texts = (
        ("Sparte", _MOTOR),
        ("VerfallsdatumDesGeschaeftsvorfalls", due_on.isoformat() if due_on else ""),
        ("AusloeserDesGeschaeftsvorfalls", _BY_THE_CARRIER),
        ("ParalleleMeldungDesGeschaeftsvorfalls", "true" if detail.goes_by_post else "false"),
    )
    filed_by = (
        ("Versicherungsscheinnummer", around.policy_number),
        ("Antragsnummer", detail.case),
        ("Unternehmensnummer", around.company_number),
        ("Unternehmensnummernart", "BaFin" if around.company_number else ""),
    )
    return f"{elements(tran, texts)}<{tran}Zuordnungsdaten>{elements(tran, filed_by)}</{tran}Zuordnungsdaten>"
