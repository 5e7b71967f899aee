"""--dry-run: every check, the same output, nothing kept, and a person is told so. [cli.md 1, Writing]"""

import pytest

from tests.cli.clerk import Clerk
from tests.support.house import House

WRITING = (
    "settings incident_days 3 --reason 忙 --user admin",
    "absence add 王芳 2026-03-09 2026-03-13",
    "register add customer --set name=何军 --set phone=13800138000 --user admin",
    "numbers start outbound_slip 1201 --reason 新本 --user admin",
    "numbers void outbound_slip 1 --reason 撕破 --user admin",
    "user add neu 牛二 --user admin",
    "role grant 王芳 finance --user admin",
    "duties set b11_morning_meeting --due 13:00 --reason 改 --user admin",
    "calendar set 2026-03-09 off --reason 盘点 --user admin",
    "open 投诉 --set customer=何军 --set topic=异响 --set responsible=李强 --set phone=13805561234 --set plate=皖H3D905",
)


@pytest.mark.parametrize("line", WRITING, ids=[line.split(" --")[0] for line in WRITING])
def test_a_dry_run_says_that_nothing_was_kept(clerk: Clerk, sqlite_house: House, line: str) -> None:
    """In words, once; the JSON is that of the real call, and the same call then does it."""
    before = sqlite_house.rows()

    tried = clerk.does(f"{line} --dry-run")

    assert tried.count("(试办, 未保存)") == 1
    assert sqlite_house.rows() == before
    assert "试办" not in clerk.does(f"{line} --dry-run --json")
    assert "试办" not in clerk.does(line)
