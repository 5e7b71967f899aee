"""Load, look, save: the three things that a transaction does with cases.

A plain step reads its case without a lock, is decided, and is written if nobody moved the case or changed the reference
data meanwhile (compare and set). A step that draws numbers, holds things or moves other cases locks first.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar

from cuiban.engine.acts import before_last_step
from cuiban.engine.case import Case, Event, canonical, read_event
from cuiban.engine.decision import Kept, commitment
from cuiban.engine.evolve import each_step
from cuiban.engine.facts import Facts, Wants
from cuiban.engine.labels import L
from cuiban.engine.plan import Change, Plan, Sealed
from cuiban.engine.program import Program, read_process
from cuiban.errors import Conflict, DatabaseTrouble, NotFound, VerificationFailed
from cuiban.store import sql
from cuiban.store.database import Connection, Database
from cuiban.store.mentions import mention
from cuiban.store.rows import appended, case_of, moves_little, placed, seldom, stepped
from cuiban.store.statements import Statement
from cuiban.store.troubles import Clash, Retry, outcome_unknown
from cuiban.store.types import micros

T = TypeVar("T")
REMEMBERED = 5000  # cases, a few kilobytes each


@dataclass(slots=True)
class Loaded:
    """A case as it stood, and the version of the reference data at that moment."""

    case: Case
    reference_version: int


class Moved(Conflict):
    """Somebody moved the case first; `event` is what they did."""

    def __init__(self, ref: str, event: Event | None) -> None:
        super().__init__("conflict", L(f"{ref} 已被别人先办", f"somebody was first with {ref}"))
        self.ref, self.event = ref, event


class Store:
    """The cases of one dealership."""

    def __init__(self, database: Database, dealership: int) -> None:
        self.database, self.dealership = database, dealership
        self._programs: dict[str, Program] = {}
        self._remembered: OrderedDict[str, Case] = OrderedDict()

    # load ------------------------------------------------------------------------------------------------------

    def load(self, ref: str, connection: Connection | None = None) -> Loaded:
        """A case as it stands. Raises NotFound."""
        if connection is not None:
            row = connection.first(sql.LOCK, (self.dealership, ref))
        else:
            row = self.database.connection().first(sql.LOAD, (self.dealership, ref))
        if row is None:
            raise NotFound("not_found", L(f"没有 {ref} 这件事", f"there is no case {ref}"))
        return Loaded(case_of(row), row[22])

    def remembered(self, ref: str) -> Case | None:
        """A case as our last plain step left it, if it was among the latest; others may have moved it since."""
        return self._remembered.get(ref)

    def _remember(self, case: Case) -> None:
        known = self._remembered
        known.pop(case.ref, None)
        known[case.ref] = case
        if len(known) > REMEMBERED:
            known.popitem(last=False)

    def load_many(self, refs: Iterable[str], connection: Connection) -> dict[str, Case]:
        """Cases by reference, for the transaction that is open alone; those that are not there are left out."""
        found: dict[str, Case] = {}
        wanted = sorted(set(refs))
        for begin in range(0, len(wanted), sql.SOME):
            some = wanted[begin : begin + sql.SOME]
            rows = connection.run(sql.LOCK_SOME, (self.dealership, *some, *[some[-1]] * (sql.SOME - len(some)))).fetchall()
            found.update((row[0], case_of(row)) for row in rows)
        return found

    def program(self, digest: str) -> Program:
        """The definition of that hash, ready to run.

        Raises:
            VerificationFailed: there is none, or what is stored under the hash is something else.
        """
        found = self._programs.get(digest)
        if found is None:
            row = self.database.connection().one(sql.DEFINITION, dealership=self.dealership, hash=digest)
            if row is None:
                gone = L("库里没有定义 {hash}; 运行 cuiban replay --all 查明",
                         "the definition {hash} is not there; cuiban replay --all says whose it is")  # fmt: skip
                raise VerificationFailed("definition_gone", gone.fill(hash=digest[:12]))
            if sha256(row[0].encode()).hexdigest() != digest:
                changed = L(f"定义 {digest[:12]} 被改过", f"definition {digest[:12]} was changed")
                raise VerificationFailed("definition_changed", changed)
            found = self._programs[digest] = Program(read_process(row[0]), digest)
        return found

    def history(self, ref: str) -> list[tuple[Event, str]]:
        """The events of a case with their hashes."""
        rows = self.database.connection().all(sql.EVENTS, dealership=self.dealership, ref=ref)
        return [(read_event(text), digest) for text, digest in rows]

    def last_event(self, ref: str) -> Event | None:
        """The newest event of a case."""
        row = self.database.connection().one(sql.LAST_EVENT, dealership=self.dealership, ref=ref)
        return read_event(row[0]) if row is not None else None

    def personal(self, case: Case) -> dict[str, Any]:
        """The personal values of a case's fields: those to whose commitments it holds."""
        import json

        held = {value["#"]: name for name, value in case.data.fields.items() if isinstance(value, dict) and "#" in value}
        if not held:
            return {}
        rows = self.database.connection().all(sql.KEPT_WITH_SALT, dealership=self.dealership, ref=case.ref)
        read = [(salt, json.loads(value)) for salt, value in rows]
        return {held[digest]: value for salt, value in read if (digest := commitment(bytes(salt), value)) in held}

    def kept(self, ref: str) -> dict[str, Any]:
        """The newest personal value of each slot of a case."""
        import json

        rows = self.database.connection().all(sql.KEPT, dealership=self.dealership, ref=ref)
        return {slot: json.loads(value) for _, slot, value in rows}

    # look ------------------------------------------------------------------------------------------------------

    def look(self, connection: Connection, found: Wants, facts: Facts, case: Case | None, now: datetime) -> None:
        """Load into `facts` what a step wants to look at. Rows that it may write are kept from others, in a fixed order."""
        d = self.dealership
        day = now.astimezone(facts.calendar.zone).strftime("%y%m%d")
        for prefix in sorted(set(found.prefixes)):
            facts.serials[prefix] = self._serial(connection, prefix, day)
        for book in sorted(set(found.books)):
            facts.books[book] = self._book(connection, book)
        self._links(connection, found, facts)  # waits for whoever has a linked case: what is read after this is not overtaken
        if found.children and case is not None:
            self._children(connection, case, facts)
        for process, key in found.opens:
            row = connection.one(sql.BY_KEY, dealership=d, process=process, key=key)
            if row is not None:
                facts.open_keys[(process, key)] = row[0]
        for kind, thing in found.things:
            row = connection.one(sql.HOLDER, dealership=d, kind=kind, thing=thing)
            if row is not None:
                facts.held[(kind, thing)] = row[0]
        if found.history and case is not None:
            case = facts.before = before_last_step(self.program(case.definition), self.history(case.ref))
        if found.past and case is not None:
            facts.past = list(each_step(self.program(case.definition), self.history(case.ref)))
        if (found.personal or found.history) and case is not None:
            facts.personal.update(self.personal(case))

    def _serial(self, connection: Connection, prefix: str, day: str) -> int:
        here = {"dealership": self.dealership, "prefix": prefix, "day": day}
        connection.run(sql.START_SERIAL, {**here, "next": 1})
        return int(connection.one(sql.SERIAL, **here)[0])

    def _book(self, connection: Connection, book: str) -> int:
        here = {"dealership": self.dealership, "book": book}
        connection.run(sql.START_BOOK, {**here, "next": 1})
        return int(connection.one(sql.BOOK, **here)[0])

    def _links(self, connection: Connection, found: Wants, facts: Facts) -> None:
        refs: dict[str, list[str]] = {name: list(linked) for name, linked in found.refs.items()}
        for name, (process, key) in found.keys.items():
            row = connection.one(sql.BY_KEY, dealership=self.dealership, process=process, key=key)
            if row is not None:
                refs.setdefault(name, []).append(row[0])
        cases = {ref: self.load(ref, connection).case for ref in sorted({r for linked in refs.values() for r in linked})}
        for name, linked in refs.items():
            facts.links[name] = [(self.program(cases[r].definition), cases[r]) for r in linked]

    def _children(self, connection: Connection, case: Case, facts: Facts) -> None:
        """The cases that end with `case`, and those that end with them."""
        relations = self.program(case.definition).children
        refs = sorted({ref for name in relations for ref in case.data.links.get(name, [])})
        found = [self.load(ref, connection).case for ref in refs]
        facts.children[case.ref] = [(self.program(one.definition), one) for one in found]
        for one in found:
            self._children(connection, one, facts)

    # save ------------------------------------------------------------------------------------------------------

    def transact(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in one transaction; see Database.transact."""
        return self.database.transact(work)

    def commit(self, plan: Plan, seen: int) -> None:
        """Write a plan that was decided without a lock, in a transaction of its own.

        Raises:
            Moved: somebody moved a case first.
            Retry: the reference data (version `seen`) changed meanwhile; decide again.
        """
        if _is_one_event(plan):
            self._commit_one(plan.main, seen)
        else:
            self.database.once(self.save, plan, seen)

    def _commit_one(self, change: Change, seen: int) -> None:
        """One event of one case: its rows are made before anything is locked; on PostgreSQL one statement, one round trip."""
        before, after = change.before, change.after
        assert before is not None
        little = moves_little(before, after)
        here = (self.dealership, before.ref, before.version, before.head, seen)
        row = (*here, *stepped(after), *(() if little else seldom(after)))
        event = appended(self.dealership, change.program.name, change.events[0])
        connection = self.database.connection()
        if connection.is_sqlite:
            done = connection.both(sql.STEP if little else sql.ADVANCE, row, sql.APPEND, event)
        else:
            done = self._in_one_statement(connection, sql.STEP_AND_APPEND if little else sql.ADVANCE_AND_APPEND, (*row, *event))
        if not done:
            self._remembered.pop(before.ref, None)
            self._lost(change)
        self._remember(after)

    def _in_one_statement(self, connection: Connection, statement: Statement, row: tuple[Any, ...]) -> bool:
        try:
            return bool(connection.run(statement, row).rowcount)
        except DatabaseTrouble as trouble:
            if trouble.code == "lost":
                raise outcome_unknown() from trouble
            raise

    def save(self, connection: Connection, plan: Plan, seen: int) -> None:
        """Write everything that a plan holds, in the transaction that is open."""
        for ref in sorted(plan.changes) if len(plan.changes) > 1 else plan.changes:
            change = plan.changes[ref]
            self._remembered.pop(ref, None)
            if change.before is None:
                self._place(connection, change)
            else:
                self._advance(connection, change, change.before, change.after, seen)
            for sealed in change.events:
                connection.run(sql.APPEND, appended(self.dealership, change.program.name, sealed))
            if change.beside:
                self.save_beside(connection, change)

    def _place(self, connection: Connection, change: Change) -> None:
        """Write a new case."""
        self.keep_definition(connection, change.program, change.events[0].event.recorded_at)
        try:
            connection.run(sql.PLACE, placed(self.dealership, change.after))
        except Clash as clash:
            raise Retry from clash  # somebody opened the same a moment ago: look at it

    def _advance(self, connection: Connection, change: Change, before: Case, after: Case, seen: int) -> None:
        """Write a case as it is now, if it still stands where it stood."""
        row = (self.dealership, before.ref, before.version, before.head, seen, *stepped(after))
        little = moves_little(before, after)
        done = connection.run(sql.STEP, row) if little else connection.run(sql.ADVANCE, (*row, *seldom(after)))
        if done.rowcount == 0:
            self._lost(change)

    def _lost(self, change: Change) -> None:
        """Nobody wrote: find out why, and say so."""
        ref = change.after.ref
        now = self.load(ref)
        assert change.before is not None
        if now.case.version == change.before.version:
            raise Retry
        raise Moved(ref, self.last_event(ref))

    def keep_definition(self, connection: Connection, program: Program, now: datetime) -> None:
        """Keep the definition that a case runs under, if it is not there: a backup may have taken the place of all."""
        connection.run(sql.KEEP_DEFINITION, {
            "dealership": self.dealership, "hash": program.hash, "process": program.name, "since": micros(now),
            "text": program.text,
        })  # fmt: skip
        self._programs.setdefault(program.hash, program)

    def save_beside(self, connection: Connection, change: Change) -> None:
        """Write what stands beside a case and its events."""
        self._save_aside(connection, change)
        self._save_things(connection, change)
        mention(connection, self.dealership, [change])

    def _save_aside(self, connection: Connection, change: Change) -> None:
        here = {"dealership": self.dealership, "ref": change.after.ref}
        for seq, kept in change.kept:
            value = canonical(kept.value).decode()
            connection.run(sql.KEEP, {**here, "seq": seq, "slot": kept.slot, "salt": kept.salt, "value": value})
        for seq, kind, file, salt in change.files:
            connection.run(sql.KEEP_FILE, {
                **here, "seq": seq, "kind": kind, "name": file.name, "salt": salt, "size": len(file.content),
                "sha256": sha256(file.content).hexdigest(), "content": file.content,
            })  # fmt: skip
        if change.subject is not None:
            parts = canonical(change.subject).decode()
            connection.run(sql.NAME if change.before is None else sql.RENAME, {**here, "parts": parts})
        self._notify(connection, change)

    def _notify(self, connection: Connection, change: Change) -> None:
        events = {sealed.event.seq: sealed.event for sealed in change.events}
        for kind, recipients, seq in change.notices:
            for recipient in recipients:
                connection.run(sql.NOTICE, {
                    "dealership": self.dealership, "ref": change.after.ref, "seq": seq, "recipient": recipient,
                    "kind": kind, "at": micros(events[seq].recorded_at), "actor": events[seq].by, "sent_at": None,
                })  # fmt: skip

    def _save_things(self, connection: Connection, change: Change) -> None:
        """Numbers, holds and further holders, where an event speaks of them."""
        d, ref = self.dealership, change.after.ref
        for sealed in change.events:
            event = sealed.event
            if event.numbers or event.voided:
                self._save_numbers(connection, event)
            for kind in event.frees:
                thing = change.before.data.holds.get(kind) if change.before is not None else None
                connection.run(sql.FREE, {"dealership": d, "kind": kind, "thing": thing})
            for kind, thing in event.holds.items():
                self._hold(connection, kind, thing, ref)
        before = change.before.data.also if change.before is not None else []
        if before != change.after.data.also:
            connection.run(sql.NOT_ALSO, {"dealership": d, "ref": ref})
            for holder in change.after.data.also:
                connection.run(sql.ALSO, {"dealership": d, "ref": ref, "holder": holder})

    def _hold(self, connection: Connection, kind: str, thing: str, ref: str) -> None:
        try:
            connection.run(sql.HOLD, {"dealership": self.dealership, "kind": kind, "thing": thing, "ref": ref})
        except Clash as clash:
            raise Retry from clash  # another case took it a moment ago: look which

    def _save_numbers(self, connection: Connection, event: Event) -> None:
        here = {"dealership": self.dealership, "at": micros(event.recorded_at), "actor": event.by}
        for book, number in event.voided.items():
            new = {"new_ref": event.ref, "new_seq": event.seq, "new_at": here["at"], "new_actor": event.by}
            connection.run(sql.VOID, {"dealership": self.dealership, "book": book, "number": number, **new})
        for book, number in event.numbers.items():
            row = {**here, "book": book, "number": number, "state": "used", "ref": event.ref, "seq": event.seq}
            connection.run(sql.NUMBER, row)
            connection.run(sql.SET_BOOK, {"dealership": self.dealership, "book": book, "new_next": int(number) + 1})

    def streams(self, connection: Connection) -> tuple[int, dict[str, tuple[int, str, str]]]:
        """The version of the reference data, and every stream: name -> (version, head, data)."""
        version = connection.one(sql.REFERENCE_VERSION, dealership=self.dealership)[0]
        rows = connection.all(sql.REFERENCE, dealership=self.dealership)
        return int(version), {name: (seq, head, data) for name, seq, head, data in rows}

    def change_reference(self, connection: Connection, sealed: Sealed, data: str, kept: list[tuple[int, Kept]]) -> None:
        """Append an event to a stream of reference data and keep its fold.

        Raises:
            Retry: somebody changed the stream meanwhile; judge by what it says now.
        """
        event = sealed.event
        d, name = self.dealership, event.ref
        if event.seq == 1:
            row = {"dealership": d, "name": name, "version": 1, "head": sealed.hash, "data": data}
            try:
                connection.run(sql.START_REFERENCE, row)
            except Clash as clash:
                raise Retry from clash
        else:
            new = {"new_version": event.seq, "new_head": sealed.hash, "new_data": data}
            here = {"dealership": d, "name": name, "version": event.seq - 1}
            if connection.run(sql.CHANGE_REFERENCE, {**here, **new}).rowcount == 0:
                raise Retry
        connection.run(sql.APPEND, appended(d, None, sealed))
        for seq, one in kept:
            value = canonical(one.value).decode()
            connection.run(sql.KEEP, {"dealership": d, "ref": name, "seq": seq, "slot": one.slot, "salt": one.salt, "value": value})
        connection.run(sql.COUNT_REFERENCE, {"dealership": d})
        connection.reference_moved = True

    def count_up(self, connection: Connection, serials: Mapping[str, int], now: datetime, zone: Any) -> None:
        """Keep the serials that a plan gave out."""
        day = now.astimezone(zone).strftime("%y%m%d")
        for prefix, following in serials.items():
            here = {"dealership": self.dealership, "prefix": prefix, "day": day}
            connection.run(sql.SET_SERIAL, {**here, "new_next": following})


def _is_one_event(plan: Plan) -> bool:
    """Whether a plan is one event of one case and nothing beside it."""
    change = plan.main
    return len(plan.changes) == 1 and change.before is not None and len(change.events) == 1 and not change.beside
