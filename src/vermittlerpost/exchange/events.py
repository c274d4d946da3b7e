"""What can happen to keys and webhooks."""

from vermittlerpost.journal.events import Kind

KEY_ISSUED = Kind("api_key.issued", "API-Schlüssel {key} für {holder} ausgegeben, gültig bis {expires_on}: {scopes}.")
KEY_REVOKED = Kind("api_key.revoked", "API-Schlüssel {key} widerrufen: {reason}.")
ANSWERS_ERASED = Kind("api_answer.erased", "{count} Antworten an Systeme aus der Zeit vor dem {before} gelöscht.")
WEBHOOK_ADDED = Kind("webhook.added", "Webhook {webhook} für {holder} eingerichtet: {events}.")
WEBHOOK_ENDED = Kind("webhook.ended", "Webhook {webhook} beendet; {dropped} Meldungen gehen nicht mehr hinaus.")
DELIVERED = Kind("webhook.delivered", "Meldung {dispatch} zugestellt: {reply}.")
FAILED = Kind("webhook.failed", "Meldung {dispatch} nach 72 Stunden aufgegeben: {reply}.")
REDRIVEN = Kind("webhook.redriven", "Aufgegebene Meldung {dispatch} wird erneut versucht: {reason}.")
SETTLED = Kind("webhook.settled", "Aufgegebene Meldung {dispatch} abgeschlossen, ohne sie zuzustellen: {reason}.")
