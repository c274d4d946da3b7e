"""Catalogues: the folder is the list, each file in it is one entry, and its name is the entry's code."""

import pkgutil
import tomllib
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, Self, TypeVar


class Document(Protocol):
    """What an entry that is written in TOML must be able to do."""

    @classmethod
    def from_document(cls, code: str, document: Mapping[str, Any]) -> Self:
        """Make the entry from its parsed file; refuses unknown and missing keys."""
        ...


T = TypeVar("T")
D = TypeVar("D", bound=Document)


class BrokenCatalogue(Exception):
    """A catalogue file does not hold exactly one entry of the kind that its folder lists."""


def modules(package: str, kind: type[T]) -> Mapping[str, T]:
    """Return code -> entry for a folder of Python files; refuses a file without exactly one `kind`."""
    return MappingProxyType({code: _entry(f"{package}.{code}", kind) for code in _module_names(package)})


def documents(package: str, kind: type[D]) -> Mapping[str, D]:
    """Return code -> entry for a folder of TOML files; refuses what `kind.from_document` refuses."""
    return MappingProxyType({path.stem: _document(path, kind) for path in _files(package, "*.toml")})


def _module_names(package: str) -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(import_module(package).__path__))


def _entry(module: str, kind: type[T]) -> T:
    found = [thing for thing in vars(import_module(module)).values() if isinstance(thing, kind)]
    if len(found) != 1:
        raise BrokenCatalogue(f"{module} must define one {kind.__name__}, it defines {len(found)}.")
    return found[0]


def _document(path: Path, kind: type[D]) -> D:
    try:
        return kind.from_document(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BrokenCatalogue(f"{path.name}: {error}") from error


def _files(package: str, pattern: str) -> Iterator[Path]:
    for folder in import_module(package).__path__:
        yield from sorted(Path(folder).glob(pattern))
