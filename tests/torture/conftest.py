"""What the torture asks for: dealerships on both engines, chance from the printed seed, processes to be killed."""

import random

import pytest

from tests.support.fixtures import (
    clock,
    house,
    house_url,
    postgresql_house_url,
    postgresql_template,
    sqlite_house,
    sqlite_house_url,
    sqlite_template,
)

__all__ = [
    "clock",
    "house",
    "house_url",
    "postgresql_house_url",
    "postgresql_template",
    "sqlite_house",
    "sqlite_house_url",
    "sqlite_template",
]


@pytest.fixture
def dice(seed: int, request: pytest.FixtureRequest) -> random.Random:
    """Give this test's chance: the same for the same seed, whichever tests run beside it."""
    return random.Random(f"{seed} {request.node.nodeid}")
