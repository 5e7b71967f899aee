"""A register: rows of one kind that outlive any case (customers, cars, invoices), and what an event makes of a row.

Belongs here: how a register is declared, the fold of a row's events.   Start at: Register
Must never enter: SQL, files, the clock, the name of any register.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from cuiban.engine.case import Event
from cuiban.engine.labels import L
from cuiban.engine.language import Enter, Field

ADD, SET, END, AGAIN = "add", "set", "end", "again"
ACTIONS = {ADD: L("登记", "Entered"), SET: L("更改", "Changed"), END: L("停用", "Ended"), AGAIN: L("恢复", "Holds again")}
PROCESS = "register:"  # what stands in the place of an event's process, before the register's name
COLUMNS = ("dealership", "id", "version", "head", "ended", "recorded_at")  # of every row, beside its fields
TYPES = frozenset({"text", "note", "name", "phone", "id_number", "plate", "vin", "number", "money", "rating", "day", "instant",
                   "yes", "choice", "person", "month"})  # fmt: skip


class Refer(msgspec.Struct, frozen=True, omit_defaults=True):
    """The value of `field` names a row of `register`: by its id, or by what it has in its field `by`."""

    field: str
    register: str
    by: str | None = None


class Register(msgspec.Struct, frozen=True, omit_defaults=True):
    """A table of the dealership's.

    Attributes:
        prefix: starts the id of its rows (`KH` in KH-000012).
        rows: catalogue rows that it serves.
        fields: typed; personal ones stay personal.
        key: fields that name a row among people; an import finds by them what is there already.
        needs: fields that a row must have, beside those of the key.
        unique: further fields that no two rows share.
        refers: fields that name rows of registers.
        subject: fields that tell its rows apart in a list.
        find: fields of which a part finds the row.
        past: days and instants that cannot lie ahead.
        times: days and instants by which rows are looked up: each has an index.
        roles: who enters it by hand or by a file; an administrator always may.
    """

    name: str
    label: L
    prefix: str
    rows: list[str]
    fields: list[Field]
    key: list[str]
    roles: list[str]
    needs: list[str] = []
    unique: list[list[str]] = []
    refers: list[Refer] = []
    subject: list[str] = []
    find: list[str] = []
    past: list[str] = []
    times: list[str] = []

    @property
    def process(self) -> str:
        """What stands in the column `process` of its events."""
        return PROCESS + self.name

    @property
    def required(self) -> list[str]:
        """Every field that a row must have."""
        return [*self.key, *(name for name in self.needs if name not in self.key)]

    def field(self, name: str) -> Field | None:
        """The field that a name or a label in either language means."""
        return next((f for f in self.fields if name in (f.name, f.label.zh, f.label.en)), None)

    def id_of(self, serial: int) -> str:
        """The id of the row that was entered as the `serial`-th."""
        return f"{self.prefix}-{serial:06d}"


class Row(msgspec.Struct, gc=False):
    """A row that a step of a case wants to have in a register; see language.Enter.

    Attributes:
        enter: what the definition says of it.
        values: in the form that is kept; None: to be emptied.
        at: when the step took effect (UTC).
        ref, seq: the event of the case that wants it.
        was, by: of a correction: what the row was to say before, by which event (`JC-260302-001 4`); None: it is new.
    """

    enter: Enter
    values: dict[str, Any]
    at: datetime
    ref: str = ""
    seq: int = 0
    was: dict[str, Any] | None = None
    by: str = ""


class Record(msgspec.Struct, frozen=True):
    """A row; its values as events keep them, of personal ones the commitment `{"#": ..}` by its events, the value by its table."""

    id: str
    version: int
    head: str
    ended: bool
    recorded_at: datetime
    values: dict[str, Any]


class Unfit(ValueError):
    """The event does not follow from those before it."""


def register_of(event: Event) -> str | None:
    """The register whose row an event begins; None for one of a case or of reference data."""
    named = event.process or ""
    return named[len(PROCESS) :] if named.startswith(PROCESS) else None


def applied(record: Record | None, event: Event, digest: str, plain: Mapping[str, Any] | None = None) -> Record:
    """The row after `event`, whether it is written or replayed. Raises Unfit where no such event can follow.

    Args:
        plain: what the event changes with personal values in clear; None: as the event says it.
    """
    before = record.version if record is not None else 0
    if event.seq != before + 1 or (record is None) is not (event.action == ADD) or event.action not in (ADD, SET, END, AGAIN):
        raise Unfit(f"{event.ref}: {event.action} {event.seq} after {before}")
    values = dict(record.values) if record is not None else {}
    for name, value in (event.fields if plain is None else plain).items():
        if value is None:
            values.pop(name, None)
        else:
            values[name] = value
    ended = event.action == END or (record is not None and record.ended and event.action != AGAIN)
    return Record(event.ref, event.seq, digest, ended, event.recorded_at, values)
