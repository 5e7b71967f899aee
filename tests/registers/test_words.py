"""What registers are called at the command line, and what a person is told of files and of rows that ended."""

from pathlib import Path

import pytest

from tests.cli.clerk import Clerk
from tests.support.house import House


@pytest.fixture
def clerk(sqlite_house: House, tmp_path: Path) -> Clerk:
    """Give a clerk whose dealership knows a customer."""
    clerk = Clerk(sqlite_house, tmp_path)
    clerk.does("register add customer --set name=何军 --set phone=13800138000 --user admin")
    return clerk


def test_a_register_is_named_by_its_label_everywhere(clerk: Clerk) -> None:
    """template, export, import: as register list."""
    clerk.does("template 客户 -o t.csv")
    clerk.does("export 客户 -o c.csv --reveal")

    assert clerk.reads("import 客户 c.csv -y --user admin")["accepted"] == 1
    assert (clerk.home / "t.csv").exists()


@pytest.mark.parametrize("line", ["template 修理", "export 修理 -o r.csv", "import 修理 r.csv"])
def test_an_unknown_register_is_told_with_all_there_are(clerk: Clerk, line: str) -> None:
    """By id and label, none of them cut short."""
    answer = clerk.runs(line)

    assert answer.code == 3
    assert "没有台账 修理" in answer.err
    assert "customer 客户, showroom 来店登记" in answer.err
    assert "oil_sale 机油销售" in answer.err
    assert ".. " not in answer.err


def test_a_masked_export_says_that_it_cannot_be_read_back(clerk: Clerk) -> None:
    """With --reveal it can, and a register without phones says nothing."""
    assert "--reveal" in clerk.runs("export customer -o c.csv").err
    assert clerk.runs("export customer -o c.csv --reveal").err == ""
    assert clerk.runs("export model_year -o m.csv").err == ""


def test_a_card_says_that_the_row_ended(clerk: Clerk) -> None:
    """In its head, in JSON too; entered again it holds again."""
    assert "已停用" not in clerk.does("card 何军")
    clerk.does("register end customer 13800138000 --reason 搬走 --user admin")

    assert clerk.does("card 何军").splitlines()[0].endswith("已停用")
    assert clerk.reads("card 何军")["customer"]["ended"] is True
    clerk.does("register add customer --set name=何军 --set phone=13800138000 --user admin")
    assert "已停用" not in clerk.does("card 何军")
