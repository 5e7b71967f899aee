"""What stands in a database before an office is opened on it: nothing, demos, somebody's work; how a demo gives way.

Must never enter: what a demo holds (demo).
"""

from pathlib import Path

from cuiban.engine.blockers import Blocker
from cuiban.engine.labels import L
from cuiban.errors import DatabaseTrouble, Refused
from cuiban.store import backup, sql
from cuiban.store.database import Database
from cuiban.store.migrate import erase, schema_of


def demo_in(url: str) -> str | None:
    """The marker of the demo that a database holds; None where there is nothing yet.

    Raises:
        Refused: it holds something else than a demo.
        DatabaseTrouble: it is newer, or cannot be used.
    """
    database = Database(url)
    if database.path is not None and not database.path.exists():
        return None
    try:
        if schema_of(database) is None:
            return None
        markers = [row[6] for row in database.connection().all(sql.DEALERSHIPS)]
    except DatabaseTrouble as trouble:
        if trouble.code != "foreign":
            raise
        markers = [None]
    finally:
        database.close()
    if None in markers:
        raise _not_a_demo(database)
    return markers[0] if markers else None


def _not_a_demo(database: Database) -> Refused:
    message = L(
        "{url} 里不是演示数据, 未改动; 用 --db 另指一个", "{url} holds no demo; nothing was changed. Name another with --db"
    ).fill(url=database.shown)  # fmt: skip
    return Refused(message, [Blocker("not_a_demo", message)])


def replace_demo(path: Path, url: str) -> None:
    """The finished SQLite file `path` takes the place of a demo, or of nothing.

    On SQLite at once; on PostgreSQL what is there goes first, the new comes whole.

    Raises:
        Refused: something else than a demo is there.
    """
    demo_in(url)
    source, target = backup.check(path), Database(url, create=True)
    try:
        if target.path is not None:
            target.path.parent.mkdir(parents=True, exist_ok=True)
        else:
            erase(target)
        backup.put_back(source, target)
    finally:
        source.close()
        target.close()


__all__ = ["demo_in", "replace_demo"]
