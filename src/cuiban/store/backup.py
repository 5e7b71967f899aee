"""A backup is one SQLite file, whatever the database: taken while others write, readable without a server, put back into either.

The database file itself is never opened, hashed or copied by hand: SQLite's locks would vanish (docs/operator.md).
"""

import glob
import os
import shutil
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from cuiban.address import of_file
from cuiban.engine.labels import L
from cuiban.errors import BadInput, DatabaseTrouble, Refused
from cuiban.store.database import Connection, Database
from cuiban.store.migrate import HEAD, create, schema_of
from cuiban.store.registers import columns_there, in_any_order, names_there
from cuiban.store.schema import metadata

CHUNK = 1000
LEFT_BEHIND = 24 * 3600  # seconds after which nobody is at work on a draft any more


def write(database: Database, path: Path, prove: Callable[[Path], None] = lambda draft: None) -> str:
    """Write a backup to `path`, whole or not at all; its SHA-256.

    Args:
        prove: looks at the file before it takes its place; what it raises leaves the place as it was.
    Raises:
        BadInput: the place cannot be written, is no place for a file, or is the database itself.
    """
    if not path.name:
        raise BadInput("no_name", L("没有文件名", "the file has no name"))
    folder = None
    try:
        _check_place(database, path)
        folder = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))  # its own: others may write one meanwhile
        _sweep(folder, path)
        beside = folder / path.name
        if database.dialect == "sqlite":
            beside.touch()  # VACUUM INTO takes an empty file, and says less well that it cannot make one
            _vacuum(database, beside)
        else:
            _copy_out(database, beside)
        prove(beside)
        digest = file_hash(beside)
        os.replace(beside, path)
    except OSError as error:
        raise BadInput("unwritable", L(f"写不了 {path}", f"{path} cannot be written")) from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
    return digest


def _vacuum(database: Database, path: Path) -> None:
    """Copy a SQLite database as of one moment; one that is only read, for its disk is full, may need that most."""
    execute = database.connection().execute
    with database.words():
        execute("PRAGMA query_only=OFF")  # or SQLite takes the copy for a write into the source
        try:
            execute("VACUUM INTO ?", (str(path),))
        finally:
            execute(f"PRAGMA query_only={'ON' if database.readonly else 'OFF'}")


def _sweep(folder: Path, path: Path) -> None:
    """Remove what backups left behind that were killed a day ago or earlier."""
    began = folder.stat().st_mtime
    for older in path.parent.glob(f".{glob.escape(path.name)}-*"):
        if older.is_dir() and began - older.stat().st_mtime > LEFT_BEHIND and {one.name for one in older.iterdir()} <= {path.name}:
            shutil.rmtree(older, ignore_errors=True)


def _check_place(database: Database, path: Path) -> None:
    """Raise BadInput where a move would put a file in the place of a device, a pipe, or of the database that is open."""
    if path.exists() and not path.is_file():
        raise BadInput("not_a_file", L(f"{path} 不是普通文件", f"{path} is not an ordinary file"))
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise BadInput("unwritable", L(f"写不进 {path.parent}", f"nothing can be written in {path.parent}"))
    if database.path is not None and path.exists() and path.samefile(database.path):
        raise BadInput("own_database", L(f"{path} 就是正在用的数据库", f"{path} is the database that is in use"))


def _copy_out(database: Database, path: Path) -> None:
    """Copy every table, as of one moment, into a new SQLite file."""
    target = Database(of_file(path), create=True, durable=False)
    try:
        create(target)
        with database.moment() as source:
            _copy_tables(source, target)
    finally:
        target.close()
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def _copy_tables(source: Connection, target: Database) -> None:
    def work(there: Connection) -> None:
        in_any_order(there)
        for table in metadata.sorted_tables:
            _copy_table(source, there, table.name, {c.name: c.type.python_type is bool for c in table.columns})
        for name in names_there(source):
            _copy_table(source, there, name, columns_there(source, name))

    target.transact(work)
    if target.dialect == "sqlite":
        target.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _copy_table(source: Connection, target: Connection, table: str, columns: dict[str, bool]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    mark = "?" if target.is_sqlite else "%s"
    insert = f'INSERT INTO "{table}" ({names}) VALUES ({", ".join([mark] * len(columns))})'
    booleans = [i for i, is_boolean in enumerate(columns.values()) if is_boolean]
    cursor = source.raw.cursor()
    cursor.execute(f'SELECT {names} FROM "{table}"')
    while rows := cursor.fetchmany(CHUNK):
        fitting = [_fitting(row, booleans) for row in rows] if booleans else rows
        target.raw.cursor().executemany(insert, fitting)


def _fitting(row: Any, booleans: list[int]) -> list[Any]:
    """A row whose truth values both databases take."""
    return [bool(value) if i in booleans and value is not None else value for i, value in enumerate(row)]


def check(path: Path) -> Database:
    """A backup, opened for reading. Raises BadInput if it is none, DatabaseTrouble if it is of a newer schema."""
    if not path.is_file():
        raise BadInput("no_such_file", L(f"没有文件 {path}", f"there is no file {path}"))
    backup = Database(of_file(path), readonly=True)
    try:
        version = schema_of(backup)
        ok = backup.connection().execute("PRAGMA integrity_check").fetchone()[0] == "ok" if version else False
    except DatabaseTrouble as trouble:
        backup.close()
        if trouble.code == "newer":
            raise
        raise BadInput("not_a_backup", L(f"{path} 不是 Cuiban 的备份", f"{path} is not a backup of Cuiban's")) from trouble
    if not ok:
        backup.close()
        raise BadInput("damaged_backup", L(f"备份 {path} 已损坏", f"the backup {path} is damaged"))
    if version != HEAD:
        backup.close()
        raise BadInput("older_backup", L(f"备份 {path} 是旧版结构", f"the backup {path} has an older schema"))
    return backup


def check_target(database: Database) -> None:
    """See that a backup may take the place of what `database` holds.

    Raises:
        DatabaseTrouble: it is another program's, of a newer schema, or damaged.
        Refused: a PostgreSQL database that is not empty is not overwritten.
    """
    try:
        version = schema_of(database)
    except DatabaseTrouble as trouble:
        if trouble.code != "damaged":
            raise
        raise DatabaseTrouble("damaged", L(
            "{url} 已损坏, 先把它移走, 再恢复", "{url} is damaged; move it away first, then restore"
        ).fill(url=database.shown)) from trouble  # fmt: skip
    if database.dialect == "sqlite" or version is None:
        return
    with database.words():
        if database.connection().execute("SELECT 1 FROM dealerships LIMIT 1").fetchone() is not None:
            raise Refused(L("数据库不是空的, 请换一个空库恢复", "the database is not empty; restore into an empty one"), [])


def put_back(backup: Database, database: Database) -> None:
    """Put a checked backup in the place of what `database` holds; raises as `check_target` does."""
    check_target(database)
    if database.dialect == "sqlite":
        with database.words():
            backup.connection().raw.backup(database.connection().raw)
            database.connection().execute("PRAGMA journal_mode=WAL")
        return
    create(database)
    with database.words(), backup.moment() as source:
        _copy_tables(source, database)


def file_hash(path: Path) -> str:
    """The SHA-256 of a file that nobody is connected to."""
    digest = sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
