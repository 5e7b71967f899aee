"""For each of what a duty comes round: rows of a register, departments. [language.md (c) per subject]

Belongs here: the source, as data, and what stands in it at a moment.   Start at: Rows, Departments
Must never enter: SQL, which registers there are, the clock.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from cuiban.engine.case import Event
from cuiban.engine.conditions import Test
from cuiban.engine.judge import row_fits
from cuiban.engine.register import Record, applied
from cuiban.engine.roster import Roster


class Rows(msgspec.Struct, frozen=True, omit_defaults=True, tag="rows"):
    """Each row of `register` that has not ended.

    Attributes:
        when: only those of which this holds; a path is a field of the row.
        doer: the field with the person who does it; where it is empty, or they have left, the duty's own doer does.
    """

    register: str
    when: Test | None = None
    doer: str | None = None


class Departments(msgspec.Struct, frozen=True, omit_defaults=True, tag="departments"):
    """Each department in which somebody works.

    Attributes:
        head: whoever of the department has this role does it; where nobody has, the duty's own doer does.
    """

    head: str | None = None


Source = Rows | Departments


class Subject(msgspec.Struct, frozen=True):
    """One of them: by which id its occurrences are known, what people call it, who does it (None: the duty's doer)."""

    id: str
    label: str
    doer: str | None = None


def departments(source: Departments, roster: Roster, at: datetime) -> list[Subject]:
    """The departments at `at` (UTC), in order of name."""
    there = [m for m in roster.members.values() if m.department is not None and m.since <= at and roster.active(m.id, at)]
    heads: dict[str, str | None] = {}
    for member in sorted(there, key=lambda m: m.id):
        name = str(member.department)
        leads = source.head is not None and roster.has(member.id, source.head, at)
        heads[name] = heads.get(name) or (member.id if leads else None)
    return [Subject(name, name, heads[name]) for name in sorted(heads)]


def stood(events: Iterable[tuple[Event, str]]) -> Iterator[tuple[datetime, Record]]:
    """How a row stood from when on (UTC), by its events with their hashes."""
    record: Record | None = None
    for event, digest in events:
        record = applied(record, event, digest)
        yield event.at, record


def owing(source: Rows, states: Iterable[tuple[datetime, Record]], opens: datetime, due: datetime) -> Record | None:
    """The row as it stood when it first owed an occurrence that is open from `opens` until `due`; None: it never did.

    So it does not matter when somebody looks: one that was entered after the due owes nothing, one that ended since still does.
    """
    known = list(states)
    for (since, record), until in zip(known, [*(at for at, _ in known[1:]), None], strict=True):
        overlaps = since <= due and (until is None or until > opens)
        if overlaps and not record.ended and (source.when is None or row_fits(source.when, record.values, opens)):
            return record
    return None


def subject_of_row(source: Rows, id: str, named: Iterable[str], values: Mapping[str, Any], roster: Roster, at: datetime) -> Subject:
    """What an occurrence says of a row; `named` are the register's fields that tell its rows apart."""
    label = " ".join(str(values[name]) for name in named if isinstance(values.get(name), str)) or id
    doer = values.get(source.doer) if source.doer is not None else None
    return Subject(id, label, doer if isinstance(doer, str) and roster.active(doer, at) else None)
