"""What `why` says of when a duty comes round: its rule, whole, in both languages."""

from datetime import date

import pytest

from cuiban.engine.duty import Duty
from cuiban.engine.labels import L
from cuiban.office.duties_told import Changed, duty_words
from tests.support.house import House


def duty(rrule: str, roll: str = "keep") -> Duty:
    """A duty that comes round by that rule."""
    return Duty("x", L("某", "X"), rrule, "18:00", "clerk", roll=roll)  # type: ignore[arg-type]


@pytest.mark.parametrize(("rrule", "zh", "en"), [
    ("FREQ=DAILY", "每天 18:00", "18:00 every day"),
    ("FREQ=DAILY;INTERVAL=3", "每3天 18:00", "18:00 every 3 days"),
    ("FREQ=WEEKLY;BYDAY=MO", "每周一 18:00", "18:00 every Monday"),
    ("FREQ=WEEKLY;BYDAY=MO,TH", "每周一, 周四 18:00", "18:00 every Monday, Thursday"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "每2周的周五 18:00", "18:00 on Friday every 2 weeks"),
    ("FREQ=MONTHLY;BYMONTHDAY=5,20", "每月5日, 20日 18:00", "18:00 on day 5, day 20 of every month"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "每月最后一天 18:00", "18:00 on the last day of every month"),
    ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-2", "每2个月的倒数第2天 18:00", "18:00 on day 2 from the end of every 2 months"),
    ("FREQ=MONTHLY;BYDAY=2MO,-1FR", "每月第2个周一, 最后一个周五 18:00", "18:00 on Monday 2, the last Friday of every month"),
    ("FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=10", "每年1月, 7月的10日 18:00", "18:00 on day 10 of January, July, every year"),
    ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "按 FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1 18:00",
     "18:00 by FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1"),
    ("FREQ=DAILY;COUNT=5", "按 FREQ=DAILY;COUNT=5 18:00", "18:00 by FREQ=DAILY;COUNT=5"),
    ("FREQ=DAILY;BYMONTH=5", "按 FREQ=DAILY;BYMONTH=5 18:00", "18:00 by FREQ=DAILY;BYMONTH=5"),
    ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "按 FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13 18:00",
     "18:00 by FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"),
])  # fmt: skip
def test_a_rule_in_words(rrule: str, zh: str, en: str) -> None:
    """What people say; a rule that they have no words for, as it stands: nothing is left out."""
    assert duty_words(duty(rrule), "18:00", None) == L(zh, en)


@pytest.mark.parametrize(("roll", "zh", "en"), [
    ("keep", "每天 18:00", "18:00 every day"),
    ("skip", "每天 18:00, 休息日免", "18:00 every day; not on a day off"),
    ("next", "每天 18:00, 遇休息日顺延", "18:00 every day; on a day off, the next working day"),
    ("previous", "每天 18:00, 遇休息日提前", "18:00 every day; on a day off, the working day before"),
])  # fmt: skip
def test_what_becomes_of_it_on_a_day_off(roll: str, zh: str, en: str) -> None:
    """Behind the rule."""
    assert duty_words(duty("FREQ=DAILY", roll), "18:00", None) == L(zh, en)


def test_a_changed_hour_is_told() -> None:
    """Both hours, and since when."""
    assert duty_words(duty("FREQ=DAILY"), "19:00", Changed("18:00", date(2026, 3, 10))) == L(
        "每天 19:00 (原 18:00, 自 03-10 起改)", "19:00 every day (18:00 before 03-10)")  # fmt: skip


def test_every_duty_of_the_table_is_told(sqlite_house: House) -> None:
    """None by the text of its rule; two that come round differently never in the same words."""
    duties = list(sqlite_house.office.world().duties.values())
    told = {one.name: duty_words(one, str(one.due), None) for one in duties}

    assert len(duties) > 40
    assert not [name for name, words in told.items() if "FREQ" in words.zh or "FREQ" in words.en]
    ways = {(one.rrule, str(one.due), one.roll) for one in duties}
    assert len({words.zh for words in told.values()}) == len({words.en for words in told.values()}) == len(ways)
