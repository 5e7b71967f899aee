"""Every statement that the transaction runs, by name, with one line of purpose. Lists and questions: questions.py."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, Update, and_, bindparam, delete, insert, select, update
from sqlalchemy.sql import ClauseElement, ColumnElement
from sqlalchemy.sql.selectable import ScalarSelect

from cuiban.store import schema as t
from cuiban.store.rows import APPENDED, OPENED, SELDOM, STEPPED
from cuiban.store.statements import given_rows, statement

p = bindparam
SOME = 100  # cases that are read at once

CASE_COLUMNS = [
    t.cases.c[name]
    for name in (
        "ref", "process", "definition", "state", "version", "head", "opener", "opened_at", "state_since", "open",
        "role", "assignee", "chaser", "due", "not_before", "timer", "provisional", "paused", "key", "duty", "nominal",
        "data",
    )
]  # fmt: skip
_SEEN = ("dealership", "ref", "version", "head", "reference_version")  # which case, as it was when its step was decided


def _this_case() -> ColumnElement[bool]:
    return and_(t.cases.c.dealership == p("dealership"), t.cases.c.ref == p("ref"))


def _reference_version() -> ScalarSelect[int]:
    return select(t.dealerships.c.reference_version).where(t.dealerships.c.id == p("dealership")).scalar_subquery()


def _advance(columns: Sequence[str]) -> Update:
    """Compare and set: the case goes on if nobody moved it, and nobody changed the reference data that was looked at."""
    unchanged = _reference_version() == p("reference_version")
    values: dict[str, Any] = {name: p("new_" + name) for name in columns}
    unmoved = and_(t.cases.c.version == p("version"), t.cases.c.head == p("head"))
    return update(t.cases).where(_this_case(), unmoved, unchanged).values(values)


def _new(*columns: str) -> list[str]:
    """What an UPDATE sets is given apart from what it looks for."""
    return ["new_" + name for name in columns]


@given_rows("dealership", "ref")
def LOAD() -> ClauseElement:
    """A case, and the version of the reference data that goes with this read."""
    return select(*CASE_COLUMNS, _reference_version()).where(_this_case())


@given_rows("dealership", "ref")
def LOCK() -> ClauseElement:
    """A case, for this transaction alone (SQLite has the whole database by then)."""
    return select(*CASE_COLUMNS, _reference_version()).where(_this_case()).with_for_update(of=t.cases)


@given_rows("dealership", *(f"ref_{number}" for number in range(SOME)))
def LOCK_SOME() -> ClauseElement:
    """Some cases, for this transaction alone, in the order in which everybody locks; fewer repeat a reference."""
    refs: list[Any] = [p(f"ref_{number}") for number in range(SOME)]
    here = and_(t.cases.c.dealership == p("dealership"), t.cases.c.ref.in_(refs))
    return select(*CASE_COLUMNS).where(here).order_by(t.cases.c.ref).with_for_update()


@statement
def BY_KEY() -> ClauseElement:
    """The case that a key of a process names."""
    c = t.cases.c
    return select(c.ref).where(c.dealership == p("dealership"), c.process == p("process"), c.key == p("key"))


@given_rows(*_SEEN, *_new(*STEPPED))
def STEP() -> ClauseElement:
    """A usual step: what few steps move stays as it is."""
    return _advance(STEPPED)


@given_rows(*_SEEN, *_new(*STEPPED, *SELDOM))
def ADVANCE() -> ClauseElement:
    """Any other step."""
    return _advance([*STEPPED, *SELDOM])


@given_rows("dealership", *OPENED, *STEPPED, *SELDOM)
def PLACE() -> ClauseElement:
    """A new case."""
    return insert(t.cases).values({c.name: p(c.name) for c in t.cases.c})


@given_rows(*APPENDED)
def APPEND() -> ClauseElement:
    """History only grows."""
    return insert(t.events).values({c.name: p(c.name) for c in t.events.c})


def _advance_and_append(columns: Sequence[str]) -> ClauseElement:
    """The event is written if the case went on: one round trip (PostgreSQL)."""
    moved = _advance(columns).returning(t.cases.c.ref).cte("moved")
    names = [c.name for c in t.events.c]
    row = select(*[p("event_" + c.name, type_=c.type).label(c.name) for c in t.events.c]).select_from(moved)
    return insert(t.events).from_select(names, row)


@given_rows(*_SEEN, *_new(*STEPPED), *("event_" + name for name in APPENDED))
def STEP_AND_APPEND() -> ClauseElement:
    """A usual step and its event."""
    return _advance_and_append(STEPPED)


@given_rows(*_SEEN, *_new(*STEPPED, *SELDOM), *("event_" + name for name in APPENDED))
def ADVANCE_AND_APPEND() -> ClauseElement:
    """Any other step and its event."""
    return _advance_and_append([*STEPPED, *SELDOM])


@statement
def LAST_EVENT() -> ClauseElement:
    """The newest event of a case: who won."""
    e = t.events.c
    here = and_(e.dealership == p("dealership"), e.ref == p("ref"))
    return select(e.text, e.hash).where(here).order_by(e.seq.desc()).limit(1)


@statement
def EVENTS() -> ClauseElement:
    """The history of a case."""
    e = t.events.c
    here = and_(e.dealership == p("dealership"), e.ref == p("ref"))
    return select(e.text, e.hash).where(here).order_by(e.seq)


@statement
def KEEP() -> ClauseElement:
    """A personal value beside the history."""
    return insert(t.personal).values({c.name: p(c.name) for c in t.personal.c})


@statement
def KEPT() -> ClauseElement:
    """The personal values of a case, oldest first."""
    k = t.personal.c
    here = and_(k.dealership == p("dealership"), k.ref == p("ref"))
    return select(k.seq, k.slot, k.value).where(here).order_by(k.seq)


@statement
def KEPT_WITH_SALT() -> ClauseElement:
    """The personal values of a case with the salts of their commitments."""
    k = t.personal.c
    return select(k.salt, k.value).where(k.dealership == p("dealership"), k.ref == p("ref"))


@statement
def KEEP_FILE() -> ClauseElement:
    """A scan beside the history."""
    return insert(t.files).values({c.name: p(c.name) for c in t.files.c})


@statement
def FILE() -> ClauseElement:
    """The newest scan of a kind."""
    f = t.files.c
    here = and_(f.dealership == p("dealership"), f.ref == p("ref"), f.kind == p("kind"))
    return select(f.name, f.content).where(here).order_by(f.seq.desc()).limit(1)


@statement
def FILES() -> ClauseElement:
    """What scans a case has, without their bytes."""
    f = t.files.c
    here = and_(f.dealership == p("dealership"), f.ref == p("ref"))
    return select(f.kind, f.name, f.sha256, f.seq).where(here).order_by(f.seq)


@statement
def NAME() -> ClauseElement:
    """What lists call a case, the first time."""
    return insert(t.subjects).values({c.name: p(c.name) for c in t.subjects.c})


@statement
def RENAME() -> ClauseElement:
    """What lists call a case from now on."""
    s = t.subjects.c
    return update(t.subjects).where(s.dealership == p("dealership"), s.ref == p("ref")).values(parts=p("parts"))


@statement
def SERIAL() -> ClauseElement:
    """The next serial of a day, kept from others."""
    s = t.serials.c
    here = and_(s.dealership == p("dealership"), s.prefix == p("prefix"), s.day == p("day"))
    return select(s.next).where(here).with_for_update()


def _unless_there(table: Table) -> ClauseElement:
    """Insert a row that may be there already; SQLite spells it as PostgreSQL does, whose dialect is loaded only here."""
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table).values({c.name: p(c.name) for c in table.c}).on_conflict_do_nothing()


@statement
def SET_SERIAL() -> ClauseElement:
    """The serials of a day that were given out."""
    return update(t.serials).where(
        t.serials.c.dealership == p("dealership"), t.serials.c.prefix == p("prefix"), t.serials.c.day == p("day")
    ).values(next=p("new_next"))  # fmt: skip


@statement
def START_SERIAL() -> ClauseElement:
    """The first serial of a day."""
    return _unless_there(t.serials)


@statement
def BOOK() -> ClauseElement:
    """The next number of a book, kept from others until this transaction ends."""
    b = t.books.c
    return select(b.next).where(b.dealership == p("dealership"), b.book == p("book")).with_for_update()


@statement
def START_BOOK() -> ClauseElement:
    """A book's first number."""
    return _unless_there(t.books)


@statement
def SET_BOOK() -> ClauseElement:
    """The numbers of a book that were drawn."""
    here = and_(t.books.c.dealership == p("dealership"), t.books.c.book == p("book"))
    return update(t.books).where(here).values(next=p("new_next"))


@statement
def NUMBER() -> ClauseElement:
    """A number that was drawn, or voided without use."""
    return insert(t.numbers).values({c.name: p(c.name) for c in t.numbers.c})


@statement
def VOID() -> ClauseElement:
    """A number is void from now on; it keeps who and where."""
    n = t.numbers.c
    here = and_(n.dealership == p("dealership"), n.book == p("book"), n.number == p("number"))
    return update(t.numbers).where(here).values(state="void", ref=p("new_ref"), seq=p("new_seq"), at=p("new_at"),
                                                actor=p("new_actor"))  # fmt: skip


@statement
def NUMBERS() -> ClauseElement:
    """The numbers of a book, in order."""
    n = t.numbers.c
    return select(n.book, n.number, n.state, n.ref, n.seq, n.at, n.actor).where(
        n.dealership == p("dealership"), n.book == p("book")).order_by(n.number)  # fmt: skip


@statement
def BOOKS() -> ClauseElement:
    """Every book."""
    return select(t.books.c.book, t.books.c.next).where(t.books.c.dealership == p("dealership")).order_by(t.books.c.book)


@statement
def HOLDER() -> ClauseElement:
    """Which case has a thing."""
    h = t.holds.c
    return select(h.ref).where(h.dealership == p("dealership"), h.kind == p("kind"), h.thing == p("thing"))


@statement
def HOLD() -> ClauseElement:
    """A case has a thing alone."""
    return insert(t.holds).values({c.name: p(c.name) for c in t.holds.c})


@statement
def FREE() -> ClauseElement:
    """A thing is free again."""
    h = t.holds.c
    return delete(t.holds).where(h.dealership == p("dealership"), h.kind == p("kind"), h.thing == p("thing"))


@statement
def ALSO() -> ClauseElement:
    """A further holder of a case."""
    return insert(t.also_held).values({c.name: p(c.name) for c in t.also_held.c})


@statement
def NOT_ALSO() -> ClauseElement:
    """A case has no further holders."""
    a = t.also_held.c
    return delete(t.also_held).where(a.dealership == p("dealership"), a.ref == p("ref"))


@statement
def NOTICE() -> ClauseElement:
    """Somebody is to be told, after the commit."""
    return insert(t.outbox).values({c.name: p(c.name) for c in t.outbox.c})


@statement
def KEY() -> ClauseElement:
    """What was done under an idempotency key."""
    k = t.keys.c
    return select(k.salt, k.content, k.answer).where(k.dealership == p("dealership"), k.key == p("key"))


@statement
def KEEP_KEY() -> ClauseElement:
    """The answer that was given under a key."""
    return insert(t.keys).values({c.name: p(c.name) for c in t.keys.c})


@statement
def ANSWER_KEY() -> ClauseElement:
    """Put the whole answer in the place of the one with which a long work began, if nobody did."""
    here = t.keys.c.dealership == p("dealership"), t.keys.c.key == p("which"), t.keys.c.answer == p("begun")
    return update(t.keys).where(*here).values(answer=p("whole"))


@statement
def IMPORTED() -> ClauseElement:
    """What is known of a case of a log."""
    i = t.imports.c
    here = and_(i.dealership == p("dealership"), i.process == p("process"), i.trace == p("trace"))
    return select(i.ref, i.known, i.last_at, i.map).where(here)


@statement
def IMPORT() -> ClauseElement:
    """A case of a log is known from now on."""
    return insert(t.imports).values({c.name: p(c.name) for c in t.imports.c})


@statement
def IMPORT_MORE() -> ClauseElement:
    """Further events of a case of a log are known."""
    i = t.imports.c
    here = and_(i.dealership == p("dealership"), i.process == p("process"), i.trace == p("trace"))
    return update(t.imports).where(here).values(known=p("new_known"), last_at=p("new_last_at"))


@statement
def DEALERSHIPS() -> ClauseElement:
    """Who shares this database."""
    d = t.dealerships.c
    return select(d.id, d.name, d.zone, d.lang, d.reference_version, d.sandbox, d.demo).order_by(d.id)


@statement
def REFERENCE() -> ClauseElement:
    """Reference data as it stands."""
    r = t.reference.c
    return select(r.name, r.version, r.head, r.data).where(r.dealership == p("dealership"))


@statement
def REFERENCE_VERSION() -> ClauseElement:
    """How often reference data changed."""
    return select(_reference_version())


@statement
def CHANGE_REFERENCE() -> ClauseElement:
    """Compare and set a stream of reference data."""
    r = t.reference.c
    here = and_(r.dealership == p("dealership"), r.name == p("name"), r.version == p("version"))
    return update(t.reference).where(here).values(version=p("new_version"), head=p("new_head"), data=p("new_data"))


@statement
def START_REFERENCE() -> ClauseElement:
    """A stream of reference data begins."""
    return insert(t.reference).values({c.name: p(c.name) for c in t.reference.c})


@statement
def COUNT_REFERENCE() -> ClauseElement:
    """Reference data changed: whatever was judged by the old is judged again."""
    here = t.dealerships.c.id == p("dealership")
    return update(t.dealerships).where(here).values(reference_version=t.dealerships.c.reference_version + 1)


@statement
def ADD_DEALERSHIP() -> ClauseElement:
    """A dealership begins."""
    return insert(t.dealerships).values({c.name: p("new_" + c.name) for c in t.dealerships.c})


@statement
def CAUGHT_UP() -> ClauseElement:
    """Until when duties were opened and timed steps fired."""
    return select(t.dealerships.c.caught_up_at).where(t.dealerships.c.id == p("dealership"))


@statement
def FOUNDED() -> ClauseElement:
    """When the dealership began here."""
    return select(t.dealerships.c.created_at).where(t.dealerships.c.id == p("dealership"))


@statement
def LOCK_DEALERSHIP() -> ClauseElement:
    """Nobody else opens duties of this dealership until this transaction ends."""
    return select(t.dealerships.c.id).where(t.dealerships.c.id == p("dealership")).with_for_update()


@statement
def SET_CAUGHT_UP() -> ClauseElement:
    """Duties were opened and timed steps fired until `at`; a clock that went back takes nothing back."""
    d = t.dealerships.c
    return update(t.dealerships).where(d.id == p("dealership")).values(caught_up_at=p("at"))


@statement
def DEFINITION() -> ClauseElement:
    """A definition by its hash."""
    d = t.definitions.c
    return select(d.text).where(d.dealership == p("dealership"), d.hash == p("hash"))


@statement
def KEEP_DEFINITION() -> ClauseElement:
    """A definition that cases run under."""
    return _unless_there(t.definitions)
