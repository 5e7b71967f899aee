"""cuiban completion: a script for the shell, so that TAB knows verbs, cases, their actions, people."""

import click

from cuiban.commands.desk import Desk
from cuiban.commands.verbs import OneOf, argument, verb
from cuiban.engine.labels import L


@verb("completion", more=L('用法: eval "$(cuiban completion bash)"', 'use: eval "$(cuiban completion bash)"'))
@argument("shell", L("bash|zsh|fish", "bash|zsh|fish"), type=OneOf("bash", "zsh", "fish"))
@click.pass_obj
def completion_verb(desk: Desk, shell: str) -> None:
    """Print the completion script of a shell."""
    from click.shell_completion import get_completion_class

    from cuiban.cli import COMPLETING, root

    made = get_completion_class(shell)
    assert made is not None
    desk.screen.write([made(root, {}, "cuiban", COMPLETING).source().rstrip("\n")])
