"""The command `vermittlerpost`: sets up the house, then hands over to the commands."""

import os
import sys
from importlib import import_module
from pathlib import Path

import django
from pydantic import ValidationError


def main() -> None:
    """Run the command line; a setting that makes no sense is said before anything else happens."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "vermittlerpost.config.settings"
    if sys.argv[1:2] == ["demo"]:
        _furnish_demo()
    try:
        django.setup()
    except ValidationError as error:
        for problem in error.errors():
            print(f"Einstellung {'.'.join(map(str, problem['loc']))}: {problem['msg']}", file=sys.stderr)
        raise SystemExit(2) from None
    import_module("vermittlerpost.interfaces.ops.commands").app()


def _furnish_demo() -> None:
    # The demo throws its old database away, so it must never live where real data do.
    os.environ["VERMITTLERPOST_HOME"] = str(Path(os.environ.get("VERMITTLERPOST_HOME", "var")) / "demo")
    os.environ |= {"VERMITTLERPOST_S3_BUCKET": "", "VERMITTLERPOST_PRINT_SFTP": ""}
    if "VERMITTLERPOST_LISTEN" in os.environ:
        os.environ.setdefault("VERMITTLERPOST_BASE_URL", f"http://{os.environ['VERMITTLERPOST_LISTEN']}")


if __name__ == "__main__":
    main()
