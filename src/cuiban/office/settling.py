"""The part of the public face that settles what holds for all cases: people, absences, calendar, duties, settings, numbers."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from cuiban.office import reference as r
from cuiban.office.changing import Wish
from cuiban.office.door import DEPARTMENT, NAME, REASON, maybe_word, moment, origin, text, whole, word
from cuiban.office.views import AbsenceView, BookStart, ClosedMonth, DutyChange, MemberView, MovedDue, NumberRow, SettingRow

if TYPE_CHECKING:
    from cuiban.office import Office


def _wish(actor: str, now: datetime | None, reason: str | None, via: str | None, dry_run: bool, key: str | None) -> Wish:
    at = moment(now)
    return Wish(word(actor), at, at, text(REASON, reason), origin(via), dry_run, key)


class Settling:
    """Changes of reference data. Each is an event with actor and time; `reason` is kept aside like any free text.

    Every method raises Refused with all that stands against it, and Conflict if somebody changed the same at once.
    """

    @property
    def _office(self) -> "Office":
        return cast("Office", self)

    # people ----------------------------------------------------------------------------------------------------------

    def user_add(self, id: str, name: str, *, department: str | None = None, superior: str | None = None,
                 roles: list[str] | None = None, actor: str, reason: str | None = None, via: str | None = None,
                 key: str | None = None, dry_run: bool = False, now: datetime | None = None) -> MemberView:  # fmt: skip
        """Somebody begins to work here (administrator)."""
        wish = _wish(actor, now, reason, via, dry_run, key)
        return r.user_add(
            self._office, word(id), text(NAME, name) or word(id), text(DEPARTMENT, department), maybe_word(superior),
            [word(role) for role in roles or []], wish,
        )  # fmt: skip

    def user_set(self, id: str, *, name: str | None = None, department: str | None = None, superior: str | None = None,
                 actor: str, reason: str | None = None, via: str | None = None,
                 key: str | None = None, dry_run: bool = False, now: datetime | None = None) -> MemberView:  # fmt: skip
        """A person's name, department or superior changes (administrator)."""
        wish = _wish(actor, now, reason, via, dry_run, key)
        return r.user_set(self._office, word(id), text(NAME, name), text(DEPARTMENT, department), maybe_word(superior), wish)

    def user_off(self, id: str, *, actor: str, reason: str | None = None, via: str | None = None,
                 key: str | None = None, dry_run: bool = False, now: datetime | None = None) -> MemberView:  # fmt: skip
        """Somebody leaves (administrator); one administrator must remain."""
        return r.user_off(self._office, word(id), _wish(actor, now, reason, via, dry_run, key))

    def role_grant(self, id: str, role: str, *, actor: str, reason: str | None = None, via: str | None = None,
                   key: str | None = None, dry_run: bool = False, now: datetime | None = None) -> MemberView:  # fmt: skip
        """A person has a role from now on (administrator)."""
        return r.role_grant(self._office, word(id), word(role), _wish(actor, now, reason, via, dry_run, key))

    def role_revoke(self, id: str, role: str, *, actor: str, reason: str | None = None, via: str | None = None,
                    key: str | None = None, dry_run: bool = False, now: datetime | None = None) -> MemberView:  # fmt: skip
        """A person no longer has a role (administrator)."""
        return r.role_revoke(self._office, word(id), word(role), _wish(actor, now, reason, via, dry_run, key))

    # absences --------------------------------------------------------------------------------------------------------

    def absence_add(self, person: str, since: datetime, until: datetime, *, substitute: str | None = None, actor: str,
                    reason: str | None = None, via: str | None = None,
                    key: str | None = None, dry_run: bool = False, now: datetime | None = None) -> AbsenceView:  # fmt: skip
        """A person is away from `since` to `until` (exclusive); by themselves, a superior or an administrator."""
        wish = _wish(actor, now, reason, via, dry_run, key)
        return r.absence_add(self._office, word(person), moment(since), moment(until), maybe_word(substitute), wish)

    def absence_end(self, id: int, *, actor: str, reason: str | None = None, via: str | None = None,
                    key: str | None = None, dry_run: bool = False, now: datetime | None = None) -> AbsenceView:  # fmt: skip
        """An absence ends now. Raises NotFound."""
        return r.absence_end(self._office, whole(id), _wish(actor, now, reason, via, dry_run, key))

    # calendar --------------------------------------------------------------------------------------------------------

    def calendar_set(self, day: date, windows: list[list[str]], *, reason: str, actor: str, calendar: str | None = None,
                     via: str | None = None, key: str | None = None, dry_run: bool = False,
                     now: datetime | None = None) -> list[MovedDue]:  # fmt: skip
        """A day has these windows ([]: off), whatever the calendar says; the open dues that moved: {ref, old, new}.

        Args:
            calendar: of one beside the house's own (`showroom`): only duties that follow it look at it. Raises NotFound.
        """
        return r.calendar_set(self._office, day, windows, maybe_word(calendar), _wish(actor, now, reason, via, dry_run, key))

    def calendar_publish(self, year: int, days: dict[str, str], *, actor: str, reason: str | None = None,
                         via: str | None = None, key: str | None = None, dry_run: bool = False,
                         now: datetime | None = None) -> list[MovedDue]:  # fmt: skip
        """The days off and make-up days of a year are known (ISO day -> off | makeup); the open dues that moved."""
        named = {word(day): kind for day, kind in days.items()}
        return r.calendar_publish(self._office, whole(year), named, _wish(actor, now, reason, via, dry_run, key))

    def calendar_recompute(self, *, actor: str, via: str | None = None, key: str | None = None, dry_run: bool = False,
                           now: datetime | None = None) -> list[MovedDue]:  # fmt: skip
        """Compute every open due anew (administrator); those that moved."""
        return r.calendar_recompute(self._office, _wish(actor, now, None, via, dry_run, key))

    # duties, settings, numbers ---------------------------------------------------------------------------------------

    def duty_set(self, id: str, *, start: date | None = None, off: bool | None = None, due: str | None = None,
                 doer: str | None = None, reason: str, actor: str, via: str | None = None,
                 key: str | None = None, dry_run: bool = False, now: datetime | None = None) -> DutyChange:  # fmt: skip
        """From `start` (else today) a duty is off, due at another time, or somebody else's (a role or person)."""
        fields = {"since": start.isoformat() if start is not None else None, "off": off, "due": due, "doer": maybe_word(doer)}
        return r.duty_set(self._office, word(id), fields, _wish(actor, now, reason, via, dry_run, key))

    def months(self) -> list[ClosedMonth]:
        """Every closed month of a ledger, the newest first."""
        from cuiban.office.months import months

        return months(self._office)

    def month_close(self, month: str, *, ledger: str = "sales", reason: str, actor: str, via: str | None = None,
                    key: str | None = None, dry_run: bool = False, now: datetime | None = None) -> ClosedMonth:  # fmt: skip
        """Close a month (2026-03) again that was reopened: by whoever chases the duty that closes it, or an administrator."""
        from cuiban.office.months import CLOSE, set_month

        return set_month(self._office, word(ledger), word(month), CLOSE, _wish(actor, now, reason, via, dry_run, key))

    def month_reopen(self, month: str, *, ledger: str = "sales", reason: str, actor: str, via: str | None = None,
                     key: str | None = None, dry_run: bool = False, now: datetime | None = None) -> ClosedMonth:  # fmt: skip
        """Let a closed month take late entries once more; by the same people."""
        from cuiban.office.months import REOPEN, set_month

        return set_month(self._office, word(ledger), word(month), REOPEN, _wish(actor, now, reason, via, dry_run, key))

    def settings(self) -> list[SettingRow]:
        """Every choice: key, label, value, default, why, since."""
        return r.settings_of(self._office, self._office.world())

    def setting(self, name: str, value: Any, *, reason: str, actor: str, via: str | None = None,
                key: str | None = None, dry_run: bool = False, now: datetime | None = None) -> SettingRow:  # fmt: skip
        """The dealership chooses otherwise than the default. Open cases keep the definition they run under."""
        return r.setting(self._office, word(name), value, _wish(actor, now, reason, via, dry_run, key))

    def numbers(self, book: str | None = None) -> list[NumberRow]:
        """The numbers of a book (None: of all), used and void."""
        from cuiban.office.numbers import numbers

        return numbers(self._office, book)

    def number_start(self, book: str, number: int, *, actor: str, reason: str | None = None, via: str | None = None,
                     key: str | None = None, dry_run: bool = False, now: datetime | None = None) -> BookStart:  # fmt: skip
        """A book's next number is `number` (only before its first)."""
        from cuiban.office.numbers import start

        return start(self._office, word(book), whole(number), _wish(actor, now, reason, via, dry_run, key))

    def number_void(self, book: str, number: int, *, reason: str, actor: str, via: str | None = None,
                    key: str | None = None, dry_run: bool = False, now: datetime | None = None) -> NumberRow:  # fmt: skip
        """The next number of a pre-printed book is spoilt: void without use, with a reason."""
        from cuiban.office.numbers import void

        return void(self._office, word(book), whole(number), _wish(actor, now, reason, via, dry_run, key))
