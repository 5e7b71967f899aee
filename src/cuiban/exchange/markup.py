"""XML read element by element, each forgotten as soon as it is read; hostile XML refused.

Belongs here: the parser's guards, lines, names.   Must never enter: what the elements mean.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

from cuiban.errors import BadInput
from cuiban.exchange.faults import fault

if TYPE_CHECKING:
    from lxml.etree import XMLSyntaxError, _Element as Element, _ListErrorLog

HUGE = "XML_PARSE_HUGE"  # libxml2 advises an option that is its programmer's, where something is deeper or longer than it reads
SHORT_LINES = 65_535  # libxml2 keeps no more in an element; beyond, it tells where the element's text ends


class Marked(Protocol):
    """Bytes whose reader may be refused more of them, and may say that an element ended: the count starts anew."""

    def read(self, size: int = -1, /) -> bytes | None:
        """Return at most `size` bytes."""

    def mark_element(self) -> None:
        """Count the bytes of the next element anew."""


def elements(source: Marked, tags: tuple[str, ...], root: str) -> Iterator["Element"]:
    """Yield the elements of those names in any namespace as they end; raise BadInput with line and column.

    Args:
        source: the bytes of the document, in the encoding that it declares.
        tags: local names. What is yielded, and all before it, is forgotten after the loop's turn.
        root: local name that the document's root must have, else BadInput "xml_root".
    """
    from lxml import etree

    parser = etree.iterparse(
        cast("BinaryIO", source),
        tag=tuple(f"{{*}}{tag}" for tag in tags),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    judged = False
    try:
        for _, element in parser:
            source.mark_element()
            judged = judged or judge(element, root)
            yield element
            forget(element)
        judged = judged or judge(parser.root, root)
    except etree.XMLSyntaxError as error:
        raise broken(error, parser.error_log) from error


def judge(element: "Element", root: str) -> bool:
    """Return True if the document has that root and declares no DOCTYPE; else raise BadInput."""
    tree = element.getroottree()
    if tree.docinfo.internalDTD is not None:
        raise fault("xml_doctype")
    found = name_of(tree.getroot())
    if found != root:
        raise fault("xml_root", found=found, wanted=root)
    return True


def name_of(element: "Element") -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def line_of(element: "Element") -> int:
    """Return the line on which an element begins."""
    line: int = cast("Any", element).sourceline or 1
    return line - (element.text or "").count("\n") if line >= SHORT_LINES else line


def forget(element: "Element") -> None:
    """Free an element and all that stands before it; what comes after is not yet read."""
    parent = element.getparent()
    element.clear()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


def broken(error: "XMLSyntaxError", log: "_ListErrorLog") -> BadInput:
    """Return the fault in the parser's words: its log's first entry is the cause, what it raises may be a sequel."""
    for entry in log:
        if HUGE in entry.message:
            return fault("xml_huge", line=entry.line, column=entry.column)
        return fault("xml_broken", line=entry.line, column=entry.column, cause=entry.message)
    line, column = error.position
    return fault("xml_broken", line=line or None, column=column or None, cause=error.msg or "")
