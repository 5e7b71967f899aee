"""Chance that comes out the same twice."""

import random
from collections.abc import Callable


def salts(seed: int) -> Callable[[], bytes]:
    """Give 32 bytes a call, as a dealership's `chance`."""
    dice = random.Random(seed)
    return lambda: dice.randbytes(32)
