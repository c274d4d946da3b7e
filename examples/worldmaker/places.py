"""Real towns with postcode, plate district and authority: invented people have to live somewhere."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Town:
    """A town, its Land (NW), some of its postcodes, and who registers vehicles there."""

    name: str
    state: str
    postcodes: tuple[str, ...]
    district: str
    authority: str


_TOWNS = """
NW|50667 50823 51063|Köln|K|Stadt Köln
NW|53111 53177 53225|Bonn|BN|Bundesstadt Bonn
NW|53879|Euskirchen|EU|Kreis Euskirchen
NW|53902|Bad Münstereifel|EU|Kreis Euskirchen
NW|40213 40476 40599|Düsseldorf|D|Landeshauptstadt Düsseldorf
NW|41460 41464|Neuss|NE|Rhein-Kreis Neuss
NW|44532 44534|Lünen|LÜN|Kreis Unna
NW|44135 44263|Dortmund|DO|Stadt Dortmund
NW|52062 52066|Aachen|AC|StädteRegion Aachen
NW|48143 48155|Münster|MS|Stadt Münster
NW|58511|Lüdenscheid|LÜD|Märkischer Kreis
NW|33602 33615|Bielefeld|BI|Stadt Bielefeld
BY|80331 80796 81541|München|M|Landeshauptstadt München
BY|84453|Mühldorf a. Inn|MÜ|Landratsamt Mühldorf a. Inn
BY|84503|Altötting|AÖ|Landratsamt Altötting
BY|97070 97074|Würzburg|WÜ|Stadt Würzburg
BY|96047 96052|Bamberg|BA|Stadt Bamberg
BY|90762 90766|Fürth|FÜ|Stadt Fürth
BY|86720|Nördlingen|NÖ|Landratsamt Donau-Ries
BY|86150 86199|Augsburg|A|Stadt Augsburg
BY|93047 93053|Regensburg|R|Stadt Regensburg
BY|82467|Garmisch-Partenkirchen|GAP|Landratsamt Garmisch-Partenkirchen
BY|97631|Bad Königshofen i. Grabfeld|KÖN|Landratsamt Rhön-Grabfeld
HH|20095 22087 22767|Hamburg|HH|Freie und Hansestadt Hamburg, Landesbetrieb Verkehr
SH|23552 23564|Lübeck|HL|Hansestadt Lübeck
SH|23909|Ratzeburg|RZ|Kreis Herzogtum Lauenburg
SH|24937 24943|Flensburg|FL|Stadt Flensburg
SH|25813|Husum|NF|Kreis Nordfriesland
SH|24103 24114|Kiel|KI|Landeshauptstadt Kiel
HB|28195 28203 28757|Bremen|HB|Freie Hansestadt Bremen, Bürgeramt
HB|27568 27570|Bremerhaven|HB|Seestadt Bremerhaven
BE|10115 10437 12043 13353|Berlin|B|Landesamt für Bürger- und Ordnungsangelegenheiten Berlin
BB|14467 14482|Potsdam|P|Landeshauptstadt Potsdam
BB|03046 03050|Cottbus|CB|Stadt Cottbus
BB|15230|Frankfurt (Oder)|FF|Stadt Frankfurt (Oder)
BB|16225|Eberswalde|BAR|Landkreis Barnim
SN|01067 01127 01277|Dresden|DD|Landeshauptstadt Dresden
SN|02708|Löbau|LÖB|Landkreis Görlitz
SN|02826 02828|Görlitz|GR|Landkreis Görlitz
SN|04109 04229|Leipzig|L|Stadt Leipzig
SN|01662|Meißen|MEI|Landkreis Meißen
HE|60311 60486|Frankfurt am Main|F|Stadt Frankfurt am Main
HE|63654|Büdingen|BÜD|Wetteraukreis
HE|34117 34131|Kassel|KS|Stadt Kassel
HE|65385|Rüdesheim am Rhein|RÜD|Rheingau-Taunus-Kreis
HE|65183 65197|Wiesbaden|WI|Landeshauptstadt Wiesbaden
HE|36037|Fulda|FD|Landkreis Fulda
RP|55116 55126|Mainz|MZ|Landeshauptstadt Mainz
RP|76887|Bad Bergzabern|SÜW|Landkreis Südliche Weinstraße
RP|54290 54296|Trier|TR|Stadt Trier
RP|54634|Bitburg|BIT|Eifelkreis Bitburg-Prüm
TH|99084 99096|Erfurt|EF|Landeshauptstadt Erfurt
TH|99610|Sömmerda|SÖM|Landratsamt Sömmerda
TH|07743 07745|Jena|J|Stadt Jena
TH|99423|Weimar|WE|Stadt Weimar
BW|70173 70372|Stuttgart|S|Landeshauptstadt Stuttgart
BW|72070 72072|Tübingen|TÜ|Landratsamt Tübingen
BW|74653|Künzelsau|KÜN|Landratsamt Hohenlohekreis
BW|79098 79115|Freiburg im Breisgau|FR|Stadt Freiburg im Breisgau
BW|79539|Lörrach|LÖ|Landratsamt Lörrach
BW|89073|Ulm|UL|Stadt Ulm
SL|66111 66119|Saarbrücken|SB|Regionalverband Saarbrücken
SL|66424|Homburg|HOM|Saarpfalz-Kreis
SL|66606|St. Wendel|WND|Landkreis St. Wendel
MV|18055 18057|Rostock|HRO|Hanse- und Universitätsstadt Rostock
MV|17207|Röbel/Müritz|MÜR|Landkreis Mecklenburgische Seenplatte
MV|19053 19061|Schwerin|SN|Landeshauptstadt Schwerin
MV|17489|Greifswald|HGW|Universitäts- und Hansestadt Greifswald
ST|39104 39114|Magdeburg|MD|Landeshauptstadt Magdeburg
ST|39340|Haldensleben|BK|Landkreis Börde
ST|06108 06112|Halle (Saale)|HAL|Stadt Halle (Saale)
ST|38820|Halberstadt|HZ|Landkreis Harz
NI|37073 37085|Göttingen|GÖ|Landkreis Göttingen
NI|30159 30449|Hannover|H|Region Hannover
NI|37154|Northeim|NOM|Landkreis Northeim
NI|26121 26133|Oldenburg|OL|Stadt Oldenburg
NI|26789|Leer|LER|Landkreis Leer
NI|49074|Osnabrück|OS|Stadt Osnabrück
"""


def _town(line: str) -> Town:
    state, postcodes, name, district, authority = line.split("|")
    return Town(name=name, state=state, postcodes=tuple(postcodes.split()), district=district, authority=authority)


TOWNS = {town.name: town for town in map(_town, _TOWNS.strip().splitlines())}


def towns_of(state: str) -> tuple[Town, ...]:
    """Return the towns of one Land."""
    return tuple(town for town in TOWNS.values() if town.state == state)
