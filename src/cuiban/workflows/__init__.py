"""workflows: what the dealership does, one file per process, written in the language of `engine` and in nothing else.

Belongs here: processes, the table of duties, roles, outside parties, books, the defaults of the business's choices.
Start at: complaint.py.   Must never enter: SQL, files, a clock, code that runs when a case moves.

`PROCESSES`, `DUTIES`, `ROLES`, `OUTSIDE`, `BOOKS`, `CHOICES` are all that is registered: ours, and those that a store
adds by an entry point of the group `cuiban.workflows`: a module with any of these names. Read when first asked for.
"""

from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

    from cuiban.engine.duty import Duty
    from cuiban.engine.labels import L
    from cuiban.engine.language import Preset, Process

    PROCESSES: tuple[Process, ...]
    DUTIES: tuple[Duty, ...]
    ROLES: dict[str, L]
    OUTSIDE: dict[str, L]
    BOOKS: dict[str, L]
    CHOICES: tuple[Preset, ...]

GROUP = "cuiban.workflows"

# Process -> the module that declares it, so that one is read without the others.
OURS = {
    "complaint": "complaint",
    "callback": "callback",
    "vehicle": "vehicle_delivery",
    "delivery": "vehicle_delivery",
    "call_order": "call_order",
    "colour_order": "call_order",
    "incident": "incident",
    "duty": "duty",
}
_PLACES = {"DUTIES": "duties", "ROLES": "roles", "OUTSIDE": "roles", "BOOKS": "roles", "CHOICES": "choices"}


def process_named(name: str) -> "Process | None":
    """The process `name`, or None; reads the file of that process only if it is ours."""
    if name in OURS:
        found: Process = getattr(import_module(f"{__name__}.{OURS[name]}"), name)
        return found
    return next((process for process in __getattr__("PROCESSES") if process.name == name), None)


def defaults() -> dict[str, Any]:
    """What every setting is until the dealership sets it itself, by key."""
    return {choice.key: choice.default for choice in __getattr__("CHOICES")}


def added() -> "list[ModuleType]":
    """The modules that other packages add.

    Raises:
        ImportError: one of them cannot be read.
    """
    return [point.load() for point in sorted(entry_points(group=GROUP))]


def __getattr__(name: str) -> Any:
    if name == "PROCESSES":
        own: Any = tuple(getattr(import_module(f"{__name__}.{file}"), process) for process, file in OURS.items())
    elif name in _PLACES:
        own = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    for module in added():
        more = getattr(module, name, type(own)())
        own = own | more if isinstance(own, dict) else (*own, *more)
    globals()[name] = own
    return own
