"""cuiban show: all that a case holds, or one of its files. [cli.md 2]"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import click

from cuiban.calendar import worked_days
from cuiban.commands.columns import aligned
from cuiban.commands.completing import cases, offering
from cuiban.commands.desk import Desk
from cuiban.commands.naming import case_named
from cuiban.commands.numbers import book_label
from cuiban.commands.output import answer, target_of, write_whole
from cuiban.commands.render import json_line
from cuiban.commands.text import clean
from cuiban.commands.verbs import argument, option, verb
from cuiban.commands.waiting import waiting_notes
from cuiban.commands.words import late, left, short, short_date, short_due
from cuiban.engine.fields import yuan
from cuiban.engine.labels import L
from cuiban.engine.language import Field
from cuiban.engine.program import Program
from cuiban.errors import Usage
from cuiban.office.views import CaseView, DocumentView, Shown, SignatureView

TITLES = {
    "fields": L("内容", "Fields"),
    "documents": L("单据", "Papers"),
    "signatures": L("签字", "Signatures"),
    "links": L("相关", "Linked"),
}
STATUS = {
    "missing": L("缺", "missing"),
    "present": L("有", "there"),
    "void": L("已作废", "void"),
    "waived": L("免", "waived"),
}
GOT = L("已写入 {file}, {bytes} 字节", "{file}: {bytes} bytes written")
NEVER_CAME = L("未附", "not filed")


@verb("show", reveals=True)
@argument("case", L("案件", "CASE"), shell_complete=offering(cases))
@option("--get", "kind", metavar="KIND", words=L("取出这种单据的扫描件, 存到 -o F", "write the scan of that paper to -o F"))
@click.pass_obj
def show_verb(desk: Desk, case: str, kind: str | None) -> None:
    """Show CASE."""
    ref = case_named(desk, case).ref
    if kind is not None:
        _get(desk, ref, kind)
        return
    shown = desk.office.show(ref, actor=desk.person, now=desk.now, reveal=desk.flag("reveal"))
    answer(desk, shown, lambda: _lines(desk, shown), long=True)


def _get(desk: Desk, ref: str, kind: str) -> None:
    """Write a scan to the file of -o."""
    from cuiban.commands.fields import paper_named

    target = target_of(desk)
    if target is None:
        raise Usage("usage", L("--get 要配 -o 文件", "--get needs -o FILE"))
    office = desk.office
    program = office.store.program(office.case(ref).definition)
    _, content = office.document(ref, paper_named(program, kind), actor=desk.person, now=desk.now)
    write_whole(target, content)
    value = {"file": str(target), "rows": 1, "bytes": len(content)}
    desk.screen.write([json_line(value) if desk.flag("json") else GOT.fill(**value)[desk.lang]])


def head_lines(desk: Desk, case: CaseView) -> Iterator[str]:
    """What it is, where it stands, who has it, when it is due."""
    say, zone, today = desk.say, desk.zone, desk.today
    yield f"{case.ref}  {say(case.title)}"
    parts = [say(case.state_label)]
    if case.assignee is not None:
        parts.append(say(L("在 {who}", "with {who}").fill(who=desk.called(case.assignee))))
    elif case.role is not None:
        parts.append(say(L("在 {who}, 待认领", "with {who}, unclaimed").fill(who=desk.role_label(case.role))))
    since = short(case.state_since, zone, today)
    parts.append(say(L("{at} 起", "since {at}").fill(at=since)))
    if case.due is not None and case.open:
        days = worked_days(desk.calendar, case.due, desk.now)
        told = late(case.late_s, days, desk.now - case.due) if case.overdue else left(case.due, desk.now, zone)
        parts.append(say(L("到期 {due} {told}", "due {due}, {told}").fill(due=short_due(case.due, zone, today), told=told)))
    parts += waiting_notes(desk, case) if case.open else []
    if case.provisional:
        parts.append(say(L("暂定", "provisional")))
    yield "  " + ", ".join(parts)


def _lines(desk: Desk, shown: Shown) -> Iterator[str]:
    yield from map(clean, head_lines(desk, shown))
    case = desk.office.case(shown.ref)
    program = desk.office.store.program(case.definition)
    fields = [
        [_label(desk, shown, name), _value(desk, program, name, value)]
        for name, value in shown.fields.items()
        if value is None or value != case.duty  # an id: the duty's name stands beside it
    ]
    yield from _section(desk, "fields", fields)
    yield from _section(desk, "documents", [_document(desk, one, shown.open and one.required) for one in shown.documents])
    yield from _section(desk, "signatures", [_signature(desk, shown, one) for one in shown.signatures])
    yield from _section(desk, "links", [[one.ref, desk.say(one.title), desk.say(one.state_label)] for one in shown.links])
    if shown.actions:
        zh = desk.lang == "zh"
        acts = ", ".join(f"{one.name} {one.label.zh}" if zh else one.name for one in shown.actions)
        yield desk.say(L("可办: {acts}", "possible: {acts}").fill(acts=acts))


def _value(desk: Desk, program: Program, name: str, value: Any) -> str:
    """A value of a case: days and instants in one form."""
    spec = program.fields.get(name)
    if spec is not None and spec.type == "day" and value is not None:
        return short_date(date.fromisoformat(value), desk.today)
    return value_text(desk, spec, value, ends=name in program.deadlines)


def _section(desk: Desk, name: str, rows: list[list[str]]) -> Iterator[str]:
    if rows:
        yield desk.screen.style(desk.say(TITLES[name]), bold=True)
        yield from (f"  {line}" for line in aligned(rows))


def _label(desk: Desk, shown: Shown, name: str) -> str:
    label = shown.labels.get(name)
    return desk.say(label) if label is not None else name


def value_text(desk: Desk, spec: Field | None, value: Any, *, ends: bool = False) -> str:
    """A value as people read it: money in yuan, instants in the zone, people by name, choices by label.

    Args:
        ends: an instant is a deadline: midnight belongs to the day that it ends.
    """
    if spec is not None and spec.type == "label" and isinstance(value, list):
        return desk.say(L(*value))
    if isinstance(value, list):
        return ", ".join(value_text(desk, spec, one) for one in value)
    if isinstance(value, dict):
        columns = {column.name: column for column in spec.columns} if spec is not None else {}
        keys = sorted(value, key=list(columns).index) if value.keys() <= columns.keys() else list(value)
        return " ".join(value_text(desk, columns.get(key), value[key]) for key in keys)
    if value is None:
        return "-"
    if isinstance(value, bool):
        return desk.say(L("是", "yes") if value else L("否", "no"))
    kind = spec.type if spec is not None else "text"
    if kind == "money":
        return yuan(value)
    if kind in ("person", "persons"):
        return desk.called(value)
    if kind == "instant":
        return (short_due if ends else short)(datetime.fromisoformat(value), desk.zone, desk.today)
    if spec is not None and spec.name == "book":  # of numbers without a gap, in whatever register they stand
        return book_label(desk, str(value))
    choice = next((c for c in spec.choices if c.name == value), None) if spec is not None else None
    return desk.say(choice.label) if choice is not None else str(value)


def _document(desk: Desk, one: DocumentView, wanted: bool) -> list[str]:
    """A paper and how it stands; one that did not come is missing only where, and as long as, it is `wanted`."""
    at = "" if one.at is None else short(one.at, desk.zone, desk.today)
    by = "" if one.by is None else desk.called(one.by)
    status = NEVER_CAME if one.status == "missing" and not wanted else STATUS.get(one.status, L(one.status, one.status))
    return [desk.say(one.label), one.kind, desk.say(status), at, by, one.file or ""]


def _signature(desk: Desk, shown: Shown, one: SignatureView) -> list[str]:
    as_whom = _label(desk, shown, one.role) if one.role in shown.labels else desk.role_label(one.role)
    if one.by is None:
        return [as_whom, desk.say(L("待签", "to sign")), ""]
    by = desk.called(one.by)
    if one.for_ is not None:
        by += desk.say(L("(代 {who})", " (for {who})").fill(who=desk.called(one.for_)))
    return [as_whom, by, "" if one.at is None else short(one.at, desk.zone, desk.today)]
