"""Questions to the person at the terminal: one yes or no, and the fields that a step lacks.

Belongs here: asking.   Must never enter: asking where nobody sits; without a terminal a question is a usage error.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cuiban.commands.faults import Interrupted
from cuiban.commands.place import is_database
from cuiban.engine.labels import L
from cuiban.errors import Usage

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk

YES = {"y", "yes", "是", "好"}


def can_ask(desk: "Desk") -> bool:
    """Whether somebody sits at a terminal and may be asked."""
    return not desk.flag("no_input") and sys.stdin.isatty() and sys.stderr.isatty()


def spare(desk: "Desk", path: Path) -> None:
    """Ask whoever sits at the terminal before a file that is there is lost; raises as `confirm`. A script means what it names."""
    if can_ask(desk) and path.is_file() and not is_database(desk.url, path):  # which the verb itself refuses to write over
        confirm(desk, L("{file} 已经有了, 要覆盖吗?", "{file} is there already; replace it?").fill(file=path))


def confirm(desk: "Desk", question: L) -> None:
    """Go on only if the person says yes, or said -y.

    Raises:
        Usage: there is nobody to ask.
        Interrupted: the answer was no, the default.
    """
    if desk.sources.options.get("yes") or desk.flag("dry_run"):
        return
    if not can_ask(desk):
        raise Usage("usage", L(
            "{question} 没有终端可以问; 确定就加 -y", "{question} there is no terminal to ask on; if you are sure, add -y"
        ).fill(question=question))  # fmt: skip
    if line(f"{desk.say(question)} [y/N]").strip().lower() not in YES:
        raise Interrupted(L("没有确认, 什么都没做", "not confirmed; nothing was done"))


def line(question: str) -> str:
    """One line from the person; empty if they just press Enter."""
    import contextlib

    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - backspace over Chinese
    return str(click.prompt(question, default="", show_default=False, err=True))
