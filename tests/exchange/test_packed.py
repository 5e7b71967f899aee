"""Files before anybody knows what is in them: missing, empty, a folder, cut short, a bomb."""

import gzip
import os
from pathlib import Path

import pytest

from cuiban.errors import BadInput
from cuiban.exchange.limits import LOG_LIMITS, Limits
from cuiban.exchange.logs import read_log
from tests.exchange.logfiles import PLAIN, fault_of, xes

LOG = xes(*((f"A{i}", [("a", "2026-03-11T12:00:00+08:00")]) for i in range(500)))


def fault_at(path: Path) -> BadInput:
    """Return the fault of reading a path as it is."""
    with pytest.raises(BadInput) as caught:
        list(read_log(path, PLAIN))
    return caught.value


def test_what_is_no_file(tmp_path: Path) -> None:
    """A path that leads nowhere, into a folder, or to a pipe is told as such."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("x")

    assert fault_at(tmp_path / "none.xes").code == "file_missing"
    assert fault_at(tmp_path / "file" / "none.xes").code == "file_missing"
    assert fault_at(tmp_path).code == "file_is_folder"
    assert fault_at(tmp_path / "pipe").code == "file_not_regular"
    assert fault_at(tmp_path / ("long" * 100)).code == "file_unreadable"
    assert fault_at(tmp_path / "nul\0").code == "file_unreadable"


@pytest.mark.parametrize("content", [b"", b"  \r\n \n", b"\xef\xbb\xbf", b"\xff\xfe", gzip.compress(b"", mtime=0)])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    """Nothing, or nothing but blanks or a BOM."""
    assert fault_of(tmp_path / "log.csv", content).code == "file_empty"


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04rest of a workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x7fELF\0\0", b"\x89PNG\r\n\0\0"],
)
def test_another_kind_of_file(tmp_path: Path, content: bytes) -> None:
    """A workbook, a program, a picture."""
    fault = fault_of(tmp_path / "log.csv", content)

    assert fault.code == "not_a_log"
    assert "CSV" in fault.message.zh


def test_a_log_packed_twice(tmp_path: Path) -> None:
    """One layer of gzip is a log, two are not."""
    assert fault_of(tmp_path / "log.xes.gz", gzip.compress(gzip.compress(LOG.encode()))).code == "not_a_log"


@pytest.mark.parametrize("keep", [0.3, 0.9, 0.999])
def test_a_packed_file_cut_short(tmp_path: Path, keep: float) -> None:
    """A download that broke off is told, wherever it did."""
    packed = gzip.compress(LOG.encode())

    assert fault_of(tmp_path / "log.xes.gz", packed[: int(len(packed) * keep)]).code == "gz_broken"


def test_a_packed_file_with_a_wrong_byte(tmp_path: Path) -> None:
    """A flipped bit is found by the file's own checksum, or before it by the parser."""
    packed = bytearray(gzip.compress(LOG.encode()))
    packed[-6] ^= 1

    assert fault_of(tmp_path / "log.xes.gz", bytes(packed)).code == "gz_broken"


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    """Twenty MB of nothing in forty KB is refused long before it is unpacked."""
    bomb = gzip.compress(b"<log>" + b"<!---->" * 3_000_000)

    fault = fault_of(tmp_path / "log.xes.gz", bomb, limits=Limits(element=1 << 40))

    assert fault.code == "file_bomb"
    assert fault_of(tmp_path / "log.csv.gz", gzip.compress(b"a,b\n" * 8_000_000)).code == "file_bomb"


def test_a_large_file_is_refused_by_its_size(tmp_path: Path) -> None:
    """The cap on all that is unpacked can be set."""
    assert fault_of(tmp_path / "log.xes.gz", gzip.compress(LOG.encode()), limits=Limits(unpacked=50_000)).code == ("file_too_big")
    assert LOG_LIMITS.unpacked > 1 << 30
