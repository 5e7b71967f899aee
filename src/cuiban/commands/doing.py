"""cuiban do: a step of one case or of several. [cli.md 2]"""

from typing import Any

import click

from cuiban.commands.completing import actions, cases, offering
from cuiban.commands.desk import Desk
from cuiban.commands.fields import papers_of, values_of
from cuiban.commands.filters import person_named
from cuiban.commands.lacking import asked
from cuiban.commands.moved import check_unmoved
from cuiban.commands.naming import Chosen, action_named, case_named
from cuiban.commands.options import ASSIGN, AT, ATTACH, NOTE, REASON, SET
from cuiban.commands.several import each, only_once
from cuiban.commands.telling import done_lines
from cuiban.commands.verbs import argument, option, verb
from cuiban.engine.labels import L
from cuiban.engine.program import Program
from cuiban.engine.spelling import listed
from cuiban.errors import CuibanError, Refused, Usage
from cuiban.office.views import Done

QUESTION = L("要对 {count} 件办「{action}」, 确定吗?", "{action} {count} cases?")
AGAIN = L("补齐后: cuiban do {case} {action}{more}", "then: cuiban do {case} {action}{more}")


@verb("do", writes=True, versioned=True, more=L(
    "每件未办结的事还可 note 备注, attach 附件, cc 抄送, waive 免单据, withdraw 撤回自己的上一步; 任何一件都可 correct 更正。",
    "Every open case also takes note, attach, cc, waive, withdraw (one's own last step); any case takes correct.",
))  # fmt: skip
@argument("words", L("案件... 动作", "CASE... ACTION"), nargs=-1, required=True, shell_complete=offering(actions, cases))
@SET
@ATTACH
@ASSIGN
@AT
@REASON
@NOTE
@option("--for", "for_", metavar="P", words=L("代谁办(自己也能办时才要写)", "for whom, where you may also act as yourself"))
@option("--to", multiple=True, metavar="P", words=L("抄送给谁", "copy to whom"))
@option(
    "--override",
    is_flag=True,
    words=L("越过允许越过的限制(要写原因)", "override what may be overridden, with a reason"),
)
@click.pass_obj
def do_verb(desk: Desk, /, words: tuple[str, ...], **given: Any) -> int:
    """Do ACTION on each CASE."""
    if len(words) < 2:
        raise Usage("usage", _what_to_do(desk, words[0]))
    action = words[-1]
    cases = [case_named(desk, text) for text in dict.fromkeys(words[:-1])]
    programs: dict[str, Program] = {}
    warnings: list[L] = []

    def work(case: Chosen) -> Done:
        program, done = step(desk, case, action, {**given, **only_once(desk, case, cases)})
        programs[done.ref] = program
        warnings.extend(one.message for one in done.warnings)
        desk.numbers.seen(done.ref, done.version)
        return done

    question = QUESTION if len(cases) == 1 else _question(desk, cases[0], action)
    code = each(desk, cases, question, work, lambda done: done_lines(desk, programs[done.ref], done))
    for warning in warnings:
        desk.hint(warning)
    return code


def _what_to_do(desk: Desk, text: str) -> L:
    """What may be done with a case that was named without an action; how to call it where it is no case either."""
    try:
        case = case_named(desk, text)
    except CuibanError:
        return L("要写案件和动作: cuiban do 案件 动作", "give a case and an action: cuiban do CASE ACTION")
    offered = {one.name: one.label for one in desk.office.can(case.ref, actor=desk.person, now=desk.now) if one.possible}
    known = listed(offered) if offered else L("note 备注", "note")
    return L("要写办什么: cuiban do {case} 动作; 可办: {known}", "say what to do: cuiban do {case} ACTION; possible: {known}").fill(
        case=case.number or case.ref, known=known)  # fmt: skip


def _question(desk: Desk, case: Chosen, action: str) -> L:
    """The question before several cases, with the action as the first one calls it and {count} left open."""
    stands = desk.office.case(case.ref)
    program = desk.office.store.program(stands.definition)
    return QUESTION.fill(count="{count}", action=program.label_of(action_named(program, stands.state, action)))


def step(desk: Desk, case: Chosen, action: str, given: dict[str, Any]) -> tuple[Program, Done]:
    """Do an action on one case; the program that judged it, and what was done."""
    office = desk.office
    stands = office.case(case.ref)
    program = office.store.program(stands.definition)
    name = action_named(program, stands.state, action)
    fields = values_of(desk, program, given["values"])
    if name == "cc":
        fields = {"to": [*given["to"], *_parted(fields.get("to", ""))]}
    call = {
        "papers": papers_of(given["attach"], program),
        "note": given["note"],
        "at": desk.when("--at", given["at"], "past").at if given["at"] else None,
        "for_": person_named(desk, given["for_"]) if given["for_"] else None,
        "assignee": _assignee(desk, name, given["assign"]),
        "override": given["override"],
        "key": given["key"],
        "if_version": given["if_version"],
        **desk.act,
    }
    if given["key"] is None:
        check_unmoved(desk, case)

    def work(fields: dict[str, Any], reason: str | None) -> Done:
        return office.fire(case.ref, name, fields=fields, reason=reason, **call)

    try:
        return program, asked(desk, program, fields, given["reason"], work)
    except Refused as refused:
        _say_how(desk, program, case, action, refused)
        raise


def _assignee(desk: Desk, action: str, person: str | None) -> str | None:
    """To whom a case is handed over; an action that hands nothing over is left to the office to refuse."""
    if person is None and action == "assign":
        raise Usage("usage", L("要写交给谁: --assign 谁", "say who is to have it: --assign P"))
    return None if person is None else person_named(desk, person)


def _parted(text: Any) -> list[str]:
    import re

    return [one for one in re.split("[,\u3001\uff0c]", str(text)) if one.strip()]


def _say_how(desk: Desk, program: Program, case: Chosen, action: str, refused: Refused) -> None:
    """Below the blockers: the call that would do, once everything is there."""
    from cuiban.engine.attempt import find_field

    more, known = "", {paper.name for paper in program.process.papers}
    for blocker in refused.blockers:
        if blocker.code == "field_missing" and (spec := find_field(program, str(blocker.params.get("field")))) is not None:
            more += f" --set {spec.name}=.."
        elif blocker.code in ("paper_missing", "proof_missing") and blocker.params.get("paper") in known:
            more += f" --attach {blocker.params['paper']}=.."
        elif blocker.code in ("reason_missing", "late_reason_missing"):
            more += " --reason .."
    if more:
        desk.way_out = AGAIN.fill(case=case.number or case.ref, action=action, more=more)
