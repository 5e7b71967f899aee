"""A day with more than 999 cases of a process: they stand in the order in which they were opened."""

from cuiban.office.views import Filters
from tests.support.house import House


def test_the_thousandth_stands_before_the_one_before(house: House) -> None:
    """Newest first: -1001, -1000, -999; whatever the limit. Open ones by due: those of the day before, then in order."""
    older = house.opened("incident")
    house.clock.forward(days=1)
    first = house.opened("incident")
    day = first[:9]
    house.sound = False  # the serials between were never given
    with house.raw() as raw:  # as if as many had been opened today
        raw.run(f"UPDATE serials SET next = 998 WHERE prefix = 'SJ' AND day = '{day[3:]}'")
    refs = [house.opened("incident") for _ in range(4)]
    assert refs == [f"{day}-{serial}" for serial in (998, 999, 1000, 1001)]
    newest = [*reversed(refs), first, older]

    for closed, expected in ((None, newest), (False, newest[::-1])):
        for limit in (None, 1, 2, 3, 5, 6, 9):
            cases = house.office.cases(closed=closed, filters=Filters(process="incident", limit=limit), now=house.now)
            assert [case.ref for case in cases] == expected[:limit], (closed, limit)
