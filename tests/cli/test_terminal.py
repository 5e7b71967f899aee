"""On a terminal: numbers of the last list, the one question, fields asked for, colour, clipping. [cli.md 1]"""

import pytest

from cuiban.commands.text import width_of
from tests.cli.clerk import Clerk
from tests.cli.terminal import typed
from tests.support.vins import vin

CODE = 'echo "[$?]"'


def test_numbers_mean_the_last_list_of_this_terminal(clerk: Clerk, environ: dict[str, str]) -> None:
    """A list numbers its cases; a pipe does not renumber; another terminal knows no numbers; an unknown number is 3."""
    first = clerk.house.opened("complaint")
    second = clerk.house.opened("complaint", given={"customer": "何军", "plate": None})
    script = f"cuiban list --process 投诉; cuiban list 赵敏 | cat; cuiban do 1 note --note x; {CODE}; cuiban show 2 | head -1; \
        cuiban do 9 note --note x; {CODE}"

    shown = typed(clerk.home, environ, script)
    elsewhere = typed(clerk.home, environ, f"cuiban show 1; {CODE}")

    assert f"{first} 已备注" in shown
    assert "[0]" in shown
    assert f"{second}  投诉 空调异响" in shown.splitlines()[-4] + shown.splitlines()[-3]
    assert shown.endswith("[3]\n")
    assert elsewhere.endswith("[3]\n")


def test_a_number_whose_case_moved_stops_the_step(clerk: Clerk, environ: dict[str, str]) -> None:
    """Somebody else was there since the list: 4, and what happened is said; one's own note does not count."""
    ref = clerk.house.opened("complaint")
    moves = f"cuiban do {ref} 签字承诺 --set promised_at='+2d 10:00' --user li >/dev/null 2>&1"
    script = f"cuiban list 赵敏; cuiban do 1 note --note x; {CODE}; {moves}; cuiban do 1 客户撤诉 --reason y; {CODE}"

    shown = typed(clerk.home, environ, script)

    assert "已备注" in shown
    assert f"第 1 件 {ref} 在上次列出后已变: " in shown
    assert "李强 签字承诺" in shown
    assert shown.endswith("[4]\n")
    assert clerk.house.case(ref).state == "accepted"


def test_what_is_missing_is_asked_for(clerk: Clerk, environ: dict[str, str]) -> None:
    """On a terminal the missing fields are asked for, by their labels; --no-input never asks."""
    asked = typed(clerk.home, environ, f"cuiban open 投诉 漆面; {CODE}", "何军\n李强\n")
    refused = typed(clerk.home, environ, f"cuiban open 投诉 漆面 --no-input; {CODE}", "何军\n李强\n")

    assert "客户: " in asked
    assert "责任人 (姓名): " in asked
    assert "已登记 TS-" in asked
    assert asked.endswith("[0]\n")
    assert "field_missing" in refused
    assert refused.endswith("[1]\n")


def test_an_answer_that_cannot_be_read_is_asked_for_again(clerk: Clerk, environ: dict[str, str]) -> None:
    """The question says what an answer looks like; a wrong one is answered at once; an answer may raise another question."""
    ref = clerk.house.opened("callback")
    answers = ["满意", "9", "", "5", *["4"] * 3]

    shown = typed(clerk.home, environ, f"cuiban do {ref} 记录", "\n".join(answers) + "\n\x04")

    assert "接待速度 (1-5): " in shown
    assert "  应为整数\n接待速度 (1-5): " in shown
    assert "  应在1到5之间\n" in shown
    assert "  这一项要填; 不办就按 Ctrl-C\n" in shown
    assert clerk.house.case(ref).state == "due"


def test_several_are_asked_about_by_number_and_name(clerk: Clerk, environ: dict[str, str]) -> None:
    """The question names how many and what, in the reader's language."""
    refs = [clerk.house.opened("complaint"), clerk.house.opened("complaint", given={"customer": "何军", "plate": None})]

    shown = typed(clerk.home, environ, f"cuiban do {' '.join(refs)} note --note 好", "y\n")

    assert "要对 2 件办「备注」, 确定吗? [y/N]" in shown


@pytest.mark.parametrize(("said", "code", "chased"), [("y", 0, 1), ("是", 0, 1), ("n", 130, 0), ("", 130, 0)])
def test_one_question_before_several(clerk: Clerk, environ: dict[str, str], said: str, code: int, chased: int) -> None:
    """The default is no; no is 130 and nothing done."""
    refs = [clerk.house.opened("complaint"), clerk.house.opened("complaint", given={"customer": "何军", "plate": None})]

    shown = typed(clerk.home, environ, f"cuiban chase {' '.join(refs)}; {CODE}", f"{said}\n")

    assert "要催 2 件, 确定吗? [y/N]" in shown
    assert shown.endswith(f"[{code}]\n")
    assert [clerk.house.case(ref).data.chased for ref in refs] == [chased, chased]


def test_colour_only_adds_to_words(clerk: Clerk, environ: dict[str, str]) -> None:
    """Escapes on a terminal, none with NO_COLOR, TERM=dumb, --color never, in a pipe, in JSON."""
    clerk.house.opened("complaint")
    coloured = {k: v for k, v in environ.items() if k != "NO_COLOR"}
    plain = typed(clerk.home, environ, "cuiban todo --process 投诉")

    assert "\x1b[" in typed(clerk.home, coloured, "cuiban todo --process 投诉")
    assert "\x1b[" not in plain
    assert "\x1b[" not in typed(clerk.home, {**coloured, "TERM": "dumb"}, "cuiban todo --process 投诉")
    assert "\x1b[" not in typed(
        clerk.home, coloured, "cuiban todo --process 投诉 --color never; cuiban todo --json; cuiban todo | cat"
    )
    assert "\x1b[" in clerk.does("todo --process 投诉 --color always")


def test_a_pipe_changes_clipping_and_nothing_else(clerk: Clerk, environ: dict[str, str]) -> None:
    """A long subject is clipped with .. on a terminal; a pipe shows all of it, same rows, same words."""
    clerk.house.opened("complaint", given={"topic": "空调异响" * 12})

    narrow = typed(clerk.home, {**environ, "COLUMNS": "80"}, "cuiban list --process 投诉 --no-pager")
    piped = clerk.does("list --process 投诉")

    assert ".." in narrow
    assert "空调异响" * 12 in piped
    assert narrow.splitlines()[0][:20] == piped.splitlines()[0][:20]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("columns", [80, 50])
def test_rows_of_registers_are_folded(clerk: Clerk, environ: dict[str, str], lang: str, columns: int) -> None:
    """All that a row says stands within a terminal, its lines beneath each other; a pipe has a line a row. [issue 4]"""
    clerk.does("register add customer --set name=孙丽 --set phone=13800138000 --set address=白水县建设路217号东门旁边的老邮局后院")
    clerk.does(f"register add vehicle --set vin={vin(1)} --set 客户=13800138000 --set 车型=君越 --set 颜色=星空蓝 --user sun")
    for number in (1, 2):
        car = f"--set number=WX260301{number:03} --set item=更换电瓶和前后刹车片 --set mileage=69500 --set advisor=赵磊"
        clerk.does(f"register add repair --set settled_at=2026-03-01T16:00 --set amount=1588 --set vin={vin(1)} {car}")

    environ = {**environ, "COLUMNS": str(columns), "CUIBAN_LANG": lang, "CUIBAN_NOW": clerk.house.now.isoformat()}

    for line in ("register list repair", "card 孙丽", f"car {vin(1)}"):
        shown = typed(clerk.home, environ, f"cuiban {line} --no-pager").splitlines()
        piped = clerk.does(line, CUIBAN_LANG=lang).splitlines()

        assert max(map(width_of, piped)) > columns, line
        assert [one for one in shown if width_of(one) > columns] == []
        assert "".join("".join(shown).split()) == "".join("".join(piped).split())
    under = [one for one in typed(clerk.home, environ, "cuiban register list repair").splitlines() if one[0] == " "]
    assert len({len(one) - len(one.lstrip()) for one in under}) == 1


def test_what_shows_a_row_that_was_found_is_not_broken(clerk: Clerk, environ: dict[str, str]) -> None:
    """A command that has no room beside its row stands below it, whole; nothing of the row is clipped."""
    clerk.does("register add customer --set name=孙丽 --set phone=13800138000")
    visit = "--set number=LD26030100001 --set came_on=2026-03-01 --set kind=visit --set name=孙丽"
    clerk.does(f"register add showroom {visit} --user sun")

    shown = typed(clerk.home, {**environ, "COLUMNS": "80"}, "cuiban find 孙丽").splitlines()

    assert shown == [
        "KH-000001  客户      孙丽 138****8000", "    cuiban card KH-000001", "LD-000001  来店登记  2026-03-01 孙丽",
        "    cuiban register list showroom --where number=LD26030100001",
    ]  # fmt: skip
    assert len(clerk.does("find 孙丽").splitlines()) == 2


def test_an_interrupt_leaves_nothing(clerk: Clerk, environ: dict[str, str]) -> None:
    """Ctrl-C at a question: 130, one sentence, nothing written."""
    before = clerk.house.rows()

    shown = typed(clerk.home, environ, f"trap '' INT; cuiban open 投诉 漆面; {CODE}", "\x04")

    assert shown.endswith("[130]\n")
    assert "已中断" in shown
    assert "Traceback" not in shown
    assert clerk.house.rows() == before


def test_a_reader_who_leaves_is_no_error(clerk: Clerk, environ: dict[str, str]) -> None:
    """`cuiban list | head -1`: quiet, whoever closes the pipe."""
    for number in range(40):
        clerk.house.opened("incident", given={"what": f"异常 {number}"})

    shown = typed(clerk.home, environ, f"cuiban list --any --json | head -1; {CODE}; cuiban diagram 交车 | true; {CODE}")

    assert shown == "[\n[0]\n[0]\n"


def test_an_empty_list_leaves_the_numbers_alone(clerk: Clerk, environ: dict[str, str]) -> None:
    """What a list that shows nothing would have numbered is nothing: the numbers of the one before go on to hold."""
    ref = clerk.house.opened("complaint")

    shown = typed(clerk.home, environ, f"cuiban todo --process 投诉; cuiban list 没有这样的; cuiban do 1 note --note x; {CODE}")

    assert "催: cuiban chase 1    问原因: cuiban why 1" in shown
    assert f"{ref} 已备注" in shown
    assert shown.endswith("[0]\n")
