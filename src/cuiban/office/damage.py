"""Whether an error that nobody expected comes from a row that a foreign hand broke: the first case that cannot be read.

Belongs here: a quick look at rows as lists read them.   Must never enter: comparing with the history (replaying.py).
"""

from typing import TYPE_CHECKING, Any

import msgspec

from cuiban.engine.case import read_data
from cuiban.errors import CuibanError
from cuiban.store import beside as b
from cuiban.store.rows import STORED
from cuiban.store.types import maybe_instant

if TYPE_CHECKING:
    from cuiban.office import Office

INSTANTS = ("opened_at", "state_since", "due", "not_before", "timer")
BROKEN = (KeyError, TypeError, ValueError, OverflowError, AttributeError, CuibanError)


def damaged(office: "Office") -> str | None:
    """The reference of the first case whose row, or whose name in lists, cannot be read; None where all can be."""
    connection, d = office.store.database.connection(), office.store.dealership
    for row in b.rows(connection, b.CASES[False], d, None):
        if not _readable(office, dict(zip(STORED, row, strict=True))):
            return str(row[0])
    for ref, parts in b.rows(connection, b.OF_ALL["subjects"], d, None):
        try:
            msgspec.json.decode(parts, type=list[str | list[str]])
        except BROKEN:
            return str(ref)
    return None


def _readable(office: "Office", row: dict[str, Any]) -> bool:
    try:
        for name in INSTANTS:
            maybe_instant(row[name])
        read_data(row["data"])
        return row["state"] in office.store.program(row["definition"]).states
    except BROKEN:
        return False
