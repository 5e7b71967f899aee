"""What has a history beside a case, and what its JSON always says. [cli.md 3]"""

import pytest

from tests.cli.clerk import Clerk
from tests.support.house import House


def test_who_looked_at_masked_values_is_shown(clerk: Clerk) -> None:
    """@access holds every use of --reveal: who, when, on what; it replays like a case."""
    clerk.does("export customer -o c.csv --reveal")

    (line,) = clerk.does("history @access").splitlines()
    (one,) = clerk.reads("history @access")

    assert line == "03-02 09:00 王芳 看未遮盖的资料  看了 export customer"
    assert (one["by"], one["action"], one["fields"]) == ("wang", "reveal", {"what": "export customer"})
    assert clerk.reads("replay @access")["equal"] is True


def test_reference_data_has_a_history(clerk: Clerk) -> None:
    """People, settings and their kin, named as docs/auditor.md does; a stream that nobody wrote to is empty, another unknown."""
    clerk.does("role grant 王芳 finance --user admin --reason 代班")

    assert clerk.does("history @people").splitlines()[-1].endswith("给岗位  何人 王芳(wang), 岗位 财务  代班")
    assert clerk.does("history @people --lang en").splitlines()[-1].endswith("granted  who 王芳(wang), role Finance  代班")
    assert {one["ref"] for one in clerk.reads("history @people --by admin")} == {"@people"}
    assert clerk.reads("history @calendar") == []
    assert clerk.refused("history @peple")["exit"] == 3


@pytest.mark.parametrize(("line", "stream", "told"), [
    ("settings incident_days 3 --reason 忙", "settings", "项目 异常处理几个工作日, 值 3"),
    ("settings showroom_holidays 否 --reason 冬天", "settings", "项目 展厅法定节假日营业, 值 否"),
    ("duties set b11_morning_meeting --from 2026-03-09 --due 11:00 --reason 早", "duties",
     "事项 早会反馈厂家, 自 2026-03-09, 几点 11:00"),
    ("duties set b11_morning_meeting --from 2026-03-09 --doer 客服代表 --reason 换", "duties", "由谁办 客服代表"),
    ("calendar set 2026-03-07 9:00-12:00,13:00-17:00 --reason 店庆", "calendar", "日期 2026-03-07, 上班 09:00-12:00 13:00-17:00"),
    ("calendar set 2026-03-09 off --reason 停电", "calendar", "日期 2026-03-09, 上班 休"),
    ("absence add 王芳 2026-03-09 2026-03-10 --substitute 陈静", "absences",
     "编号 1, 何人 王芳, 代理人 陈静, 从 03-09 00:00, 到 03-11 00:00"),
    ("numbers start outbound_slip 1201 --reason 接着编", "numbers", "号簿 出库单, 号码 1201"),
])  # fmt: skip
def test_what_was_changed_is_told_by_its_label(clerk: Clerk, line: str, stream: str, told: str) -> None:
    """Each field and value as people call it; JSON keeps the ids."""
    clerk.does(f"{line} --user admin -y")

    assert told in clerk.does(f"history @{stream}").splitlines()[-1]
    assert "=" not in clerk.does(f"history @{stream}")
    assert clerk.reads(f"history @{stream}")[-1]["fields"]


def test_a_row_of_a_register_has_a_history(clerk: Clerk) -> None:
    """By its id."""
    id = clerk.reads("register add customer --set name=何军 --set phone=13800138000 --user admin")["id"]

    assert [one["action"] for one in clerk.reads(f"history {id}")] == ["add"]
    assert clerk.reads(f"replay {id}")["equal"] is True


def test_every_entry_says_where_the_case_stands(clerk: Clerk, sqlite_house: House) -> None:
    """A note and a chase move nothing: `to` is where the case stood then, not where it stands now."""
    ref = sqlite_house.opened("complaint")
    clerk.does(f"do {ref} note --note 客户来电")
    sqlite_house.on_to(ref, "resolved")
    clerk.does(f"do {ref} note --note 又来电")

    told = [(one["action"], one["to"]) for one in clerk.reads(f"history {ref}")]
    of_all = {(one["action"], one["to"]) for one in clerk.reads("history") if one["ref"] == ref}

    assert told == [
        ("open", "reported"),
        ("note", "reported"),
        ("accept", "accepted"),
        ("resolve", "resolved"),
        ("note", "resolved"),
    ]
    assert of_all == set(told)
    assert "备注 ->" not in clerk.does(f"history {ref}")


def test_a_paper_that_came_with_a_step_is_shown(clerk: Clerk, sqlite_house: House) -> None:
    """Under its label; in JSON by its kind too."""
    ref = sqlite_house.brought("complaint", "resolved")

    (line,) = [one for one in clerk.does(f"history {ref}").splitlines() if "处理完毕" in one]
    (told,) = [one for one in clerk.reads(f"history {ref}") if one["action"] == "resolve"]

    assert line.endswith("附 快速处理表")
    assert (told["documents"], told["documents_label"]) == (["quick_form"], ["快速处理表"])


def test_a_replay_of_all_keeps_to_the_contract(clerk: Clerk) -> None:
    """Texts are texts, though it is about no single case."""
    value = clerk.reads("replay --all")

    assert (value["ref"], value["state"], value["definition"], value["as_of"]) == ("", "", "", None)
