"""calendar: working time and recurring days, worked out from values alone.

Belongs here: hours, holidays, make-up days, the walk to a due and its explanation, recurrence and roll rules.
Start at: deadline.py (when is it due), hours.py (the calendar), recurrence.py (duties).
Must never enter: the database, files, click, the system's clock, the name of any process, any other room.
"""

from cuiban.calendar.china import name_of, standard
from cuiban.calendar.days import DayRow, day_row, day_rows
from cuiban.calendar.deadline import Due, Unit, days_before, due, next_working_moment
from cuiban.calendar.errors import CalendarError, NoWorkingTime, OutOfRange
from cuiban.calendar.explanation import Explanation, Step, explain
from cuiban.calendar.hours import Calendar, clock_on, day_end, is_working_day, local
from cuiban.calendar.lateness import Overrun, worked_days, worked_seconds
from cuiban.calendar.moving import explain_before, explain_roll
from cuiban.calendar.recurrence import Occurrence, Roll, occurrences, roll, rolled_date
from cuiban.calendar.rule import rule_of

__all__ = [
    "Calendar",
    "CalendarError",
    "DayRow",
    "Due",
    "Explanation",
    "NoWorkingTime",
    "Occurrence",
    "OutOfRange",
    "Overrun",
    "Roll",
    "Step",
    "Unit",
    "clock_on",
    "day_end",
    "day_row",
    "day_rows",
    "days_before",
    "due",
    "explain",
    "explain_before",
    "explain_roll",
    "is_working_day",
    "local",
    "name_of",
    "next_working_moment",
    "occurrences",
    "roll",
    "rolled_date",
    "rule_of",
    "standard",
    "worked_days",
    "worked_seconds",
]
