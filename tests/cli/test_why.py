"""cuiban why CASE ACTION: what blocks a step and what is to be given with it, as `do` would say. [cli.md 2]"""

import re
from typing import Any

from tests.cli.clerk import Clerk
from tests.support.vins import vin


def blockers(clerk: Clerk, line: str) -> dict[str, dict[str, Any]]:
    """What stands against a step, by code; the exit code says that something does."""
    answer = clerk.runs(f"{line} --json")
    assert answer.code == 1, answer.out
    (action,) = answer.json["actions"]
    assert not action["possible"]
    return {one["code"]: one for one in action["blockers"]}


def test_a_car_that_is_still_to_be_named_blocks_nothing(clerk: Clerk) -> None:
    """Neither that it differs from the order nor that it is not found: the VIN comes with the step, which then is done."""
    clerk.house.brought("vehicle", "stock")
    ref = clerk.house.brought("delivery", "reviewed")

    (told,) = clerk.reads(f"why {ref} allocate --user sun")["actions"]

    assert (told["possible"], told["fields"], told["blockers"]) == (True, ["vin"], [])
    assert clerk.does(f"why {ref} allocate --user sun").splitlines()[-1] == "allocate 配车  可办, 要填 车架号"
    assert {one["code"] for one in clerk.refused(f"do {ref} allocate --user sun")["blockers"]} == {"field_missing"}
    clerk.does(f"do {ref} allocate --set vin={vin(1)} --user sun")


def test_a_known_car_that_differs_still_blocks(clerk: Clerk) -> None:
    """Each reason has the values that it rests on, not those of the reasons before it."""
    clerk.house.brought("vehicle", "stock")
    ref = clerk.house.brought("delivery", "reviewed", given={"model": "昂科威", "configuration": "28T"})

    found = {one["code"]: one["params"] for one in clerk.refused(f"do {ref} allocate --set vin={vin(1)} --user sun")["blockers"]}

    assert set(found) == {"model_differs", "configuration_differs"}
    assert set(found["model_differs"]) == {"model", "vehicle_model"}
    assert set(found["configuration_differs"]) == {"configuration", "vehicle_configuration"}


def test_a_blocked_step_names_what_it_needs_too(clerk: Clerk) -> None:
    """Too early, and the cars are not given: both, as `do` says both."""
    ref = clerk.house.opened("colour_order")

    zh = clerk.runs(f"why {ref} confirm --user sun").out.splitlines()[-1]
    en = clerk.runs(f"--lang en why {ref} confirm --user sun").out.splitlines()[-1]

    assert zh == "confirm 确认颜色  03-02 13:30 起才能办; 要填 生产订单颜色"
    assert en == "confirm  not before 03-02 13:30; needs Colours of the production order"


def test_a_step_of_another_state_is_blocked_not_unknown(clerk: Clerk) -> None:
    """As `do` refuses it; only an action that the process lacks is unknown."""
    ref, over = clerk.house.opened("complaint"), clerk.house.brought("complaint", "satisfied")

    early = blockers(clerk, f"why {ref} confirm")

    assert early["wrong_state"]["params"]["state"] == "reported"
    assert early == {one["code"]: one for one in clerk.refused(f"do {ref} confirm")["blockers"]}
    assert set(blockers(clerk, f"why {ref} 满意")) == {"wrong_state"}
    assert set(blockers(clerk, f"why {over} resolve")) == {"closed"}
    assert "confirm 满意  现在是「已登记」, 不能这样办" in clerk.runs(f"why {ref} confirm").out
    assert [clerk.runs(f"why {ref} {action}").code for action in ("fly", "note")] == [3, 3]


def test_what_the_clock_does_is_said_to_be_the_clocks(clerk: Clerk) -> None:
    """A step that comes by itself."""
    ref = clerk.house.opened("colour_order")

    assert "timed_only" in blockers(clerk, f"why {ref} lapse --user sun")


def test_instants_are_in_the_persons_offset(clerk: Clerk) -> None:
    """In the parameters of every reason, and in its sentence; in answers and in errors."""
    ref, colours = clerk.house.opened("complaint"), clerk.house.opened("colour_order")
    clerk.does(f"chase {ref}")

    chased = clerk.refused(f"chase {ref}")["blockers"]
    tried = clerk.refused(f"do {colours} confirm --user sun")["blockers"]
    told = blockers(clerk, f"why {colours} confirm --user sun")["not_before"]

    assert [one["params"]["at"] for one in chased] == ["2026-03-02T09:00:00+08:00"]
    assert told["params"] == {"at": "2026-03-02T13:30:00+08:00"}
    assert told in tried
    assert not re.search(r"\dT\d", told["message"])
