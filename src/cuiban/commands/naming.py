"""From what a person calls things, an id or a label in either language, to their ids.

Belongs here: processes, states, roles, actions, calendars, cases.   Must never enter: people; the office knows their names.
"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from cuiban.engine.labels import L
from cuiban.engine.spelling import told
from cuiban.errors import NotFound

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk
    from cuiban.engine.program import Program


class Chosen(NamedTuple):
    """A case that was named; by a number of the last list also how far it was then."""

    ref: str
    number: int | None = None
    version: int | None = None


def case_named(desk: "Desk", text: str) -> Chosen:
    """The case that a reference, its tail, or a number of the last list of this terminal means."""
    text = normalize("NFKC", text)  # an input method types TS－260306－002
    if text.isascii() and text.isdigit() and not text.startswith("0"):
        found = desk.numbers.find(int(text)) if len(text) < 6 else None
        if found is not None:
            return Chosen(found.ref, found.number, found.version)
        if len(text) < 3:
            raise NotFound("not_found", L(
                "本终端最近的清单里没有第 {text} 件; 写全编号, 或先 cuiban todo",
                "the last list of this terminal has no number {text}; give the reference, or run cuiban todo first",
            ).fill(text=text))  # fmt: skip
    return Chosen(desk.office.find_case(text))


def history_named(desk: "Desk", text: str) -> str:
    """The ref of what has a history: a case, named as everywhere, a row of a register, or reference data (`@people`)."""
    return desk.office.find_history(text) if text.startswith("@") or "-" in text else case_named(desk, text).ref


def process_named(desk: "Desk", text: str) -> str:
    """The id of a process."""
    labels = {name: process.label for name, process in desk.office.processes.items()}
    return named(text, labels, L("流程", "process"))


def role_named(desk: "Desk", text: str) -> str:
    """The id of a role."""
    return named(text.removeprefix("role:"), desk.office.registry.roles, L("岗位", "role"))


def calendar_named(desk: "Desk", text: str) -> str:
    """The id of a calendar beside the house's own."""
    return named(text, {name: one.label for name, one in desk.office.registry.calendars.items()}, L("日历", "calendar"))


def calendar_if_named(desk: "Desk", text: str) -> str | None:
    """The same; None where there is none of that name."""
    known = desk.office.registry.calendars.items()
    return next((name for name, one in known if text == name or _is_label(text, one.label)), None)


def state_named(desk: "Desk", text: str, among: Collection[str]) -> str:
    """The id of a state, of one of some processes; none: of any."""
    processes = desk.office.processes
    chosen = [processes[name] for name in among or processes]
    ids = list(dict.fromkeys(s.name for p in chosen for s in p.states if text == s.name or _is_label(text, s.label)))
    if len(ids) == 1:
        return ids[0]
    if ids:
        some = ", ".join(ids)
        raise NotFound("ambiguous", L(
            "「{text}」对得上几个环节: {some}; 加 --process", "{text} fits several states: {some}; add --process"
        ).fill(text=text, some=some))  # fmt: skip
    known: dict[str, L] = {}
    for state in (s for p in chosen for s in p.states):  # what several processes call otherwise has no label of its own
        known[state.name] = state.label if known.get(state.name, state.label) == state.label else L("", "")
    return named(text, known, L("环节", "state"))


def action_named(program: "Program", state: str, text: str) -> str:
    """The id of an action, offered in `state` or known elsewhere; the text itself if there is none (the office says so)."""
    from cuiban.engine.program import ACT_LABELS

    offered = {name: step.label for name, step in program.offered(state).items()}
    elsewhere = {step.name: step.label for step in program.process.transitions}
    if text in offered or text in ACT_LABELS or text in elsewhere:
        return text
    for labels in (offered, ACT_LABELS, elsewhere):
        found = next((name for name, label in labels.items() if _is_label(text, label)), None)
        if found is not None:
            return found
    return text


def named(text: str, labels: Mapping[str, L], what: L) -> str:
    """The id of what is called `text`; `what` says what kind of thing it is. Raises NotFound (`ambiguous`)."""
    if text in labels:
        return text
    found = [name for name, label in labels.items() if _is_label(text, label)]
    if len(found) == 1:
        return found[0]
    if found:
        some = ", ".join(found)
        raise NotFound("ambiguous", L("「{text}」对得上几个: {some}", "{text} fits several: {some}").fill(text=text, some=some))
    meant = told(text, labels, L("有: ", "there are: "))
    raise NotFound("not_found", L(f"没有{what.zh} {text}; {meant.zh}", f"there is no {what.en} {text}; {meant.en}"))


def _is_label(text: str, label: L) -> bool:
    return text == label.zh or text.lower() == label.en.lower()
