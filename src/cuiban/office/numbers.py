"""Books of numbers without a gap: who used which, which are void and why; where a book begins. [D4]"""

import json
from typing import TYPE_CHECKING

from cuiban.engine.blockers import Blocker, blocker
from cuiban.engine.books import Book
from cuiban.engine.case import Event
from cuiban.engine.labels import L, Named
from cuiban.engine.roster import ADMINISTRATOR, AUDITOR
from cuiban.errors import NotFound, Refused
from cuiban.office.changing import Wish, append, settle
from cuiban.office.reference import administrators_only
from cuiban.office.views import BookStart, NumberRow
from cuiban.store import sql
from cuiban.store.troubles import Clash, Retry
from cuiban.store.types import instant, micros

if TYPE_CHECKING:
    from cuiban.office import Office
    from cuiban.office.world import World
    from cuiban.store.database import Connection

STREAM = "@numbers"


def numbers(office: "Office", book: str | None) -> list[NumberRow]:
    """The numbers of a book (None: of all), in order: {book, number, state, ref, at, by, reason}."""
    connection = office.store.database.connection()
    d = office.store.dealership
    books = [book] if book is not None else [row[0] for row in connection.all(sql.BOOKS, dealership=d)]
    if book is not None:
        _known(office, book)
    found: list[NumberRow] = []
    for name in books:
        for _, number, state, ref, seq, at, actor in connection.all(sql.NUMBERS, dealership=d, book=name):
            reason = _reason(connection, d, ref or STREAM, seq) if state == "void" else None
            found.append({
                "book": name, "number": number, "state": state, "ref": ref, "at": instant(at), "by": actor, "reason": reason,
            })  # fmt: skip
    return found


def _reason(connection: "Connection", dealership: int, ref: str, seq: int) -> str | None:
    rows = connection.all(sql.KEPT, dealership=dealership, ref=ref)
    return next((json.loads(value) for s, slot, value in rows if s == seq and slot == "reason"), None)


def _known(office: "Office", book: str) -> Book:
    if book not in office.registry.books:
        names = ", ".join(office.registry.books)
        raise NotFound("not_found", L(f"没有 {book} 这本号簿; 有: {names}", f"there is no book {book}; there are: {names}"))
    return office.registry.books[book]


def start(office: "Office", book: str, number: int, wish: Wish) -> BookStart:
    """A book begins with `number`; only before its first number was drawn."""
    digits = _known(office, book).digits
    if not 1 <= number < 10**digits:
        why = L(f"应为{digits}位以内的正整数", f"should have 1 to {digits} digits")
        _require([blocker("wrong_value", field=L("号码", "The number"), why=why)])

    def work(connection: "Connection") -> tuple[BookStart, Event]:
        world = office.world_in(connection)
        _require(_administrator(world, wish))
        d = office.store.dealership
        connection.run(sql.START_BOOK, {"dealership": d, "book": book, "next": 1})
        if connection.all(sql.NUMBERS, dealership=d, book=book):
            used = Blocker("book_begun", L(f"{book} 已有号码, 不能改起号", f"{book} has numbers already"), {"book": book})
            _require([used])
        connection.run(sql.SET_BOOK, {"dealership": d, "book": book, "new_next": number})
        event = append(office, connection, world, STREAM, "number_start", {"book": book, "number": number}, wish)
        return {"book": book, "number": number, "next": number}, event

    return settle(office, [STREAM, "number_start", book, number], wish, BookStart, work)


def void(office: "Office", book: str, number: int, wish: Wish) -> NumberRow:
    """The next number of a book is spoilt: void without use. Another number would leave a gap."""
    digits = _known(office, book).digits
    text = f"{number:0{digits}d}"

    def work(connection: "Connection") -> tuple[NumberRow, Event]:
        world = office.world_in(connection)
        d = office.store.dealership
        connection.run(sql.START_BOOK, {"dealership": d, "book": book, "next": 1})
        following = connection.one(sql.BOOK, dealership=d, book=book)[0]
        found = [*_may_void(world, _known(office, book), wish), *([] if wish.reason else [blocker("reason_missing")])]
        if number < following:
            drawn = [row[1] for row in connection.all(sql.NUMBERS, dealership=d, book=book)]
            found.append(_passed(Named(book, _known(office, book).label), text, drawn, following))
        elif number > following:
            skipped = L(f"下一号是 {following}, 不能跳号", f"the next number is {following}; none may be skipped")
            found.append(Blocker("not_next", skipped, {"next": following}))
        _require(found)
        event = append(office, connection, world, STREAM, "number_void", {"book": book, "number": text}, wish)
        given = {
            "dealership": d, "book": book, "number": text, "state": "void", "ref": None, "seq": event.seq,
            "at": micros(event.recorded_at), "actor": wish.actor,
        }  # fmt: skip
        try:
            connection.run(sql.NUMBER, given)
        except Clash as clash:
            raise Retry from clash
        connection.run(sql.SET_BOOK, {"dealership": d, "book": book, "new_next": number + 1})
        row: NumberRow = {
            "book": book, "number": text, "state": "void", "ref": None, "at": wish.now, "by": wish.actor, "reason": None,
        }  # fmt: skip
        return row, event

    return {**settle(office, [STREAM, "number_void", book, number], wish, NumberRow, work), "reason": wish.reason}


def _passed(book: Named, number: str, drawn: list[str], following: int) -> Blocker:
    """Why a number below the next one cannot be void: it was used, or the book begins after it."""
    if number in drawn:
        return blocker("number_used", book=book, number=number)
    return blocker("number_before", book=book, first=int(drawn[0]) if drawn else following)


def _administrator(world: "World", wish: Wish) -> list[Blocker]:
    return administrators_only(wish.actor, wish.now)(world)


def _may_void(world: "World", book: Book, wish: Wish) -> list[Blocker]:
    """Whoever has the book in hand: its keepers and their superiors; administrators."""
    roster, now = world.roster, wish.now
    if not world.roster.active(wish.actor, wish.now):
        return [blocker("not_active", actor=world.roster.named(wish.actor))]
    if (mine := roster.roles(wish.actor, now)) == {AUDITOR}:
        return [blocker("reads_only")]
    keepers = {one for role in book.keepers for one in roster.holders(role, now)}
    above = {roster.superior(one, n) for one in keepers for n in (1, 2)}
    if mine & {*book.keepers, ADMINISTRATOR} or wish.actor in above:
        return []
    who = [f"role:{role}" for role in book.keepers]
    return [blocker("not_allowed", who, who=[roster.named(one) for one in who], actor=roster.named(wish.actor))]


def _require(found: list[Blocker]) -> None:
    if found:
        raise Refused(L("不能这样改号簿", "the book cannot be changed so"), found)
