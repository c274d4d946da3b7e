"""The evidence as people read it: a dossier in German, with everything that machines check enclosed."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from vermittlerpost.delivery.channels import CHANNELS
from vermittlerpost.interfaces.ops.evidence.package import Package, written
from vermittlerpost.interfaces.ops.evidence.words import INTRODUCTION
from vermittlerpost.interfaces.ops.words import ORIGINS, OUTCOMES, REASONS, RECEIPTS
from vermittlerpost.letters.layout import sheet
from vermittlerpost.letters.layout.characters import printable
from vermittlerpost.lib import clock, pdf

PACKAGE = "nachweis.json"
_MAIN = '#import "evidence.typ": dossier\n#dossier(json("dossier.json"))\n'
Section = Mapping[str, Any]


def name_of(letter: str) -> str:
    """Return under which name a letter's PDF is enclosed."""
    return f"{letter}.pdf"


def draw(package: Package, letters: Mapping[str, bytes]) -> bytes:
    """Return the dossier as PDF/A-3a with the package and the letters enclosed; the same content, the same bytes."""
    enclosed = {PACKAGE: written(package)} | {name_of(letter): content for letter, content in letters.items()}
    # What is not text reaches the press as numbers: its files are texts.
    files = {name: json.dumps(list(content)) for name, content in enclosed.items()}
    files["dossier.json"] = json.dumps(_dossier(package), ensure_ascii=False)
    return _press().typeset(_MAIN, files, on=clock.german_day(_at(package["made_at"])), form=pdf.ACCESSIBLE)


@cache
def _press() -> pdf.Press:
    return pdf.Press(Path(__file__).parent / "layout", fonts=sheet.FOLDER / "fonts")


def _dossier(package: Package) -> Section:
    case, signer = package["case"], package["signer"]
    return {
        "title": f"Nachweis zum Vorgang {case['id']}",
        "operator": printable(package["operator"]),
        "introduction": INTRODUCTION,
        "facts": _pairs(
            ("Erstellt", _moment(package["made_at"])),
            ("Betreiber", package["operator"]),
            ("Unterzeichner", signer["subject"]),
            ("Kennzeichen", case["plate"]),
            ("Agentur", case["agency"]),
            ("Zulassungsmitteilung", case["message_id"]),
            ("Eröffnet", _day(case["opened_on"])),
            ("Zustand", case["state_title"]),
            ("Beendet", _day(case["closed_on"])),
        ),
        "sections": [*map(_letter, package["letters"]), _downtime(package), *_chains(package["journal"])],
        "enclosed": [
            {"name": PACKAGE, "mime": "application/json", "relationship": "data", "says": "Alle Angaben für Programme"},
            *(
                {
                    "name": name_of(one["letter"]),
                    "mime": "application/pdf",
                    "relationship": "source",
                    "says": one["title"],
                }
                for one in package["letters"]
            ),
        ],
    }


def _letter(letter: Mapping[str, Any]) -> Section:
    return {
        "title": f"Schreiben {letter['letter']}: {letter['title']}",
        "facts": _pairs(
            ("Stufe, Dringlichkeit", f"{letter['level']}, {letter['urgency']}"),
            ("Gefertigt", _moment(letter["issued_at"])),
            ("Frist", _day(letter["due_on"])),
            ("Versandweg", CHANNELS[letter["channel"]].title if letter["channel"] in CHANNELS else letter["channel"]),
            ("Erledigt", _day(letter["settled_on"])),
            ("SHA-256 des PDF", letter["sha256"]),
        ),
        "tables": [
            _table(
                "Empfang", ["Zeitpunkt", "was", "durch"], [3, 4, 3],
                [[_moment(r["at"]), RECEIPTS.get(r["kind"], r["kind"]), r["actor"]] for r in letter["receipts"]],
            ),
            _table(
                "Wer benachrichtigt wurde, und warum",
                ["Benutzer", "Ergebnis", "Grund", "Einstellung", "Herkunft", "Mail", "gesendet"], [4, 4, 4, 2, 5, 4, 4],
                [_decided(one) for one in letter["decisions"]],
            ),
        ],
    }  # fmt: skip


def _decided(one: Mapping[str, Any]) -> list[str]:
    chosen = f" am {_moment(one['chosen']['at'])} durch {one['chosen']['actor']}" if one["chosen"] else ""
    return [
        one["login_id"],
        OUTCOMES.get(one["outcome"], one["outcome"]),
        REASONS.get(one["reason"], one["reason"] or "–"),
        one["preference"] or "–",
        ORIGINS.get(one["origin"], one["origin"]) + chosen,
        one["mail"] or "–",
        _moment(one["sent_at"]),
    ]


def _downtime(package: Package) -> Section:
    spans = [[_moment(one["since"]), _moment(one["until"])] for one in package["downtime"]["spans"]]
    return {
        "title": "Ausfälle",
        "facts": _pairs(("Quelle", package["downtime"]["source"])),
        "tables": [_table("Stillstand", ["von", "bis"], [1, 1], spans)],
    }


def _chains(journal: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Section]:
    heads = ["Nr.", "Zeitpunkt", "wer", "was", "SHA-256 (Anfang)"]
    return [
        {
            "title": f"Journal {subject}",
            "facts": _pairs(("Kette", f"{len(chain)} Einträge, Ende {chain[-1]['hash'] if chain else '–'}")),
            "tables": [
                _table(
                    "Einträge", heads, [1, 4, 3, 9, 3],
                    [[str(e["position"]), _moment(e["at"]), e["actor"], e["sentence"], e["hash"][:16]] for e in chain],
                )
            ],
        }
        for subject, chain in journal.items()
    ]  # fmt: skip


def _table(title: str, heads: Sequence[str], widths: Sequence[int], lines: Sequence[Sequence[str]]) -> Section:
    shown = [[printable(cell) for cell in line] for line in lines]
    return {"title": title, "heads": heads, "widths": widths, "lines": shown, "empty": f"{title}: nichts verzeichnet."}


def _pairs(*pairs: tuple[str, str | None]) -> list[list[str]]:
    return [[label, printable(value)] for label, value in pairs if value]


def _at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def _moment(moment: str | None) -> str:
    return f"{_at(moment).astimezone(clock.GERMANY):%d.%m.%Y %H:%M:%S}" if moment else "–"


def _day(day: str | None) -> str:
    return f"{date.fromisoformat(day):%d.%m.%Y}" if day else ""
