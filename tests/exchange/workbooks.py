"""Workbooks made by hand, part by part, as no polite program would write them."""

import zipfile
from pathlib import Path

import pytest

from cuiban.errors import BadInput
from cuiban.exchange.limits import TABLE_LIMITS, Limits
from cuiban.exchange.tables import Row, read_table

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(*targets: tuple[str, str, str]) -> str:
    """Return a part of relationships, of (id, last word of the type, target)."""
    inner = "".join(f'<Relationship Id="{i}" Type="{REL}/{kind}" Target="{to}"/>' for i, kind, to in targets)
    return f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'


def parts(rows: str, after: str = "", strings: str = "", styles: str = "") -> dict[str, str | bytes]:
    """Return the parts of a workbook with one sheet of those rows."""
    sheets = '<sheets><sheet name="一" r:id="r1"/></sheets>'
    return {
        "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}">{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("r1", "worksheet", "worksheets/sheet1.xml"),
            ("r2", "sharedStrings", "/xl/sharedStrings.xml"),
            ("r3", "styles", "styles.xml"),
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>',
    }


def zipped(path: Path, content: dict[str, str | bytes], level: int = 6) -> Path:
    """Write parts as a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as file:
        for name, part in content.items():
            file.writestr(name, part)
    return path


def rows_of(path: Path, content: dict[str, str | bytes]) -> list[Row]:
    """Return the rows of a workbook of those parts."""
    return list(read_table(zipped(path, content)))


def fault_of(path: Path, limits: Limits = TABLE_LIMITS, sheet: str | None = None) -> BadInput:
    """Return the fault of reading a table."""
    with pytest.raises(BadInput) as caught:
        list(read_table(path, limits, sheet))
    return caught.value
