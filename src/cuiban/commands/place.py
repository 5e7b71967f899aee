"""Where the data is, and from where one asks: database, dealership, login and host.

Belongs here: addresses, passwords masked, real data kept from a set clock.   Must never enter: opening anything.
"""

import re
from pathlib import Path

from cuiban.commands.config import Sources, folder
from cuiban.engine.labels import L
from cuiban.errors import Refused

_PASSWORD = re.compile(r"(://[^/@:]*:)[^@]*(@)|((?:password|passwd|pwd)=)[^&]*")
SQLITE = "sqlite:///"


def url_of(sources: Sources) -> str:
    """The database: --db, CUIBAN_DATABASE_URL, config, else SQLite in the user's data folder; a path is a SQLite file."""
    told = sources.value("db")
    if not told:
        return f"{SQLITE}{folder('data') / 'cuiban.db'}"
    return told if "://" in told else f"{SQLITE}{Path(told).absolute()}"


def masked(url: str) -> str:
    """The database as it may be shown: no password."""
    return _PASSWORD.sub(lambda match: f"{match[1]}***{match[2]}" if match[1] else f"{match[3]}***", url)


def may_be_there(url: str) -> bool:
    """Whether there is a database to ask; of a server that is not known before it is asked."""
    return not url.startswith(SQLITE) or Path(url[len(SQLITE) :].partition("?")[0]).exists()


def is_database(url: str, path: Path) -> bool:
    """Whether that file is the SQLite database."""
    file = Path(url[len(SQLITE) :].partition("?")[0])
    return url.startswith(SQLITE) and path.exists() and file.exists() and path.samefile(file)


def login_name() -> str:
    """The name of the login, "" where the system has none."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def login_and_host() -> str:
    """What events keep beside the name that was given."""
    import socket

    return f"{login_name()}@{socket.gethostname()}"


def clock_is_set() -> Refused:
    """The refusal to write under CUIBAN_NOW into real data."""
    from cuiban.engine.blockers import Blocker

    message = L(
        "CUIBAN_NOW 设了时钟, 只能写入 demo 或 init --sandbox 建的库",
        "CUIBAN_NOW sets the clock: only a database of demo or of init --sandbox is written to",
    )
    return Refused(message, [Blocker("clock_set", message)])
