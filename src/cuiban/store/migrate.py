"""Making a database, bringing an old one up to date, and knowing one that is newer or somebody else's."""

from threading import Lock

from cuiban.engine.labels import L
from cuiban.errors import DatabaseTrouble
from cuiban.store.database import Connection, Database

HEAD = "0002"
KNOWN = ("0001", "0002")
_ALONE = Lock()  # Alembic keeps what it works on in a variable of its module
OLDER = L("数据库是旧版结构, 请运行 cuiban upgrade", "the database has an older schema; run cuiban upgrade")
FOREIGN = L("{url} 不是 Cuiban 的数据库", "{url} is not a database of Cuiban's")


def schema_of(database: Database) -> str | None:
    """The schema's version; None where there is nothing yet.

    Raises:
        DatabaseTrouble: it is newer than this program, or not a database of Cuiban's.
    """
    with database.words():
        connection = database.connection()
        if database.dialect == "sqlite":
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
        else:
            found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
            names = {row[0] for row in found.fetchall()}
        if not names:
            return None
        if "alembic_version" not in names or "events" not in names:
            raise _foreign(database)
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    version = str(row[0]) if row else ""
    if version not in KNOWN:
        newer = version.isdigit() and version > HEAD
        raise _newer(database, version) if newer else _foreign(database)
    return version


def require(database: Database) -> None:
    """Raise DatabaseTrouble unless the database is one that this program can use as it is."""
    with database.words():
        connection = database.connection()
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except Exception:
            connection.rollback()
            row = None
    if row is not None and row[0] == HEAD:
        return
    version = schema_of(database)
    if version is None:
        raise empty(database)
    if version != HEAD:
        raise DatabaseTrouble("older", OLDER)


def empty(database: Database) -> DatabaseTrouble:
    """The trouble of a database in which nothing is yet."""
    return DatabaseTrouble("empty", L(
        "数据库 {url} 是空的; 先运行 cuiban init 或 cuiban demo",
        "the database {url} is empty; run cuiban init or cuiban demo first",
    ).fill(url=database.shown))  # fmt: skip


def _foreign(database: Database) -> DatabaseTrouble:
    return DatabaseTrouble("foreign", FOREIGN.fill(url=database.shown))


def _newer(database: Database, version: str) -> DatabaseTrouble:
    return DatabaseTrouble("newer", L(
        "数据库结构 {v} 比本程序({head})新, 请升级程序",
        "the database's schema {v} is newer than this program ({head}); upgrade the program",
    ).fill(v=version, head=HEAD))  # fmt: skip


def create(database: Database) -> bool:
    """Make the tables of an empty database; False where they are there already."""
    if schema_of(database) is not None:
        return False
    migrate(database)
    return True


def migrate(database: Database) -> None:
    """Run every migration that is missing, in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "cuiban.store:migrations")
    with _ALONE, database.words(), database.engine.begin() as connection:
        # The drivers begin nothing by themselves here; with this the DDL is really inside.
        raw = connection.connection.driver_connection
        raw.execute("BEGIN IMMEDIATE" if database.dialect == "sqlite" else "BEGIN")
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)


def erase(database: Database) -> None:
    """Drop every table, with all that it holds: for a demo that is made anew."""
    from cuiban.store.registers import names_there
    from cuiban.store.schema import metadata

    names = [table.name for table in metadata.sorted_tables] + ["alembic_version"]

    def work(connection: Connection) -> None:
        for name in reversed(names_there(connection)):
            connection.execute(f'DROP TABLE "{name}"' + ("" if connection.is_sqlite else " CASCADE"))
        for name in names:
            connection.execute(f'DROP TABLE IF EXISTS "{name}"')
        if not connection.is_sqlite:
            found = connection.execute(
                "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
                " WHERE n.nspname = current_schema() AND p.proname LIKE '%\\_only\\_grows'"
            )
            for row in found.fetchall():
                connection.execute(f'DROP FUNCTION "{row[0]}"()')

    database.transact(work)
