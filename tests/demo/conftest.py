"""What the tests of the demo ask for: one that was made as `cuiban demo` makes it, and its story."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from cuiban import Office
from cuiban.demo.building import lived
from cuiban.demo.marker import Marker
from cuiban.demo.shop import Shop

TODAY = date(2026, 3, 11)


class Demo(NamedTuple):
    """A demo of six months that ends on a Wednesday, and the dealership that lived through it."""

    path: Path
    shop: Shop
    office: Office


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Give the demo of seed 7, for reading."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    shop = lived(f"sqlite:///{path}", Marker("wang", 7, 6, TODAY), "zh", None)
    with Office(f"sqlite:///{path}", readonly=True) as office:
        yield Demo(path, shop, office)
