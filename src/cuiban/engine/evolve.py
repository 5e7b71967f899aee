"""What an event makes of a case. Live work and replay both come through here, so they cannot disagree."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from cuiban.engine.case import Case, Data, Event, event_hash, event_text
from cuiban.engine.program import Program

MOST_ATTEMPTS = 1000  # of a step in a cycle, the last ones: nobody tries that often, a log of a machine's may


class Impossible(ValueError):
    """The event does not follow from the case's definition: a step that its topology lacks, or a gap in the numbering."""


def evolve(program: Program, case: Case | None, event: Event, digest: str | None = None) -> Case:
    """Return the case after `event`. Pure: `case` stays as it was.

    Args:
        program: the definition that the case runs under.
        case: None before the opening.
        event: the next one of this case.
        digest: the event's hash, if the caller has it.
    Raises:
        Impossible: the definition knows no such step, or the event is not the next one.
    """
    digest = digest or event_hash(event_text(event))
    if case is None:
        return _opened(program, event, digest)
    return _apply(program, _copy(case), event, digest)


def fold(program: Program, events: Iterable[tuple[Event, str]]) -> Case | None:
    """The case that `events` with their hashes add up to; None if there are none."""
    case: Case | None = None
    for event, digest in events:
        case = _opened(program, event, digest) if case is None else _apply(program, case, event, digest)
    return case


def each_step(program: Program, events: Iterable[tuple[Event, str]]) -> Iterator[tuple[Case | None, Event, Case]]:
    """Every event of a history, with the case before and after it."""
    before: Case | None = None
    for event, digest in events:
        after = evolve(program, before, event, digest)
        yield before, event, after
        before = after


def _opened(program: Program, event: Event, digest: str) -> Case:
    if event.seq != 1 or event.to not in program.states:
        raise Impossible(f"{event.ref} does not begin with its opening")
    case = Case(
        ref=event.ref,
        process=program.name,
        definition=event.definition or program.hash,
        state=event.to,
        version=0,
        head="",
        opener=event.by,
        opened_at=event.at,
        state_since=event.at,
        paused=event.to in program.waiting,
        duty=event.duty,
        nominal=event.nominal,
        data=Data(imported=event.source == "log"),
    )
    return _apply(program, case, event, digest)


def _copy(case: Case) -> Case:
    """A case that may be changed without changing `case`."""
    new = case.__copy__()
    old = case.data
    data = old.__copy__()
    data.fields = {**old.fields}
    data.doers = {**old.doers}
    new.data = data
    return new


def _apply(program: Program, case: Case, event: Event, digest: str) -> Case:
    """Apply `event` to a case that nobody else sees."""
    if event.seq != case.version + 1:
        raise Impossible(f"{event.ref}: event {event.seq} follows {case.version}")
    case.version = event.seq
    case.head = digest
    data = case.data
    data.recorded_at = event.recorded_at
    if event.restore is not None:
        return _restored(case, event.restore.case)
    to, fields, clock, holder = event.to, event.fields, event.clock, event.holder
    if to is not None:
        if (event.from_, event.action, to) not in program.steps:
            raise Impossible(f"{event.ref}: {event.from_} -{event.action}-> {to} is no step of {program.name}")
        data.last = f"{event.action}:{event.by}"
        data.doers[event.action] = [event.by] if event.for_ is None else [event.by, event.for_]
        if to != case.state:
            _enter(program, case, data, to, event.at)
    if fields:
        data.fields.update(fields)
        if None in fields.values():
            data.fields = {name: value for name, value in data.fields.items() if value is not None}
        if data.stale:
            data.stale = [name for name in data.stale if name not in fields]
        if program.key and not fields.keys().isdisjoint(program.key) and (case.open or program.key_forever) and not data.imported:
            case.key = program.key_of(data.fields)
    if clock is not None:
        case.due, case.not_before, case.timer = clock.due, clock.not_before, clock.timer
        case.provisional = clock.provisional
        data.start = clock.start
    if holder is not None:
        case.role, case.assignee, data.also = holder.role, holder.assignee, holder.also
    if event.chaser is not None:
        case.chaser = event.chaser
    _rare(case, data, event)
    return case


def _enter(program: Program, case: Case, data: Data, state: str, at: datetime) -> None:
    """Another state: since when, whether its clock stands still, whether the case is closed or open again."""
    case.state, case.state_since = state, at
    case.paused = state in program.waiting
    if state in program.finals:
        case.open = False
        if not program.key_forever:
            case.key = None
    elif not case.open:
        case.open = True
        case.key = program.key_of(data.fields) if not data.imported else None


def _rare(case: Case, data: Data, event: Event) -> None:
    """The parts of an event that plain steps never have."""
    if event.documents:
        data.documents = {**data.documents, **event.documents}
    if event.signature is not None:
        data.signatures = [*data.signatures, event.signature]
    if event.content is not None:
        data.content = event.content
    if event.cycle is not None:
        data.cycle = event.cycle
        data.attempts = {}
    if event.stale is not None:
        data.stale = event.stale
    if event.attempt is not None:
        tried = data.attempts.get(event.action, [])[-MOST_ATTEMPTS + 1 :]
        data.attempts = {**data.attempts, event.action: [*tried, event.attempt]}
    if event.pauses is not None:
        data.pauses = event.pauses
    if event.resume is not None:
        data.resume = event.resume
    if event.cancelling is not None:
        data.cancelling = event.cancelling
    for relation, refs in event.links.items() if event.links else ():
        if data.older.get(relation, (1, 0))[0] != data.cycle:
            data.older = {**data.older, relation: (data.cycle, len(data.links.get(relation, [])))}
        data.links = {**data.links, relation: [*data.links.get(relation, []), *refs]}
    if event.numbers or event.voided:
        kept = {book: number for book, number in data.numbers.items() if book not in event.voided}
        data.numbers = {**kept, **event.numbers}
    if event.holds or event.frees:
        kept = {kind: thing for kind, thing in data.holds.items() if kind not in event.frees}
        data.holds = {**kept, **event.holds}
    if event.cc:
        data.cc = sorted({*data.cc, *event.cc})
    if event.chased:
        data.chased += 1
        data.chased_at = event.at
    if event.duty is not None:
        case.duty, case.nominal = event.duty, event.nominal
    if event.definition is not None and event.definition != case.definition:
        case.definition = event.definition


def _restored(case: Case, before: Case) -> Case:
    """The case as it stood before a withdrawn step; its history goes on."""
    new = before.__copy__()
    new.version, new.head = case.version, case.head
    new.data = before.data.__copy__()
    new.data.recorded_at = case.data.recorded_at
    return new
