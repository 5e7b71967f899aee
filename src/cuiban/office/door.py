"""What comes in at the door: a caller's instants and texts, made fit or refused, before anything else looks at them.

Must never enter: what a step needs (engine), the database.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from cuiban.engine.blockers import blocker
from cuiban.engine.facts import File, Fire
from cuiban.engine.fields import WrongValue, in_utc, read_text
from cuiban.engine.labels import L
from cuiban.engine.language import Field
from cuiban.errors import Refused, Usage

LONGEST_ID = 64
RESERVED = ("system", "me", "\u6211")
"""Nobody's ids: who founds a dealership, and oneself."""
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
REASON = Field("reason", L("原因", "Reason"), "note")
NOTE = Field("note", L("备注", "Note"), "note")
NAME = Field("name", L("姓名", "Name"), "name", high=100)
DEALERSHIP = Field("dealership", L("店名", "Name"), "name", high=100)
DEPARTMENT = Field("department", L("部门", "Department"), high=100)
FILE_NAME = Field("file", L("文件名", "File name"), high=255)


def moment(at: datetime | None) -> datetime:
    """The instant in UTC; None: the system's clock.

    Raises:
        Usage: it has no zone, or lies before 1970 or after 2199.
    """
    if at is None:
        return datetime.now(UTC)
    if at.tzinfo is UTC and type(at) is datetime and FIRST.year <= at.year < LAST.year:
        return at
    if at.tzinfo is None:
        raise Usage("usage", L(f"时间 {at} 没有时区", f"the instant {at} has no time zone"))
    try:
        fits = FIRST <= at < LAST
    except OverflowError:
        fits = False
    if not fits:
        raise Usage("usage", L(f"时间 {at} 不在 1970 至 2199 年", f"the instant {at} is not from 1970 to 2199"))
    return in_utc(at)


def text(field: Field, value: str | None) -> str | None:
    """A text as history keeps it; None for an empty one. Raises Refused (wrong_value)."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        return read_text(value, field)
    except WrongValue as error:
        wrong = blocker("wrong_value", field=field, why=error.message)
        raise Refused.because(wrong) from None


def fit_for_person(id: str) -> None:
    """Raise Usage where `id` cannot be a person's: it would mean something else elsewhere, or nobody could type it."""
    odd = not id or len(id) > LONGEST_ID or not id.isprintable() or " " in id or id.startswith(("role:", "@", "case:"))
    if odd or id in RESERVED:
        raise Usage("usage", L("「{id}」不能用作人员代号", "{id} cannot be a person's id").fill(id=id))


def wish(
    action: str, actor: str, now: datetime, at: datetime | None = None, *, reason: str | None = None, note: str | None = None,
    papers: Mapping[str, File | None] | None = None, via: str | None = None, **rest: Any,
) -> Fire:  # fmt: skip
    """The wish to do a step or act, from a caller's words; `now` is what `moment` gave. Raises Usage, Refused."""
    if rest.get("assignee") is not None and action not in ("open", "assign"):
        raise Usage("usage", L("「{action}」不指定经办人, 转办用 assign", "{action} takes no assignee; assign hands over").fill(
            action=action))  # fmt: skip
    files = {word(kind): _named(kind, file) for kind, file in papers.items()} if papers else {}
    took_place = now if at is None else moment(at)
    if reason is not None:
        reason = text(REASON, reason)
    if note is not None:
        note = text(NOTE, note)
    if type(actor) is not str or not actor.isascii():
        actor = word(actor)
    for name in ("assignee", "for_"):
        if rest.get(name) is not None:
            rest[name] = word(rest[name])
    return Fire(action, actor, took_place, now, papers=files, reason=reason, note=note, via=origin(via), **rest)


def origin(via: str | None) -> str | None:
    """Login and host as they can be kept: whatever a machine is called, nobody is refused for it."""
    return sayable(via)[:200] if via else None


def sayable(text: str) -> str:
    """The text with a mark for every sign that cannot be written: a stranger's id is refused in words, not by the encoding."""
    return str.encode(text, errors="replace").decode()


def word(text: str) -> str:
    """An id, a role, a name as history keeps it: a plain text. Raises Usage for anything but text."""
    if type(text) is str and text.isascii():
        return text
    if not isinstance(text, str):
        raise Usage("usage", L(f"{text!r} 不是文字", f"{text!r} is not text"))
    return sayable(text)


def maybe_word(text: str | None) -> str | None:
    """The same, or None."""
    return None if text is None else word(text)


def whole(number: int) -> int:
    """A whole number. Raises Usage for anything else, for yes and no and 5.0 too: history would keep it as it is."""
    if type(number) is not int:
        raise Usage("usage", L(f"{number!r} 不是整数", f"{number!r} is no whole number"))
    return number


def _named(kind: str, file: File | None) -> File | None:
    """The file under a name that can be kept."""
    return None if file is None else replace(file, name=text(FILE_NAME, file.name) or kind)
