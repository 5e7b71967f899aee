"""cuiban demo: half a year of a dealership, then its clerk's morning. [cli.md 5]"""

import click

from cuiban.commands.desk import Desk
from cuiban.commands.output import answer
from cuiban.commands.progress import progress
from cuiban.commands.telling import TRIED
from cuiban.commands.todo import hand_over
from cuiban.commands.verbs import Number, option, verb
from cuiban.engine.labels import L

MADE = L("演示库 {database}: {cases}案 {events}条记录, 种子 {seed}", "demo {database}: {cases} cases, {events} events, seed {seed}")
MAKING = L("正在造演示数据: {n} 条", "making the demo: {n} events")


@verb("demo", writes=True)
@option("--seed", type=Number(0), default=7, metavar="N", words=L("同一种子同一天, 数据相同", "same seed and day, same data"))
@option("--months", type=Number(1), default=6, metavar="N", words=L("几个月", "how many months"))
@click.pass_obj
def demo_verb(desk: Desk, seed: int, months: int) -> None:
    """Make the demo, or take it as it stands, and show its clerk's list."""
    from cuiban.demo import build

    dry = desk.flag("dry_run")
    with progress(desk, MAKING) as told:
        built = build(desk.url, seed=seed, months=months, now=desk.now, lang=desk.lang, progress=told, dry_run=dry)
    value = {"database": built.database, "seed": built.seed, "today": built.today, "cases": built.cases,
             "events": built.events, "user": built.user}  # fmt: skip
    if not desk.is_for_people or desk.sources.options.get("output") is not None:
        answer(desk, value, lambda: ())
        return
    if dry:
        answer(desk, value, lambda: [MADE.fill(**value)[desk.lang] + TRIED[desk.lang]])
        return
    desk.hint(MADE, **value)
    desk.sources.options["user"] = built.user
    items = desk.office.todo(actor=built.user, now=desk.now)
    hand_over(desk, built.user, items, None, items)
