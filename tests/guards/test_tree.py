"""What must stand nowhere in the tree: addresses of registries, machines, real insurers, dead references."""

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]

MACHINE_PATH = re.compile(r"(?<![\w.}~-])/(?:root|home|work|Users)/\w|[A-Z]:\\Users\\|file:" + r"//")
REGISTRY = re.compile(r"\b(?:pypi|pythonhosted|npmjs|debian|crates)\." + r"(?:org|io|net)\b|\bproxy\.golang\b")

# Names of real insurers: first twelve digits of the SHA-256 of one word, or two with a blank, in lower case.
UNWELCOME = frozenset(
    (
        "02bd9bee2949 036d95b26ac5 0ab8f739ab42 0b030075ddf3 0cd554003b25 0e26f5073b2a 138197945252 "
        "166e04959681 20b41a1d692a 24a68f8988f8 271c8a5421dd 27a4c151e2a7 28ba245774a4 2e681daefb82 "
        "3ddcd8568b10 3e07cffc1e5e 413c55a1fa82 43d8ced7f05a 457fd55a9986 51d17491796f 587a6ca81726 "
        "594ec3498f25 665df801a414 66d4cd1abcdc 6812e465776c 6873d5cd7319 68956c4a965f 715f47566ec2 "
        "7eb30770bfd6 7eedf57ebef3 811dae26155c 8d4fb9bc7570 90a3eb9597a1 95f728c0baa8 96ef08302f67 "
        "97c5da3d80d9 a25306b59bb9 a2d320f323bd a37a278840bf a5a1c9eb6ed9 aa57df42d959 aa9eccb75021 "
        "aebfa685bcdd b30dd92bef0e b6f2582fde79 c2b3f3e7fbcf c3ead5f14241 c5b91545b630 ca49d349e826 "
        "ccb5687ba7ae d0a52f0b966c d0fe12c727ac d51a454132ad db23b707922b e254ba9b8f11 ec0937b3c0e1 "
        "f0b6a51714dd f4fc99ca6a7c f6ed3db6ff50 f972e8b5e153 "
    ).split()
)


@cache
def files_of_the_tree() -> tuple[Path, ...]:
    """Return what is, or would be, under version control."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


@cache
def lines_of_the_tree() -> tuple[tuple[str, str], ...]:
    """Return every line of every text file, each with the place where it stands."""
    return tuple(
        (f"{path.relative_to(ROOT)}:{number}", line)
        for path in files_of_the_tree()
        for number, line in enumerate(readable(path).splitlines(), start=1)
    )


def readable(path: Path) -> str:
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


def words(line: str) -> Iterator[str]:
    found = re.findall(r"[^\W_]+(?:\+[^\W_]+)*", line.casefold())
    yield from found
    yield from map(" ".join, pairwise(found))


@cache
def digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()[:12]


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", text, flags=re.MULTILINE))


def listed(offenders: Iterable[str]) -> str:
    return "\n".join(["", *sorted(offenders)])


def test_the_tree_names_no_registry_and_no_path_of_a_machine() -> None:
    found = [place for place, line in lines_of_the_tree() if REGISTRY.search(line) or MACHINE_PATH.search(line)]
    assert not found, listed(found)


def test_the_tree_names_no_real_insurer() -> None:
    found = [place for place, line in lines_of_the_tree() if any(digest(word) in UNWELCOME for word in words(line))]
    assert not found, listed(found)


def test_the_locks_hold_no_address_and_agree_with_one_another() -> None:
    locks = [path for path in files_of_the_tree() if path.parent.name == "requirements"]
    assert locks
    assert not [path.name for path in locks if re.search(r"https?:|file:", readable(path))]
    assert pins("run.txt").items() <= pins("extras.txt").items() <= pins("dev.txt").items() <= pins("bench.txt").items()


def test_the_rulings_name_tests_that_exist() -> None:
    page = (ROOT / "docs" / "explanation" / "rulings.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page)
    missing = [f"{path}::{test}" for path, test in named if f"def {test}(" not in readable(ROOT / path)]
    assert not missing, listed(missing)


def test_the_documentation_names_commands_that_exist() -> None:
    pages = "".join(readable(path) for path in files_of_the_tree() if path.suffix == ".md")
    named = set(re.findall(r"(?:\$ |`|\.venv/bin/)vermittlerpost ([a-z][a-z-]+)", pages))
    command = [str(Path(sys.executable).with_name("vermittlerpost")), "--help"]
    known = re.findall(r"[\w-]+", subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    assert not named - set(known)
