"""Which lists a case climbs onto by role, and which cases nobody could sign."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cuiban.engine.authority import people
from cuiban.engine.rules import open_signers
from cuiban.engine.who import Role
from cuiban.office.listed import Row
from cuiban.store import questions as q

if TYPE_CHECKING:
    from cuiban.office import Office
    from cuiban.office.world import World


def telling(office: "Office", roles: frozenset[str]) -> list[tuple[str, str]]:
    """The (process, state) whose ladder puts a case on the list of one of `roles`."""
    found = []
    for process in office.registry.laddered:
        # As declared: whom a rung tells rests on no setting, and a process without a ladder gets the usual one, of no role.
        for state in process.states:
            rungs = state.ladder if state.ladder is not None else process.ladder or []
            if not state.final and any(r.lists and isinstance(r.tell, Role) and r.tell.id in roles for r in rungs):
                found.append((process.name, state.name))
    return found


def unsignable(office: "Office", world: "World", since: datetime, until: datetime) -> list[str]:
    """Open cases whose signers still to sign are all away from `since` to `until` (UTC), without a substitute."""
    found = []
    connection = office.store.database.connection()
    for name in office.registry.processes:
        program = world.programs[name]
        for state in program.signing:
            rows = connection.all(q.STANDING_IN, dealership=office.store.dealership, process=name, state=state)
            for row in map(Row._make, rows):
                case = row.case()
                own = office.store.program(row.definition)
                signing = own.signing.get(case.state)
                if signing is None or signing.signs is None or case.data.imported:
                    continue
                left = open_signers(signing, case, case.data.fields)
                if any(not _someone(world, people(w, case, case.data.fields, world.roster, since), since, until) for w in left):
                    found.append(case.ref)
    return found


def _someone(world: "World", signers: list[str], since: datetime, until: datetime) -> bool:
    """Whether one of `signers` is there, or stood in for, some time between."""
    for person in signers:
        away = [a for a in world.roster.absences if a.person == person and a.since <= since and until <= a.until]
        if not away or any(world.roster.substitute(person, at) for at in (since, until - timedelta(microseconds=1))):
            return True
    return False
