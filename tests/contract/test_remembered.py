"""A process remembers the cases that it moved: what others did meanwhile is never overlooked. [decisions/0015]"""

import shutil
from pathlib import Path

import pytest

from cuiban.errors import Conflict, Refused
from tests.support.house import House
from tests.support.people import ADMIN

REMEDY = {"remedy": "更换压缩机"}


def moved_here(house: House) -> str:
    """A complaint whose last step, a plain one, was ours."""
    ref = house.brought("complaint", "accepted")
    assert house.office.store.remembered(ref) == house.case(ref)
    return ref


def test_a_step_of_somebody_else_is_gone_on_from(house: House) -> None:
    """Two processes work on a case by turns; every step follows the one before."""
    ref, other = house.brought("complaint", "resolved"), house.another()

    for _ in range(3):
        house.fired(ref, "no_answer", "wang")
        other.fire(ref, "no_answer", actor="chen", now=house.now)

    assert [event.by for event, _ in house.office.store.history(ref)][-6:] == ["wang", "chen"] * 3
    house.assert_sound()


def test_what_somebody_else_made_possible_is_done(house: House) -> None:
    """The case as remembered would refuse the step; as it stands, it does not."""
    ref, other = moved_here(house), house.another()
    other.fire(ref, "resolve", actor="li", fields=REMEDY, papers={"quick_form": None}, now=house.now)

    assert house.office.store.remembered(ref) != house.case(ref)
    assert house.fired(ref, "confirm", "wang").to == "satisfied"
    house.assert_sound()


def test_what_somebody_else_made_impossible_is_refused(house: House) -> None:
    """The case as remembered would take the step; as it stands, it does not, and says where it stands."""
    ref, other = house.brought("incident", "classified"), house.another()
    assert house.office.store.remembered(ref) == house.case(ref)
    other.fire(ref, "take", actor="wu", now=house.now)

    blocker = house.refused(ref, "take", "wu")["wrong_state"]

    assert blocker.params["state"] == "in_progress"
    house.assert_sound()


def test_a_role_that_was_given_or_taken_elsewhere_counts_at_once(house: House) -> None:
    """Who may is judged by the roster as it is, not as it was when the case was last moved."""
    ref, other = house.brought("complaint", "resolved"), house.another()
    house.fired(ref, "no_answer", "wang")
    assert house.office.store.remembered(ref) == house.case(ref)

    other.role_grant("sun", "customer_service", actor=ADMIN, now=house.now)
    assert house.fired(ref, "no_answer", "sun").by == "sun"
    other.role_revoke("sun", "customer_service", actor=ADMIN, now=house.now)
    assert "not_allowed" in house.refused(ref, "no_answer", "sun")


def test_a_trial_and_an_expected_version_look_at_the_case_itself(house: House) -> None:
    """Neither answers by what is remembered."""
    ref, other = house.brought("incident", "classified"), house.another()
    version = house.case(ref).version
    other.fire(ref, "take", actor="wu", now=house.now)

    with pytest.raises(Refused):
        house.fired(ref, "take", "wu", dry_run=True)
    with pytest.raises(Conflict):
        house.fired(ref, "take", "wu", if_version=version)


def test_what_is_remembered_of_a_restored_file_is_not_believed(sqlite_house: House, tmp_path: Path) -> None:
    """A backup brings another history of the same length: the step is judged by it."""
    house = sqlite_house
    ref = house.brought("complaint", "resolved")
    path = house.office.database.path
    assert path is not None
    house.office.close()
    shutil.copyfile(path, tmp_path / "kept.db")
    house.fired(ref, "no_answer", "wang")
    remembered = house.office.store.remembered(ref)
    house.office.close()
    shutil.copyfile(tmp_path / "kept.db", path)
    house.another().fire(ref, "no_answer", actor="chen", now=house.now)

    assert remembered is not None
    assert remembered.version == house.case(ref).version
    house.fired(ref, "no_answer", "wang")
    assert [event.by for event, _ in house.office.store.history(ref)][-2:] == ["chen", "wang"]
    house.assert_sound()


def test_a_case_is_readable_though_a_backup_took_the_place_of_its_definition(sqlite_house: House, tmp_path: Path) -> None:
    """A process that knew its definition kept opens a case after a restore: whoever comes later can read it."""
    house = sqlite_house
    path = house.office.database.path
    assert path is not None
    house.office.close()
    shutil.copyfile(path, tmp_path / "kept.db")
    house.opened("complaint")
    house.office.close()
    shutil.copyfile(tmp_path / "kept.db", path)
    ref = house.opened("complaint")

    with house.another() as later:
        assert later.show(ref, actor="wang", now=house.now).ref == ref
        assert later.replay_all().unequal == []


def test_a_role_that_was_only_tried_is_nobodys(house: House) -> None:
    """While one thread tries what a role would do, another does not take it for given. [decisions/0015]"""
    ref = house.brought("complaint", "resolved")
    house.fired(ref, "no_answer", "wang")
    before = house.office.known

    house.office.role_grant("sun", "customer_service", actor=ADMIN, now=house.now, dry_run=True)

    assert house.office.known is before
    assert "not_allowed" in house.refused(ref, "no_answer", "sun")
