"""Whether, where and under which verb a call is logged. [cli.md 1: CUIBAN_LOG, -v]

Belongs here: the choice of file.   Must never enter: how a line looks (log.py, which is loaded only if there is a log).
"""

from pathlib import Path
from typing import Any

from cuiban.commands import screen
from cuiban.commands.config import Sources, folder
from cuiban.errors import CuibanError


class Logbook:
    """The log of one call."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self._logger: Any = None

    def file(self, *, always: bool = False) -> Path | None:
        """Where the log goes: CUIBAN_LOG, config; `always`: else a file in the user's log folder."""
        try:
            told = self.sources.value("log")
        except CuibanError:
            told = self.sources.environ.get("CUIBAN_LOG")
        return Path(told) if told else folder("log") / "cuiban.log" if always else None

    @property
    def wanted(self) -> bool:
        """Whether anybody reads the log of a call that goes well."""
        return self.sources.flag("verbose") or self.file() is not None

    def of(self, verb: str, *, always: bool = False) -> Any:
        """The logger; `always`: there is one even if nobody asked for it."""
        if self._logger is None:
            from cuiban.commands.log import start

            verbose = self.sources.flag("verbose")
            try:
                self._logger = start(self.file(always=always), verbose=verbose)
            except OSError as error:  # a log that cannot be written must not keep anybody from working
                screen.note(f"CUIBAN_LOG: {error}")
                self._logger = start(None, verbose=verbose)
        return self._logger.bind(verb=verb)

    def close(self) -> None:
        """Close what was opened."""
        if self._logger is not None:
            from cuiban.commands.log import stop

            stop()
