"""Runs the commands that a page shows, and puts their real output below them.

A block ```console holds lines `$ command`, each followed by what it prints. A page says its clock and language in a
comment: `<!-- console: now=2026-03-11T08:40:00+08:00 lang=zh -->`; a later one changes what it names. Where several people
act, the prompt says who and when: `王芳 10-08 09:10 $ cuiban todo`; english=NAME,.. read English. With strict=yes no command may
fail. Pages start from a copy of the same demo, unless demo=no.

Belongs here: reading blocks, running them, writing them.   Must never enter: what a page tells.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from docs import doorman

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```console\n(?P<block>.*?)^```$", re.DOTALL | re.MULTILINE)
SETTING = re.compile(r"<!-- console:(?P<setting>.*?)-->")
PROMPT = re.compile(r"(?:(?P<who>\S+) (?P<day>\d\d-\d\d) (?P<clock>\d\d:\d\d) )?\$ (?P<line>.*)")
NOW = "2026-03-11T08:40:00+08:00"


def pages() -> list[Path]:
    """Every page that shows commands."""
    found = [ROOT / "README.md", ROOT / "README.en.md", *sorted((ROOT / "docs").glob("*.md"))]
    return [page for page in found if page.exists() and "```console" in page.read_text(encoding="utf-8")]


class Command(NamedTuple):
    """What is typed, behind its prompt.

    Attributes:
        prompt: with the dollar sign. line: for the shell.
        said: what the prompt says of who types it, and when; by environment variable.
    """

    prompt: str
    line: str
    said: dict[str, str]


class Console:
    """A newcomer's shell: an empty home, a fixed clock, a demo of its own.

    Args:
        home: an empty folder. base: a demo database to copy, None: build one there.
        settings: of the page.
    """

    def __init__(self, home: Path, base: Path | None, settings: dict[str, str]) -> None:
        self.home, self.strict, self.english = home, False, ""
        bin = Path(sys.executable).parent
        paths = [str(doorman.folder()), str(bin), os.environ["PATH"]]
        keep = {name: value for name, value in os.environ.items() if not name.startswith(("CUIBAN_", "XDG_", "LC_"))}
        self.environment = keep | {
            "HOME": str(home),
            "PATH": os.pathsep.join(paths),
            "LANG": "C.UTF-8",
            "NO_COLOR": "1",
            "COLUMNS": "100",
        }
        self.set({"now": NOW, "lang": "zh"} | settings)
        if settings.get("demo", "yes") == "yes":
            database = home / "demo.db"
            self.environment["CUIBAN_DATABASE_URL"] = f"sqlite:///{database}"
            if base is None:
                self.run("cuiban demo")
            else:
                shutil.copy(base, database)
        shutil.copytree(ROOT / "examples", home, dirs_exist_ok=True)

    def set(self, settings: dict[str, str]) -> None:
        """From here on, what a page's comment says."""
        self.english = settings.get("english", self.english)
        self.strict = settings.get("strict", "yes" if self.strict else "no") == "yes"
        self.environment |= {f"CUIBAN_{name.upper()}": settings[name] for name in ("now", "lang", "user") if name in settings}

    def run(self, line: str, said: dict[str, str] | None = None) -> str:
        """What a command prints: its answer, then what it says on the side."""
        done = subprocess.run(
            ["sh", "-c", line], cwd=self.home, env=self.environment | (said or {}), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stdout, f"{line}\n{done.stdout}"
        assert done.returncode == 0 or not self.strict, f"{line}\n{done.stdout}"
        return done.stdout.replace(str(self.home), "~")

    def command(self, prompt: re.Match[str], lines: Iterator[str]) -> Command:
        """The command behind a prompt; it may go on in the next line after a backslash."""
        whole = prompt["line"]
        while whole.endswith("\\"):
            whole += "\n" + next(lines)
        said = {}
        if prompt["who"]:
            now = self.environment["CUIBAN_NOW"]  # gives year and offset
            said = {"CUIBAN_USER": prompt["who"], "CUIBAN_NOW": f"{now[:5]}{prompt['day']}T{prompt['clock']}:00{now[19:]}"}
            said |= {"CUIBAN_LANG": "en"} if prompt["who"] in self.english.split(",") else {}
        return Command(prompt[0].removesuffix(prompt["line"]), whole, said)


def settings_of(text: str) -> dict[str, str]:
    """What a page says at first about its clock and language."""
    found = SETTING.search(text)
    return _pairs(found["setting"]) if found else {}


def rendered(text: str, console: Console) -> str:
    """The page with the real output of its commands."""

    def part(match: re.Match[str]) -> str:
        if match["setting"] is not None:
            console.set(_pairs(match["setting"]))
            return match[0]
        lines, shown = iter(match["block"].splitlines()), []
        for line in lines:
            if prompt := PROMPT.fullmatch(line):
                command = console.command(prompt, lines)
                output = console.run(command.line, command.said).rstrip("\n")
                shown.append(f"{command.prompt}{command.line}\n{output}\n" if output else f"{command.prompt}{command.line}\n")
        return "```console\n" + "".join(shown) + "```"

    return re.sub(f"{BLOCK.pattern}|{SETTING.pattern}", part, text, flags=BLOCK.flags)


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in text.split())
