"""Where a definition stands: the file and line of each of its elements, so that a check can point at it.

Belongs here: reading the source of a definition as text. Must never enter: what a definition means.
"""

import ast
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from types import ModuleType

# What kind of call writes down an element; others (a helper such as `rating("staff", ..)`) only if none of these does.
CALLS = {"state": ("State", "End"), "transition": ("Transition",), "field": ("Field",), "paper": ("Paper",), "link": ("Link",)}


def locate(process: str, element: str) -> tuple[Path, int] | None:
    """The file and line (from 1) where an element of a process, a duty or a setting is declared; None if not found.

    Args:
        process: the name of the process (of a duty or setting: its own).
        element: as a `Problem` names it.
    """
    kind, _, name = element.partition(":")
    for module in _candidates():
        tree = _tree(Path(str(module.__file__)))
        if kind in ("duty", "setting"):
            found = [call for call in _calls(tree) if _argument(call, 0) == name and _called(call) != "Setting"]
            if found:
                return Path(str(module.__file__)), found[0].lineno
            continue
        declared = next((c for c in _calls(tree) if _called(c) == "Process" and _argument(c, 0) == process), None)
        if declared is not None:
            line = _line(tree, declared, kind, name)
            return (line is None and _shared(kind, name)) or (Path(str(module.__file__)), line or declared.lineno)
    return None


def _shared(kind: str, name: str) -> tuple[Path, int] | None:
    """Where something stands that several processes share."""
    for module in _candidates():
        for call in _calls(_tree(Path(str(module.__file__)))):
            if _called(call) in CALLS.get(kind, ()) and _argument(call, 0) == name:
                return Path(str(module.__file__)), call.lineno
    return None


def _candidates() -> list[ModuleType]:
    """The modules in memory that hold definitions: those that import the language."""
    modules = [m for m in list(sys.modules.values()) if str(getattr(m, "__file__", None)).endswith(".py")]
    written = ("Process", "Duty", "Preset", "Field")
    return [m for m in modules if any(name in getattr(m, "__dict__", {}) for name in written)]


@lru_cache(maxsize=256)
def _tree(file: Path) -> ast.Module:
    try:
        return ast.parse(file.read_text("utf-8"))
    except (OSError, SyntaxError, ValueError):
        return ast.Module([], [])


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _argument(call: ast.Call, place: int) -> object:
    """A plain argument; of a list its first entry."""
    if place >= len(call.args):
        return None
    value = call.args[place]
    if isinstance(value, ast.List) and value.elts:
        value = value.elts[0]
    return value.value if isinstance(value, ast.Constant) else None


def _line(tree: ast.Module, declared: ast.Call, kind: str, name: str) -> int | None:
    """The line of an element: inside its process, else anywhere in the file; None if it stands elsewhere."""
    name, _, source = name.partition("@")
    if kind in ("opening", "cancel"):
        return next((word.value.lineno for word in declared.keywords if word.arg == kind), declared.lineno)
    if kind not in CALLS:
        return declared.lineno
    for where in (declared, tree):
        named = [call for call in _calls(where) if _argument(call, 0) == name]
        exact = [call for call in named if _called(call) in CALLS.get(kind, ())]
        if kind == "transition":
            exact = [call for call in exact if _argument(call, 2) == source] or exact
        found = exact or (named if kind == "field" else [])
        if found:
            return found[0].lineno
    return None
