"""Whether somebody may do a step, and for whom: role, person of the case, superior, substitute. [semantics: Transitions]"""

from datetime import datetime
from typing import Any

from cuiban.engine import who as w
from cuiban.engine.case import Case, Holder
from cuiban.engine.roster import Roster
from cuiban.engine.who import AnyOf, Chaser, Doer, Opener, Person, Role, Superior, System, Who


def matches(who: Who, person: str, case: Case | None, values: dict[str, Any], roster: Roster, at: datetime) -> bool:
    """Whether `person` is one of `who` at `at` (UTC); `values` are the fields of the case."""
    if type(who) is Role:
        return who.id in roster.roles(person, at)
    if type(who) is Person:
        return _named(values.get(who.field), person, roster, at)
    if type(who) is AnyOf:
        return any(matches(one, person, case, values, roster, at) for one in who.of)
    return person in people(who, case, values, roster, at)


def _named(value: Any, person: str, roster: Roster, at: datetime) -> bool:
    """Whether a field's value, a person's id or `role:ID`, means `person`."""
    if isinstance(value, str) and value.startswith("role:"):
        return value[5:] in roster.roles(person, at)
    return bool(value == person)


def people(who: Who, case: Case | None, values: dict[str, Any], roster: Roster, at: datetime) -> list[str]:
    """Everybody whom `who` means at `at` (UTC)."""
    match who:
        case Role():
            return roster.holders(who.id, at)
        case Person():
            return _of_id(values.get(who.field), roster, at)
        case Opener():
            return [case.opener] if case is not None else []
        case Doer():
            return (case.data.doers.get(who.of, []) if case is not None else [])[:1]
        case Chaser():
            return _of_id(case.chaser if case is not None else None, roster, at)
        case w.Holder():
            return _of_id(case.holder if case is not None else None, roster, at)
        case Superior():
            below = people(who.of, case, values, roster, at)
            return sorted({above for p in below if (above := roster.superior(p, who.levels)) is not None})
        case AnyOf():
            return sorted({p for one in who.of for p in people(one, case, values, roster, at)})
        case System():
            return []


def _of_id(id: Any, roster: Roster, at: datetime) -> list[str]:
    """The people whom a person's id or `role:ID` means."""
    if isinstance(id, str) and id.startswith("role:"):
        return roster.holders(id[5:], at)
    return [id] if isinstance(id, str) else []


def ids(who: Who, case: Case | None, values: dict[str, Any], roster: Roster, at: datetime) -> list[str]:
    """Whom `who` means, as ids: a role stays `role:ID`."""
    match who:
        case Role():
            return [f"role:{who.id}"]
        case Person():
            value = values.get(who.field)
            return [value] if isinstance(value, str) else []
        case Chaser() | w.Holder():
            id = None if case is None else case.chaser if isinstance(who, Chaser) else case.holder
            return [id] if id is not None else []
        case AnyOf():
            return list(dict.fromkeys(i for one in who.of for i in ids(one, case, values, roster, at)))
        case _:
            return people(who, case, values, roster, at)


def holder_of(who: Who, case: Case | None, values: dict[str, Any], roster: Roster, at: datetime) -> Holder:
    """Who holds a case that is `who`'s: further ones in `also`."""
    if type(who) is Role:
        return Holder(who.id)
    first, *rest = ids(who, case, values, roster, at) or [""]
    if first.startswith("role:"):
        return Holder(role=first[5:], also=rest)
    return Holder(assignee=first or None, also=rest)


def stand_in(who: Who, actor: str, case: Case | None, values: dict[str, Any], roster: Roster, at: datetime) -> str | None:
    """The absent person for whom `actor` may do what `who` may do at `at` (UTC); the case's holder first."""
    absent = roster.stands_in_for(actor, at)
    if case is not None and case.assignee in absent:
        absent = [case.assignee, *absent]
    return next((p for p in absent if matches(who, p, case, values, roster, at)), None)


def eyes(by: str, for_: str | None) -> set[str]:
    """The people who count as one pair of eyes."""
    return {by, for_} if for_ else {by}
