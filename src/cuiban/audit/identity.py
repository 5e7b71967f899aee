"""Which case of a log is which, and which of its events are known: told from what they say, not from a file's name or form.

Times count to the second, for an export to another form may round them.
"""

from collections import Counter
from hashlib import sha256

import msgspec

from cuiban.engine.case import canonical
from cuiban.exchange.logmap import LogMap
from cuiban.exchange.logs import LogEvent, LogTrace

MARK = 12  # hexadecimal digits: two events of one case have the same by chance once in 10 ** 14


def key_of(trace: LogTrace) -> str:
    """What tells a case of a log from all others: its name and when it began."""
    return sha256(canonical([trace.case, int(trace.events[0].at.timestamp())])).hexdigest()


def marks_of(trace: LogTrace) -> list[str]:
    """For each event a short mark of what happened when."""
    return [_mark(event) for event in trace.events]


def _mark(event: LogEvent) -> str:
    said = f"{event.activity}\0{event.lifecycle or ''}\0{int(event.at.timestamp())}"
    return sha256(said.encode()).hexdigest()[:MARK]


def unknown(marks: list[str], known: str) -> list[int]:
    """The places of `marks` that are not among the `known` ones, which stand one after the other."""
    left = Counter(known[start : start + MARK] for start in range(0, len(known), MARK))
    found = []
    for place, mark in enumerate(marks):
        left[mark] -= 1
        if left[mark] < 0:
            found.append(place)
    return found


def map_hash(mapping: LogMap) -> str:
    """The SHA-256 of what a map makes of events; how it reads the file does not count."""
    counts = None if mapping.counts is None else sorted(mapping.counts)
    meaning = [mapping.activities, mapping.fields, counts, mapping.subject]
    return sha256(canonical(msgspec.to_builtins(meaning))).hexdigest()
