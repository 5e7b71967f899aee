"""What a driver's error means, as a sentence for the person who reads it.

Must never enter: statements, connections.   Start at: trouble_of
"""

import re

from cuiban.engine.labels import L
from cuiban.errors import BadInput, Conflict, DatabaseTrouble

NOT_TEXT = "not_text"  # bytes where text should be; undecoded.py finds where


class Retry(Exception):
    """What was looked at has changed meanwhile, and nothing was written: the whole transaction again."""


def outcome_unknown() -> DatabaseTrouble:
    """The connection broke at COMMIT: it may have been kept, and nobody may simply do it again."""
    return DatabaseTrouble("outcome_unknown", L(
        "提交时连接断了: 先看看是否已办成", "the connection broke while it was kept: look whether it was done"
    ))  # fmt: skip


_SQLITE = {
    "locked": ("locked", L("数据库正忙(被别的程序锁住), 请稍后再试", "another program has locked the database; try again shortly")),
    "readonly": ("readonly", L("数据库是只读的, 没有写入", "the database is read-only; nothing was written")),
    "disk is full": ("full", L("磁盘已满, 没有写入", "the disk is full; nothing was written")),
    "not a database": ("foreign", L("这不是 Cuiban 的数据库", "this is not a database of Cuiban's")),
    "malformed": ("damaged", L("数据库文件已损坏, 请从备份恢复", "the database file is damaged; restore a backup")),
    "unable to open": ("absent", L("打不开数据库", "the database cannot be opened")),
    "disk i/o": ("io", L("磁盘读写出错, 没有写入", "the disk failed; nothing was written")),
    "could not decode": (NOT_TEXT, L("数据库里有不是文字的字节", "the database holds bytes that are no text")),
    "no such table": ("foreign", L("这不是 Cuiban 的数据库", "this is not a database of Cuiban's")),
}


OCCUPIED = L(
    "数据库正忙, 现在由进程 {by} 占着写入; 请稍后再试, 老是它就看它是否停住了: {shown}",
    "process {by} is writing to the database; try again shortly, and if it is always that one look whether it hangs: {shown}",
)


def trouble_of(error: Exception, shown: str) -> Exception:
    """The sentence for a driver's error; the error itself if it is none of a database."""
    import sqlite3

    if isinstance(error, UnicodeEncodeError) or "cannot contain NUL" in str(error):
        return BadInput("bad_input", L("文字里有不能存的字符", "the text holds signs that cannot be stored"))
    if isinstance(error, sqlite3.Error):
        return _sqlite_trouble(error, shown)
    if type(error).__module__.startswith("sqlalchemy"):
        cause = getattr(error, "orig", None)
        return trouble_of(cause, shown) if cause is not None else _unusable(shown, error)
    if type(error).__module__.startswith("psycopg"):
        return _postgresql_trouble(error, shown)
    return error


def _sqlite_trouble(error: Exception, shown: str) -> Exception:
    import sqlite3

    text = str(error).lower()
    if isinstance(error, sqlite3.IntegrityError):
        return Clash(text)
    if (by := getattr(error, "by", None)) is not None:
        return DatabaseTrouble("locked", OCCUPIED.fill(by=by, shown=shown))
    for part, (code, message) in _SQLITE.items():
        if part in text:
            return DatabaseTrouble(code, L(f"{message.zh}: {shown}", f"{message.en}: {shown}"))
    return _unusable(shown, error)


# A server that refuses the connection says so in words only.
_NO_DATABASE = re.compile(r'database ".*" does not exist', re.IGNORECASE)
_SAYS = re.compile(r".*(?:FATAL|failed): +(.+)")


def _why(error: Exception) -> str:
    """What the server or the network says of a connection that failed: its first line."""
    said = next(iter(str(error).splitlines()), "")
    found = _SAYS.match(said)
    return f" ({(found[1] if found else said)[:160]})" if said else ""


def _postgresql_trouble(error: Exception, shown: str) -> Exception:
    state = getattr(error, "sqlstate", None) or ""
    if state.startswith("23"):
        constraint = getattr(getattr(error, "diag", None), "constraint_name", "") or ""
        return Clash(f"{constraint} {error}".lower())
    if state in ("40001", "40P01"):
        return DatabaseTrouble("serialization", L("数据库太忙, 请稍后再试", "the database is too busy; try again shortly"))
    if state in ("55P03", "57014"):
        return DatabaseTrouble("locked", L("数据库正忙, 请稍后再试", "the database is busy; try again shortly"))
    if state in ("25006", "42501"):
        return DatabaseTrouble("readonly", L("数据库是只读的, 没有写入", "the database is read-only; nothing was written"))
    if state == "53100":
        return DatabaseTrouble("full", L("磁盘已满, 没有写入", "the disk is full; nothing was written"))
    if state in ("42P01", "3F000"):
        return DatabaseTrouble("foreign", L("这不是 Cuiban 的数据库", "this is not a database of Cuiban's"))
    if state == "3D000" or (not state and _NO_DATABASE.search(str(error))):
        return DatabaseTrouble("absent", L(
            f"没有数据库 {shown}; 先用 createdb 建一个空库, 再 cuiban init",
            f"there is no database {shown}; make an empty one with createdb, then run cuiban init",
        ))  # fmt: skip
    if state.startswith(("08", "57P")) or type(error).__name__ in ("OperationalError", "InterfaceError"):
        why = _why(error)
        return DatabaseTrouble("lost", L(f"连不上数据库 {shown}{why}", f"the database {shown} cannot be reached{why}"))
    return _unusable(shown, error)


def _unusable(shown: str, error: Exception) -> DatabaseTrouble:
    what = type(error).__name__
    return DatabaseTrouble("unusable", L(f"数据库用不了({what}): {shown}", f"the database cannot be used ({what}): {shown}"))


class Clash(Conflict):
    """A unique row is there already; the caller knows what that means."""

    def __init__(self, text: str) -> None:
        super().__init__("clash", L("别人先办了", "somebody was first"))
        self.text = text
