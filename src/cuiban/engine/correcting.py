"""What a correction makes of the rows that earlier steps of the case wrote from the field: they follow. [language.Enter, 0013]

Handing a case over corrects whom it names as the one who has it.

Belongs here: which rows these are, as they were and as they should be.   Start at: rows_corrected
Must never enter: SQL, whether a register takes that (the caller asks it).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from cuiban.engine.attempt import Attempt
from cuiban.engine.blockers import Blocker, blocker
from cuiban.engine.case import Case, Event
from cuiban.engine.facts import Facts, Fire, Wants
from cuiban.engine.judge import Scene
from cuiban.engine.labels import L
from cuiban.engine.language import Opening, Transition
from cuiban.engine.program import CANCEL, Program
from cuiban.engine.register import Row
from cuiban.engine.rows import placed

Values = dict[str, Any]


def wants_corrected(program: Program, case: Case, given: Mapping[str, Any], found: Wants) -> None:
    """Note what has to be looked at for the rows that rest on the fields `given`: nothing, where no step writes any from them."""
    steps: list[Transition | Opening] = [program.process.opening, *program.process.transitions]
    if program.written_from.isdisjoint(given):
        return
    found.rows = found.past = True
    found.personal += [name for name in program.written_from if name in program.sensitive]
    relations = {relation for step in steps if step.enters for relation in program.reads_links(step)}
    found.refs.update({name: refs for name, refs in case.data.links.items() if name in relations})
    for link in program.process.links:
        value = case.data.fields.get(link.by)
        if link.name in relations and isinstance(value, str) and not link.weeks:
            found.keys[link.name] = (link.process, value)


def rows_corrected(program: Program, case: Case, fire: Fire, new: Values, facts: Facts) -> list[Row] | list[Blocker]:
    """The rows that follow the values `new`; or what stands against it: one that would not have been written then.

    Args:
        new: in clear.
    """
    found: list[Row] = []
    stays: list[Blocker] = []
    plain = facts.personal
    for before, event, values in _wrote(program, facts):
        other = {**values, **{name: value for name, value in new.items() if values.get(name) == case.data.fields.get(name)}}
        if other == values:
            continue
        old, now = (dict(placed(_again(program, before, event, _in_clear(one, case, plain), facts))) for one in (values, other))
        for slot in {**old, **now}:
            was, row = old.get(slot), now.get(slot)
            if row is None:
                stays.append(blocker("row_stays", register=facts.registers[old[slot].enter.register]))
            elif was is None or was.values != row.values:
                told = (was.values, f"{event.ref} {event.seq}") if was is not None else (None, "")
                found.append(replace(row, at=fire.at, was=told[0], by=told[1]))
    return stays or found


def _wrote(program: Program, facts: Facts) -> Iterator[tuple[Case | None, Event, Values]]:
    """The case before each step that may have written rows, the step, and the fields after it as they were corrected since."""
    wrote: list[tuple[Case | None, Event, Values]] = []
    for before, event, after in facts.past:
        if event.action in ("correct", "assign") and before is not None:
            for _, _, values in wrote:
                values |= {n: v for n, v in event.fields.items() if values.get(n) == before.data.fields.get(n)}
        elif event.to is not None and event.source != "log":
            known = before.data.fields if before is not None else {}
            wrote.append((before, event, {**known, **after.data.fields}))  # what a step empties its rows still see
    yield from wrote


def _in_clear(values: Values, case: Case, plain: Mapping[str, Any]) -> Values:
    """Fields with the personal values that are known still: those that the case has."""
    held = case.data.fields
    return {name: plain.get(name, value) if isinstance(value, dict) and value == held.get(name) else value
            for name, value in values.items()}  # fmt: skip


def _again(program: Program, before: Case | None, event: Event, values: Values, facts: Facts) -> Attempt:
    """The step laid out once more, with other values."""
    step: Transition | Opening = program.process.opening
    if before is not None:
        done = program.find(before.state, event.action)
        cancel = program.process.cancel
        entered = cancel.enters if done is None and cancel is not None and event.action == CANCEL else []
        step = done or Transition(event.action, L(event.action, event.action), before.state, "=", program.process.opening.who,
                                  enters=entered)  # fmt: skip
    facts = replace(facts, personal={}, checked={}, said={})
    fire = Fire(event.action, event.by, event.at, event.recorded_at)
    transition = step if isinstance(step, Transition) else None
    again = Attempt(program, before, step, transition, fire, facts, program.ready(step), False, False, values=values)
    again.scene = Scene(program, before, values, facts, at=event.at)
    return again
