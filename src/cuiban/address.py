"""What a database is called: a file as an address and back, passwords hidden.

Belongs here: addresses as text.   Must never enter: where an address comes from, opening anything.
"""

import re
from pathlib import Path
from urllib.parse import unquote

SQLITE = "sqlite:///"
# Greedy: a password may hold an @ of its own, and too much hidden is better than too little.
_PASSWORD = re.compile(r"(://[^/@:]*:).*(@)|((?:password|passwd|pwd)=)[^&]*", re.DOTALL | re.IGNORECASE)


def of_file(path: Path) -> str:
    """The address of an SQLite file, whatever signs its path holds."""
    return SQLITE + str(path).replace("%", "%25").replace("?", "%3F")


def file_of(address: str) -> Path | None:
    """The SQLite file that an address means; None for a server."""
    if not address.startswith(SQLITE):
        return None
    return Path(unquote(address[len(SQLITE) :].partition("?")[0]))


def masked(address: str) -> str:
    """The address as it may be shown: no password."""
    return _PASSWORD.sub(lambda match: f"{match[1]}***{match[2]}" if match[1] else f"{match[3]}***", address)
