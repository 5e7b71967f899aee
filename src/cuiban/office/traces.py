"""Cases of a log, written down: a batch of them in one transaction. What is known changes nothing."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from cuiban.audit.conformance import Judge, Judged, Verdict
from cuiban.audit.identity import key_of, marks_of, unknown
from cuiban.engine.facts import Facts, Wants
from cuiban.engine.labels import short
from cuiban.engine.plan import Change, Plan
from cuiban.engine.program import Program
from cuiban.exchange.logmap import LogMap
from cuiban.exchange.logs import LogTrace
from cuiban.store import bulk, sql
from cuiban.store.database import Connection
from cuiban.store.types import instant, micros

if TYPE_CHECKING:
    from cuiban.office import Office
    from cuiban.office.world import World


@dataclass(frozen=True, slots=True)
class Importer:
    """Who imports what as what, and when.

    Attributes:
        process: its name; mapping: what the log's words mean to it, `map` its hash.
        actor: a person's id; via: login and host; now: time of entry (UTC).
    """

    office: "Office"
    process: str
    mapping: LogMap
    map: str
    actor: str
    now: datetime
    via: str | None

    def judge(self, program: Program, facts: Facts) -> Judge:
        """A judge by `program`."""
        return Judge(program, self.mapping, facts, self.actor, self.now, self.via)

    def trial(self, world: "World") -> Judge:
        """A judge by the present definition, of whose plans nothing is kept."""
        program = world.programs[self.process]
        return self.judge(program, replace(self.office.facts(world), salt=bytes, serials={program.process.prefix: 1}))


@dataclass(slots=True)
class Batch:
    """Some cases of a log, to be written in the transaction that is open on `connection`.

    Attributes:
        verdicts: of the events of each case, in order.
        begun: the cases that were not known; rows: what is known of them from now on.
        continued, known, other_map: see Imported.
    """

    importer: Importer
    connection: Connection
    verdicts: list[list[Verdict]] = field(default_factory=list)
    begun: list[Change] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    continued: int = 0
    known: int = 0
    other_map: int = 0
    world: "World" = field(init=False)
    facts: Facts = field(init=False)
    trial: Judge = field(init=False)

    def __post_init__(self) -> None:
        office = self.importer.office
        self.world = office.world_in(self.connection)
        self.facts = office.facts(self.world)
        self.trial = self.importer.trial(self.world)

    def write(self, traces: list[LogTrace]) -> "Batch":
        """Write the cases, all or none; the batch."""
        importer, store = self.importer, self.importer.office.store
        program = self.world.programs[importer.process]
        # Drawn first: whoever imports the same at the same time waits here, and then knows these cases.
        store.look(self.connection, Wants(prefixes=[program.process.prefix]), self.facts, None, importer.now)
        judge = importer.judge(program, self.facts)
        for trace in traces:
            here = {"dealership": store.dealership, "process": importer.process, "trace": key_of(trace)}
            row = self.connection.one(sql.IMPORTED, **here)
            self.verdicts.append(self._begin(here, trace, judge.judge(trace)) if row is None else self._know(here, trace, row))
        bulk.place(store, self.connection, self.begun)
        self.connection.many(sql.IMPORT, self.rows)
        store.count_up(self.connection, self.facts.serials, importer.now, self.world.calendar.zone)
        return self

    def _begin(self, here: dict[str, Any], trace: LogTrace, judged: Judged) -> list[Verdict]:
        """Keep a case that was not known, if anything opened it."""
        if judged.plan is not None:
            change = judged.plan.main
            change.subject = [short(self.importer.mapping.subject_of(trace) or trace.case)]
            seen = self._happened(trace, range(len(trace.events)))
            known = {"ref": change.after.ref, "map": self.importer.map, **_seen(trace, marks_of(trace), seen)}
            self.begun.append(change)
            self.rows.append({**here, **known})
        return judged.verdicts

    def _happened(self, trace: LogTrace, places: Any) -> list[int]:
        """Of the events at `places` those of the past; one of the future may come in when it is past."""
        return [place for place in places if trace.events[place].at <= self.importer.now]

    def _know(self, here: dict[str, Any], trace: LogTrace, row: Any) -> list[Verdict]:
        """Judge a case that is known, and let it go on by the events that are not; those that come too late are told."""
        verdicts, marks = self.trial.judge(trace).verdicts, marks_of(trace)
        fresh = unknown(marks, row[1])
        late = [place for place in fresh if trace.events[place].at < instant(row[2])]
        for place in late:
            verdicts[place] = Verdict("time_backwards", trace.events[place].activity, "")
        further = [place for place in self._happened(trace, fresh) if place not in late]
        self.other_map += row[3] != self.importer.map
        self.known += not further
        self.continued += bool(further)
        if further:
            for place, verdict in zip(further, self._go_on(row[0], trace, further), strict=True):
                verdicts[place] = verdict
            seen = _seen(trace, marks, further)
            self.connection.run(sql.IMPORT_MORE, {**here, "new_known": row[1] + seen["known"], "new_last_at": seen["last_at"]})
        return verdicts

    def _go_on(self, ref: str, trace: LogTrace, places: list[int]) -> list[Verdict]:
        """Let a case go on, under its own definition and from where it stands now, by the events at `places`."""
        store = self.importer.office.store
        case = store.load(ref, self.connection).case
        change = Change(store.program(case.definition), case, case)
        plan = Plan({ref: change})
        judge = self.importer.judge(change.program, self.facts)
        judged = judge.judge(trace, [trace.events[place] for place in places], plan)
        if change.events:
            change.subject = None
            store.save(self.connection, plan, self.world.version)
        return judged.verdicts


def _seen(trace: LogTrace, marks: list[str], places: list[int]) -> dict[str, Any]:
    """What is known of the events at `places`, the last of them latest."""
    return {"known": "".join(marks[place] for place in places), "last_at": micros(trace.events[places[-1]].at)}
