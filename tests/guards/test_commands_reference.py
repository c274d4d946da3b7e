"""The reference of commands names every command, also those not written yet."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from vermittlerpost.interfaces.ops.commands import app

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"


def commands(group: Any, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def test_every_command_has_its_place_in_the_reference() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    missing = [name for name in commands(get_command(app)) if not any(f"`{name}" in row for row in rows)]
    assert not missing
