"""cuiban numbers: the books of numbers without a gap. [cli.md 5]"""

from typing import TYPE_CHECKING

import click

from cuiban.commands.columns import aligned
from cuiban.commands.desk import Desk
from cuiban.commands.naming import named
from cuiban.commands.options import REASON
from cuiban.commands.output import answer
from cuiban.commands.verbs import Number, argument, family, subverb
from cuiban.commands.words import short
from cuiban.engine.labels import L

if TYPE_CHECKING:
    from cuiban.office.views import NumberRow

numbers_verb = family("numbers", alone="list")
STATES = {"used": L("已用", "used"), "void": L("作废", "void")}
NONE = L("还没有用过号码", "no number was used yet")
STARTS = L("{book} 从 {number} 号开始", "{book} begins with {number}")
FOR_GOOD = L("作废的号码不能恢复, 也不会再用", "a void number stays void and is never drawn again")
BOOK, NUMBER = L("号簿", "BOOK"), L("号码", "N")


def book_named(desk: Desk, text: str) -> str:
    """The id of a book, named by id or label."""
    books = desk.office.registry.books
    return named(text, {name: book.label for name, book in books.items()}, L("号簿", "book"))


def book_label(desk: Desk, name: str) -> str:
    """What a book is called."""
    book = desk.office.registry.books.get(name)
    return name if book is None else desk.say(book.label)


@subverb(numbers_verb, "list", L("用到哪一号, 最近的在前", "the numbers used and void, the last first"))
@argument("book", BOOK, required=False)
@click.pass_obj
def list_verb(desk: Desk, book: str | None) -> None:
    """The numbers of BOOK, or of every book, the last first: it is the one that is looked for."""
    rows = desk.office.numbers(book_named(desk, book) if book else None)[::-1]
    answer(desk, rows, lambda: lines(desk, rows) or [desk.say(NONE)], long=True)


@subverb(numbers_verb, "start", L("从哪一号开始", "with which number a book begins"), writes=True)
@argument("book", BOOK)
@argument("number", NUMBER, type=Number(1))
@REASON
@click.pass_obj
def start_verb(desk: Desk, book: str, number: int, reason: str | None) -> None:
    """BOOK begins with number N."""
    said = desk.office.number_start(book_named(desk, book), number, reason=reason, **desk.change)
    answer(desk, said, lambda: [STARTS.fill(book=book_label(desk, said["book"]), number=said["number"])[desk.lang]])


@subverb(numbers_verb, "void", L("作废下一号", "the next number is spoilt"), writes=True)
@argument("book", BOOK)
@argument("number", NUMBER, type=Number(1))
@REASON
@click.pass_obj
def void_verb(desk: Desk, book: str, number: int, reason: str | None) -> None:
    """Number N of BOOK is void without use."""
    row = desk.office.number_void(book_named(desk, book), number, reason=reason or "", **desk.change)
    answer(desk, [row], lambda: lines(desk, [row]))
    desk.hint(FOR_GOOD)


def lines(desk: Desk, rows: "list[NumberRow]") -> list[str]:
    """Numbers as lines."""
    return aligned([
        [book_label(desk, row["book"]), row["number"], desk.say(STATES[row["state"]]), row["ref"] or "-",
         short(row["at"], desk.zone, desk.today), desk.called(row["by"]), row["reason"] or ""]
        for row in rows
    ])  # fmt: skip
