"""cuiban open: a case begins. [cli.md 2]"""

from typing import Any

import click

from cuiban.commands.completing import offering, processes
from cuiban.commands.desk import Desk
from cuiban.commands.fields import papers_of, values_of
from cuiban.commands.filters import person_named
from cuiban.commands.lacking import asked
from cuiban.commands.naming import process_named
from cuiban.commands.options import ASSIGN, AT, ATTACH, NOTE, REASON, SET
from cuiban.commands.output import answer
from cuiban.commands.telling import done_lines
from cuiban.commands.verbs import argument, verb
from cuiban.engine.labels import L
from cuiban.engine.program import Program
from cuiban.engine.spelling import listed
from cuiban.engine.who import System
from cuiban.errors import Usage
from cuiban.office.views import Done


@verb("open", writes=True)
@argument("process", L("流程", "PROCESS"), required=False, shell_complete=offering(processes))
@argument("subject", L("内容", "SUBJECT"), required=False)
@SET
@ATTACH
@ASSIGN
@AT
@REASON
@NOTE
@click.pass_obj
def open_verb(
    desk: Desk, process: str | None, subject: str | None, values: tuple[str, ...], attach: tuple[str, ...], assign: str | None,
    at: str | None, reason: str | None, note: str | None,
) -> None:  # fmt: skip
    """Open a case of PROCESS; SUBJECT fills the first of the fields that name it in which one may write freely."""
    if process is None:
        raise Usage("usage", L("要写登记什么: {known}", "say what to open: {known}").fill(known=_openable(desk)))
    program = desk.office.program(process_named(desk, process))
    fields: dict[str, Any] = values_of(desk, program, values)
    if subject is not None:
        fields.setdefault(_named_by(program), subject)
    call = {
        "papers": papers_of(attach, program),
        "assignee": person_named(desk, assign) if assign else None,
        "at": desk.when("--at", at, "past").at if at else None,
        "note": note,
        "key": desk.sources.options.get("key"),
        **desk.act,
    }

    def work(fields: dict[str, Any], reason: str | None) -> Done:
        return desk.office.open(program.name, fields=fields, reason=reason, **call)

    done = asked(desk, program, fields, reason, work)
    answer(desk, done, lambda: done_lines(desk, program, done))
    for warning in done.warnings:
        desk.hint(warning.message)


def _openable(desk: Desk) -> L:
    """What people open by hand."""
    by_hand = [process for process in desk.office.processes.values() if not isinstance(process.opening.who, System)]
    return listed({process.name: process.label for process in by_hand})


def _named_by(program: Program) -> str:
    """The field that SUBJECT fills."""
    named = program.process.subject
    free = [name for name in named if program.fields[name].type in ("text", "note", "name")]
    return next(iter(free or named))
