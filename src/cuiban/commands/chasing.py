"""cuiban chase: a reminder to whoever has a case. [cli.md 2]"""

import click

from cuiban.commands.completing import cases, offering
from cuiban.commands.desk import Desk
from cuiban.commands.naming import Chosen, case_named
from cuiban.commands.options import NOTE
from cuiban.commands.several import each, only_once
from cuiban.commands.telling import TRIED
from cuiban.commands.verbs import argument, verb
from cuiban.engine.labels import L
from cuiban.office.views import Chased

QUESTION = L("要催 {count} 件, 确定吗?", "chase {count} cases?")
CHASED = L("已催 {who}(第{n}次) {ref}", "chased {who} ({times}) {ref}")


@verb("chase", writes=True, versioned=True)
@argument("cases", L("案件...", "CASE..."), nargs=-1, required=True, shell_complete=offering(cases))
@NOTE
@click.pass_obj
def chase_verb(desk: Desk, cases: tuple[str, ...], note: str | None) -> int:
    """Chase each CASE."""
    chosen = [case_named(desk, text) for text in dict.fromkeys(cases)]

    def work(case: Chosen) -> Chased:
        return desk.office.chase(case.ref, note=note, **only_once(desk, case, chosen), **desk.act)

    return each(desk, chosen, QUESTION, work, lambda done: [_line(desk, done)], listed=True)


def _line(desk: Desk, done: Chased) -> str:
    times = "once" if done.chased == 1 else f"{done.chased} times"
    who = (", " if desk.lang == "en" else " ").join(map(desk.called, done.to))
    said = CHASED.fill(who=who, n=done.chased, times=times, ref=done.ref)[desk.lang]
    return said + (TRIED[desk.lang] if desk.act["dry_run"] else "")
