"""What a card asks comes by an index; what finds a row is read off its index, never off the rows. [issue 4, Fast]"""

from typing import Any

import pytest

from cuiban.store import sifting
from cuiban.store.registers import Shelf
from tests.registers.test_cards import known
from tests.support.house import House
from tests.support.vins import vin


def plans_of(house: House, shelf: Shelf) -> list[str]:
    """How SQLite comes by each list of a register that was asked for."""
    connection = house.office.database.connection()
    found = []
    for (kind, *_), statement in shelf._made.items():
        if kind in ("listed", "found", "by", "has"):
            text = statement.prepared(connection.dialect).text
            rows: list[Any] = connection.execute("EXPLAIN QUERY PLAN " + text, [None] * text.count("?")).fetchall()
            found.append("; ".join(row[3] for row in rows))
    return found


@pytest.mark.parametrize("register", ["vehicle", "repair", "sales_order", "policy", "accident", "invoice", "slip", "movement"])
def test_a_card_reads_by_an_index(sqlite_house: House, register: str) -> None:
    """Each of its registers, by customer or VIN."""
    known(sqlite_house)
    sqlite_house.office.card("KH-000001", actor="wang", now=sqlite_house.now)
    sqlite_house.office.car("皖H3D905", actor="wang", now=sqlite_house.now)

    plans = plans_of(sqlite_house, sqlite_house.office.shelf(register))

    assert plans
    for plan in plans:
        assert "SCAN" not in plan
        assert "(dealership=? AND " in plan, plan


def test_finding_reads_no_row(sqlite_house: House) -> None:
    """The index holds all that is asked."""
    known(sqlite_house)
    sqlite_house.office.find("0138")

    for register in ("customer", "vehicle"):
        plans = [plan for plan in plans_of(sqlite_house, sqlite_house.office.shelf(register)) if "COVERING" in plan]
        assert any(f"r_{register}_find" in plan for plan in plans)


def test_what_opens_cases_reads_by_indexes(sqlite_house: House) -> None:
    """The rows of some days by their day, what came after them by customer or car: never a year of repairs for each."""
    sqlite_house.office.catch_up(sqlite_house.now)
    connection = sqlite_house.office.database.connection()
    shelf = sqlite_house.office.shelf("repair")

    row = {"vin": vin(1), "settled_at": "2026-03-02T00:00:00Z"}
    assert sifting.older_open(connection, shelf, at="settled_at", last_of="vin", row=row, rule="row:callback") == []

    due = [statement for key, statement in shelf._made.items() if key[0] == "due"]
    (older,) = [statement for key, statement in shelf._made.items() if key[0] == "older"]
    text = older.prepared(connection.dialect).text
    told: list[Any] = connection.execute("EXPLAIN QUERY PLAN " + text, [None] * text.count("?")).fetchall()
    assert any("SEARCH r_repair USING INDEX r_repair_vin" in line[3] for line in told), told
    assert any("SEARCH cases USING INDEX cases_duty (dealership=? AND duty=? AND nominal=?)" in line[3] for line in told), told

    assert len(due) == 2
    for statement in due:
        made = statement.prepared(connection.dialect)
        rows: list[Any] = connection.execute("EXPLAIN QUERY PLAN " + made.text, [None] * made.text.count("?")).fetchall()
        plan = [row[3] for row in rows]
        assert any(line.startswith("SEARCH one USING INDEX r_repair_settled_at") for line in plan), plan
        assert any(line.startswith(("SEARCH newer USING INDEX r_repair_vin", "SEARCH newer USING INDEX r_repair_customer"))
                   for line in plan), plan  # fmt: skip
        assert not any(line.startswith("SCAN") for line in plan), plan
