"""cuiban diagram: a process drawn from its topology. [cli.md 3]"""

import click

from cuiban.commands.completing import offering, processes
from cuiban.commands.desk import Desk
from cuiban.commands.naming import process_named
from cuiban.commands.output import answer
from cuiban.commands.verbs import OneOf, argument, option, verb
from cuiban.engine.diagram import Format, draw, edges
from cuiban.engine.labels import L
from cuiban.engine.language import State


@verb("diagram")
@argument("process", L("流程", "PROCESS"), shell_complete=offering(processes))
@option("--format", "form", type=OneOf("text", "mermaid", "dot"), default="text", words=L("画成什么", "drawn as what"))
@option("--counts", is_flag=True, words=L("带上在办件数", "with the open cases in each state"))
@click.pass_obj
def diagram_verb(desk: Desk, process: str, form: Format, counts: bool) -> None:
    """Draw PROCESS."""
    office = desk.office
    program = office.program(process_named(desk, process))
    found = office.counts(program.name, desk.now) if counts or not desk.is_for_people else {}
    value = {
        "process": program.name,
        "states": [_state(state, found.get(state.name, (0, 0))) for state in program.process.states],
        "transitions": [{"name": name, "from": frm, "to": to} for name, frm, to in edges(program)],
    }
    answer(desk, value, lambda: [draw(program, form, desk.lang, found if counts else None)])


def _state(state: State, counts: tuple[int, int]) -> dict[str, object]:
    return {"name": state.name, "label": state.label, "final": state.final, "open": counts[0], "overdue": counts[1]}
