"""A hand that may write the database, without its triggers: what it changes in what people read is found, and said where. [R6]

What cannot be proven by the events stands in docs/auditor.md; it is not tested here, for nothing would find it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from cuiban import Office
from cuiban.engine.facts import File
from cuiban.office.replaying import Verdict
from tests.postgres import Postgres
from tests.support import ground
from tests.support.chance import salts
from tests.support.clock import Clock
from tests.support.house import DEALERSHIP, House
from tests.support.people import ADMIN
from tests.support.raw import Raw

TS, CL, JC = "TS-260302-001", "CL-260302-001", "JC-260302-001"
BOOK = "outbound_slip"
PERSON = f"ref = '{TS}' AND slot = 'customer'"

# What is done, to which reference the finding points, and how the key of it begins.
TAMPERINGS = {
    "an event's doer in the list": (f"UPDATE events SET actor = 'gao' WHERE ref = '{TS}' AND seq = 2", TS, "event 2 actor"),
    "when it took effect": (f"UPDATE events SET at = at - 1 WHERE ref = '{TS}' AND seq = 2", TS, "event 2 at"),
    "when it was entered": (f"UPDATE events SET recorded_at = 5 WHERE ref = '{TS}' AND seq = 2", TS, "event 2 recorded_at"),
    "what was done": (f"UPDATE events SET action = 'note' WHERE ref = '{TS}' AND seq = 2", TS, "event 2 action"),
    "where from": (f"UPDATE events SET from_state = 'x' WHERE ref = '{TS}' AND seq = 2", TS, "event 2 from_state"),
    "where to": (f"UPDATE events SET to_state = 'x' WHERE ref = '{TS}' AND seq = 2", TS, "event 2 to_state"),
    "the process of an event": (f"UPDATE events SET process = 'x' WHERE ref = '{TS}' AND seq = 2", TS, "event 2 process"),
    "how long it stood": (f"UPDATE events SET stay_s = 1 WHERE ref = '{TS}' AND seq = 2", TS, "event 2 stay_s"),
    "an event's text": (f"UPDATE events SET text = replace(text, 'li', 'lu') WHERE ref = '{TS}' AND seq = 2", TS, "event 2"),
    "an event's hash": (f"UPDATE events SET hash = 'x' WHERE ref = '{TS}' AND seq = 2", TS, "event 2 hash"),
    "the last event": (f"DELETE FROM events WHERE ref = '{TS}' AND seq = 4", TS, "version"),
    "an event between": (f"DELETE FROM events WHERE ref = '{TS}' AND seq = 2", TS, "event 2"),
    "every event of a case": (f"DELETE FROM events WHERE ref = '{TS}'", TS, "events"),
    "an event of a stream": ("UPDATE events SET actor = 'x' WHERE ref = '@people' AND seq = 1", "@people", "event 1 actor"),
    "a case's row": (f"DELETE FROM cases WHERE ref = '{TS}'", TS, "case"),
    "a case's state": (f"UPDATE cases SET state = 'x' WHERE ref = '{TS}'", TS, "state"),
    "what a case holds": (f"UPDATE cases SET data = '{{' WHERE ref = '{TS}'", TS, "data"),
    "a field of a case": (f"UPDATE cases SET data = replace(data, ':\"li\"', ':\"la\"') WHERE ref = '{TS}'", TS, "fields"),
    "a personal value": (f"UPDATE personal SET value = '\"张三\"' WHERE {PERSON}", TS, "personal 1 customer"),
    "a salt": (f"UPDATE personal SET salt = (SELECT salt FROM files) WHERE {PERSON}", TS, "personal 1 customer"),
    "which value it is": (f"UPDATE personal SET slot = 'x' WHERE {PERSON}", TS, "personal 1 x"),
    "whose value it is": (f"UPDATE personal SET ref = 'TS-260302-009' WHERE {PERSON}", "TS-260302-009", "personal"),
    "a value of a row of a register": ("UPDATE personal SET value = '\"张三\"' WHERE ref = 'KH-000001'", "KH-000001", "personal"),
    "a scan": ("UPDATE files SET content = salt", TS, "files 3 quick_form"),
    "a scan's hash": ("UPDATE files SET sha256 = 'x'", TS, "files 3 quick_form"),
    "a scan's name": ("UPDATE files SET name = 'x.txt'", TS, "files 3 quick_form"),
    "a number gone": (f"DELETE FROM numbers WHERE book = '{BOOK}'", JC, "numbers outbound_slip"),
    "a number void": ("UPDATE numbers SET state = 'void'", JC, "numbers outbound_slip"),
    "who drew a number": ("UPDATE numbers SET actor = 'x'", JC, "numbers outbound_slip"),
    "whose a number is": (f"UPDATE numbers SET ref = '{TS}'", TS, "numbers outbound_slip"),
    "a number more": (f"INSERT INTO numbers VALUES (1, '{BOOK}', '9', 'used', '{TS}', 1, 1, 'x')", TS, "numbers outbound_slip"),
    "the next number": ("UPDATE books SET next = 1", "@numbers", f"books {BOOK} next"),
    "a hold gone": ("DELETE FROM holds", JC, "holds"),
    "a hold of another": (f"UPDATE holds SET ref = '{TS}'", TS, "holds"),
    "what a list calls it": (f"UPDATE subjects SET parts = '[\"x\"]' WHERE ref = '{TS}'", TS, "subjects"),
    "no name in lists": (f"DELETE FROM subjects WHERE ref = '{TS}'", TS, "subjects"),
    "a car's cases": (f"DELETE FROM mentions WHERE ref = '{CL}'", CL, "mentions"),
    "a reminder gone": ("DELETE FROM outbox", TS, "outbox"),
    "a reminder to another": ("UPDATE outbox SET recipient = 'x'", TS, "outbox"),
    "a key gone": ("DELETE FROM keys", TS, "keys"),
    "the next serial": ("UPDATE serials SET next = 1 WHERE prefix = 'TS'", "TS-260302", "serials next"),
    "serials of nobody": ("UPDATE serials SET next = 9 WHERE prefix = 'TS'", "TS-260302-003", "events"),
    "who works here": ("UPDATE reference SET data = replace(data, '李', '木') WHERE name = '@people'", "@people", "data"),
    "a stream's fold": ("DELETE FROM reference WHERE name = '@people'", "@people", "data"),
    "a whole stream": (
        "DELETE FROM events WHERE ref = '@settings'; DELETE FROM reference WHERE name = '@settings'", "@", "reference_version"
    ),
    "a definition": ("UPDATE definitions SET text = replace(text, 'li', 'lo') WHERE process = 'complaint'", TS, "step"),
    "a definition gone": ("DELETE FROM definitions WHERE process = 'complaint'", TS, "step"),
    "a whole case, with all that is its": (
        "; ".join(f"DELETE FROM {table} WHERE ref = '{TS}'" for table in
                  ("events", "cases", "subjects", "personal", "files", "keys", "outbox")), TS, "events",
    ),
    "a row of a register, with its history": (
        "DELETE FROM r_customer; DELETE FROM events WHERE ref = 'KH-000001'; DELETE FROM personal WHERE ref = 'KH-000001'",
        "KH-000001", "events",
    ),
}  # fmt: skip
UNREADABLE = {
    "an event that is no text": ("UPDATE events SET text = x'ff' WHERE ref = 'TS-260302-001' AND seq = 2", TS, "event 2"),
    "what a case holds, of another kind": ("UPDATE cases SET data = x'ff', due = 'x' WHERE ref = 'TS-260302-001'", TS, "data"),
    "a name in lists, of another kind": ("UPDATE subjects SET parts = x'ff' WHERE ref = 'TS-260302-001'", TS, "subjects"),
    "a salt of another kind": ("UPDATE personal SET salt = 'x' WHERE ref = 'TS-260302-001'", TS, "personal"),
}


@dataclass
class Ground:
    """A house in which all of it happened, and how to make a copy of it."""

    url: str
    copy: Callable[[], str]


def live(url: str, seed: int) -> None:
    """Two complaints, one with everything beside it, a car and its delivery, a customer, a setting."""
    clock = Clock()
    office = Office(url, DEALERSHIP, chance=salts(seed))
    house = House(url, clock, office, seed)
    refs = [house.opened(given={"description": "漏油"}, note="急", key="k")]
    refs.append(house.opened(given={"customer": "何军", "plate": None}))
    house.fired(refs[0], "accept", "li", {"promised_at": "2026-03-03T10:00:00+08:00"})
    house.fired(refs[0], "attach", "wang", papers={"quick_form": File("表.txt", "几行字".encode())})
    house.fired(refs[0], "chase", "wang")
    refs.append(house.brought("vehicle", "stock"))
    refs.append(house.brought("delivery", "invoiced"))
    house.fired(refs[-1], "send_out", "sun")
    office.register_add("customer", {"name": "何军", "phone": "13800138000"}, actor="wang", now=house.now)
    office.setting("at_once_hours", 8, reason="人手少", actor=ADMIN, now=house.now)
    assert refs == [TS, "TS-260302-002", CL, JC]
    house.assert_sound()
    house.close()


@pytest.fixture(scope="module")
def on_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, seed: int) -> Ground:
    """Give such a house on SQLite."""
    folder = tmp_path_factory.mktemp("tamper")
    url = ground.copy_of_file(sqlite_template, folder)
    live(url, seed)
    return Ground(url, lambda: ground.copy_of_file(Path(url.removeprefix("sqlite:///")), folder))


@pytest.fixture(scope="module")
def on_postgresql(postgres: Postgres, postgresql_template: str, seed: int) -> Ground:
    """Give such a house on PostgreSQL."""
    url = ground.copy_of_database(postgres, postgresql_template)
    live(url, seed)
    return Ground(url, lambda: ground.copy_of_database(postgres, str(make_url(url).database)))


@pytest.fixture(params=["sqlite", "postgresql"])
def lived(request: pytest.FixtureRequest) -> Ground:
    """Give such a house on each engine in turn."""
    found: Ground = request.getfixturevalue(f"on_{request.param}")
    return found


@pytest.fixture
def copy(lived: Ground, postgres: Postgres) -> Iterator[str]:
    """Give the address of a copy that may be harmed."""
    url = lived.copy()
    yield url
    if url.startswith("postgresql"):
        ground.drop(postgres, url)


def harm(url: str, statements: str) -> None:
    """What a hand does that may drop the triggers, and whatever else stands in its way."""
    with Raw(url) as raw:
        unguard(raw)
        for statement in statements.split("; "):
            raw.run(statement)


def unguard(raw: Raw) -> None:
    """Let everything be changed."""
    if raw.is_sqlite:
        for (name,) in raw.all("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            raw.run(f"DROP TRIGGER {name}")
    else:
        raw.run("ALTER TABLE events DISABLE TRIGGER ALL")
        raw.run("ALTER TABLE definitions DISABLE TRIGGER ALL")


def replayed(url: str) -> Verdict:
    """What a replay of everything says."""
    with Office(url, DEALERSHIP) as office:
        return office.replay_all()


def located(verdict: Verdict) -> list[tuple[str, str]]:
    """Where it found something."""
    return [(one.ref, difference.key) for one in verdict.unequal for difference in one.differences]


@pytest.mark.parametrize("what", TAMPERINGS)
def test_each_is_found_and_located(copy: str, what: str) -> None:
    """A replay of everything names the reference and what of it; nothing crashes it."""
    statements, ref, key = TAMPERINGS[what]
    harm(copy, statements)

    found = located(replayed(copy))

    assert [one for one in found if one[0] == ref and one[1].startswith(key)], found


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_is_located_too(on_sqlite: Ground, what: str) -> None:
    """SQLite takes anything into any column."""
    url = on_sqlite.copy()
    statements, ref, key = UNREADABLE[what]
    harm(url, statements)

    found = located(replayed(url))

    assert [one for one in found if one[0] == ref and one[1].startswith(key)], found
    with Office(url, DEALERSHIP) as office:
        assert office.replay(ref).differences != []


def test_one_case_is_looked_at_as_closely(copy: str) -> None:
    """`replay CASE` finds in a case what `replay --all` finds there."""
    harm(copy, f"UPDATE events SET actor = 'gao' WHERE ref = '{TS}' AND seq = 2; UPDATE personal SET value = '1' WHERE {PERSON}")

    with Office(copy, DEALERSHIP) as office:
        found = office.replay(TS)

    assert [one.key for one in found.differences] == ["event 2 actor", "personal 1 customer"]


def test_what_was_erased_is_told_and_is_no_difference(copy: str) -> None:
    """Value and salt are gone: the history stays whole, and the verdict says whose values are missing."""
    harm(copy, f"DELETE FROM personal WHERE {PERSON}; UPDATE subjects SET parts = '[\"空调异响\",\"皖H3D905\"]' WHERE ref = '{TS}'")

    verdict = replayed(copy)

    assert located(verdict) == []
    assert verdict.erased == [(TS, "personal 1 customer")]


def test_nothing_was_changed_and_nothing_is_found(copy: str) -> None:
    """The same house without a hand in it."""
    verdict = replayed(copy)

    assert (located(verdict), verdict.erased) == ([], [])
