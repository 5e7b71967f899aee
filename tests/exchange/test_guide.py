"""docs/import-log.md: its map is a map, its Python runs."""

import re
import tomllib
from pathlib import Path

import pytest

from cuiban.exchange.faults import FAULTS
from cuiban.exchange.mapfile import READING, TABLES, parse_map

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "import-log.md").read_text("utf-8")


def block(language: str) -> str:
    """Return the page's only block in that language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


def test_the_map_shown_is_read_and_shows_every_word() -> None:
    """Nobody copies a map that is refused; no key is left unexplained."""
    text = block("toml")

    assert len(parse_map(text).activities) == 6
    assert set(tomllib.loads(text)) == set(TABLES)
    assert set(tomllib.loads(text)["log"]) == set(READING)
    assert all(f"| `{key}` |" in PAGE for key in READING)


def test_the_python_shown_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it stands, from the repository's root."""
    monkeypatch.chdir(ROOT)

    exec(block("python"), {})


@pytest.mark.parametrize("code", FAULTS)
def test_every_sentence_stands_in_both_languages(code: str) -> None:
    """The same places in both, and Chinese that a GBK terminal can show."""
    zh, en = FAULTS[code].zh, FAULTS[code].en

    assert sorted(re.findall(r"{\w+}", zh)) == sorted(re.findall(r"{\w+}", en))
    assert en[0].isupper() or en[0] == "{"
    zh.encode("gbk")
