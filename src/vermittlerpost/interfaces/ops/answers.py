"""Answers of the print shop, fetched from where it leaves them: fed like files that arrive, and laid beside."""

import logging
import tempfile
from pathlib import Path

from vermittlerpost.delivery.transports import Answer, Read, Shop
from vermittlerpost.intake import actions as intake
from vermittlerpost.interfaces.ops.inbox import Result, result_of
from vermittlerpost.lib.locks import alone

_log = logging.getLogger(__name__)


def take(shop: Shop) -> list[Result]:
    """Feed every answer that lies complete at the print shop, lay it into done/ or refused/ there, and say what it was.

    One process at a time does so. Who dies in between feeds it again, and its rows are known. A shop that is away is
    asked again the next time.
    """
    with alone("print_shop_answers") as is_mine:
        return _take(shop) if is_mine else []


def _take(shop: Shop) -> list[Result]:
    try:
        results = {answer.name: _fed(answer) for answer in shop.answers()}
        shop.put_away([_read(name, result) for name, result in results.items()])
    except OSError as error:
        _log.error("print_shop_not_asked", extra={"error": type(error).__name__})
        return []
    return list(results.values())


def _fed(answer: Answer) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / answer.name
        path.write_bytes(answer.content)
        return result_of(intake.feed(path, by=f"print_shop:{answer.name}"))


def _read(name: str, result: Result) -> Read:
    return Read(name=name, place=result.place, new_name=result.name, report=result.in_words().encode())
