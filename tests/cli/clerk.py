"""Somebody who types `cuiban ...`, within this process: the same doorway as the real one, with streams and clock of the test."""

import contextlib
import io
import json
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cuiban.cli import run
from cuiban.commands.desk import Desk
from tests.cli.shell import Answer
from tests.support.house import House


@dataclass
class Clerk:
    """王芳 at her desk, unless `--user` says otherwise.

    Attributes:
        home: her folder; files that are named without one lie there.
    """

    house: House
    home: Path
    environ: dict[str, str] = field(default_factory=dict)

    def runs(self, line: str, *, stdin: str = "", **environ: str) -> Answer:
        """Type `cuiban` and `line`."""
        words = shlex.split(line)
        usual = {"CUIBAN_DATABASE_URL": self.house.url, "CUIBAN_USER": "wang", "CUIBAN_LANG": "zh", "HOME": str(self.home)}
        desk = Desk(words, {**usual, **self.environ, **environ}, lambda: self.house.clock.now)
        out, err = io.StringIO(), io.StringIO()
        given = io.TextIOWrapper(io.BytesIO(stdin.encode()))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), _reading(given), contextlib.chdir(self.home):
            code = run(desk, words)
        return Answer(code, out.getvalue(), err.getvalue())

    def does(self, line: str, **environ: str) -> str:
        """Type a line that has to succeed; what it says."""
        answer = self.runs(line, **environ)
        assert answer.code == 0, answer.err
        return answer.out

    def reads(self, line: str) -> Any:
        """Type a line with --json that has to succeed; the JSON."""
        return json.loads(self.does(f"{line} --json"))

    def refused(self, line: str) -> Any:
        """Type a line with --json that has to fail; its error, with the exit code beside it."""
        answer = self.runs(f"{line} --json")
        assert answer.code != 0, answer.out
        return {"exit": answer.code, **answer.error}


@contextlib.contextmanager
def _reading(stream: io.TextIOWrapper) -> Iterator[None]:
    before, sys.stdin = sys.stdin, stream
    try:
        yield
    finally:
        sys.stdin = before
