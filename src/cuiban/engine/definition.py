"""A definition taken apart for the checks: its elements, all that stands in them, where its paths lead.

Belongs here: going through a definition.   Must never enter: what is right or wrong.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import msgspec

from cuiban.engine.labels import L
from cuiban.engine.language import After, At, Before, Drive, Due, Field, First, On, Open, Opening, Process, Transition
from cuiban.engine.program import SOURCE, Program, needed

Step = Transition | Opening
DIFFERENCES = Field("differences", L("差异", "Differences"), "rows", columns=[
    Field("found", L("差异", "Difference")), Field("vin", L("车架号", "VIN")), Field("remark", L("说明", "Remark"))])  # fmt: skip

PRESENT = Field("present", L("实有", "Present"), "number")


def everything_in(value: Any) -> Iterator[Any]:
    """`value` and all that it is made of."""
    yield value
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from everything_in(getattr(value, name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from everything_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from everything_in(item)


def transition_element(step: Transition) -> str:
    """The element of a transition: name and first source, for a name may occur in several states."""
    return f"transition:{step.name}@{step.sources[0] if step.sources else ''}"


def field_of_due(due: Due | None) -> str | None:
    """The field on which a clock rests, if any; of several clocks, that of the last, which holds if no other does."""
    match due:
        case After():
            return due.since if due.since != "opened" else None
        case At() | On() | Before():
            return due.field
        case First():
            return field_of_due(due.of[-1])
        case _:
            return None


class Definition:
    """A process with what the checks ask of it.

    Args:
        process: may be at fault.
        known: every process by name.
    """

    def __init__(self, process: Process, known: Mapping[str, Process]) -> None:
        self.process, self.known, self.name = process, known, process.name
        self.program = Program(process)
        self.fields: dict[str, Field] = self.program.fields
        self.papers = {paper.name for paper in process.papers}
        self.steps = {step.name for step in process.transitions}

    @cached_property
    def parts(self) -> list[tuple[str, msgspec.Struct]]:
        """The elements and what stands there; `process` is what remains beside the others."""
        process = self.process
        rest = msgspec.structs.replace(
            process, states=[], transitions=[], fields=[], papers=[], links=[], cancel=None,
            opening=Opening(process.opening.who), from_rows=[], sheets=[],
        )  # fmt: skip
        found: list[tuple[str, msgspec.Struct]] = [("process", rest), ("opening", process.opening)]
        found += [("process", msgspec.structs.replace(rule, when=None)) for rule in process.from_rows]  # it asks rows: check_rows
        found += [(f"state:{state.name}", state) for state in process.states]
        found += [(transition_element(step), step) for step in process.transitions]
        found += [(f"field:{field.name}", field) for field in process.fields]
        found += [(f"paper:{paper.name}", paper) for paper in process.papers]
        found += [(f"link:{link.name}", link) for link in process.links]
        return found + ([("cancel", process.cancel)] if process.cancel is not None else [])

    @cached_property
    def stepping(self) -> list[tuple[str, Step]]:
        """The opening and the transitions, each with its element."""
        steps: list[tuple[str, Step]] = [("opening", self.process.opening)]
        return steps + [(transition_element(step), step) for step in self.process.transitions]

    @cached_property
    def relations(self) -> dict[str, list[str]]:
        """Relation -> the processes of the cases that it leads to."""
        found: dict[str, list[str]] = {link.name: [link.process] for link in self.process.links}
        for _, step in self.stepping:
            for opening in step.opens:
                found.setdefault(opening.relation, []).append(opening.process)
        openers = [p.name for p in self.known.values() if any(o.process == self.name for o in opens_of(p))]
        return {**found, SOURCE: openers}

    def fields_at(self, path: str) -> list[Field] | None:
        """The fields that a path means (`state` of a linked case: none); None if it leads nowhere."""
        relation, dot, name = path.partition(".")
        if relation == "each":
            return self._entries(name)
        if not dot:
            return [self.fields[path]] if path in self.fields else None
        if any(check.name == relation for check in self.process.checks):
            return [DIFFERENCES] if name == DIFFERENCES.name else None
        if (listed := self._listed(relation)) is not None:
            counted = [PRESENT] if relation in self.program.compares and name == PRESENT.name else None
            return [listed] if name == listed.name else counted
        processes = [self.known[p] for p in self.relations.get(relation, []) if p in self.known]
        if name == "state" and processes:
            return []
        found = [field for process in processes for field in process.fields if field.name == name]
        return found or None

    def _listed(self, name: str) -> Field | None:
        """What a sheet or a comparison of that name lists, as far as its own lists are there."""
        sheet = next((one for one in self.process.sheets if one.name == name), None)
        if sheet is not None:
            return Field("rows", L(name, name), "rows", columns=[Field(column, L(column, column)) for column in sheet.sets])
        rule = self.program.compares.get(name)
        if rule is None:
            return None
        of = [self.fields_at(path) or [] for path in (rule.expected, rule.seen, rule.said) if path.split(".")[0] != name]
        columns = {column.name: column for fields in of for field in fields for column in field.columns}
        judged = {one: columns.get(one) or Field(one, L(one, one)) for one in (rule.verdict, rule.remark) if one is not None}
        return Field("rows", L(name, name), "rows", columns=[*{**columns, **judged}.values()])

    def _entries(self, column: str) -> list[Field] | None:
        """What `each`, or a column of it, means in the openings that fan out."""
        fanned = [one.each for one in opens_of(self.process)] + [one.each for _, step in self.stepping for one in step.enters]
        listed = [self.fields[name] for name in fanned if name in self.fields]
        found = [one for field in listed for one in field.columns if one.name == column] if column else listed
        return found or None

    def given_by(self, step: Step) -> set[str]:
        """Every field that the step may fill."""
        drawn = (draw.field for draw in step.draws)
        return {*needed(step), *step.asks, *step.sets, *step.takes, *step.appoints, *drawn}

    def always_given_by(self, step: Step) -> set[str]:
        """Every field that the step fills for certain."""
        plain = {item for item in step.needs if isinstance(item, str)}
        anew = {item.field for item in step.needs if not isinstance(item, str) and item.when is None}
        return {*plain, *anew, *step.sets, *(draw.field for draw in step.draws if draw.when is None)}

    @cached_property
    def drives(self) -> list[tuple[Process, Drive]]:
        """Every drive of a step of another process that moves cases of this one."""
        found: list[tuple[Process, Drive]] = []
        for other in self.known.values():
            steps: list[Step] = [other.opening, *other.transitions]
            links = {link.name for link in other.links if link.process == self.name}
            links |= {opening.relation for opening in opens_of(other) if opening.process == self.name}
            links |= {SOURCE for opening in opens_of(self.process) if opening.process == other.name}
            found += [(other, drive) for step in steps for drive in step.drives if drive.link in links]
        return found

    @cached_property
    def driven(self) -> set[str]:
        """Every field that a step of another process gives to a case of this one."""
        return {name for _, drive in self.drives for name in drive.sets}

    def driven_by(self, step: Step) -> Process | None:
        """A process whose steps do this one."""
        if isinstance(step, Opening):
            return next((p for p in self.known.values() if any(o.process == self.name for o in opens_of(p))), None)
        return next((other for other, drive in self.drives if drive.action == step.name), None)


def opens_of(process: Process) -> list[Open]:
    """Every opening of other cases by the steps of a process."""
    steps: list[Step] = [process.opening, *process.transitions]
    return [opening for step in steps for opening in step.opens]
