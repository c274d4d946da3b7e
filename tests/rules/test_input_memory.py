"""Memory: a file ten times as long needs no more of it."""

import json
import tracemalloc
from collections import deque
from collections.abc import Callable
from pathlib import Path

import pytest

from vermittlerpost.intake import reading
from vermittlerpost.intake.formats import FORMATS
from vermittlerpost.intake.reading import lines, objects

ROW = {column.name: column.example for column in FORMATS["notices"].columns}
BAD = {**ROW, "kind": "nonsense"}


def table(pairs: int) -> str:
    rows = [";".join(row.values()) for row in (ROW, BAD)] * pairs
    return "\n".join([";".join(ROW), *rows])


def listed(pairs: int) -> str:
    return json.dumps([ROW, BAD] * pairs, indent=1)


def lined(pairs: int) -> str:
    return "\n".join([json.dumps(ROW), json.dumps(BAD)] * pairs)


def peak(path: Path) -> int:
    tracemalloc.start()
    try:
        deque(reading.read(path), maxlen=0)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("name", "content"), [("notices.csv", table), ("notices.json", listed), ("notices.jsonl", lined)]
)
def test_memory_does_not_grow_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: Callable[[int], str]
) -> None:
    # Smaller buffers are filled by the smaller file, too.
    monkeypatch.setattr(lines, "_CHUNK", 4_096)
    monkeypatch.setattr(objects, "_CHUNK", 16_384)
    monkeypatch.setattr(objects, "LONGEST_LINE", 16_384)
    peaks = []
    for pairs in (400, 400, 4_000):  # the first run fills the caches
        (tmp_path / name).write_text(content(pairs), encoding="utf-8")
        peaks.append(peak(tmp_path / name))
    assert peaks[2] <= peaks[1] * 1.1


def test_a_file_without_line_ends_is_not_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "notices.csv"
    path.write_text(f"{';'.join(ROW)}\n{'x' * 20_000_000}", encoding="utf-8")
    assert peak(path) < 2_000_000
