"""What TAB offers: cases, their actions, processes, people, papers. [cli.md 1, Looks]

Belongs here: candidates.   Must never enter: complaints; where nothing can be looked up, nothing is offered.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from cuiban.commands.desk import Desk

Offer = tuple[str, str]  # the word, and what it means
Offers = Callable[["Desk", click.Context], Iterable[Offer]]
MOST = 50


def offering(*sources: Offers) -> Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]:
    """A completion that offers what the sources give and what begins as the word does."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        desk: Desk | None = ctx.find_root().obj
        if desk is None:
            return []
        try:
            found = [offer for source in sources for offer in source(desk, ctx) if offer[0].startswith(incomplete)]
        except Exception:  # a completion never complains
            return []
        return [CompletionItem(word, help=meaning) for word, meaning in found[:MOST]]

    return complete


def cases(desk: "Desk", ctx: click.Context) -> Iterator[Offer]:
    """What stands on the list of who asks."""
    for item in desk.office.todo(actor=desk.person, now=desk.now):
        yield item.ref, desk.say(item.title)


def actions(desk: "Desk", ctx: click.Context) -> Iterator[Offer]:
    """What may be done with the case that was typed first."""
    from cuiban.commands.naming import case_named

    words = _typed(ctx)
    if words:
        shown = desk.office.show(case_named(desk, words[0]).ref, actor=desk.person, now=desk.now)
        for action in shown.actions:
            yield action.name, desk.say(action.label)
            yield action.label.zh, action.name


def _typed(ctx: click.Context) -> list[str]:
    typed: list[Any] = [value for value in (ctx.params.get("words"), ctx.params.get("case")) if value]
    return [str(word) for value in typed for word in (value if isinstance(value, tuple) else (value,))]


def processes(desk: "Desk", ctx: click.Context) -> Iterator[Offer]:
    """The declared processes."""
    for name, process in desk.office.processes.items():
        yield name, process.label.zh
        yield process.label.zh, name


def people(desk: "Desk", ctx: click.Context) -> Iterator[Offer]:
    """Everybody who works here."""
    for member in desk.office.users(desk.now):
        if member.active:
            yield member.id, member.name
            yield member.name, member.id


def roles(desk: "Desk", ctx: click.Context) -> Iterator[Offer]:
    """The roles of the house."""
    for role, label in desk.office.registry.roles.items():
        yield role, label.zh
