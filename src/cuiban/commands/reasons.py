"""cuiban why: how a due came about, who owns the case and why, what blocks each step. [cli.md 2]"""

from collections.abc import Iterator
from datetime import datetime

import click

from cuiban.calendar import worked_days
from cuiban.commands.completing import actions, cases, offering
from cuiban.commands.desk import Desk
from cuiban.commands.dues import step_lines
from cuiban.commands.faults import reason_of
from cuiban.commands.naming import action_named, case_named
from cuiban.commands.output import answer
from cuiban.commands.text import clean
from cuiban.commands.verbs import argument, verb
from cuiban.commands.waiting import waiting_notes
from cuiban.commands.words import late, short, short_due
from cuiban.engine.labels import L
from cuiban.office.views import Judged, Possible, Why

REASON = L("原因", "reason")
NO_DUE = L("{ref} {process}  {rule}", "{ref} {process}  {rule}")
DUE = L("{ref} {process}  到期 {due}  {rule}", "{ref} {process}  due {due}  {rule}")


@verb("why")
@argument("case", L("案件", "CASE"), shell_complete=offering(cases))
@argument("action", L("动作", "ACTION"), required=False, shell_complete=offering(actions))
@click.pass_obj
def why_verb(desk: Desk, case: str, action: str | None) -> int:
    """Say why CASE stands as it does; with ACTION: 0 possible, 1 blocked, 3 unknown."""
    office, ref = desk.office, case_named(desk, case).ref
    if action is not None:
        asked = office.case(ref)
        action = action_named(office.store.program(asked.definition), asked.state, action)
    why = office.why(ref, actor=desk.person, now=desk.now, action=action)
    answer(desk, why, lambda: map(clean, _lines(desk, why)), long=True)
    return 0 if action is None or why.actions[0].possible else 1


def _lines(desk: Desk, why: Why) -> Iterator[str]:
    yield _due_line(desk, why)
    steps = [{"kind": s.kind, "from": s.from_, "to": s.to, "reason": s.reason} for s in why.due.steps]
    yield from step_lines(desk, desk.calendar, steps)
    if why.due.judged is not None:
        yield _judged_line(desk, why.due.judged, why.due.at or why.due.judged.at)
    if why.case is not None and (notes := list(waiting_notes(desk, why.case))):
        yield "  " + ", ".join(notes)
    yield _owner_line(desk, why)
    fields = _fields(desk, why)
    for one in why.actions:
        yield _action_line(desk, one, [fields.get(name, name) for name in one.fields])


def _due_line(desk: Desk, why: Why) -> str:
    process = why.case.process_label if why.case is not None else L("", "")
    words = {"ref": why.ref, "process": process, "rule": why.due.rule}
    if why.due.at is None:
        return NO_DUE.fill(**words)[desk.lang]
    due = short_due(why.due.at, desk.zone, desk.today)
    told = DUE.fill(due=due, **words)[desk.lang]
    return told + (L("  暂定", "  provisional")[desk.lang] if why.due.provisional else "")


def _judged_line(desk: Desk, judged: Judged, due: datetime) -> str:
    """11-18 10:00  核实资金, 按时."""
    how = L("按时", "in time")
    if not judged.met:
        how = late(judged.late_s, worked_days(desk.calendar, due, judged.at), judged.at - due)
    return f"  {short(judged.at, desk.zone, desk.today)}  {desk.say(judged.label)}, {desk.say(how)}"


def _owner_line(desk: Desk, why: Why) -> str:
    owner = why.owner
    holder = owner.assignee or (f"role:{owner.role}" if owner.role else None)
    because = desk.spoken(owner.because)
    if holder is None:
        return because
    because = because.removeprefix(f"{desk.called(holder)}: ")
    said = L("在 {who}: {because}", "with {who}: {because}").fill(who=desk.called(holder), because=because)[desk.lang]
    if owner.acting_for is not None:
        said += L(", 由 {who} 代", ", {who} stands in").fill(who=desk.called(owner.acting_for))[desk.lang]
    return said


def _fields(desk: Desk, why: Why) -> dict[str, str]:
    """What the fields of the case are called."""
    process = desk.office.processes.get(why.case.process) if why.case is not None else None
    labels = {field.name: desk.say(field.label) for field in process.fields} if process is not None else {}
    return {**labels, "reason": desk.say(REASON)}


def _action_line(desk: Desk, one: Possible, fields: list[str]) -> str:
    head = f"{one.name} {one.label.zh}" if desk.lang == "zh" else one.name
    told = [L("要填 {fields}", "needs {fields}").fill(fields=", ".join(fields))[desk.lang]] if fields else []
    if one.blockers:
        return head + "  " + "; ".join([*(reason_of(desk, blocker) for blocker in one.blockers), *told])
    return head + "  " + ", ".join([L("可办", "possible")[desk.lang], *told])
