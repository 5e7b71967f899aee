"""Help texts, in the language of the call.

Belongs here: how help is laid out.   Must never enter: what a verb does; its words stand beside it.
"""

from collections.abc import Iterable, Iterator

import click

from cuiban.commands.table import FAMILIES
from cuiban.commands.text import pad, width_of, wrapped
from cuiban.commands.verbs import COMMON, WRITING, Argument, Family, Option, Verb, language_of
from cuiban.engine.labels import L

WIDTH = 90
USAGE = L("用法", "Usage")
OPTIONS = L("选项", "Options")
OPTIONS_METAVAR = L("[选项]", "[OPTIONS]")
WRITING_TITLE = L("写入的命令共有", "Of every verb that writes")
COMMON_TITLE = L("各命令共有", "Of every verb")
VERB = L("命令 ...", "VERB ...")
ALONE = L("选项(只写 {command} 时)", "Options ({command} alone)")
VERBS = L("命令", "Verbs")
HELP = L("看这段帮助", "show this help")
ROOT = L(
    "催办: 店里的例行事项和待办案件, 到时催, 有据查。",
    "Cuiban: a dealership's duties and cases, chased in time and on record.",
)
Row = tuple[str, str]


def usage_of(command: click.Command, ctx: click.Context) -> str:
    """The usage line."""
    lang = language_of(ctx)
    names = [param.make_metavar(ctx) for param in command.params if isinstance(param, Argument)]
    if isinstance(command, click.Group):
        names = [VERB[lang]]
    return f"{USAGE[lang]}: {' '.join([ctx.command_path, OPTIONS_METAVAR[lang], *names])}"


def help_of(command: Verb | Family, ctx: click.Context) -> str:
    """The help of a verb or a family of verbs."""
    lang = language_of(ctx)
    lines = [usage_of(command, ctx), "", *_paragraph(command.words[lang])]
    if command.more is not None:
        lines += ["", *_paragraph(command.more[lang])]
    if isinstance(command, Family):
        lines += _section(VERBS[lang], [(name, _words(sub)[lang]) for name, sub in command.commands.items()])
        if command.alone is not None:
            title = ALONE.fill(command=ctx.command_path)[lang]
            lines += _section(title, _own_rows(command.commands[command.alone], ctx))
    lines += _section(OPTIONS[lang], [*_own_rows(command, ctx), ("-h, --help", HELP[lang])])
    if command.writes:
        lines += _section(WRITING_TITLE[lang], [_row(param, ctx) for param in WRITING])
    return "\n".join(lines + _section(COMMON_TITLE[lang], [_row(param, ctx) for param in COMMON]))


def _own_rows(command: click.Command, ctx: click.Context) -> list[Row]:
    return [_row(param, ctx) for param in command.params if isinstance(param, Option) and _is_own(param)]


def root_help(ctx: click.Context) -> str:
    """The help of `cuiban` itself: every verb, by family."""
    lang = language_of(ctx)
    lines = [usage_of(ctx.command, ctx), "", *_paragraph(ROOT[lang])]
    for title, family in FAMILIES:
        lines += _section(title[lang], [(name, entry.words[lang]) for name, entry in family.items()])
    return "\n".join(lines + _section(COMMON_TITLE[lang], [_row(param, ctx) for param in COMMON]))


def _words(command: click.Command) -> L:
    assert isinstance(command, Verb | Family)
    return command.words


def _is_own(param: click.Parameter) -> bool:
    return param not in COMMON and param not in WRITING


def _row(param: Option, ctx: click.Context) -> Row:
    names = ", ".join(sorted([*param.opts, *param.secondary_opts], key=len))
    value = "" if param.is_flag or param.count else " " + param.make_metavar(ctx)
    return names + value, param.words[language_of(ctx)]


def _paragraph(text: str) -> Iterable[str]:
    for line in text.splitlines():
        yield from (f"  {part}" for part in wrapped(line, WIDTH - 2))


def _section(title: str, rows: list[Row]) -> list[str]:
    return ["", f"{title}:", *_rows(rows)]


def _rows(rows: list[Row]) -> Iterator[str]:
    first = min(max((width_of(name) for name, _ in rows), default=0), 30)
    for name, text in rows:
        parts = wrapped(text, WIDTH - first - 4)
        if width_of(name) > first:
            yield f"  {name}"
            name = ""
        yield f"  {pad(name, first)}  {parts[0]}".rstrip()
        yield from (f"  {' ' * first}  {part}" for part in parts[1:])
