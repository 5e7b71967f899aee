"""A definition made ready to run: its hash, its look-ups, its `transitions` machine.

Definitions are stored as canonical JSON under their SHA-256; a case is read and replayed under the one it ran.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from typing import Any

import msgspec

from cuiban.engine.case import canonical
from cuiban.engine.conditions import Both, Either, Linked, Not, PapersComplete, Test, paths_of
from cuiban.engine.fields import Reader, WrongValue, reader
from cuiban.engine.labels import L
from cuiban.engine.language import USUAL_LADDER, At, Before, Due, Field, First, Need, Opening, Process, Setting, State, Transition
from cuiban.engine.who import AnyOf, Role, System, Who

OPEN = "open"
CANCEL = "cancel"
KEEP = "keep"
ACT_LABELS = {
    OPEN: L("登记", "Open"),
    CANCEL: L("作废", "Cancel"),
    KEEP: L("撤销作废", "Keep"),
    "adopt": L("归入例行", "Adopt"),
    "recompute": L("重算时限", "Recompute the due"),
    "rewind": L("时钟校正", "Put the clock right"),
    "note": L("备注", "Note"),
    "attach": L("附件", "Attach"),
    "waive": L("免单据", "Waive a paper"),
    "cc": L("抄送", "Copy to"),
    "correct": L("更正", "Correct"),
    "withdraw": L("撤回", "Withdraw"),
    "claim": L("认领", "Claim"),
    "release": L("退回大家", "Release"),
    "assign": L("转办", "Assign"),
    "chase": L("催办", "Chase"),
}
SOURCE = "source"  # the relation of an opened case to the one that opened it


def _ends(due: Due | None) -> list[str]:
    """The fields that a due takes as they stand, or counts back from."""
    if isinstance(due, First):
        return [name for one in due.of for name in _ends(one)]
    return [due.field] if isinstance(due, At | Before) else []


def bind(process: Process, settings: dict[str, Any]) -> Process:
    """The process with every `Setting` replaced by its value, and the usual ladder where it names none.

    Raises:
        KeyError: `settings` lacks one.
    """
    if process.ladder is None:
        process = msgspec.structs.replace(process, ladder=USUAL_LADDER)
    if isinstance(process.late_days, Setting):  # a default is left out of what is filled below
        process = msgspec.structs.replace(process, late_days=settings[process.late_days.name])

    if any(isinstance(rule.within, Setting) for rule in process.from_rows):
        rules = [
            msgspec.structs.replace(rule, within=settings[rule.within.name]) if isinstance(rule.within, Setting) else rule
            for rule in process.from_rows
        ]
        process = msgspec.structs.replace(process, from_rows=rules)

    def fill(value: Any) -> Any:
        if isinstance(value, dict):
            if value.get("type") == "setting":
                return settings[value["name"]]
            return {key: fill(item) for key, item in value.items()}
        return [fill(item) for item in value] if isinstance(value, list) else value

    return msgspec.convert(fill(msgspec.to_builtins(process)), Process)


def text_of(process: Process) -> str:
    """The canonical text of a definition."""
    return canonical(process).decode()


def read_process(text: str) -> Process:
    """The definition of a stored text."""
    return msgspec.json.decode(text, type=Process)


class Position:
    """The bare object that the machine moves; one a step, thrown away."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


class Ready:
    """What is worked out once of a step, and asked each time it is tried.

    Attributes:
        asked: the fields that may be given with it.
        always: the fields that it requires whatever else holds; None where a condition says which.
        anew: those that it requires though they were given before.
        rules: the rules that can object to it; rules.py finds them at the first try.
    """

    __slots__ = ("always", "anew", "asked", "rules")

    def __init__(self, step: Transition | Opening) -> None:
        needs = [item for item in step.needs if isinstance(item, Need)]
        self.asked = frozenset([*needed(step), *step.asks])
        self.always = None if any(item.when is not None for item in needs) else needed(step)
        self.anew = frozenset(item.field for item in needs if item.anew)
        self.rules: tuple[Any, ...] | None = None


class Program:
    """A bound definition with its look-ups. Immutable once made; shared by every case of that definition."""

    def __init__(self, process: Process, hash: str | None = None) -> None:
        self.process = process
        self.text = text_of(process)
        self.hash = hash or sha256(self.text.encode()).hexdigest()
        self.name = process.name
        self.key = process.key
        self.key_forever = process.key_forever
        self.states: dict[str, State] = {state.name: state for state in process.states}
        self.finals = frozenset(state.name for state in process.states if state.final)
        self.waiting = frozenset(state.name for state in process.states if state.waits is not None)
        self.fields: dict[str, Field] = {field.name: field for field in process.fields}
        self.compares = {one.name: one for one in process.compares}
        self.things = [field.name for field in process.fields if field.type in ("vin", "plate")]
        self.first = process.opening.to or process.states[0].name
        self._by_state = self._index()
        self.steps = self._steps()
        steps: list[Transition | Opening] = [process.opening, *process.transitions]
        self._ready = {id(step): Ready(step) for step in steps}
        self._owners = {state.name: self._owner(state) for state in process.states}

    def _index(self) -> dict[str, dict[str, Transition]]:
        found: dict[str, dict[str, Transition]] = {state.name: {} for state in self.process.states}
        for transition in self.process.transitions:
            for source in self.sources(transition):
                found.setdefault(source, {}).setdefault(transition.name, transition)
        return found

    def _steps(self) -> frozenset[tuple[str | None, str, str]]:
        """Every step that the topology knows, to be looked up by replay."""
        steps: set[tuple[str | None, str, str]] = {(None, OPEN, self.first)}
        for state, offered in self._by_state.items():
            for transition in offered.values():
                to = state if transition.to == "=" else transition.to
                steps.add((state, transition.name, to))
                if transition.signs is not None:
                    steps.add((state, transition.name, state))
        if self.process.cancel is not None:
            steps |= {(state, CANCEL, self.process.cancel.to) for state in self.cancellable}
        return frozenset(steps)

    @cached_property
    def cancellable(self) -> list[str]:
        """The states in which cancelling takes place at once."""
        return self.process.cancel.at_once if self.process.cancel is not None else []

    def sources(self, transition: Transition) -> list[str]:
        """The states that a transition leaves; "*" is any open state."""
        if "*" in transition.sources:
            return [s.name for s in self.process.states if not s.final and s.name != transition.to]
        return transition.sources

    def find(self, state: str, name: str) -> Transition | None:
        """The transition `name` out of `state`, or None."""
        return self._by_state.get(state, {}).get(name)

    def offered(self, state: str) -> dict[str, Transition]:
        """The transitions out of `state` by name, in the order of the definition."""
        return self._by_state.get(state, {})

    def ready(self, step: Transition | Opening) -> Ready:
        """What is worked out once of a step: of this process, or one made on the spot."""
        return self._ready.get(id(step)) or Ready(step)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every action that the process knows in any state."""
        return frozenset(transition.name for transition in self.process.transitions)

    def undone(self, transition: Transition) -> Transition | None:
        """The step whose inverse `transition` is."""
        return next((t for t in self.process.transitions if t.name == transition.undoes), None)

    def key_of(self, values: dict[str, Any]) -> str | None:
        """What names the one case of this process that these values belong to; None if one of them is missing."""
        parts = [values.get(name) for name in self.key]
        return "|".join(str(part) for part in parts) if parts and all(p is not None for p in parts) else None

    @cached_property
    def machine(self) -> Any:
        """The `transitions` machine of the topology. No model, no callbacks: it answers where a step leads."""
        from cuiban.engine.machine import Machine

        table = []
        for state, offered in self._by_state.items():
            for transition in offered.values():
                to = state if transition.to == "=" else transition.to
                table.append({"trigger": transition.name, "source": state, "dest": to})
        return Machine(
            model=None,
            states=list(self.states),
            transitions=table,
            initial=self.first,
            auto_transitions=False,
            send_event=False,
        )

    def step(self, state: str, action: str) -> str:
        """Where the machine goes from `state` by `action`.

        Raises:
            LookupError: it does not go (the machine's own answers, a False or its error, never reach a caller).
        """
        position = Position(state)
        event = self.machine.events.get(action)
        if event is None or not event.trigger(position):
            raise LookupError(f"{self.name}: no {action} in {state}")
        return position.state

    @cached_property
    def readers(self) -> dict[str, Reader]:
        """For each field the function that reads and judges a value."""
        return {field.name: reader(field) for field in self.process.fields}

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The values that fit their fields, by the fields' ids, in the form that is kept; others are left out."""
        found: dict[str, Any] = {}
        for name, value in given.items():
            spec = self.fields.get(name) or self.by_label.get(name)
            if spec is not None and value is not None:
                try:
                    found[spec.name] = self.readers[spec.name](value)
                except WrongValue:
                    continue
        return found

    @cached_property
    def by_label(self) -> dict[str, Field]:
        """Fields by what people call them, in either language."""
        return {text: field for field in self.process.fields for text in (field.label.zh, field.label.en)}

    @cached_property
    def opening_fields(self) -> frozenset[str]:
        """Fields given at the opening, which no later cycle asks anew."""
        opening = self.process.opening
        return frozenset(needed(opening)) | frozenset(opening.asks) | frozenset(opening.sets)

    @cached_property
    def asked_anew(self) -> list[str]:
        """Fields that a step requires, and that a new cycle therefore asks anew."""
        names = {name for transition in self.process.transitions for name in needed(transition)}
        return sorted(names - self.opening_fields)

    def reads_links(self, step: Transition | Opening) -> frozenset[str]:
        """The relations whose cases the step looks at or drives."""
        key = step.name if isinstance(step, Transition) else OPEN
        known = self._links.get((key, id(step)))
        if known is None:
            named = _relations(step)
            for one in self.process.compares:
                if one.name in named:
                    named |= {path.split(".")[0] for path in (one.expected, one.seen, one.said)}
            known = self._links[(key, id(step))] = frozenset(named & self._relations)
        return known

    @cached_property
    def _links(self) -> dict[tuple[str, int], frozenset[str]]:
        return {}

    @cached_property
    def _relations(self) -> frozenset[str]:
        """Every relation that a case of this process may have."""
        steps: list[Transition | Opening] = [self.process.opening, *self.process.transitions]
        opened = {opening.relation for step in steps for opening in step.opens}
        named = [one.name for listed in (self.process.links, self.process.checks, self.process.sheets) for one in listed]
        return frozenset({*named, *opened, SOURCE})

    @cached_property
    def written_from(self) -> frozenset[str]:
        """The fields on which rows of registers rest that steps write."""
        cancel = self.process.cancel.enters if self.process.cancel is not None else []
        steps: list[Transition | Opening] = [self.process.opening, *self.process.transitions]
        enters = [one for step in steps for one in step.enters] + cancel
        paths = [path for one in enters for path in (*one.sets.values(), one.each, *(paths_of(one.when) if one.when else ()))]
        return frozenset(path.split(".")[0] for path in paths if isinstance(path, str)) & self.fields.keys()

    @cached_property
    def children(self) -> dict[str, str]:
        """Relation -> process of the cases that it opens for each entry of a list and waits for; they end with their parent."""
        return fan_outs(self.process)

    def subject_of(self, step: Transition) -> bool:
        """Whether the step may change what a list calls the case."""
        return not set(_touched(step)).isdisjoint(self.process.subject)

    def owner(self, state: State) -> Who | None:
        """Who holds a case in `state`: the state's owner, else who may do its first step."""
        return self._owners[state.name]

    def undoer(self, state: State) -> Who | None:
        """Who may take back the step that led to `state`, where cancelling was asked for; None if nothing is to be taken back.

        Where there are several ways back, everybody who may take one: which of them is open, the guards say. [D2, D28]
        """
        steps = self.offered(state.name).values()
        found: list[Who] = []
        for step in steps:
            if step.undoes is not None and not isinstance(step.who, System) and step.who not in found:
                found.append(step.who)
        return found[0] if len(found) == 1 else AnyOf(found) if found else None

    def _owner(self, state: State) -> Who | None:
        if state.owner is not None:
            return state.owner
        steps = self.offered(state.name).values()
        return next((t.who for t in steps if not isinstance(t.who, System) and t.at is None), None)

    def label_of(self, action: str, state: str | None = None) -> L:
        """What an action is called; where steps of one name differ, by the state that they leave."""
        step = self.find(state, action) if state is not None else None
        if step is not None:
            return step.label
        found = next((t.label for t in self.process.transitions if t.name == action), None)
        return found or ACT_LABELS.get(action) or L(action, action)

    def next_of(self, state: str, cancelling: bool) -> L:
        """What is to be done where a case stands, in a few words; of one that is to be cancelled the next undo."""
        steps = [t for t in self.offered(state).values() if t.at is None and t.to not in ("=", state)]
        if cancelling:
            return next((t.label for t in steps if t.undoes is not None), L("", ""))
        return self.states[state].todo or next((t.label for t in steps), L("", ""))

    @cached_property
    def required_papers(self) -> frozenset[str]:
        """The papers that a step requires; all of the checklist where a guard asks for it."""
        steps: list[Transition | Opening] = [self.process.opening, *self.process.transitions]
        if any(_of_every_paper(guard.test) for step in steps for guard in step.guards):
            return frozenset(paper.name for paper in self.process.papers)
        return frozenset(name for step in self.process.transitions for name in step.papers)

    @cached_property
    def deadlines(self) -> frozenset[str]:
        """The fields until which something is to be done: where only a day is said, its end is meant."""
        dues = [state.due for state in self.process.states] + [step.until for step in self.process.transitions]
        starts = {name for step in self.process.transitions for name in _ends(step.not_before)}
        return frozenset(name for due in dues for name in _ends(due)) - starts

    @cached_property
    def plain(self) -> frozenset[tuple[str, str]]:
        """The steps, as (state, name), that look at nothing but their case: no link, thing, number, opening, subject."""
        return frozenset((s, name) for s, steps in self._by_state.items() for name, t in steps.items() if self._is_plain(t))

    def _is_plain(self, step: Transition) -> bool:
        reaches = step.opens or step.drives or step.draws or step.holds or step.enters
        return not (reaches or self.reads_links(step) or self.subject_of(step) or self.may_rekey(step))

    def may_rekey(self, step: Transition) -> bool:
        """Whether the step may give the case another key: it touches what the key is made of, or opens a closed case."""
        return bool(self.key) and (not set(_touched(step)).isdisjoint(self.key) or not self.finals.isdisjoint(step.sources))

    @cached_property
    def by_role(self) -> frozenset[str]:
        """The states in which roles alone say who may do a step or cancel: nothing that the case holds does."""
        cancel = [] if self.process.cancel is None else [self.process.cancel.who]
        return frozenset(
            s for s, steps in self._by_state.items() if all(map(_of_roles, (*(t.who for t in steps.values()), *cancel)))
        )

    @cached_property
    def ungated(self) -> frozenset[str]:
        """The states none of whose steps fires by itself or has to wait for its time."""
        return frozenset(
            s for s, steps in self._by_state.items() if all(t.at is None and t.not_before is None for t in steps.values())
        )

    @cached_property
    def signing(self) -> dict[str, Transition]:
        """The states whose step is a signature, with that step."""
        return {state: t for state, offered in self._by_state.items() for t in offered.values() if t.signs is not None}

    @cached_property
    def sensitive(self) -> frozenset[str]:
        """Fields whose values are kept aside."""
        return frozenset(field.name for field in self.process.fields if field.kept_aside)


def _of_roles(who: Who) -> bool:
    """Whether roles alone say whom `who` means."""
    return all(map(_of_roles, who.of)) if isinstance(who, AnyOf) else isinstance(who, Role | System)


def fan_outs(process: Process) -> dict[str, str]:
    """Relation -> process of the cases that steps open for each entry of a list, and that a guard waits for."""
    steps: list[Transition | Opening] = [process.opening, *process.transitions]
    awaited = {relation for step in steps for guard in step.guards for relation in joined(guard.test)}
    return {o.relation: o.process for step in steps for o in step.opens if o.each is not None and o.relation in awaited}


def joined(test: Test) -> Iterator[str]:
    """The relations whose cases a test waits for."""
    if isinstance(test, Linked):
        yield test.relation
    elif isinstance(test, Both | Either):
        for one in test.tests:
            yield from joined(one)
    elif isinstance(test, Not):
        yield from joined(test.test)


def _of_every_paper(test: Test) -> bool:
    """Whether a test asks for the whole checklist."""
    if isinstance(test, Both | Either):
        return any(map(_of_every_paper, test.tests))
    return _of_every_paper(test.test) if isinstance(test, Not) else isinstance(test, PapersComplete)


def needed(step: Transition | Opening) -> list[str]:
    """The names of the fields that a step may require."""
    return [item.field if isinstance(item, Need) else item for item in step.needs]


def _touched(step: Transition) -> list[str]:
    """The fields that the step may fill or empty."""
    drawn = [draw.field for draw in step.draws]
    return [*needed(step), *step.asks, *step.sets, *step.takes, *step.appoints, *step.clears, *drawn]


def _relations(step: Transition | Opening) -> set[str]:
    """Every first part of a path, and every relation, that the tests of a step name."""
    found = {drive.link for drive in step.drives}
    texts: list[Any] = [msgspec.to_builtins(guard.test) for guard in step.guards]
    texts += [msgspec.to_builtins(item.when) for item in step.needs if isinstance(item, Need)]
    texts += [msgspec.to_builtins(item.when) for items in (step.opens, step.drives, step.draws, step.enters) for item in items]
    texts += [one.sets for items in (step.opens, step.drives, step.enters) for one in items] + [step.takes]
    texts += [step.brings] if isinstance(step, Transition) else []
    while texts:
        value = texts.pop()
        if isinstance(value, dict):
            texts += value.values()
        elif isinstance(value, list):
            texts += value
        elif isinstance(value, str):
            found.add(value.split(".")[0])
    return found
