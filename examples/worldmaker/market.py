"""The market: three carriers under one roof, twenty firms, and sixty agencies in all sixteen Länder."""

from dataclasses import dataclass

from worldmaker.places import TOWNS, Town


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """A company of the group; `prefix` opens its eVB numbers."""

    code: str
    prefix: str
    name: str
    legal_name: str
    street: str
    postcode: str
    city: str


@dataclass(frozen=True, kw_only=True)
class Firm:
    """A firm; `users` holds one letter for each of its users (see people.KINDS)."""

    id: str
    name: str
    domain: str
    self_service: bool
    users: str


@dataclass(frozen=True, kw_only=True)
class Agency:
    """An agency number; the days of electronic delivery are both included and may be empty."""

    number: str
    parent: str
    name: str
    town: Town
    electronic_from: str
    electronic_until: str

    @property
    def firm(self) -> str:
        """Return the firm, which the first four digits of the number name."""
        return f"F{self.number[:4]}"


_CARRIERS = """
UH|QU|Ulmenhof Allgemeine|Ulmenhof Allgemeine Versicherungs-AG|Am Ulmenhof 1|34117|Kassel
FW|QF|Fuhrwerk Kraftfahrt|Fuhrwerk Kraftfahrt-Versicherungsverein a. G.|Am Ulmenhof 3|34117|Kassel
BW|QB|Brückenwart|Brückenwart Sachversicherung AG|Kontorplatz 8|20095|Hamburg
"""
_FIRMS = """
F0118|Rheinbogen Versicherungsmakler GmbH|rheinbogen-makler|no|AAAUUUUNRRRRPPSSETID
F0147|Alpenblick Finanz- und Versicherungsmakler GmbH & Co. KG|alpenblick-makler|no|AAUUUNRRRPPSMTID
F0203|Kontor von Behren Assekuranz KG|kontor-von-behren|yes|AAUUURRRPSNTE
F0219|Spreebogen Versicherungsmakler GmbH|spreebogen-makler|no|AAUURRSNTI
F0264|Kretzschmar & Töchter Versicherungsservice GmbH|kretzschmar-toechter|no|AUURRPNTE
F0301|Maklerverbund Mitte AG|maklerverbund-mitte|no|AAAUUUUURRRRRPPSSNNTIIDE
F0322|Assekuranzkontor Häberle & Söhne OHG|haeberle-soehne|no|AUURRNT
F0345|Versicherungsbüro Saar-Blies GbR|saar-blies|no|BUR
F0378|Müritz-Makler Feddersen & Partner mbB|mueritz-makler|no|AURPT
F0390|Börde-Versicherungskontor GmbH|boerde-kontor|no|AURRNZ
F0412|Leineblick Versicherungsmakler e. K.|leineblick|yes|AAURST
F0433|Versicherungsbüro Ottokar Zwickl e. K.|zwickl-versichert|no|A
F0455|Yıldırım Versicherungen|yildirim-dortmund|no|AUD
F0468|Rebenhang Versicherungsvermittlung Klopp|rebenhang-klopp|no|AD
F0471|Weser-Ems-Kontor Osterkamp GmbH|weser-ems-kontor|no|AURT
F0489|Dreisam-Assekuranz GmbH|dreisam-assekuranz|yes|AURM
F0502|Flottenkontor Berlin UG (haftungsbeschränkt)|flottenkontor|no|AUTN
F0517|Saalewind Versicherungen|saalewind|no|UN
F0533|Fördekontor Petersen & Thomsen KG|foerdekontor|no|AURIE
F0560|Mosel-Eifel-Versicherungsmakler GmbH|mosel-eifel-makler|no|ABURTS
"""
_AGENCIES = """
0118000||Rheinbogen Versicherungsmakler GmbH|Köln|2023-05-16|
0118100|0118000|Rheinbogen Versicherungsmakler GmbH, Niederlassung Bonn|Bonn|2023-05-16|
0118110|0118100|Versicherungsbüro Esser & Nettekoven|Euskirchen|2024-01-01|
0118111|0118110|Thea Wollersheim, Versicherungsvermittlung|Bad Münstereifel|2026-03-24|
0118200|0118000|Rheinbogen Versicherungsmakler GmbH, Niederlassung Düsseldorf|Düsseldorf|2023-05-16|
0118210|0118200|Agentur Quirinus Neuss|Neuss|2024-07-01|2026-03-24
0118300|0118000|Lippe-Versicherungsdienst Strößner|Lünen|2024-01-01|
0147000||Alpenblick Finanz- und Versicherungsmakler GmbH & Co. KG|München|2023-09-01|
0147100|0147000|Alpenblick Geschäftsstelle Innkreis|Mühldorf a. Inn|2023-09-01|
0147110|0147100|Versicherungsbüro Gnadenkapellplatz Übelhör|Altötting||
0147200|0147000|Alpenblick Geschäftsstelle Mainfranken|Würzburg|2024-03-01|
0147210|0147200|Versicherungskontor Grüner Markt|Bamberg|2024-03-01|
0147300|0147000|Alpenblick Geschäftsstelle Fürth|Fürth|2025-01-01|
0203000||Kontor von Behren Assekuranz KG|Hamburg|2023-05-16|
0203100|0203000|Kontor von Behren, Filiale Lübeck|Lübeck|2023-05-16|
0203110|0203100|Inselstadt-Versicherungen Wiesner|Ratzeburg||
0203200|0203000|Kontor von Behren, Filiale Bremen|Bremen|2023-05-16|
0203210|0203200|Wesermündung Versicherungsvermittlung|Bremerhaven|2025-06-01|
0219000||Spreebogen Versicherungsmakler GmbH|Berlin|2023-06-01|
0219100|0219000|Spreebogen Potsdam, Inh. Friederike Lorenz|Potsdam|2023-06-01|
0219200|0219000|Lausitzer Versicherungsdienst Nowak|Cottbus|2026-04-01|
0219300|0219000|Spreebogen Versicherungsmakler GmbH, Zweigstelle Ost|Berlin|2023-06-01|
0264000||Kretzschmar & Töchter Versicherungsservice GmbH|Dresden|2024-01-01|
0264100|0264000|Oberlausitzer Versicherungsstube Zöllner|Löbau||
0264110|0264100|Versicherungen an der Neiße|Görlitz|2024-10-01|
0264200|0264000|Kretzschmar & Töchter, Büro Leipzig|Leipzig|2024-01-01|
0301000||Maklerverbund Mitte AG|Frankfurt am Main|2023-05-16|
0301100|0301000|Versicherungsmakler Wetterau Großkopf GmbH|Büdingen|2023-05-16|
0301200|0301000|Fulda-Werra-Assekuranz|Kassel|2023-11-01|
0301300|0301000|Gutenberg Versicherungsmakler|Mainz|2023-05-16|
0301310|0301300|Versicherungs- und Finanzdienstleistungsbüro Südliche Weinstraße Löffelholz & Hückstädt GbR|\
Bad Bergzabern|2024-05-01|
0301400|0301000|Thüringer Assekuranzbüro Krämerbrücke|Erfurt|2024-01-01|
0301410|0301400|Versicherungsbüro Unstrut-Finne|Sömmerda|2026-04-20|
0322000||Assekuranzkontor Häberle & Söhne OHG|Stuttgart|2023-07-01|
0322100|0322000|Häberle & Söhne, Büro Stiftskirche|Tübingen|2023-07-01|
0322200|0322000|Hohenloher Versicherungsdienst|Künzelsau|2026-07-01|
0345000||Versicherungsbüro Saar-Blies GbR|Saarbrücken|2025-01-01|
0345100|0345000|Saar-Blies Homburg, Inh. Nicole Pfeiffer|Homburg||
0378000||Müritz-Makler Feddersen & Partner mbB|Rostock|2024-02-01|
0378100|0378000|Müritz-Makler, Büro am Hafen|Röbel/Müritz|2026-05-04|
0378200|0378000|Versicherungen am Pfaffenteich|Schwerin|2024-02-01|
0390000||Börde-Versicherungskontor GmbH|Magdeburg|2024-06-01|
0390100|0390000|Ohre-Versicherungsbüro Kühn|Haldensleben||
0390200|0390000|Saalestadt-Versicherungskontor|Halle (Saale)|2024-06-01|
0412000||Leineblick Versicherungsmakler e. K.|Göttingen|2023-05-16|
0412100|0412000|Leineblick Hannover|Hannover|2023-05-16|
0412200|0412100|Versicherungsstube am Münsterplatz|Northeim|2024-01-01|2026-04-30
0433000||Versicherungsbüro Ottokar Zwickl e. K.|Nördlingen||
0455000||Yıldırım Versicherungen|Dortmund|2025-03-01|
0468000||Rebenhang Versicherungsvermittlung Klopp|Rüdesheim am Rhein|2025-09-01|
0471000||Weser-Ems-Kontor Osterkamp GmbH|Oldenburg|2023-10-01|
0471100|0471000|Weser-Ems-Kontor, Büro Leer|Leer|2023-10-01|2026-01-31
0489000||Dreisam-Assekuranz GmbH|Freiburg im Breisgau|2023-05-16|
0489100|0489000|Dreiländereck-Versicherungen|Lörrach|2026-03-16|
0502000||Flottenkontor Berlin UG (haftungsbeschränkt)|Berlin|2024-01-01|
0517000||Saalewind Versicherungen|Jena|2025-01-01|
0533000||Fördekontor Petersen & Thomsen KG|Flensburg|2023-05-16|
0533100|0533000|Fördekontor, Büro Husum|Husum||
0560000||Mosel-Eifel-Versicherungsmakler GmbH|Trier|2023-05-16|
0560100|0560000|Bitburger Land Versicherungen|Bitburg|2023-05-16|2025-12-31
"""


def _carrier(line: str) -> Carrier:
    code, prefix, name, legal_name, street, postcode, city = line.split("|")
    return Carrier(
        code=code,
        prefix=prefix,
        name=name,
        legal_name=legal_name,
        street=street,
        postcode=postcode,
        city=city,
    )


def _firm(line: str) -> Firm:
    firm_id, name, domain, self_service, users = line.split("|")
    return Firm(id=firm_id, name=name, domain=f"{domain}.example", self_service=self_service == "yes", users=users)


def _agency(line: str) -> Agency:
    number, parent, name, town, begins, ends = line.split("|")
    return Agency(
        number=number,
        parent=parent,
        name=name,
        town=TOWNS[town],
        electronic_from=begins,
        electronic_until=ends,
    )


CARRIERS = {carrier.code: carrier for carrier in map(_carrier, _CARRIERS.strip().splitlines())}
FIRMS = {firm.id: firm for firm in map(_firm, _FIRMS.strip().splitlines())}
AGENCIES = {agency.number: agency for agency in map(_agency, _AGENCIES.strip().splitlines())}


def agencies_of(firm: str) -> list[Agency]:
    """Return the agencies of a firm in the order of their numbers."""
    return [agency for agency in AGENCIES.values() if agency.firm == firm]


def children_of(number: str) -> list[Agency]:
    """Return the agencies directly beneath an agency."""
    return [agency for agency in AGENCIES.values() if agency.parent == number]
