"""Logs: one JSON object a line, in which nobody is found."""

import json
import logging
import sys
from types import SimpleNamespace

from vermittlerpost.interfaces.ops.logs import JsonLines

SECRET = "Sören Übelacker"


def line(message: str, *arguments: object, error: Exception | None = None, **extra: object) -> str:
    trouble = None
    if error is not None:
        try:
            raise error
        except type(error):
            trouble = sys.exc_info()
    record = logging.LogRecord("house", logging.ERROR, "file.py", 7, message, arguments, trouble)
    vars(record).update(extra)
    return JsonLines().format(record)


def test_a_line_names_what_happened_and_where_but_not_what_the_message_was_filled_with() -> None:
    text = line("Not found: %s", f"/suche?q={SECRET}", status_code=404)
    facts = json.loads(text)
    assert (facts["event"], facts["level"], facts["status_code"]) == ("Not found: %s", "error", 404)
    assert SECRET not in text


def test_of_an_error_the_kind_and_the_way_are_kept_and_its_words_are_not() -> None:
    text = line("failed", error=ValueError(f"bad row of {SECRET}"))
    facts = json.loads(text)
    assert facts["exception"] == "ValueError"
    assert facts["trace"][0].split(":")[0].endswith("test_logs.py")
    assert SECRET not in text


def test_of_a_request_the_pattern_of_its_address_is_kept_and_the_address_is_not() -> None:
    request = SimpleNamespace(
        method="GET", path="/services/benutzer/soeren", resolver_match=SimpleNamespace(route="services/<login_id>/")
    )
    facts = json.loads(line("%s: %s", "Not Found", request.path, request=request))
    assert (facts["method"], facts["route"]) == ("GET", "services/<login_id>/")
    assert "soeren" not in json.dumps(facts)
