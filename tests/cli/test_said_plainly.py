"""Answers that are read by people: lists, files, what there is nothing of, what comes of a second dealership. [cli.md 1, 5]"""

import json
from pathlib import Path

import pytest

from cuiban.commands.todo_sheet import COLUMNS
from cuiban.exchange.tables import Column, write_table
from tests.cli.clerk import Clerk
from tests.cli.shell import Shell
from tests.cli.terminal import typed


@pytest.fixture
def founded(shell: Shell) -> tuple[str, ...]:
    """Give the words of an init into a database that has a dealership."""
    assert shell.runs("init", "--sandbox", "--dealership", "甲店", "--admin", "a", "--db", "house.db").code == 0
    return ("init", "--sandbox", "--dealership", "乙店", "--admin", "b", "--db", "house.db")


def test_a_second_dealership_is_asked_about(shell: Shell, founded: tuple[str, ...]) -> None:
    """From then on every command has to name one: without a terminal nothing is done."""
    unasked = shell.runs(*founded)
    one = shell.runs("user", "list", "--db", "house.db", "--user", "a")
    added = shell.runs(*founded, "-y")
    again = shell.runs(*founded)

    assert unasked.code == 2
    assert "里已有 甲店; 再加一家 乙店, 以后每条命令都要用 --dealership 说明是哪家, 确定吗?" in unasked.err
    assert one.code == 0
    assert added.code == 0
    assert "现在有 甲店, 乙店: 每条命令都要写 --dealership" in added.err
    assert (again.code, "未改动" in again.out) == (0, True)
    assert shell.runs("user", "list", "--db", "house.db", "--user", "a").code == 3


def test_a_second_dealership_is_not_added_after_a_no(shell: Shell, founded: tuple[str, ...]) -> None:
    """The question at the terminal names what it changes; the default is no."""
    shown = typed(shell.home, {"CUIBAN_LANG": "en", "CUIBAN_NOW": "2026-03-11T08:40:00+08:00"},
                  f"cuiban {' '.join(founded)}; echo $?", "\n")  # fmt: skip

    assert "every command has to say by --dealership which is meant; add it? [y/N]" in shown
    assert shown.rstrip().endswith("130")
    assert shell.runs("user", "list", "--db", "house.db", "--user", "a").code == 0


def test_several_values_of_a_setting_are_told_as_people_write_them(clerk: Clerk) -> None:
    """Parted by commas, in the history too; JSON keeps a list."""
    clerk.does("settings allowed_software '销售部:QQ, 售后部:微信' --reason 群 --user admin")

    assert "  销售部:QQ, 售后部:微信  " in clerk.does("settings allowed_software")
    assert clerk.reads("settings allowed_software")[0]["value"] == ["销售部:QQ", "售后部:微信"]
    assert "值 销售部:QQ, 售后部:微信" in clerk.does("history @settings")


def test_a_sheet_without_an_action_asks_nothing(clerk: Clerk) -> None:
    """There is nothing to confirm; JSON counts nothing."""
    write_table(clerk.home / "list.xlsx", [Column(key, label.zh) for key, label in COLUMNS.items()], [{"ref": "TS-260302-001"}])

    assert clerk.does("import todo list.xlsx") == "list.xlsx 里没有填动作, 没有要办的\n"
    assert clerk.does("--lang en import todo list.xlsx") == "no action was filled in in list.xlsx: there is nothing to do\n"
    assert clerk.reads("import todo list.xlsx") == {"rows": 0, "accepted": 0, "refused": 0, "results": []}


def test_a_scan_is_told_by_its_bytes(clerk: Clerk, tmp_path: Path) -> None:
    """A picture has no rows."""
    (clerk.home / "form.png").write_bytes(b"x" * 1234)
    ref = clerk.house.brought("complaint", "accepted")
    clerk.does(f"do {ref} attach --attach quick_form=form.png")

    assert clerk.does(f"show {ref} --get quick_form -o out.png") == "已写入 out.png, 1234 字节\n"
    assert clerk.does(f"--lang en show {ref} --get quick_form -o out.png") == "out.png: 1234 bytes written\n"
    assert json.loads(clerk.does(f"show {ref} --get quick_form -o out.png --json"))["bytes"] == 1234


def test_a_state_of_many_processes_has_no_label_of_one(clerk: Clerk) -> None:
    """`resolved` is called otherwise in a complaint than in an incident; with --process its label stands there."""
    many, one = (clerk.runs(f"list --state nosuch{more}").err for more in ("", " --process 投诉"))

    assert " resolved, " in many
    assert "resolved 待二次回访" not in many
    assert "resolved 待二次回访" in one
