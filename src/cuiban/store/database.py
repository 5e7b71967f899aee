"""The database: where it is, how a connection is set up, how a transaction begins.

Everything that SQLite and PostgreSQL do differently at this level stands here; what their errors mean: troubles.py.
"""

import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from cuiban.address import masked
from cuiban.engine.labels import L
from cuiban.errors import CuibanError, DatabaseTrouble
from cuiban.store.statements import Statement, dialect_of
from cuiban.store.troubles import Clash, Retry, outcome_unknown, trouble_of
from cuiban.store.turns import NoRoom, Turn

T = TypeVar("T")
P = ParamSpec("P")
TRIES = 8
BUSY_MS = 30_000  # how long somebody else's writing is waited for
# The disk has no room for the memory that those share who have the file open, or for a page of it.
NO_ROOM = frozenset({"SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_SHMOPEN", "SQLITE_IOERR_SHMMAP", "SQLITE_IOERR_WRITE"})
ALONE = "locking_mode=EXCLUSIVE"  # whoever has the file alone, for as long as he reads, shares no memory
INHERITED: list[Any] = []  # what a forked process has of its parent's; never let go of: that would say goodbye in his name
CHECKPOINT_PAGES = 4000  # 16 MB of log before it is folded in: a page that many steps touch is then written once


class Connection:
    """A connection of the pool, with named statements. The driver's errors come out as sentences.

    Args:
        shown: the database as people may see it.
        turn: the place among those that write; None: the database itself queues them.
    """

    def __init__(self, fairy: Any, dialect: str, shown: str = "", turn: Turn | None = None) -> None:
        self.fairy, self.shown, self.turn = fairy, shown, turn
        self.raw = fairy.driver_connection
        self.dialect, self.engine = dialect_of(dialect), dialect
        self.is_sqlite = dialect == "sqlite"
        self._begin = "BEGIN IMMEDIATE" if self.is_sqlite else "BEGIN"
        self.execute = self.raw.execute
        self.reference_moved = False  # by the transaction that is open: what it reads of it may never be kept

    def run(self, statement: Statement, params: Any) -> Any:
        """Run a statement with its parameters (a mapping, or a row where it takes rows); the cursor."""
        made = statement.made.get(self.engine) or statement.prepared(self.dialect)
        try:
            return self.execute(made.text, made.arrange(params))
        except Exception as error:
            raise trouble_of(error, self.shown) from error

    def one(self, statement: Statement, **params: Any) -> Any:
        """The first row, or None."""
        return self.first(statement, params)

    def first(self, statement: Statement, params: Any) -> Any:
        """The first row, or None; parameters as `run` takes them."""
        made = statement.made.get(self.engine) or statement.prepared(self.dialect)
        try:
            return self.execute(made.text, made.arrange(params)).fetchone()
        except Exception as error:
            raise trouble_of(error, self.shown) from error

    def both(self, first: Statement, params: Any, second: Statement, others: Any) -> bool:
        """Run `first`, and if it touched a row `second`, in a transaction of their own (SQLite); whether it did."""
        one, other = first.prepared(self.dialect), second.prepared(self.dialect)
        execute, turn = self.execute, self.turn
        try:
            if turn is not None:
                turn.take()
            execute(self._begin)
            touched: bool = execute(one.text, one.arrange(params)).rowcount > 0
            if touched:
                execute(other.text, other.arrange(others))
            execute("COMMIT" if touched else "ROLLBACK")
            if turn is not None:
                turn.release()
        except BaseException as error:
            self.rollback()
            if isinstance(error, Exception):
                raise trouble_of(error, self.shown) from error
            raise
        return touched

    def all(self, statement: Statement, **params: Any) -> list[Any]:
        """All rows."""
        cursor = self.run(statement, params)
        try:
            return cursor.fetchall()  # type: ignore[no-any-return]
        except Exception as error:
            raise trouble_of(error, self.shown) from error

    def many(self, statement: Statement, rows: Sequence[Any]) -> int:
        """Run a statement once for each of `rows`, parameters as `run` takes them; how many rows it touched."""
        if not rows:
            return 0
        made = statement.prepared(self.dialect)
        cursor = self.raw.cursor()
        try:
            cursor.executemany(made.text, [made.arrange(row) for row in rows])
        except Exception as error:
            raise trouble_of(error, self.shown) from error
        return int(cursor.rowcount)

    @property
    def gone(self) -> bool:
        """Whether the server hung up."""
        return not self.is_sqlite and bool(self.raw.closed)

    @property
    def is_in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return bool(self.raw.in_transaction if self.is_sqlite else self.raw.info.transaction_status)

    def begin(self) -> None:
        """Begin a transaction that may write: on SQLite alone, so that no lock has to be raised later."""
        self.reference_moved = False
        try:
            if self.turn is not None:
                self.turn.take()
            self.execute(self._begin)
        except Exception as error:
            raise trouble_of(error, self.shown) from error

    def wait_at_most(self, seconds: float) -> None:
        """How long somebody else's writing is waited for."""
        milliseconds = int(seconds * 1000)
        self.execute(f"PRAGMA busy_timeout={milliseconds}" if self.is_sqlite else f"SET lock_timeout={milliseconds}")
        if self.turn is not None:
            self.turn.patience = seconds

    def commit(self) -> None:
        """What was written stays."""
        try:
            self.execute("COMMIT")
        except Exception as error:
            raise trouble_of(error, self.shown) from error
        self.reference_moved = False
        if self.turn is not None:
            self.turn.release()

    def rollback(self) -> None:
        """What was written was never there."""
        self.reference_moved = False
        if self.is_sqlite:
            if self.raw.in_transaction:
                self.execute("ROLLBACK")
            if self.turn is not None:
                self.turn.release()
        elif not self.raw.closed and not self.raw.broken:
            self.execute("ROLLBACK")


class _OfThread(threading.local):
    """What a thread has for itself."""

    connection: Connection | None = None


class Database:
    """A database of Cuiban's.

    Args:
        url: `sqlite:///path`, or `postgresql://..`.
        durable: SQLite's `synchronous=FULL` (what was answered survives a power cut); False: NORMAL.
        readonly: nothing is written.
        create: an absent SQLite file is made.
    Raises:
        DatabaseTrouble: it is not there, or cannot be used.
    """

    def __init__(self, url: str, *, durable: bool = True, readonly: bool = False, create: bool = False) -> None:
        from sqlalchemy.engine import make_url
        from sqlalchemy.exc import ArgumentError

        self._address = url
        try:
            self.url = make_url(url)
        except (ArgumentError, ValueError):
            raise DatabaseTrouble("bad_url", L("数据库地址读不懂", "the database URL cannot be read")) from None
        self.dialect = self.url.get_backend_name()
        if self.dialect not in ("sqlite", "postgresql"):
            raise DatabaseTrouble("bad_url", L("只支持 sqlite 和 postgresql", "only sqlite and postgresql are supported"))
        self.durable, self.readonly, self._create = durable, readonly, create
        self.full = False  # a disk that has no room is read from, and not written to
        self._local = _OfThread()
        self._taken: weakref.WeakSet[Connection] = weakref.WeakSet()  # by any thread; one that ended gives its own back
        self._engine: Any = None
        self._lock = threading.Lock()
        self._pid = os.getpid()

    @property
    def shown(self) -> str:
        """The URL as people may see it: no password."""
        return masked(self._address)

    @property
    def path(self) -> Path | None:
        """The SQLite file; None for PostgreSQL."""
        return Path(self.url.database or "") if self.dialect == "sqlite" else None

    @property
    def engine(self) -> Any:
        """SQLAlchemy's engine: pool and dialect."""
        with self._lock:
            if self._engine is None:
                self._engine = self._sqlite() if self.dialect == "sqlite" else self._postgresql()
            return self._engine

    def _sqlite(self) -> Any:
        import sqlite3
        from urllib.parse import quote

        from sqlalchemy import create_engine
        from sqlalchemy.pool import QueuePool

        path = self.path
        assert path is not None
        if not self._create and not path.exists():
            raise DatabaseTrouble("absent", L(
                "没有数据库 {path}; 先运行 cuiban init 或 cuiban demo",
                "there is no database {path}; run cuiban init or cuiban demo first",
            ).fill(path=path))  # fmt: skip
        mode = "ro" if self.readonly else ("rwc" if self._create else "rw")
        if mode == "rw" and not _may_write(path):
            self.readonly, mode = True, "ro"
            if not _may_write(path.parent) and not path.with_name(path.name + "-wal").exists():
                mode = "ro&immutable=1"  # nobody writes it: SQLite needs no files beside it, which it could not make

        def opened(pragmas: list[str]) -> sqlite3.Connection:
            raw = sqlite3.connect(
                f"file:{quote(str(path))}?mode={mode}", uri=True, isolation_level=None, timeout=BUSY_MS / 1000,
                check_same_thread=False, cached_statements=256,
            )  # fmt: skip
            try:
                for pragma in pragmas:
                    raw.execute(f"PRAGMA {pragma}")
            except sqlite3.Error:
                raw.close()
                raise
            return raw

        def connect() -> sqlite3.Connection:
            try:
                return opened(self.pragmas())
            except sqlite3.OperationalError as error:
                if mode != "rw" or error.sqlite_errorname not in NO_ROOM:
                    raise
                self.readonly = self.full = True
                return opened([ALONE, *self.pragmas()])

        return create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=8, max_overflow=64)

    def pragmas(self) -> list[str]:
        """The settings of every connection to SQLite."""
        pragmas = [f"busy_timeout={BUSY_MS}", "recursive_triggers=ON", "temp_store=MEMORY", "cache_size=-32768",
                   "foreign_keys=ON"]  # fmt: skip
        if self.readonly:
            return [*pragmas, "query_only=ON"]
        kept = f"synchronous={'FULL' if self.durable else 'NORMAL'}"
        return [*pragmas, "journal_mode=WAL", kept, f"wal_autocheckpoint={CHECKPOINT_PAGES}"]

    def _postgresql(self) -> Any:
        from sqlalchemy import create_engine

        options = f"-c statement_timeout=60000 -c lock_timeout={BUSY_MS} -c idle_in_transaction_session_timeout=60000"
        if self.readonly:
            options += " -c default_transaction_read_only=on"
        return create_engine(
            self.url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", pool_size=8, max_overflow=64,
            connect_args={"options": options, "connect_timeout": 10},
        )  # fmt: skip

    def connection(self) -> Connection:
        """This thread's connection, taken from the pool once and kept; a process that was forked off has its own."""
        self._mine()
        found = self._local.connection
        return self._connect() if found is None or found.gone else found

    def _connect(self) -> Connection:
        self.drop()
        with self.words():
            raw, path = self.engine.raw_connection(), self.path
            turn = None if path is None or self.readonly else Turn(path, BUSY_MS / 1000)
            turn = NoRoom(path) if path is not None and self.full else turn
            made = self._local.connection = Connection(raw, self.dialect, self.shown, turn)
        self._taken.add(made)
        return made

    def _mine(self) -> None:
        """In a process that was forked off: begin anew, for what was taken before is the parent's, who goes on talking there."""
        if self._pid == os.getpid():
            return
        INHERITED.append((self._engine, self._local.__dict__, list(self._taken)))
        self._pid, self._engine, self._local, self._taken = os.getpid(), None, _OfThread(), weakref.WeakSet()
        self._lock = threading.Lock()

    def drop(self) -> None:
        """Give up this thread's connection: it is broken."""
        found, self._local.connection = self._local.connection, None
        if found is not None:
            self._taken.discard(found)
            found.fairy.invalidate()

    def close(self) -> None:
        """Give every connection back, those of other threads too: nobody may be at work in one."""
        self._mine()
        self._local = _OfThread()
        for taken in list(self._taken):
            taken.rollback()
            taken.fairy.close()
        self._taken.clear()
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    @contextmanager
    def impatient(self, seconds: float) -> Iterator[None]:
        """Whoever keeps something locked is waited for so long and no longer."""
        connection = self.connection()
        with self.words():
            connection.wait_at_most(seconds)
        try:
            yield
        finally:
            if not connection.gone:
                connection.wait_at_most(BUSY_MS / 1000)

    def transact(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in one transaction. It is run again, from the start, where nothing can have been written.

        Raises:
            DatabaseTrouble: the database cannot be used.
            Whatever `work` raises: nothing of it is kept.
        """
        taken = False
        for turn in range(TRIES):
            try:
                return self.once(work)
            except Retry as retry:
                taken = isinstance(retry.__cause__, Clash)
            except DatabaseTrouble as trouble:
                if trouble.code == "lost":
                    self.drop()
                if trouble.code not in ("serialization", "lost") or turn == TRIES - 1:
                    raise
            time.sleep(0.002 * 2**turn * (1 + threading.get_ident() % 97 / 97))
        if taken:  # each time: no other's work, but a counter that was set back
            raise DatabaseTrouble("counter_set_back", L(
                "要给出的编号已被占用, 计数被改回过; 运行 cuiban replay --all 查明",
                "the next serial or number is taken: a counter was set back; cuiban replay --all says which",
            ))  # fmt: skip
        raise DatabaseTrouble("locked", L("数据库太忙, 请稍后再试", "the database is too busy; try again shortly"))

    def once(self, work: Callable[Concatenate[Connection, P], T], *given: P.args, **named: P.kwargs) -> T:
        """Run `work` with the connection and what is `given` in one transaction, once."""
        connection = self.connection()
        try:
            connection.begin()
            done = work(connection, *given, **named)
        except BaseException:
            connection.rollback()
            raise
        try:
            connection.commit()
        except DatabaseTrouble as trouble:
            if trouble.code == "lost":
                self.drop()
                raise outcome_unknown() from trouble
            connection.rollback()
            raise
        return done

    @contextmanager
    def moment(self) -> Iterator[Connection]:
        """Read everything as of one moment, whatever others write meanwhile; this thread writes nothing."""
        connection = self.connection()
        with self.words():
            connection.execute("BEGIN" if connection.is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def words(self) -> Iterator[None]:
        """Turn the driver's errors into sentences."""
        try:
            yield
        except (CuibanError, Retry):
            raise
        except Exception as error:
            raise trouble_of(error, self.shown) from error


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
