"""A wish to do a step, laid out for the rules: what is given, read, merged; who acts and for whom."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from cuiban.engine.authority import matches, people, stand_in
from cuiban.engine.blockers import Blocker, blocker
from cuiban.engine.case import Case
from cuiban.engine.facts import Facts, Fire
from cuiban.engine.fields import WrongValue, instant_text
from cuiban.engine.judge import Scene
from cuiban.engine.labels import L, listing
from cuiban.engine.language import Field, Need, Opening, Transition
from cuiban.engine.program import Program, Ready
from cuiban.engine.roster import Roster
from cuiban.engine.who import Opener, Person, System, Who

NAMING = frozenset({"person", "persons", "rows"})  # the types of fields whose values may name people


class Attempt(msgspec.Struct, gc=False):
    """A step that somebody tries, with everything that its rules look at.

    Attributes:
        step: the transition, or the opening; transition: None for an opening; `ready`: what is worked out of it once.
        given: the values that came, read; values: the fields of the case with them.
        for_: the absent person acted for; allowed: whether the actor may do it at all.
        faults: what was wrong with the values that came.
        by_hand: a person does it, not the clock, another case or a log.
        lenient: it is a fact from elsewhere: authority, papers, late entry are not judged.
    """

    program: Program
    case: Case | None
    step: Transition | Opening
    transition: Transition | None
    fire: Fire
    facts: Facts
    ready: Ready
    by_hand: bool
    lenient: bool
    given: dict[str, Any] = {}
    values: dict[str, Any] = {}
    scene: Scene = None  # type: ignore[assignment]
    for_: str | None = None
    allowed: bool = True
    faults: list[Blocker] = []

    def required(self) -> list[str]:
        """The fields that the step requires here."""
        if self.ready.always is not None:
            return self.ready.always
        names = []
        for item in self.step.needs:
            if isinstance(item, Need):
                if item.when is None or self.scene.holds(item.when):
                    names.append(item.field)
            else:
                names.append(item)
        return names

    def missing(self) -> list[str]:
        """The required fields that are neither given nor known in this cycle."""
        stale = self.case.data.stale if self.case is not None else ()
        given, values, anew = self.given, self.values, self.ready.anew
        return [n for n in self.required() if n not in given and (n not in values or n in stale or n in anew)]


def attempt(program: Program, case: Case | None, step: Transition | Opening, fire: Fire, facts: Facts) -> Attempt:
    """Lay out the wish `fire`."""
    source = fire.source
    transition = step if isinstance(step, Transition) else None
    if transition is not None and transition.brings:
        fire = msgspec.structs.replace(fire, papers={**_brought(transition.brings, facts), **fire.papers})
    tried = Attempt(program, case, step, transition, fire, facts, program.ready(step), source == "hand", source == "log")
    if fire.fields:
        _read(tried)
    known = case.data.fields if case is not None else {}
    tried.values = {**known, **step.sets, **tried.given} if (tried.given or step.sets) else known
    tried.scene = Scene(program, case, tried.values, facts, at=fire.at, lenient=tried.lenient, papers=fire.papers.keys())
    if step.takes:
        _take(tried)
    if step.appoints and not tried.lenient:
        _appoint(tried)
    if tried.by_hand:
        if transition is not None and transition.in_person:
            tried.allowed = fire.for_ is None and matches(step.who, fire.actor, case, tried.values, facts.roster, fire.at)
        else:
            _who(tried, step.who)
    return tried


def _brought(brings: Mapping[str, str], facts: Facts) -> dict[str, None]:
    """The papers that come along from linked cases; their scans stay there."""
    parts = {name: path.split(".") for name, path in brings.items()}
    return {
        name: None
        for name, (relation, paper) in parts.items()
        for _, linked in facts.links.get(relation, [])
        if paper in linked.data.documents and linked.data.documents[paper].status == "present"
    }


def _read(tried: Attempt) -> None:
    """Read the values that came, noting every fault."""
    offered = tried.ready.asked
    known, called = tried.program.fields, tried.program.by_label
    for name, raw in tried.fire.fields.items():
        spec = known.get(name) or called.get(name)
        if spec is None:
            tried.faults.append(blocker("unknown_field", field=name, fields=listing(tried.program.process.fields)))
        elif raw is None or raw == "":
            continue
        elif spec.name not in offered and tried.by_hand:
            tried.faults.append(blocker("field_not_asked", field=spec))
        else:
            value = read_value(tried.program, spec, raw, tried.facts, tried.fire, tried.faults)
            if value is not None:
                tried.given[spec.name] = value


def _take(tried: Attempt) -> None:
    """Fill what was not given with what stands elsewhere."""
    taken: dict[str, Any] = {}
    for name, paths in tried.step.takes.items():
        if name in tried.given:
            continue
        found = [tried.scene.look(path) for path in ([paths] if isinstance(paths, str) else paths)]
        present = [value for value in found if value is not None]
        if present:
            taken[name] = present[0] if isinstance(paths, str) else [row for rows in present for row in rows]
    if taken:
        tried.given = {**taken, **tried.given}
        tried.values = {**tried.values, **taken}
        tried.scene.values = tried.values


def _appoint(tried: Attempt) -> None:
    """Fill what was not given with whom it is to be; that there is nobody is noted."""
    for name, who in tried.step.appoints.items():
        if name in tried.given:
            continue
        found = _whom(tried, who)
        tried.scene.inputs[name] = found or "-"
        if found is not None:
            tried.given = {**tried.given, name: found}
            tried.values = tried.scene.values = {**tried.values, name: found}


def _whom(tried: Attempt, who: Who) -> str | None:
    """The first person whom `who` means; the opener of a case that is being opened is who opens it."""
    if isinstance(who, Opener) and tried.case is None:
        return tried.fire.actor
    return next(iter(people(who, tried.case, tried.values, tried.facts.roster, tried.fire.at)), None)


def find_field(program: Program, name: str) -> Field | None:
    """The field of that id or label."""
    return program.fields.get(name) or program.by_label.get(name)


def read_value(program: Program, spec: Field, raw: Any, facts: Facts, fire: Fire, faults: list[Blocker]) -> Any:
    """The kept form of a value; None if it is at fault."""
    try:
        value = program.readers[spec.name](raw)
    except WrongValue as error:
        faults.append(blocker("wrong_value", field=spec, why=error.message))
        return None
    if spec.past and _ahead(value, facts, fire):
        faults.append(blocker("wrong_value", field=spec, why=AHEAD))
        return None
    if spec.type not in NAMING or fire.source != "hand":
        return value
    if spec.type == "rows":
        return [_people_of(spec, row, facts, fire, faults) for row in value]
    return _person(spec, value, facts, fire, faults)


AHEAD = L("还没到", "lies ahead")


def _ahead(value: str, facts: Facts, fire: Fire) -> bool:
    """Whether a day or instant, in its kept form, has not come when the step is entered."""
    if "T" in value:
        return value > instant_text(fire.now)
    return value > fire.now.astimezone(facts.calendar.zone).date().isoformat()


def _people_of(spec: Field, row: dict[str, Any], facts: Facts, fire: Fire, faults: list[Blocker]) -> dict[str, Any]:
    """A row with its people found."""
    named = [column for column in spec.columns if column.type == "person" and column.name in row]
    return {**row, **{column.name: _person(column, row[column.name], facts, fire, faults) for column in named}}


def _person(spec: Field, value: Any, facts: Facts, fire: Fire, faults: list[Blocker]) -> Any:
    """The ids of people, who must exist and have the role that the field asks for."""
    read = []
    for one in [value] if isinstance(value, str) else value:
        found = facts.roster.find(one)
        if len(found) != 1 or not facts.roster.active(found[0], fire.now):
            faults.append(blocker("unknown_person", field=spec, person=one))
        elif spec.role and not facts.roster.has(found[0], spec.role, fire.at):
            faults.append(blocker("person_lacks_role", field=spec, person=facts.roster.named(found[0]), role=f"role:{spec.role}"))
        else:
            read.append(found[0])
    return (read[0] if read else None) if isinstance(value, str) else read


def _who(tried: Attempt, who: Who) -> None:
    """Find out whether the actor may, and for whom."""
    actor, roster, at = tried.fire.actor, tried.facts.roster, tried.fire.at
    case, values = tried.case, tried.values
    if isinstance(who, Person) and case is not None:
        values = {**values, who.field: case.data.fields.get(who.field, values.get(who.field))}
    if isinstance(who, System):
        tried.allowed = False
    elif tried.fire.for_ is not None:
        tried.for_ = tried.fire.for_
        tried.allowed = matches(who, tried.fire.for_, case, values, roster, at)
    elif _for_the_holder(actor, case, roster, at) and matches(who, case.assignee, case, values, roster, at):  # type: ignore[union-attr,arg-type]
        tried.for_ = case.assignee  # type: ignore[union-attr]
    elif not matches(who, actor, case, values, roster, at):
        tried.for_ = stand_in(who, actor, case, values, roster, at)
        tried.allowed = tried.for_ is not None


def _for_the_holder(actor: str, case: Case | None, roster: Roster, at: datetime) -> bool:
    """Whether the actor stands in for whoever holds the case."""
    return case is not None and case.assignee is not None and case.assignee in roster.stands_in_for(actor, at)
