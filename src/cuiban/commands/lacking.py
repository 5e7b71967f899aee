"""Asking at the terminal for what a step lacks, and only there. [cli.md 1, Writing]

Belongs here: the questions, and asking again at once where an answer cannot be read.
Must never enter: whether a step may be done; the office says what is missing.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cuiban.commands.asking import can_ask, line
from cuiban.commands.fields import hint_of, value_of
from cuiban.commands.screen import note
from cuiban.commands.text import clean
from cuiban.engine.fields import WrongValue
from cuiban.engine.labels import L
from cuiban.errors import CuibanError, Refused
from cuiban.office.views import Done

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk
    from cuiban.engine.language import Field
    from cuiban.engine.program import Program

Work = Callable[[dict[str, Any], str | None], Done]
ASKABLE = {"field_missing", "reason_missing", "late_reason_missing"}
REASON = L("原因", "Reason")
EMPTY = L("这一项要填; 不办就按 Ctrl-C", "this is needed; Ctrl-C leaves everything as it was")


def asked(desk: "Desk", program: "Program", fields: dict[str, Any], reason: str | None, work: Work) -> Done:
    """Do `work`; while nothing but fields and a reason is missing, ask for them and do it again.

    An answer can make another field necessary (a problem its description), so that there may be several rounds.
    """
    while True:
        try:
            return work(fields, reason)
        except Refused as refused:
            codes = [blocker.code for blocker in refused.blockers]
            missing = [str(b.params.get("field", "")) for b in refused.blockers if b.code == "field_missing"]
            if not codes or not ASKABLE.issuperset(codes) or not can_ask(desk) or not fields.keys().isdisjoint(missing):
                raise
        for name in missing:
            fields = {**fields, name: _answer(desk, program, name)}
        if len(missing) < len(codes):
            reason = _said(desk.say(REASON), desk)


def _answer(desk: "Desk", program: "Program", name: str) -> Any:
    """A value for a field, asked until it can be read."""
    from cuiban.engine.attempt import find_field

    spec = find_field(program, name)
    question = name if spec is None else _question(desk, spec)
    while True:
        typed = _said(question, desk)
        try:
            value = value_of(desk, program, name, typed)
            if spec is not None:
                program.readers[spec.name](value)
        except (WrongValue, CuibanError) as error:
            note("  " + clean(desk.say(error.message)))
        else:
            return value


def _question(desk: "Desk", spec: "Field") -> str:
    hint = hint_of(spec)
    return desk.say(spec.label) + (f" ({desk.say(hint)})" if hint is not None else "")


def _said(question: str, desk: "Desk") -> str:
    """What the person typed; an empty line is asked anew."""
    while not (typed := line(question).strip()):
        note("  " + desk.say(EMPTY))
    return typed
