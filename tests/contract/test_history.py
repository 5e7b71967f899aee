"""History only grows: the database itself refuses whoever would change it, and what was changed all the same is found. [R6]"""

import json
from collections.abc import Callable

import pytest
import rfc8785

from cuiban.engine.case import event_hash, read_event
from tests.support.house import House
from tests.support.raw import Raw

REFUSED = "only grow"


@pytest.fixture
def lived(house: House) -> House:
    """Give a house with some history: a complaint, a corrected one, people."""
    house.brought("complaint", "resolved")
    ref = house.opened()
    house.fired(ref, "correct", "wang", {"topic": "漏油"}, reason="听错")
    return house


def changes(raw: Raw) -> list[str]:
    """Every way in which SQL changes, replaces or deletes rows of history."""
    row = "SELECT * FROM events WHERE ref LIKE 'TS%' LIMIT 1"
    both = [
        "UPDATE events SET actor = 'nobody'",
        "UPDATE events SET actor = 'nobody' WHERE seq = 1",
        "UPDATE events SET text = '{}', hash = '' WHERE ref LIKE 'TS%'",
        "DELETE FROM events",
        "DELETE FROM events WHERE seq > 1",
        "UPDATE definitions SET text = '{}'",
        "DELETE FROM definitions",
    ]
    if raw.is_sqlite:
        return [
            *both,
            f"REPLACE INTO events {row}",
            f"INSERT OR REPLACE INTO events {row}",
            f"INSERT OR IGNORE INTO events {row}",
            f"INSERT INTO events {row} ON CONFLICT DO UPDATE SET actor = 'nobody'",
            "UPDATE OR REPLACE events SET seq = 1 WHERE seq = 2",
            other_under_its_row_id(raw, "events", "seq", "seq + 100"),
        ]
    merge = f"MERGE INTO events e USING ({row}) n ON e.ref = n.ref AND e.seq = n.seq WHEN MATCHED THEN UPDATE SET actor = 'nobody'"
    return [
        *both,
        f"INSERT INTO events ({row}) ON CONFLICT (dealership, ref, seq) DO UPDATE SET actor = 'nobody'",
        merge,
        "TRUNCATE events",
        "TRUNCATE events CASCADE",
        "TRUNCATE definitions",
        "SET session_replication_role = replica; DELETE FROM events",
        "SET session_replication_role = replica; UPDATE events SET actor = 'nobody'",
        "SET session_replication_role = replica; TRUNCATE events",
    ]


def other_under_its_row_id(raw: Raw, table: str, changed: str, value: str) -> str:
    """A REPLACE of another key that takes the place of a row by SQLite's own row id."""
    names = [name for (name,) in raw.all(f"SELECT name FROM pragma_table_info('{table}')")]
    row = ", ".join(value if name == changed else f'"{name}"' for name in names)
    return f"REPLACE INTO {table} (rowid, {', '.join(names)}) SELECT rowid, {row} FROM {table} LIMIT 1"


def test_a_definition_is_never_replaced(sqlite_house: House) -> None:
    """SQLite: what is kept stays; keeping it once more is no error, and changes nothing."""
    sqlite_house.opened()
    sqlite_house.opened("incident")
    with sqlite_house.raw() as raw:
        before = raw.all("SELECT rowid, * FROM definitions")
        for statement in (
            "REPLACE INTO definitions SELECT dealership, hash, process, since, '{}' FROM definitions LIMIT 1",
            "INSERT OR REPLACE INTO definitions SELECT dealership, hash, process, since + 1, text FROM definitions",
            other_under_its_row_id(raw, "definitions", "hash", "hash || 'x'"),
        ):
            raw.refusal(statement)

        assert raw.all("SELECT rowid, * FROM definitions") == before


def test_the_database_refuses_to_change_history(lived: House) -> None:
    """UPDATE, DELETE, REPLACE, ON CONFLICT, MERGE, TRUNCATE, replication's own door: from any connection, of any program."""
    with lived.raw() as raw:
        before = raw.all("SELECT text, hash FROM events ORDER BY ref, seq"), raw.all("SELECT hash, text FROM definitions")
        for statement in changes(raw):
            with lived.raw() as other:
                assert REFUSED in other.refusal(statement), statement
        after = raw.all("SELECT text, hash FROM events ORDER BY ref, seq"), raw.all("SELECT hash, text FROM definitions")

    assert after == before


def test_another_database_attached_opens_no_door(sqlite_house: House) -> None:
    """SQLite: triggers hold through ATTACH too, and without recursive_triggers."""
    sqlite_house.brought("complaint", "resolved")
    with sqlite_house.raw() as raw:
        path = raw.one("SELECT file FROM pragma_database_list WHERE name = 'main'")
        raw.run("ATTACH ':memory:' AS side")
        raw.run("PRAGMA recursive_triggers = OFF")

        said = [
            raw.refusal("DELETE FROM main.events"),
            raw.refusal("REPLACE INTO main.events SELECT * FROM main.events LIMIT 1"),
            raw.refusal(f"ATTACH '{path}' AS again") or raw.refusal("DELETE FROM again.events"),
        ]

    assert all(REFUSED in text for text in said)


def test_each_event_is_hashed_onto_the_one_before(lived: House) -> None:
    """SHA-256 of the stored text, which holds the hash of the event before; texts are canonical JSON."""
    with lived.raw() as raw:
        rows = raw.all("SELECT ref, text, hash FROM events ORDER BY ref, seq")

    heads: dict[str, str] = {}
    for ref, text, digest in rows:
        event = read_event(text)
        assert event.prev == heads.get(ref, "")
        assert event_hash(text.encode()) == digest
        assert rfc8785.dumps(json.loads(text)) == text.encode()
        heads[ref] = digest


# Changing what the triggers guard takes whoever can drop them: the owner of the tables, whom a chain finds out.


def disarm(raw: Raw) -> None:
    """Take the guards away, as the owner of the database can."""
    if raw.is_sqlite:
        for (name,) in raw.all("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            raw.run(f"DROP TRIGGER {name}")
    else:
        for table in ("events", "definitions"):
            raw.run(f"ALTER TABLE {table} DISABLE TRIGGER ALL")


def rehashed(raw: Raw) -> None:
    """Change a text and hash it anew, without the events that follow."""
    ref, text = raw.all("SELECT ref, text FROM events WHERE action = 'accept'")[0]
    other = text.replace("2026-03-03T02:00:00Z", "2026-03-04T02:00:00Z")
    assert other != text
    raw.run(f"UPDATE events SET text = '{other}', hash = '{event_hash(other.encode())}' WHERE ref = '{ref}' AND action = 'accept'")


def last_rehashed(raw: Raw) -> None:
    """Change the last event of a case and hash it anew: only the case's own head says otherwise."""
    ref, seq, text = raw.all("SELECT ref, seq, text FROM events WHERE action = 'resolve'")[0]
    other = text.replace('"by":"li"', '"by":"tao"')
    assert other != text
    raw.run(f"UPDATE events SET text = '{other}', hash = '{event_hash(other.encode())}' WHERE ref = '{ref}' AND seq = {seq}")


HARM: dict[str, Callable[[Raw], object]] = {
    "text": lambda raw: raw.run('UPDATE events SET text = replace(text, \'"by":"li"\', \'"by":"tao"\') WHERE action = \'accept\''),
    "hash": lambda raw: raw.run(f"UPDATE events SET hash = '{'0' * 64}' WHERE action = 'accept'"),
    "rehashed": rehashed,
    "last rehashed": last_rehashed,
    "deleted": lambda raw: raw.run("DELETE FROM events WHERE action = 'accept'"),
    "last deleted": lambda raw: raw.run("DELETE FROM events WHERE action = 'resolve'"),
    "all deleted": lambda raw: raw.run("DELETE FROM events WHERE ref LIKE 'TS%'"),
    "unreadable": lambda raw: raw.run("UPDATE events SET text = 'x' WHERE action = 'accept'"),
    "state": lambda raw: raw.run("UPDATE cases SET state = 'satisfied' WHERE state = 'resolved'"),
    "due": lambda raw: raw.run("UPDATE cases SET due = due + 1 WHERE due IS NOT NULL"),
    "data": lambda raw: raw.run("UPDATE cases SET data = replace(data, 'quick_form', 'other_form')"),
    "field": lambda raw: raw.run("UPDATE cases SET data = replace(data, ':\"li\"', ':\"la\"')"),
    "case deleted": lambda raw: raw.run("DELETE FROM cases WHERE state = 'resolved'"),
    "definition": lambda raw: raw.run("UPDATE definitions SET text = replace(text, 'li', 'la')"),
    "roles": lambda raw: raw.run("UPDATE reference SET data = replace(data, 'auditor', 'administrator') WHERE name = '@people'"),
    "roles' history": lambda raw: raw.run("DELETE FROM events WHERE ref = '@people' AND seq = 5"),
}


@pytest.mark.parametrize("harm", HARM)
def test_harm_done_past_the_guards_is_found(lived: House, harm: str) -> None:
    """Whatever is changed in a case's history, or in its row, replay says so and names the case. [R6]"""
    lived.sound = False
    with lived.raw() as raw:
        disarm(raw)
        HARM[harm](raw)

    with lived.another() as fresh:
        unequal = fresh.replay_all().unequal

    assert unequal
    assert all(one.differences and not one.equal for one in unequal)


def test_what_differs_is_named(lived: House) -> None:
    """One case: which key, what is stored, what the history says."""
    lived.sound = False
    with lived.raw() as raw:
        ref = raw.one("SELECT ref FROM cases WHERE state = 'resolved'")
        raw.run("UPDATE cases SET assignee = 'tao', holder = 'tao' WHERE state = 'resolved'")

    found = lived.office.replay(ref)

    assert [(d.key, d.stored, d.replayed) for d in found.differences] == [
        ("holder", "tao", "role:customer_service"), ("assignee", "tao", None),
    ]  # fmt: skip
