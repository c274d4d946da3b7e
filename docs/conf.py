"""How the documentation is built: Markdown by MyST, looks by Furo, the settings' page from the code."""

from pathlib import Path

from sphinx.application import Sphinx

from vermittlerpost.config.environment import Environment

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
    """Let Sphinx write the settings' page before it reads any other."""
    app.connect("builder-inited", _write_settings)


def _write_settings(_: Sphinx) -> None:
    GENERATED.mkdir(exist_ok=True)
    entries = [_entry(name) for name in Environment.model_fields]
    (GENERATED / "settings.md").write_text("\n".join(entries), encoding="utf-8")


def _entry(name: str) -> str:
    field = Environment.model_fields[name]
    variable = field.validation_alias or f"{Environment.model_config['env_prefix']}{name}".upper()
    return f"`{variable}`\n: {field.description}\n  Default: {_default(field.default)}\n"


def _default(value: object) -> str:
    return "none" if value is None or not str(value) else f"`{value}`"
