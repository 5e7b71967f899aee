"""cuiban replay: is the stored case what its history says? [cli.md 3]"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from cuiban.commands.completing import cases, offering
from cuiban.commands.desk import Desk
from cuiban.commands.naming import history_named
from cuiban.commands.output import answer
from cuiban.commands.progress import progress
from cuiban.commands.render import json_line
from cuiban.commands.text import clean
from cuiban.commands.verbs import argument, option, verb
from cuiban.engine.labels import L
from cuiban.errors import Usage
from cuiban.office.views import Difference, Replayed

if TYPE_CHECKING:
    from cuiban.office.replaying import Verdict

EQUAL = L("{events}条记录重放, 与库中一致", "{events} events replayed, equal to what is stored")
UNEQUAL = L("{events}条记录重放, 与库中不一致:", "{events} events replayed, not equal to what is stored:")
ALL = L("{cases}案 {events}条记录重放", "{events} events of {cases} cases replayed")
ERASED = L("已删除的个人信息 {values} 项, 只剩承诺值:", "{values} personal values are erased; their commitments are left:")
SAME, OTHER = L(", 与库中一致", ", equal to what is stored"), L(", 有不一致:", "; not equal:")
FAILED = 7


@verb("replay")
@argument("case", L("案件", "CASE"), shell_complete=offering(cases), required=False)
@option("--all", "everything", is_flag=True, words=L("全部案件", "every case"))
@click.pass_obj
def replay_verb(desk: Desk, case: str | None, everything: bool) -> int:
    """Rebuild CASE, or every case, from its history and compare; 7 if anything differs."""
    if (case is None) == (not everything):
        raise Usage("usage", L("写一个案件, 或 --all", "give a case, or --all"))
    if case is not None:
        found = desk.office.replay(history_named(desk, case))
        answer(desk, found, lambda: _lines(desk, found), long=True)
        return 0 if found.equal else FAILED
    with progress(desk, L("已重放 {n} 条", "{n} events replayed")) as told:
        verdict = desk.office.replay_all(told)
    differences = [_with_ref(found, one) for found in verdict.unequal for one in found.differences]
    value: dict[str, Any] = {
        "ref": "", "as_of": None, "state": "", "fields": {}, "events": verdict.events, "definition": "",
        "equal": not verdict.unequal, "differences": differences, "cases": verdict.cases,
        "erased": [{"ref": ref, "key": key} for ref, key in verdict.erased],
    }  # fmt: skip
    answer(desk, value, lambda: _all_lines(desk, verdict), long=True)
    return FAILED if verdict.unequal else 0


def _with_ref(found: Replayed, one: Difference) -> dict[str, Any]:
    return {"key": one.key, "stored": one.stored, "replayed": one.replayed, "ref": found.ref}


def _lines(desk: Desk, found: Replayed) -> Iterator[str]:
    yield (EQUAL if found.equal else UNEQUAL).fill(events=found.events)[desk.lang]
    for one in found.differences:
        yield clean(f"  {one.key}: {json_line(one.stored)} <- {json_line(one.replayed)}")


def _all_lines(desk: Desk, verdict: "Verdict") -> Iterator[str]:
    yield ALL.fill(cases=verdict.cases, events=verdict.events)[desk.lang] + desk.say(OTHER if verdict.unequal else SAME)
    for found in verdict.unequal:
        yield clean(found.ref)
        yield from list(_lines(desk, found))[1:]
    if verdict.erased:
        yield ERASED.fill(values=len(verdict.erased))[desk.lang]
        yield from (clean(f"  {ref} {key}") for ref, key in verdict.erased)
