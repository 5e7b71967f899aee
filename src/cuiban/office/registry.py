"""Where processes, duties, roles and choices come from: the entry points of `cuiban.workflows`, this package's own first."""

import traceback
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from cuiban.engine.books import Book
from cuiban.engine.calendars import NamedCalendar
from cuiban.engine.labels import L
from cuiban.engine.language import Process

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "cuiban.workflows"
BROKEN = L("程序包 {name} 没有读入: {why}", "the package {name} was not read: {why}")


class Broken(NamedTuple):
    """A package of processes that could not be read; the house goes on without it.

    Attributes:
        name: of its entry point; file, line: where it failed ("", 0: before its first line); why: the exception in words.
    """

    name: str
    file: str
    line: int
    why: str

    @property
    def message(self) -> L:
        """What a person is told, without the place."""
        return BROKEN.fill(name=self.name, why=self.why)


class Processes(Mapping[str, Process]):
    """The processes of several packages. One with MODULES and `process_named` is read a file at a time."""

    def __init__(self, modules: list[ModuleType]) -> None:
        self._from: dict[str, ModuleType] = {}
        self._read: dict[str, Process] = {}
        for module in modules:
            if hasattr(module, "process_named"):
                for name in module.MODULES:
                    self._from.setdefault(name, module)
            else:
                for process in getattr(module, "PROCESSES", ()):
                    self._from.setdefault(process.name, module)
                    self._read.setdefault(process.name, process)

    def __getitem__(self, name: str) -> Process:
        found = self._read.get(name)
        if found is None:
            found = self._read[name] = self._from[name].process_named(name)
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._from

    def __iter__(self) -> Iterator[str]:
        return iter(self._from)

    def __len__(self) -> int:
        return len(self._from)


class Registry:
    """Every declared thing by its name. A later package may add, never replace.

    Args:
        modules: modules with PROCESSES, DUTIES, ROLES, CHOICES, OUTSIDE, BOOKS, LEDGERS, CALENDARS (any may be absent); None:
            the installed ones.
    """

    def __init__(self, modules: list[ModuleType] | None = None) -> None:
        self._given = modules
        self.broken: list[Broken] = []  # filled when `modules` is first asked for

    @cached_property
    def modules(self) -> list[ModuleType]:
        """The packages of processes."""
        if self._given is not None:
            return self._given
        from importlib.metadata import entry_points

        import cuiban.workflows

        found = [self._read(point) for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)]
        return [cuiban.workflows, *(module for module in found if module not in (None, cuiban.workflows))]

    def _read(self, point: "EntryPoint") -> ModuleType | None:
        """The module of an entry point; None where it fails, whatever it fails at: a store's own code stops nobody's list."""
        try:
            module: ModuleType = point.load()
            if not hasattr(module, "process_named"):
                stray = next((one for one in getattr(module, "PROCESSES", ()) if not isinstance(one, Process)), None)
                if stray is not None:
                    raise TypeError(f"PROCESSES holds {stray!r}, which is no Process")
        except Exception as error:
            file, line = _place(error, point.module)
            self.broken.append(Broken(point.name, file, line, f"{error.__class__.__name__}: {error}"))
            return None
        return module

    def _all(self, name: str) -> list[Any]:
        return [item for module in self.modules for item in getattr(module, name, ())]

    def _by(self, name: str, key: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for item in self._all(name):
            found.setdefault(getattr(item, key), item)
        return found

    @cached_property
    def processes(self) -> Mapping[str, Process]:
        """Processes by name; a file is read when its process is first asked for."""
        return Processes(self.modules)

    @cached_property
    def laddered(self) -> list[Process]:
        """The processes that may have a ladder of their own; a package that says which is not read for the others."""
        said = {name for module in self.modules for name in getattr(module, "LADDERS", ())}
        silent = {n for m in self.modules if not hasattr(m, "LADDERS") for n in Processes([m])}
        return [self.processes[name] for name in self.processes if name in said or name in silent]

    @cached_property
    def from_rows(self) -> dict[str, list[str]]:
        """Process -> the registers whose rows open its cases; a package that says which is not read for the others."""
        said = {name: [*registers] for module in self.modules for name, registers in getattr(module, "FROM_ROWS", {}).items()}
        silent = [process for m in self.modules if not hasattr(m, "FROM_ROWS") for process in Processes([m]).values()]
        return {**{process.name: [rule.register for rule in process.from_rows] for process in silent if process.from_rows}, **said}

    @cached_property
    def duties(self) -> dict[str, Any]:
        """Recurring duties by name."""
        return self._by("DUTIES", "name")

    @cached_property
    def choices(self) -> dict[str, Any]:
        """The business's choices by key."""
        return self._by("CHOICES", "key")

    @cached_property
    def calendars(self) -> dict[str, NamedCalendar]:
        """Calendars beside the house's own, by name."""
        return self._by("CALENDARS", "name")

    @cached_property
    def roles(self) -> dict[str, L]:
        """Labels of roles by id, those of parties outside too."""
        found: dict[str, L] = {}
        for module in self.modules:
            for name in ("ROLES", "OUTSIDE"):
                found = {**dict(getattr(module, name, {})), **found}
        return found

    @cached_property
    def outside(self) -> dict[str, L]:
        """Labels of the parties outside by id."""
        return {k: v for module in self.modules for k, v in dict(getattr(module, "OUTSIDE", {})).items()}

    @cached_property
    def books(self) -> dict[str, Book]:
        """Books of numbers by name."""
        return {k: v for module in self.modules for k, v in dict(getattr(module, "BOOKS", {})).items()}

    @cached_property
    def ledgers(self) -> dict[str, L]:
        """Labels by name of the ledgers whose months are closed; what a package does not name goes by its id."""
        named = {k: v for module in self.modules for k, v in dict(getattr(module, "LEDGERS", {})).items()}
        closed = sorted({str(duty.closes) for duty in self.duties.values() if duty.closes is not None})
        return {name: named.get(name, L(name, name)) for name in closed}


def _place(error: Exception, module: str) -> tuple[str, int]:
    """The file and line at which reading `module` failed: the last that is of its package, else of the error itself."""
    if isinstance(error, SyntaxError):
        return error.filename or "", error.lineno or 0
    package = module.split(".")[0]
    frames = [(one.filename, one.lineno or 0) for one in reversed(traceback.extract_tb(error.__traceback__))]
    return next((frame for frame in frames if package in Path(frame[0]).with_suffix("").parts), ("", 0))
