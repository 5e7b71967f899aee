"""Reading one case: which one is meant, all that it holds, why it stands as it does. Writes nothing."""

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from cuiban.engine.acts import ACTS, BY_THE_CLOCK
from cuiban.engine.attempt import Attempt, attempt
from cuiban.engine.case import Case, is_row
from cuiban.engine.decide import only_undo, wrong_state
from cuiban.engine.facts import Fire
from cuiban.engine.labels import L
from cuiban.engine.language import Transition
from cuiban.engine.program import CANCEL, KEEP, Program
from cuiban.engine.reference import STREAMS
from cuiban.engine.rules import blockers_of, open_signers, signatures_on, signer_name
from cuiban.engine.todo import Day, ladder_of
from cuiban.errors import NotFound
from cuiban.office.dues_explained import due_view
from cuiban.office.listed import subject_of, titled
from cuiban.office.offers import offers
from cuiban.office.steps import look_at_registers, unknown_action, wants_of
from cuiban.office.views import (
    CaseView,
    DocumentView,
    LinkView,
    Owner,
    Possible,
    Shown,
    SignatureView,
    Why,
)
from cuiban.store import questions as q, sql

if TYPE_CHECKING:
    from cuiban.office import Office


def case_view(office: "Office", case: Case, now: datetime) -> CaseView:
    """A case that was loaded, as lists show it."""
    day = Day(now, office.calendar)
    program = office.store.program(case.definition)
    subject, due = _subject(office, case.ref), case.due
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
        links=[_link(office, name, other) for name, refs in case.data.links.items() for other in refs],
        actions=offers(program, case, actor, office.world(loaded.reference_version).roster, now),
        labels={field.name: field.label for field in program.process.fields},
    )


def _link(office: "Office", relation: str, ref: str) -> LinkView:
    case = office.case(ref)
    program = office.store.program(case.definition)
    return LinkView(ref=ref, relation=relation, title=titled(program, _subject(office, ref)),
                    state_label=program.states[case.state].label)  # fmt: skip


def _subject(office: "Office", ref: str) -> L:
    row = office.store.database.connection().one(q.NAMED, dealership=office.store.dealership, ref=ref)
    return subject_of(row[0] if row else None)


def _documents(office: "Office", program: Program, case: Case) -> list[DocumentView]:
    rows = office.store.database.connection().all(sql.FILES, dealership=office.store.dealership, ref=case.ref)
    scans = {kind: (name, digest) for kind, name, digest, _ in rows}
    labels = {paper.name: paper.label for paper in program.process.papers}
    found = []
    for kind in [*labels, *(k for k in case.data.documents if k not in labels)]:
        document = case.data.documents.get(kind)
        name, digest = scans.get(kind, (None, None))
        found.append(DocumentView(
            kind=kind, label=labels.get(kind, L("其它附件", "Other")), required=kind in program.required_papers,
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


def why(office: "Office", ref: str, *, actor: str, now: datetime, action: str | None = None) -> Why:
    """How the due came about, who owns the case and why, and for every step: open, or all that blocks it.

    Args:
        action: only this one, which need not be open where the case stands.
    Raises:
        NotFound: the process has no step `action`.
    """
    loaded = office.store.load(ref)
    case, program = loaded.case, office.store.program(loaded.case.definition)
    return Why(
        ref=ref,
        due=due_view(office, program, case),
        owner=_owner(office, program, case, now),
        actions=can(office, case, program, actor, now) if action is None else [_the_one(office, case, program, action, actor, now)],
        case=case_view(office, case, now),
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
    steps = program.offered(case.state).values()
    return [_possible(office, case, program, step, actor, now) for step in steps if step.at is None]


def _the_one(office: "Office", case: Case, program: Program, action: str, actor: str, now: datetime) -> Possible:
    step = program.find(case.state, action)
    if step is not None:
        return _possible(office, case, program, step, actor, now)
    if action in program.names:
        label = program.label_of(action, case.state)
        return Possible(name=action, label=label, possible=False, fields=[], blockers=[wrong_state(program, case)])
    if action in (CANCEL, KEEP) or (action in ACTS and action not in BY_THE_CLOCK):
        tried = f"cuiban do {case.ref} {action} --dry-run"
        raise NotFound("not_found", L(f"「{action}」不是流程里的一步; 能不能办, 试试看: {tried}",
                                      f"{action} is no step of the process; whether it may be done says {tried}"))  # fmt: skip
    raise unknown_action(program, case, action)


def _possible(office: "Office", case: Case, program: Program, step: Transition, actor: str, now: datetime) -> Possible:
    tried = _try(office, case, program, step, actor, now)
    blockers = [b for b in blockers_of(tried) if b.code not in ("field_missing", "reason_missing")]
    fields = tried.missing() + (["reason"] if step.reason else [])
    if case.data.cancelling and step.undoes is None:
        blockers = [only_undo(program, case), *blockers]
    return Possible(name=step.name, label=step.label, possible=not blockers, fields=fields, blockers=blockers)


def _try(office: "Office", case: Case, program: Program, step: Transition, actor: str, now: datetime) -> Attempt:
    """Lay a step out without doing it: what it looks at is read, not locked."""
    fire = Fire(step.name, actor, now, now)
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
    look_at_registers(office, connection, wanted, facts)
    return attempt(program, case, step, fire, facts)


# which one is meant --------------------------------------------------------------------------------------------------


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
    if is_row(wanted) and office.store.last_event(wanted.upper()) is not None:
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
    if is_row(wanted) and office.store.last_event(wanted) is not None:
        raise NotFound("not_found", _is_a_row(wanted))
    raise NotFound("not_found", L(f"没有 {text} 这件事", f"there is no case {text}"))


def _is_a_row(id: str) -> L:
    """That a reference is none of a case but a row's, and what shows it."""
    from cuiban.registers import every

    register = next(one for one in every() if one.id_of(0).split("-")[0] == id.split("-")[0])
    page = {"customer": f"cuiban card {id}", "vehicle": f"cuiban car {id}"}.get(register.name)
    ways = f"{page or f'cuiban register list {register.name} {id}'}; cuiban history {id}"
    return L(f"{id} 不是一件事, 是台账「{register.label.zh}」的一行; 看它: {ways}",
             f"{id} is no case but a row of the register {register.label.en}; it is shown by {ways}")  # fmt: skip


__all__ = ["case_view", "find_case", "find_history", "show", "why"]
