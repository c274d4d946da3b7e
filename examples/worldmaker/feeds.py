"""What arrived from outside as files, sorted by arrival, with ids in that order."""

from collections.abc import Iterable
from datetime import UTC, date

from worldmaker.messages import Application, Cover, Notice, Spoilt
from worldmaker.script import Script
from worldmaker.sheets import COLUMNS, Flaw, Row, Sheet, day, local

Message = Notice | Application

# The week after Easter was exported by another hand: byte order mark, commas, moments without offset.
_OTHER_HAND = "2026-W15"


class Feeds:
    """Give the messages of a script their ids and lay them out in files."""

    def __init__(self, script: Script) -> None:
        self._script = script
        spoilt = [bad.message for bad in script.spoilt]
        notices = [*script.notices, *(message for message in spoilt if isinstance(message, Notice))]
        applications = [*script.applications, *(each for each in spoilt if isinstance(each, Application))]
        notices.sort(key=lambda notice: notice.kind != "withdrawn")
        self.ids = _numbered("Z", notices) | _numbered("A", applications)

    def sheets(self) -> list[Sheet]:
        """Return evb.csv, one file of notices for each week, and applications.csv."""
        applications = [self._row(message) for _, message in self._filed(Application)]
        return [
            Sheet(name="evb.csv", table="evb", rows=_covers(self._script.covers)),
            *self._weeks(),
            Sheet(name="applications.csv", table="applications", rows=applications),
        ]

    def _weeks(self) -> list[Sheet]:
        weeks: dict[str, list[Row]] = {}
        for filed, message in self._filed(Notice):
            weeks.setdefault(f"{filed:%G-W%V}", []).append(self._row(message))
        return [_week(name, rows) for name, rows in sorted(weeks.items())]

    def _filed(self, kind: type[Message]) -> list[tuple[date, Message | Spoilt]]:
        """Return the messages of one kind by arrival, each with the day in whose file it stands."""
        script = self._script
        messages: list[Message] = [*script.notices, *script.applications]
        entries: list[tuple[date, Message, Message | Spoilt]]
        entries = [(message.received_at.date(), message, message) for message in messages]
        entries += [(filed, notice, notice) for notice, filed in script.repeats]
        entries += [(bad.filed, bad.message, bad) for bad in script.spoilt]
        entries.sort(key=lambda entry: (entry[1].received_at, self.ids[entry[1].key]))
        return [(filed, entry) for filed, message, entry in entries if isinstance(message, kind)]

    def _row(self, entry: Message | Spoilt) -> Row:
        if isinstance(entry, Spoilt):
            surplus = [cell for column, cell in entry.cells.items() if column == "surplus"]
            cells = self._cells(entry.message)
            changed = (entry.cells.get(column, cell) for column, cell in cells.items())
            return Row(cells=(*changed, *surplus), flaw=entry.flaw)
        return Row(cells=tuple(self._cells(entry).values()))

    def _cells(self, message: Message) -> dict[str, str]:
        message_id = self.ids[message.key]
        if isinstance(message, Notice):
            return dict(zip(COLUMNS["notices"].split(), _notice(message_id, message), strict=True))
        return dict(zip(COLUMNS["applications"].split(), _application(message_id, message), strict=True))


def _numbered(letter: str, messages: Iterable[Message]) -> dict[str, str]:
    """Return key -> id: a letter, the day of arrival, and a number that counts up within that day.

    Where several messages share a key, the last of them gives it its day.
    """
    counts: dict[date, int] = {}
    ids: dict[str, str] = {}
    named = {message.key: message.received_at for message in messages}
    for key, received_at in sorted(named.items(), key=lambda item: (item[1], item[0])):
        received_on = received_at.date()
        counts[received_on] = counts.get(received_on, 0) + 1
        ids[key] = f"{letter}{received_on:%y%m%d}-{counts[received_on]:03}"
    return ids


def _notice(message_id: str, notice: Notice) -> tuple[str, ...]:
    keeper = notice.keeper
    vehicle = (notice.evb, notice.plate, notice.season, notice.vin, notice.hsn, notice.tsn)
    address = (keeper.name, keeper.street, keeper.postcode, keeper.town.name)
    is_other = f"{notice.received_at:%G-W%V}" == _OTHER_HAND
    received_at = notice.received_at.replace(tzinfo=None) if is_other else notice.received_at
    head = (message_id, local(received_at), notice.kind)
    return (*head, *vehicle, *address, day(notice.registered_on), notice.authority)


def _application(application_id: str, application: Application) -> tuple[str, ...]:
    """Lay out an application; the system it comes from counts in UTC."""
    received_at = application.received_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        application_id,
        received_at,
        application.evb,
        application.plate,
        application.vin,
        application.agency,
    )


def _covers(covers: list[Cover]) -> list[Row]:
    """Order by day of issue, with two bad rows between."""
    ordered = sorted(covers, key=lambda cover: (cover.issued_on, cover.number))
    rows = [Row(cells=_cover(cover)) for cover in ordered]
    number, agency = (list(_cover(cover)) for cover in (ordered[140], ordered[430]))
    number[0], agency[0], agency[2] = "QU4O7KD", "QB77KX2", ""
    rows.insert(141, Row(cells=number, flaw=Flaw(column="number", rule="an eVB number has neither I nor O")))
    rows.insert(431, Row(cells=agency, flaw=Flaw(column="agency", rule="an eVB without agency")))
    return rows


def _cover(cover: Cover) -> tuple[str, ...]:
    holder = cover.holder
    address = (holder.name, holder.street, holder.postcode, holder.town.name)
    head = (cover.number, cover.carrier.code, cover.agency_number)
    return (*head, *address, day(cover.issued_on), day(cover.valid_until), cover.kind)


def _week(name: str, rows: list[Row]) -> Sheet:
    is_other = name == _OTHER_HAND
    return Sheet(
        name=f"notices-{name}.csv",
        table="notices",
        rows=rows,
        delimiter="," if is_other else ";",
        encoding="utf-8-sig" if is_other else "utf-8",
    )
