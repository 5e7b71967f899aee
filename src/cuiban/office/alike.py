"""What is opened though the same is open already: told, not refused, for it may be meant.

Must never enter: refusing; a process whose cases must not be opened twice declares a key.
"""

from typing import TYPE_CHECKING

from cuiban.engine.blockers import Blocker
from cuiban.engine.case import canonical
from cuiban.engine.fields import instant_text
from cuiban.engine.labels import L, lowered
from cuiban.engine.plan import Plan
from cuiban.store import questions as q
from cuiban.store.database import Connection
from cuiban.store.types import instant

if TYPE_CHECKING:
    from cuiban.office import Office

ALIKE = L(
    "同样的{process}已有 {ref} 未办结, {since} 登记, 在 {holder}; 是同一件就续办那件: cuiban show {ref}{void}",
    "{ref} is an open {process} of the same words, since {since}, with {holder}; if it is the same, go on with that one: "
    "cuiban show {ref}{void}",
)
VOID = L(", 本件作废: cuiban do {own} cancel", ", and cancel this one: cuiban do {own} cancel")


def alike(office: "Office", connection: Connection, plan: Plan, *, kept: bool) -> list[Blocker]:
    """A warning where a case of the same process and subject as the one that `plan` opens is open, about the oldest.

    Args:
        kept: the new one is there afterwards, to be cancelled.
    """
    opened, program = plan.main.after, plan.main.program
    if not plan.main.subject:
        return []
    same = {"process": program.name, "parts": canonical(plan.main.subject).decode()}
    row = connection.one(q.ALIKE, dealership=office.store.dealership, **same)
    if row is None:
        return []
    ref, since, holder = row[0], instant(row[1]), row[2]
    label = program.process.label
    words = ALIKE.fill(
        process=L(label.zh, lowered(label.en)), ref=ref, since=f"{since.astimezone(office.zone):%m-%d %H:%M}",
        holder=office.who(holder), void=VOID.fill(own=opened.ref) if kept and program.process.cancel is not None else "",
    )  # fmt: skip
    return [Blocker("open_already", words, {"ref": ref, "since": instant_text(since)}, [holder])]
