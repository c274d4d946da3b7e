"""How feeds and problems are described in the OpenAPI document, taken from the input formats."""

from typing import Any

from vermittlerpost.intake.rules.inputs import Column, Format
from vermittlerpost.interfaces.api.problems import Problem

IDEMPOTENCY_KEY = "Idempotency-Key"

_KEY = {
    "name": IDEMPOTENCY_KEY,
    "in": "header",
    "required": False,
    "description": "Dieselbe Anfrage mit demselben Schlüssel bekommt für immer dieselbe Antwort.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
}
PDF = {"responses": {200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}}


def refusals(*statuses: int) -> dict[int, type[Problem]]:
    """Return the problems that an operation may answer with."""
    return dict.fromkeys(statuses, Problem)


def body_of_single(form: Format) -> dict[str, Any]:
    """Return what one object of a format looks like."""
    return _body("application/json", row_of(form))


def body_of_batch(form: Format) -> dict[str, Any]:
    """Return what many objects of a format look like, one in a line."""
    names = ", ".join(column.name for column in form.columns)
    description = f"Je Zeile ein JSON-Objekt mit den Feldern {names}."
    return _body("application/x-ndjson", {"type": "string", "description": description})


def _body(content_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"parameters": [_KEY], "requestBody": {"required": True, "content": {content_type: {"schema": schema}}}}


def row_of(form: Format) -> dict[str, Any]:
    """Return the JSON schema of a row: every value may be written as a text."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {column.name: _property(column) for column in form.columns},
        "required": [column.name for column in form.columns if not column.may_be_empty],
    }


def _property(column: Column) -> dict[str, Any]:
    return {
        "type": ["string", "null"] if column.may_be_empty else "string",
        "description": f"{column.meaning} – {column.cell.rule}",
        "examples": [column.example],
    }
