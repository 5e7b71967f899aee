"""A process as a picture: text, Mermaid or DOT, read off the `transitions` machine that drives it."""

from collections.abc import Mapping
from typing import Literal

from cuiban.engine.program import CANCEL, Program

Format = Literal["text", "mermaid", "dot"]
Counts = Mapping[str, tuple[int, int]]


def edges(program: Program) -> list[tuple[str, str, str]]:
    """Every step of the machine as (name, from, to), in the order of the definition, cancelling last."""
    found = [
        (name, step.source, step.dest)
        for name, event in program.machine.events.items()
        for steps in event.transitions.values()
        for step in steps
    ]
    order = {state: number for number, state in enumerate(program.states)}
    found.sort(key=lambda edge: (order[edge[1]], order[edge[2]]))
    cancel = program.process.cancel
    return found + [(CANCEL, state, cancel.to) for state in cancel.at_once] if cancel is not None else found


def draw(program: Program, format: Format, lang: str, counts: Counts | None = None) -> str:
    """The picture of a process in `lang`; `counts`: state -> (open, overdue), shown beside the state."""
    return {"text": _text, "mermaid": _mermaid, "dot": _dot}[format](program, lang, counts or {})


def _label(program: Program, state: str, lang: str, counts: Counts) -> str:
    label = program.states[state].label[lang]
    if state not in counts:
        return label
    count, late = counts[state]
    return f"{label} ({count}{f', {late}!' if late else ''})"


def _text(program: Program, lang: str, counts: Counts) -> str:
    lines = [f"{program.process.label[lang]} ({program.name})"]
    for state in program.process.states:
        mark = "*" if state.name == program.first else "#" if state.final else "-"
        lines.append(f"{mark} {_label(program, state.name, lang, counts)}  {state.name}")
        for name, source, to in edges(program):
            if source == state.name:
                target = program.states[to].label[lang] if to != source else "="
                lines.append(f"    {program.label_of(name, state.name)[lang]} {name} -> {target}")
    return "\n".join(lines)


def _mermaid(program: Program, lang: str, counts: Counts) -> str:
    lines = ["stateDiagram-v2"]
    lines += [f"    {s.name}: {_label(program, s.name, lang, counts)}" for s in program.process.states]
    lines.append(f"    [*] --> {program.first}")
    lines += [f"    {source} --> {to}: {program.label_of(name, source)[lang]}" for name, source, to in edges(program)]
    lines += [f"    {s.name} --> [*]" for s in program.process.states if s.final]
    return "\n".join(lines)


def _dot(program: Program, lang: str, counts: Counts) -> str:
    lines = [f'digraph "{program.name}" {{', "    rankdir=LR;"]
    for state in program.process.states:
        shape = "doublecircle" if state.final else "box"
        lines.append(f'    "{state.name}" [label="{_label(program, state.name, lang, counts)}", shape={shape}];')
    lines += [f'    "{source}" -> "{to}" [label="{program.label_of(name, source)[lang]}"];' for name, source, to in edges(program)]
    return "\n".join([*lines, "}"])
