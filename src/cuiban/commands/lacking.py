"""Asking at the terminal for what a step lacks, and only there. [cli.md 1, Writing]"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cuiban.commands.asking import can_ask, line
from cuiban.commands.fields import value_of
from cuiban.engine.labels import L
from cuiban.errors import Refused
from cuiban.office.views import Done

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk
    from cuiban.engine.program import Program

Work = Callable[[dict[str, Any], str | None], Done]
ASKABLE = {"field_missing", "reason_missing", "late_reason_missing"}
REASON = L("原因", "Reason")


def asked(desk: "Desk", program: "Program", fields: dict[str, Any], reason: str | None, work: Work) -> Done:
    """Do `work`; if nothing but fields and a reason is missing, ask for them once and do it again."""
    try:
        return work(fields, reason)
    except Refused as refused:
        codes = [blocker.code for blocker in refused.blockers]
        if not codes or not ASKABLE.issuperset(codes) or not can_ask(desk):
            raise
        missing = [str(b.params.get("field", "")) for b in refused.blockers if b.code == "field_missing"]
        needs_reason = len(missing) < len(codes)
    for name in missing:
        key, label = _field(program, name)
        typed = line(desk.say(label))
        if typed.strip():
            fields = {**fields, key: value_of(desk, program, key, typed)}
    if needs_reason:
        reason = line(desk.say(REASON)).strip() or None
    return work(fields, reason)


def _field(program: "Program", name: str) -> tuple[str, L]:
    """The id and label of the field that a blocker names."""
    from cuiban.engine.attempt import find_field

    spec = find_field(program, name)
    return (spec.name, spec.label) if spec is not None else (name, L(name, name))
