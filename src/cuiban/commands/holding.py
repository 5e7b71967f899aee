"""cuiban claim, release, assign: who has a case. [cli.md 2]"""

from collections.abc import Callable
from typing import Any

import click

from cuiban.commands.completing import cases, offering, people
from cuiban.commands.desk import Desk
from cuiban.commands.filters import person_named
from cuiban.commands.naming import Chosen, case_named
from cuiban.commands.options import NOTE
from cuiban.commands.several import each, only_once
from cuiban.commands.telling import TRIED
from cuiban.commands.verbs import argument, verb
from cuiban.engine.labels import L
from cuiban.errors import Usage
from cuiban.office.views import Held

Work = Callable[[Chosen, dict[str, Any]], Held]
CASES = L("案件...", "CASE...")


@verb("claim", writes=True, versioned=True)
@argument("cases", CASES, nargs=-1, required=True, shell_complete=offering(cases))
@click.pass_obj
def claim_verb(desk: Desk, cases: tuple[str, ...]) -> int:
    """Take each CASE."""
    said = L("{ref} 由 {who} 认领", "{ref} claimed by {who}")
    question = L("要认领 {count} 件, 确定吗?", "claim {count} cases?")
    return _held(desk, cases, question, said, lambda case, once: desk.office.claim(case.ref, **once))


@verb("release", writes=True, versioned=True)
@argument("cases", CASES, nargs=-1, required=True, shell_complete=offering(cases))
@click.pass_obj
def release_verb(desk: Desk, cases: tuple[str, ...]) -> int:
    """Give each CASE back."""
    said = L("{ref} 退回, 待认领", "{ref} is anyone's again")
    question = L("要退回 {count} 件, 确定吗?", "release {count} cases?")
    return _held(desk, cases, question, said, lambda case, once: desk.office.release(case.ref, **once))


@verb("assign", writes=True, versioned=True)
@argument("words", L("案件... 谁", "CASE... P"), nargs=-1, required=True, shell_complete=offering(people, cases))
@NOTE
@click.pass_obj
def assign_verb(desk: Desk, words: tuple[str, ...], note: str | None) -> int:
    """Hand each CASE over to P."""
    if len(words) < 2:
        raise Usage("usage", L("要写案件和人: cuiban assign 案件 谁", "give a case and a person: cuiban assign CASE P"))
    person = person_named(desk, words[-1])
    said = L("{ref} 转给 {who}", "{ref} handed to {who}")
    question = L("要转办 {count} 件, 确定吗?", "hand over {count} cases?")
    return _held(desk, words[:-1], question, said, lambda case, once: desk.office.assign(case.ref, person, note=note, **once))


def _held(desk: Desk, cases: tuple[str, ...], question: L, said: L, work: Work) -> int:
    chosen = [case_named(desk, text) for text in dict.fromkeys(cases)]
    warnings: list[L] = []

    def done(case: Chosen) -> Held:
        held = work(case, {**only_once(desk, case, chosen), **desk.act})
        desk.numbers.seen(held.ref, held.version)
        warnings.extend(one.message for one in held.warnings)
        return held

    code = each(desk, chosen, question, done, lambda held: [_line(desk, said, held)])
    for warning in warnings:
        desk.hint(warning)
    return code


def _line(desk: Desk, said: L, held: Held) -> str:
    told = said.fill(ref=held.ref, who=desk.called(held.assignee) if held.assignee else "-")[desk.lang]
    return told + (TRIED[desk.lang] if desk.act["dry_run"] else "")
