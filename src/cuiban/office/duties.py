"""Recurring duties and timed steps: the catch-up that every `todo` runs, and the ledger in which no occurrence disappears.

Idempotent: an occurrence is (duty, nominal time, subject if it has one, dealership), and there is one case of it however
often this runs, in whatever order the clock went.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from cuiban.calendar import Occurrence as Time
from cuiban.engine.case import NOBODY, Case
from cuiban.engine.duty import Duty, fields_of, occurrences, opens_at
from cuiban.engine.facts import Facts, Fire
from cuiban.engine.labels import L
from cuiban.engine.program import OPEN, Program
from cuiban.engine.subjects import Subject
from cuiban.errors import VerificationFailed
from cuiban.office import from_rows
from cuiban.office.placing import go_on, place
from cuiban.office.rewinding import rewind
from cuiban.office.subjects import Whose
from cuiban.store import questions as q, sql
from cuiban.store.database import Connection
from cuiban.store.types import maybe_instant, micros

if TYPE_CHECKING:
    from cuiban.office import Office
    from cuiban.office.world import World

BATCH = 500
APART = timedelta(hours=1)  # the clocks of several machines differ; one that was further ahead was wrong
LONG_AGO = timedelta(days=3)
BEFORE, AHEAD = timedelta(days=25), timedelta(days=45)  # how far a nominal date can lie from the day it opens
SOON = timedelta(days=15)  # the same for daily and weekly ones, which open on the day of their due
DUTY = "duty"
DAMAGED = L(
    "库里记的例行事项补到何时被改坏了, 读不出; 从备份恢复",
    "until when duties were caught up with was damaged in the database and cannot be read; restore a backup",
)


@dataclass(slots=True)
class CaughtUp:
    """What a catch-up did.

    Attributes:
        opened: occurrences, and cases of rows, that came onto lists; fired: timed steps, `missed` of them duties missed.
        lacking: rows of registers that lack what their case cannot be opened without.
        since: when the last catch-up was, if that was long ago.
        doubted: what the clock is far ahead of (the last catch-up) or behind (what people have entered), so that it may be
            wrong: nothing was opened, fired, taken back.
        ahead: until when a clock that was ahead has caught up; `rewound`: cases whose timed steps of it were taken back;
            `stay`: those of which one was not, since it moved other cases too.
    """

    opened: int = 0
    fired: int = 0
    missed: int = 0
    lacking: int = 0
    since: datetime | None = None
    doubted: datetime | None = None
    ahead: datetime | None = None
    rewound: int = 0
    stay: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """An occurrence that has to be opened; `name`: under which it is known among those of its duty."""

    duty: Duty
    time: Time
    opens: datetime
    doer: str | None = None
    subject: Subject | None = None
    name: str = field(init=False)

    def __post_init__(self) -> None:
        self.name = nominal_text(self.duty, self.time) + ("" if self.subject is None else f" {self.subject.id}")


def caught_up(office: "Office") -> datetime | None:
    """When duties were last caught up with, in UTC. Raises VerificationFailed where a foreign hand broke what says so."""
    row = office.database.connection().one(sql.CAUGHT_UP, dealership=office.store.dealership)
    try:
        return maybe_instant(row[0]) if row is not None else None
    except (TypeError, ValueError, OverflowError) as error:
        raise VerificationFailed("damaged", DAMAGED) from error


def catch_up(office: "Office", now: datetime, *, everything: bool = False, sure: bool = False) -> CaughtUp:
    """Open every occurrence whose day has come, then fire every timed step whose time has come, in order.

    Args:
        everything: look for occurrences even if that was done today.
        sure: the clock is right, whatever speaks against it.
    """
    done = CaughtUp()
    last = caught_up(office)
    if last is not None and not sure and (doubted := _doubted(office, last, now)) is not None:
        done.doubted = doubted
        return done
    if last is not None and last > now + APART:
        done.ahead, (done.rewound, done.stay) = last, rewind(office, now + APART, now)
    if everything or last is None or not _same_day(office, last, now):
        if last is not None and now - last > LONG_AGO:
            done.since = last
        _open_all(office, last, now, done)
    _fire_all(office, now, done)
    return done


def _doubted(office: "Office", last: datetime, now: datetime) -> datetime | None:
    """What makes it likely that the clock is wrong. Behind what only the clock has done, it was ahead, and is right again."""
    if now - last > timedelta(days=office.world().settings.get("catch_up_days", 100)):
        return last
    if last <= now + APART:
        return None
    here = {"dealership": office.store.dealership, "actor": NOBODY, "after": micros(now + APART)}
    row = office.database.connection().one(q.LAST_BY_HAND, **here)
    return maybe_instant(row[0]) if row is not None else None


def _same_day(office: "Office", last: datetime, now: datetime) -> bool:
    """Whether nothing can have opened since: occurrences open as a day begins."""
    zone = office.zone
    return last <= now and last.astimezone(zone).date() == now.astimezone(zone).date()


def _open_all(office: "Office", last: datetime | None, now: datetime, done: CaughtUp) -> None:
    world = office.world()
    founded = _founded(office)
    first = min(last, now) if last is not None else founded
    start = max((first - BEFORE).astimezone(office.zone).date(), (founded - BEFORE).astimezone(office.zone).date())
    due = list(_due(world, start, (now + AHEAD).astimezone(office.zone).date(), founded, now))
    due = list(_each(office, due))
    due.sort(key=lambda one: (one.opens, one.duty.name, one.name))
    for begin in range(0, len(due), BATCH):
        batch = due[begin : begin + BATCH]
        done.opened += office.store.transact(lambda c, batch=batch: _open_batch(office, c, batch, now))  # type: ignore[misc]
    opened, done.lacking = from_rows.open_all(office, founded, now)
    done.opened += opened
    if last is None or last != now:
        office.store.transact(
            lambda c: c.run(sql.SET_CAUGHT_UP, {"dealership": office.store.dealership, "at": micros(now)}) and None
        )


def _founded(office: "Office") -> datetime:
    """When the dealership began here: nothing is owed from before."""
    row = office.database.connection().one(sql.FOUNDED, dealership=office.store.dealership)
    at = maybe_instant(row[0]) if row is not None else None
    return at if at is not None else datetime.now(UTC)


def _due(world: "World", start: date, end: date, founded: datetime, now: datetime) -> Iterator[_Open]:
    """Every occurrence that should be open by `now`, whether it is there already or not."""
    changes = world.data("@duties").changes
    zone = world.calendar.zone
    today = now.astimezone(zone).date()
    soon = today + SOON
    for duty in world.duties.values():
        rare = duty.freq in ("MONTHLY", "YEARLY")
        last = max(start, end if rare else min(end, soon))
        for time, doer in changed(duty, changes.get(duty.name, []), start, last, world):
            if time.due <= founded or (time.due_date > today and not rare):
                continue
            opens = opens_at(duty, time, world.calendar_of(duty.calendar), world.settings.get("duty_ahead_days", 5))
            if opens <= now:
                yield _Open(duty, time, opens, doer)


def _each(office: "Office", due: list[_Open]) -> Iterator[_Open]:
    """The same, those of a duty per something once for each of what owes them."""
    whose = Whose(office)
    for one in due:
        if one.duty.per is None:
            yield one
            continue
        for subject in whose.owing(one.duty.per, one.opens, one.time.due):
            yield replace(one, subject=subject)


def changed(duty: Duty, changes: list[Any], start: date, end: date, world: "World") -> Iterator[tuple[Time, str | None]]:
    """The occurrences of a duty in [start, end), each under the change that held on its nominal day; who does it instead."""
    calendar = world.calendar_of(duty.calendar)
    if not changes:
        for time in occurrences(duty, start, end, calendar):
            yield time, None
        return
    edges = [date.min, *(date.fromisoformat(change.since) for change in changes), date.max]
    due, doer, off = None, None, False
    for number, (frm, to) in enumerate(pairwise(edges)):
        if number:
            change = changes[number - 1]
            off = change.off if change.off is not None else False
            due, doer = change.due or due, change.doer or doer
        lower, upper = max(start, frm), min(end, to)
        if off or lower >= upper:
            continue
        other = msgspec.structs.replace(duty, due=due) if due else duty
        for time in occurrences(other, lower, upper, calendar):
            yield time, doer


def nominal_text(duty: Duty, time: Time) -> str:
    """Under which name an occurrence is known: its nominal day and clock time in the dealership's zone."""
    return f"{time.nominal_date.isoformat()}T{duty.due}"


def _open_batch(office: "Office", connection: Connection, batch: list[_Open], now: datetime) -> int:
    """Open what is not there yet, in one transaction; nobody else catches up meanwhile."""
    connection.one(sql.LOCK_DEALERSHIP, dealership=office.store.dealership)
    world = office.world_in(connection)
    facts = office.facts(world)
    first: dict[str, str] = {}
    for one in batch:
        first[one.duty.name] = min(one.name, first.get(one.duty.name, one.name))
    known: dict[str, set[tuple[str, str]]] = {}
    for name, since in first.items():
        rows = connection.all(q.NOMINALS, **{"dealership": office.store.dealership, "duty": name, "from": since[:10]})
        known[name] = {_day_and_whose(row[0]) for row in rows}
    opened = 0
    for one in batch:
        name, which = one.duty.name, _day_and_whose(one.name)
        if which not in known[name]:
            _open_one(office, connection, world, facts, one, now)
            known[name].add(which)
            opened += 1
    if opened:
        office.store.count_up(connection, facts.serials, now, world.calendar.zone)
    return opened


def _day_and_whose(name: str) -> tuple[str, str]:
    """What tells occurrences of a duty apart: the same day at another time is the same one, moved by `duties set`."""
    time, _, whose = name.partition(" ")
    return time[:10], whose


def _open_one(office: "Office", connection: Connection, world: "World", facts: Facts, one: _Open, now: datetime) -> None:
    program = world.programs[one.duty.opens or DUTY]
    fields = fields_of(
        one.duty, one.time, world.calendar_of(one.duty.calendar), office.registry.roles,
        world.settings.get("duty_missed_days", 5), one.subject,
    )  # fmt: skip
    if one.doer is not None and "doer" in fields:
        fields["doer"] = one.doer
    fire = Fire(OPEN, NOBODY, one.opens, now, fields, source="calendar", duty=one.duty.name, nominal=one.name)
    against = place(office, connection, world, facts, program, fire)
    if against:
        raise RuntimeError(f"{one.duty.name} cannot be opened: {[b.message.en for b in against]}")


# timed steps -------------------------------------------------------------------------------------------------------


def _fire_all(office: "Office", now: datetime, done: CaughtUp) -> None:
    """Fire timed steps in the order of their times, as planned; one that is refused waits, and the others go on."""
    refused: set[str] = set()
    while True:
        rows = office.database.connection().all(
            q.DUE_TIMERS, dealership=office.store.dealership, now=micros(now), limit=BATCH + len(refused)
        )
        refs = [row[0] for row in rows if row[0] not in refused]
        if not refs:
            return
        office.store.transact(lambda c, refs=refs: _fire_batch(office, c, refs, now, refused, done))  # type: ignore[misc]


def _fire_batch(
    office: "Office", connection: Connection, refs: list[str], now: datetime, refused: set[str], done: CaughtUp
) -> None:
    world = office.world_in(connection)
    fired, missed = 0, 0
    for ref in refs:
        case = office.store.load(ref, connection).case
        if case.timer is None or case.timer > now:
            continue  # somebody else was first
        program = office.store.program(case.definition)
        if _fire_timer(office, connection, world, program, case, now):
            fired += 1
            missed += case.duty in world.duties
        else:
            refused.add(ref)
    if fired:
        connection.run(sql.SET_CAUGHT_UP, {"dealership": office.store.dealership, "at": micros(now)})
    done.fired += fired
    done.missed += missed


def _fire_timer(office: "Office", connection: Connection, world: "World", program: Program, case: Case, now: datetime) -> bool:
    """Fire the timed step of a case, effective at its planned time."""
    assert case.timer is not None
    for step in program.offered(case.state).values():
        fire = Fire(step.name, NOBODY, max(case.timer, case.state_since), now, source="timer")
        if step.at is not None and go_on(office, connection, world, program, case, fire):
            return True
    return False
