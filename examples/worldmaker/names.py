"""Words that names are made of: frequent German ones, and those that try fonts and address windows."""

WOMEN = tuple(
    "Anna Andrea Anke Antje Barbara Bettina Birgit Britta Christa Claudia Cornelia Dörte Elif Elke Emma "
    "Eva Franziska Gabriele Gisela Greta Hanna Heike Helga Hildegard Ingrid Jana Johanna Jutta Karin "
    "Katharina Kerstin Kübra Lea Lena Magdalena Maike Margarete Maria Marlene Martina Mia Monika Nadine "
    "Nele Petra Renate Rosemarie Sabine Sandra Silke Sofia Stefanie Susanne Svenja Swantje Tanja Ulrike "
    "Ursula Ute Waltraud".split()
)
MEN = tuple(
    "Alexander Andreas Anton Arne Bernd Bernhard Björn Christian Christoph Dieter Dirk Emil Erik Felix "
    "Florian Frank Georg Gerhard Günter Hannes Hans-Jürgen Harald Heinz Helmut Henrik Holger Jan Joachim "
    "Jonas Jörg Jürgen Kai-Uwe Karl-Heinz Klaus Konrad Lars Ludwig Manfred Markus Matthias Mehmet Michael "
    "Moritz Norbert Olaf Paul Peter Rainer Ralf Robert Rüdiger Sebastian Stefan Sven Thomas Thorsten "
    "Tobias Uwe Volker Wolfgang Xaver".split()
)
SURNAMES = tuple(
    "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer "
    "Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt "
    "Werner Krause Lehmann Köhler Maier Huber Mayer Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn "
    "Schubert Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke "
    "Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto "
    "Sommer Groß Seidel Heinrich Brandt Haas Schreiber Graf Dietrich Ziegler Kuhn Kühn Pohl Engel Horn "
    "Busch Bergmann Voigt Sauer Arnold Pfeiffer Behrens Kretschmer Nowak Kaya Yılmaz Wójcik Overbeck "
    "Hansen Petersen Jansen Feddersen Osterkamp Wiesner Zöllner Hückstädt Löffelholz Übelhör Großkopf "
    "Strößner Rößler Grünewald Pöschl Häberle Übach".split()
)
# Letters that DIN 91379 obliges registers to keep.
FAR_NAMES = (
    "Şükrü Yıldırım",
    "Łucja Wiśniewska",
    "Đorđe Živković",
    "Nguyễn Thị Hạnh",
    "Ștefan Țurcanu",
    "Gürkan Çağlayan",
    "Åse Søndergaard",
    "Zdeňka Dvořáková",
    "Iñaki Ibáñez Núñez",
    "Þórunn Guðmundsdóttir",
    "Irakli J̌avaxišvili",
    "Ģirts Kļaviņš",
    "Ərşad Əliyev",
    "Ḥasan Ṭāriq al-Ḥaddād",
    "Ľubomír Štúrovský",
    "Żaneta Grzybowska-Błaszczyk",
)
STREETS = tuple(
    "Hauptstraße;Bahnhofstraße;Schulstraße;Gartenstraße;Dorfstraße;Bergstraße;Lindenweg;Birkenweg;"
    "Am Kirchberg;Kirchgasse;Mühlenweg;Goethestraße;Schillerstraße;Rosenstraße;Wiesengrund;Ringstraße;"
    "Amselweg;Finkenweg;Eichendorffstraße;Lessingstraße;Beethovenstraße;Feldstraße;Waldstraße;"
    "Am Sportplatz;Industriestraße;Marktplatz;Poststraße;Neue Straße;Lange Straße;Breite Straße;Am Anger;"
    "Im Winkel;Alte Ziegelei;Buchenhain;Ulmenstraße;Kastanienallee;Gerberweg;Töpfergasse;Färberstraße;"
    "Böttchergasse;Am Mühlbach;Schloßstraße;Weinbergstraße;Hinter den Höfen;Kiefernweg;Ahornallee;"
    "Parkstraße;Uferstraße;Sonnenhang;Südring;Nordstraße;Römerstraße;Klosterweg;An der Lehmgrube;"
    "Gewerbepark;Raiffeisenstraße;Heideweg;Möwenstieg;Brückenstraße;Karl-Friedrich-Großherzog-Allee;"
    "Bürgermeister-Hinrich-Strüßmann-Straße".split(";")
)
TRADES = tuple(
    "Schreinerei;Dachdeckerbetrieb;Elektro;Malerbetrieb;Autohaus;Bäckerei;Gartenbau;Fliesenlegerei;"
    "Metallbau;Spedition;Heizung und Sanitär;Tiefbau;Landhandel;Pflegedienst;Gebäudereinigung;Taxi;"
    "Zimmerei;Kurierdienst;Fahrschule;Weingut;Steuerberatung;Physiotherapie;Omnibusreisen;Baustoffe".split(";")
)
LEGAL_FORMS = ("GmbH", "GmbH", "GmbH & Co. KG", "e. K.", "OHG", "GbR", "KG", "UG (haftungsbeschränkt)")
LONG_COMPANIES = (
    "Bäuerliche Bezugs- und Absatzgenossenschaft Südliche Weinstraße und Pfälzer Bergland eG",
    "Gemeinschaftspraxis für Physiotherapie und Osteopathie Schäfer-Hückstädt, Übelhör & Partner PartG mbB",
    "Bürgerbus-Verein Münstereifeler Höhengebiet und Umgebung gemeinnütziger e. V.",
    "Erzgebirgische Holzkunst- und Spielwarenmanufaktur Löffelholz Inh. Großkopf & Übelhör GmbH & Co. KG",
    "Donaudampfschifffahrts- und Kraftfahrzeugersatzteilhandelsgesellschaft Strößner mbH",
    "Zweckverband Wasserversorgung Nördliches Ries – Körperschaft des öffentlichen Rechts (K. d. ö. R.)",
)
