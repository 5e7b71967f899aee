"""Imported cases stand apart from ours: they take nothing that a live case needs, and personal values stay aside."""

from pathlib import Path

from tests.imports.desklog import imported, write_map
from tests.support.house import House
from tests.support.vins import vin

STEPS = ("open", "review", "allocate", "invoice", "send_out", "report")
MAP = """
[log]
zone = "Asia/Shanghai"
[case]
subject = "{case}"
[activities]
open = "open"
review = "review"
allocate = "allocate"
invoice = "invoice"
send_out = "send_out"
report = "report"
[fields]
contract = "contract_number"
vin = "vin"
customer = "customer"
phone = "phone"
"""


def write_sales(path: Path, contracts: list[str], steps: tuple[str, ...] = STEPS) -> Path:
    """Write the log of another shop's sales, all of the same car."""
    lines = ["case:concept:name,concept:name,time:timestamp,contract,vin,customer,phone"]
    for contract in contracts:
        for day, step in enumerate(steps, 1):
            lines.append(f"{contract},{step},2025-06-{day:02} 10:00,{contract},{vin(1)},王小明,13705561122")
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_they_take_no_car_no_number_and_no_contract(house: House, tmp_path: Path) -> None:
    """Two imported sales of one car and one contract, and then our own: neither stands in its way, the first slip is ours."""
    log = write_sales(tmp_path / "sales.csv", ["HT260302001", "HT2"])
    done = imported(house, log, write_map(tmp_path / "map.toml", MAP), "delivery")
    assert (done.opened, done.report.conforming_events) == (2, 12)

    house.brought("vehicle", "stock")
    ours = house.brought("delivery", "out")

    numbers = house.office.numbers("outbound_slip")
    assert [(one["number"], one["ref"]) for one in numbers] == [(house.case(ours).data.fields["slip_number"], ours)]
    assert house.case(ours).data.holds == {"vin": vin(1)}


def test_they_open_and_drive_no_other_case(house: House, tmp_path: Path) -> None:
    """A car that stands in our stock stays there when somebody else's log sells one of its number."""
    car = house.brought("vehicle", "stock")
    before = house.case(car)

    imported(house, write_sales(tmp_path / "sales.csv", ["A", "B"]), write_map(tmp_path / "map.toml", MAP), "delivery")

    assert house.case(car) == before
    assert house.rows()["cases"] == 3


def test_their_personal_values_stay_aside(house: House, tmp_path: Path) -> None:
    """Names and phones are kept beside the history, and can be erased without breaking it."""
    imported(house, write_sales(tmp_path / "sales.csv", ["A"]), write_map(tmp_path / "map.toml", MAP), "delivery")
    ref = house.office.cases(closed=None, now=house.now)[0].ref

    with house.raw() as raw:
        told = " ".join(str(row[0]) for row in raw.all("SELECT text FROM events WHERE process = 'delivery'"))

    assert "王小明" not in told
    assert "13705561122" not in told
    shown = house.office.show(ref, actor="sun", now=house.now)
    assert (shown.fields["customer"], shown.fields["phone"]) == ("王小明", "137****1122")


def test_a_log_of_a_kind_that_nobody_declared_deviates_as_a_whole(house: House, tmp_path: Path) -> None:
    """The cases are there, none of them moved, and every event is told."""
    log = write_sales(tmp_path / "sales.csv", ["A"], ("paint", "polish"))

    done = imported(house, log, write_map(tmp_path / "map.toml", MAP), "delivery")

    assert (done.opened, done.report.conforming_cases, done.report.conforming_events) == (1, 0, 0)
    assert [(one.code, one.activity) for one in done.report.deviations] == [
        ("unmapped_activity", "paint"),
        ("unmapped_activity", "polish"),
    ]
