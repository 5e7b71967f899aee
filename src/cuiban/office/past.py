"""The history as people read it: of a case, a row of a register, reference data, or of everything.

Must never enter: whether it holds (replaying.py).
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cuiban.engine.case import Event, read_event
from cuiban.engine.labels import L
from cuiban.engine.language import Field
from cuiban.engine.program import Program
from cuiban.engine.reference import CALLED
from cuiban.engine.register import ACTIONS, PROCESS
from cuiban.office.listed import subject_of
from cuiban.office.reading import masked
from cuiban.office.views import Filters, Past
from cuiban.store import questions as q, sql
from cuiban.store.types import micros

if TYPE_CHECKING:
    from cuiban.office import Office

ORIGIN = ("case", "activity", "lifecycle", "resource", "step")  # in the order in which people read them


def history(office: "Office", ref: str | None, *, by: str | None, filters: Filters, reveal: bool) -> list[Past]:
    """The history of a case, oldest first; or of all, newest first, by person and filters. Times are those of entry."""
    wanted = {
        "ref": ref, "by": by, "person": filters.person, "processes": filters.processes, "state": filters.state,
        "text": filters.subject, "terms": None if filters.role is None else _terms(office, filters.role),
        "since": micros(filters.since) if filters.since else None, "until": micros(filters.until) if filters.until else None,
    }  # fmt: skip
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
        documents_status={kind: event.documents[kind].status for kind in sorted(event.documents)},
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
    of_row = process is not None and process.startswith(PROCESS)
    specs = office.form(process.removeprefix(PROCESS)).fields if of_row and process is not None else {}
    return specs, (ACTIONS if of_row else CALLED).get(event.action, L(event.action, event.action))


def _origin(event: Event, kept: dict[tuple[int, str], Any]) -> dict[str, str | None]:
    """What the log that an event came from calls it, and who did it there; None: that was erased."""
    said = event.origin
    found = {name: kept.get((event.seq, f"origin.{name}")) if isinstance(said[name], dict) else said[name] for name in said}
    return {name: found[name] for name in ORIGIN if name in found}
