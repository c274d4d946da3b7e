"""List what runs with the product and under which licence; end with 1 if one of them would bind those who use it."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

RUN = Path(__file__).parents[1] / "requirements" / "extras.txt"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
CLASSIFIER = "License :: OSI Approved :: "
BINDING = re.compile(r"(?<![L])A?GPL|GNU (Affero )?General Public", re.IGNORECASE)
"""The GPL and the AGPL; the LGPL (psycopg) binds changes to itself alone."""
LONGEST = 60


def licence_of(package: Distribution) -> str:
    """Return the licence by the package's own metadata: its expression, its classifiers, or the start of its text."""
    facts = package.metadata
    if expression := facts.get("License-Expression"):
        return str(expression)
    classifiers = [one.removeprefix(CLASSIFIER) for one in facts.get_all("Classifier") or [] if CLASSIFIER in one]
    return " AND ".join(classifiers) or str(facts.get("License") or "").strip().split("\n")[0][:LONGEST] or "unknown"


def is_binding(licence: str) -> bool:
    """Tell whether a licence is the GPL or AGPL and offers no other to choose."""
    return all(BINDING.search(one) for one in re.split(r"\s+OR\s+", licence))


def packages() -> Iterator[tuple[str, str, str]]:
    """Yield name, version and licence of everything that is pinned to run and installed here."""
    for name in sorted(set(PINNED.findall(RUN.read_text(encoding="utf-8"))), key=str.lower):
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # pinned for another operating system
        yield name, package.version, licence_of(package)


def main() -> int:
    """Print the list, what is unknown and what binds at its end."""
    found = list(packages())
    for name, version, licence in found:
        print(f"{name:<32} {version:<20} {licence}")
    unknown = [name for name, _, licence in found if licence == "unknown"]
    binding = [name for name, _, licence in found if is_binding(licence)]
    print(
        f"\n{len(found)} packages; unknown: {', '.join(unknown) or 'none'}; GPL or AGPL: {', '.join(binding) or 'none'}"
    )
    return 1 if binding or unknown else 0


if __name__ == "__main__":
    sys.exit(main())
