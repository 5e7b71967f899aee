"""Runs the commands that a page shows, and puts their real output below them.

A block ```console holds lines `$ command`, each followed by what it prints. A page says its clock and language once, in a
comment: `<!-- console: now=2026-03-11T08:40:00+08:00 lang=zh -->`. Pages start from a copy of the same demo.

Belongs here: reading blocks, running them, writing them.   Must never enter: what a page tells.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"(?m)^```console\n(.*?)^```$", re.DOTALL)
SETTING = re.compile(r"<!-- console:(.*?)-->")
NOW = "2026-03-11T08:40:00+08:00"


def pages() -> list[Path]:
    """Every page that shows commands."""
    found = [ROOT / "README.md", ROOT / "README.en.md", *sorted((ROOT / "docs").glob("*.md"))]
    return [page for page in found if page.exists() and "```console" in page.read_text(encoding="utf-8")]


class Console:
    """A newcomer's shell: an empty home, a fixed clock, a demo of its own.

    Args:
        home: an empty folder. base: a demo database to copy, None: build one there.
        settings: of the page.
    """

    def __init__(self, home: Path, base: Path | None, settings: dict[str, str]) -> None:
        self.home = home
        bin = Path(sys.executable).parent
        keep = {name: value for name, value in os.environ.items() if not name.startswith(("CUIBAN_", "XDG_", "LC_"))}
        self.environment = keep | {
            "HOME": str(home),
            "PATH": f"{bin}{os.pathsep}{os.environ['PATH']}",
            "CUIBAN_NOW": settings.get("now", NOW),
            "CUIBAN_LANG": settings.get("lang", "zh"),
            "LANG": "C.UTF-8",
            "NO_COLOR": "1",
            "COLUMNS": "100",
        }
        if settings.get("demo", "yes") == "yes":
            database = home / "demo.db"
            self.environment["CUIBAN_DATABASE_URL"] = f"sqlite:///{database}"
            if base is None:
                self.run("cuiban demo")
            else:
                shutil.copy(base, database)
        for example in (ROOT / "examples").glob("*"):
            shutil.copy(example, home)

    def run(self, command: str) -> str:
        """What a command prints: its answer, then what it says on the side."""
        done = subprocess.run(
            ["sh", "-c", command], cwd=self.home, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stdout, f"{command}\n{done.stdout}"
        return done.stdout.replace(str(self.home), "~")


def commands(block: str) -> Iterator[str]:
    """The commands of a block; one may go on in the next line after a backslash."""
    lines = iter(block.splitlines())
    for line in lines:
        if line.startswith("$ "):
            whole = line[2:]
            while whole.endswith("\\"):
                whole += "\n" + next(lines)
            yield whole


def settings_of(text: str) -> dict[str, str]:
    """What a page says about its clock and language."""
    found = SETTING.search(text)
    return dict(pair.split("=", 1) for pair in found[1].split()) if found else {}


def rendered(text: str, console: Console) -> str:
    """The page with the real output of its commands."""

    def block(match: re.Match[str]) -> str:
        shown = []
        for command in commands(match[1]):
            output = console.run(command).rstrip("\n")
            shown.append(f"$ {command}\n{output}\n" if output else f"$ {command}\n")
        return "```console\n" + "".join(shown) + "```"

    return BLOCK.sub(block, text)
