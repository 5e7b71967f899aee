"""A dealership small enough for a test: people, a clock that is set, cases in a dictionary, no database.

What it does between `wants` and the plan is what the store does for real; nothing of the engine is replaced.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from cuiban import workflows
from cuiban.calendar import Calendar, standard
from cuiban.engine.acts import ACTS
from cuiban.engine.blockers import Blocker
from cuiban.engine.case import Case, case_text
from cuiban.engine.duty import Duty, bind_duty, fields_of, occurrences
from cuiban.engine.evolve import fold
from cuiban.engine.facts import Facts, File, Fire, Wants, wants
from cuiban.engine.language import Process
from cuiban.engine.plan import Plan, plan_opening, plan_step
from cuiban.engine.program import OPEN, Program, bind
from cuiban.engine.roster import Absence, Grant, Member, Roster

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

# Who works here: roles, superior.
STAFF = {
    "wang": (["after_sales_clerk", "customer_service"], "chen"),
    "sun": (["customer_service"], "chen"),
    "li": (["service_advisor"], "chen"),
    "zhou": (["workshop_manager"], "chen"),
    "chen": (["service_director"], "gao"),
    "zhao": (["sales_clerk"], "feng"),
    "qian": (["sales_consultant"], "feng"),
    "feng": (["sales_manager"], "gao"),
    "he": (["finance"], "lv"),
    "lv": (["finance_manager", "finance"], "gao"),
    "gao": (["general_manager"], None),
    "jin": (["it_engineer"], "tao"),
    "yan": (["it_engineer"], "tao"),
    "tao": (["it_manager"], "gao"),
    "shen": (["auditor"], None),
    "admin": (["administrator"], None),
}


class Refused(Exception):
    """What was tried is refused, for all of these reasons."""

    def __init__(self, blockers: list[Blocker]) -> None:
        super().__init__("; ".join(f"{b.code}: {b.message.en} ({', '.join(b.who)})" for b in blockers))
        self.blockers = blockers

    @property
    def codes(self) -> list[str]:
        """The reasons by name."""
        return [b.code for b in self.blockers]


def local(text: str) -> datetime:
    """The instant at which the dealership's clock shows `text`."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def shown(at: datetime | None) -> str | None:
    """What the dealership's clock shows."""
    return None if at is None else at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def roster(absences: Iterable[Absence] = (), without: Iterable[str] = ()) -> Roster:
    """The staff, but for those `without`."""
    members = {
        id: Member(id, id.title(), LONG_AGO, None, above, None, [Grant(r, LONG_AGO) for r in [*roles, "device_user"]])
        for id, (roles, above) in STAFF.items()
        if id not in without
    }
    return Roster(members, list(absences))


@cache
def programs() -> dict[str, Program]:
    """Every process, bound to the defaults."""
    return {process.name: Program(bind(process, workflows.defaults())) for process in workflows.PROCESSES}


class Desk:
    """Cases, and the way to open and move them."""

    def __init__(self, now: str = "2026-03-02 09:00", extra: Iterable[Process] = ()) -> None:
        self.now = local(now)
        self.calendar: Calendar = standard()
        self.roster = roster()
        self.programs = {**programs(), **{p.name: Program(bind(p, workflows.defaults())) for p in extra}}
        self.cases: dict[str, Case] = {}
        self.past: dict[str, list[Case]] = {}
        self.events: dict[str, list[Any]] = {}
        self.kept: dict[str, dict[str, Any]] = {}
        self.books: dict[str, int] = {}
        self.voided: list[str] = []

    # what a test says

    def at(self, now: str) -> None:
        """Set the clock."""
        self.now = local(now)

    def open(self, process: str, actor: str, /, source: str = "hand", at: str | None = None, reason: str | None = None,
             **fields: Any) -> str:  # fmt: skip
        """Open a case; its reference."""
        program = self.programs[process]
        fire = self._fire(OPEN, actor, fields, source=source, at=at, reason=reason)
        facts = self._facts(program, None, program.process.opening, fields, fire)
        return self._commit(plan_opening(program, fire, facts))

    def do(self, ref: str, action: str, actor: str, /, papers: Iterable[str] = (), reason: str | None = None,
           at: str | None = None, source: str = "hand", assignee: str | None = None, for_: str | None = None,
           **fields: Any) -> Case:  # fmt: skip
        """Fire a step or act; the case after it."""
        case = self.cases[ref]
        program = self.programs[case.process]
        fire = self._fire(action, actor, fields, papers, reason, source, at, assignee, for_)
        step = program.find(case.state, action)
        facts = self._facts(program, case, step, fields, fire)
        self._commit(plan_step(program, case, fire, facts))
        return self.cases[ref]

    def refused(self, ref: str, action: str, actor: str, /, **more: Any) -> list[str]:
        """Why a step is refused, by codes; the test fails if it is not."""
        before = case_text(self.cases[ref])
        try:
            self.do(ref, action, actor, **more)
        except Refused as refusal:
            assert case_text(self.cases[ref]) == before
            return refusal.codes
        raise AssertionError(f"{action} was not refused")

    def tick(self, until: str) -> None:
        """Let time pass; what fires itself fires at its own instant, in order."""
        while due := sorted((c.timer, c.ref) for c in self.cases.values() if c.timer and c.timer <= local(until)):
            at, ref = due[0]
            self.now = at
            case = self.cases[ref]
            steps = self.programs[case.process].offered(case.state).values()
            self.do(ref, next(s.name for s in steps if s.at is not None), "system", source="timer")
        self.at(until)

    def comes_round(self, duty: Duty, day: str) -> str:
        """Open the occurrence of a duty on the nominal day `day`."""
        duty = bind_duty(duty, workflows.defaults())
        first = datetime.fromisoformat(day).date()
        found = occurrences(duty, first, first + timedelta(days=1), self.calendar)[0]
        names = {**workflows.ROLES, **workflows.OUTSIDE}
        fields = fields_of(duty, found, self.calendar, names)
        return self.open(duty.opens or "duty", "system", source="timer", **fields)

    def case(self, ref: str) -> Case:
        """The case as it stands."""
        return self.cases[ref]

    def fields(self, ref: str) -> dict[str, Any]:
        """The values of a case, those kept aside too."""
        return {**self.cases[ref].data.fields, **self.kept[ref]}

    def linked(self, ref: str, relation: str) -> list[str]:
        """The cases that a case opened, or was opened by."""
        return self.cases[ref].data.links.get(relation, [])

    # what a store does

    def _fire(self, action: str, actor: str, fields: dict[str, Any], papers: Iterable[str] = (),
              reason: str | None = None, source: str = "hand", at: str | None = None, assignee: str | None = None,
              for_: str | None = None) -> Fire:  # fmt: skip
        scans: dict[str, File | None] = dict.fromkeys(papers)
        when = local(at) if at else self.now
        return Fire(action, actor, when, self.now, fields, scans, reason, source=source, assignee=assignee, for_=for_)

    def _facts(self, program: Program, case: Case | None, step: Any, given: dict[str, Any], fire: Fire) -> Facts:
        needed = Wants() if step is None else wants(program, case, step, given, self.programs)
        if case is not None and fire.action == "correct":
            key = program.key_of({**case.data.fields, **program.read(given)})
            needed.opens += [(program.name, key)] if key is not None else []
        facts = Facts(self.roster, self.calendar, self.programs, lambda: b"salt", books=self.books)
        for relation, refs in needed.refs.items():
            facts.links[relation] = [self._with_program(ref) for ref in refs]
        for relation, (process, key) in needed.keys.items():
            facts.links[relation] = [self._with_program(c.ref) for c in self._keyed(process, key)]
        facts.held = {
            thing: case.ref for thing in needed.things for case in self.cases.values() if thing in case.data.holds.items()
        }
        facts.open_keys = {(p, k): c.ref for p, k in needed.opens for c in self._keyed(p, k)}
        for book in needed.books:
            self.books.setdefault(book, 1)
        today = f"{self.now.astimezone(SHANGHAI):%y%m%d}"
        for other in self.programs.values():
            start = f"{other.process.prefix}-{today}-"
            facts.serials[other.process.prefix] = 1 + sum(ref.startswith(start) for ref in self.cases)
        facts.personal = dict(self.kept.get(case.ref, {})) if case is not None else {}
        facts.before = self.past[case.ref][-1] if case is not None and fire.action in ACTS and self.past[case.ref] else None
        return facts

    def _with_program(self, ref: str) -> tuple[Program, Case]:
        case = self.cases[ref]
        return self.programs[case.process], case

    def _keyed(self, process: str, key: str) -> list[Case]:
        return [c for c in self.cases.values() if c.process == process and c.key == key]

    def _commit(self, plan: Plan | list[Blocker]) -> str:
        if isinstance(plan, list):
            raise Refused(plan)
        for ref, change in plan.changes.items():
            if change.before is not None:
                self.past[ref].append(change.before)
            self.past.setdefault(ref, [])
            self.cases[ref] = change.after
            self.events.setdefault(ref, []).extend((s.event, s.hash) for s in change.events)
            self.kept.setdefault(ref, {}).update({kept.slot: kept.value for _, kept in change.kept})
            for sealed in change.events:
                self.voided += sealed.event.voided.values()
            replayed = fold(change.program, self.events[ref])
            assert replayed is not None
            assert case_text(replayed) == case_text(change.after), "the history says otherwise"
        return plan.main.after.ref


def vin(serial: int) -> str:
    """A vehicle identification number whose check digit is right."""
    values = {**{str(d): d for d in range(10)}, **dict(zip("ABCDEFGH", range(1, 9), strict=True))}
    values |= {"J": 1, "K": 2, "L": 3, "M": 4, "N": 5, "P": 7, "R": 9, **dict(zip("STUVWXYZ", range(2, 10), strict=True))}
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    signs = f"LSGKB54H0HV{serial:06}"
    rest = sum(values[sign] * weight for sign, weight in zip(signs, weights, strict=True)) % 11
    return signs[:8] + ("X" if rest == 10 else str(rest)) + signs[9:]
