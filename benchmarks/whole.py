"""`cuiban todo` as a whole process, from the shell's view, against a Python that only imports SQLAlchemy and click.

The list is the demo's clerk's, in six months of a dealership; what was missed is caught up with by the first start.
"""

import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.timing import Times, take_turns

TODO, IMPORTS = "cuiban todo", "import sqlalchemy, click"


def whole(folder: Path, rounds: int) -> Times:
    """Start both again and again, in turns; bytecode is compiled, as it is after an installation."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {name: value for name, value in environment.items() if not name.startswith("CUIBAN_")}
    environment |= {"CUIBAN_DATABASE_URL": f"sqlite:///{folder / 'demo.db'}", "HOME": str(folder)}
    cuiban = str(Path(sys.executable).with_name("cuiban"))

    def took(*words: str) -> float:
        start = perf_counter()
        subprocess.run(words, check=True, env=environment, stdin=subprocess.DEVNULL, capture_output=True)
        return perf_counter() - start

    took(cuiban, "demo")
    return take_turns({TODO: lambda: took(cuiban, "todo"), IMPORTS: lambda: took(sys.executable, "-c", IMPORTS)}, rounds)
