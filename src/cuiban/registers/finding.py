"""Which row of a register a case means: the one that its own steps wrote, whatever was made of its key by hand since. [0013]

Belongs here: reading the history of rows for whose they are.   Start at: meant
Must never enter: what becomes of the row (writing.py).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from cuiban.engine.case import Event
from cuiban.engine.register import END, Record, Register

SOURCE = "source"  # the column with the case whose step wrote the row, where a register has it
History = Callable[[str], Sequence[Event]]


class Meant(NamedTuple):
    """The row that a case means, or None; `strange`: one has the key, but by hand, and it is another case's."""

    row: Record | None
    strange: bool = False


def meant(register: Register, case: str, key: Sequence[Any], by_key: Record | None, history: History,
          of_case: Callable[[], Iterable[Record]]) -> Meant:  # fmt: skip
    """The row that `case` means by `key`.

    Args:
        by_key: the row that has the key now.
        of_case: the rows with the case as their source; asked only where the key alone does not tell.
    """
    if by_key is not None and (by_key.values.get(SOURCE) == case or not _keyed_by_hand(register, history(by_key.id))):
        return Meant(by_key)
    found = _own(register, case, key, history, of_case()) if register.field(SOURCE) is not None else None
    if found is None and by_key is not None:
        others = {case_of(event.origin) for event in history(by_key.id)} - {"", case}
        return Meant(None, strange=True) if others else Meant(by_key)
    return Meant(found)


def _own(register: Register, case: str, key: Sequence[Any], history: History, rows: Iterable[Record]) -> Record | None:
    """The row that a step of the case wrote under the key; else the only one of its rows that got another key by hand."""
    mine = [(row, history(row.id)) for row in rows]
    for row, events in mine:
        if _had(register, case, key, events):
            return row
    moved = [row for row, events in mine if _keyed_by_hand(register, events)]
    return moved[0] if len(moved) == 1 else None


def _had(register: Register, case: str, key: Sequence[Any], events: Sequence[Event]) -> bool:
    said: dict[str, Any] = {}
    for event in events:
        said |= event.fields
        if case_of(event.origin) == case and event.action != END and [said.get(name) for name in register.key] == [*key]:
            return True
    return False


def _keyed_by_hand(register: Register, events: Sequence[Event]) -> bool:
    """Whether the key that a row has was put there by hand, in the place of another."""
    keyed = [event for event in events[1:] if not event.fields.keys().isdisjoint(register.key)]
    return bool(keyed) and not case_of(keyed[-1].origin)


def case_of(origin: Mapping[str, str | None]) -> str:
    """The case of the step that writes; empty: it is done by hand."""
    return (origin.get("step") or "").partition(" ")[0]
