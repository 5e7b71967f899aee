"""cuiban history: what was done, by whom, when. [cli.md 3]"""

from typing import Any

import click

from cuiban.commands.changes import change_told
from cuiban.commands.completing import cases, offering
from cuiban.commands.desk import Desk
from cuiban.commands.filters import filtered, filters_of, person_named
from cuiban.commands.naming import history_named
from cuiban.commands.output import answer
from cuiban.commands.text import clean
from cuiban.commands.verbs import argument, option, verb
from cuiban.commands.words import short
from cuiban.engine.labels import L
from cuiban.office.views import Past

LOG = L("  日志: {said}", "  log: {said}")
STEP = L("  由 {ref} 第{seq}条带出", "  with event {seq} of {ref}")
UNDONE = L("「{step}」", " {step}")
PAPER = {
    "present": L("附 {paper}", "with {paper}"),
    "void": L("作废 {paper}", "voids {paper}"),
    "waived": L("免 {paper}", "waives {paper}"),
}
LATE = L(" (补录)", " (late entry)")
NONE = L("没有符合的记录", "no such events")


@verb("history", reveals=True)
@argument("case", L("案件", "CASE"), shell_complete=offering(cases), required=False)
@option("--by", metavar="P", words=L("谁办的; me 为自己", "done by whom; me is yourself"))
@filtered(L("录入不早于", "entered from then on"), L("录入不晚于(只写日期: 含当天)", "entered up to then (a bare date: its end)"))
@click.pass_obj
def history_verb(desk: Desk, /, case: str | None, by: str | None, **given: Any) -> None:
    """The history of CASE (or of @people, @access, @settings, ...), oldest first; or of all cases, newest first."""
    ref = history_named(desk, case) if case is not None else None
    doer = person_named(desk, by) if by is not None else None
    filters = filters_of(desk, given)
    reveal = desk.flag("reveal")
    if reveal:
        desk.office.revealed(f"history {ref or ''}".strip(), actor=desk.person, now=desk.now)
    found = desk.office.history(ref, by=doer, filters=filters, reveal=reveal)
    answer(desk, found, lambda: [_line(desk, one, ref is None) for one in found] or [desk.say(NONE)], long=True)


def _line(desk: Desk, one: Past, with_ref: bool) -> str:
    """03-06 15:20 李强 签字承诺 -> 已承诺 (补录)."""
    who = desk.called(one.by) if one.by != "system" else desk.say(L("系统", "system"))
    if one.for_ is not None:
        who += desk.say(L("(代 {who})", " (for {who})").fill(who=desk.called(one.for_)))
    parts = [short(one.at, desk.zone, desk.today), *([one.ref] if with_ref else []), who, desk.say(one.action_label)]
    if one.undone is not None:
        parts[-1] += desk.say(UNDONE.fill(step=one.undone))
    if one.to_label is not None:
        parts += ["->", desk.say(one.to_label)]
    if one.ref.startswith("@"):  # what changed is all there is to tell
        parts.append(f" {change_told(desk, one)}")
    if with_ref and (subject := desk.say(one.subject)):
        parts.append(f" {subject}")
    line = " ".join(parts) + (desk.say(LATE) if one.late_entry else "")
    if one.origin:
        line += desk.say(_source(one.origin))
    became = zip(one.documents, one.documents_label, strict=True)
    papers = [desk.say(PAPER[one.documents_status[kind]].fill(paper=label)) for kind, label in became]
    said = [*papers, *(text for text in (one.reason, one.note) if text)]
    return clean("  ".join([line, *said]))


def _source(origin: dict[str, str | None]) -> L:
    """What an event comes from: a step of a case, or somebody else's log."""
    step = origin.get("step")
    if step is not None:
        ref, _, seq = step.partition(" ")
        return STEP.fill(ref=ref, seq=seq)
    return LOG.fill(said=", ".join(value for value in origin.values() if value))
