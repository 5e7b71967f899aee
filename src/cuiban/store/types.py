"""One own type for instants: whole microseconds since 1970 in UTC, the same on both databases, sortable, without rounding."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICRO = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """The stored form of an instant with a zone."""
    return (at - EPOCH) // MICRO


def maybe_micros(at: datetime | None) -> int | None:
    """The stored form of an instant that may be absent."""
    return None if at is None else (at - EPOCH) // MICRO


def instant(stored: int) -> datetime:
    """The instant (UTC) of a stored form."""
    return EPOCH + MICRO * stored


def maybe_instant(stored: int | None) -> datetime | None:
    """The instant (UTC) of a stored form that may be absent."""
    return None if stored is None else EPOCH + MICRO * stored


class Instant(TypeDecorator[datetime]):
    """A column of instants."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> int | None:
        """An instant as stored; a number is stored already."""
        return micros(value) if isinstance(value, datetime) else value

    def process_result_value(self, value: Any, dialect: Any) -> datetime | None:
        """A stored number as an instant."""
        return maybe_instant(value)
