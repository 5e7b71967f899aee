"""Conformance: a case of a log on its way through a process; each event is a step of it, or a deviation with its reason.

Judged are order, guards and windows of time over what the log holds; not who did it, papers, fields that it lacks, late
entry. After a deviation the case stays where it stood, and the next event is judged from there. [semantics: Event logs]
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from cuiban.audit.reasons import GUARD
from cuiban.engine.blockers import Blocker
from cuiban.engine.facts import Facts, Fire
from cuiban.engine.labels import short
from cuiban.engine.language import Opening, Transition
from cuiban.engine.plan import Plan, plan_next, plan_opening
from cuiban.engine.program import Program
from cuiban.exchange.logmap import OPEN, Candidate, LogMap, Meaning
from cuiban.exchange.logs import LogEvent, LogTrace
from cuiban.exchange.times import EPOCH


class Verdict(NamedTuple):
    """What became of an event.

    Attributes:
        code: why it does not conform; "" if it does.
        activity: what the log calls it.
        state: where its case stood; "" while there was none.
    """

    code: str
    activity: str
    state: str


CONFORMS = Verdict("", "", "")
IGNORED = Verdict("ignored", "", "")  # the map leaves it out, so that nothing is judged
LEFT_OUT = (Meaning.IGNORE, Meaning.NOT_COUNTED)
LONGEST = 255  # signs of what a log calls a case, an activity, a person: it stays in the history
OURS = {"wrong_state": "not_possible_here", "closed": "after_close"}  # the engine's code: what it means of a log


@dataclass(slots=True)
class Judged:
    """What a case of a log comes to.

    Attributes:
        plan: what is to be written of it; None: nothing, for none of its events opened a case.
        verdicts: of each event, in order.
    """

    plan: Plan | None = None
    verdicts: list[Verdict] = field(default_factory=list)


@dataclass(slots=True)
class Judge:
    """Judges cases of a log by one definition.

    Args:
        program: the definition; mapping: what the log's words mean to it.
        facts: with the serial of the definition's prefix; it counts up with each case that is opened.
        actor: who imports; via: login and host.
        now: time of entry (UTC).
    """

    program: Program
    mapping: LogMap
    facts: Facts
    actor: str
    now: datetime
    via: str | None = None
    guards: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        process = self.program.process
        steps: list[Opening | Transition] = [process.opening, *process.transitions]
        self.guards = frozenset(guard.code for step in steps for guard in step.guards)

    def judge(self, trace: LogTrace, events: Iterable[LogEvent] | None = None, plan: Plan | None = None) -> Judged:
        """Say what `events` of a case (None: all) come to, one after the other.

        Args:
            plan: of a case that is there already and goes on; None: it has to be opened.
        """
        way = _Way(self, trace, Judged(plan))
        for event in trace.events if events is None else events:
            way.judged.verdicts.append(way.judge(event))
        return way.judged

    def code_of(self, blocker: Blocker) -> str:
        """What a blocker is called in a report."""
        return GUARD + blocker.code if blocker.code in self.guards else OURS.get(blocker.code, blocker.code)


class _Way:
    """One case on its way: what it comes to so far, and which values its events gave."""

    def __init__(self, by: Judge, trace: LogTrace, judged: Judged) -> None:
        self.by, self.trace, self.judged = by, trace, judged
        self.given: dict[str, str] = {}
        self.too_long = len(trace.case) > LONGEST

    def judge(self, event: LogEvent) -> Verdict:
        """What becomes of the next event; a step that conforms is added to the plan."""
        meaning = self.by.mapping.step(event)
        if meaning.meaning in LEFT_OUT:
            return IGNORED
        if self.too_long or any(len(text) > LONGEST for text in _origin(event).values()):
            return self.deviation("name_too_long", event)
        if event.at < EPOCH:
            return self.deviation("before_1970", event)
        if event.at > self.by.now:
            return self.deviation("in_future", event)
        if self.judged.plan is not None and event.at < self.judged.plan.main.after.state_since:
            return self.deviation("time_backwards", event)
        if self.judged.plan is None:
            asked = any(candidate.action == OPEN for candidate in meaning.candidates)
            found = self.open(event, self.by.mapping.fields_of(self.trace, event) if asked else {}, by_itself=not asked)
            if found or asked:
                return self.deviation(self.by.code_of(found[0]), event) if found else CONFORMS
        if meaning.meaning is Meaning.UNMAPPED:
            return self.deviation("unmapped_activity", event)
        return self.step(event, meaning.candidates)

    def open(self, event: LogEvent, fields: dict[str, str], *, by_itself: bool) -> list[Blocker]:
        """Open the case at the time of `event`; with its values if the event means just that."""
        facts, prefix = self.by.facts, self.by.program.process.prefix
        serial = facts.serials[prefix]
        origin = {"case": self.trace.case, **({} if by_itself else _origin(event))}
        plan = plan_opening(self.by.program, self.fire(OPEN, event, fields, origin), facts)
        if isinstance(plan, list):
            facts.serials[prefix] = serial
            return plan
        self.judged.plan = plan
        self.given.update(fields)
        return []

    def step(self, event: LogEvent, candidates: tuple[Candidate, ...]) -> Verdict:
        """Do the first of `candidates` that is possible here; if none is, say what stands against it."""
        assert self.judged.plan is not None
        fields = self.by.mapping.fields_of(self.trace, event)
        fresh = {name: value for name, value in fields.items() if self.given.get(name) != value}
        codes: list[str] = []
        for candidate in candidates:
            if candidate.action == OPEN:
                continue
            fire = self.fire(candidate.action, event, {**fresh, **candidate.fields}, _origin(event))
            found = plan_next(self.judged.plan, fire, self.by.facts)
            if not found:
                self.given.update(fields)
                return CONFORMS
            codes.append(self.by.code_of(found[0]))
        return self.deviation(_tells_most(codes), event)

    def fire(self, action: str, event: LogEvent, fields: Mapping[str, str], origin: Mapping[str, str]) -> Fire:
        """The wish that an event comes to."""
        by = self.by
        return Fire(action, by.actor, event.at, by.now, fields, source="log", via=by.via, origin=origin)

    def deviation(self, code: str, event: LogEvent) -> Verdict:
        """An event that does not conform."""
        plan = self.judged.plan
        return Verdict(code, bounded(event.activity), plan.main.after.state if plan is not None else "")


def bounded(name: str) -> str:
    """A name as a report tells it: of one that is too long its beginning and its end."""
    return name if len(name) <= LONGEST else str(short(name, 40))


def _origin(event: LogEvent) -> dict[str, str]:
    """What the log says of an event that it means by itself."""
    said = {"activity": event.activity, "lifecycle": event.lifecycle, "resource": event.resource}
    return {name: value for name, value in said.items() if value}


def _tells_most(codes: list[str]) -> str:
    """Of the reasons against each candidate the one that says more than that it is not possible here."""
    more = [code for code in codes if code not in OURS.values()]
    return (more or codes or ["not_possible_here"])[0]
