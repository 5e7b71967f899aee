"""A file that somebody filled in, or keeps, is not written over unasked."""

import pytest

from tests.cli.clerk import Clerk
from tests.cli.terminal import typed

WRITING = (
    "template customer -o {}.csv",
    "template customer -o {}.xlsx",
    "export customer -o {}.csv",
    "todo -o {}.xlsx",
    "backup {}.db",
)


@pytest.mark.parametrize("line", WRITING)
def test_a_person_is_asked_before_a_file_goes(clerk: Clerk, environ: dict[str, str], line: str) -> None:
    """No is the default and leaves the file; -y needs no question; another name has none; a script means what it names."""
    name = line.split()[-1].format("kept")
    kept = clerk.home / name
    kept.write_bytes(b"filled in")

    shown = typed(clerk.home, environ, f"cuiban {line.format('kept')}; echo [$?]", "n\n")

    assert f"{name} 已经有了, 要覆盖吗? [y/N]" in shown
    assert shown.endswith("[130]\n")
    assert kept.read_bytes() == b"filled in"
    assert clerk.runs(line.format("other")).code == 0
    assert clerk.runs(line.format("kept")).code == 0
    assert kept.read_bytes() != b"filled in"


def test_the_template_in_the_folder_is_asked_about_too(clerk: Clerk, environ: dict[str, str]) -> None:
    """Without -o it has a name of its own; -y replaces it."""
    kept = clerk.home / "customer.xlsx"
    kept.write_bytes(b"filled in")

    assert "[y/N]" in typed(clerk.home, environ, "cuiban template customer", "n\n")
    assert kept.read_bytes() == b"filled in"
    typed(clerk.home, environ, "cuiban template customer -y")
    assert kept.read_bytes() != b"filled in"
