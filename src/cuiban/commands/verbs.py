"""How a verb is written: its words in two languages, the options that all share, what reading and writing ones add.

Belongs here: click, bent to our contract [cli.md 1].   Must never enter: what any single verb does.
"""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from cuiban.commands.completing import offering, people
from cuiban.commands.table import ALIASES, COMMANDS
from cuiban.engine.labels import L, Lang
from cuiban.errors import Usage

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk

Callback = Callable[..., Any]
_DAYS_AGO = re.compile(r"-(\d{1,4}(?:wd|d)(?:\s.*)?)")
MINUS = "\u2212"
"""Stands for the hyphen of `-3d`, which would be read as an option; when.py knows it."""


def language_of(ctx: click.Context) -> Lang:
    """The language of this call."""
    desk: Desk | None = ctx.find_root().obj
    return "zh" if desk is None else desk.lang


TWICE = L("{name} 写了几次, 值不同: {values}", "{name} was given more than once, with different values: {values}")


def one_of(name: str, values: Sequence[Any]) -> Any:
    """The value of an option that is given once, or again with the same value. Raises Usage for another: none is the right one."""
    different = list(dict.fromkeys(values))
    if len(different) > 1:
        raise Usage("usage", TWICE.fill(name=name, values=", ".join(map(str, different))))
    return different[0]


class Option(click.Option):
    """An option that is explained in two languages; one that takes no several values is given once."""

    def __init__(self, *args: Any, words: L, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words

    @property
    def _single(self) -> bool:
        return not (self.multiple or self.is_flag or self.count)

    def add_to_parser(self, parser: Any, ctx: click.Context) -> None:
        """As click does, but every value is kept: click takes the last without a word."""
        if self._single:
            parser.add_option(obj=self, opts=self.opts, dest=self.name, action="append", nargs=self.nargs)
        else:
            super().add_to_parser(parser, ctx)

    def handle_parse_result(self, ctx: click.Context, opts: Any, args: list[str]) -> Any:
        """As click does, with the one value that was given."""
        values = opts.get(self.name) if self._single else None
        if values:
            one = values[-1] if ctx.resilient_parsing else one_of(max(self.opts, key=len), values)
            opts = {**opts, self.name: one}
        return super().handle_parse_result(ctx, opts, args)


class Argument(click.Argument):
    """An argument that is named in two languages."""

    def __init__(self, *args: Any, words: L, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words

    def make_metavar(self, ctx: click.Context) -> str:
        """Its name in the language of the call."""
        name = self.words[language_of(ctx)]
        return name if self.required else f"[{name}]"


class Number(click.ParamType[int]):
    """A whole number, at least `low`."""

    name = "number"

    def __init__(self, low: int = 0) -> None:
        self.low = low

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number that the text means."""
        text = str(value).strip()
        if re.fullmatch(r"-?\d{1,15}", text, re.ASCII) and int(text) >= self.low:
            return int(text)
        raise Usage("usage", L("{name}: {text} 应为整数, 至少 {low}", "{name}: {text} is no number from {low} on").fill(
            name=_named(param), text=text, low=self.low))  # fmt: skip


class OneOf(click.ParamType[str]):
    """One of a few words."""

    name = "word"

    def __init__(self, *words: str) -> None:
        self.words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, if it is one of them."""
        if value in self.words:
            return str(value)
        raise Usage("usage", L("{name}: {text} 应为 {words} 之一", "{name}: {text} should be one of {words}").fill(
            name=_named(param), text=value, words=L(", ".join(self.words), ", ".join(self.words))))  # fmt: skip

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The words."""
        return "|".join(self.words)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """The words that begin so."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(word) for word in self.words if word.startswith(incomplete)]


def _named(param: click.Parameter | None) -> str | L:
    if isinstance(param, Argument):
        return param.words
    return "" if param is None else max(param.opts, key=len)


def option(*decls: str, words: L, **attrs: Any) -> Callable[[Callback], Callback]:
    """Add an option to a verb."""
    return click.option(*decls, cls=Option, words=words, **attrs)


def argument(name: str, words: L, **attrs: Any) -> Callable[[Callback], Callback]:
    """Add an argument to a verb."""
    return click.argument(name, cls=Argument, words=words, **attrs)


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    desk: Desk | None = ctx.find_root().obj
    if desk is not None and value is not None and value is not False:
        options, name = desk.sources.options, str(param.name)
        options[name] = value if ctx.resilient_parsing else one_of(max(param.opts, key=len), [options.get(name, value), value])


def _common(*decls: str, words: L, **attrs: Any) -> Option:
    return Option(decls, words=words, expose_value=False, is_eager=True, callback=_keep, **attrs)


# fmt: off
COMMON: tuple[Option, ...] = (
    _common("--json", is_flag=True, words=L("输出 JSON", "print JSON")),
    _common("--csv", is_flag=True, words=L("输出 CSV", "print CSV")),
    _common("-o", "--output", metavar="F", words=L("写入 F.json, F.csv, F.xlsx", "write to F.json, F.csv, F.xlsx")),
    _common("--user", metavar="P", shell_complete=offering(people), words=L("以谁的名义(编号或姓名)", "who you are (id or name)")),
    _common("--dealership", metavar="N", words=L("哪家店", "which dealership")),
    _common("--db", metavar="URL", words=L("哪个数据库", "which database")),
    _common("--lang", type=OneOf("zh", "en"), words=L("语言", "language")),
    _common("--color", type=OneOf("auto", "always", "never"), words=L("颜色", "colour")),
    _common("--no-pager", is_flag=True, words=L("不分页", "never page")),
    _common("-v", "--verbose", is_flag=True, words=L("在屏幕上看运行日志", "show the operational log")),
)
WRITING: tuple[Option, ...] = (
    _common("--dry-run", is_flag=True, words=L("只检查, 不保存", "check everything, keep nothing")),
    _common("--key", metavar="K", words=L("同一 K 只办一次", "the same K is done once")),
    _common("--no-input", is_flag=True, words=L("什么都不问", "never ask")),
    _common("-y", "--yes", is_flag=True, words=L("确认的问题一律答是", "answer the question with yes")),
)
# fmt: on
ASKING = WRITING[2:]
IF_VERSION = _common("--if-version", type=Number(1), metavar="I", words=L("只在版本仍为 I 时", "only while the version is I"))
REVEAL = _common("--reveal", is_flag=True, words=L("不遮电话和证件号(留记录)", "unmask phones and ID numbers (recorded)"))


class Verb(click.Command):
    """A verb.

    Attributes:
        writes: else it only reads; versioned: it takes --if-version, because it goes at cases as they stand.
        replaces: it writes a file that somebody fills in or keeps, and asks before one goes that is there.
        reveals: it may show personal values; more: a second paragraph of help.
    """

    allow_extra_args = True

    def __init__(self, *args: Any, words: L, more: L | None = None, writes: bool = False, reveals: bool = False,
                 versioned: bool = False, replaces: bool = False, **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.words, self.more, self.writes = words, more, writes
        own = [*((REVEAL,) if reveals else ()), *((IF_VERSION,) if versioned else ())]
        self.params += [*own, *(WRITING if writes else ASKING if replaces else ()), *COMMON]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; what is left over is refused in words."""
        super().parse_args(ctx, [_DAYS_AGO.sub(MINUS + r"\1", arg) if _DAYS_AGO.fullmatch(arg) else arg for arg in args])
        if ctx.args and not ctx.resilient_parsing:
            extra = " ".join(ctx.args)
            raise Usage("usage", L("多了「{extra}」", "{extra}: too much").fill(extra=extra))
        return ctx.args

    def invoke(self, ctx: click.Context) -> Any:
        """Tell the desk what kind of verb it serves, then run it."""
        desk: Desk = ctx.find_root().obj
        desk.begins(ctx.command_path, writes=self.writes)
        if self.writes and "output" in desk.sources.options:
            from cuiban.commands.output import prove_target

            prove_target(desk)
        return super().invoke(ctx)

    def get_help(self, ctx: click.Context) -> str:
        """The help text in the language of the call."""
        from cuiban.commands.helping import help_of

        return help_of(self, ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The one-liner, for completion."""
        return self.words.en


class Family(click.Group):
    """Verbs under one name; called alone it runs the verb `alone`, or says which there are."""

    def __init__(self, *args: Any, words: L, alone: str | None = None, **kwargs: Any) -> None:
        kwargs |= {"invoke_without_command": True, "callback": _which_verb}
        super().__init__(*args, **kwargs)
        self.words, self.alone, self.more, self.writes = words, alone, None, False
        self.params += COMMON

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; where no verb is named, `alone` is meant."""
        asks_help = bool({"-h", "--help"} & set(args[:1]))
        if self.alone is not None and not asks_help and not (args and args[0] in self.commands):
            args = [self.alone, *args]
        return super().parse_args(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        """The help text in the language of the call."""
        from cuiban.commands.helping import help_of

        return help_of(self, ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The one-liner, for completion."""
        return self.words.en


@click.pass_context
def _which_verb(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        assert isinstance(ctx.command, Family)
        verbs = ", ".join(ctx.command.commands)
        raise Usage("usage", L("{name} 后要写明: {verbs}", "{name} what? one of: {verbs}").fill(
            name=ctx.command_path, verbs=verbs))  # fmt: skip


def verb(name: str, words: L | None = None, **attrs: Any) -> Callable[[Callback], click.Command]:
    """Make a function a verb; the words of a top-level one stand in table.py."""
    return click.command(name, cls=Verb, words=words or COMMANDS[name].words, **attrs)


def subverb(family: Family, name: str, words: L, **attrs: Any) -> Callable[[Callback], click.Command]:
    """Make a function a verb of `family`."""
    return family.command(name, cls=Verb, words=words, **attrs)


def family(name: str, alone: str | None = None) -> Family:
    """Make a family of verbs; its words stand in table.py."""
    return Family(name, words=COMMANDS[name].words, alone=alone)


__all__ = ["ALIASES", "COMMON", "MINUS", "Argument", "Family", "Number", "OneOf", "Option", "Verb"]
