"""What holds for every definition of this package: sound, worded, cheap to read, moved by its settings alone."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cuiban import workflows
from cuiban.engine.check import check
from cuiban.engine.definition import everything_in
from cuiban.engine.language import USUAL_LADDER, Process, Setting
from cuiban.engine.program import ACT_LABELS, Program, bind, read_process
from cuiban.engine.who import Role
from cuiban.registers import every as every_register
from cuiban.registers.matching import RULES
from cuiban.workflows.sources import locate
from tests.workflows.desk import roster

SETTINGS_OF_THE_SCHEDULER = {"duty_missed_days", "duty_ahead_days", "catch_up_days"}
every = pytest.mark.parametrize("process", workflows.PROCESSES, ids=lambda process: str(process.name))


def test_nothing_is_wrong_with_them() -> None:
    """No error and no warning, even with the people of a small dealership."""
    declared = workflows.PROCESSES, workflows.DUTIES, workflows.ROLES, workflows.OUTSIDE
    found = check(*declared, roster(), workflows.CHOICES, books=workflows.BOOKS,
                  registers=every_register(), rules=RULES, calendars=workflows.CALENDARS)  # fmt: skip

    assert found == []


def test_a_dealership_without_a_second_caller_is_told() -> None:
    """Who resolved a complaint himself cannot call back; without the finance manager nothing is signed."""
    declared = workflows.PROCESSES, workflows.DUTIES, workflows.ROLES, workflows.OUTSIDE
    problems = check(*declared, roster(without=["sun", "lv"]), workflows.CHOICES, books=workflows.BOOKS,
                     registers=every_register(), rules=RULES, calendars=workflows.CALENDARS)  # fmt: skip

    assert {(p.code, p.element) for p in problems if p.process in ("complaint", "call_order")} == {
        ("four_eyes_tight", "transition:confirm@resolved"), ("four_eyes_tight", "transition:refuse@resolved"),
        ("four_eyes_tight", "transition:no_answer@resolved"), ("four_eyes_tight", "transition:give_up@resolved"),
        ("signatures_impossible", "transition:sign@signing"),
    }  # fmt: skip


@every
def test_a_definition_reads_back_as_it_was_stored(process: Process) -> None:
    """The canonical text is the definition."""
    program = Program(bind(process, workflows.defaults()))

    again = read_process(program.text)

    assert again == program.process
    assert Program(again).hash == program.hash


@every
def test_what_is_to_be_done_reads_as_something_to_do(process: Process) -> None:
    """`by 03-13 call back`, not `satisfied`; 「前试用」, not 「前试用通过」: neither an outcome nor what somebody else has done."""
    program = Program(bind(process, workflows.defaults()))
    told = [program.next_of(s.name, cancelling=False) for s in process.states if s.due is not None]

    assert all(label.zh and label.en for label in told)
    assert [label.zh for label in told if re.search("^(已|对方|大区|厂家)|满意$|通过$", label.zh)] == []
    assert [label.en for label in told if re.search(r"(ed|came|held|met|done)$", label.en.split()[0].lower())] == []


@every
def test_the_machine_knows_every_step(process: Process) -> None:
    """`transitions` leads where the table says."""
    program = Program(bind(process, workflows.defaults()))

    for state in program.states:
        for name, step in program.offered(state).items():
            assert program.step(state, name) == (state if step.to == "=" else step.to)


@every
def test_no_step_is_called_like_an_act_that_every_case_takes(process: Process) -> None:
    """`note`, `assign`, `chase`, ... mean the same everywhere; but a duty is waived, not one of its papers."""
    taken = {step.name for step in process.transitions} & set(ACT_LABELS)

    assert taken == ({"waive"} if process.name == "duty" else set())


def test_a_setting_changes_the_definitions_that_name_it_and_no_other() -> None:
    """Another value is another version: a case stays on the one under which it was opened."""
    usual = {p.name: Program(bind(p, workflows.defaults())).hash for p in workflows.PROCESSES}
    other = {p.name: Program(bind(p, {**workflows.defaults(), "transit_days": 45})).hash for p in workflows.PROCESSES}

    assert {name for name in usual if usual[name] != other[name]} == {"vehicle"}


def test_every_choice_is_used_and_every_role_has_something_to_do() -> None:
    """A setting that moves nothing would be a lie."""
    things = list(everything_in([*workflows.PROCESSES, *workflows.DUTIES, *USUAL_LADDER]))
    used = {thing.name for thing in things if isinstance(thing, Setting)}
    roles = {thing.id for thing in things if isinstance(thing, Role)}

    hours = {key for named in workflows.CALENDARS for key in (named.hours, named.holidays)}

    assert {choice.key for choice in workflows.CHOICES} == used | SETTINGS_OF_THE_SCHEDULER | hours
    assert roles <= set(workflows.ROLES)


def test_references_tell_their_process() -> None:
    """Two capitals, of nobody else; those that people know stay as they are."""
    prefixes = {p.name: p.prefix for p in workflows.PROCESSES}

    assert all(len(one) == 2 and one.isascii() and one.isupper() for one in prefixes.values())
    assert len(set(prefixes.values())) == len(prefixes)
    assert prefixes.items() >= {
        "complaint": "TS", "callback": "HF", "vehicle": "CL", "delivery": "JC", "call_order": "CA", "colour_order": "YS",
        "incident": "SJ", "duty": "LX"}.items()  # fmt: skip


def test_one_process_is_read_without_the_others() -> None:
    """A command about one case does not pay for every file."""
    script = (
        "import sys; from cuiban import workflows; workflows.process_named('duty'); "
        "print([m for m in sys.modules if m.startswith('cuiban.workflows.')])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "['cuiban.workflows.duty']"


def test_an_unknown_name_is_an_ordinary_error() -> None:
    """Of a process None, of the module an AttributeError."""
    assert workflows.process_named("nothing") is None
    with pytest.raises(AttributeError, match="NOTHING"):
        _ = workflows.NOTHING


@pytest.mark.parametrize(
    ("process", "element", "file", "text"),
    [
        ("complaint", "state:accepted", "complaint.py", 'State("accepted"'),
        ("complaint", "transition:resolve@accepted", "complaint.py", 'Transition("resolve"'),
        ("complaint", "process", "complaint.py", 'complaint = Process("complaint"'),
        ("complaint", "field:customer", "customer.py", 'CUSTOMER = Field("customer"'),
        ("callback", "field:staff", "callback.py", 'rating("staff"'),
        ("callback", "transition:solve@reported_up", "callback.py", 'Transition("solve"'),
        ("delivery", "paper:invoice_copy", "vehicle_delivery.py", 'Paper("invoice_copy"'),
        ("delivery", "link:vehicle", "vehicle_delivery.py", "links=[Link("),
        ("vehicle", "opening", "vehicle_delivery.py", "opening=Opening("),
        ("vehicle", "cancel", "vehicle_delivery.py", "cancel=Cancel("),
        ("b15_key_users", "duty:b15_key_users", "duties.py", 'row("b15_key_users"'),
        ("transit_days", "setting:transit_days", "choices.py", 'number("transit_days"'),
    ],
)
def test_an_element_is_found_in_its_file(process: str, element: str, file: str, text: str) -> None:
    """So that `check` names file and line."""
    assert all([workflows.PROCESSES, workflows.DUTIES, workflows.CHOICES])  # what is checked has been read

    found = locate(process, element)

    assert found is not None
    path, line = found
    assert path.name == file
    assert path.read_text("utf-8").splitlines()[line - 1].strip().startswith(text)


def test_what_stands_nowhere_is_not_found() -> None:
    """A definition that came from a database, for one."""
    assert locate("nothing", "state:open") is None


def test_the_files_hold_tables_and_no_code() -> None:
    """No file of a process branches, loops or reaches for anything but the language."""
    control = (ast.For, ast.While, ast.If, ast.Try, ast.With, ast.Lambda, ast.ClassDef)
    for name in sorted(set(workflows.MODULES.values())):
        tree = ast.parse((Path(workflows.__file__).parent / f"{name}.py").read_text("utf-8"))
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

        assert not [node for node in ast.walk(tree) if isinstance(node, (*control, ast.Import))], name
        assert all(str(module).startswith(("cuiban.engine.", "cuiban.workflows.")) for module in imported), name


def test_the_processes_with_a_ladder_of_their_own_are_named() -> None:
    """Lists read only these to know whom a late case is shown to; none may be forgotten."""
    from cuiban import workflows

    own = {p.name for p in workflows.PROCESSES if p.ladder is not None or any(s.ladder for s in p.states)}

    assert set(workflows.LADDERS) == own


def test_the_processes_that_rows_open_are_named() -> None:
    """Whoever enters a row looks at no other."""
    own = {p.name: [rule.register for rule in p.from_rows] for p in workflows.PROCESSES if p.from_rows}

    assert own == workflows.FROM_ROWS
