"""A large dealership, made fast: some hundred incidents go through the office, and the rest are their copies.

A copy has its own reference, and therefore its own event texts and hashes; its chain holds and `replay` finds it equal.
Three in a hundred are open, held by a crowd of engineers; the clerk whose list is measured has 300 that are due.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from cuiban import Office, create, workflows
from cuiban.engine.program import text_of
from cuiban.store import migrations, sql
from cuiban.store.types import micros

CLERK, DUE = "wu", 300
ENGINEERS = [f"e{number:02}" for number in range(40)]
FOUNDED = datetime(2025, 9, 1, 0, 30, tzinfo=UTC)
DAYS = 120
NOW = FOUNDED + timedelta(days=DAYS + 30)
OPEN_SHARE = 0.03
BATCH = 20_000
PER_DAY = 3  # templates, which go through the office
TABLES = ("cases", "subjects", "personal", "events")
Rows = list[list[Any]]


@dataclass
class Template:
    """A case that went through the office, as its rows by table; `copies` more are to be made of it."""

    ref: str
    rows: dict[str, Rows]
    copies: int


def crowd(url: str, cases: int) -> None:
    """Make a dealership of so many cases at `url`, which is absent or empty."""
    create(url, dealership="bench", admin="admin", now=FOUNDED)
    with Office(url, "bench") as office:
        _employ(office)
        made = _templates(office, cases)
        _copy_all(office, made)
        _count_up(office, made)
        office.database.connection().run(sql.SET_CAUGHT_UP, {"dealership": 1, "at": micros(NOW)})


def kept(cases: int) -> Path:
    """A SQLite file with such a dealership; made once, and again when the schema, the process or this file changes."""
    folder = Path(tempfile.gettempdir()) / "cuiban-benchmarks"
    folder.mkdir(exist_ok=True)
    path = folder / f"crowd-{cases}-{_mark()}.db"
    if not path.exists():
        for older in folder.glob(f"crowd-{cases}-*"):
            older.unlink()
        made = path.with_suffix(".making")
        made.unlink(missing_ok=True)
        crowd(f"sqlite:///{made}", cases)
        made.rename(path)
    return path


def _mark() -> str:
    """What a kept file was made with."""
    digest = sha256(Path(__file__).read_bytes())
    for file in sorted(Path(migrations.__path__[0]).rglob("*.py")):
        digest.update(file.read_bytes())
    digest.update(text_of(workflows.process_named("incident")).encode())  # type: ignore[arg-type]
    return digest.hexdigest()[:12]


def _employ(office: Office) -> None:
    office.user_add("xu", "徐亮", roles=["it_manager"], actor="admin", now=FOUNDED)
    for id in (CLERK, *ENGINEERS):
        office.user_add(id, f"工程师{id}", superior="xu", roles=["it_engineer"], actor="admin", now=FOUNDED)


def _templates(office: Office, cases: int) -> list[Template]:
    """A closed and an open case for each day, and the clerk's."""
    held = max(1, int(cases * OPEN_SHARE))
    closed = cases - held - DUE
    found = []
    for day in range(DAYS):
        at = FOUNDED + timedelta(days=day, hours=1)
        engineer = ENGINEERS[day % len(ENGINEERS)]
        found.append(_template(office, _cancelled(office, engineer, at), _share(closed, day)))
        found.append(_template(office, _taken(office, engineer, at), _share(held, day)))
        found.append(_template(office, _taken(office, CLERK, at), _share(DUE, day)))
    return found


def _share(total: int, day: int) -> int:
    """How many of `total` fall on a day, beside its template."""
    return max(0, total * (day + 1) // DAYS - total * day // DAYS - 1)


def _opened(office: Office, engineer: str, at: datetime) -> str:
    fields = {"what": "打印机不能打印", "description": "换过墨盒, 仍有条纹"}
    return office.open("incident", actor=engineer, fields=fields, now=at).ref


def _cancelled(office: Office, engineer: str, at: datetime) -> str:
    ref = _opened(office, engineer, at)
    office.fire(ref, "cancel", actor=engineer, reason="重复登记", now=at + timedelta(minutes=5))
    return ref


def _taken(office: Office, engineer: str, at: datetime) -> str:
    ref = _opened(office, engineer, at)
    office.fire(ref, "classify", actor=engineer, fields={"seriousness": "minor"}, now=at + timedelta(minutes=5))
    office.fire(ref, "take", actor=engineer, now=at + timedelta(minutes=9))
    return ref


def _template(office: Office, ref: str, copies: int) -> Template:
    mark = "?" if office.database.dialect == "sqlite" else "%s"
    execute = office.database.connection().execute
    rows = {}
    for table in TABLES:
        found = execute(f"SELECT * FROM {table} WHERE dealership = 1 AND ref = {mark}", (ref,)).fetchall()
        rows[table] = [list(row) for row in found]
    rows["events"].sort(key=lambda row: row[2])
    return Template(ref, rows, copies)


# copies ------------------------------------------------------------------------------------------------------------


def _copy_all(office: Office, templates: Sequence[Template]) -> None:
    raw = office.database.connection().raw
    if office.database.dialect == "sqlite":
        _into_sqlite(raw, templates)
    else:
        _into_postgresql(raw, templates)


def _count_up(office: Office, templates: Sequence[Template]) -> None:
    """Leave no serial to be given out twice."""
    copies: Counter[str] = Counter()
    for template in templates:
        copies[template.ref.rpartition("-")[0]] += template.copies
    connection = office.database.connection()
    for start, count in copies.items():
        prefix, day = start.split("-")
        following = PER_DAY + count + 1
        connection.run(sql.SET_SERIAL, {"dealership": 1, "prefix": prefix, "day": day, "new_next": following})


def _into_sqlite(raw: Any, templates: Sequence[Template]) -> None:
    """Fill the tables without their indexes and triggers, which are made anew when everything is there."""
    tables = ", ".join(f"'{table}'" for table in TABLES)
    beside = raw.execute(
        f"SELECT type, name, sql FROM sqlite_master WHERE tbl_name IN ({tables}) AND type <> 'table' AND sql <> ''"
    )
    beside = beside.fetchall()
    raw.execute("PRAGMA synchronous=OFF")
    raw.execute("BEGIN IMMEDIATE")
    for kind, name, _ in beside:
        raw.execute(f"DROP {kind} {name}")
    for table, rows in _batches(templates):
        raw.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    for _, _, made in beside:
        raw.execute(made)
    raw.execute("COMMIT")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.execute("PRAGMA synchronous=FULL")


def _into_postgresql(raw: Any, templates: Sequence[Template]) -> None:
    with raw.cursor() as cursor:
        for table, rows in _batches(templates):
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)


def _batches(templates: Sequence[Template]) -> Iterator[tuple[str, Rows]]:
    """Every copy's rows, a table's at a time, in the order of their references."""
    copies = _copies(templates)
    while some := list(islice(copies, BATCH)):
        for table in TABLES:
            rows = [row for copy in some for row in copy[table]]
            if rows:
                yield table, rows


def _copies(templates: Sequence[Template]) -> Iterator[dict[str, Rows]]:
    serials: dict[str, int] = {}
    for template in templates:
        day = template.ref.rpartition("-")[0]
        first = serials.get(day, PER_DAY + 1)
        serials[day] = first + template.copies
        for serial in range(first, first + template.copies):
            yield _copied(template, f"{day}-{serial:03}")


def _copied(template: Template, ref: str) -> dict[str, Rows]:
    """The rows of a case that went the same way under another reference. The columns: 1 ref, 6 of a case its head,
    11 and 12 of an event its text and hash."""
    made = {table: [[row[0], ref, *row[2:]] for row in template.rows[table]] for table in ("cases", "subjects", "personal")}
    events = []
    prev, old = "", ""
    for row in template.rows["events"]:
        text = row[11].replace(template.ref, ref)
        if old:
            text = text.replace(old, prev)
        old, prev = row[12], sha256(text.encode()).hexdigest()
        events.append([row[0], ref, *row[2:11], text, prev])
    made["cases"][0][6] = prev
    made["events"] = events
    return made
