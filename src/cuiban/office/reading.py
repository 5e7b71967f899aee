"""Reading one case: all that it holds, why it stands as it does, its history. Writes nothing."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from cuiban.calendar import explain
from cuiban.engine.attempt import Attempt, attempt
from cuiban.engine.blockers import Blocker
from cuiban.engine.case import Case, Event
from cuiban.engine.clocks import applied
from cuiban.engine.facts import Fire
from cuiban.engine.labels import L
from cuiban.engine.language import After, At, Before, Due, Field, First, On
from cuiban.engine.program import Program
from cuiban.engine.reference import CALLED, STREAMS
from cuiban.engine.rules import blockers_of, open_signers, signatures_on, signer_name
from cuiban.engine.todo import Day, ladder_of
from cuiban.errors import NotFound
from cuiban.office.listed import Row, subject_of, titled, view
from cuiban.office.offers import offers
from cuiban.office.steps import wants_of
from cuiban.office.views import (
    CaseView,
    DocumentView,
    DueView,
    Filters,
    LinkView,
    Owner,
    Past,
    Possible,
    Shown,
    SignatureView,
    StepView,
    Why,
)
from cuiban.store import questions as q
from cuiban.store import sql
from cuiban.store.types import micros

if TYPE_CHECKING:
    from cuiban.office import Office

ORIGIN = ("case", "activity", "lifecycle", "resource", "step")  # in the order in which people read them
UNITS = {
    "wh": L("工作小时", "working hours"),
    "wd": L("个工作日", "working days"),
    "h": L("小时", "hours"),
    "cd": L("日内", "days"),
}


def case_view(office: "Office", case: Case, now: datetime) -> CaseView:
    """A case that was loaded, as lists show it."""
    day = Day(now, office.calendar)
    program = office.store.program(case.definition)
    row = office.store.database.connection().one(q.NAMED, dealership=office.store.dealership, ref=case.ref)
    subject = subject_of(row[0] if row else None)
    due = case.due
    overdue = case.open and due is not None and due < now
    return CaseView(
        ref=case.ref, process=case.process, process_label=program.process.label, title=titled(program, subject),
        subject=subject, state=case.state, state_label=program.states[case.state].label, open=case.open,
        role=case.role, assignee=case.assignee, opened_at=case.opened_at, state_since=case.state_since, due=due,
        due_day=day.day(due), provisional=case.provisional, paused=case.paused, overdue=overdue,
        late_s=day.late_s(due) if overdue and due is not None else 0,
        level=day.level(ladder_of(program, case.state), due, case.data.cycle) if case.open else 0, version=case.version,
    )  # fmt: skip


def masked(type_: str, value: Any) -> Any:
    """A phone or ID number as lists show it."""
    text = str(value)
    if type_ == "phone":
        return text[:3] + "*" * max(0, len(text) - 7) + text[-4:]
    return text[:6] + "*" * max(0, len(text) - 8) + text[-2:]


def plain_fields(program: Program, case: Case, kept: dict[str, Any], reveal: bool) -> dict[str, Any]:
    """The fields of a case with the values that stand aside; phones and ID numbers masked unless `reveal`."""
    found: dict[str, Any] = {}
    for name, value in case.data.fields.items():
        spec = program.fields.get(name)
        if isinstance(value, dict) and "#" in value:
            value = kept.get(name)
        if spec is not None and spec.type in ("phone", "id_number") and value is not None and not reveal:
            value = masked(spec.type, value)
        found[name] = value
    return found


def show(office: "Office", ref: str, *, actor: str, now: datetime, reveal: bool) -> Shown:
    """A case with all that it holds."""
    loaded = office.store.load(ref)
    case, program = loaded.case, office.store.program(loaded.case.definition)
    base = case_view(office, case, now)
    return Shown(
        **{name: getattr(base, name) for name in base.__struct_fields__},
        fields=plain_fields(program, case, office.store.personal(case), reveal),
        documents=_documents(office, program, case),
        signatures=_signatures(program, case),
        links=[LinkView(ref=other, relation=name) for name, refs in case.data.links.items() for other in refs],
        actions=offers(program, case, actor, office.world(loaded.reference_version).roster, now),
        labels={field.name: field.label for field in program.process.fields},
    )


def _documents(office: "Office", program: Program, case: Case) -> list[DocumentView]:
    rows = office.store.database.connection().all(sql.FILES, dealership=office.store.dealership, ref=case.ref)
    scans = {kind: (name, digest) for kind, name, digest, _ in rows}
    labels = {paper.name: paper.label for paper in program.process.papers}
    found = []
    for kind in [*labels, *(k for k in case.data.documents if k not in labels)]:
        document = case.data.documents.get(kind)
        name, digest = scans.get(kind, (None, None))
        found.append(DocumentView(
            kind=kind, label=labels.get(kind, L("其它附件", "Other")), required=kind in labels,
            status=document.status if document else "missing", file=name, sha256=digest,
            at=document.at if document else None, by=document.by if document else None,
        ))  # fmt: skip
    return found


def _signatures(program: Program, case: Case) -> list[SignatureView]:
    found = [SignatureView(role=s.role, by=s.by, for_=s.for_, at=s.at) for s in signatures_on(case, None)]
    signing = program.signing.get(case.state)
    if signing is not None and signing.signs is not None:
        found += [SignatureView(role=signer_name(one)) for one in open_signers(signing, case, case.data.fields)]
    return found


def document(office: "Office", ref: str, kind: str) -> tuple[str, bytes]:
    """The newest scan of a kind: its name and bytes. Raises NotFound."""
    office.store.load(ref)
    row = office.store.database.connection().one(sql.FILE, dealership=office.store.dealership, ref=ref, kind=kind)
    if row is None:
        raise NotFound("not_found", L(f"{ref} 没有 {kind} 的扫描件", f"{ref} has no scan of {kind}"))
    return str(row[0]), bytes(row[1])


# why ---------------------------------------------------------------------------------------------------------------


def why(office: "Office", ref: str, *, actor: str, now: datetime) -> Why:
    """How the due came about, who owns the case and why, and for every step: open, or all that blocks it."""
    loaded = office.store.load(ref)
    case, program = loaded.case, office.store.program(loaded.case.definition)
    return Why(
        ref=ref,
        due=_due_view(office, program, case),
        owner=_owner(office, program, case, now),
        actions=can(office, case, program, actor, now),
        case=case_view(office, case, now),
    )


def _due_view(office: "Office", program: Program, case: Case) -> DueView:
    rule = program.states[case.state].due
    due = applied(rule, case.data.fields) if rule is not None else None
    steps: list[StepView] = []
    if isinstance(due, After) and case.data.start is not None and not isinstance(due.amount, str):
        pauses = [p for p in case.data.pauses if not (case.paused and p[1] is None)]
        found = explain(office.calendar, case.data.start, due.amount, due.unit, mode=due.mode, pauses=pauses)  # type: ignore[arg-type]
        steps = [StepView(kind=s.kind, from_=s.from_, to=s.to, n=float(s.n), reason=L(*s.reason)) for s in found.steps]
    followed = _calendar_followed(office, case)
    words = rule_words(program, due)
    if followed is not None:
        words = L(f"{words.zh}, 照{followed.zh}日历", f"{words.en}, by the {followed.en} calendar")
    return DueView(
        at=case.due, absolute=due is not None and not isinstance(due, After), provisional=case.provisional,
        rule=words, steps=steps,
    )  # fmt: skip


def _calendar_followed(office: "Office", case: Case) -> L | None:
    """The calendar by which a duty comes round, where it is not the house's."""
    duty = office.registry.duties.get(case.duty) if case.duty is not None else None
    return office.registry.calendars[duty.calendar].label if duty is not None and duty.calendar is not None else None


def rule_words(program: Program, due: Due | None) -> L:
    """The rule of a due in words."""
    if due is None:
        return L("没有时限", "no time limit")
    assert not isinstance(due, First)  # `applied` took one of its rules
    if isinstance(due, At):
        label = program.fields[due.field].label
        return L(f"按「{label.zh}」", f"as given: {label.en}")
    if isinstance(due, On):
        label = program.fields[due.field].label
        return L(f"「{label.zh}」当天 {due.time}", f"{due.time} on {label.en}")
    if isinstance(due, Before):
        label = program.fields[due.field].label
        return L(f"「{label.zh}」前{due.amount}个工作日", f"{due.amount} working days before {label.en}")
    unit = UNITS[due.unit]
    since = L("进入本环节", "it came here") if due.since is None else (
        L("登记", "it was opened") if due.since == "opened" else program.fields[due.since].label)  # fmt: skip
    return L(
        f"{since.zh}后{due.amount}{unit.zh} ({due.amount} {due.unit})",
        f"{due.amount} {unit.en} after {since.en} ({due.amount} {due.unit})",
    )


def _owner(office: "Office", program: Program, case: Case, now: datetime) -> Owner:
    world = office.world()
    who = program.owner(program.states[case.state])
    role = case.role
    because = L("已办结", "it is closed")
    if case.open and case.assignee is not None:
        last = next((e for e, _ in reversed(office.store.history(case.ref)) if e.holder is not None), None)
        name = world.roster.name(case.assignee)
        when = f"{last.at.astimezone(office.zone):%m-%d}" if last is not None else ""
        how = program.label_of(last.action, last.from_) if last is not None else L("", "")
        because = L(f"{name}: {when} {how.zh}", f"{name}: {how.en} on {when}")
    elif case.open and role is not None:
        label = office.registry.roles.get(role, L(role, role))
        because = L(f"凡{label.zh}都可办", f"any {label.en} may do it")
    elif case.open and who is not None:
        because = L("无人在职可办", "nobody here may do it")
    deputy = world.roster.substitute(case.assignee, now) if case.assignee else None
    return Owner(role=role, assignee=case.assignee, because=because, acting_for=deputy)


def can(office: "Office", case: Case, program: Program, actor: str, now: datetime) -> list[Possible]:
    """Every step out of where the case stands: open to `actor`, or all that blocks it."""
    found = []
    for step in program.offered(case.state).values():
        if step.at is not None:
            continue
        tried = _try(office, case, program, step.name, actor, now)
        blockers = [b for b in blockers_of(tried) if b.code not in ("field_missing", "reason_missing")]
        fields = tried.missing() + (["reason"] if step.reason else [])
        if case.data.cancelling and step.undoes is None:
            from cuiban.engine.blockers import blocker

            blockers = [blocker("cancelling", offered="-"), *blockers]
        found.append(Possible(name=step.name, label=step.label, possible=not blockers, fields=fields, blockers=blockers))
    return found


def _try(office: "Office", case: Case, program: Program, action: str, actor: str, now: datetime) -> Attempt:
    """Lay a step out without doing it: what it looks at is read, not locked."""
    step = program.find(case.state, action)
    assert step is not None
    fire = Fire(action, actor, now, now)
    world = office.world()
    facts = office.facts(world)
    wanted = wants_of(program, case, fire, world.programs)
    connection = office.store.database.connection()
    for kind, thing in wanted.things:
        row = connection.one(sql.HOLDER, dealership=office.store.dealership, kind=kind, thing=thing)
        if row is not None:
            facts.held[(kind, thing)] = row[0]
    refs = {name: list(linked) for name, linked in wanted.refs.items()}
    for name, (process, key) in wanted.keys.items():
        row = connection.one(sql.BY_KEY, dealership=office.store.dealership, process=process, key=key)
        refs.setdefault(name, []).extend([row[0]] if row is not None else [])
    for name, linked in refs.items():
        cases = [office.store.load(other).case for other in linked]
        facts.links[name] = [(office.store.program(one.definition), one) for one in cases]
    return attempt(program, case, step, fire, facts)


# lists and history -------------------------------------------------------------------------------------------------


def listing(office: "Office", *, text: str | None, closed: bool | None, filters: Filters, now: datetime) -> list[CaseView]:
    """Cases by text and filters: open ones by due, else those opened last first."""
    wanted = {
        "process": filters.process, "state": filters.state, "role": filters.role, "person": filters.person,
        "text": text or filters.subject,
        "since": micros(filters.since) if filters.since else None, "until": micros(filters.until) if filters.until else None,
    }  # fmt: skip
    connection = office.store.database.connection()
    rows = q.listing(connection, office.store.dealership, closed=closed, filters=wanted, limit=filters.limit)
    day = Day(now, office.calendar)
    return [view(office, Row._make(row), day) for row in rows]


def history(office: "Office", ref: str | None, *, by: str | None, filters: Filters, reveal: bool) -> list[Past]:
    """The history of a case, oldest first; or of all, newest first, by person and filters. Times are those of entry."""
    wanted = {
        "ref": ref, "by": by, "person": filters.person, "process": filters.process, "state": filters.state,
        "text": filters.subject, "terms": None if filters.role is None else _terms(office, filters.role),
        "since": micros(filters.since) if filters.since else None, "until": micros(filters.until) if filters.until else None,
    }  # fmt: skip
    from cuiban.engine.case import read_event

    rows = q.past(office.store.database.connection(), office.store.dealership, wanted, filters.limit)
    kept = _kept_by_seq(office, ref) if ref is not None else None
    entered = _Entered(office)
    return [
        _past(office, event, digest, _kept_beside(office, event) if kept is None else kept, reveal, parts, entered, process)
        for text, digest, process, parts, *_ in rows
        if (event := read_event(text))
    ]


class _Entered:
    """The state in which a case stood at an event that does not move it; each case is read once."""

    def __init__(self, office: "Office") -> None:
        self._office = office
        self._known: dict[str, list[tuple[int, str]]] = {}

    def before(self, event: Event) -> str:
        """The state that the last step before `event` led to."""
        if event.ref not in self._known:
            events = [one for one, _ in self._office.store.history(event.ref)]
            self._known[event.ref] = [(one.seq, state) for one in events if (state := _led_to(one)) is not None]
        return next((state for seq, state in reversed(self._known[event.ref]) if seq < event.seq), "")


def _led_to(event: Event) -> str | None:
    return event.to or (event.restore.case.state if event.restore is not None else None)


def _terms(office: "Office", role: str) -> list[tuple[str, int, int | None]]:
    """Who had a role from when until when, in microseconds."""
    terms = office.world().roster.terms(role)
    return [(person, micros(since), micros(until) if until else None) for person, since, until in terms]


def _kept_beside(office: "Office", event: Event) -> dict[tuple[int, str], Any]:
    """The personal values of an event's case, if the event may have any."""
    return _kept_by_seq(office, event.ref) if event.note or event.reason or event.fields or event.origin else {}


def _kept_by_seq(office: "Office", ref: str) -> dict[tuple[int, str], Any]:
    rows = office.store.database.connection().all(sql.KEPT, dealership=office.store.dealership, ref=ref)
    return {(seq, slot): json.loads(value) for seq, slot, value in rows}


def _past(office: "Office", event: Event, digest: str, kept: dict[tuple[int, str], Any], reveal: bool, parts: str | None,
          entered: _Entered, process: str | None = None) -> Past:  # fmt: skip
    program = office.program_at(event)
    specs, label = _of_case(program, event) if program else _not_of_a_case(office, event, process)
    fields = {}
    for name, value in event.fields.items():
        spec = specs.get(name)
        if isinstance(value, dict) and "#" in value:
            value = kept.get((event.seq, name))
        if spec is not None and spec.type in ("phone", "id_number") and value is not None and not reveal:
            value = masked(spec.type, value)
        fields[name] = value
    to = _led_to(event)
    labels = {paper.name: paper.label for paper in program.process.papers} if program else {}
    return Past(
        ref=event.ref, seq=event.seq, at=event.at, recorded_at=event.recorded_at, action=event.action,
        action_label=label,
        from_=event.from_, to=to or (entered.before(event) if program else ""),
        to_label=program.states[to].label if program and to in program.states else None,
        by=event.by, for_=event.for_, note=kept.get((event.seq, "note")), reason=kept.get((event.seq, "reason")),
        fields=fields, documents=sorted(event.documents),
        documents_label=[labels.get(kind, L(kind, kind)) for kind in sorted(event.documents)],
        definition=program.hash if program else "", prev=event.prev,
        hash=digest, late_entry=event.late, subject=subject_of(parts),
        origin=_origin(event, kept), undone=_undone(office, program, event) if program else None,
    )  # fmt: skip


def _undone(office: "Office", program: Program, event: Event) -> L | None:
    """What the step was called that a withdrawal took back."""
    if event.action != "withdraw":
        return None
    before = [one for one, _ in office.store.history(event.ref) if one.seq < event.seq and one.to is not None]
    return program.label_of(before[-1].action, before[-1].from_) if before else None


def _of_case(program: Program, event: Event) -> tuple[Mapping[str, Field], L]:
    return program.fields, program.label_of(event.action, event.from_)


def _not_of_a_case(office: "Office", event: Event, process: str | None) -> tuple[Mapping[str, Field], L]:
    """The fields of an event of a register's row or of reference data, and what its action is called."""
    from cuiban.engine.register import ACTIONS, PROCESS

    of_row = process is not None and process.startswith(PROCESS)
    specs = office.form(process.removeprefix(PROCESS)).fields if of_row and process is not None else {}
    return specs, (ACTIONS if of_row else CALLED).get(event.action, L(event.action, event.action))


def _origin(event: Event, kept: dict[tuple[int, str], Any]) -> dict[str, str | None]:
    """What the log that an event came from calls it, and who did it there; None: that was erased."""
    said = event.origin
    found = {name: kept.get((event.seq, f"origin.{name}")) if isinstance(said[name], dict) else said[name] for name in said}
    return {name: found[name] for name in ORIGIN if name in found}


def find_history(office: "Office", text: str) -> str:
    """The ref of the history that `text` means: that of a stream of reference data, a row of a register, else of a case.

    Raises:
        NotFound: as find_case.
    """
    wanted = text.strip()
    if wanted.startswith("@"):
        if wanted not in STREAMS:
            streams = ", ".join(STREAMS)
            raise NotFound("not_found", L(f"没有 {text}; 有: {streams}", f"there is no {text}; there are: {streams}"))
        return wanted
    if wanted.count("-") == 1 and office.store.last_event(wanted.upper()) is not None:
        return wanted.upper()
    return find_case(office, text)


TAIL = re.compile(r"[0-9A-Za-z-]+")


def find_case(office: "Office", text: str) -> str:
    """The reference that `text` means: itself, or the only one that ends so.

    Raises:
        NotFound: none does, or several do (`ambiguous`).
    """
    connection = office.store.database.connection()
    wanted = normalize("NFKC", text).strip().upper()
    if connection.one(q.VERSION, dealership=office.store.dealership, ref=wanted) is not None:
        return wanted
    if not TAIL.fullmatch(wanted):
        raise NotFound("not_found", L(f"没有 {text} 这件事", f"there is no case {text}"))
    tail = "-" + wanted if wanted[0].isdigit() and "-" in wanted and len(wanted.split("-")[0]) == 6 else wanted
    found = [row[0] for row in connection.all(q.TAIL, dealership=office.store.dealership, pattern="%" + tail)]
    if len(found) == 1:
        return str(found[0])
    if found:
        some = ", ".join(sorted(found))
        raise NotFound("ambiguous", L(f"「{text}」对得上好几件: {some} ..", f"{text!r} fits several: {some} .."))
    raise NotFound("not_found", L(f"没有 {text} 这件事", f"there is no case {text}"))


__all__ = ["Blocker", "case_view", "find_case", "find_history", "history", "listing", "show", "why"]
