"""Makes the generated pages of docs/ anew: ./dev docs.

Belongs here: which page is made by what.   Must never enter: how a page is made; that stands beside what it tells of.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from docs.consoles import Console, pages, rendered, settings_of
from docs.generated import catalogue, errors, processes, settings

DOCS = Path(__file__).parent

PAGES: dict[str, Callable[[], str]] = {
    "catalogue.md": catalogue,
    "errors.md": errors,
    "processes.md": processes,
    "settings.md": settings,
}
"""Each generated page's file name in docs/, with the function that returns its text."""


def main() -> None:
    """Write every generated page, and the output below every command that a page shows."""
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8")
        print(f"docs/{name}")
    with TemporaryDirectory() as folder:
        base = Path(folder) / "base"
        base.mkdir()
        demo = Console(base, None, {}).home / "demo.db"
        for number, page in enumerate(pages()):
            home = Path(folder) / str(number)
            home.mkdir()
            text = page.read_text(encoding="utf-8")
            page.write_text(rendered(text, Console(home, demo, settings_of(text))), encoding="utf-8")
            print(page.relative_to(DOCS.parent))


if __name__ == "__main__":
    main()
