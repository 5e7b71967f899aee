"""Whether the ground is safe: what a database's settings, place and versions promise, and what not. [R13]"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cuiban.engine.labels import L
from cuiban.store.database import Database

LEAST_FREE = 200 * 1024 * 1024
NEWER_SQLITE = L(
    "升级到 SQLite 3.51.3, 3.50.7 或 3.44.6; 罕见, 多进程同时写时可能丢提交",
    "upgrade to SQLite 3.51.3, 3.50.7 or 3.44.6; rare: several writing processes may lose a commit",
)
LOCAL_DISK = L("移到本机磁盘, 多机共用请用 PostgreSQL", "move it to a local disk; use PostgreSQL for several machines")
OTHER_OWNER = L(
    "表归管理账号, 程序账号只给 SELECT, INSERT, UPDATE", "let another role own the tables; grant SELECT, INSERT, UPDATE"
)
REPLAY_ALL = L(
    "查明是谁删的; cuiban replay --all 核对, 再从备份恢复",
    "find out who removed them; cuiban replay --all compares; then restore a backup",
)
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "glusterfs", "ceph"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what it is, whether it is well, what to do if not."""

    check: str
    ok: bool
    message: L
    fix: L | None = None


# What keeps the history growing, by database; a tampered one may lack it (migrations/0001_first.py).
GUARDS = {
    "sqlite": [f"{table}_no_{act}" for table in ("events", "definitions") for act in ("update", "delete", "replace")],
    "postgresql": [f"{table}_no_{act}" for table in ("events", "definitions") for act in ("change", "truncate")],
}


def examine(database: Database) -> list[Finding]:
    """Look at everything that can make an answered step unsafe."""
    with database.words():
        found = _sqlite(database) if database.dialect == "sqlite" else _postgresql(database)
        return [*found, guarded(database)]


def guarded(database: Database) -> Finding:
    """Whether the triggers are there, and at work, that let events and definitions only be added."""
    connection = database.connection()
    if connection.is_sqlite:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE%'").fetchall()
    else:
        rows = connection.execute(
            "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = current_schema() AND t.tgenabled = 'A'"
        ).fetchall()
    lacking = ", ".join(sorted({*GUARDS[database.dialect]} - {row[0] for row in rows}))
    if not lacking:
        return Finding("triggers", True, L("记录只增不改(触发器)", "the history only grows (triggers)"))
    return Finding("triggers", False, L(
        "缺少触发器, 记录可被改动: {lacking}", "triggers are missing, the history can be changed: {lacking}"
    ).fill(lacking=lacking), REPLAY_ALL)  # fmt: skip


def _sqlite(database: Database) -> list[Finding]:
    import sqlite3

    connection = database.connection()

    def pragma(name: str) -> Any:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]

    path = database.path or Path()
    found = [
        _is("integrity", pragma("quick_check") == "ok", L("数据库文件", "the database file"),
            L("从备份恢复: cuiban restore F", "restore a backup: cuiban restore F")),
        _is("journal", pragma("journal_mode") == "wal", L("预写日志(WAL)", "the write-ahead log (WAL)"),
            L("放在本机磁盘上, 重新打开", "put it on a local disk and open it again")),
        _is("synchronous", pragma("synchronous") >= 2, L("断电时已答复的事(synchronous)", "what a power cut leaves (synchronous)"),
            L("配置里去掉 durable = false", "remove durable = false from the configuration")),
        _is("wal_reset_bug", _fixed(sqlite3.sqlite_version_info), L(
            f"SQLite {sqlite3.sqlite_version} 的 WAL 复位缺陷", f"the WAL-reset bug in SQLite {sqlite3.sqlite_version}"),
            NEWER_SQLITE),
    ]  # fmt: skip
    kind = filesystem_of(path)
    found.append(_is("local_disk", kind not in NETWORK, L(f"数据库所在的磁盘({kind})", f"the disk of the database ({kind})"),
                     LOCAL_DISK))  # fmt: skip
    free = shutil.disk_usage(path.parent).free
    found.append(_is("space", free > LEAST_FREE, L(f"磁盘还有 {free >> 20} MiB", f"{free >> 20} MiB are free"),
                     L("清理磁盘", "free some space")))  # fmt: skip
    mode = os.stat(path).st_mode & 0o077
    found.append(_is("permissions", not mode & 0o022, L("数据库文件的权限", "who may write the file"),
                     L(f"chmod go-w {path}", f"chmod go-w {path}")))  # fmt: skip
    return found


def _fixed(version: tuple[int, ...]) -> bool:
    """Whether the WAL-reset bug (3.7.0 to 3.51.2) is fixed in this SQLite."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def filesystem_of(path: Path) -> str:
    """The kind of file system that a path lies on, where the system tells; else `unknown`."""
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
    except OSError:
        return "unknown"
    real = str(path.resolve())
    over = [m for m in mounts if real == m[1] or real.startswith(m[1].rstrip("/") + "/")]
    best = max(over, key=lambda m: len(m[1]), default=None)
    return best[2] if best is not None else "unknown"


def _postgresql(database: Database) -> list[Finding]:
    connection = database.connection()

    def show(name: str) -> Any:
        return connection.execute(f"SHOW {name}").fetchone()[0]

    owner = connection.execute(
        "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tableowner = current_user"
    ).fetchone()[0]
    power = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()[0]
    return [
        _is("fsync", show("fsync") == "on", L("fsync", "fsync"), L("postgresql.conf: fsync = on", "postgresql.conf: fsync = on")),
        _is("synchronous_commit", show("synchronous_commit") != "off",
            L("提交即落盘(synchronous_commit)", "commits on disk (synchronous_commit)"),
            L("synchronous_commit = on", "synchronous_commit = on")),
        _is("full_page_writes", show("full_page_writes") == "on", L("整页写", "full_page_writes"),
            L("full_page_writes = on", "full_page_writes = on")),
        _is("owner", owner == 0, L("表归谁", "who owns the tables"),
            OTHER_OWNER),
        _is("superuser", not power, L("程序账号的权限", "the program's role"),
            L("换一个普通账号", "use an ordinary role")),
    ]  # fmt: skip


def _is(check: str, ok: bool, message: L, fix: L) -> Finding:
    return Finding(check, ok, message, None if ok else fix)
