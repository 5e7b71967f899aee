"""The wheel brings everything that it needs: built, installed into a clean environment, used as the README shows."""

import os
import re
import shlex
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import cuiban

ROOT = Path(__file__).parents[1]
SHOWN = re.compile(r"^\s*\$ (cuiban\b.*)$", re.MULTILINE)


def run(*command: str | Path, home: Path) -> str:
    """Run `command` in the empty `home` of a newcomer and return what it printed; a failure says all that it said."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("CUIBAN_", "XDG_"))}
    done = subprocess.run(
        command, cwd=home, env=settings | {"HOME": str(home)}, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{shlex.join(map(str, command))}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, home=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel, with what it asks for and nothing else, at the locked versions; return its `bin`."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder / "venv")
    locked = [line.rstrip(" \\") for line in (ROOT / "requirements/core.txt").read_text().splitlines() if "==" in line]
    (folder / "locked.txt").write_text("\n".join(locked))
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "venv/bin/python")]
    subprocess.run([*pip, "install", "--quiet", "--constraint", str(folder / "locked.txt"), str(wheel)], check=True)
    return folder / "venv/bin"


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    """Types and templates go along; tests, benchmarks and docs stay at home."""
    names = zipfile.ZipFile(wheel).namelist()

    assert "cuiban/py.typed" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"cuiban"}


def test_an_installed_cuiban_tells_its_version(installed: Path, tmp_path: Path) -> None:
    """The entry point works without a checkout."""
    assert cuiban.__version__ in run(installed / "cuiban", "--version", home=tmp_path)


def test_the_first_five_commands_of_the_readme_work(installed: Path, tmp_path: Path) -> None:
    """A newcomer who installed the wheel can type what the README shows, from top to bottom."""
    shown = SHOWN.findall((ROOT / "README.md").read_text(encoding="utf-8"))[:5]

    assert len(shown) == 5
    for command in shown:
        _, *words = shlex.split(command, comments=True)
        assert run(installed / "cuiban", *words, home=tmp_path)
