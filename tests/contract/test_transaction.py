"""All or nothing: case, events, numbers, linked cases, things, personal values, notices, key. [R1]

A fault of the database itself is planted with a trigger: whatever part of a step fails, nothing of it is kept.
"""

from collections.abc import Callable

import pytest

from cuiban.engine.facts import File
from cuiban.errors import CuibanError
from tests.support.house import House
from tests.support.raw import Raw
from tests.support.vins import vin
from tests.support.ways import WAYS

Act = Callable[[House], object]


def plant(house: House, table: str, when: str = "INSERT") -> None:
    """Let the database refuse every such write to `table` from now on."""
    with house.raw() as raw:
        if raw.is_sqlite:
            raw.run(f"CREATE TRIGGER planted BEFORE {when} ON {table} BEGIN SELECT RAISE(ABORT, 'planted'); END")
            return
        raw.run("CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted'; END $$")
        raw.run(f"CREATE TRIGGER planted BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION planted()")


def everything(raw: Raw) -> dict[str, list[tuple[str, ...]]]:
    """Every row of every table, as text, in order."""
    names = (
        "also_held",
        "books",
        "cases",
        "events",
        "files",
        "holds",
        "keys",
        "numbers",
        "outbox",
        "personal",
        "serials",
        "subjects",
    )
    return {name: sorted(tuple(map(str, row)) for row in raw.all(f"SELECT * FROM {name}")) for name in names}


def complains(house: House) -> object:
    """Make a complaint of a callback: two cases, papers, personal values, a scan, under a key."""
    ref = house.opened("callback", given={"repair": "WX1"})
    told = {"overall": 2, "topic": "漆面", "department": "paint", "description": "有划痕", "responsible": "li"}
    scan = File("表.jpg", b"scan")

    def act() -> object:
        return house.fired(ref, "complain", "wang", told, papers={"quick_form": scan}, key="once", reason="x")

    return act


def allocates(house: House) -> object:
    """Hold a car for an order: the delivery and the car."""
    house.brought("vehicle", "stock")
    ref = house.brought("delivery", "reviewed")
    return lambda: house.fired(ref, "allocate", "sun", {"vin": vin(1)})


def sends_out(house: House) -> object:
    """Draw the number of a slip: the delivery, the car, the book."""
    house.brought("vehicle", "stock")
    ref = house.brought("delivery", "invoiced")
    return lambda: house.fired(ref, "send_out", "sun")


def submits(house: House) -> object:
    """Send a call order to three signers at once."""
    ref = house.brought("call_order", "draft")
    return lambda: house.fired(ref, "submit", "sun", WAYS["call_order"].steps[0].fields)


def chases(house: House) -> object:
    """Remind somebody."""
    ref = house.opened()
    return lambda: house.office.chase(ref, actor="wang", note="快", now=house.now)


def opens(house: House) -> object:
    """Open a case."""
    return lambda: house.opened()


FAULTS = [
    *((opens, table) for table in ("cases", "events", "personal", "subjects")),
    *((complains, table) for table in ("cases", "events", "files", "personal", "subjects", "keys")),
    *((allocates, table) for table in ("events", "holds")),
    *((sends_out, table) for table in ("events", "numbers")),
    *((submits, table) for table in ("events", "also_held")),
    *((chases, table) for table in ("events", "personal", "outbox")),
]


@pytest.mark.parametrize(("scene", "table"), FAULTS, ids=[f"{scene.__name__}-{table}" for scene, table in FAULTS])
def test_a_fault_in_any_part_keeps_nothing(house: House, scene: Callable[[House], Act], table: str) -> None:
    """Every part of a step is there, or none; the fault is told in a sentence."""
    act = scene(house)
    with house.raw() as raw:
        before = everything(raw)
    plant(house, table)

    with pytest.raises(CuibanError) as told:
        act()  # type: ignore[call-arg]

    assert told.value.message.zh
    with house.raw() as raw:
        assert everything(raw) == before


@pytest.mark.parametrize("scene", [complains, allocates, sends_out, submits, chases])
def test_a_refused_update_keeps_nothing(house: House, scene: Callable[[House], Act]) -> None:
    """The case's own row cannot be written: no event, no number, no thing stays behind."""
    act = scene(house)
    with house.raw() as raw:
        before = everything(raw)
    plant(house, "cases", "UPDATE")

    with pytest.raises(CuibanError):
        act()  # type: ignore[call-arg]

    with house.raw() as raw:
        assert everything(raw) == before


def test_the_blockers_of_a_driven_case_are_ours(house: House) -> None:
    """A delivery whose car cannot follow is refused, with the car's reason, and neither moves."""
    car = house.brought("vehicle", "stock")
    house.fired(car, "send_to_network", "sun", {"network_dealer": "桐城二网"})
    ref = house.brought("delivery", "reviewed")

    met = house.refused(ref, "allocate", "sun", {"vin": vin(1)})

    assert met["wrong_state"].params["case"] == car
    assert car in met["wrong_state"].message.zh
    assert (house.case(ref).state, house.case(car).state) == ("reviewed", "dispatched")


def test_a_dry_run_keeps_nothing(house: House) -> None:
    """Every check, the same answer, nothing kept: not even a serial."""
    house.brought("vehicle", "stock")
    ref = house.brought("delivery", "invoiced")
    before = house.rows()

    dry = house.fired(ref, "send_out", "sun", dry_run=True)
    done = house.fired(ref, "send_out", "sun")

    assert dry.dry_run
    assert dry.numbers == done.numbers == {"outbound_slip": "0000001"}
    assert house.rows()["numbers"] == before["numbers"] + 1


def test_many_steps_in_one_call_are_each_by_itself(house: House) -> None:
    """What is refused among many writes nothing; the others are done, each with its own answer."""
    refs = [house.opened() for _ in range(4)]
    promise = {"promised_at": "2026-03-03T10:00:00+08:00"}
    wishes = [{"ref": ref, "action": "accept", "actor": "li", "fields": promise} for ref in refs]
    wishes[1] = {**wishes[1], "actor": "sun"}
    wishes[2] = {**wishes[2], "ref": "TS-990101-001"}

    answers = house.office.fire_many(wishes, now=house.now)

    codes = [getattr(answer, "code", "done") for answer in answers]
    assert codes == ["done", "refused", "not_found", "done"]
    assert [house.case(ref).state for ref in refs] == ["accepted", "reported", "reported", "accepted"]
