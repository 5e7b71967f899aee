"""What the demo's registers hold: a card for everybody on a list, rows that opened cases, books that agree."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from cuiban import Office
from cuiban.office.views import CaseView
from cuiban.registers.matching import RULES
from tests.demo.conftest import TODAY, Demo
from tests.support.clock import at

NOW = at("2026-03-11 08:40")
OF_CUSTOMERS = ("callback", "complaint", "churn", "prospect", "delivery")


@pytest.fixture(scope="module")
def listed(demo: Demo) -> list[CaseView]:
    """Give the open cases that name a customer, whoever's list they stand on."""
    found = [case for case in demo.office.cases(now=NOW) if case.process in OF_CUSTOMERS]
    assert {case.process for case in found} >= {"callback", "complaint", "delivery"}
    return found


def named(office: Office, case: CaseView) -> dict[str, str]:
    """What a case says of its customer and car."""
    return office.show(case.ref, actor="wang", now=NOW).fields


def test_everybody_on_a_list_has_a_card(demo: Demo, listed: list[CaseView]) -> None:
    """By the name that the list shows: their cars, what was done to them, the order, the case itself. [A2]"""
    for case in listed:
        told = named(demo.office, case)
        card = demo.office.card(told["customer"], actor="wang", now=NOW)

        if case.process == "delivery":
            ordered = [told["contract_number"]] if case.state not in ("submitted", "returned") else []  # reviewed it is an order
            assert [order["contract"] for order in card.orders] == ordered, case.title
            continue
        if case.process == "prospect":  # no car of theirs is known yet
            assert [row.id for row in demo.office.register_list("showroom", where={"name": told["customer"]})], case.title
            continue
        assert told["vin"] in [car["vin"] for car in card.vehicles], case.title
        assert case.ref in [one.ref for one in card.cases], case.title
        assert card.repairs, case.title


def test_every_car_on_a_list_has_its_way(demo: Demo, listed: list[CaseView]) -> None:
    """By VIN; of a customer's car whose it is, of one that is being sold how it came."""
    cars = [(case, vin) for case in listed if (vin := named(demo.office, case).get("vin")) is not None]
    assert {case.process for case, _ in cars} >= {"callback", "complaint", "delivery"}

    for case, vin in cars:
        car = demo.office.car(vin, actor="wang", now=NOW)
        assert case.ref in [one.ref for one in car.cases], case.title
        assert car.movements if case.process == "delivery" else car.customer, case.title


def test_sun_li_is_found_by_any_part(demo: Demo) -> None:
    """Of her name, phone, plate and VIN. [A2]"""
    office = demo.office
    card = office.card("孙丽", actor="wang", reveal=False, now=NOW)
    (car,) = card.vehicles
    phone = office.shelf("customer").by(office.database.connection(), ["id"], [card.customer["id"]]).values["phone"]  # type: ignore[union-attr]

    for part in ("丽", phone[4:], "3D90", car["vin"][-7:]):
        ids = {one.id for one in office.find(part, limit=500)}
        assert ids & {card.customer["id"], car["id"]}, part


def test_no_two_customers_share_a_name(demo: Demo) -> None:
    """So that a card can be asked for by it; nor is anybody called as somebody who works here."""
    names = [str(row.values["name"]) for row in demo.office.register_rows("customer", ended=None)]

    assert len(set(names)) == len(names)
    assert not set(names) & {user.name for user in demo.office.users(NOW)}


def test_every_register_has_rows(demo: Demo) -> None:
    """There is something to see in each."""
    assert [register.name for register, rows in demo.office.registers() if not rows] == []


@pytest.mark.parametrize("rule", [rule.name for rule in RULES if rule.name not in ("d7_left", "d7_open")])
def test_the_books_agree(demo: Demo, rule: str) -> None:
    """But for a difference or two, as in any house. [D4, D7, D15-D17]"""
    assert len(demo.office.register_match(rule)) <= 2


def test_maintenance_cards_of_past_months_are_settled(demo: Demo) -> None:
    """On the 11th: what is open is of the running month. [D7]"""
    first = TODAY.replace(day=1)

    assert demo.office.register_match("d7_open", date(2025, 9, 1), first) == []
    assert len(demo.office.register_match("d7_open")) == len(demo.office.register_match("d7_open", first, TODAY)) > 0


def test_some_books_differ(demo: Demo) -> None:
    """A slip that was spoilt is told by its book, and no gap; what is to be found are cards that nobody handed over. [D4, D7]"""
    assert [row["state"] for row in demo.office.numbers("outbound_slip")].count("void") > 0
    assert demo.office.register_match("d4_series") == []
    assert {one.found for one in demo.office.register_match("d7_left")} == {"extra"}


def test_counts_hold_against_the_stock_of_their_evening(demo: Demo) -> None:
    """Each month that was counted: at most a car or two came or went between the count and midnight. [D17]"""
    months = sorted({str(row.values["month"]) for row in demo.office.register_rows("stock_count")})
    assert months == ["2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02"]

    for month in months:
        first = date.fromisoformat(f"{month}-01")
        following = (first + timedelta(days=31)).replace(day=1)
        assert len(demo.office.register_match("d17_count", first, following)) <= 3, month


@pytest.mark.parametrize("process", ["callback", "churn", "prospect"])
def test_rows_opened_the_cases(demo: Demo, process: str) -> None:
    """Every callback belongs to a repair in the register; who stays away and a dear car's neighbour are found by rows too."""
    cases = [demo.office.case(case.ref) for case in demo.office.cases(closed=None, now=NOW) if case.process == process]
    rows = {row.id for name in ("repair", "showroom") for row in demo.office.register_rows(name, ended=None)}

    assert len(cases) > (500 if process == "callback" else 2)
    assert all(case.duty == f"row:{process}" and case.nominal in rows for case in cases)


def test_the_last_evening_waits_for_the_morning(demo: Demo) -> None:
    """What was settled yesterday has its callback today, and nobody has begun it."""
    yesterday = TODAY - timedelta(days=1)
    zone = ZoneInfo("Asia/Shanghai")
    settled = [at_ for row in demo.office.register_rows("repair")
               if (at_ := str(row.values["settled_at"])) >= at(f"{yesterday} 00:00").isoformat()]  # fmt: skip
    fresh = [case for case in demo.office.cases(now=NOW) if case.process == "callback" and case.assignee is None
             and case.opened_at.astimezone(zone).date() == yesterday]  # fmt: skip

    assert len(fresh) == len(settled) > 0


def test_each_machine_has_its_weekly_duty(demo: Demo) -> None:
    """Done by whoever has it; a printer takes no virus scanner. [C4]"""
    machines = [row for row in demo.office.register_rows("asset") if row.values["kind"] in ("computer", "server")]
    told = demo.office.duties(date(2026, 3, 2), date(2026, 3, 9), duty="c4_patches", now=NOW)

    assert len(told) == len(machines) == 7
    assert {one.state for one in told} <= {"done", "done_late", "waived"}


def test_a_car_that_was_bought_here_comes_for_upkeep(demo: Demo) -> None:
    """Its maintenance card and its repair say the same customer. [D7]"""
    cards = {row.values["vin"]: row.values["customer"] for row in demo.office.register_rows("maintenance_card")}
    upkeep = [row.values for row in demo.office.register_rows("repair") if row.values["vin"] in cards]

    assert upkeep
    assert all(row["customer"] == cards[row["vin"]] for row in upkeep)
