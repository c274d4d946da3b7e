"""What can happen to master data."""

from vermittlerpost.journal.events import Kind

CARRIER_CHANGED = Kind("carrier.changed", "Stammdaten des Risikoträgers geändert: {fields}.")
FIRM_CHANGED = Kind("firm.changed", "Stammdaten der Firma geändert: {fields}.")
AGENCY_CHANGED = Kind("agency.changed", "Stammdaten der Agentur geändert: {fields}.")
USER_CHANGED = Kind("user.changed", "Benutzer geändert: {fields}.")
SECOND_FACTOR_RESET = Kind("user.second_factor_reset", "Zweiter Faktor des Benutzers zurückgesetzt.")
USER_INVITED = Kind("user.invited", "Einladung ausgestellt.")
PASSWORD_SET = Kind("user.password_set", "Kennwort über die Einladung festgelegt.")
PASSWORD_RESET = Kind("user.password_reset", "Vergessenes Kennwort neu festgelegt.")
PASSWORD_CHANGED = Kind("user.password_changed", "Kennwort geändert.")
SECOND_FACTOR_ADDED = Kind("user.second_factor_added", "Zweiter Faktor eingerichtet: {factor}.")
SECOND_FACTOR_REMOVED = Kind("user.second_factor_removed", "Zweiter Faktor entfernt: {factor}.")
RECOVERY_CODES_RENEWED = Kind("user.recovery_codes_renewed", "Notfallcodes neu erzeugt.")
ADDRESS_CHANGE_ASKED = Kind("user.address_change_asked", "Änderung der E-Mail-Adresse beantragt.")
ADDRESS_CHANGE_WITHDRAWN = Kind("user.address_change_withdrawn", "Änderung der E-Mail-Adresse zurückgezogen.")
ADDRESS_CHANGED = Kind("user.address_changed", "E-Mail-Adresse geändert, nach Bestätigung.")
CALENDAR_MADE = Kind("user.calendar_made", "Adresse des Fristenkalenders angelegt.")
CALENDAR_REVOKED = Kind("user.calendar_revoked", "Adresse des Fristenkalenders widerrufen.")
