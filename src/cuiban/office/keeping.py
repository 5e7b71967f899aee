"""Keeping the database: backup, restore, upgrade, doctor, the worker's round. What is kept is verified first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cuiban.address import of_file
from cuiban.engine.labels import L
from cuiban.errors import BadInput, VerificationFailed
from cuiban.store import backup as b
from cuiban.store.database import Database
from cuiban.store.doctor import Finding, examine, guarded
from cuiban.store.migrate import HEAD, empty, migrate, schema_of

if TYPE_CHECKING:
    from cuiban.office import Office


@dataclass(slots=True)
class Kept:
    """A backup that was written or put back: its SHA-256 and how many events it holds."""

    file: str
    sha256: str
    events: int


def backup(office: "Office", path: Path) -> Kept:
    """Write a backup of a database whose history holds. Raises VerificationFailed, naming what does not."""
    events: list[int] = []
    digest = b.write(office.database, path, lambda draft: events.append(_verified(draft)))
    return Kept(str(path), digest, events[0])


def restore(path: Path, url: str, *, dry_run: bool = False) -> Kept:
    """Put a backup back in the place of what is there. It is verified first.

    Raises:
        BadInput: it is no backup; VerificationFailed: its history does not hold.
        DatabaseTrouble, Refused: what is there may not be replaced (`backup.check_target`).
    """
    events = _verified(path)
    target = Database(url, create=not dry_run)
    if target.path is not None and target.path.exists() and path.samefile(target.path):
        raise BadInput("own_database", L("{path} 就是这个数据库", "{path} is that database itself").fill(path=path))
    kept = Kept(str(path), b.file_hash(path), events)
    source = b.check(path)
    try:
        if not dry_run:
            b.put_back(source, target)
        elif target.path is None or target.path.exists():
            b.check_target(target)
    finally:
        source.close()
        target.close()
    return kept


def _verified(path: Path) -> int:
    """How many events a backup holds; every case must be what its history says."""
    from cuiban.office import Office

    b.check(path).close()
    found, events = [], 0
    names = _dealerships(path)
    for name in names:
        with Office(of_file(path), name, readonly=True) as office:
            verdict = office.replay_all()
            found += verdict.unequal
            events += verdict.events
    if found:
        some = ", ".join(one.ref for one in found[:5])
        raise VerificationFailed("unequal", L(f"历史与库不符: {some}", f"history and database disagree: {some}"))
    return events


def _dealerships(path: Path) -> list[str]:
    from cuiban.store import sql

    database = Database(of_file(path), readonly=True)
    try:
        return [row[1] for row in database.connection().all(sql.DEALERSHIPS)]
    finally:
        database.close()


def upgrade(url: str, *, dry_run: bool = False) -> dict[str, Any]:
    """Bring an older schema up to date, after a backup beside it: {from, to, backup, warning}."""
    database = Database(url)
    try:
        version = schema_of(database)
        kept = None
        if version is None:
            raise empty(database)
        if version != HEAD and not dry_run:
            if database.path is not None:
                kept = database.path.with_name(f"{database.path.name}.before-{HEAD}")
                b.write(database, kept)
            migrate(database)
        return {"from": version, "to": HEAD, "backup": str(kept) if kept else None, "warning": unguarded(database)}
    finally:
        database.close()


def unguarded(database: Database) -> L | None:
    """That nothing keeps the history from being changed; None where it is guarded. Asked before what is there is copied."""
    with database.words():
        found = guarded(database)
    return None if found.ok else found.message


def doctor(office: "Office", now: datetime) -> list[Finding]:
    """Whether the ground is safe, and whether anybody keeps up with the duties."""
    from cuiban.office.duties import caught_up

    found = examine(office.database)
    last = caught_up(office)
    ok = last is not None and abs(now - last) < timedelta(days=3)  # in time to come: a clock was, or is, wrong
    said = f"{last.astimezone(office.zone):%Y-%m-%d %H:%M}" if last is not None else "-"
    found.append(Finding("caught_up", ok, L(f"例行事项最近一次补排: {said}", f"duties were last caught up with: {said}"),
                         None if ok else L("运行 cuiban todo 或 cuiban worker", "run cuiban todo or cuiban worker")))  # fmt: skip
    return found


def work(office: "Office", now: datetime) -> dict[str, Any]:
    """One round of the worker: {at, opened, notified}. Without a channel nothing is sent: rows stay in the outbox."""
    done = office.catch_up(now)
    return {"at": now, "opened": done.opened, "notified": 0}
