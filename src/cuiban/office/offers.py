"""What a person may try next on a case: read off the definition, without asking guards."""

from datetime import datetime

from cuiban.engine.authority import matches
from cuiban.engine.case import Case
from cuiban.engine.language import Transition
from cuiban.engine.program import CANCEL, KEEP, Program
from cuiban.engine.roster import Roster
from cuiban.engine.who import System
from cuiban.office.views import Action


def offers(program: Program, case: Case, actor: str | None, roster: Roster, now: datetime) -> list[Action]:
    """The steps that `actor` (None: anybody) may try on `case` at `now` (UTC), in the definition's order."""
    if not case.open:
        return []
    found = [
        Action(step.name, step.label)
        for step in program.offered(case.state).values()
        if _offered(program, case, step, actor, roster, now)
    ]
    cancel = program.process.cancel
    if cancel is not None and case.data.cancelling and (actor is None or _is(actor, cancel.who, case, roster, now)):
        found.append(Action(KEEP, program.label_of(KEEP)))
    elif cancel is not None and case.state not in cancel.never and actor is not None:
        if not case.data.cancelling and program.find(case.state, CANCEL) is None and _is(actor, cancel.who, case, roster, now):
            found.append(Action(CANCEL, program.label_of(CANCEL)))
    return found


def _offered(program: Program, case: Case, step: Transition, actor: str | None, roster: Roster, now: datetime) -> bool:
    if isinstance(step.who, System) or step.at is not None:
        return False
    if case.data.cancelling and step.undoes is None:
        return False
    return actor is None or _is(actor, step.who, case, roster, now)


def _is(actor: str, who: object, case: Case, roster: Roster, now: datetime) -> bool:
    """Whether the actor, or somebody whom he stands in for, may."""
    people = [actor, *roster.stands_in_for(actor, now)]
    return any(matches(who, person, case, case.data.fields, roster, now) for person in people)  # type: ignore[arg-type]
