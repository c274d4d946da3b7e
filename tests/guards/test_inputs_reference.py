"""The published page of input files says what the code does."""

from pathlib import Path

from vermittlerpost.intake import reference
from vermittlerpost.intake.formats import FORMATS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "inputs.md"


def test_the_page_of_input_files_is_what_the_formats_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference.page(), (
        "Run `python -m vermittlerpost.intake.reference > docs/reference/inputs.md`."
    )


def test_the_page_names_every_column_of_every_format() -> None:
    page = reference.page()
    for form in FORMATS.values():
        section = page.split(f"## {form.title} (`{form.file_name}`)")[1].split("\n## ")[0]
        assert [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")] == [
            column.name for column in form.columns
        ]
        assert all(check.rule in section for check in form.checks)
