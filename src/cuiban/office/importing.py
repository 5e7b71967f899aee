"""Taking a file into a register, once under a key: the answer is kept with the first row that the file changes. [cli.md 1]

Belongs here: the key of an import.   Start at: take_in_file
Must never enter: what becomes of a row (registers/importing.py).
"""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from cuiban.exchange.source import opened
from cuiban.office import keys
from cuiban.office.door import moment
from cuiban.registers.importing import Answer, answer_of, take_in, told_again
from cuiban.registers.sheet import read_lines

if TYPE_CHECKING:
    from pathlib import Path

    from cuiban.engine.register import Record, Register
    from cuiban.office import Office
    from cuiban.registers.importing import Imported
    from cuiban.registers.writing import Hand
    from cuiban.store.database import Connection


BEGUN = Answer(False, [])  # what is kept until a file has been read to its end


class How(NamedTuple):
    """Who takes a file in, and how; see Office.register_import."""

    actor: str
    now: datetime | None
    via: str | None
    reason: str | None
    dry_run: bool
    progress: Callable[[int], None] | None
    key: str | None


def take_in_file(office: "Office", register: "Register", path: "Path", how: How) -> "Imported":
    """Take a file in; or, under a key that was used, say what became of it then."""
    form = office.form(register.name)
    lines = read_lines(path, form, office.zone)
    transact, key, wish = office.store.transact, how.key, b""
    kept = False
    if key is not None:
        with opened(path) as file:
            content = sha256(file.read()).hexdigest()
        wish = ascii([register.name, how.actor, how.reason, content]).encode()
        before = keys.recall(office, office.database.connection(), key, wish, Answer)
        if before is not None and before.whole:
            return told_again(form, lines, before)
        kept = before is not None

    def hand(connection: "Connection") -> "Hand":
        nonlocal kept
        found = office.hand(how.actor, how.now, how.via, how.reason, connection)
        if key is not None and not kept:
            kept = keys.recall(office, connection, key, wish, Answer) is not None  # a chunk that was tried again, or another's
            found.command = keys.key_hash(key) if not kept else None
        return found

    def once(connection: "Connection", row: "Record") -> None:
        assert key is not None
        keys.keep(office, connection, key, wish, row.id, row.version, BEGUN, moment(how.now))

    done = take_in(form, lines, transact, hand, dry_run=how.dry_run, progress=how.progress, once=once)

    def finish(connection: "Connection") -> Answer | None:
        assert key is not None
        mine = keys.finish(office, connection, key, BEGUN, answer_of(done))
        return None if mine else keys.recall(office, connection, key, wish, Answer)

    first = transact(finish) if key is not None and not how.dry_run else None  # the answer of who took the same file in meanwhile
    return done if first is None else told_again(form, read_lines(path, form, office.zone), first)
