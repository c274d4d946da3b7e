"""What an operator sets: typed, read from the environment once, refused aloud when wrong."""

from datetime import time, timedelta
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from vermittlerpost.config.fitness import is_reachable, is_weak

DEVELOPMENT_SECRET = "nur-fuer-die-entwicklung"


class Environment(BaseSettings):
    """Hold every setting; names in the environment bear the prefix `VERMITTLERPOST_`, but for DATABASE_URL."""

    model_config = SettingsConfigDict(env_prefix="VERMITTLERPOST_", frozen=True, extra="ignore")

    environment: Literal["development", "production"] = Field(
        "development",
        description="In der Produktion verweigert `doctor` jede Vorgabe, die nur zum Ausprobieren taugt.",
    )
    home: Path = Field(
        Path("var"), description="Ordner für eingebettete Datenbank, Schreiben, Druckstapel und Test-Mails."
    )
    database_url: SecretStr | None = Field(
        None,
        validation_alias="DATABASE_URL",
        description="postgresql://…; ohne sie läuft das eingebettete PostgreSQL.",
    )
    secret_key: SecretStr = Field(
        SecretStr(DEVELOPMENT_SECRET),
        description="Geheimnis für Sitzungen und Verweise, mindestens 50 Zeichen.",
    )
    listen: str = Field(
        "127.0.0.1:8000",
        pattern=r"^(\[[0-9a-fA-F:.]+\]|[^\s:\[\]]+):\d{1,5}$",
        description="Adresse und Port, an denen `serve` das Portal anbietet; TLS endet davor.",
    )
    web_workers: int = Field(2, ge=1, description="So viele Prozesse beantworten Anfragen an das Portal.")
    web_threads: int = Field(4, ge=1, description="So viele Anfragen beantwortet jeder dieser Prozesse zugleich.")
    base_url: str = Field(
        "http://127.0.0.1:8000", description="Adresse des Portals, wie sie in Schreiben und Mails steht."
    )
    operator: str = Field("Vermittlerpost (Probebetrieb)", description="Name des Betreibers in Mails und Schreiben.")
    imprint: str = Field(
        "Vermittlerpost (Probebetrieb), Musterstraße 1, 12345 Musterstadt",
        description="Impressum am Ende jeder Mail, Zeilen durch | getrennt.",
    )
    mail_transport: Literal["folder", "smtp"] = Field(
        "folder",
        description="Wohin Mails gehen: als Dateien in den Ordner `mails` oder an einen SMTP-Server.",
    )
    mail_from: str = Field("vermittlerpost@portal.example", description="Absender der Benachrichtigungen.")
    smtp_host: str = Field("127.0.0.1", description="SMTP-Server.")
    smtp_port: int = Field(587, description="Port des SMTP-Servers.")
    smtp_tls: Literal["none", "starttls", "implicit"] = Field(
        "starttls", description="Verschlüsselung; `none` ist in der Produktion nicht erlaubt."
    )
    smtp_user: str = Field("", description="Anmeldename am SMTP-Server, leer ohne Anmeldung.")
    smtp_password: SecretStr = Field(SecretStr(""), description="Kennwort am SMTP-Server.")
    smtp_timeout: float = Field(30.0, description="Sekunden, die auf eine Antwort des SMTP-Servers gewartet wird.")
    s3_bucket: str = Field(
        "", description="Bucket eines Objektspeichers (S3) für die PDFs der Schreiben; leer: sie liegen im Ordner."
    )
    s3_prefix: str = Field(
        "",
        pattern=r"^([^/\s]+(/[^/\s]+)*/?)?$",
        description="Was darin vor jedem Namen steht, zum Beispiel `vermittlerpost/schreiben`.",
    )
    s3_endpoint: str = Field(
        "",
        pattern=r"^(https?://[^\s/]+/?)?$",
        description="Adresse des Objektspeichers, https://…; leer: der von Amazon.",
    )
    s3_region: str = Field("", description="Region des Buckets; leer: die der Umgebung (AWS_REGION …).")
    s3_access_key: str = Field(
        "",
        description="Kennung am Objektspeicher; leer: boto3 sucht sie selbst (Umgebung, Datei, Rolle der Maschine).",
    )
    s3_secret_key: SecretStr = Field(SecretStr(""), description="Geheimer Schlüssel zu dieser Kennung.")
    print_cut_off: time = Field(
        time(14), description="Uhrzeit (Europe/Berlin), zu der täglich Druckstapel gebildet werden."
    )
    print_shop: Path | None = Field(
        None,
        description="Ordner der Druckerei, in den übergebene Druckstapel mit ihren Prüfsummen gelegt werden; leer: sie "
        "werden von Hand geholt und übergeben.",
    )
    print_sftp: str = Field(
        "",
        pattern=r"^(sftp://[^\s/@:]+@[^\s/@]+(/\S*)?)?$",
        description="Statt des Ordners: `sftp://benutzer@server:22/ordner` der Druckerei; leer: keiner.",
    )
    print_sftp_host_key: str = Field(
        "",
        description="Öffentlicher Schlüssel dieses Servers, wie die Druckerei ihn nennt (`ssh-ed25519 AAAA…`), mehrere "
        "durch | getrennt; mit einem Server, der sich anders ausweist, wird nicht gesprochen.",
    )
    print_sftp_key: Path | None = Field(
        None, description="Datei mit unserem privaten Schlüssel für diesen Server; leer: Anmeldung mit Kennwort."
    )
    print_sftp_password: SecretStr = Field(
        SecretStr(""), description="Kennwort am Server oder, wo ein Schlüssel gesetzt ist, das des Schlüssels."
    )
    print_sftp_answers: str = Field(
        "",
        description="Ordner auf diesem Server, in den die Druckerei Quittungen und Rückläufer legt "
        "(`print_receipts….csv`, `returns….csv`); leer: sie kommen auf anderem Weg.",
    )
    print_recall: timedelta = Field(
        timedelta(minutes=30),
        ge=timedelta(),
        description="So lange lässt sich ein Druckstapel zurückrufen, bevor er in diesen Ordner geht.",
    )
    print_patience: timedelta = Field(
        timedelta(hours=48),
        gt=timedelta(),
        description="So lange darf ein Druckstapel auf seine Übergabe oder auf die Quittung der Druckerei warten, bis "
        "er als liegen geblieben gilt.",
    )
    notice_of_crossing: bool = Field(
        default=True,
        description="Kreuzt sich ein Schreiben auf Papier mit dem Ende seines Vorgangs, geht ihm eine kurze Nachricht "
        "nach, dass es gegenstandslos ist.",
    )
    merge_window: timedelta | None = Field(
        None,
        description="So lange wartet eine nicht eilige Mail auf weitere für denselben Benutzer; "
        "leer: was die Kategorie vorsieht.",
    )
    bundle_patience: timedelta = Field(
        timedelta(seconds=45),
        description="So lange wartet das Bündeln höchstens auf das Ende eines Morgenlaufs.",
    )

    inbox: Path | None = Field(
        None,
        description="Eingangsordner: Was darin vollständig ist, lesen die Arbeiter ein und legen es mit seinem "
        "Ergebnis nach `done/` oder `refused/`; leer: keiner.",
    )
    inbox_settled: timedelta = Field(
        timedelta(seconds=10),
        ge=timedelta(),
        description="So lange muss eine Datei darin unverändert liegen, bis sie als vollständig gilt.",
    )
    inbox_kept: timedelta = Field(
        timedelta(days=90),
        ge=timedelta(days=1),
        description="So lange bleiben eingelesene Dateien und ihre Ergebnisse in `done/` und `refused/` liegen; sie "
        "enthalten personenbezogene Daten.",
    )

    bounces: str = Field(
        "",
        pattern=r"^(maildir:/.+|imaps?://.+)?$",
        description="Wo Rückläufer liegen: `maildir:/ordner` oder `imaps://benutzer@server/INBOX`; leer: nirgends.",
    )
    bounces_password: SecretStr = Field(SecretStr(""), description="Kennwort dieses Postfachs.")
    retention_years: int = Field(
        6, ge=1, description="So viele Jahre nach dem Ende seines Kalenderjahres wird ein beendeter Vorgang aufbewahrt."
    )
    retention_log_months: int = Field(
        24, ge=1, description="So viele Monate bleiben Adressen im Mailprotokoll und beantwortete Anfragen an Kontakte."
    )
    evidence_key: Path | None = Field(
        None, description="PKCS#12-Datei, mit der Nachweise unterzeichnet werden; leer: ein selbst erstellter."
    )
    evidence_key_password: SecretStr = Field(SecretStr(""), description="Kennwort dieser Datei.")
    metrics_token: SecretStr = Field(
        SecretStr(""), description="Wer `/metrics` liest, weist sich hiermit aus (Bearer); leer: der Proxy sperrt es."
    )
    bipro_available: timedelta = Field(
        timedelta(days=180), description="So lange kann Software ein Schreiben über BiPRO abrufen (VerfuegbarBis)."
    )
    pickup_patience: timedelta = Field(
        timedelta(hours=24),
        description="So lange darf Software ein eiliges Schreiben liegen lassen, bevor die Firma gewarnt wird.",
    )
    bipro_token_lifetime: timedelta = Field(
        timedelta(minutes=30),
        gt=timedelta(),
        description="So lange gilt ein BiPRO-Token (Norm 410); manche Programme behalten ihres 2 Stunden lang.",
    )
    bipro_requests_per_minute: int = Field(
        1200, ge=1, description="So viele BiPRO-Aufrufe je Minute hat ein Benutzer bei jedem der Webprozesse frei."
    )
    bipro_certificate_header: str = Field(
        "",
        description="HTTP-Kopfzeile, in der der TLS-Proxy den Inhaber (Subject) eines geprüften Client-Zertifikats "
        "nennt; er muss sie in jeder Anfrage überschreiben. Leer: keine Anmeldung mit Zertifikat.",
    )
    oidc_issuer: str = Field(
        "",
        pattern=r"^(https?://[^\s?#]+)?$",
        description="Anmeldedienst (OpenID Connect), bei dem sich der Innendienst anmeldet: seine Adresse so, wie er "
        "sich selbst nennt (issuer); leer: keiner.",
    )
    oidc_client_id: str = Field("", description="Kennung, unter der der Anmeldedienst diese Anwendung kennt.")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="Geheimnis dieser Anwendung beim Anmeldedienst.")
    oidc_label: str = Field(
        "Mit dem Firmenkonto anmelden", min_length=1, description="Aufschrift des Knopfes auf der Anmeldeseite."
    )
    oidc_login_claim: str = Field(
        "preferred_username",
        min_length=1,
        description="Angabe (claim) des Anmeldedienstes, die bei der ersten Anmeldung die Benutzerkennung nennt; "
        "danach gilt allein `sub`.",
    )
    oidc_only: bool = Field(
        default=False,
        description="Der Innendienst meldet sich nur noch über den Anmeldedienst an; Kennwörter gelten dort nicht.",
    )
    clock_offset: timedelta = Field(
        timedelta(),
        description="Um so viel geht die Uhr vor (oder nach); nur für die Vorführung, in der Produktion nicht erlaubt.",
    )

    laboratory: bool = Field(
        default=False,
        description="Dieses Haus ist ein BiPRO-Labor, das weggeworfen wird; `lab` setzt es selbst, "
        "in der Produktion ist es nicht erlaubt.",
    )

    @model_validator(mode="after")
    def _print_shop_is_one_and_known(self) -> Self:
        if self.print_sftp and self.print_shop:
            raise ValueError("VERMITTLERPOST_PRINT_SHOP und VERMITTLERPOST_PRINT_SFTP schließen einander aus.")
        if self.print_sftp and not self.print_sftp_host_key:
            raise ValueError("Zu VERMITTLERPOST_PRINT_SFTP gehört VERMITTLERPOST_PRINT_SFTP_HOST_KEY.")
        return self

    @property
    def brings_to_print_shop(self) -> bool:
        """Tell whether print batches are brought to the print shop, and not handed over by hand."""
        return bool(self.print_shop or self.print_sftp)

    @property
    def is_production(self) -> bool:
        """Tell whether this is the real thing."""
        return self.environment == "production"

    @property
    def staff_must_sign_on(self) -> bool:
        """Tell whether passwords are of no use to the insurer's staff; without an identity provider they are."""
        return self.oidc_only and bool(self.oidc_issuer)

    def flaws(self) -> list[str]:
        """Return why these settings are not fit for production, in German; nothing is wrong with them elsewhere."""
        wrong = {
            "VERMITTLERPOST_SECRET_KEY fehlt oder ist kürzer als 50 Zeichen.": is_weak(self.secret_key),
            "VERMITTLERPOST_MAIL_TRANSPORT muss smtp sein; Mails in einem Ordner erreichen niemanden.": (
                self.mail_transport == "folder"
            ),
            "VERMITTLERPOST_SMTP_TLS darf nicht none sein: Mails reisen nur verschlüsselt.": self.smtp_tls == "none",
            "VERMITTLERPOST_BASE_URL muss mit https:// beginnen.": not self.base_url.startswith("https://"),
            "VERMITTLERPOST_BASE_URL muss einen Rechnernamen nennen, unter dem Vermittler das Portal erreichen, und "
            "keinen Pfad.": not is_reachable(self.base_url),
            "VERMITTLERPOST_CLOCK_OFFSET darf nicht gesetzt sein: Fristen laufen nach der wirklichen Uhr.": (
                self.clock_offset != timedelta()
            ),
            "VERMITTLERPOST_LABORATORY darf nicht gesetzt sein: ein Labor wird weggeworfen.": self.laboratory,
            "VERMITTLERPOST_BOUNCES muss mit imaps:// statt imap:// beginnen: das Kennwort reist nur verschlüsselt.": (
                self.bounces.startswith("imap://")
            ),
            "VERMITTLERPOST_S3_ENDPOINT muss mit https:// beginnen: Schreiben reisen nur verschlüsselt.": (
                self.s3_endpoint.startswith("http://")
            ),
            "VERMITTLERPOST_OPERATOR ist nicht gesetzt.": "operator" not in self.model_fields_set,
            "VERMITTLERPOST_IMPRINT ist nicht gesetzt.": "imprint" not in self.model_fields_set,
            "VERMITTLERPOST_MAIL_FROM ist nicht gesetzt.": "mail_from" not in self.model_fields_set,
        }
        return [sentence for sentence, is_wrong in (wrong | self._flaws_of_sign_on()).items() if is_wrong]

    def _flaws_of_sign_on(self) -> dict[str, bool]:
        is_known = bool(self.oidc_client_id and self.oidc_client_secret.get_secret_value())
        return {
            "VERMITTLERPOST_OIDC_ISSUER muss mit https:// beginnen.": self.oidc_issuer.startswith("http://"),
            "VERMITTLERPOST_OIDC_CLIENT_ID oder VERMITTLERPOST_OIDC_CLIENT_SECRET fehlt.": (
                bool(self.oidc_issuer) and not is_known
            ),
            "VERMITTLERPOST_OIDC_ONLY wirkt nicht ohne VERMITTLERPOST_OIDC_ISSUER.": (
                self.oidc_only and not self.oidc_issuer
            ),
        }


def load() -> Environment:
    """Read the environment of this process."""
    return Environment()
