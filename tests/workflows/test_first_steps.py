"""The first step out of a state is the usual one: lists and answers name it as what is next."""

import pytest

from cuiban.engine.language import State
from cuiban.engine.program import Program
from cuiban.office.registry import Registry

REGISTRY = Registry()
PROGRAMS = [Program(process) for process in REGISTRY.processes.values()]
STATES = [(program, state) for program in PROGRAMS for state in program.process.states if state.due is not None]


@pytest.mark.parametrize(("program", "state"), STATES, ids=lambda one: getattr(one, "name", None))
def test_a_detour_does_not_come_first(program: Program, state: State) -> None:
    """What needs a reason is no usual step: `do` would say "send back by 18:00"."""
    away = [step for step in program.offered(state.name).values() if step.at is None and step.to not in ("=", state.name)]

    assert not away[0].reason or all(step.reason for step in away)
