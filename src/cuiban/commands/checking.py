"""cuiban check: the definitions of processes and duties, before a case runs through them. [cli.md 3]"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from cuiban.commands.completing import offering, processes
from cuiban.commands.desk import Desk
from cuiban.commands.naming import named
from cuiban.commands.output import answer
from cuiban.commands.verbs import argument, verb
from cuiban.engine.labels import L

if TYPE_CHECKING:
    from cuiban.office.registry import Registry

FAILED = 7
BROKEN = "package_broken"
WELL = L("{n} 个流程, 没有问题", "{n} processes, nothing is wrong")
GRAVE = {"error": L("", ""), "warning": L("(提醒)", " (warning)")}


@verb("check")
@argument("names", L("流程", "PROCESS"), nargs=-1, required=False, shell_complete=offering(processes))
@click.pass_obj
def check_verb(desk: Desk, names: tuple[str, ...]) -> int:
    """Look for what is wrong with every definition, or with each PROCESS; 7 on an error."""
    from cuiban.office.registry import Registry

    registry = desk.office.registry if desk.has_database else Registry()
    labels = {name: process.label for name, process in registry.processes.items()}
    wanted = {named(name, labels, L("流程", "process")) for name in names}
    found = [one for one in _problems(desk, registry) if not wanted or one["process"] in wanted or one["code"] == BROKEN]
    answer(desk, found, lambda: _lines(desk, found, len(wanted or labels)))
    return FAILED if any(one["severity"] == "error" for one in found) else 0


def _problems(desk: Desk, registry: "Registry") -> Iterator[dict[str, Any]]:
    """Every problem, with the file and line where it stands; of a dealership also what its people cannot do."""
    from cuiban.engine.check import check
    from cuiban.registers import every
    from cuiban.registers.matching import RULES
    from cuiban.workflows.sources import locate

    roster = desk.office.roster(desk.now) if desk.has_database else None
    found = check(
        registry.processes.values(), registry.duties.values(), registry.roles, registry.outside, roster,
        registry.choices.values(), books=registry.books, registers=every(), rules=RULES,
        calendars=registry.calendars.values(), at=desk.now,
    )  # fmt: skip
    for plugin in registry.broken:
        yield {
            "severity": "error", "code": BROKEN, "process": plugin.name, "file": plugin.file, "line": plugin.line,
            "message": plugin.message,
        }  # fmt: skip
    for one in found:
        file, line = locate(one.process, one.element) or ("", 0)
        yield {
            "severity": one.severity, "code": one.code, "process": one.process, "file": str(file), "line": line,
            "message": one.message,
        }  # fmt: skip


def _lines(desk: Desk, found: list[dict[str, Any]], count: int) -> Iterator[str]:
    """complaint.py:41 no_clock 已承诺 没有时限."""
    from pathlib import Path

    if not found:
        yield WELL.fill(n=count)[desk.lang]
    for one in found:
        place = f"{Path(one['file']).name}:{one['line']} " if one["file"] else ""
        yield f"{place}{one['code']} {desk.say(one['message'])}{desk.say(GRAVE[one['severity']])}"
