"""Makes the generated pages of docs/ anew: ./dev docs.

Belongs here: which page is made by what.   Must never enter: how a page is made; that stands beside what it tells of.
"""

from collections.abc import Callable
from pathlib import Path

DOCS = Path(__file__).parent

PAGES: dict[str, Callable[[], str]] = {}
"""Each generated page's file name in docs/, with the function that returns its text."""


def main() -> None:
    """Write every generated page."""
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8")
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
