"""The parameters of a refusal's reasons are keys and ids, whatever the language; its sentences keep the labels. [cli.md 1]"""

from typing import Any

from tests.cli.clerk import Clerk
from tests.support.house import House


def params(clerk: Clerk, line: str) -> dict[str, dict[str, Any]]:
    """The parameters of each reason for which a line is refused, by code."""
    return {one["code"]: one["params"] for one in clerk.refused(line)["blockers"]}


def test_params_are_keys_and_ids(clerk: Clerk, sqlite_house: House) -> None:
    """Fields, papers, states, steps, people, roles: as programs know them."""
    ref = sqlite_house.brought("complaint", "accepted")
    closed = sqlite_house.brought("complaint", "satisfied")

    lacking = params(clerk, f"do {ref} resolve --user 李强")
    barred = params(clerk, f"do {ref} resolve --set remedy=重喷 --user 王芳")
    over = params(clerk, f"do {closed} resolve --set remedy=重喷")
    early = params(clerk, f"do {ref} confirm")
    unknown = params(clerk, f"do {ref} resolve --set remidy=重喷 --user 李强")

    assert lacking == {"field_missing": {"field": "remedy"}, "paper_missing": {"paper": "quick_form"}}
    assert barred["not_allowed"] == {"who": ["li"], "actor": "wang"}
    assert over["closed"] == {"state": "satisfied"}
    assert early["wrong_state"]["state"] == "accepted"
    assert "resolve" in early["wrong_state"]["offered"]
    assert unknown["unknown_field"]["field"] == "remidy"
    assert "remedy" in unknown["unknown_field"]["fields"]


def test_sentences_keep_the_labels(clerk: Clerk, sqlite_house: House) -> None:
    """In the language of whoever reads; the way out names the keys."""
    ref = sqlite_house.brought("complaint", "accepted")

    zh, en = (clerk.runs(f"do {ref} resolve --user 李强 --no-input", CUIBAN_LANG=lang).err for lang in ("zh", "en"))

    assert "缺 处理结果" in zh
    assert "缺 快速处理表" in zh
    assert "Remedy is missing" in en
    assert "--set remedy=.. --attach quick_form=.." in zh


def test_a_register_names_its_fields_by_key(clerk: Clerk) -> None:
    """Its own reasons too."""
    found = params(clerk, "register add customer --set phone=13800138000 --set mane=何军 --user admin")

    assert found["unknown_field"]["field"] == "mane"
    assert "name" in found["unknown_field"]["fields"]
    assert params(clerk, "register add customer --set name=何军 --set phone=12 --user admin")["wrong_value"]["field"] == "phone"
