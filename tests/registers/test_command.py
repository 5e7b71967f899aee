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


def test_names(clerk: Clerk) -> None:
    """`cuiban register` alone says which there are."""
    assert "customer" in clerk.does("register")
    assert {"name": "repair", "label": "维修单", "rows": 0} in clerk.reads("register names")


def test_a_book_and_what_differs_go_by_their_labels(clerk: Clerk) -> None:
    """单据本 出库单, not outbound_slip, in lists and gaps; a field that differs by its label; JSON keeps the ids. [D4]"""
    for number in ("0001201", "0001203"):
        clerk.does(f"register add slip --set book=outbound_slip --set number={number} --set state=used --user sun")
    clerk.does(f"register add vehicle --set vin={vin(1)} --user sun")
    sold = "--set contract=HT1 --set price=100000 --set delivered_on=2026-03-01"
    clerk.does(f"register add sales_order {sold} --set vin={vin(1)} --user sun")
    clerk.does(f"register add invoice --set number=00761234 --set vin={vin(1)} --set day=2026-03-01 --set kind=blue --user qian")

    gap, differs = clerk.does("register match d4_series"), clerk.does("register match d16_sold")

    assert gap.split() == ["缺", "出库单/0001202", "CK-000001", "CK-000002"]
    assert clerk.reads("register match d4_series")[0]["key"] == "outbound_slip/0001202"
    assert "单据本 出库单" in clerk.does("register list slip")
    assert "合同编码 HT1 / -" in differs
