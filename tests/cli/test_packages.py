"""A store's own package of processes: read beside ours; one that cannot be read is named, and stops nobody."""

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.cli.shell import Shell

PROCESSES = """\
from cuiban.engine.labels import L
from cuiban.engine.language import End, Field, Opening, Process, State, Transition, wd
from cuiban.engine.who import role

CLERK = role("after_sales_clerk")

key_loan = Process("key_loan", L("借钥匙", "Key loan"), prefix="YS9", rows=[], subject=["plate"],
    states=[State("lent", L("已借出", "Lent"), due=wd(1)), End("returned", L("已归还", "Returned"))],
    transitions=[Transition("return", L("归还", "Return"), "lent", "returned", CLERK)],
    opening=Opening(CLERK, needs=["plate"]),
    fields=[Field("plate", L("车牌", "Number plate"), "plate")])

PROCESSES = (key_loan,)
"""


@pytest.fixture
def store(shell: Shell) -> Shell:
    """Give a shell in whose Python a store's package is installed, and a dealership."""
    site = shell.home / "site"
    told = site / "our_store-1.0.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: our-store\nVersion: 1.0\n")
    (told / "entry_points.txt").write_text("[cuiban.workflows]\nour_store = our_store.processes\n")
    (site / "our_store").mkdir()
    (site / "our_store" / "__init__.py").touch()
    written(shell, PROCESSES)
    shell.environ |= {"PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1", "CUIBAN_USER": "admin"}
    assert shell.runs("init", "--admin", "admin", "--sandbox").code == 0
    assert shell.runs("user", "add", "wang", "王芳", "--role", "after_sales_clerk").code == 0
    shell.environ["CUIBAN_USER"] = "wang"
    return shell


def written(shell: Shell, text: str) -> Path:
    """Write the package's only module."""
    path = shell.home / "site" / "our_store" / "processes.py"
    path.write_text(textwrap.dedent(text), "utf-8")
    return path


def test_a_process_of_a_package_is_used_like_our_own(store: Shell) -> None:
    """Nothing of ours is touched."""
    assert store.runs("check", "key_loan").code == 0
    ref = store.runs("open", "借钥匙", "--set", "plate=皖H12345", "--json").json["ref"]

    done = store.runs("do", ref, "归还")

    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("import no_such_package\n", 1, "ModuleNotFoundError: No module named 'no_such_package'"),
        ("\nfrom cuiban.engine.language import Strate\n", 2, "ImportError: cannot import name 'Strate'"),
        ("\n\nx = len(3)\n", 3, "TypeError: object of type 'int' has no len()"),
        ("x = (\n", 1, "SyntaxError: '(' was never closed"),
        (PROCESSES.replace("(key_loan,)", "(key_loan)"), 0, "TypeError: 'Process' object is not iterable"),
        (PROCESSES.replace("(key_loan,)", "('key_loan',)"), 0, "TypeError: PROCESSES holds 'key_loan', which is no Process"),
    ],
    ids=["no module", "no name", "wrong call", "syntax", "no comma", "no process"],
)
def test_a_package_that_cannot_be_read_is_named_and_stops_nobody(store: Shell, text: str, line: int, why: str) -> None:
    """Everybody works on, told what is missing; `check` gives file, line and message; its own open cases can still be done."""
    ref = store.runs("open", "借钥匙", "--set", "plate=皖H12345", "--json").json["ref"]
    path = written(store, text)

    listed = store.runs("todo", "--all")
    found = store.runs("check", "--json")

    assert listed.code == 0
    assert ref in listed.out
    assert f"程序包 our_store 没有读入: {why}" in listed.err
    (one,) = [one for one in found.json if one["code"] == "package_broken"]
    assert found.code == 7
    assert (one["severity"], one["process"], one["line"]) == ("error", "our_store", line)
    assert one["file"] == (str(path) if line else "")
    assert why in one["message"]
    assert f"{path.name}:{line} package_broken" in store.runs("check").out or line == 0
    assert store.runs("show", ref).code == 0
    assert store.runs("do", ref, "return").code == 0
    assert store.runs("open", "key_loan").code == 3


def test_check_finds_a_misspelt_type(store: Shell) -> None:
    """It says which there are; opening a case would be too late."""
    written(store, PROCESSES.replace('"plate")])', '"plait")])'))

    answer = store.runs("check")

    assert answer.code == 7
    assert "processes.py:11 wrong_type fields[0].type 写得不对: 没有 plait; 有: text, note, name" in answer.out


def test_the_page_of_the_author_makes_such_a_package(shell: Shell) -> None:
    """Its process and its pyproject, as they stand there, are installed and found."""
    page = (Path(__file__).parents[2] / "docs" / "author.md").read_text("utf-8")
    process, project = (re.search(rf"```{kind}\n(.*?)```", page, re.DOTALL) for kind in ("python", "toml"))
    assert process is not None
    assert project is not None
    source, site = shell.home / "source", shell.home / "site"
    (source / "our_store").mkdir(parents=True)
    (source / "our_store" / "__init__.py").touch()
    (source / "our_store" / "processes.py").write_text(process[1], "utf-8")
    (source / "pyproject.toml").write_text(project[1], "utf-8")
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "--target",
        str(site),
        str(source),
    ]
    subprocess.run(install, check=True, capture_output=True)

    answer = shell.runs("check", "key_loan", PYTHONPATH=str(site))

    assert (answer.code, answer.out) == (0, "1 个流程, 没有问题\n")
