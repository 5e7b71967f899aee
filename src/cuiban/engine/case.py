"""A case as it stands, and the events that made it so.

The case is the fold of its events (evolve.py); the stored row is this value, written down.
"""

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self

import msgspec

NOBODY = "system"


class Signature(msgspec.Struct, omit_defaults=True, frozen=True, gc=False):
    """Who signed which version of the content with which step, as what, for whom."""

    role: str
    by: str
    at: datetime
    content: int
    step: str
    for_: str | None = msgspec.field(name="for", default=None)


class Document(msgspec.Struct, omit_defaults=True, frozen=True, gc=False):
    """An item of the checklist, or an attachment: its status and, if a file came, the commitment to it."""

    status: str  # present, void, waived
    at: datetime
    by: str
    file: str | None = None  # salted commitment to the file's bytes
    name: str | None = None  # and to its name
    reason: Any = None


class Clock(msgspec.Struct, omit_defaults=True, frozen=True, gc=False):
    """The clocks of a state, computed when it was entered (or recomputed: the old ones stay in the history).

    Attributes:
        start: from when the due was counted; None where the base is not known yet.
        due, not_before, timer: instants in UTC; `timer` is when a timed step fires.
        provisional: the due crosses into a year whose holidays are not published.
    """

    start: datetime | None = None
    due: datetime | None = None
    not_before: datetime | None = None
    timer: datetime | None = None
    provisional: bool = False


class Holder(msgspec.Struct, omit_defaults=True, frozen=True, gc=False):
    """Who has the case: a role, a person of it or simply a person; `also`: further holders (signers)."""

    role: str | None = None
    assignee: str | None = None
    also: list[str] = []

    @property
    def id(self) -> str | None:
        """The person, or `role:ID` for anyone in it."""
        return self.assignee or (f"role:{self.role}" if self.role else None)


class Event(msgspec.Struct, omit_defaults=True, frozen=True, gc=False, rename={"from_": "from", "for_": "for"}):
    """One fact of a case's history. Its canonical text is what is hashed and stored.

    Attributes:
        at: effective time (UTC); recorded_at: when it was entered; `late`: an entry of an earlier day.
        by: who did it; for_: the absent person whom `by` stood in for; via: login and host.
        from_, to: of a step. Other acts (note, claim, ...) have neither.
        fields: new values, None for an emptied field; of personal ones the commitment `{"#": ..}`.
        prev: the hash of the event before.
    """

    ref: str
    seq: int
    action: str
    at: datetime
    recorded_at: datetime
    by: str
    prev: str = ""
    from_: str | None = None
    to: str | None = None
    for_: str | None = None
    via: str | None = None
    late: bool = False
    reason: Any = None
    note: Any = None
    fields: dict[str, Any] = {}
    documents: dict[str, Document] = {}
    clock: Clock | None = None
    holder: Holder | None = None
    chaser: str | None = None
    signature: Signature | None = None
    content: int | None = None
    cycle: int | None = None
    stale: list[str] | None = None
    attempt: str | None = None
    pauses: list[tuple[datetime, datetime | None]] | None = None
    resume: dict[str, datetime] | None = None
    cancelling: bool | None = None
    links: dict[str, list[str]] = {}
    numbers: dict[str, str] = {}
    voided: dict[str, str] = {}
    holds: dict[str, str] = {}
    frees: list[str] = []
    cc: list[str] = []
    chased: list[str] = []
    inputs: dict[str, Any] = {}
    process: str | None = None
    definition: str | None = None
    duty: str | None = None
    nominal: str | None = None
    source: str | None = None  # "log" for an event imported from elsewhere
    origin: dict[str, Any] = {}  # of such an event: what its log calls it, who did it there (a commitment)
    command: str | None = None  # commitment of the idempotency key
    restore: "Restored | None" = None


if TYPE_CHECKING:

    class Copied(msgspec.Struct):
        """A Struct; its stub does not tell that it can be copied."""

        def __copy__(self) -> Self: ...
else:
    Copied = msgspec.Struct


class Data(Copied, omit_defaults=True, gc=False):
    """What a case holds beside the columns that lists need."""

    fields: dict[str, Any] = {}
    documents: dict[str, Document] = {}
    signatures: list[Signature] = []
    doers: dict[str, list[str]] = {}
    attempts: dict[str, list[str]] = {}
    links: dict[str, list[str]] = {}
    older: dict[str, tuple[int, int]] = {}  # relation -> the latest cycle that added cases, how many are of earlier ones
    numbers: dict[str, str] = {}
    holds: dict[str, str] = {}
    stale: list[str] = []
    pauses: list[tuple[datetime, datetime | None]] = []
    resume: dict[str, datetime] = {}
    also: list[str] = []
    cc: list[str] = []
    content: int = 0
    cycle: int = 1
    chased: int = 0
    chased_at: datetime | None = None
    start: datetime | None = None
    cancelling: bool = False
    imported: bool = False
    last: str = ""  # the last step and its doer, which `withdraw` takes back
    recorded_at: datetime | None = None  # of the last event: the next is never entered before it, whatever the clock says


class Case(Copied, omit_defaults=True, gc=False):
    """A case as it stands. The engine treats it as a value: only `evolve` makes new ones."""

    ref: str
    process: str
    definition: str
    state: str
    version: int
    head: str
    opener: str
    opened_at: datetime
    state_since: datetime
    open: bool = True
    role: str | None = None
    assignee: str | None = None
    chaser: str | None = None
    due: datetime | None = None
    not_before: datetime | None = None
    timer: datetime | None = None
    provisional: bool = False
    paused: bool = False
    key: str | None = None
    duty: str | None = None
    nominal: str | None = None
    data: Data = msgspec.field(default_factory=Data)

    @property
    def holder(self) -> str | None:
        """The person who holds it, or `role:ID`; None when closed or imported."""
        return self.assignee or (f"role:{self.role}" if self.role else None)


class Restored(msgspec.Struct, omit_defaults=True, frozen=True, gc=False):
    """What a withdrawn step leaves behind: the case as it stood before it."""

    case: Case


_encoder = msgspec.json.Encoder(order="sorted")
_event = msgspec.json.Decoder(Event)
_data = msgspec.json.Decoder(Data)


def is_row(ref: str) -> bool:
    """Whether it is the reference of a register's row (`KH-000012`), not of a case (`TS-260306-002`) or a stream (`@people`)."""
    return ref.count("-") == 1 and not ref.startswith("@")


def canonical(value: object) -> bytes:
    """The canonical JSON (RFC 8785) of `value`: strings, integers, booleans, nulls and nests of them only."""
    return _encoder.encode(value)


def event_text(event: Event) -> bytes:
    """The text of an event that is hashed and stored."""
    return _encoder.encode(event)


def event_hash(text: bytes) -> str:
    """The SHA-256 of an event's text, in hexadecimal; the text holds the hash of the event before."""
    return sha256(text).hexdigest()


def read_event(text: bytes | str) -> Event:
    """The event of a stored text. Raises msgspec.DecodeError if it is not one."""
    return _event.decode(text)


def data_text(data: Data) -> str:
    """The canonical text of what a case holds."""
    return _encoder.encode(data).decode()


def read_data(text: bytes | str) -> Data:
    """The data of a stored text."""
    return _data.decode(text)


def case_text(case: Case) -> bytes:
    """The canonical text of a whole case: two cases are the same if theirs are."""
    return _encoder.encode(case)
