"""Whether anything is missing from the history as a whole: cases by their serials and links, numbers, streams, definitions.

Belongs here: what only all of it together can show.   Start at: Census
Must never enter: one case and what stands beside it (replaying.py, beside.py), SQL.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from cuiban.engine.case import Case, Event
from cuiban.office.views import Difference
from cuiban.store import beside as b, sql
from cuiban.store.database import Connection

Found = Iterator[tuple[str, Difference]]  # a reference, what is wrong with it


@dataclass(slots=True)
class Census:
    """What the whole history counts up to; filled while it is read."""

    serials: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # of each prefix and day
    links: dict[str, tuple[str, str]] = field(default_factory=dict)  # a case that is named -> by which, as what
    starts: dict[str, int] = field(default_factory=dict)  # books that began elsewhere than at 1
    changes: int = 0  # of reference data
    streams: set[str] = field(default_factory=set)

    def count(self, ref: str, events: Iterable[tuple[Event, str]], case: Case | None) -> None:
        """Count in the events of a case, a row of a register or a stream."""
        if ref.startswith("@"):
            self.streams.add(ref)
            for event, _ in events:
                self.changes += 1
                self._settled(event)
            return
        start, _, serial = ref.rpartition("-")
        if serial.isdecimal():
            self.serials[start].add(int(serial))
        if case is None:
            return
        for relation, refs in case.data.links.items():
            for other in refs:
                self.links[other] = (ref, relation)

    def _settled(self, event: Event) -> None:
        if event.ref == b.NUMBERS and event.action == "number_start":
            self.starts[event.fields["book"]] = event.fields["number"]

    def missing(self, connection: Connection, dealership: int, drawn: Iterable[tuple[str, int]]) -> Found:
        """What is not there that should be, or is there twice; each under the reference where it is missed.

        Args:
            drawn: (book, number) of every number that an event drew or voided unused.
        """
        yield from self._serials(connection, dealership)
        yield from self._numbers(connection, dealership, drawn)
        for ref, (other, relation) in self.links.items():
            start, _, serial = ref.rpartition("-")
            if not (serial.isdecimal() and int(serial) in self.serials.get(start, ())):
                yield other, Difference(key=f"link {relation}", stored=ref, replayed=None)
        for name, version, *_ in connection.all(sql.REFERENCE, dealership=dealership):
            if name not in self.streams:
                yield name, Difference(key="events", stored=version, replayed=0)
        version = connection.one(sql.REFERENCE_VERSION, dealership=dealership)[0]
        if version != self.changes:
            yield "@", Difference(key="reference_version", stored=version, replayed=self.changes)
        for digest, text, process in connection.all(b.DEFINITIONS, dealership=dealership):
            if sha256(bytes(text)).hexdigest() != digest:
                yield digest[:12], Difference(key=f"definition {process}", stored=sha256(bytes(text)).hexdigest(), replayed=digest)

    def _serials(self, connection: Connection, dealership: int) -> Found:
        """No serial is skipped: one that no event opened is a case that is gone."""
        given = {f"{prefix}-{day}" if day else prefix: following for prefix, day, following in
                 connection.all(b.SERIALS, dealership=dealership)}  # fmt: skip
        for start in sorted({*given, *self.serials}):
            seen, following = self.serials.get(start, set()), given.get(start, 1)
            last = max(seen, default=0)
            if following <= last:
                yield start, Difference(key="serials next", stored=given.get(start), replayed=last + 1)
            for first, until in gaps(seen, max(last, following - 1)):
                digits = 3 if "-" in start else 6
                ref = f"{start}-{first:0{digits}}"
                yield ref, Difference(key="events", stored=None, replayed=f"{until - first + 1} missing")

    def _numbers(self, connection: Connection, dealership: int, drawn: Iterable[tuple[str, int]]) -> Found:
        """A book is drawn without a gap, each number once."""
        of_book: dict[str, list[int]] = defaultdict(list)
        for book, number in drawn:
            of_book[book].append(number)
        following = dict(connection.all(sql.BOOKS, dealership=dealership))
        for book in sorted({*following, *of_book}):
            numbers, first = of_book.get(book, []), self.starts.get(book, 1)
            seen = {number - first + 1 for number in numbers}
            due = max(numbers, default=first - 1) + 1
            if following.get(book) != due:
                yield b.NUMBERS, Difference(key=f"books {book} next", stored=following.get(book), replayed=due)
            for begin, until in gaps(seen, max(seen, default=0)):
                told = f"{until - begin + 1} missing"
                yield b.NUMBERS, Difference(key=f"numbers {book} {begin + first - 1}", stored=None, replayed=told)
            if len(numbers) != len(seen):
                yield b.NUMBERS, Difference(key=f"numbers {book}", stored=len(numbers), replayed=len(seen))


def gaps(seen: set[int], last: int) -> Iterator[tuple[int, int]]:
    """The runs of numbers from 1 to `last` that are not in `seen`, as first and last."""
    begin = 1
    for number in sorted({n for n in seen if n <= last} | {last + 1}):
        if number > begin:
            yield begin, number - 1
        begin = number + 1
