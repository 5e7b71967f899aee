"""The ledger of duties, in which no occurrence disappears: how each ended, and the share done in time.

Must never enter: opening them (duties.py).
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from cuiban.calendar import worked_seconds
from cuiban.engine.case import NOBODY, Case, Event
from cuiban.engine.clocks import nominal_of
from cuiban.engine.duty import Duty
from cuiban.engine.labels import L
from cuiban.errors import NotFound
from cuiban.office.duties import changed
from cuiban.office.views import DutyRate, Occurrence
from cuiban.store import questions as q
from cuiban.store.rows import case_of

if TYPE_CHECKING:
    from cuiban.office import Office
    from cuiban.office.world import World


STATES = ("done", "done_late", "waived", "missed", "overdue", "open")


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
    found = [e for e in found if (state is None or e.state == state) and (person is None or person in (e.by, whose(office, e)))]
    return sorted(found, key=lambda e: (e.nominal, e.duty))


def whose(office: "Office", one: Occurrence) -> str:
    """Whose an occurrence is: its doer's; of a role's, the person's who alone had that role when it was due; else the role's."""
    if not one.doer.startswith("role:"):
        return one.doer
    holders = office.world().roster.holders(one.doer[5:], one.due)
    return holders[0] if len(holders) == 1 else one.doer


def _entry(office: "Office", world: "World", duty: Duty, case: Case, now: datetime) -> Occurrence:
    day, _, clock = (case.nominal or "").partition(" ")[0].partition("T")
    nominal = nominal_of(date.fromisoformat(day), clock, world.calendar)
    due = _due_of(world, duty, case, date.fromisoformat(day), nominal)
    ended, done_at, by, reason, entered_late = _end(office, duty, case)
    late = done_at if done_at is not None else now
    if ended == "done" and done_at is not None and done_at > due:
        ended = "done_late"
    fields = case.data.fields
    doer = case.assignee or (fields["doer"] if isinstance(fields.get("doer"), str) else None) or case.holder or f"role:{duty.doer}"
    return Occurrence(
        ref=case.ref, duty=duty.name, title=_title(duty, case), nominal=nominal, due=due, doer=doer, chaser=case.chaser,
        state=ended or ("overdue" if due < now else "open"), done_at=done_at, by=by, reason=reason,
        late_s=worked_seconds(world.calendar_of(duty.calendar), due, late) if due < late and ended not in ("waived",) else 0,
        late_entry=entered_late,
    )  # fmt: skip


def _title(duty: Duty, case: Case) -> L:
    """What the ledger calls an occurrence: of a duty per something, what it is about."""
    own = case.data.fields.get("title")
    return duty.label if duty.per is None or own is None else L(*own)


def _due_of(world: "World", duty: Duty, case: Case, day: date, nominal: datetime) -> datetime:
    stored = case.data.fields.get("due_at")
    if isinstance(stored, str):
        return datetime.fromisoformat(stored)
    changes = world.data("@duties").changes.get(duty.name, [])
    times = list(changed(duty, changes, day, day + timedelta(days=1), world))
    return times[0][0].due.astimezone(UTC) if times else nominal


def _end(office: "Office", duty: Duty, case: Case) -> tuple[str | None, datetime | None, str | None, str | None, bool]:
    """How an occurrence ended, when, by whom and why, and whether that was entered on a later day.

    By the step that does the duty, else by how its case was closed.
    """
    program = office.store.program(case.definition)
    step = duty.done_by
    if step is not None and step in case.data.doers:
        event = next(e for e, _ in reversed(office.store.history(case.ref)) if e.action == step)
        return "done", event.at, event.by, _reason(office, event), event.late
    if case.open:
        return None, None, None, None, False
    outcome = program.states[case.state].outcome or "done"
    last = office.store.last_event(case.ref)
    if last is not None and last.to is None:  # something was added to the closed case
        last = next(e for e, _ in reversed(office.store.history(case.ref)) if e.to is not None)
    if last is None:
        return "done", case.state_since, None, None, False
    ended = outcome if outcome in ("done", "missed") else "waived"
    return ended, case.state_since, last.by if last.by != NOBODY else None, _reason(office, last), last.late


def _reason(office: "Office", event: Event) -> str | None:
    """The reason that was given with an event, unless it was erased."""
    return office.store.kept(event.ref).get("reason") if event.reason is not None else None


def rates(office: "Office", entries: Iterable[Occurrence], by: str) -> list[DutyRate]:
    """How the occurrences of a ledger ended, by `duty` or by `person` (who did it, else whose it is), the worst first."""
    groups: dict[str, list[Occurrence]] = {}
    for one in entries:
        person = one.by if one.by is not None and one.state in ("done", "done_late") else whose(office, one)
        groups.setdefault(one.duty if by == "duty" else person, []).append(one)
    duties = office.world().duties
    found = [_rate(key, duties[key].label if by == "duty" else office.who(key), ones) for key, ones in groups.items()]
    return sorted(found, key=lambda one: (one.rate if one.rate is not None else 2, -one.owed, one.key))


def _rate(key: str, label: L, entries: list[Occurrence]) -> DutyRate:
    """What was waived, or is open yet, is not judged."""
    n = {state: sum(one.state == state for one in entries) for state in STATES}
    judged = n["done"] + n["done_late"] + n["missed"] + n["overdue"]
    return DutyRate(key=key, label=label, owed=len(entries), **n, rate=round(n["done"] / judged, 4) if judged else None)
