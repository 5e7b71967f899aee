"""Whether every table says what the history says: nothing half-written, nothing left over.

The cases themselves are replayed by the office; this looks at what stands beside them, through a connection of its own.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from cuiban.engine.case import Event, read_data, read_event
from cuiban.engine.decision import commitment
from tests.support.raw import Raw

Rows = Counter[tuple[Any, ...]]
Events = list[tuple[int, Event]]  # with their dealership, in order
Cases = list[tuple[int, str, Any]]


def unsound(url: str) -> list[str]:
    """What stands beside the history without being in it, and the other way round."""
    with Raw(url) as raw:
        raw.run("BEGIN" if raw.is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ")
        events = [(d, read_event(text)) for d, text in raw.all("SELECT dealership, text FROM events ORDER BY dealership, ref, seq")]
        cases = [(d, ref, read_data(data)) for d, ref, data in raw.all("SELECT dealership, ref, data FROM cases")]
        pairs = {
            "numbers": (numbers_of(events), rows(raw, "SELECT dealership, book, number, state FROM numbers")),
            "holds": (holds_of(cases), rows(raw, "SELECT dealership, kind, thing, ref FROM holds")),
            "also_held": (also_of(cases), rows(raw, "SELECT dealership, ref, holder FROM also_held")),
            "keys": (keys_of(events), rows(raw, "SELECT dealership, key, ref, seq FROM keys")),
            "outbox": (told_by(events), rows(raw, "SELECT dealership, ref, seq, kind, recipient FROM outbox")),
            "mentions": (mentions_of(events, cars_in(raw)), rows(raw, "SELECT dealership, ref, thing FROM mentions")),
            "files": (files_of(events), rows(raw, "SELECT dealership, ref, seq, kind FROM files")),
            "subjects": (Counter((d, ref) for d, ref, _ in cases), rows(raw, "SELECT dealership, ref FROM subjects")),
            "personal": (slots_of(events), rows(raw, "SELECT dealership, ref, seq, slot FROM personal")),
            "commitments": (commitments_of(events), kept_in(raw)),
        }
        found = [f"{name}: {different(*pair)}" for name, pair in pairs.items() if pair[0] != pair[1]]
        found += gaps(events) + [f"serials: {one}" for one in given_twice(raw, cases)]
        raw.run("ROLLBACK")
    return found


def rows(raw: Raw, query: str) -> Rows:
    """The rows of a query, counted."""
    return Counter(tuple(row) for row in raw.all(query))


def different(wanted: Rows, there: Rows) -> str:
    """Where two counts differ."""
    return f"lacks {sorted((wanted - there).elements())[:5]}, has beside {sorted((there - wanted).elements())[:5]}"


def numbers_of(events: Events) -> Rows:
    """The numbers that the history drew and voided."""
    state: dict[tuple[int, str, str], str] = {}
    for d, event in sorted(events, key=lambda one: one[1].recorded_at):
        for book, number in event.numbers.items():
            state[d, book, number] = state.get((d, book, number), "used")
    for d, event in events:
        for book, number in event.voided.items():
            state[d, book, number] = "void"
        if event.action == "number_void":
            state[d, event.fields["book"], event.fields["number"]] = "void"
    return Counter((*key, value) for key, value in state.items())


def gaps(events: Events) -> list[str]:
    """Numbers that no event drew, or two did."""
    drawn: dict[tuple[int, str], list[int]] = defaultdict(list)
    for d, event in events:
        for book, number in event.numbers.items():
            drawn[d, book].append(int(number))
        if event.action == "number_void":
            drawn[d, event.fields["book"]].append(int(event.fields["number"]))
    return [
        f"numbers of {book}: {sorted(seen)}"
        for book, seen in drawn.items()
        if sorted(seen) != list(range(min(seen), min(seen) + len(seen)))
    ]


def holds_of(cases: Cases) -> Rows:
    """The things that cases say they have."""
    return Counter((d, kind, thing, ref) for d, ref, data in cases for kind, thing in data.holds.items())


def also_of(cases: Cases) -> Rows:
    """The further holders that cases name."""
    return Counter((d, ref, holder) for d, ref, data in cases for holder in data.also)


def keys_of(events: Events) -> Rows:
    """The keys under which something was done."""
    return Counter((d, event.command, event.ref, event.seq) for d, event in events if event.command is not None)


def told_by(events: Events) -> Rows:
    """Whom the history tells something."""
    found: Rows = Counter()
    links: dict[tuple[int, str], set[str]] = defaultdict(set)
    for d, event in events:
        for relation, refs in event.links.items():
            if relation != "source":
                links[d, event.ref].update(refs)
        kind, recipients = ("chase", event.chased) if event.chased else ("cc", event.cc)
        if event.action == "cancel" and event.to is not None:
            kind, recipients = "source_cancelled", [f"case:{ref}" for ref in sorted(links[d, event.ref])]
        found.update((d, event.ref, event.seq, kind, one) for one in recipients)
    return found


def cars_in(raw: Raw) -> dict[tuple[int, str], list[str]]:
    """The fields of each case in which a car is named."""
    named = {
        digest: [f["name"] for f in json.loads(text).get("fields", []) if f.get("type") in ("vin", "plate")]
        for digest, text in raw.all("SELECT hash, text FROM definitions")
    }
    return {(d, ref): named[digest] for d, ref, digest in raw.all("SELECT dealership, ref, definition FROM cases")}


def mentions_of(events: Events, cars: dict[tuple[int, str], list[str]]) -> Rows:
    """The cars of which the history speaks."""
    return Counter({
        (d, e.ref, str(e.fields[name])) for d, e in events for name in cars.get((d, e.ref), ()) if e.fields.get(name) is not None
    })  # fmt: skip


def files_of(events: Events) -> Rows:
    """The scans that the history speaks of."""
    return Counter(
        (d, e.ref, e.seq, kind) for d, e in events for kind, document in e.documents.items() if document.file is not None
    )


def committed(event: Event) -> Iterator[tuple[str, str]]:
    """The personal values of an event: (slot, commitment)."""
    origin = [(f"origin.{name}", value) for name, value in event.origin.items()]
    for name, value in [*event.fields.items(), *origin, ("reason", event.reason), ("note", event.note)]:
        if isinstance(value, dict) and set(value) == {"#"}:
            yield name, value["#"]


def slots_of(events: Events) -> Rows:
    """The personal values that the history speaks of."""
    return Counter((d, event.ref, event.seq, slot) for d, event in events for slot, _ in committed(event))


def commitments_of(events: Events) -> Rows:
    """The commitments that the history holds."""
    return Counter((d, event.ref, event.seq, digest) for d, event in events for _, digest in committed(event))


def kept_in(raw: Raw) -> Rows:
    """The commitments of what is kept aside."""
    kept = raw.all("SELECT dealership, ref, seq, salt, value FROM personal")
    return Counter((d, ref, seq, commitment(bytes(salt), json.loads(value))) for d, ref, seq, salt, value in kept)


def given_twice(raw: Raw, cases: Cases) -> list[str]:
    """Serials of a day that would be given out again."""
    following = {(d, f"{prefix}-{day}"): n for d, prefix, day, n in raw.all("SELECT dealership, prefix, day, next FROM serials")}
    found = []
    for d, ref, _ in cases:
        start, _, serial = ref.rpartition("-")
        if following.get((d, start), 0) <= int(serial):
            found.append(ref)
    return found
