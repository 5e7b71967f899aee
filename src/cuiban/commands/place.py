"""Where the data is, and from where one asks: database, dealership, login and host.

Belongs here: where an address comes from, real data kept from a set clock.   Must never enter: opening anything.
"""

import re
from pathlib import Path

from cuiban import address
from cuiban.commands.config import Sources, folder
from cuiban.engine.labels import L
from cuiban.errors import Refused, Usage

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+]+:")  # of two letters or more: C: is a drive
_PASSWORD = re.compile(r":.*@")
NO_ADDRESS = L(
    "{told} 不是数据库地址: 写 postgresql://用户@主机/库名, 或文件的路径, 如 ./house.db",
    "{told} is no address of a database: give postgresql://user@host/name, or the path of a file such as ./house.db",
)


def url_of(sources: Sources) -> str:
    """The database: --db, CUIBAN_DATABASE_URL, config, else SQLite in the user's data folder.

    A path, which has a folder or an ending, or is there, is an SQLite file. Raises Usage for a mere word or a mistyped address.
    """
    told = sources.value("db")
    if not told:
        return address.of_file(folder("data") / "cuiban.db")
    if "://" in told:
        return told
    path = Path(told)
    if _ADDRESS.match(told) or not (path.suffix or "/" in told or "\\" in told or path.exists()):
        raise Usage("usage", NO_ADDRESS.fill(told=_PASSWORD.sub(":***@", told)))
    return address.of_file(path.absolute())


def may_be_there(url: str) -> bool:
    """Whether there is a database to ask; of a server that is not known before it is asked."""
    file = address.file_of(url)
    return file is None or file.exists()


def is_database(url: str, path: Path) -> bool:
    """Whether that file is the SQLite database."""
    file = address.file_of(url)
    return file is not None and path.exists() and file.exists() and path.samefile(file)


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
