"""What is common to all commands: help, version, and how failures are said."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import convviz as package
import convviz.commands.apply as apply_command
from convviz.commands.recipe import OPTIONS
from tests.cli.helpers import LECTURE, ROOT, Convviz

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
# Unbuffered, the failure would be seen by argparse, which passes over it.
ENVIRONMENT.pop("PYTHONUNBUFFERED", None)


def test_version(convviz: Convviz) -> None:
    run = convviz("--version")
    assert (run.code, run.out, run.err) == (0, f"convviz {package.__version__}\n", "")


@pytest.mark.parametrize("word", ["--help", "-h"])
def test_help(convviz: Convviz, word: str) -> None:
    run = convviz(word)
    assert (run.code, run.err) == (0, "")
    for text in ("--room", "--language", "--screenshot", "--size", "--version", "convviz apply"):
        assert text in run.out


def test_help_of_apply(convviz: Convviz) -> None:
    run = convviz("apply", "--help")
    assert (run.code, run.err) == (0, "")
    for name, _, _ in OPTIONS:
        assert f"{name} " in run.out
    assert LECTURE in run.out
    assert "-o OUT" in run.out


def test_a_defect_is_one_sentence(convviz: Convviz, grid: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("two\nlines.")

    monkeypatch.setattr(apply_command, "run", fail)
    words = ("apply", "grid.npy", "--kernel", "box", "-o", "out.npy")
    monkeypatch.delenv("CONVVIZ_DEBUG", raising=False)
    run = convviz(*words)
    said = "Unexpected error: RuntimeError: two lines; please report it.\n"
    assert (run.code, run.out, run.err) == (1, "", said)
    assert not Path("out.npy").exists()
    monkeypatch.setenv("CONVVIZ_DEBUG", "1")
    run = convviz(*words)
    assert run.code == 1
    assert run.err.startswith("Traceback")
    assert run.err.endswith(said)


def test_interrupted(convviz: Convviz, grid: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(apply_command, "run", interrupt)
    run = convviz("apply", "grid.npy", "--kernel", "box", "-o", "out.npy")
    assert (run.code, run.out, run.err) == (130, "", "")


def test_a_reader_that_is_gone_is_no_defect() -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "convviz", "--help"],
            env=ENVIRONMENT,
            cwd=ROOT,
            stdout=write,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (1, "")


def test_version_is_quick_to_say() -> None:
    code = (
        "import sys\nfrom convviz.cli import main\nassert main(['--version']) == 0\n"
        "heavy = {'torch', 'PySide6', 'PIL', 'convviz.engine'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run(
        [sys.executable, "-c", code], check=True, env=ENVIRONMENT, stdout=subprocess.DEVNULL, timeout=60
    )
