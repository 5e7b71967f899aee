"""What a case waits for, in words: for whom, and what a due means while its own clock stands still.

Must never enter: whether a clock stands still; the office says that.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cuiban.engine.labels import L

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk
    from cuiban.office.items import Item
    from cuiban.office.views import CaseView

WAITING = L("等 {who}", "waiting for {who}")
PAUSED = L("已暂停", "paused")
ASK_LATER = L("原时限暂停, 到期追问", "own clock paused, ask again when due")
ASK_NOW = L("原时限暂停, 该追问了", "own clock paused, time to ask again")


def waiting_notes(desk: "Desk", case: "CaseView | Item") -> Iterator[str]:
    """For whom it waits; that its clock is paused, and what its due then is for."""
    process = desk.office.processes.get(case.process)
    waits = next((s.waits for s in process.states if s.name == case.state), None) if process is not None else None
    if waits is not None:
        yield desk.say(WAITING.fill(who=waits))
    if case.paused:
        yield desk.say(PAUSED if case.due is None else ASK_NOW if case.due < desk.now else ASK_LATER)
