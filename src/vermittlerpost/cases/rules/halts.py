"""What is told of a halt of all cases."""

from datetime import date


def told_of_halt(since: date, until: date | None, reason: str, by: str) -> str:
    """Return the German sentence that says since when, how long, why and by whom steps are halted."""
    end = f"bis einschließlich {until:%d.%m.%Y}" if until else "bis jemand fortsetzt"
    return (
        f"Angehalten seit {since:%d.%m.%Y}, {end}: Kein Schritt wird ausgeführt, kein Schreiben verfasst."
        f" Grund: {reason} ({by})."
    )
