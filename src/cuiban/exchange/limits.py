"""What a file may cost before it is refused.

Belongs here: the caps, with the reason of each.   Must never enter: reading.
"""

import msgspec

MIB = 1024 * 1024


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Caps for a file of any kind.

    Attributes:
        unpacked: bytes after unpacking; a log of a million events takes about 600 MiB.
        ratio: unpacked to packed; XES of a help desk packs 1:40, deflate of nothing 1:1000.
        ratio_from: bytes before the ratio is judged; small files may be of one letter.
        element: bytes between the ends of two events of an XES.
        line: characters of one line of a CSV.
        record: characters of one record of a CSV, which may run over lines inside quotes.
        events_per_case: events that one case may hold in memory.
        rows, columns: of a table.
        cell: characters of a cell; Excel's own cap.
    """

    unpacked: int = 4096 * MIB
    ratio: int = 150
    ratio_from: int = 16 * MIB
    element: int = 8 * MIB
    line: int = 1 * MIB
    record: int = 4 * MIB
    events_per_case: int = 200_000
    rows: int = 1_048_576
    columns: int = 1_000
    cell: int = 32_767


LOG_LIMITS = Limits()
TABLE_LIMITS = Limits(unpacked=512 * MIB)
