"""Make the pictures in the documentation from what the demo has left behind: `make pictures`."""

import json
import sys
from pathlib import Path

import pypdfium2

RESULT = Path("var/demo/result")
PICTURES = Path("docs/_static")
_SCALE = 1.5


def main() -> int:
    """Draw the first last reminder of the sample world; says so if the demo has not run."""
    lines = RESULT / "letters.jsonl"
    if not lines.exists():
        print("Run `make demo-once` first: the pictures show its letters.", file=sys.stderr)
        return 1
    letters = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    last = next(letter for letter in letters if letter["level"] == 2 and letter["channel"] == "electronic")
    draw(RESULT / "letters" / f"{last['letter']}.pdf", PICTURES / "letter.png")
    return 0


def draw(letter: Path, picture: Path) -> None:
    """Draw the first page of a PDF."""
    page = pypdfium2.PdfDocument(letter)[0]
    page.render(scale=_SCALE).to_pil().convert("P", palette=1, colors=32).save(picture, optimize=True)


if __name__ == "__main__":
    raise SystemExit(main())
