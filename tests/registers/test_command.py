"""cuiban register: what a clerk types, and what comes back. [cli.md 1]"""

from tests.cli.clerk import Clerk
from tests.support.vins import vin

ADD = "register add customer --set 姓名=孙丽 --set 电话=13800138000 --set 建档日期=昨天"


def test_a_row_from_the_command_line(clerk: Clerk) -> None:
    """Entered, changed, listed, ended; the register by its Chinese name too."""
    assert clerk.does(ADD) == "已登记 KH-000001 客户\n"
    assert clerk.does("register set 客户 KH-000001 --set advisor=赵磊") == "已更改 KH-000001 客户, 第2版\n"
    assert clerk.does("register list 客户 孙") == "KH-000001  孙丽  138****8000  服务顾问 赵磊, 建档日期 2026-03-01\n"
    (why,) = clerk.refused("register end customer 13800138000")["blockers"]
    assert why["code"] == "reason_missing"
    assert clerk.does("register end customer 13800138000 --reason 搬走") == "已停用 KH-000001 客户\n"
    assert clerk.does("register list customer") == "没有符合的行\n"
    assert clerk.reads("register list customer --any")[0]["ended"] is True


def test_json_has_every_key(clerk: Clerk) -> None:
    """Fields that are empty are null; instants in the person's offset. [cli.md 1]"""
    row = clerk.reads(ADD)
    assert (row["id"], row["action"], row["fields"]["phone"], row["fields"]["club"]) == ("KH-000001", "add", "138****8000", None)
    assert clerk.reads("register list customer --reveal")[0]["fields"]["phone"] == "13800138000"
    clerk.does(f"register add vehicle --set vin={vin(1)}")
    repair = clerk.reads(
        f"register add repair --set number=WX1 --set vin={vin(1)} --set settled_at=2026-03-01T16:00 --set amount=99.5"
    )
    assert (repair["fields"]["settled_at"], repair["fields"]["amount"]) == ("2026-03-01T16:00:00+08:00", 9950)
    assert clerk.does("register list 维修单").split()[:3] == ["WX-000001", "WX1", "-"]


def test_refusals(clerk: Clerk) -> None:
    """Every reason at once, with its code; an unknown register, an unknown row."""
    error = clerk.refused("register add customer --set phone=1 --set name=")
    assert (error["exit"], sorted(b["code"] for b in error["blockers"])) == (1, ["field_missing", "wrong_value"])
    assert clerk.refused("register list nothing")["exit"] == 3
    assert clerk.refused("register set customer KH-000009 --set name=孙")["exit"] == 3


def test_a_row_of_a_register_is_no_case(clerk: Clerk) -> None:
    """`show` and `why` of one say so, and what shows it."""
    clerk.does(ADD)
    clerk.does(f"register add vehicle --set vin={vin(1)}")
    clerk.does("register add slip --set book=出库单 --set number=1 --set state=used --user sun")

    for line, ways in (("show KH-000001", "cuiban card KH-000001"), ("why cl-000001", "cuiban car CL-000001"),
                       ("show CK-000001", "cuiban register list slip CK-000001")):  # fmt: skip
        answer = clerk.runs(line)
        assert (answer.code, f"{ways}; cuiban history {ways.split()[-1]}" in answer.err) == (3, True), answer.err
        for way in ways, f"history {ways.split()[-1]}":
            assert clerk.does(way.removeprefix("cuiban "))
    assert "没有 KH-000009 这件事" in clerk.runs("show KH-000009").err


def test_what_a_refusal_says_of_a_row_that_ended_works_as_typed(clerk: Clerk) -> None:
    """Whatever its key is made of: the row holds again; a phone is not told. [0013]"""
    clerk.does(f"register add vehicle --set vin={vin(1)} --user sun")
    made = {
        "invoice": "number=00761234 kind=blue day=2026-03-01", "movement": f"vin={vin(1)} at=2026-03-01T16:00 kind=stock_in",
        "slip": "book=出库单 number=0001201 state=used", "supplies": "month=2026-03 department=售后部 item=A4-70g used=3",
        "vehicle": f"vin={vin(2)}", "target": "kind=retail what=全部车型 since=2026-01-01 until=2026-03-31 goal=60",
    }  # fmt: skip
    for register, values in made.items():
        sets = " ".join(f"--set {value}" for value in values.split())
        row = clerk.reads(f"register add {register} {sets} --user admin")
        if register == "supplies":
            clerk.does(f"register set supplies {row['id']} --set 'item=A4 70g' --user admin")
        clerk.does(f"register end {register} {row['id']} --reason 登记错 --user admin")

        (why,) = clerk.refused(f"register set {register} {row['id']} --set {values.split()[-1]} --user admin")["blockers"]
        assert why["code"] == "row_ended"
        _, _, way = why["message"].partition("cuiban ")
        assert clerk.reads(f"{way} --user admin")["id"] == row["id"]
        assert [one["id"] for one in clerk.reads(f"register list {register}") if one["id"] == row["id"]] == [row["id"]]

    clerk.does(ADD)
    clerk.does("register end customer KH-000001 --reason 搬走")
    (why,) = clerk.refused("register set customer KH-000001 --set name=孙")["blockers"]
    assert why["message"].endswith("cuiban register add customer --set phone=..")


def test_what_a_step_wrote_is_changed_with_a_reason(clerk: Clerk) -> None:
    """The case says something else from then on; with nothing to change there is nothing to give a reason for."""
    clerk.house.brought("vehicle", "stock")
    colour = "register set vehicle CL-000001 --set colour=红 --user sun"
    assert [why["code"] for why in clerk.refused(f"{colour} --dry-run")["blockers"]] == ["reason_missing"]
    error = clerk.refused(f"{colour} --set vin=1")
    assert (error["exit"], [why["code"] for why in error["blockers"]]) == (1, ["wrong_value", "reason_missing"])
    assert "第" in clerk.does(f"{colour} --reason 看错了")
    assert "没有变化" in clerk.does(colour)


def test_names(clerk: Clerk) -> None:
    """`cuiban register` alone says which there are."""
    assert "customer" in clerk.does("register")
    assert {"name": "repair", "label": "维修单", "rows": 0} in clerk.reads("register names")


def test_a_list_finds_what_it_shows(clerk: Clerk) -> None:
    """Any text of a row, a choice by its label, a person by his name, a plate however it is typed; no more rows than asked."""
    clerk.does(ADD + " --set advisor=赵磊")
    clerk.does(f"register add vehicle --set vin={vin(1)} --set 车型=君越 --set 车牌=皖H6K218 --set 客户=13800138000")
    car = f" --set amount=100 --set vin={vin(1)}"
    clerk.does(f"register add repair --set number=WX1 --set settled_at=2026-03-01T16:00 --set 维修类别=保养{car}")
    clerk.does(f"register add repair --set number=WX2 --set settled_at=2026-03-01T17:00 --set 维修类别=维修{car}")

    for register, text, ids in (
        ("vehicle", "君越", ["CL-000001"]), ("vehicle", "h·6k2", ["CL-000001"]),
        ("vehicle", "KH-000001", ["CL-000001"]), ("repair", "保养", ["WX-000001"]), ("repair", "Upkeep", ["WX-000001"]),
        ("repair", "wx-000002", ["WX-000002"]), ("customer", "赵磊", ["KH-000001"]), ("customer", "3800138", ["KH-000001"]),
        ("customer", "没有", []),
    ):  # fmt: skip
        assert [row["id"] for row in clerk.reads(f"register list {register} {text}")] == ids, text
    assert len(clerk.does("register list repair WX --limit 1").splitlines()) == 1


def test_a_book_and_what_differs_go_by_their_labels(clerk: Clerk) -> None:
    """单据本 出库单, not outbound_slip, in lists and gaps; a field that differs by its label; JSON keeps the ids. [D4]"""
    for number in ("0001201", "0001203"):
        clerk.does(f"register add slip --set book=outbound_slip --set number={number} --set state=used --user sun")
    clerk.does(f"register add vehicle --set vin={vin(1)} --user sun")
    sold = "--set contract=HT1 --set price=100000 --set delivered_on=2026-03-01"
    clerk.does(f"register add sales_order {sold} --set vin={vin(1)} --user sun")
    clerk.does(f"register add invoice --set number=00761234 --set vin={vin(1)} --set day=2026-03-01 --set kind=blue --user qian")

    gap, differs = clerk.does("register match d4_series"), clerk.does("register match d16_sold")

    assert [line.split() for line in gap.splitlines()[:2]] == [
        ["情况", "出库单号", "前一张", "后一张"], ["缺号", "出库单/0001202", "CK-000001", "CK-000002"]]  # fmt: skip
    assert gap.splitlines()[2] == "接着看: 查号码 cuiban numbers list 出库单, 漏登的补上 cuiban register add 出库单"
    assert clerk.reads("register match d4_series")[0]["key"] == "outbound_slip/0001202"
    assert "单据本 出库单" in clerk.does("register list slip")
    assert differs.splitlines()[0].split() == ["情况", "车架号", "销售订单", "发票", "不同之处"]
    assert "两边不一样" in differs
    assert "合同编码 HT1 / -" in differs
    assert differs.splitlines()[-1] == f"接着看: cuiban car {vin(1)}"


def test_what_does_not_agree_names_both_registers(clerk: Clerk) -> None:
    """Who has it and who lacks it, in either language; of a rule of one side that it is still there; a row where no car is."""
    for number in (1, 2):
        clerk.does(f"register add vehicle --set vin={vin(number)} --user sun")
    clerk.does(f"register add sales_order --set contract=HT1 --set vin={vin(1)} --set delivered_on=2026-03-01 --user sun")
    clerk.does(f"register add maintenance_card --set vin={vin(2)} --set state=torn --set delivered_on=2026-03-01 --user sun")
    clerk.does(f"register add repair --set number=WX1 --set settled_at=2026-03-01T16:00 --set amount=1 --set vin={vin(1)}")

    cards = clerk.does("register match d7_cards").splitlines()
    assert cards[0].split() == ["情况", "车架号", "首二保卡", "销售订单"]
    assert cards[1].startswith("首二保卡有, 销售订单没有")
    assert cards[2].startswith("销售订单有, 首二保卡没有")
    assert clerk.does("register match d7_cards --lang en").splitlines()[2].startswith("in Sales orders, not in Maintenance cards")
    assert clerk.does("register match d7_left").splitlines()[1].startswith("首二保卡里还有")
    last = clerk.does("register match a2_cards").splitlines()[-1]
    assert last == "接着看: cuiban register list repair WX-000001"
    assert "WX1" in clerk.does(last.partition("cuiban ")[2])


def test_one_thing_is_one(clerk: Clerk) -> None:
    """In English: how much is wrong is counted as people count."""
    one, two = (clerk.runs(f"--lang en register add customer --set phone=13800138000 {more}") for more in ("", "--set club=7"))

    assert one.err.splitlines()[0] == "Customers: this cannot be entered, 1 thing is wrong:"
    assert two.err.splitlines()[0] == "Customers: this cannot be entered, 2 things are wrong:"
