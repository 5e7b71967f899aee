"""Every command that a page shows is run, and prints what the page says it prints."""

from pathlib import Path

import pytest
from docs.consoles import Console, pages, rendered, settings_of


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo that every page starts from."""
    return Console(tmp_path_factory.mktemp("demo"), None, {}).home / "demo.db"


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_a_page_shows_what_its_commands_print(page: Path, demo: Path, tmp_path: Path) -> None:
    """Run the page from its top to its end; its text must come out as it stands. `./dev docs` writes it anew."""
    text = page.read_text(encoding="utf-8")

    made = rendered(text, Console(tmp_path, demo, settings_of(text)))

    assert made == text


def test_a_prompt_says_who_types_and_when(demo: Path, tmp_path: Path) -> None:
    """Below a prompt with a name and a time stands what that person saw then, in the language that the page gives him."""
    lines = [f"{who} {when} $ cuiban todo --limit 1" for who, when in (("陈静", "03-12 09:00"), ("周明", "03-13 10:00"))]
    page = "\n".join(["<!-- console: english=周明 -->", "```console", *lines, "```", ""])

    made = rendered(page, Console(tmp_path, demo, settings_of(page)))

    assert "\n陈静 客服代表 IT设备使用人  2026-03-12 周四 09:00 " in made
    assert "\n周明, department head, device user, service director  Fri 2026-03-13 10:00 " in made


def test_a_strict_page_has_no_step_that_fails_unsaid(demo: Path, tmp_path: Path) -> None:
    """Where a refusal belongs to the story, the line itself says so; any other stops the page."""
    page = "<!-- console: strict=yes -->\n```console\n$ cuiban show XX-1{more}\n```\n"
    console = Console(tmp_path, demo, settings_of(page))

    assert "exit 3" in rendered(page.replace("{more}", ' || echo "exit $?"'), console)
    with pytest.raises(AssertionError):
        rendered(page.replace("{more}", ""), console)


def test_the_demo_is_closed_when_it_is_copied(demo: Path) -> None:
    """A copied database has nothing left in a log beside it."""
    wal = demo.with_name(demo.name + "-wal")

    assert not wal.exists() or wal.stat().st_size == 0


def test_generated_pages_are_up_to_date() -> None:
    """What `./dev docs` generates is what stands in docs/."""
    from docs.build import DOCS, PAGES

    for name, make in PAGES.items():
        assert (DOCS / name).read_text(encoding="utf-8") == make(), f"docs/{name} is stale: ./dev docs"


def test_a_page_in_two_languages_has_both() -> None:
    """The README, the clerk's and the manager's page exist in Chinese and English."""
    root = Path(__file__).parents[1]

    for name in ("README", "docs/clerk", "docs/manager"):
        assert (root / f"{name}.md").exists(), name
        assert (root / f"{name}.en.md").exists(), name
