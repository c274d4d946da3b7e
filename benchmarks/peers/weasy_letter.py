"""WeasyPrint: the same letter as HTML and CSS, with the same fonts, codes and tags."""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from vermittlerpost.letters import layout, rendering
from vermittlerpost.letters.layout import codes
from vermittlerpost.letters.rules import Facts

_TEMPLATE = Path(__file__).with_suffix(".html").read_text(encoding="utf-8")
_STYLE = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
_FONTS = f"{Path(layout.__path__[0]) / 'fonts'}/"


def render(facts: Facts) -> bytes:
    """Return the letter as PDF/UA-1; this library keeps one standard per file, so that it is no PDF/A as well."""
    fonts, style = _style()
    page = HTML(string=_page(facts))
    content = page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
    assert isinstance(content, bytes)
    return content


@cache
def _style() -> tuple[FontConfiguration, CSS]:
    fonts = FontConfiguration()
    return fonts, CSS(string=_STYLE, base_url=_FONTS, font_config=fonts)


def _page(facts: Facts) -> str:
    text, carrier, agency = rendering.text_of(facts), facts.carrier, facts.agency
    return _TEMPLATE.format(
        carrier=escape(carrier.name),
        title=escape(text.title),
        sender=escape(f"{carrier.legal_name} · {carrier.street} · {carrier.postcode} {carrier.city}"),
        address="<br>".join(map(escape, (agency.name, agency.street, f"{agency.postcode} {agency.city}"))),
        info=_info(facts),
        subject=escape(text.subject),
        salutation=escape(text.salutation),
        request=_paragraphs(text.request),
        deadline=escape(text.deadline),
        columns="".join(f"<th>{escape(column)}</th>" for column in text.columns),
        facts="".join(f"<tr><td>{escape(row.label)}</td><td>{escape(row.value)}</td></tr>" for row in text.facts),
        otherwise_title=escape(text.otherwise_title),
        otherwise=_paragraphs(text.otherwise),
        answer_title=escape(text.answer_title),
        answer="".join(f"<p><strong>{escape(row.label)}:</strong> {escape(row.value)}</p>" for row in text.answer),
        closing="<br>".join(map(escape, text.closing)),
        imprint=escape(carrier.imprint),
        matrix=_picture(codes.datamatrix(f"{facts.letter} 01 01")),
        qr=_picture(codes.qr(facts.portal_url)),
    )


def _info(facts: Facts) -> str:
    rows = {
        "Vorgang": facts.case,
        "Kennzeichen": facts.vehicle.plate,
        "Agentur": facts.agency.number,
        "Datum": f"{facts.issued_on:%d.%m.%Y}",
        "Ansprechpartner": facts.contact.name,
        "Telefon": facts.contact.phone,
        "E-Mail": facts.contact.email,
    }
    return "".join(f"<dt>{label}</dt><dd>{escape(value)}</dd>" for label, value in rows.items())


def _paragraphs(passages: Iterable[str]) -> str:
    return "".join(f"<p>{escape(passage)}</p>" for passage in passages)


def _picture(svg: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode('ascii')}"
