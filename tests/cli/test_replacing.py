"""A file that somebody filled in, or keeps, is not written over unasked."""

import pytest

from tests.cli.clerk import Clerk

WRITING = (
    "template customer -o {}.csv",
    "template customer -o {}.xlsx",
    "export customer -o {}.csv",
    "todo -o {}.xlsx",
    "backup {}.db",
)


@pytest.mark.parametrize("line", WRITING)
def test_a_file_that_is_there_goes_only_with_a_yes(clerk: Clerk, line: str) -> None:
    """Without a terminal it is a usage error and the file stays as it is; -y replaces it; another name needs none."""
    name = line.split()[-1].format("kept")
    (clerk.home / name).write_bytes(b"filled in")

    refused = clerk.runs(line.format("kept"))

    assert refused.code == 2
    assert f"{name} 已经有了" in refused.err
    assert (clerk.home / name).read_bytes() == b"filled in"
    assert clerk.runs(line.format("other")).code == 0
    assert clerk.runs(f"{line.format('kept')} -y").code == 0
    assert (clerk.home / name).read_bytes() != b"filled in"


def test_the_template_in_the_folder_is_spared_too(clerk: Clerk) -> None:
    """Without -o it has a name of its own."""
    (clerk.home / "customer.xlsx").write_bytes(b"filled in")

    assert clerk.runs("template customer").code == 2
    assert (clerk.home / "customer.xlsx").read_bytes() == b"filled in"
