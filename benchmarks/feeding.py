"""Feed a market to the product through its real door: files."""

import csv
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from benchmarks.market import Cells, Market, notices
from vermittlerpost.intake import actions as intake

BY = "bench"


def feed_market(market: Market) -> None:
    """Feed all masters."""
    for name, rows in market.tables().items():
        feed(name, rows)


def feed_evbs(market: Market, numbers: range) -> None:
    """Feed the confirmations of vehicles."""
    feed("evb", market.evbs(numbers))


def feed_notices(numbers: range, received_at: datetime) -> None:
    """Feed the registrations of vehicles."""
    feed(f"notices-{numbers.start}", notices(numbers, received_at))


def feed(name: str, rows: Iterable[Cells]) -> None:
    """Feed one file; every row has to be taken."""
    with tempfile.TemporaryDirectory() as folder:
        report = intake.feed(write(Path(folder) / f"{name}.csv", rows), by=BY)
    assert not report.refused, report.remarks
    assert report.accepted, report


def write(path: Path, rows: Iterable[Cells]) -> Path:
    """Write a file as authorities and other systems do, and return its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path
