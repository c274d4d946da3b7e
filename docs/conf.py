"""How the documentation is built: Markdown by MyST, looks by Furo, settings and catalogues from the code."""

import os
from datetime import timedelta
from itertools import groupby
from pathlib import Path

import django
from pydantic import TypeAdapter
from sphinx.application import Sphinx

os.environ["DJANGO_SETTINGS_MODULE"] = "vermittlerpost.config.settings"
django.setup()

from vermittlerpost.config.environment import Environment  # noqa: E402 (Django comes first)
from vermittlerpost.interfaces.ops import catalogues  # noqa: E402

project = "Vermittlerpost"
author = "The Vermittlerpost authors"
copyright = "2026, the Vermittlerpost authors"

extensions = ["myst_parser"]
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "_generated"]

html_theme = "furo"
html_title = "Vermittlerpost"
html_static_path = ["_static"]
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0b5d66", "color-brand-content": "#0b5d66"},
    "dark_css_variables": {"color-brand-primary": "#6cc6cf", "color-brand-content": "#6cc6cf"},
}

GENERATED = Path(__file__).parent / "_generated"


def setup(app: Sphinx) -> None:
    """Let Sphinx write what is made from the code before it reads any page."""
    app.connect("builder-inited", _generate)


def _generate(_: Sphinx) -> None:
    GENERATED.mkdir(exist_ok=True)
    settings = "\n".join(_entry(name) for name in Environment.model_fields)
    (GENERATED / "settings.md").write_text(settings, encoding="utf-8")
    (GENERATED / "catalogues.md").write_text(_catalogues(), encoding="utf-8")


def _catalogues() -> str:
    lines = []
    for catalogue, entries in groupby(catalogues.all_of_them(), key=lambda entry: entry["catalogue"]):
        lines += [f"## {catalogue}", "", "| Entry | Title |", "|---|---|"]
        lines += [f"| `{entry['entry']}` | {entry['title']} |" for entry in entries]
        lines.append("")
    return "\n".join(lines)


def _entry(name: str) -> str:
    field = Environment.model_fields[name]
    variable = field.validation_alias or f"{Environment.model_config['env_prefix']}{name}".upper()
    return f"`{variable}`\n: {field.description}\n  Default: {_default(field.default)}\n"


def _default(value: object) -> str:
    written = TypeAdapter(timedelta).dump_python(value, mode="json") if isinstance(value, timedelta) else value
    return "none" if written is None or not str(written) else f"`{written}`"
