"""From a wish to everything that one transaction writes: the case's events, the cases it opens, the steps it drives.

Each event is hashed onto the one before and applied by `evolve`; the store writes the result down as it is.
"""

from typing import Any

import msgspec
from msgspec.structs import replace

from cuiban.engine.acts import ACTS, decide_act
from cuiban.engine.blockers import Blocker
from cuiban.engine.case import NOBODY, Case, Event, event_hash, event_text
from cuiban.engine.decide import decide, decide_opening
from cuiban.engine.decision import Decision, Kept
from cuiban.engine.entry import in_order
from cuiban.engine.evolve import evolve
from cuiban.engine.facts import Facts, File, Fire
from cuiban.engine.labels import L
from cuiban.engine.program import CANCEL, OPEN, SOURCE, Program
from cuiban.engine.register import Row
from cuiban.engine.roster import Roster
from cuiban.engine.rows import CASE


class Sealed(msgspec.Struct, gc=False):
    """An event with the text and hash under which it is stored, and how long the case had stood where it left."""

    event: Event
    text: bytes
    hash: str
    stay_s: int | None = None


class Change(msgspec.Struct, gc=False):
    """What happens to one case: from `before` (None: it is opened) to `after`.

    Attributes:
        kept, files: values and scans kept aside, with the seq of their event.
        subject: what lists call it, if that changes.
        notices: who is to be told what: (kind, recipients, seq).
        beside: whether anything stands beside the case and its events: any of these, numbers, holds, further holders.
    """

    program: Program
    before: Case | None
    after: Case
    events: list[Sealed] = []
    kept: list[tuple[int, Kept]] = []
    files: list[tuple[int, str, File, bytes]] = []
    subject: list[Any] | None = None
    notices: list[tuple[str, list[str], int]] = []
    beside: bool = False

    def add(self, later: "Change") -> None:
        """Go on with what happened to the case afterwards."""
        self.after = later.after
        self.events += later.events
        self.kept += later.kept
        self.files += later.files
        self.notices += later.notices
        self.subject = later.subject if later.subject is not None else self.subject
        self.beside = self.beside or later.beside


class Plan(msgspec.Struct, gc=False):
    """Everything that one wish writes; the first change is the case it was about. `rows` go into registers, if these take them."""

    changes: dict[str, Change] = {}
    rows: list[Row] = []

    @property
    def main(self) -> Change:
        """The change of the case that the wish was about."""
        return next(iter(self.changes.values()))

    @property
    def opened(self) -> list[str]:
        """The references of the cases that were opened beside it."""
        return [ref for ref, change in self.changes.items() if change.before is None and change is not self.main]


def _enter(plan: Plan, change: Change, rows: list[Row]) -> None:
    """The rows that the newest event of a case writes."""
    ref, seq = change.after.ref, change.after.version
    for row in rows:
        row.values = _of_case(row.values, ref)
        row.was = _of_case(row.was, ref) if row.was is not None else None
        row.ref, row.seq = ref, seq
        plan.rows.append(row)


def _of_case(values: dict[str, Any], ref: str) -> dict[str, Any]:
    """The same with the case's reference, which an opening has only now."""
    return {name: ref if value == CASE else value for name, value in values.items()}


def plan_step(program: Program, case: Case, fire: Fire, facts: Facts) -> Plan | list[Blocker]:
    """Everything that the step or act `fire` on `case` causes, or all its blockers."""
    plan = Plan()
    return _fire(plan, program, case, fire, facts) or plan


def plan_opening(program: Program, fire: Fire, facts: Facts) -> Plan | list[Blocker]:
    """Everything that opening a case of `program` causes, or all its blockers."""
    plan = Plan()
    ref = facts.reference(program.process.prefix, fire.now)
    return _open(plan, program, ref, fire, facts, None) or plan


def plan_next(plan: Plan, fire: Fire, facts: Facts) -> list[Blocker]:
    """Go on with the case that `plan` is about by one more step; its blockers, and then the plan stays as it was.

    For steps that look at nothing but their case, as those from a log.
    """
    change = plan.main
    return _fire(plan, change.program, change.after, fire, facts)


def _fire(plan: Plan, program: Program, case: Case, fire: Fire, facts: Facts) -> list[Blocker]:
    fire = in_order(case, fire)
    by_hand = fire.action in ACTS and program.find(case.state, fire.action) is None
    decision = (decide_act if by_hand else decide)(program, case, fire, facts)
    if isinstance(decision, list):
        return decision
    change = plan.changes.get(case.ref) or Change(program, case, case)
    plan.changes[case.ref] = change
    children = _children(decision, fire, facts) if decision.opens else []
    if children:
        decision.changes["links"] = _links(children)
    _append(change, decision, facts)
    if decision.rows:
        _enter(plan, change, decision.rows)
    if change.after.data.cancelling and decision.changes.get("cycle") is not None:
        _cancel_after_undo(plan, change, program, fire, facts)
    found = _follow(plan, change, decision, children, fire, facts) if decision.opens or decision.drives else []
    if not change.after.open and change.events[-1].event.action == CANCEL:
        found += _cancel_children(plan, change, fire, facts)
    return found


def _children(decision: Decision, fire: Fire, facts: Facts) -> list[tuple[str, str, bool]]:
    """Relation and reference of every case that a step opens, and whether it is new: one whose key is taken is linked as it is."""
    found = []
    for opening, values in decision.opens:
        program = facts.programs[opening.process]
        key = program.key_of({**program.process.opening.sets, **program.read(values)})
        ref = facts.open_keys.get((program.name, key)) if key is not None else None
        new = ref is None
        found.append((opening.relation, ref or facts.reference(program.process.prefix, fire.now), new))
    return found


def _links(children: list[tuple[str, str, bool]]) -> dict[str, list[str]]:
    links: dict[str, list[str]] = {}
    for relation, ref, _ in children:
        links.setdefault(relation, []).append(ref)
    return links


def _cancel_after_undo(plan: Plan, change: Change, program: Program, fire: Fire, facts: Facts) -> None:
    """A case whose cancelling was asked for is cancelled after its last undo."""
    cancel = program.process.cancel
    if cancel is None or change.after.state not in cancel.at_once:
        return
    source = "log" if fire.source == "log" else "timer"
    wish = replace(fire, action=CANCEL, fields={}, papers={}, source=source, note=None, reason=None)
    decision = decide(program, change.after, wish, facts)
    if isinstance(decision, Decision):
        _append(change, decision, facts)
        _enter(plan, change, decision.rows)


def _cancel_children(plan: Plan, change: Change, fire: Fire, facts: Facts) -> list[Blocker]:
    """The open cases that end with a cancelled one, because of it; what stands against that is ours."""
    found: list[Blocker] = []
    for program, child in facts.children.get(change.after.ref, []):
        now = plan.changes[child.ref].after if child.ref in plan.changes else child
        if now.open:
            wish = Fire(CANCEL, fire.actor, fire.at, fire.now, reason=change.after.ref, source="drive", via=fire.via)
            found += _named(program, now.ref, _fire(plan, program, now, wish, facts))
    return found


def _open(plan: Plan, program: Program, ref: str, fire: Fire, facts: Facts, source: Case | None) -> list[Blocker]:
    decision = decide_opening(program, fire, facts)
    if isinstance(decision, list):
        return decision
    children = _children(decision, fire, facts)
    links = _links(children)
    if source is not None:
        links[SOURCE] = [source.ref]
    if links:
        decision.changes["links"] = links
    event = Event(ref=ref, seq=1, action=OPEN, **decision.changes)
    text = event_text(event)
    digest = event_hash(text)
    change = Change(program, None, evolve(program, None, event, digest), [Sealed(event, text, digest)], beside=True)
    plan.changes[ref] = change
    _keep_aside(change, decision, 1)
    change.subject = subject_parts(program, decision.plain_values, facts.roster)
    _enter(plan, change, decision.rows)
    return _follow(plan, change, decision, children, fire, facts)


def _append(change: Change, decision: Decision, facts: Facts) -> None:
    """Hash the event onto the one before and apply it. Its time of entry never lies before that one's: a clock may go back."""
    case = change.after
    last = case.data.recorded_at
    if last is not None and decision.changes["recorded_at"] < last:
        decision.changes["recorded_at"] = last
    event = Event(ref=case.ref, seq=case.version + 1, action=decision.action, prev=case.head, **decision.changes)
    text = event_text(event)
    digest = event_hash(text)
    stay = None
    if event.to is not None and event.to != case.state and event.source != "log":
        stay = max(0, int((event.at - case.state_since).total_seconds()))
    change.after = evolve(change.program, case, event, digest)
    change.events.append(Sealed(event, text, digest, stay))
    if decision.kept or decision.files:
        _keep_aside(change, decision, event.seq)
    given = decision.plain_values
    renamed = bool(given) and not given.keys().isdisjoint(change.program.process.subject)
    if renamed or event.restore is not None:
        known = {**change.after.data.fields, **facts.personal, **given}
        change.subject = subject_parts(change.program, known, facts.roster)
    if event.chased:
        change.notices.append(("chase", event.chased, event.seq))
    elif event.cc:
        change.notices.append(("cc", event.cc, event.seq))
    elif event.action == CANCEL and not change.after.open:
        told = [ref for name, refs in case.data.links.items() if name != SOURCE for ref in refs]
        change.notices += [("source_cancelled", [f"case:{ref}"], event.seq) for ref in told]
    change.beside = bool(
        change.beside or change.kept or change.files or change.subject is not None or change.notices or event.numbers
        or event.voided or event.holds or event.frees or change.after.data.also != case.data.also
        or (event.fields and not event.fields.keys().isdisjoint(change.program.things))
    )  # fmt: skip


def _keep_aside(change: Change, decision: Decision, seq: int) -> None:
    change.kept += [(seq, kept) for kept in decision.kept]
    change.files += [(seq, kind, file, salt) for kind, (file, salt) in decision.files.items()]


def subject_parts(program: Program, values: dict[str, Any], roster: Roster) -> list[Any]:
    """What lists call a case: its subject's values; a person by name, a choice as the pair of its labels."""
    parts: list[Any] = []
    for name in program.process.subject:
        value = values.get(name)
        if value is None or isinstance(value, dict):
            continue
        if program.fields[name].type == "label":
            parts.append(value)
            continue
        if program.fields[name].type == "person":
            parts.append(roster.name(value))
            continue
        label = next((c.label for c in program.fields[name].choices if c.name == value), None)
        parts.append([label.zh, label.en] if label is not None else str(value))
    return parts


def _follow(plan: Plan, change: Change, decision: Decision, children: list[tuple[str, str, bool]], fire: Fire, facts: Facts
            ) -> list[Blocker]:  # fmt: skip
    """Open what the step opens, drive what it drives; their blockers are ours."""
    found: list[Blocker] = []
    for (opening, values), (_, ref, new) in zip(decision.opens, children, strict=True):
        if not new:
            continue
        program = facts.programs[opening.process]
        papers = dict.fromkeys(_there(opening.papers, change.after))
        wish = Fire(OPEN, fire.actor, fire.at, fire.now, values, papers, source="drive", via=fire.via)
        beneath = replace(facts, links={SOURCE: [(change.program, change.after)]}, checked={}, said={}, personal={})
        found += _named(program, None, _open(plan, program, ref, wish, beneath, change.after))
    for drive, values in decision.drives:
        for program, linked in facts.links.get(drive.link, []):
            now = plan.changes[linked.ref].after if linked.ref in plan.changes else linked
            if drive.open_only and not now.open:
                continue
            wish = Fire(drive.action, fire.actor, fire.at, fire.now, values, source="drive", via=fire.via)
            beneath = replace(facts, links={SOURCE: [(change.program, change.after)]}, checked={}, said={}, personal={})
            found += _named(program, now.ref, _fire(plan, program, now, wish, beneath))
    return found


def _there(papers: list[str], case: Case) -> list[str]:
    have = case.data.documents
    return [name for name in papers if name in have and have[name].status == "present"]


def _named(program: Program, ref: str | None, blockers: list[Blocker]) -> list[Blocker]:
    """The blockers of another case, each saying whose it is."""
    label, which = program.process.label, f" {ref}" if ref else ""
    return [
        replace(
            b,
            message=L(f"{label.zh}{which}: {b.message.zh}", f"{label.en}{which}: {b.message.en}"),
            params={**b.params, "process": program.name, "case": ref} if "case" not in b.params else b.params,
        )
        for b in blockers
    ]


__all__ = ["NOBODY", "Change", "Plan", "Sealed", "plan_next", "plan_opening", "plan_step", "subject_parts"]
