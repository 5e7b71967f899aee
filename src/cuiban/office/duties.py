"""Recurring duties and timed steps: the catch-up that every `todo` runs, and the ledger in which no occurrence disappears.

Idempotent: an occurrence is (duty, nominal time, dealership), and there is one case of it however often this runs, in
whatever order the clock went.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from cuiban.calendar import Occurrence as Time
from cuiban.calendar import worked_seconds
from cuiban.engine.case import NOBODY, Case
from cuiban.engine.clocks import nominal_of
from cuiban.engine.duty import Duty, fields_of, occurrences, opens_at
from cuiban.engine.facts import Facts, Fire, wants
from cuiban.engine.labels import L
from cuiban.engine.plan import Plan, plan_opening, plan_step
from cuiban.engine.program import OPEN, Program
from cuiban.errors import NotFound
from cuiban.office.steps import wants_of
from cuiban.office.views import Occurrence
from cuiban.store import questions as q
from cuiban.store import sql
from cuiban.store.database import Connection
from cuiban.store.rows import case_of
from cuiban.store.types import maybe_instant, micros

if TYPE_CHECKING:
    from cuiban.office import Office
    from cuiban.office.world import World

BATCH = 500
LONG_AGO = timedelta(days=3)
BEFORE, AHEAD = timedelta(days=25), timedelta(days=45)  # how far a nominal date can lie from the day it opens
SOON = timedelta(days=15)  # the same for daily and weekly ones, which open on the day of their due
DUTY = "duty"


@dataclass(slots=True)
class CaughtUp:
    """What a catch-up did.

    Attributes:
        opened: occurrences that came onto lists; fired: timed steps, `missed` of them duties missed.
        since: when the last catch-up was, if that was long ago.
    """

    opened: int = 0
    fired: int = 0
    missed: int = 0
    since: datetime | None = None


@dataclass(slots=True)
class _Open:
    """An occurrence that has to be opened."""

    duty: Duty
    time: Time
    opens: datetime
    doer: str | None = None


def catch_up(office: "Office", now: datetime, *, everything: bool = False) -> CaughtUp:
    """Open every occurrence whose day has come, then fire every timed step whose time has come, in order."""
    done = CaughtUp()
    row = office.database.connection().one(sql.CAUGHT_UP, dealership=office.store.dealership)
    last = maybe_instant(row[0]) if row is not None else None
    if everything or last is None or not _same_day(office, last, now):
        if last is not None and now - last > LONG_AGO:
            done.since = last
        _open_all(office, last, now, done)
    _fire_all(office, now, done)
    return done


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
    due.sort(key=lambda one: (one.opens, one.duty.name))
    for begin in range(0, len(due), BATCH):
        batch = due[begin : begin + BATCH]
        done.opened += office.store.transact(lambda c, batch=batch: _open_batch(office, c, batch, now))  # type: ignore[misc]
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
    first, soon = founded.astimezone(zone).date(), (now + SOON).astimezone(zone).date()
    for duty in world.duties.values():
        last = end if duty.freq in ("MONTHLY", "YEARLY") else min(end, soon)
        for time, doer in changed(duty, changes.get(duty.name, []), start, last, world):
            opens = opens_at(duty, time, world.calendar, world.settings.get("duty_ahead_days", 5))
            if opens <= now and time.due.astimezone(world.calendar.zone).date() >= first:
                yield _Open(duty, time, opens, doer)


def changed(duty: Duty, changes: list[Any], start: date, end: date, world: "World") -> Iterator[tuple[Time, str | None]]:
    """The occurrences of a duty in [start, end), each under the change that held on its nominal day; who does it instead."""
    if not changes:
        for time in occurrences(duty, start, end, world.calendar):
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
        for time in occurrences(other, lower, upper, world.calendar):
            yield time, doer


def nominal_text(duty: Duty, time: Time) -> str:
    """Under which name an occurrence is known: its nominal day and clock time in the dealership's zone."""
    return f"{time.nominal_date.isoformat()}T{duty.due}"


def _open_batch(office: "Office", connection: Connection, batch: list[_Open], now: datetime) -> int:
    """Open what is not there yet, in one transaction; nobody else catches up meanwhile."""
    connection.one(sql.LOCK_DEALERSHIP, dealership=office.store.dealership)
    world = office.world_in(connection)
    facts = office.facts(world)
    known: dict[str, set[str]] = {}
    opened = 0
    for one in batch:
        name = one.duty.name
        if name not in known:
            first = min(nominal_text(other.duty, other.time) for other in batch if other.duty.name == name)
            rows = connection.all(q.NOMINALS, **{"dealership": office.store.dealership, "duty": name, "from": first[:10]})
            known[name] = {row[0] for row in rows}
        # the same day at another time is the same occurrence, moved by `duties set`
        days = {text[:10] for text in known[name]}
        if nominal_text(one.duty, one.time)[:10] not in days:
            _open_one(office, connection, world, facts, one, now)
            known[name].add(nominal_text(one.duty, one.time))
            opened += 1
    if opened:
        office.store.count_up(connection, facts.serials, now, world.calendar.zone)
    return opened


def _open_one(office: "Office", connection: Connection, world: "World", facts: Facts, one: _Open, now: datetime) -> None:
    program = world.programs[one.duty.opens or DUTY]
    fields = fields_of(
        one.duty, one.time, world.calendar, office.registry.roles,
        world.settings.get("duty_ahead_days", 5), world.settings.get("duty_missed_days", 5),
    )  # fmt: skip
    if one.doer is not None and "doer" in fields:
        fields["doer"] = one.doer
    nominal = nominal_text(one.duty, one.time)
    fire = Fire(OPEN, NOBODY, one.opens, now, fields, source="calendar", duty=one.duty.name, nominal=nominal)
    found = wants(program, None, program.process.opening, fields, world.programs)
    found.prefixes = [prefix for prefix in found.prefixes if prefix not in facts.serials]
    facts.open_keys.clear()
    office.store.look(connection, found, facts, None, now)
    plan = plan_opening(program, fire, facts)
    if isinstance(plan, Plan):
        office.store.save(connection, plan, world.version)
    elif facts.open_keys:
        _adopt(office, connection, world, next(iter(facts.open_keys.values())), fire)
    else:
        raise RuntimeError(f"{one.duty.name} cannot be opened: {[b.message.en for b in plan]}")


def _adopt(office: "Office", connection: Connection, world: "World", ref: str, fire: Fire) -> None:
    """Somebody opened it by hand before its day: that case is the occurrence."""
    case = office.store.load(ref, connection).case
    if case.duty is None:
        program = office.store.program(case.definition)
        wish = Fire("adopt", NOBODY, fire.now, fire.now, source="calendar", duty=fire.duty, nominal=fire.nominal)
        plan = plan_step(program, case, wish, office.facts(world))
        if isinstance(plan, Plan):
            office.store.save(connection, plan, world.version)


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
            missed += case.duty is not None
        else:
            refused.add(ref)
    done.fired += fired
    done.missed += missed


def _fire_timer(office: "Office", connection: Connection, world: "World", program: Program, case: Case, now: datetime) -> bool:
    """Fire the timed step of a case, effective at its planned time."""
    assert case.timer is not None
    for step in program.offered(case.state).values():
        if step.at is None:
            continue
        facts = office.facts(world)
        fire = Fire(step.name, NOBODY, max(case.timer, case.state_since), now, source="timer")
        office.store.look(connection, wants_of(program, case, fire, world.programs), facts, case, now)
        plan = plan_step(program, case, fire, facts)
        if isinstance(plan, Plan):
            office.store.save(connection, plan, world.version)
            office.store.count_up(connection, facts.serials, now, world.calendar.zone)
            return True
    return False


# the ledger --------------------------------------------------------------------------------------------------------


def ledger(office: "Office", frm: date, to: date, *, duty: str | None, person: str | None, state: str | None, now: datetime
           ) -> list[Occurrence]:  # fmt: skip
    """Every occurrence in [frm, to) by nominal day: open, overdue, done, done_late, waived or missed."""
    world = office.world()
    if duty is not None and duty not in world.duties:
        raise NotFound("not_found", L(f"没有 {duty} 这项例行事项", f"there is no duty {duty}"))
    found = []
    for one in world.duties.values():
        if duty is not None and one.name != duty:
            continue
        span = {"from": frm.isoformat(), "to": to.isoformat()}
        rows = office.database.connection().all(q.OCCURRENCES, dealership=office.store.dealership, duty=one.name, **span)
        found += [_entry(office, world, one, case_of(row), now) for row in rows]
    found = [e for e in found if (state is None or e.state == state) and (person is None or person in (e.by, _person(e.doer)))]
    return sorted(found, key=lambda e: (e.nominal, e.duty))


def _person(doer: str) -> str | None:
    return None if doer.startswith("role:") else doer


def _entry(office: "Office", world: "World", duty: Duty, case: Case, now: datetime) -> Occurrence:
    day, _, clock = (case.nominal or "").partition("T")
    nominal = nominal_of(date.fromisoformat(day), clock, world.calendar)
    due = _due_of(world, duty, case, date.fromisoformat(day), nominal)
    ended, done_at, by, reason = _end(office, duty, case)
    late = done_at if done_at is not None else now
    if ended == "done" and done_at is not None and done_at > due:
        ended = "done_late"
    fields = case.data.fields
    doer = case.assignee or (fields["doer"] if isinstance(fields.get("doer"), str) else None) or case.holder or f"role:{duty.doer}"
    return Occurrence(
        ref=case.ref, duty=duty.name, title=duty.label, nominal=nominal, due=due, doer=doer, chaser=case.chaser,
        state=ended or ("overdue" if due < now else "open"), done_at=done_at, by=by, reason=reason,
        late_s=worked_seconds(world.calendar, due, late) if due < late and ended not in ("waived",) else 0,
    )  # fmt: skip


def _due_of(world: "World", duty: Duty, case: Case, day: date, nominal: datetime) -> datetime:
    stored = case.data.fields.get("due_at")
    if isinstance(stored, str):
        return datetime.fromisoformat(stored)
    changes = world.data("@duties").changes.get(duty.name, [])
    times = list(changed(duty, changes, day, day + timedelta(days=1), world))
    return times[0][0].due.astimezone(UTC) if times else nominal


def _end(office: "Office", duty: Duty, case: Case) -> tuple[str | None, datetime | None, str | None, str | None]:
    """How an occurrence ended, when, by whom and why: by the step that does the duty, else by how its case was closed."""
    program = office.store.program(case.definition)
    step = duty.done_by
    if step is not None and step in case.data.doers:
        event = next(e for e, _ in reversed(office.store.history(case.ref)) if e.action == step)
        return "done", event.at, event.by, None
    if case.open:
        return None, None, None, None
    outcome = program.states[case.state].outcome or "done"
    last = office.store.last_event(case.ref)
    kept = office.store.kept(case.ref) if outcome == "waived" else {}
    by = last.by if last is not None and last.by != NOBODY else None
    ended = outcome if outcome in ("done", "missed") else "waived"
    return ended, case.state_since, by, kept.get("reason")
