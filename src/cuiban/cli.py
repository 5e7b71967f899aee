"""cuiban on the command line: the doorway.

Belongs here: the entry point, the root verb, finding the module of the verb that was called, the exit code.
Must never enter: what a verb does (commands/), what an error says (commands/faults.py).
"""

import gc
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from time import monotonic
from typing import Any

import click

from cuiban.commands.desk import Desk
from cuiban.commands.faults import tell
from cuiban.commands.screen import flush, prepare_streams
from cuiban.commands.table import ALIASES, COMMANDS
from cuiban.commands.verbs import COMMON, language_of
from cuiban.engine.labels import L
from cuiban.errors import Usage

COMPLETING = "_CUIBAN_COMPLETE"
SELDOM = (50_000, 20, 20)  # most calls live for a third of a second: collecting garbage while they import takes a tenth of it


class Root(click.Group):
    """`cuiban`: imports the module of the verb that was called, and no other."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of that name, Chinese or English."""
        name = ALIASES.get(cmd_name, cmd_name)
        if name not in COMMANDS:
            return None
        module = import_module(f"cuiban.commands.{COMMANDS[name].module}")
        found: click.Command = getattr(module, name.replace("-", "_") + "_verb")
        return found

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with near misses of every verb."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise click.exceptions.NoSuchCommand(args[0], possibilities=[*COMMANDS, *ALIASES], ctx=ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """The verbs that begin so, Chinese or English, read off the table; nothing is imported for it."""
        from click.shell_completion import CompletionItem

        names = {**{name: name for name in COMMANDS}, **ALIASES}
        found = [
            CompletionItem(word, help=COMMANDS[name].words[language_of(ctx)])
            for word, name in names.items()
            if word.startswith(incomplete) and (incomplete or word not in ALIASES)
        ]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def get_help(self, ctx: click.Context) -> str:
        """The verbs by family."""
        from cuiban.commands.helping import root_help

        return root_help(ctx)


@click.pass_context
def _alone(ctx: click.Context) -> None:
    """Say what to do next where no verb was named."""
    if ctx.invoked_subcommand is None:
        from cuiban.commands.welcome import welcome

        welcome(ctx.obj)


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from cuiban import __version__

        click.echo(f"cuiban {__version__}")
        ctx.exit()


root = Root(
    "cuiban",
    callback=_alone,
    invoke_without_command=True,
    params=[*COMMON, click.Option(["--version"], is_flag=True, expose_value=False, is_eager=True, callback=_version)],
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main(argv: Sequence[str] | None = None) -> None:
    """Run one call and exit with its code."""
    gc.set_threshold(*SELDOM)
    prepare_streams()
    words = list(sys.argv[1:] if argv is None else argv)
    desk = Desk(words, os.environ, lambda: datetime.now(UTC))
    if os.environ.get(COMPLETING):
        sys.exit(_complete(desk, os.environ[COMPLETING]))
    code = run(desk, words)
    _flush()
    gc.freeze()  # the process ends: nothing has to be looked through once more
    sys.exit(code)


def run(desk: Desk, words: list[str]) -> int:
    """Run one call; its exit code."""
    began = monotonic()
    try:
        code = _invoke(desk, words)
    except (KeyboardInterrupt, Exception) as error:
        code = tell(desk, error)
    desk.warns()
    _log(desk, code, monotonic() - began)
    desk.close()
    return code


def _invoke(desk: Desk, words: list[str]) -> int:
    """Parse and run the verb."""
    broken = next((word for word in words if any("\ud800" <= sign <= "\udfff" for sign in word)), None)
    if broken is not None:
        raise Usage("usage", L("参数里有不是文字的字节", "an argument holds bytes that are no text"))
    try:
        with root.make_context("cuiban", words, obj=desk) as ctx:
            code: Any = root.invoke(ctx)
            flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    return code if isinstance(code, int) else 0


def _log(desk: Desk, code: int, seconds: float) -> None:
    if desk.log.wanted:
        desk.log.of(desk.verb).info("call", exit=code, ms=round(seconds * 1000))


def _flush() -> None:
    """Hand everything to a reader who may have gone; Python must not complain about him at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complete(desk: Desk, instruction: str) -> int:
    from click.shell_completion import shell_complete

    try:
        return shell_complete(root, {"obj": desk}, "cuiban", COMPLETING, instruction)
    except Exception:  # a completion never complains
        return 1


__all__ = ["language_of", "main", "root", "run"]
