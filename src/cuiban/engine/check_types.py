"""Check that a definition can be stored at all: nothing in it is of another kind than the language says.

Belongs here: reading a definition back as the store will.   Must never enter: what its names and ways mean; the other checks.
"""

import re
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import msgspec

from cuiban.engine.duty import Duty
from cuiban.engine.labels import L
from cuiban.engine.language import Preset, Process
from cuiban.engine.problems import Problem, problem

KINDS = {"fields": "field", "states": "state", "transitions": "transition", "papers": "paper", "links": "link"}
NO_VALUE = L("没有 {value}; 有: {known}", "there is no {value}; there are: {known}")
OTHER_KIND = L("应为 {wanted}, 不是 {got}", "should be {wanted}, not {got}")
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")


def types(thing: Process | Duty | Preset) -> Iterator[Problem]:
    """The first part of a wrong kind, such as a misspelt type of a field; while there is one, nothing else can be asked."""
    try:
        msgspec.convert(msgspec.to_builtins(thing), type(thing))
    except (msgspec.ValidationError, TypeError) as error:
        why, _, path = str(error).partition(" - at `$")
        steps = [name or int(index) for name, index in _STEP.findall(path)]
        name = thing.key if isinstance(thing, Preset) else thing.name
        element = {Process: "process", Duty: f"duty:{name}", Preset: f"setting:{name}"}[type(thing)]
        if len(steps) > 1 and steps[0] in KINDS:
            element = f"{KINDS[str(steps[0])]}:{getattr(_at(thing, steps[:2]), 'name', '')}"
        yield problem("wrong_type", name, element, place=path.strip(".`") or name, why=_words(thing, steps, why))


def _at(thing: Any, steps: list[str | int]) -> Any:
    for step in steps:
        thing = thing[step] if isinstance(step, int) else getattr(thing, step, None)
    return thing


def _words(thing: object, steps: list[str | int], why: str) -> L:
    """What msgspec says, in words; of a word out of a few, which there are."""
    if found := re.fullmatch(r"Expected `(.+)`, got `(.+)`", why):
        return OTHER_KIND.fill(wanted=found[1], got=found[2])
    if why.startswith("Invalid enum value") and steps:
        kinds = {one.name: one.type for one in msgspec.structs.fields(_at(thing, steps[:-1]))}
        kind = kinds.get(str(steps[-1]))
        known = ", ".join(map(str, get_args(kind))) if get_origin(kind) is Literal else "-"
        return NO_VALUE.fill(value=_at(thing, steps), known=known)
    return L(why, why)
