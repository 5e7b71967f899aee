"""Whether an error that nobody expected comes from a row that a foreign hand broke: the first case that cannot be read.

Belongs here: a quick look at rows as lists read them, and for bytes that are no text.
Must never enter: comparing with the history (replaying.py).
"""

from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from cuiban.engine.case import read_data
from cuiban.engine.labels import L
from cuiban.errors import CuibanError, VerificationFailed
from cuiban.store import beside as b
from cuiban.store.rows import STORED
from cuiban.store.troubles import NOT_TEXT as NOT_TEXT_CODE, trouble_of
from cuiban.store.types import maybe_instant
from cuiban.store.undecoded import places

if TYPE_CHECKING:
    from cuiban.office import Office

NOT_TEXT = L(
    "库里有不是文字的字节: {places}; 从备份恢复",
    "the database holds bytes that are no text: {places}; restore a backup",
)
MOST = 5  # places told
INSTANTS = ("opened_at", "state_since", "due", "not_before", "timer")
BROKEN = (KeyError, TypeError, ValueError, OverflowError, AttributeError, CuibanError)


def no_text(office: "Office", error: Exception) -> CuibanError | None:
    """Of the error that a text cannot be read, where it stands: table, column, row; None for any other."""
    trouble = trouble_of(error, office.database.shown)
    if not isinstance(trouble, CuibanError) or trouble.code != NOT_TEXT_CODE:
        return None
    found = list(islice(places(office.database.connection()), MOST))
    told = ", ".join(f"{one.table}.{one.column} {one.row or '?'}" for one in found)
    return VerificationFailed(trouble.code, NOT_TEXT.fill(places=told)) if found else trouble


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
