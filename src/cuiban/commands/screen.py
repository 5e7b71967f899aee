"""The terminal, or what stands in its place: how wide, in colour or not, paged or not.

Belongs here: streams and looks. [cli.md 1, Looks]   Must never enter: what is said.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

PIPE_WIDTH = 80


class Unsaid(OSError):
    """An answer could not be handed over: the disk under stdout is full, or whatever the system says."""


def prepare_streams() -> None:
    """UTF-8 into pipes and files; a terminal keeps its encoding and shows `?` for what that lacks.

    A stream that was closed leads nowhere; its place is taken, or the next file that is opened would get its number.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - for as long as the process lives
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace", **({} if stream.isatty() else {"encoding": "utf-8"}))


class Screen:
    """What the streams of this call can show.

    Args:
        color: auto, always, never.
        pager: whether long answers may be paged.
    """

    def __init__(self, environ: Mapping[str, str], color: str, pager: bool) -> None:
        self.environ, self.pager = environ, pager
        self.is_terminal = sys.stdout.isatty()
        dumb = environ.get("TERM") == "dumb"
        quiet = bool(environ.get("NO_COLOR")) or dumb
        self.color = color == "always" or (color == "auto" and self.is_terminal and not quiet)
        self.pages = pager and self.is_terminal and not dumb

    @property
    def width(self) -> int:
        """The columns of the terminal, else 80."""
        if not self.is_terminal:
            return PIPE_WIDTH
        import shutil

        return shutil.get_terminal_size((PIPE_WIDTH, 24)).columns

    def style(self, text: str, *, bold: bool = False, fg: str | None = None) -> str:
        """The text with colour, where there is colour: it only adds to words."""
        if not self.color or not text or (fg is None and not bold):
            return text
        import click

        return click.style(text, bold=bold or None, fg=fg)

    def write(self, lines: Iterable[str], *, long: bool = False) -> None:
        """Print lines to stdout, through the pager if they are `long` and do not fit."""
        if long and self.pages:
            self._page(list(lines))
            return
        with _said():
            for line in lines:
                sys.stdout.write(line + "\n")

    def flush(self) -> None:
        """Hand over what was written so far."""
        flush()

    def _page(self, lines: list[str]) -> None:
        import shutil

        if len(lines) < shutil.get_terminal_size((PIPE_WIDTH, 24)).lines:
            self.write(lines)
            return
        import click

        os.environ.setdefault("LESS", "-FRX")
        click.echo_via_pager("\n".join(lines) + "\n", color=self.color)


@contextmanager
def _said() -> Iterator[None]:
    """Tell a failure of stdout from one of any other file."""
    try:
        yield
    except BrokenPipeError:  # whoever read has gone: that is no failure
        raise
    except OSError as error:
        raise Unsaid(error.errno, error.strerror) from error


def flush() -> None:
    """Hand over what was written so far. Raises Unsaid where it cannot be."""
    with _said():
        sys.stdout.flush()


def note(line: str) -> None:
    """Print a line to stderr: hints, questions, progress, errors."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
