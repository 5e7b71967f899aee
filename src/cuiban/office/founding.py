"""Making a database and the first dealership in it, with its first administrator."""

from collections.abc import Callable
from datetime import datetime
from types import ModuleType
from typing import NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cuiban.engine.labels import L
from cuiban.engine.roster import ADMINISTRATOR
from cuiban.errors import Usage
from cuiban.office.door import DEALERSHIP, NAME, fit_for_person, text
from cuiban.store import sql
from cuiban.store.database import Database
from cuiban.store.migrate import create, schema_of
from cuiban.store.types import micros


def found(
    url: str, dealership: str, admin: str, admin_name: str | None, zone: str, lang: str, sandbox: bool, demo: str | None,
    chance: Callable[[], bytes], via: str | None, modules: list[ModuleType] | None, now: datetime, dry_run: bool = False,
) -> bool:  # fmt: skip
    """Make what is missing: tables, dealership, administrator; whether anything was."""
    dealership = text(DEALERSHIP, dealership) or _no_name()
    fit_for_person(admin)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise Usage("usage", L(f"没有时区 {zone}", f"there is no time zone {zone}")) from None
    database = Database(url, create=not dry_run)
    try:
        if dry_run:
            return not _is_there(database, dealership)
        if database.path is not None and not database.path.parent.exists():
            database.path.parent.mkdir(parents=True, exist_ok=True)
        create(database)
        made = _add(database, dealership, zone, lang, sandbox, demo, now)
    finally:
        database.close()
    return _appoint(url, dealership, admin, admin_name or admin, chance, via, modules, now) or made


def _no_name() -> NoReturn:
    raise Usage("usage", L("店名是空的", "the dealership's name is empty"))


def beside(url: str, dealership: str) -> list[str]:
    """The dealerships that a database holds and beside which one of that name would be another; none: it is the first, or there."""
    database = Database(url)
    try:
        names = _names(database)
    finally:
        database.close()
    return [] if text(DEALERSHIP, dealership) in names else names


def _is_there(database: Database, name: str) -> bool:
    """Whether the database holds a dealership of that name; nothing is made for the question."""
    return name in _names(database)


def _names(database: Database) -> list[str]:
    """What the dealerships of a database are called; nothing is made for the question."""
    if (database.path is not None and not database.path.exists()) or schema_of(database) is None:
        return []
    return [row[1] for row in database.connection().all(sql.DEALERSHIPS)]


def _add(database: Database, name: str, zone: str, lang: str, sandbox: bool, demo: str | None, now: datetime) -> bool:
    """Add the dealership unless one of that name is there."""

    def work(connection: object) -> bool:
        rows = database.connection().all(sql.DEALERSHIPS)
        if any(row[1] == name for row in rows):
            return False
        values = {
            "id": max((row[0] for row in rows), default=0) + 1, "name": name, "zone": zone, "lang": lang,
            "reference_version": 0, "caught_up_at": None, "sandbox": sandbox, "created_at": micros(now), "demo": demo,
        }  # fmt: skip
        database.connection().run(sql.ADD_DEALERSHIP, {f"new_{key}": value for key, value in values.items()})
        return True

    return database.transact(work)


def _appoint(url: str, dealership: str, admin: str, name: str, chance: Callable[[], bytes], via: str | None,
             modules: list[ModuleType] | None, now: datetime) -> bool:  # fmt: skip
    """Give the dealership its first administrator where it has nobody, because it is new or its founding was cut short."""
    from cuiban.office import Office
    from cuiban.office.changing import Wish
    from cuiban.office.reference import BOOTSTRAP, user_add

    with Office(url, dealership, chance=chance, modules=modules) as office:
        if office.world().roster.members:
            return False
        user_add(office, admin, text(NAME, name) or admin, None, None, [ADMINISTRATOR], Wish(BOOTSTRAP, now, now, via=via))
        return True
