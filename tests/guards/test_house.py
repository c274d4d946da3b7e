"""The house rules that no linter knows, read from the syntax tree, so that nobody has to remember them."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "src" / "vermittlerpost"
TESTS = ROOT / "tests"

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
SHORT_FUNCTION = 15
SHARE_OF_SHORT_FUNCTIONS = 0.9
SHARE_OF_SHORT_FILES = 0.5
SHORT_FILE = 100

VAGUE_MODULES = {"util", "utils", "helper", "helpers", "common", "service", "services", "core", "misc"}
SERVICES_OF_THE_PORTAL = HOUSE / "interfaces" / "portal" / "services"
"""The pages below „Services", an entry of the portal's menu: there the word says something."""
VAGUE_CLASSES = ("Manager", "Service", "Helper", "Handler", "Base")

ALWAYS_WRITES = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITES_WITHOUT_POSITIONAL = {"save", "delete", "update"}  # with one, it is a dict's, a hash's or a file's
SQL_THAT_WRITES = re.compile(r"\b(INSERT INTO|DELETE FROM|TRUNCATE|COPY \S+ \()|\bUPDATE\s+\S+(\s+AS\s+\w+)?\s+SET\b")
SQL_CLOCK = re.compile(r"(?<![\w.])now\(\)|\bCURRENT_(TIMESTAMP|DATE|TIME)\b|\bclock_timestamp\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Module:
    """One file of Python."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def room(self) -> str:
        return self.path.relative_to(HOUSE).parts[0]

    @property
    def is_actions(self) -> bool:
        return Path(*self.path.relative_to(HOUSE).parts[1:2]).stem == "actions"

    def at(self, node: ast.expr | ast.stmt, remark: str) -> str:
        return f"{self.name}:{node.lineno}: {remark}"


@cache
def modules(folder: Path) -> tuple[Module, ...]:
    return tuple(
        Module(path=path, text=text, tree=ast.parse(text))
        for path in sorted(folder.rglob("*.py"))
        if "migrations" not in path.parts
        for text in [path.read_text(encoding="utf-8")]
    )


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def calls_of_methods(module: Module) -> Iterator[tuple[ast.Call, ast.Attribute]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func


def texts(module: Module) -> Iterator[ast.Constant]:
    docstrings = {id(node.value) for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines from `def` to the end, the docstring left out."""
    first = function.body[0]
    has_docstring = ast.get_docstring(function, clean=False) is not None
    return last_line(function) - function.lineno + 1 - has_docstring * (last_line(first) - first.lineno + 1)


def last_line(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno


def is_write(call: ast.Call, method: ast.Attribute) -> bool:
    owner = ast.unparse(method.value)
    return (
        method.attr in ALWAYS_WRITES
        or (method.attr == "create" and ".objects" in owner)
        or (method.attr in {"insert", "update"} and owner == "bulk")
        or (method.attr in WRITES_WITHOUT_POSITIONAL and not call.args)
    )


def written_name(call: ast.Call, method: ast.Attribute) -> str:
    """Return the leftmost name of what is written: `Letter` in `Letter.objects.filter(…).update(…)`."""
    node: ast.expr = call.args[0] if ast.unparse(method.value) == "bulk" and call.args else method.value
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def models_of_other_rooms(module: Module) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and re.fullmatch(r"vermittlerpost\.\w+\.models", node.module or "")
        if node.module != f"vermittlerpost.{module.room}.models"
        for alias in node.names
    }


def listed(offenders: Iterable[str]) -> str:
    return "\n".join(["", *sorted(offenders)])


def test_no_file_is_longer_than_300_lines() -> None:
    sizes = {module.name: len(module.text.splitlines()) for folder in (HOUSE, TESTS) for module in modules(folder)}
    assert not (long := [f"{name}: {size}" for name, size in sizes.items() if size > LONGEST_FILE]), listed(long)


def test_half_of_the_files_are_shorter_than_100_lines() -> None:
    sizes = [len(module.text.splitlines()) for module in modules(HOUSE)]
    assert sum(size < SHORT_FILE for size in sizes) >= SHARE_OF_SHORT_FILES * len(sizes)


def test_no_function_is_longer_than_40_lines_and_nine_in_ten_are_shorter_than_15() -> None:
    sizes = {
        module.at(function, function.name): length(function)
        for module in modules(HOUSE)
        for function in functions(module)
    }
    too_long = [f"{place}: {size}" for place, size in sizes.items() if size > LONGEST_FUNCTION]
    not_short = [f"{place}: {size}" for place, size in sizes.items() if size >= SHORT_FUNCTION]
    assert not too_long, listed(too_long)
    assert len(not_short) <= (1 - SHARE_OF_SHORT_FUNCTIONS) * len(sizes), listed(not_short)


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [
        module.name
        for folder in (HOUSE, TESTS)
        for module in modules(folder)
        if VAGUE_MODULES & set(module.path.relative_to(folder).with_suffix("").parts)
        if SERVICES_OF_THE_PORTAL not in module.path.parents
    ]
    assert not vague, listed(vague)


def test_no_class_has_a_name_that_says_nothing() -> None:
    vague = [
        module.at(node, node.name)
        for folder in (HOUSE, TESTS)
        for module in modules(folder)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith(VAGUE_CLASSES)
    ]
    assert not vague, listed(vague)


def test_models_are_written_in_actions_only() -> None:
    elsewhere = [
        module.at(call, f".{method.attr}(…) belongs into the room's actions")
        for module in modules(HOUSE)
        if not module.is_actions
        for call, method in calls_of_methods(module)
        if is_write(call, method)
    ]
    assert not elsewhere, listed(elsewhere)


def test_actions_write_no_other_rooms_models() -> None:
    trespasses = [
        module.at(call, f"{written_name(call, method)} is another room's: call that room's action")
        for module in modules(HOUSE)
        if module.is_actions
        for call, method in calls_of_methods(module)
        if is_write(call, method) and written_name(call, method) in models_of_other_rooms(module)
    ]
    assert not trespasses, listed(trespasses)


def test_sql_that_writes_stands_in_actions_only() -> None:
    elsewhere = [
        module.at(text, "SQL that writes belongs into the room's actions")
        for module in modules(HOUSE)
        if not module.is_actions and module.room != "lib"
        for text in texts(module)
        if SQL_THAT_WRITES.search(str(text.value))
    ]
    assert not elsewhere, listed(elsewhere)


def test_the_databases_clock_is_not_asked() -> None:
    asked = [
        module.at(text, "pass clock.now() as a parameter")
        for module in modules(HOUSE)
        for text in texts(module)
        if SQL_CLOCK.search(str(text.value))
    ] + [
        module.at(node.value, f"{node.arg} asks Django's clock")
        for module in modules(HOUSE)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}
    ]
    assert not asked, listed(asked)


def test_rules_do_not_read_the_clock() -> None:
    read = [
        module.at(call, f"clock.{method.attr}(): let the caller pass it")
        for module in modules(HOUSE)
        if "rules" in module.path.relative_to(HOUSE).with_suffix("").parts
        for call, method in calls_of_methods(module)
        if ast.unparse(method) in {"clock.now", "clock.today"}
    ]
    assert not read, listed(read)


def test_no_subject_of_the_journal_names_a_placeholder_instead_of_what_it_stands_for() -> None:
    literal = [
        module.at(given.value, "an f is missing before the subject")
        for module in modules(HOUSE)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Event")
        for given in node.keywords
        if given.arg == "subject" and isinstance(given.value, ast.Constant) and "{" in str(given.value.value)
    ]
    assert not literal, listed(literal)
