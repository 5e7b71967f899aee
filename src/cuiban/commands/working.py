"""cuiban worker: opens duties as they come round and sends notices. Nothing needs it to be right; it makes things prompt."""

from datetime import UTC
from time import sleep

import click

from cuiban.commands.desk import Desk
from cuiban.commands.render import as_json, json_line
from cuiban.commands.verbs import option, verb
from cuiban.engine.labels import L

EVERY_S = 60
ROUND = L("{at} 新开 {opened} 件, 通知 {notified} 条", "{at} {opened} opened, {notified} notified")


@verb("worker", writes=True)
@option("--once", is_flag=True, words=L("只做一轮", "one round only"))
@click.pass_obj
def worker_verb(desk: Desk, once: bool) -> None:
    """Make a round every minute, a line each, until it is stopped."""
    from cuiban.office.keeping import work

    while True:
        now = desk.now if once or desk.environ.get("CUIBAN_NOW") else desk.clock().astimezone(UTC).replace(microsecond=0)
        done = as_json(work(desk.office, now), desk.reader())
        said = json_line(done) if desk.wants_json else ROUND.fill(**done)[desk.lang]
        desk.screen.write([said])
        desk.screen.flush()
        if once:
            return
        sleep(EVERY_S)
