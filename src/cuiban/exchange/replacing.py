"""A file is written whole or not at all.

Belongs here: writing beside the place and moving there.   Must never enter: what is written.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cuiban.errors import cause_of
from cuiban.exchange.faults import fault


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path to write to; it takes the place of `path` when the block ends well, else nothing has changed.

    What is written is on the disk before the name is. Raises BadInput where it cannot be written.
    """
    folder = None
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise fault("file_is_folder", file=os.fspath(path))
        if target.exists() and not target.is_file():  # a device, a pipe: the move would put a file in its place
            raise fault("file_not_regular", file=os.fspath(path))
        folder = Path(tempfile.mkdtemp(prefix=".cuiban-", dir=target.parent))
        draft = folder / target.name
        yield draft
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(target)
    except (OSError, ValueError) as error:
        raise fault("file_unwritable", file=os.fspath(path), cause=cause_of(error)) from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


class _Proved(Exception):
    """The place can be written to."""


def prove(path: Path) -> None:
    """See whether a file could be written there, and leave everything as it is. Raises BadInput where it could not."""
    with suppress(_Proved), replacing(path):
        raise _Proved
