"""The usual way: `transitions` and SQLAlchemy's ORM, written as their manuals teach and as well as we can.

A row class with a version counter, a session a step, a JSON history row, a commit; indexes for the same lists. It has a role
check, a required value and a due, and none of the rest: no calendar, no chain, no blockers, no reference data.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

from sqlalchemy import JSON, DateTime, Engine, ForeignKey, Index, String, create_engine, event, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from transitions import Machine

STATES = ["drafted", "checked", "closed"]
TRANSITIONS: list[dict[str, Any]] = [
    {"trigger": "check", "source": "drafted", "dest": "checked", "conditions": ["is_clerk", "is_worth_it"]},
    {"trigger": "send_back", "source": "checked", "dest": "drafted", "conditions": ["is_manager"]},
    {"trigger": "close", "source": "checked", "dest": "closed", "conditions": ["is_manager"]},
]
NEXT = {"drafted": "role:clerk", "checked": "role:manager", "closed": None}
ROLES = {"wang": {"clerk"}, "zhou": {"manager"}}


class Base(DeclarativeBase):
    """The tables of the usual way."""


class Order(Base):
    """An order, and what its steps ask."""

    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(20), unique=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    version: Mapped[int] = mapped_column()
    part: Mapped[str] = mapped_column(String(60))
    amount: Mapped[int]
    kind: Mapped[str | None] = mapped_column(String(20))
    finding: Mapped[str | None] = mapped_column(String(20))
    holder: Mapped[str | None] = mapped_column(String(40))
    chaser: Mapped[str] = mapped_column(String(40))
    due: Mapped[datetime | None] = mapped_column(DateTime)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
    __table_args__ = (Index("held", holder, due), Index("chased", chaser, due))

    def is_clerk(self, actor: str, **_: object) -> bool:
        """The actor is a clerk."""
        return "clerk" in ROLES[actor]

    def is_manager(self, actor: str, **_: object) -> bool:
        """The actor is a manager."""
        return "manager" in ROLES[actor]

    def is_worth_it(self, fields: dict[str, Any], **_: object) -> bool:
        """Two at least."""
        return bool(fields["amount"] >= 2)


class History(Base):
    """What was done, as a JSON row."""

    __tablename__ = "history"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    at: Mapped[datetime] = mapped_column(DateTime, index=True)
    actor: Mapped[str] = mapped_column(String(40))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    __table_args__ = (Index("by_actor", actor, at),)


class Usual:
    """A database of the usual way.

    Args:
        url: SQLAlchemy's.
        cases: how many orders there are.
        durable: SQLite's synchronous FULL, else NORMAL; WAL in any case.
        shared: one machine serves all orders, each added for its step; else each gets its own, as the manual shows it.
    """

    def __init__(self, url: str, cases: int, *, durable: bool, shared: bool) -> None:
        self.engine = _engine(url, durable)
        self.sessions = sessionmaker(self.engine)
        self.machine = _machine(None, STATES[0]) if shared else None
        Base.metadata.create_all(self.engine)
        same = {"state": "drafted", "version": 1, "part": "前保险杠 左", "amount": 4, "chaser": "wang"}
        rows = [{"ref": f"DH-260302-{number:05}", **same} for number in range(cases)]
        with self.engine.begin() as connection:
            connection.execute(insert(Order), rows)

    def refs(self) -> list[str]:
        """The references of all orders."""
        with self.sessions() as session:
            return list(session.scalars(select(Order.ref).order_by(Order.id)))

    def steps(self, refs: Sequence[str], action: str, actor: str, fields: dict[str, Any], now: datetime) -> float:
        """Do `action` on each of `refs`, a session and a commit each; seconds a step."""
        start = perf_counter()
        for ref in refs:
            with self.sessions() as session:
                self._step(session, ref, action, actor, fields, now)
        return (perf_counter() - start) / len(refs)

    def _step(self, session: Session, ref: str, action: str, actor: str, fields: dict[str, Any], now: datetime) -> None:
        order = session.scalars(select(Order).where(Order.ref == ref)).one()
        before = order.state
        self._trigger(order, action, actor, fields)
        for name, value in fields.items():
            setattr(order, name, value)
        order.holder = NEXT[order.state]
        order.due = now.replace(tzinfo=None) + timedelta(days=1)
        details = {"action": action, "from": before, "to": order.state, "fields": fields}
        session.add(History(order_id=order.id, at=now.replace(tzinfo=None), actor=actor, details=details))
        session.commit()

    def _trigger(self, order: Order, action: str, actor: str, fields: dict[str, Any]) -> None:
        if self.machine is None:
            _machine(order, order.state)
        else:
            self.machine.add_model(order, initial=order.state)
        done = order.trigger(action, actor=actor, fields=fields)  # type: ignore[attr-defined]
        if self.machine is not None:
            self.machine.remove_model(order)
        if not done:
            raise RuntimeError("refused")

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def _machine(model: Order | None, initial: str) -> Machine:
    return Machine(model=model, states=STATES, transitions=TRANSITIONS, initial=initial, auto_transitions=False)


def _engine(url: str, durable: bool) -> Engine:
    engine = create_engine(url)
    if url.startswith("sqlite"):

        @event.listens_for(engine, "connect")
        def settings(raw: Any, _: object) -> None:
            raw.execute("PRAGMA journal_mode=WAL")
            raw.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")

    return engine
