"""office: the use cases. One use case, one method, one transaction. The public Python face.

Belongs here: opening, steps, lists, questions, people, duties.   Start at: steps.py (what a step does), todo.py (the list)
Must never enter: printing, parsing, SQL, the system's clock (but for callers who embed it and leave `now` out).
"""

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from types import ModuleType
from typing import TYPE_CHECKING, Any

from cuiban.calendar import Calendar
from cuiban.engine.case import Case, Event, is_row
from cuiban.engine.facts import Facts, File
from cuiban.engine.labels import L
from cuiban.engine.language import Process
from cuiban.engine.program import Program
from cuiban.engine.roster import Roster
from cuiban.engine.spelling import names_near
from cuiban.errors import CuibanError, DatabaseTrouble, NotFound
from cuiban.office import reading, replaying
from cuiban.office.door import moment, origin, wish, word
from cuiban.office.items import Item
from cuiban.office.registers import Registering
from cuiban.office.registry import Registry
from cuiban.office.settling import Settling
from cuiban.office.steps import fire_step, open_case
from cuiban.office.views import (
    AbsenceView,
    CaseView,
    Chased,
    Coming,
    Done,
    DutyRate,
    Filters,
    Held,
    MemberView,
    Occurrence,
    Past,
    Possible,
    Replayed,
    Shown,
    Stuck,
    Why,
)
from cuiban.office.world import World, zone_of
from cuiban.store import questions as q, sql
from cuiban.store.database import Connection, Database
from cuiban.store.migrate import require
from cuiban.store.store import Store

if TYPE_CHECKING:
    from cuiban.exchange.logmap import LogMap
    from cuiban.exchange.logs import LogTrace
    from cuiban.office.imports import Imported

Fields = Mapping[str, Any]
Papers = Mapping[str, File | None]


def _salt() -> bytes:
    return os.urandom(32)


class Office(Settling, Registering):
    """A dealership's back office.

    Args:
        url: `sqlite:///dealership.db` or `postgresql://..`.
        dealership: its name; may be left out where the database has only one.
        chance: gives 32 random bytes a call; None: the system's.
        durable: SQLite keeps what it answered through a power cut; False is faster.
        modules: packages of processes; None: the installed ones.
    Raises:
        DatabaseTrouble: the database is absent, empty, newer or not Cuiban's.
        NotFound: no such dealership; `ambiguous` where none was named and there are several.
    """

    def __init__(
        self, url: str, dealership: str | None = None, *, chance: Callable[[], bytes] | None = None,
        readonly: bool = False, durable: bool = True, modules: list[ModuleType] | None = None,
    ) -> None:  # fmt: skip
        self.database = Database(url, durable=durable, readonly=readonly)
        self.chance = chance or _salt
        self.registry = Registry(modules)
        try:
            require(self.database)
            row = self._dealership(dealership)
            self.zone = zone_of(row[2])
        except CuibanError:
            self.database.close()
            raise
        self.store = Store(self.database, row[0])
        self.dealership: str = row[1]
        self.lang: str = row[3]
        self.sandbox = bool(row[5])
        self.demo: str | None = row[6]
        self.known: World | None = None  # the world as it was last read

    def _dealership(self, name: str | None) -> Any:
        with self.database.words():
            rows = self.database.connection().all(sql.DEALERSHIPS)
        found = [row for row in rows if name is None or row[1] == name]
        names = ", ".join(row[1] for row in rows)
        if not rows:
            raise DatabaseTrouble("empty", L("数据库里没有门店, 请运行 cuiban init", "no dealership here; run cuiban init"))
        if not found:
            raise NotFound("not_found", L(f"没有门店 {name}; 有: {names}", f"there is no dealership {name}; there are: {names}"))
        if len(found) > 1:
            raise NotFound("ambiguous", L(f"有好几家门店, 用 --dealership 指定: {names}", f"name one with --dealership: {names}"))
        return found[0]

    def close(self) -> None:
        """Give the connections back."""
        self.database.close()

    def __enter__(self) -> "Office":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # what holds now ------------------------------------------------------------------------------------------------

    def world(self, version: int | None = None) -> World:
        """People, calendar, settings and definitions; of `version` if the caller knows it."""
        known = self.known
        if known is not None and version is not None and known.version == version:
            return known
        return self.world_in(self.database.connection(), version)

    def world_in(self, connection: Connection, version: int | None = None) -> World:
        """The same, read in the transaction that is open on `connection`; remembered unless that has changed it itself."""
        known = self.known
        if known is not None:
            version = version or connection.one(sql.REFERENCE_VERSION, dealership=self.store.dealership)[0]
            if known.version == version:
                return known
        with self.database.words():
            read, streams = self.store.streams(connection)
        world = World(read, streams, self.zone.key, self.registry)
        if not connection.reference_moved:
            self.known = world
        return world

    def facts(self, world: World) -> Facts:
        """What a decision may look at, before anything else is loaded."""
        return Facts(world.roster, world.calendar, world.programs, self.chance, closed=world.closed)

    @property
    def calendar(self) -> Calendar:
        """The dealership's calendar."""
        return self.world().calendar

    @property
    def processes(self) -> Mapping[str, Process]:
        """The declared processes by name."""
        return self.registry.processes

    def program(self, name: str) -> Program:
        """The present definition of a process. Raises NotFound."""
        if name not in self.registry.processes:
            raise NotFound("not_found", L(f"没有 {name} 这种流程", f"there is no process {name}"))
        return self.world().programs[name]

    def program_at(self, event: Event) -> Program | None:
        """The definition under which an event was written; None for reference data and rows of registers."""
        if event.definition is not None:
            return self.store.program(event.definition)
        if event.ref.startswith("@") or is_row(event.ref):
            return None
        return self.store.program(self.store.load(event.ref).case.definition)

    def roster(self, now: datetime | None = None) -> Roster:
        """The people who work here."""
        return self.world().roster

    def name(self, person: str) -> str:
        """A person's name, or the id itself."""
        return self.world().roster.name(person)

    def who(self, id: str) -> L:
        """A person's name, or a role's label for `role:ID`."""
        if id.startswith("role:"):
            return self.registry.roles.get(id[5:], L(id[5:], id[5:]))
        name = self.name(id)
        return L(name, name)

    def person(self, text: str) -> str:
        """The id that `text`, an id or a name, means. Raises NotFound (`ambiguous` if several have that name)."""
        found = self.world().roster.find(text)
        if len(found) == 1:
            return found[0]
        if found:
            some = ", ".join(found)
            raise NotFound("ambiguous", L(f"有几个{text}: {some}", f"several are called {text}: {some}"))
        near = names_near(text, (member.name for member in self.world().roster.members.values()))
        more = L(f"; 是不是: {near}?", f"; did you mean: {near}?") if near else L("", "")
        raise NotFound("not_found", L(f"没有 {text} 这个人{more.zh}", f"nobody is called {text}{more.en}"))

    # cases -------------------------------------------------------------------------------------------------------

    def find_case(self, text: str) -> str:
        """The reference that a reference or its tail means. Raises NotFound (`ambiguous`)."""
        return reading.find_case(self, text)

    def find_history(self, text: str) -> str:
        """The ref of a case, a row of a register, or a stream of reference data (`@people`). Raises NotFound."""
        return reading.find_history(self, text)

    def case(self, ref: str) -> Case:
        """A case as it stands. Raises NotFound."""
        return self.store.load(ref).case

    def versions(self, refs: list[str]) -> dict[str, int]:
        """How far cases are; those that are not there are left out."""
        connection = self.database.connection()
        rows = {ref: connection.one(q.VERSION, dealership=self.store.dealership, ref=ref) for ref in refs}
        return {ref: row[0] for ref, row in rows.items() if row is not None}

    def open(
        self, process: str, *, actor: str, fields: Fields | None = None, papers: Papers | None = None,
        assignee: str | None = None, at: datetime | None = None, reason: str | None = None, note: str | None = None,
        key: str | None = None, dry_run: bool = False, via: str | None = None, now: datetime | None = None,
    ) -> Done:  # fmt: skip
        """Open a case of `process`.

        Args:
            actor: who does it (a person's id); assignee: who is to have it.
            fields: by name or label; papers: by kind, None where only the paper was seen.
            at: effective time, if it was earlier; `reason` is needed if on an earlier day.
            key: the same key again returns the first answer.
            now: time of entry; left out: the system's clock.
        Raises:
            Refused: with every blocker.
            NotFound: no such process.
        """
        fire = wish("open", actor, moment(now), at, reason=reason, note=note, papers=papers, fields=fields or {},
                    assignee=assignee, via=via)  # fmt: skip
        return open_case(self, process, fire, key=key, dry_run=dry_run)

    def fire(
        self, ref: str, action: str, *, actor: str, fields: Fields | None = None, papers: Papers | None = None,
        reason: str | None = None, note: str | None = None, at: datetime | None = None, for_: str | None = None,
        assignee: str | None = None, key: str | None = None, if_version: int | None = None, override: bool = False,
        dry_run: bool = False, via: str | None = None, now: datetime | None = None,
    ) -> Done:  # fmt: skip
        """Do a step on a case, or note, attach, cc, correct, waive, withdraw, assign, cancel, keep; see `open` for the arguments.

        Args:
            assignee: to whom `assign` hands the case over; no other action takes one.
        Raises:
            Usage: an assignee for another action.
            Refused: with every blocker.
            Conflict: somebody was first, and is named.
            NotFound: no such case; no such action in its process.
        """
        fire = wish(action, actor, moment(now), at, reason=reason, note=note, papers=papers, fields=fields or {},
                    for_=for_, assignee=assignee, via=via, override=override)  # fmt: skip
        return fire_step(self, ref, fire, key=key, if_version=if_version, dry_run=dry_run)

    def fire_many(self, wishes: list[dict[str, Any]], *, now: datetime | None = None) -> list[Any]:
        """Do many steps in one transaction; for each what was done, or the error that refused it."""
        from cuiban.office.batch import fire_many

        return fire_many(self, wishes, moment(now))

    def import_log(
        self, process: str, mapping: "LogMap", traces: Iterable["LogTrace"], *, actor: str, via: str | None = None,
        dry_run: bool = False, progress: Callable[[int], None] | None = None, now: datetime | None = None,
    ) -> "Imported":  # fmt: skip
        """Import the cases of another system's log as far as they conform to `process`. Twice changes nothing.

        Args:
            mapping: what the log's words mean (`exchange.mapfile.read_map`); traces: its cases (`exchange.logs.read_log`).
            progress: is told how many events were read so far.
        Raises:
            BadInput: the map names what the process lacks, or the log cannot be read: the cases before the fault are in.
            Refused: whoever imports does not work here, or only reads.
        """
        from cuiban.office.imports import import_log

        return import_log(self, process, mapping, traces, actor=actor, now=moment(now), via=via, dry_run=dry_run, progress=progress)

    def claim(self, ref: str, *, actor: str, key: str | None = None, if_version: int | None = None, dry_run: bool = False,
              via: str | None = None, now: datetime | None = None) -> Held:  # fmt: skip
        """Take what anyone in a role may do. Raises Conflict if somebody else has it."""
        return self._held("claim", ref, actor, None, key, if_version, dry_run, via, now)

    def release(self, ref: str, *, actor: str, key: str | None = None, if_version: int | None = None, dry_run: bool = False,
                via: str | None = None, now: datetime | None = None) -> Held:  # fmt: skip
        """Give back what one has claimed."""
        return self._held("release", ref, actor, None, key, if_version, dry_run, via, now)

    def assign(self, ref: str, person: str, *, actor: str, note: str | None = None, key: str | None = None,
               if_version: int | None = None, dry_run: bool = False, via: str | None = None, now: datetime | None = None
               ) -> Held:  # fmt: skip
        """Hand a case over for good: by its holder, its chaser or a superior."""
        return self._held("assign", ref, actor, person, key, if_version, dry_run, via, now, note)

    def _held(self, action: str, ref: str, actor: str, person: str | None, key: str | None, if_version: int | None, dry_run: bool,
              via: str | None, now: datetime | None, note: str | None = None) -> Held:  # fmt: skip
        fire = wish(action, actor, moment(now), note=note, assignee=person, via=via)
        done = fire_step(self, ref, fire, key=key, if_version=if_version, dry_run=dry_run)
        holder = done.holder or ""
        return Held(
            ref=ref, assignee=None if holder.startswith("role:") else holder or None, version=done.version, replayed=done.replayed,
            warnings=done.warnings,
        )  # fmt: skip

    def chase(self, ref: str, *, actor: str, note: str | None = None, key: str | None = None, if_version: int | None = None,
              dry_run: bool = False, via: str | None = None, now: datetime | None = None) -> Chased:  # fmt: skip
        """Record a reminder; it stands on the list of whoever has the case, and goes out where a channel is set."""
        before = self.store.load(ref).case
        fire = wish("chase", actor, moment(now), note=note, via=via)
        done = fire_step(self, ref, fire, key=key, if_version=if_version, dry_run=dry_run)
        if dry_run:
            to = [i for i in (before.holder, *before.data.also) if i and i != actor]
            return Chased(ref=ref, to=to, at=done.at, chased=before.data.chased + 1)
        chases = [event for event, _ in self.store.history(ref) if event.chased and event.seq <= done.seq]
        return Chased(ref=ref, to=chases[-1].chased, at=done.at, chased=len(chases))

    # questions -----------------------------------------------------------------------------------------------------

    def show(self, ref: str, *, actor: str, now: datetime | None = None, reveal: bool = False) -> Shown:
        """A case with all that it holds; `reveal` shows phones and ID numbers, and is recorded."""
        if reveal:
            self.revealed(self.case(word(ref)).ref, actor=actor, now=now)
        return reading.show(self, ref, actor=actor, now=moment(now), reveal=reveal)

    def document(self, ref: str, kind: str, *, actor: str, now: datetime | None = None) -> tuple[str, bytes]:
        """The newest scan of a kind: name and bytes; a scan is personal, so that it was looked at is recorded."""
        found = reading.document(self, ref, kind)
        self.revealed(f"{ref} {kind}", actor=actor, now=now)
        return found

    def revealed(self, what: str, *, actor: str, now: datetime | None = None, via: str | None = None) -> None:
        """Record that somebody looked at what lists mask."""
        from cuiban.office.changing import Wish
        from cuiban.office.reference import revealed

        at = moment(now)
        revealed(self, Wish(word(actor), at, at, via=origin(via)), word(what))

    def can(self, ref: str, *, actor: str, now: datetime | None = None) -> list[Possible]:
        """Every step of a case: open to `actor`, or all that blocks it."""
        case = self.store.load(ref).case
        return reading.can(self, case, self.store.program(case.definition), actor, moment(now))

    def why(self, ref: str, *, actor: str, now: datetime | None = None, action: str | None = None) -> Why:
        """How the due came about, who owns the case and why, what blocks each step, or `action` alone; see reading.why."""
        return reading.why(self, ref, actor=actor, now=moment(now), action=action)

    def todo(self, *, actor: str | None, now: datetime | None = None, filters: Filters | None = None) -> list[Item]:
        """The to-do list of `actor` (None: everybody's): overdue, today, upcoming, worst first; the chased ones last."""
        from cuiban.office.todo import todo

        return todo(self, actor, moment(now), filters=filters or Filters())

    def cases(self, *, text: str | None = None, closed: bool | None = False, filters: Filters | None = None,
             now: datetime | None = None) -> list[CaseView]:  # fmt: skip
        """Cases by a part of their subject or reference, and filters; `closed` None: open and closed ones."""
        from cuiban.office.listed import listing

        return listing(self, text=text, closed=closed, filters=filters or Filters(), now=moment(now))

    def stuck(self, *, by: str = "state", over: str = "90%", filters: Filters | None = None, now: datetime | None = None
              ) -> list[Stuck]:  # fmt: skip
        """What is stuck, where, with whom, since when."""
        from cuiban.office.stuck import stuck

        return stuck(self, by=by, over=over, filters=filters or Filters(), now=moment(now))

    def history(self, ref: str | None = None, *, by: str | None = None, filters: Filters | None = None, reveal: bool = False
                ) -> list[Past]:  # fmt: skip
        """What happened: to one case, or by one person, or at all."""
        from cuiban.office.past import history

        return history(self, ref, by=by, filters=filters or Filters(), reveal=reveal)

    def replay(self, ref: str) -> Replayed:
        """Whether a stored case is what its history says."""
        return replaying.replay(self, ref)

    def replay_all(self, progress: Callable[[int], None] | None = None) -> replaying.Verdict:
        """The same for every case and all reference data."""
        return replaying.replay_all(self, progress)

    def size(self) -> tuple[int, int]:
        """How many cases and how many events there are."""
        row = self.database.connection().one(q.SIZE, dealership=self.store.dealership)
        return int(row[0]), int(row[1])

    def counts(self, process: str, now: datetime | None = None) -> dict[str, tuple[int, int]]:
        """How many open cases stand in each state of a process, and how many of them are overdue."""
        from cuiban.store.types import micros

        rows = self.database.connection().all(q.COUNTS, dealership=self.store.dealership, process=process, now=micros(moment(now)))
        return {state: (count, late or 0) for state, count, late in rows}

    def held_by(self, people: list[str]) -> list[str]:
        """The references of what somebody holds."""
        connection = self.database.connection()
        return [row[0] for p in people for row in connection.all(q.HELD_BY, dealership=self.store.dealership, holder=p)]

    def telling(self, roles: frozenset[str]) -> list[tuple[str, str]]:
        """The states whose ladder puts a case on the list of one of `roles`."""
        from cuiban.office.ladders import telling

        return telling(self, roles)

    def unsignable(self, world: World, since: datetime, until: datetime) -> list[str]:
        """Open cases that nobody could sign between `since` and `until` (UTC)."""
        from cuiban.office.ladders import unsignable

        return unsignable(self, world, since, until)

    # duties ----------------------------------------------------------------------------------------------------------

    def catch_up(self, now: datetime | None = None, *, everything: bool = False, sure: bool = False,
                 patience: float | None = None) -> Any:  # fmt: skip
        """Open every duty that is due to open, fire every timed step whose time has come. Twice is a no-op.

        A clock that is far ahead of the last catch-up is doubted, and nothing happens, unless the caller is `sure`.

        Args:
            patience: seconds that another program's lock of the database is waited for; None: as long as for any step.
        """
        from cuiban.office.duties import catch_up

        if patience is None:
            return catch_up(self, moment(now), everything=everything, sure=sure)
        with self.database.impatient(patience):
            return catch_up(self, moment(now), everything=everything, sure=sure)

    def coming(self, actor: str | None, now: datetime | None = None) -> Coming | None:
        """The next duty of somebody (None: anybody's) that is not on the list yet."""
        from cuiban.office.coming import coming

        return coming(self, actor, moment(now))

    def duties(self, frm: date, to: date, *, duty: str | None = None, person: str | None = None, state: str | None = None,
               now: datetime | None = None) -> list[Occurrence]:  # fmt: skip
        """The ledger of duties from `frm` to `to` (exclusive, by nominal day)."""
        from cuiban.office.ledger import ledger

        return ledger(self, frm, to, duty=duty, person=person, state=state, now=moment(now))

    def duty_rates(self, frm: date, to: date, *, by: str = "duty", duty: str | None = None, person: str | None = None,
                   now: datetime | None = None) -> list[DutyRate]:  # fmt: skip
        """How the occurrences of that ledger ended, by `duty` or by `person`, the worst first."""
        from cuiban.office.ledger import rates

        return rates(self, self.duties(frm, to, duty=duty, person=person, now=now), by)

    # people and settings ---------------------------------------------------------------------------------------------

    def users(self, now: datetime | None = None) -> list[MemberView]:
        """Everybody who works here or did."""
        from cuiban.office.reference import member_view

        roster = self.world().roster
        return [member_view(roster, id, moment(now)) for id in sorted(roster.members)]

    def absences(self, now: datetime | None = None) -> list[AbsenceView]:
        """Absences, the newest first."""
        from cuiban.office.reference import absence_view

        world = self.world()
        listed = sorted(world.roster.absences, key=lambda a: a.since, reverse=True)
        return [absence_view(self, world, a.id, a.person, a.substitute, a.since, a.until) for a in listed]


def create(
    url: str, *, dealership: str, admin: str, admin_name: str | None = None, zone: str = "Asia/Shanghai", lang: str = "zh",
    sandbox: bool = False, demo: str | None = None, chance: Callable[[], bytes] | None = None, via: str | None = None,
    modules: list[ModuleType] | None = None, dry_run: bool = False, now: datetime | None = None,
) -> bool:  # fmt: skip
    """Make the database, or add a dealership to one; `admin` becomes its administrator. False if it is there already.

    Args:
        dry_run: only say whether it would be made.
    Raises:
        DatabaseTrouble: it cannot be made, or is somebody else's.
    """
    from cuiban.office.founding import found

    return found(
        url, dealership, admin, admin_name, zone, lang, sandbox, demo, chance or _salt, via, modules, moment(now), dry_run
    )  # fmt: skip


__all__ = ["Done", "File", "Filters", "Item", "Office", "create"]
