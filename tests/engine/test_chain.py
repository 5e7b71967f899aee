"""The chain: canonical text, its hash, the fold. Whatever is changed, left out or moved in a history is found. [R6]"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
import rfc8785
from hypothesis import assume, given, strategies as st

from cuiban.engine.case import Case, Clock, Event, Holder, canonical, case_text, event_hash, event_text, read_event
from cuiban.engine.decision import commitment
from cuiban.engine.evolve import Impossible, evolve, fold
from cuiban.engine.labels import L
from cuiban.engine.language import End, Field, Opening, Process, State, Transition, wh
from cuiban.engine.program import Program, bind
from cuiban.engine.who import role

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
ANY = role("anyone")

# fmt: off
PROCESS = Process("walk", L("走", "Walk"), prefix="ZL", rows=["T"], subject=["text"], late_days=7,
    opening=Opening(ANY, needs=["text"]),
    states=[State("a", L("甲", "A"), due=wh(1)), State("b", L("乙", "B"), due=wh(1)), End("c", L("丙", "C"))],
    transitions=[
        Transition("go",   L("去", "Go"),   "a", "b", ANY),
        Transition("back", L("回", "Back"), "b", "a", ANY, cycle=True),
        Transition("stay", L("留", "Stay"), "b", "=", ANY),
        Transition("end",  L("完", "End"),  "b", "c", ANY),
    ],
    fields=[Field("text", L("文", "Text"))])
# fmt: on
PROGRAM = Program(bind(PROCESS, {"superior_after_days": 1, "next_superior_after_days": 3}))

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
instants = st.datetimes(datetime(1970, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC))


@given(plain)
def test_canonical_text_is_rfc_8785(value: Any) -> None:
    """What is hashed is the same bytes that any other implementation of the standard gives."""
    basic = json.dumps(value, ensure_ascii=False)
    if all(ord(sign) < 0x10000 for sign in basic):  # beyond, the order of keys differs: no key of ours is there
        assert canonical(value) == rfc8785.dumps(value)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """The events of a case that goes back and forth, with acts between the steps, each hashed onto the one before."""
    state, events, prev, at = "a", [], "", draw(instants)
    first: dict[str, Any] = {"to": "a", "process": "walk", "definition": PROGRAM.hash, "fields": {"text": draw(texts)}}
    wishes: list[tuple[str, dict[str, Any]]] = [("open", first)]
    for _ in range(draw(st.integers(1, 8))):
        action = draw(st.sampled_from(["note", "claim", *PROGRAM.offered(state)]))
        changes: dict[str, Any] = {}
        if action == "note":
            changes["note"] = {"#": commitment(draw(st.binary(min_size=32, max_size=32)), draw(texts))}
        elif action == "claim":
            changes["holder"] = Holder(role="anyone", assignee=draw(texts))
        else:
            to = PROGRAM.step(state, action)
            changes = {"from_": state, "to": to, "clock": Clock(start=at, due=at + timedelta(hours=1))}
            state = to
        wishes.append((action, changes))
        if state == "c":
            break
    for seq, (action, changes) in enumerate(wishes, 1):
        at += timedelta(seconds=draw(st.integers(0, 10**6)))
        event = Event(ref="ZL-1", seq=seq, action=action, at=at, recorded_at=at, by=draw(texts), prev=prev, **changes)
        events.append(event)
        prev = event_hash(event_text(event))
    return events


def hashed(events: list[Event]) -> list[tuple[Event, str]]:
    """The events with their hashes."""
    return [(event, event_hash(event_text(event))) for event in events]


@given(histories())
def test_an_event_is_read_as_it_was_written(events: list[Event]) -> None:
    """The stored text gives the event back, and the same text again; it is canonical."""
    for event in events:
        text = event_text(event)
        assert read_event(text) == event
        assert event_text(read_event(text.decode())) == text
        assert rfc8785.dumps(json.loads(text)) == text


@given(histories())
def test_live_work_and_replay_agree(events: list[Event]) -> None:
    """One event after the other, or all at once: the same case, byte for byte; what was before stays as it was."""
    case: Case | None = None
    texts_before: list[tuple[Case, bytes]] = []
    for event, digest in hashed(events):
        case = evolve(PROGRAM, case, event, digest)
        assert [case_text(before) for before, _ in texts_before] == [text for _, text in texts_before]
        texts_before.append((case, case_text(case)))
    assert case is not None

    replayed = fold(PROGRAM, hashed(events))

    assert replayed is not None
    assert case_text(replayed) == case_text(case)
    assert (case.version, case.head) == (len(events), event_hash(event_text(events[-1])))


CHANGES: dict[str, Any] = {
    "by": "somebody else",
    "at": NOON,
    "recorded_at": NOON,
    "action": "other",
    "via": "x@y",
    "for_": "z",
    "late": True,
    "fields": {"text": "other"},
    "reason": {"#": "0" * 64},
}


@given(histories(), st.data())
def test_no_change_goes_unseen(events: list[Event], data: st.DataObject) -> None:
    """Any field of any event: its hash is another, so the next one no longer follows, or the case's head differs."""
    number = data.draw(st.integers(0, len(events) - 1))
    name = data.draw(st.sampled_from(sorted(CHANGES)))
    event = events[number]
    assume(getattr(event, name) != CHANGES[name])

    changed = msgspec.structs.replace(event, **{name: CHANGES[name]})

    digest = event_hash(event_text(changed))
    assert digest != event_hash(event_text(event))
    if number + 1 < len(events):
        assert events[number + 1].prev != digest


@given(histories(), st.data())
def test_nothing_is_left_out_doubled_or_moved(events: list[Event], data: st.DataObject) -> None:
    """A history with an event missing, twice, or in another place does not fold."""
    assume(len(events) > 2)
    number = data.draw(st.integers(0, len(events) - 2))
    damaged = data.draw(
        st.sampled_from(
            [
                [*events[:number], *events[number + 1 :]],
                [*events[: number + 1], *events[number:]],
                [*events[:number], events[number + 1], events[number], *events[number + 2 :]],
            ]
        )
    )

    with pytest.raises(Impossible):
        fold(PROGRAM, hashed(damaged))


@given(
    st.sampled_from(["a", "b", "c", None]),
    st.sampled_from(["go", "back", "stay", "end", "open", "fly"]),
    st.sampled_from(["a", "b", "c"]),
)
def test_a_step_that_the_topology_lacks_is_impossible(source: str | None, action: str, to: str) -> None:
    """Look-up and machine agree on every step there is and on every one there is not."""
    known = (source, action, to) in PROGRAM.steps
    try:
        led = PROGRAM.step(source, action) if source is not None else None
    except LookupError:
        led = None

    assert known == (led == to if source is not None else (action, to) == ("open", "a"))


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32), texts)
def test_a_commitment_proves_its_value_and_tells_nothing(salt: bytes, other: bytes, value: str) -> None:
    """The same value under another salt is another commitment; another value under the same salt too."""
    assert commitment(salt, value) == commitment(salt, value)
    if other != salt:
        assert commitment(salt, value) != commitment(other, value)
    assert commitment(salt, value) != commitment(salt, value + "x")
    assert len(commitment(salt, value)) == 64
