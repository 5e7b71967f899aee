"""A number of the last list means the case as it was listed: if it moved since, nothing is done. [cli.md 1, Which case]"""

from typing import TYPE_CHECKING

from cuiban.commands.naming import Chosen
from cuiban.commands.words import short
from cuiban.engine.labels import L
from cuiban.errors import Conflict

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk

STAYS = {"note", "attach", "cc", "chase"}
"""What happens to a case without moving it."""


def check_unmoved(desk: "Desk", case: Chosen) -> None:
    """Raise Conflict (`list_changed`) if the case moved since this terminal listed it; says what happened."""
    if case.version is None or desk.office.versions([case.ref]).get(case.ref) == case.version:
        return
    since = [one for one in desk.office.history(case.ref) if one.seq > (case.version or 0) and one.action not in STAYS]
    if not since:
        return
    told = [
        L(f"{short(one.recorded_at, desk.zone, desk.today)} {desk.called(one.by)} {one.action_label.zh}",
          f"{short(one.recorded_at, desk.zone, desk.today)} {desk.called(one.by)}: {one.action_label.en}")
        for one in since
    ]  # fmt: skip
    raise Conflict("list_changed", L(
        "第 {number} 件 {ref} 在上次列出后已变: {zh}; 先 cuiban todo 再看",
        "number {number}, {ref}, has changed since it was listed: {en}; run cuiban todo again",
    ).fill(number=case.number, ref=case.ref, zh=", ".join(t.zh for t in told), en=", ".join(t.en for t in told)))  # fmt: skip
