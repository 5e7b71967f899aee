"""What a wish causes in one case, and what of it is kept aside: the event holds a salted commitment, the value stands beside it.

Must never enter: why it causes that (decide.py), the event's hash (plan.py).
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec

from cuiban.engine.case import Document, canonical
from cuiban.engine.facts import Facts, File, Fire
from cuiban.engine.language import Drive, Open
from cuiban.engine.register import Row


@dataclass(slots=True)
class Kept:
    """A personal value that stands beside the history; the event holds its salted commitment."""

    slot: str
    salt: bytes
    value: Any


class Decision(msgspec.Struct, gc=False):
    """What a wish causes in one case.

    Attributes:
        changes: the event, as the keyword arguments of `Event` (the plan adds the hash of the one before).
        kept, files: what is kept aside, by slot.
        opens, drives: what follows in other cases, with the values for them.
        rows: what it writes into registers.
    """

    action: str
    changes: dict[str, Any]
    kept: list[Kept] = []
    files: dict[str, tuple[File, bytes]] = {}
    opens: list[tuple[Open, dict[str, Any]]] = []
    drives: list[tuple[Drive, dict[str, Any]]] = []
    rows: list[Row] = []
    plain_values: dict[str, Any] = {}


def keep(decision: Decision, slot: str, value: Any, facts: Facts) -> dict[str, str]:
    """Keep a personal value aside; what the event holds instead."""
    salt = facts.salt()
    decision.kept.append(Kept(slot, salt, value))
    return {"#": commitment(salt, value)}


def commitment(salt: bytes, value: Any) -> str:
    """The salted SHA-256 of a value, in hexadecimal: it proves the value and tells nothing of it."""
    return sha256(salt + canonical(value)).hexdigest()


def document_of(decision: Decision, kind: str, file: File | None, facts: Facts, fire: Fire) -> Document:
    """A paper that is there; its scan is kept aside under a salted commitment."""
    if file is None:
        return Document(status="present", at=fire.at, by=fire.actor)
    salt = facts.salt()
    decision.files[kind] = (file, salt)
    digest = sha256(salt + sha256(file.content).digest()).hexdigest()
    return Document(status="present", at=fire.at, by=fire.actor, file=digest, name=commitment(salt, file.name))
