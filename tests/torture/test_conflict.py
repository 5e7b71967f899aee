"""Many at once on one case: one wins, every loser learns who. [R4]  Quick: 30 at once; full: 200, twenty times over."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from cuiban import Office
from cuiban.errors import Conflict
from tests.support.house import House
from tests.support.people import ADMIN


def crowd(house: House, size: int) -> list[str]:
    """People of the customer service."""
    people = [f"cs{number:03}" for number in range(size)]
    for person in people:
        house.office.user_add(person, f"客服{person}", roles=["customer_service"], actor=ADMIN, now=house.now)
    return people


def test_one_of_many_claims(house: House, full: bool) -> None:
    """Everybody claims the same case at the same moment: one has it, all the others are told his name."""
    people = crowd(house, 200 if full else 30)
    offices = [house.another() for _ in people]
    for _ in range(20 if full else 2):
        ref = house.brought("complaint", "resolved")
        barrier = Barrier(len(people))

        def claim(office: Office, person: str, ref: str = ref, barrier: Barrier = barrier) -> str:
            barrier.wait()
            try:
                office.claim(ref, actor=person, now=house.now)
            except Conflict as lost:
                return lost.message.zh
            return "won"

        with ThreadPoolExecutor(len(people)) as pool:
            said = list(pool.map(claim, offices, people))

        winner = house.case(ref).assignee
        assert said.count("won") == 1
        assert people[said.index("won")] == winner
        assert all(f"客服{winner}" in text for text in said if text != "won")
        assert [event.action for event in house.events(ref)].count("claim") == 1


def test_one_of_many_steps(house: House, full: bool) -> None:
    """Everybody saw the same version and wants to confirm: one does, the rest learn who did what."""
    people = crowd(house, 200 if full else 30)
    offices = [house.another() for _ in people]
    ref = house.brought("complaint", "resolved")
    seen = house.case(ref).version
    barrier = Barrier(len(people))

    def confirm(office: Office, person: str) -> str:
        barrier.wait()
        try:
            office.fire(ref, "confirm", actor=person, if_version=seen, now=house.now)
        except Conflict as lost:
            return lost.message.zh
        return "won"

    with ThreadPoolExecutor(len(people)) as pool:
        said = list(pool.map(confirm, offices, people))

    winner = house.events(ref)[-1].by
    assert said.count("won") == 1
    assert all(f"客服{winner}" in text and "满意" in text for text in said if text != "won")
    assert house.case(ref).version == seen + 1
