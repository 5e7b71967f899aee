"""One change of reference data: one transaction, judged, written, answered, or only tried.

Must never enter: what may be changed and by whom (reference.py, numbers.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

from cuiban.engine import reference
from cuiban.engine.blockers import Blocker
from cuiban.engine.case import Event, event_hash, event_text
from cuiban.engine.decision import Decision, keep
from cuiban.engine.labels import L
from cuiban.engine.plan import Sealed
from cuiban.errors import Refused
from cuiban.office import keys
from cuiban.store import sql
from cuiban.store.types import maybe_instant, micros

if TYPE_CHECKING:
    from cuiban.office import Office
    from cuiban.office.world import World
    from cuiban.store.database import Connection

T = TypeVar("T")
Fields = dict[str, Any]
Judge = Callable[["World"], list[Blocker]]
Answer = Callable[["Connection", "World"], T]
"""What is answered, read in the transaction, from the world as the change left it."""


@dataclass(slots=True)
class Wish:
    """A wish to change reference data; `at` from when it holds, `now` when it was entered (UTC).

    Attributes:
        dry_run: do it, answer, and keep nothing.
        key: the same key again returns the first answer.
    """

    actor: str
    now: datetime
    at: datetime
    reason: str | None = None
    via: str | None = None
    dry_run: bool = False
    key: str | None = None


class _Tried(Exception):
    """It was only tried: the transaction ends with nothing kept."""

    def __init__(self, answer: object) -> None:
        self.answer = answer


def change(office: "Office", stream: str, action: str, fields: Fields, wish: Wish, judge: Judge, kind: type[T], answer: Answer[T],
           more: Callable[["World"], Fields] | None = None) -> T:  # fmt: skip
    """Append one event to `stream` if `judge` finds nothing against it.

    What somebody else changes at the same moment is waited for, and judged by.

    Args:
        fields: what the event says; `more`: what else it says, seeing the world that it changes.
        kind: of the answer, which holds no free text: it is kept under the wish's key.
    Raises:
        Refused: with every blocker.
    """

    def work(connection: "Connection") -> tuple[T, Event]:
        world = office.world_in(connection)
        refuse(judge(world))
        event = append(office, connection, world, stream, action, {**fields, **(more(world) if more else {})}, wish)
        if stream in COME_ROUND:
            look_again(office, connection)
        return answer(connection, office.world_in(connection)), event

    return settle(office, [stream, action, fields], wish, kind, work)


def refuse(found: list[Blocker]) -> None:
    """Raise Refused if anything was found."""
    if found:
        raise Refused(L("不能这样改", "this cannot be changed so"), found)


def settle(office: "Office", asked: list[Any], wish: Wish, kind: type[T], work: Callable[["Connection"], tuple[T, Event | None]]
           ) -> T:  # fmt: skip
    """Do `work`, which gives an answer and the event behind it, in one transaction, once under the wish's key.

    Args:
        asked: what the wish asks for, beside actor and reason.
    """
    content = ascii([*asked, wish.actor, wish.reason]).encode()

    def once(connection: "Connection") -> T:
        if wish.key is not None and (before := keys.recall(office, connection, wish.key, content, kind)) is not None:
            return before
        answer, event = work(connection)
        if wish.key is not None and event is not None:
            keys.keep(office, connection, wish.key, content, event.ref, event.seq, answer, wish.now)
        if wish.dry_run:
            raise _Tried(answer)
        return answer

    try:
        return office.store.transact(once)
    except _Tried as tried:
        return cast("T", tried.answer)


# What of these is changed may bring duties that should have come onto the lists today.
COME_ROUND = ("@calendar", "@duties", "@settings")


def look_again(office: "Office", connection: "Connection") -> None:
    """Let the next catch-up go over the whole day once more."""
    row = connection.one(sql.CAUGHT_UP, dealership=office.store.dealership)
    last = maybe_instant(row[0])
    if last is not None:
        midnight = last.astimezone(office.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        connection.run(sql.SET_CAUGHT_UP, {"dealership": office.store.dealership, "at": micros(midnight) - 1})


def append(office: "Office", connection: "Connection", world: "World", stream: str, action: str, fields: Fields,
           wish: Wish) -> Event:  # fmt: skip
    """Append an event that was judged already, in the transaction that is open."""
    version, head, text = world.streams.get(stream, (0, "", None))
    data = reference.read(stream, text) if text is not None else reference.empty(stream)
    decision = Decision(action, {})
    if wish.reason:
        decision.changes["reason"] = keep(decision, "reason", wish.reason, office.facts(world))
    if wish.key is not None:
        decision.changes["command"] = keys.key_hash(wish.key)
    last = office.store.last_event(stream)
    entered = wish.now if last is None else max(wish.now, last.recorded_at)  # a clock may go back, history does not
    event = Event(
        ref=stream, seq=version + 1, action=action, at=wish.at, recorded_at=entered, by=wish.actor, prev=head,
        via=wish.via, fields={k: v for k, v in fields.items() if v is not None}, **decision.changes,
    )  # fmt: skip
    text_bytes = event_text(event)
    sealed = Sealed(event, text_bytes, event_hash(text_bytes))
    after = reference.text_of(reference.apply(stream, data, event))
    office.store.change_reference(connection, sealed, after, [(event.seq, kept) for kept in decision.kept])
    return event
