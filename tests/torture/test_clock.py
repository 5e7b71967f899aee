"""Clocks that step, summer time, a dealership that moves to another zone: no duty lost or doubled, entries never fall back. [R7]"""

import random
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from cuiban import Office, create
from cuiban.engine.duty import occurrences
from tests.postgres import Postgres
from tests.support.chance import salts
from tests.support.ground import drop
from tests.support.people import ADMIN, employ
from tests.support.raw import Raw
from tests.support.soundness import unsound
from tests.support.ways import WAYS

FOUNDED = datetime.fromisoformat("2026-03-23T08:00:00+01:00")
ZONES = ("Europe/Berlin", "America/Havana", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Shanghai")


def founded(url: str, zone: str, seed: int) -> Office:
    """A dealership in that zone; there is summer time in most of them."""
    create(url, dealership="店", admin=ADMIN, zone=zone, chance=salts(seed), now=FOUNDED)
    office = Office(url, chance=salts(seed + 1))
    employ(office, FOUNDED)
    return office


def owed(office: Office, now: datetime) -> set[tuple[str, date]]:
    """The duties due after the founding, until the end of today, by their nominal day; nothing is registered here for which one
    would come round.
    """
    world, zone = office.world(), office.zone
    first, last = FOUNDED.astimezone(zone).date(), now.astimezone(zone).date()
    found = set()
    for duty in world.duties.values():
        if duty.per is not None:
            continue
        for time in occurrences(duty, first - timedelta(days=40), last + timedelta(days=40), world.calendar_of(duty.calendar)):
            if time.due > FOUNDED and time.due_date <= last:
                found.add((duty.name, time.nominal_date))
    return found


def there(url: str) -> list[tuple[str, date]]:
    """The occurrences in the database, by their nominal day."""
    with Raw(url) as raw:
        rows = raw.all("SELECT duty, nominal FROM cases WHERE duty IS NOT NULL")
    return [(duty, date.fromisoformat(nominal[:10])) for duty, nominal in rows]


def entered_in_order(url: str) -> bool:
    """Whether no event was entered before the one before it."""
    with Raw(url) as raw:
        rows = raw.all("SELECT ref, recorded_at FROM events ORDER BY ref, seq")
    return all(one[0] != other[0] or one[1] <= other[1] for one, other in pairwise(rows))


@pytest.mark.parametrize("zone", ZONES)
def test_a_clock_that_steps(tmp_path: Path, dice: random.Random, seed: int, full: bool, zone: str) -> None:
    """Minutes, hours, days, weeks, forward and back, around the change to summer time: quick 12 steps, full 400."""
    url = f"sqlite:///{tmp_path / 'clock.db'}"
    now = latest = FOUNDED
    with founded(url, zone, seed) as office:
        ref = office.open("incident", actor="wu", fields=WAYS["incident"].fields, now=now).ref
        for number in range(400 if full else 12):
            unit = dice.choice([timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=6)])
            now += unit * dice.randint(-3, 4) if number % 4 else timedelta(days=1)
            now = max(now, FOUNDED)
            latest = max(latest, now)
            office.catch_up(now)
            office.fire(ref, "note", actor="wu", note=str(number), now=now)

        wanted, found = owed(office, latest), there(url)
        assert office.replay_all().unequal == []
    assert len(found) == len(set(found))
    assert wanted - set(found) == set()
    assert entered_in_order(url)
    assert unsound(url) == []


def test_a_dealership_that_moves_to_another_zone(tmp_path: Path, postgres: Postgres, seed: int) -> None:
    """Shanghai, Havana, Samoa: the day of a duty is the day there was, and none comes twice."""
    for url in (f"sqlite:///{tmp_path / 'zone.db'}", postgres.create("zones")):
        founded(url, "Asia/Shanghai", seed).close()
        now = FOUNDED
        for zone in ("Asia/Shanghai", "America/Havana", "Pacific/Apia", "Pacific/Pago_Pago", "Asia/Shanghai"):
            with Raw(url) as raw:
                raw.run(f"UPDATE dealerships SET zone = '{zone}'")
            with Office(url, chance=salts(seed)) as office:
                for _ in range(3):
                    now += timedelta(days=1)
                    office.catch_up(now)
                wanted = owed(office, now)
                assert office.replay_all().unequal == []
            found = there(url)
            assert len(found) == len(set(found))
            assert {key for key in wanted if key[1] < now.date()} - set(found) == set()
    drop(postgres, url)


def test_the_hour_that_comes_twice(tmp_path: Path, seed: int) -> None:
    """Berlin, 2026-10-25: 02:30 comes twice, in March never; a duty of that hour comes round once each day."""
    url = f"sqlite:///{tmp_path / 'twice.db'}"
    with founded(url, "Europe/Berlin", seed) as office:
        office.duty_set("b11_morning_meeting", due="02:30", reason="试", actor=ADMIN, now=FOUNDED)
        office.calendar_set(date(2026, 3, 29), [["00:00", "24:00"]], reason="开店", actor=ADMIN, now=FOUNDED)
        for hour in range(0, 24 * 8):
            office.catch_up(FOUNDED + timedelta(hours=hour))
        rows = office.duties(date(2026, 3, 23), date(2026, 3, 31), duty="b11_morning_meeting", now=FOUNDED)

    days = [row.nominal.astimezone(office.zone).date() for row in rows]
    assert len(days) == len(set(days)) == 6  # that of the first day was due before the founding
    assert date(2026, 3, 29) in days
