"""The parts of an xlsx file: its sheets, the texts they share, the formats of their cells.

Belongs here: the zip and its caps, workbook, shared strings, styles.   Must never enter: rows.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from functools import cached_property
from typing import IO, TYPE_CHECKING, BinaryIO

from cuiban.exchange.faults import fault
from cuiban.exchange.limits import MIB, Limits
from cuiban.exchange.markup import elements, name_of
from cuiban.exchange.text import cleaned
from cuiban.exchange.xlsx_formats import Show, show_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAIN = "/officeDocument"
STRINGS, STYLES = "/sharedStrings", "/styles"
STRINGS_MEMORY = 192 * MIB
STRING_OVERHEAD = 60  # bytes of a Python string beside its characters
MOST_PARTS = 10_000
ENCRYPTED = 0x1
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Part:
    """The bytes of one part; what lies between two elements is counted, and refused beyond the limit."""

    def __init__(self, stream: IO[bytes], limits: Limits) -> None:
        self.stream, self.limits = stream, limits
        self.length = 0

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes."""
        data = self.stream.read(size)
        self.length += len(data)
        if self.length > self.limits.element:
            raise fault("element_too_big", limit=self.limits.element // MIB)
        return data

    def mark_element(self) -> None:
        """Count anew."""
        self.length = 0


class Book:
    """An xlsx file, opened; raises BadInput if it costs too much or is none."""

    def __init__(self, packed: BinaryIO, limits: Limits) -> None:
        self.limits = limits
        self.zip = zipfile.ZipFile(packed)
        self.judge(packed)
        self.main = self.main_part()
        self.related = {kind: target for _, kind, target in self.relations(self.main)}
        self.targets = {identity: target for identity, _, target in self.relations(self.main)}
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False
        self.read_workbook()

    def judge(self, packed: BinaryIO) -> None:
        """Refuse what would unpack to too much, before unpacking any of it. No part yields more than it declares."""
        parts, limits = self.zip.infolist(), self.limits
        unpacked, size = sum(part.file_size for part in parts), packed.seek(0, io.SEEK_END)
        if any(part.flag_bits & ENCRYPTED for part in parts):
            raise fault("table_locked")
        if unpacked > limits.ratio_from and unpacked > limits.ratio * size:
            raise fault("file_bomb", ratio=limits.ratio)
        if len(parts) > MOST_PARTS:
            raise fault("too_many_parts", limit=MOST_PARTS)
        if unpacked > limits.unpacked:
            raise fault("file_too_big", limit=limits.unpacked // MIB)

    def open(self, part: str) -> Part:
        """Open a part for reading."""
        return Part(self.zip.open(part), self.limits)

    def main_part(self) -> str:
        """Return the name of the workbook's part; raise BadInput for another kind of zip."""
        if "_rels/.rels" in self.zip.namelist():
            for _, kind, target in self.relations(""):
                if kind.endswith(MAIN):
                    return target
        raise fault("not_a_table", what="zip")

    def relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Yield (id, type, part) of what a part refers to."""
        folder, name = posixpath.split(part)
        table = posixpath.join(folder, "_rels", f"{name}.rels")
        if table in self.zip.namelist():
            for each in elements(self.open(table), ("Relationship",), "Relationships"):
                target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
                yield each.get("Id", ""), each.get("Type", ""), target

    def read_workbook(self) -> None:
        """Read the names of the sheets, those that are hidden last, and the calendar."""
        hidden: list[tuple[str, str]] = []
        for each in elements(self.open(self.main), ("sheet", "workbookPr"), "workbook"):
            if name_of(each) == "workbookPr":
                self.from_1904 = each.get("date1904") in ("1", "true")
                continue
            identity = next((value for key, value in each.attrib.items() if str(key).endswith("}id")), "")
            found = (each.get("name", ""), self.targets.get(str(identity), ""))
            (self.sheets if each.get("state", "visible") == "visible" else hidden).append(found)
        self.sheets += hidden

    def part_of(self, sheet: str | None) -> str:
        """Return the part of a sheet by its name, of the first one without; raise BadInput if it is not there."""
        for name, part in self.sheets:
            if sheet is None or name == sheet:
                return part
        names = ", ".join(name for name, _ in self.sheets)
        raise fault("sheet_missing", name=sheet or "", found=names)

    @cached_property
    def strings(self) -> list[str]:
        """The texts that cells share; raises BadInput if they would fill memory."""
        found: list[str] = []
        part = self.one_related(STRINGS)
        weight = 0
        for each in elements(self.open(part), ("si",), "sst") if part else ():
            found.append(text_of(each))
            weight += 2 * len(found[-1]) + STRING_OVERHEAD
            if weight > STRINGS_MEMORY:
                raise fault("file_too_big", limit=STRINGS_MEMORY // MIB)
        return found

    @cached_property
    def shows(self) -> list[Show]:
        """What the format of each cell style shows."""
        texts: dict[str, str] = {}
        found: list[Show] = []
        part = self.one_related(STYLES)
        for each in elements(self.open(part), ("numFmt", "xf"), "styleSheet") if part else ():
            parent = each.getparent()
            code = each.get("numFmtId", "0")
            if name_of(each) == "numFmt":
                texts[code] = each.get("formatCode", "")
            elif parent is not None and name_of(parent) == "cellXfs":
                found.append(show_of(int(code), texts.get(code)))
        return found

    def one_related(self, kind: str) -> str | None:
        """Return the part of a kind that the workbook refers to, None without one."""
        return next((part for each, part in self.related.items() if each.endswith(kind)), None)


def text_of(element: "Element") -> str:
    """Return the text of a shared or inline string, its runs joined; how it is pronounced is left out."""
    parts = []
    for child in element:
        name = name_of(child)
        if name == "t":
            parts.append(unescaped(child.text or ""))
        elif name == "r":
            parts.append(text_of(child))
    return "".join(parts)


def unescaped(text: str) -> str:
    """Return a text with what Excel wrote as `_x000D_`, a control character mostly, as what it means."""
    return cleaned(ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)) if "_x" in text else text
