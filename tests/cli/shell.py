"""Calling `cuiban` as a shell would, with a folder of its own and a fixed clock."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CUIBAN = Path(sys.executable).with_name("cuiban")


@dataclass
class Answer:
    """What a call answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer as JSON."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The error of a call with --json: one line on stderr, nothing on stdout."""
        assert self.out == ""
        assert self.err.count("\n") == 1
        return json.loads(self.err)["error"]


class Shell:
    """A shell in `home`, speaking Chinese, at 2026-03-11 08:40 in Shanghai unless told otherwise."""

    def __init__(self, home: Path, **environ: str) -> None:
        self.home = home
        self.environ = {
            "HOME": str(home),
            "PATH": os.environ["PATH"],
            "LANG": "zh_CN.UTF-8",
            "CUIBAN_NOW": "2026-03-11T08:40:00+08:00",
            **environ,
        }

    def runs(self, *words: str, stdin: str | bytes = "", **environ: str) -> Answer:
        """Run `cuiban` with `words`."""
        return self._runs([str(CUIBAN), *words], stdin, environ)

    def python(self, script: str) -> Answer:
        """Run a Python script with the same interpreter."""
        return self._runs([sys.executable, script], "", {})

    def _runs(self, call: list[str], stdin: str | bytes, environ: dict[str, str]) -> Answer:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            call,
            input=given,
            capture_output=True,
            cwd=self.home,
            env={**self.environ, **environ},
            check=False,
        )
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())
