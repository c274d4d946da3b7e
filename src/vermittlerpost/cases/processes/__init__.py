"""Processes: which letter follows which, after how long, with which urgency; `<name>.<version>.toml` each."""

from collections.abc import Mapping

from vermittlerpost.cases.rules import Process
from vermittlerpost.lib import catalogue

PROCESSES: Mapping[str, Process] = catalogue.documents(__name__, Process)


def newest(name: str) -> Process:
    """Return the highest version of a process; refuses an unknown name with KeyError."""
    versions = [process for process in PROCESSES.values() if process.name == name]
    if not versions:
        raise KeyError(name)
    return max(versions, key=lambda process: process.version)
