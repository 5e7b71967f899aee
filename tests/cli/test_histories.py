"""What has a history beside a case, and what its JSON always says. [cli.md 3]"""

from tests.cli.clerk import Clerk
from tests.support.house import House


def test_who_looked_at_masked_values_is_shown(clerk: Clerk) -> None:
    """@access holds every use of --reveal: who, when, on what; it replays like a case."""
    clerk.does("export customer -o c.csv --reveal")

    (line,) = clerk.does("history @access").splitlines()
    (one,) = clerk.reads("history @access")

    assert line == "03-02 09:00 王芳 看未遮盖的资料  what=export customer"
    assert (one["by"], one["action"], one["fields"]) == ("wang", "reveal", {"what": "export customer"})
    assert clerk.reads("replay @access")["equal"] is True


def test_reference_data_has_a_history(clerk: Clerk) -> None:
    """People, settings and their kin, named as docs/auditor.md does; a stream that nobody wrote to is empty, another unknown."""
    clerk.does("role grant 王芳 finance --user admin --reason 代班")

    assert clerk.does("history @people").splitlines()[-1].endswith("给岗位  id=wang role=finance  代班")
    assert {one["ref"] for one in clerk.reads("history @people --by admin")} == {"@people"}
    assert clerk.reads("history @calendar") == []
    assert clerk.refused("history @peple")["exit"] == 3


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
