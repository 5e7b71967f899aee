"""An option that is given twice with different values is refused, never half heard. [cli.md 1]"""

import pytest

from tests.cli.clerk import Clerk

TWICE = [
    "todo --role sales_clerk --role finance", "list --state 已登记 --state resolved", "history --by li --by wang",
    "--user wang todo --user li", "--json --lang zh todo --lang en", "duties --duty a --duty b", "todo --limit 1 --limit 2",
    "numbers void invoice 1 --reason a --reason b", "list -o a.json --output b.json",
]  # fmt: skip


@pytest.mark.parametrize("line", TWICE)
def test_an_option_given_twice_with_different_values_is_a_usage_error(clerk: Clerk, line: str) -> None:
    """Before the verb or behind it, by its long name or its short one: which value was meant, nobody can say."""
    answer = clerk.runs(line)

    assert (answer.code, answer.out) == (2, "")
    assert "写了几次, 值不同: " in answer.err or "given more than once" in answer.err


def test_both_values_and_the_option_are_named(clerk: Clerk) -> None:
    """In both languages."""
    line = "todo --role sales_clerk --role finance"

    assert clerk.runs(line).err.startswith("--role 写了几次, 值不同: sales_clerk, finance\n")
    assert clerk.runs(f"--lang en {line}").err.startswith(
        "--role was given more than once, with different values: sales_clerk, finance\n"
    )


@pytest.mark.parametrize("line", ["list --process 投诉 --process 投诉", "--user wang todo --user wang", "todo --json --json"])
def test_the_same_value_twice_is_one(clerk: Clerk, line: str) -> None:
    """As a script does that adds its own."""
    assert clerk.runs(line).code == 0


@pytest.mark.parametrize(
    "rest", ["--set remedy=换件 --set remedy=修理", "--set remedy=换件 --attach quick_form --attach 快速处理表=form.txt"]
)
def test_a_field_or_a_paper_is_given_once(clerk: Clerk, rest: str) -> None:
    """Of two values for one field neither is taken."""
    ref = clerk.house.brought("complaint", "accepted")
    (clerk.home / "form.txt").write_text("表")

    answer = clerk.runs(f"do {ref} 处理完毕 --user li {rest}")

    assert (answer.code, clerk.house.case(ref).state) == (2, "accepted")
