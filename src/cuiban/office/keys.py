"""Idempotency keys: the same key with the same wish gets the first answer again. [R3]

A key and what was asked under it are kept as hashes only: they may say something of a person.
"""

from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from cuiban.engine.blockers import blocker
from cuiban.engine.case import canonical
from cuiban.engine.labels import L
from cuiban.errors import Refused, VerificationFailed
from cuiban.store import sql
from cuiban.store.database import Connection
from cuiban.store.troubles import Clash, Retry
from cuiban.store.types import micros

if TYPE_CHECKING:
    from datetime import datetime

    from cuiban.office import Office

T = TypeVar("T")
DAMAGED = L(
    "这个键(--key)下存的回答被改坏了, 读不出; 从备份恢复",
    "the answer kept under this --key was damaged and cannot be read; restore a backup",
)


def key_hash(key: str) -> str:
    """Under which name a key is kept."""
    return sha256(b"cuiban key\0" + key.encode(errors="surrogatepass")).hexdigest()


def recall(office: "Office", connection: Connection, key: str, content: bytes, kind: type[T]) -> T | None:
    """The first answer under a key, or None.

    Raises:
        Refused: something else was asked then (`content`).
        VerificationFailed: a foreign hand broke the answer.
    """
    row = connection.one(sql.KEY, dealership=office.store.dealership, key=key_hash(key))
    if row is None:
        return None
    salt, asked, answer = row
    if sha256(bytes(salt) + content).hexdigest() != asked:
        raise Refused.because(blocker("key_reused"))
    try:
        return msgspec.json.decode(answer, type=kind)
    except msgspec.DecodeError as error:
        raise VerificationFailed("damaged", DAMAGED) from error


def finish(office: "Office", connection: Connection, key: str, begun: Any, answer: Any) -> bool:
    """Keep the whole answer of a work of several transactions in the place of the one with which it began.

    Returns:
        Whether it is kept: not where somebody else has finished the same work before, nor where it changed nothing, without a key.
    """
    row = {"dealership": office.store.dealership, "which": key_hash(key), "begun": canonical(begun).decode(),
           "whole": canonical(answer).decode()}  # fmt: skip
    return bool(connection.run(sql.ANSWER_KEY, row).rowcount)


def keep(office: "Office", connection: Connection, key: str, content: bytes, ref: str, seq: int, answer: Any, now: "datetime"
         ) -> None:  # fmt: skip
    """Keep an answer under its key, in the transaction of what was done; `ref` and `seq` name its event."""
    salt = office.chance()
    row = {
        "dealership": office.store.dealership, "key": key_hash(key), "salt": salt, "content": sha256(salt + content).hexdigest(),
        "ref": ref, "seq": seq, "answer": canonical(answer).decode(), "at": micros(now),
    }  # fmt: skip
    try:
        connection.run(sql.KEEP_KEY, row)
    except Clash as clash:
        raise Retry from clash  # somebody used the key for something else a moment ago: look at it
