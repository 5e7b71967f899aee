"""Opening cases and firing steps: one wish, one transaction; all the blockers, or what was done."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from cuiban.engine.acts import ACTS, BY_THE_CLOCK, assigned
from cuiban.engine.blockers import MISSING, Blocker
from cuiban.engine.case import Case, Event
from cuiban.engine.correcting import wants_corrected
from cuiban.engine.facts import Facts, Fire, Wants, wants
from cuiban.engine.labels import L, Named, lowered
from cuiban.engine.language import Transition
from cuiban.engine.plan import Plan, plan_opening, plan_step
from cuiban.engine.program import CANCEL, KEEP, OPEN, Program
from cuiban.engine.rows import rows_wanted
from cuiban.engine.spelling import told
from cuiban.engine.who import System
from cuiban.errors import Conflict, CuibanError, DatabaseTrouble, NotFound, Refused
from cuiban.office import keys
from cuiban.office.alike import alike
from cuiban.office.door import whole
from cuiban.office.entering import Entering
from cuiban.office.months import close_by, closing, refuse_if_kept
from cuiban.office.offers import offers
from cuiban.office.views import Done
from cuiban.store import sifting
from cuiban.store.database import TRIES, Connection
from cuiban.store.store import Moved
from cuiban.store.troubles import Retry

if TYPE_CHECKING:
    from cuiban.office import Office


def open_case(office: "Office", process: str, fire: Fire, *, key: str | None = None, dry_run: bool = False) -> Done:
    """Open a case of `process`; see Office.open."""
    if process not in office.processes:
        raise NotFound("not_found", L(f"没有 {process} 这种流程", f"there is no process {process}"))
    return _in_transaction(office, lambda c: _open(office, c, process, fire, key, dry_run))


def _open(office: "Office", connection: Connection, process: str, fire: Fire, key: str | None, dry_run: bool) -> Done:
    world = office.world_in(connection)
    program = world.programs[process]
    fire = _keyed(fire, key)
    facts = office.facts(world)
    found = wants(program, None, program.process.opening, fire.fields, world.programs)
    look(office, connection, found, facts, None, fire.now)
    # asked only now: whoever has the same key in hand has been waited for
    if key is not None and (before := replayed(office, connection, key, process, fire)) is not None:
        return before
    plan, rows = plan_opening(program, fire, facts), Entering(office, connection, fire)
    against = judged(plan, rows, program, None, fire, facts)
    if against or isinstance(plan, list):
        raise refused_opening(program, against)
    done = done_of(plan, fire, dry_run, world)
    done.warnings = alike(office, connection, plan, kept=not dry_run)
    if not dry_run:
        write_down(office, connection, world, plan, facts, rows, fire)
        remember(office, connection, key, process, fire, done)
    return done


def fire_step(office: "Office", ref: str, fire: Fire, *, key: str | None = None, if_version: int | None = None,
              dry_run: bool = False) -> Done:  # fmt: skip
    """Do a step or an act on a case; see Office.fire."""
    if key is None and if_version is None and not dry_run and (done := _remembered(office, ref, fire)) is not None:
        return done
    for _ in range(TRIES):
        loaded = office.store.load(ref)
        case = loaded.case
        if key is None and if_version is not None:
            check_version(office, case, if_version)
        program = office.store.program(case.definition)
        world = office.world(loaded.reference_version)
        if key is None and closing(office, case) is None and enough(program, case, fire, world.programs):
            plan = planned(program, case, fire, office.facts(world))
            done = done_of(plan, fire, dry_run, world)
            if dry_run:
                return done
            try:
                office.store.commit(plan, world.version)
            except Retry:
                continue
            except Moved as moved:
                raise conflict(office, moved) from moved
            except DatabaseTrouble as trouble:
                if trouble.code != "serialization":
                    raise
                continue
            return done
        return _in_transaction(office, lambda c, seen=case: _locked(office, c, ref, seen, fire, key, if_version, dry_run))
    raise DatabaseTrouble("locked", L("数据库太忙, 请稍后再试", "the database is too busy; try again shortly"))


def _remembered(office: "Office", ref: str, fire: Fire) -> Done | None:
    """Do a plain step on a case as our last step left it; None where that does not do: it is read then. [decisions/0015]

    It is written only if nobody moved the case or changed the reference data since. What stands against it may be of yesterday,
    and is judged anew.
    """
    case, world = office.store.remembered(ref), office.known
    if case is None or world is None:
        return None
    try:
        program = office.store.program(case.definition)
        if (case.state, fire.action) not in program.plain or closing(office, case) is not None:
            return None
        plan = planned(program, case, fire, office.facts(world))
        done = done_of(plan, fire, False, world)
    except CuibanError:
        return None
    try:
        office.store.commit(plan, world.version)
    except (Retry, Moved):
        return None
    except DatabaseTrouble as trouble:
        if trouble.code != "serialization":
            raise
        return None
    return done


def enough(program: Program, case: Case, fire: Fire, programs: Mapping[str, Program]) -> bool:
    """Whether the case itself is enough for the step; else something must be locked and looked at."""
    return (case.state, fire.action) in program.plain or wants_of(program, case, fire, programs).nothing


def wants_of(program: Program, case: Case, fire: Fire, programs: Mapping[str, Program]) -> Wants:
    """What the step or act wants to look at."""
    step = program.find(case.state, fire.action)
    if step is not None:
        if (case.state, step.name) in program.plain:
            return Wants()
        found = wants(program, case, step, fire.fields, programs)
        if step.undoes is not None and case.data.cancelling:
            found.history, found.children = False, bool(program.children)
        return found
    found = Wants()
    if fire.action == CANCEL:
        found.rows = program.process.cancel is not None and bool(program.process.cancel.enters)
        found.children = not program.children.keys().isdisjoint(case.data.links)
    elif fire.action == "withdraw":
        found.history = True
    elif fire.action == "chase":
        found.reminders = case.data.chased_at is not None
    elif fire.action == "assign":
        wants_corrected(program, case, assigned(program, case, fire.assignee or ""), found)
    elif fire.action == "correct":
        given = program.read(fire.fields)
        key = program.key_of({**case.data.fields, **given})
        found.opens += [(program.name, key)] if key is not None else []
        wants_corrected(program, case, given, found)
        if not given.keys().isdisjoint(program.process.subject):
            found.personal += [name for name in program.process.subject if name in program.sensitive]
    return found


def planned(program: Program, case: Case, fire: Fire, facts: Facts, rows: Entering | None = None) -> Plan:
    """The plan of a step. Raises Refused with every blocker, NotFound for an action that the process lacks.

    Args:
        rows: judges what the step writes into registers; None: it writes nothing there.
    """
    plan = plan_step(program, case, fire, facts)
    against = plan if isinstance(plan, list) else []
    if rows is not None:
        against = judged(plan, rows, program, case, fire, facts)
    if isinstance(plan, Plan) and not against:
        return plan
    if fire.action not in ACTS and fire.action not in (CANCEL, KEEP) and fire.action not in program.names:
        raise unknown_action(program, case, fire.action)
    raise refused(program, case, fire, against)


def judged(plan: Plan | list[Blocker], rows: Entering, program: Program, case: Case | None, fire: Fire, facts: Facts
           ) -> list[Blocker]:  # fmt: skip
    """Everything against a wish, what the registers have against its rows too."""
    if isinstance(plan, Plan):
        return rows.judge(plan.rows)
    return [*plan, *rows.judge(rows_wanted(program, case, fire, facts), partly=True)]


def _locked(office: "Office", connection: Connection, ref: str, seen: Case, fire: Fire, key: str | None, if_version: int | None,
            dry_run: bool) -> Done:  # fmt: skip
    """Decide and write with the case, and all that the step looks at, kept from others."""
    fire = _keyed(fire, key)
    loaded = office.store.load(ref, connection)
    case = loaded.case
    if key is not None and (before := replayed(office, connection, key, ref, fire)) is not None:
        return before
    check_version(office, case, if_version)
    if case.version != seen.version:
        raise conflict(office, Moved(ref, office.store.last_event(ref)))
    world = office.world_in(connection, loaded.reference_version)
    plan, facts, rows = look_and_plan(office, connection, world, case, fire)
    done = done_of(plan, fire, dry_run, world)
    done.warnings = rows.keeps
    if not dry_run:
        write_down(office, connection, world, plan, facts, rows, fire)
        remember(office, connection, key, ref, fire, done)
    return done


def write_down(office: "Office", connection: Connection, world: Any, plan: Plan, facts: Facts, rows: Entering, fire: Fire
               ) -> bool:  # fmt: skip
    """Write what was planned, and all that goes with it, in the transaction that is open; whether it closed a month."""
    office.store.save(connection, plan, world.version)
    rows.write()
    office.store.count_up(connection, facts.serials, fire.now, world.calendar.zone)
    return close_by(office, connection, plan, fire)


def look_and_plan(office: "Office", connection: Connection, world: Any, case: Case, fire: Fire) -> tuple[Plan, Facts, Entering]:
    """Look at what the step wants, and plan it, in the transaction that is open; with what it writes into registers."""
    refuse_if_kept(office, world, case, fire.action)
    program = office.store.program(case.definition)
    facts = office.facts(world)
    found = wants_of(program, case, fire, world.programs)
    look(office, connection, found, facts, case, fire.now)
    rows = Entering(office, connection, fire)
    return planned(program, case, fire, facts, rows), facts, rows


def look(office: "Office", connection: Connection, found: Wants, facts: Facts, case: Case | None, now: datetime) -> None:
    """Load into `facts` what a step wants to look at: rows of cases, and where registers do not agree."""
    office.store.look(connection, found, facts, case, now)
    if found.reminders and case is not None:
        facts.reminders = [(event.at, event.recorded_at) for event, _ in office.store.history(case.ref) if event.chased]
    if found.past:
        from cuiban.registers import every

        facts.registers = {one.name: Named(one.name, one.label) for one in every()}
    look_at_registers(office, connection, found, facts)


def look_at_registers(office: "Office", connection: Connection, found: Wants, facts: Facts) -> None:
    """Load into `facts` where registers do not agree, and what stands in them."""
    facts.checked, facts.said = {}, {}
    for sheet in found.sheets:
        facts.checked[sheet.name] = sifting.sheet(connection, sheet, office.shelf)
    if found.checks:
        from cuiban.office.matching import days_of, differences, rows_of, rule_named, sentences_of

        for name, (rules, first, last) in found.checks.items():
            span = days_of(first, last)
            facts.checked[name], facts.said[name] = [], []
            for rule in map(rule_named, rules):
                listed = differences(office, connection, rule, span)
                facts.checked[name] += rows_of(listed)
                facts.said[name] += sentences_of(office, rule, listed)


def _in_transaction(office: "Office", work: Any) -> Done:
    done: Done = office.store.transact(work)
    return done


# words and answers -------------------------------------------------------------------------------------------------


def check_version(office: "Office", case: Case, if_version: int | None) -> None:
    """Raise Conflict if the case moved since the caller saw it, Usage where that is no version."""
    if if_version is not None and case.version != whole(if_version):
        raise conflict(office, Moved(case.ref, office.store.last_event(case.ref)))


def conflict(office: "Office", moved: Moved) -> Conflict:
    """Who won, and what they did."""
    event = moved.event
    if event is None:
        return moved
    what = action_label(office, event)
    who = office.name(event.by)
    at = event.recorded_at.astimezone(office.zone)
    return Conflict("conflict", L(
        f"{moved.ref} 已先由 {who} 在 {at:%m-%d %H:%M} 办了「{what.zh}」, 请重看后再办",
        f"{who} was first with {moved.ref}: {what.en} on {at:%m-%d %H:%M}; look again before you go on",
    ))  # fmt: skip


def action_label(office: "Office", event: Event) -> L:
    """What an event's action is called."""
    loaded = office.store.load(event.ref)
    return office.store.program(loaded.case.definition).label_of(event.action, event.from_)


def refused(program: Program, case: Case, fire: Fire, found: list[Blocker]) -> CuibanError:
    """A refusal in words: what was refused, all the reasons."""
    codes = {one.code for one in found}
    if fire.action == "claim" and "claimed" in codes:
        return Conflict("conflict", found[0].message)
    label = program.label_of(fire.action, case.state)
    return Refused(_not_yet(L(f"不能「{label.zh}」{case.ref}", f"cannot {lowered(label.en)} {case.ref}"), found), found)


def refused_opening(program: Program, found: list[Blocker]) -> CuibanError:
    """A refusal to open a case, in words."""
    label = program.process.label
    return Refused(_not_yet(L(f"不能登记「{label.zh}」", f"cannot open {lowered(label.en)}"), found), found)


def _not_yet(refused: L, found: list[Blocker]) -> L:
    """What was refused; how much is missing, where that is all there is against it."""
    if not all(one.code in MISSING for one in found):
        return refused
    n = len(found)
    return L(f"{refused.zh}, 还差{n}项", f"{refused.en}: {n} thing{'s' * (n > 1)} missing")


def unknown_action(program: Program, case: Case, action: str) -> NotFound:
    """The process knows no such action; says which it knows here."""
    by_hand = [t.name for t in program.offered(case.state).values() if t.at is None and not isinstance(t.who, System)]
    names = dict.fromkeys([*by_hand, *(act for act in ACTS if act not in BY_THE_CLOCK)])
    known = told(action, {name: program.label_of(name, case.state) for name in names}, L("可办: ", "possible: "))
    return NotFound("not_found", L(
        f"{program.process.label.zh}没有「{action}」这个动作; {known.zh}",
        f"{program.process.label.en} has no action {action}; {known.en}",
    ))  # fmt: skip


def done_of(plan: Plan, fire: Fire, dry_run: bool, world: Any) -> Done:
    """What was done, read off the plan; nothing is read again."""
    change = plan.main
    case, program = change.after, change.program
    event = change.events[0].event
    return Done(
        ref=case.ref, action=event.action, seq=event.seq, from_=event.from_, to=case.state, at=event.at,
        recorded_at=event.recorded_at, by=event.by, for_=event.for_, late_entry=event.late, due=case.due,
        actions=offers(program, case, fire.actor, world.roster, fire.now) if fire.source == "hand" else [],
        opened=plan.opened if len(plan.changes) > 1 else [], numbers=dict(event.numbers), dry_run=dry_run,
        holder=case.holder, version=case.version, cancelling=case.data.cancelling,
        state_label=program.states[case.state].label, process_label=program.process.label,
    )  # fmt: skip


# idempotency keys --------------------------------------------------------------------------------------------------


def _keyed(fire: Fire, key: str | None) -> Fire:
    return replace(fire, command=keys.key_hash(key)) if key is not None else fire


def _content(ref: str, fire: Fire) -> bytes:
    """What a command asks for, apart from when and by whom it was entered."""
    papers = {kind: sha256(file.content).hexdigest() if file else None for kind, file in sorted(fire.papers.items())}
    fields = dict(sorted(fire.fields.items()))
    wish = [ref, fire.action, fire.actor, fields, papers, fire.reason, fire.note, fire.for_, fire.assignee]
    return ascii(wish).encode()  # of whatever was given: nobody has judged it yet


def replayed(office: "Office", connection: Connection, key: str, ref: str, fire: Fire) -> Done | None:
    """The first answer under a key, or None. Raises Refused if the content differs."""
    done = keys.recall(office, connection, key, _content(ref, fire), Done)
    if done is not None:
        done.replayed = True
    return done


def remember(office: "Office", connection: Connection, key: str | None, ref: str, fire: Fire, done: Done) -> None:
    """Keep the answer under its key, in the same transaction."""
    if key is not None:
        keys.keep(office, connection, key, _content(ref, fire), done.ref, done.seq, done, fire.now)


__all__ = ["OPEN", "Transition", "fire_step", "open_case"]
