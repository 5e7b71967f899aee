"""A customer's card, a car's card, and finding either. [issue 4; A2, A16, D30]"""

import pytest

from cuiban.errors import NotFound
from tests.cli.clerk import Clerk
from tests.registers.test_by_hand import added
from tests.support.house import House
from tests.support.vins import vin

PLATE = "皖H3D905"


def known(house: House) -> None:
    """孙丽 with two cars, repairs, an order; somebody else with a car of his."""
    added(house, "customer", {"name": "孙丽", "phone": "13800138000", "advisor": "赵磊"})
    added(house, "customer", {"name": "何军", "phone": "13900139001"})
    added(house, "vehicle", {"vin": vin(1), "plate": PLATE, "model": "君越", "customer": "KH-000001", "next_mileage": "20000"})
    added(house, "vehicle", {"vin": vin(2), "model": "英朗", "customer": "13800138000"})
    added(house, "vehicle", {"vin": vin(3), "plate": "皖H3D906", "customer": "KH-000002"})
    for number, (car, at) in enumerate([(1, "2026-02-01"), (1, "2026-03-01"), (3, "2026-03-01")], 1):
        fields = {"number": f"WX{number}", "vin": vin(car), "settled_at": f"{at}T10:00:00+08:00", "item": "保养"}
        added(house, "repair", fields)
    added(house, "sales_order", {"contract": "HT1", "vin": vin(2), "customer": "KH-000001", "price": "128600"}, by="sun")


def test_a_card_has_all_of_a_customer_and_nothing_of_others(house: House) -> None:
    """Cars, repairs newest first, the order, the cases of these cars, what comes next. [A2, A16]"""
    known(house)
    mine = house.opened("complaint", given={"plate": PLATE, "vin": None})
    house.opened("complaint", given={"plate": "皖H3D906", "vin": None})

    card = house.office.card("孙丽", actor="wang", now=house.now)

    assert (card.customer["id"], card.customer["phone"]) == ("KH-000001", "138****8000")
    assert [car["vin"] for car in card.vehicles] == [vin(1), vin(2)]
    assert [repair["number"] for repair in card.repairs] == ["WX2", "WX1"]
    assert [order["contract"] for order in card.orders] == ["HT1"]
    assert [case.ref for case in card.cases] == [mine]
    assert card.next == [{"vin": vin(1), "plate": PLATE, "next_item": None, "next_mileage": 20000, "next_on": None}]
    for which in ("KH-000001", "13800138000", "138-0013-8000"):
        assert house.office.card(which, actor="wang", now=house.now).customer["id"] == "KH-000001"


def test_a_card_reveals_only_on_request_and_records_it(house: House) -> None:
    """As everywhere. [R10]"""
    known(house)

    card = house.office.card("KH-000001", actor="wang", reveal=True, now=house.now)

    assert card.customer["phone"] == "13800138000"
    assert house.events("@access")[-1].by == "wang"


def test_whom_a_name_means(house: House) -> None:
    """Nobody, or several."""
    known(house)
    added(house, "customer", {"name": "孙丽", "phone": "13700137000"})
    for which, code in (("孙丽", "ambiguous"), ("钱多", "not_found")):
        with pytest.raises(NotFound) as caught:
            house.office.card(which, actor="wang", now=house.now)
        assert caught.value.code == code


def test_of_many_of_one_name_it_is_told_that_there_are_more(house: House) -> None:
    """Six are named, the seventh is not passed over in silence."""
    known(house)
    for number in range(5):
        added(house, "customer", {"name": "孙丽", "phone": f"1370013700{number}"})
    told = []
    for number in (5, 6):
        with pytest.raises(NotFound) as caught:
            house.office.card("孙丽", actor="wang", now=house.now)
        told.append(caught.value.message.en)
        added(house, "customer", {"name": "孙丽", "phone": f"1370013700{number}"})

    assert not told[0].endswith("and more")
    assert told[0].count("KH-") == told[1].count("KH-") == 6
    assert told[1].endswith(" and more")


def test_a_car_has_its_whole_way(house: House) -> None:
    """Its case step by step, whoever drove it; the delivery that sold it; its papers. [D1, D2, D30]"""
    house.brought("vehicle", "stock")
    delivery = house.brought("delivery", "out")
    number = str(house.case(delivery).data.fields["vin"])

    car = house.office.car(number.lower(), actor="sun", now=house.now)

    assert [step.action for step in car.way] == ["open", "stock_in", "allocate", "send_out"]
    assert {case.process for case in car.cases} >= {"vehicle", "delivery"}
    assert {paper.ref for paper in car.documents} == {delivery}
    assert car.customer is None
    with pytest.raises(NotFound):
        house.office.car("皖A00000", actor="sun", now=house.now)


def test_rows_that_ended_hide_none(clerk: Clerk) -> None:
    """However many ended before them; that there are more is said of those that hold."""
    for number in range(1, 9):
        clerk.does(f"register add customer --set name=孙{number} --set phone=1380013800{number}")
    for number in (1, 2, 3, 4, 6):
        clerk.does(f"register end customer KH-00000{number} --reason 搬走")

    page = clerk.runs("find 1380013800 --limit 2")

    assert [line.split()[0] for line in page.out.splitlines()] == ["KH-000005", "KH-000007"]
    assert page.err == "客户: 还有更多, 只列前 2 行; 更多用 --limit\n"
    assert len(clerk.reads("find 1380013800 --limit 3")) == 3
    assert clerk.runs("find 1380013800 --limit 3").err == ""


@pytest.mark.parametrize(("text", "ids"), [
    ("孙", ["KH-000001"]), ("丽", ["KH-000001"]), ("0013800", ["KH-000001"]), ("138 0013", ["KH-000001"]),
    ("h3d90", ["CL-000001", "CL-000003"]),
    ("皖H·3D905", ["CL-000001"]), (vin(2)[-6:], ["CL-000002"]), ("lsgpc5", ["CL-000001", "CL-000002", "CL-000003"]),
    ("139001", ["KH-000002"]), ("%", []), ("_", []), ("钱", []), ("  ", []),
])  # fmt: skip
def test_a_part_finds_it(house: House, text: str, ids: list[str]) -> None:
    """Of a name, phone, plate or VIN, in Chinese too; phones stay masked in what is told."""
    known(house)

    found = house.office.find(text)

    if text == vin(2)[-6:]:
        assert ids[0] in [one.id for one in found]
    else:
        assert sorted(one.id for one in found) == sorted(ids)
    assert all("13800138000" not in str(one.fields) for one in found)


def test_what_is_found_reads_as_in_a_list(clerk: Clerk) -> None:
    """Days, times and choices as people read them, in JSON's title too; more than is shown is told, for each register."""
    for number in (1, 2, 3):
        clerk.does(f"register add customer --set 姓名=孙{number} --set 电话=1380013800{number}")
    clerk.does("register add service_call --set number=1 --set kind=appointment --set at=2026-03-01T16:00 --set phone=13800138001")

    page = clerk.runs("find 1380013800 --limit 2")
    assert [line.split()[0] for line in page.out.splitlines()] == ["KH-000001", "KH-000002", "FW-000001"]
    assert page.out.splitlines()[2].split()[1:5] == ["服务台来电", "03-01", "16:00", "预约"]
    assert "客户: 还有更多, 只列前 2 行; 更多用 --limit" in page.err
    assert clerk.reads("find 13800138001")[-1]["title"] == "03-01 16:00 预约"
    assert clerk.runs("find 1380013800 --limit 3").err == ""


def test_on_the_command_line(clerk: Clerk) -> None:
    """One page; JSON with the keys of the contract. [cli.md 3]"""
    known(clerk.house)
    clerk.house.opened("complaint", given={"plate": PLATE, "vin": None})

    page = clerk.does("card 孙丽").splitlines()

    assert page[0] == "KH-000001  孙丽  138****8000"
    assert [line for line in page if not line.startswith(" ")][1:] == ["车辆", "维修", "订单", "事项"]
    card = clerk.reads("card KH-000001")
    assert {"customer", "vehicles", "repairs", "cases", "documents"} <= {*card}
    assert (card["cases"][0]["process"], card["repairs"][0]["settled_at"]) == ("complaint", "2026-03-01T10:00:00+08:00")
    assert clerk.does(f"car {PLATE}").startswith("CL-000001  君越  皖H3D905")
    assert clerk.does("find 905").split() == ["CL-000001", "车辆", "君越", "皖H3D905", vin(1), "cuiban", "car", vin(1)]
    assert clerk.refused("card 钱多")["exit"] == 3


@pytest.mark.parametrize(("verb", "register"), [("card", "customer"), ("car", "vehicle")])
def test_whom_no_register_knows_is_looked_for_otherwise(clerk: Clerk, verb: str, register: str) -> None:
    """Each way that is named can be typed as it stands; a case that speaks of the customer is found by the last. [A2]"""
    case = clerk.house.opened("complaint", given={"customer": "钱多", "phone": None, "plate": "皖A00000", "vin": None})

    told = clerk.runs(f"{verb} {'钱多' if verb == 'card' else '皖A00000'}").err

    assert f"cuiban register list {register}" in told
    assert clerk.runs(f"register list {register}").code == 0
    assert "cuiban find 一部分" in told
    assert "cuiban list 一部分" in told
    assert case in clerk.does("list 钱多")
