"""What can happen to master data."""

from vermittlerpost.journal.events import Kind

CARRIER_CHANGED = Kind("carrier.changed", "Stammdaten des Risikoträgers geändert: {fields}.")
FIRM_CHANGED = Kind("firm.changed", "Stammdaten der Firma geändert: {fields}.")
AGENCY_CHANGED = Kind("agency.changed", "Stammdaten der Agentur geändert: {fields}.")
USER_CHANGED = Kind("user.changed", "Benutzer geändert: {fields}.")
