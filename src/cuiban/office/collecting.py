"""Python's garbage collector, kept out of long work: what it makes holds no circles, and is freed without being looked for."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Iterator[None]:
    """Do not look for garbage meanwhile: a batch makes so much that everything ever imported would be looked through."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
