"""``dev.py test`` and ``dev.py check``: what is run, with what, and what decides."""

import os
import sys
from pathlib import Path

import dev_checks
import pytest


def test_tests_see_nothing_of_the_user(tmp_path: Path) -> None:
    inherited = {
        "HOME": "/home/user",
        "XDG_CONFIG_HOME": "/home/user/.config",
        "DISPLAY": ":0",
        "PYTHONHASHSEED": "1",
        "QT_SCALE_FACTOR": "2",
        "OMP_NUM_THREADS": "3",
        "PATH": "/bin",
    }
    seen = dev_checks.surroundings(tmp_path / "home", inherited)
    assert not set(seen) & {"DISPLAY", "PYTHONHASHSEED", "QT_SCALE_FACTOR"}
    assert (seen["OMP_NUM_THREADS"], seen["PATH"]) == ("3", "/bin")
    assert "/home/user" not in " ".join(seen.values())
    assert Path(seen["XDG_RUNTIME_DIR"]).stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("args", "expression", "rest"),
    [
        ([], "not slow", []),
        (["tests/core", "-k", "kernel"], "not slow", ["tests/core", "-k", "kernel"]),
        (["-m", "slow", "-x"], "slow", ["-x"]),
        (["-m"], "not slow", []),
    ],
)
def test_marker_is_taken_out_of_pytests_arguments(args: list[str], expression: str, rest: list[str]) -> None:
    assert dev_checks.split_marker(args) == (expression, rest)


@pytest.mark.parametrize(
    ("codes", "result", "runs"),
    [
        pytest.param([0, 0, 0], 0, 3, id="all pass"),
        pytest.param([5, 0, 0], 0, 3, id="no test needs an X server"),
        pytest.param([0, 5, 5], 0, 3, id="only tests under X were asked for"),
        pytest.param([5, 5, 5], 5, 3, id="no test at all"),
        pytest.param([1, 0, 0], 1, 1, id="stops after a failure under X"),
        pytest.param([0, 1, 0], 1, 2, id="stops after a failure of those alone"),
        pytest.param([0, 0, 1], 1, 3, id="fails"),
    ],
)
def test_the_first_failing_group_decides(
    monkeypatch: pytest.MonkeyPatch, codes: list[int], result: int, runs: int
) -> None:
    ran: list[str] = []

    def run(expression: str, args: object, environment: object) -> int:
        ran.append(expression)
        return codes[len(ran) - 1]

    monkeypatch.setattr(dev_checks, "run_under_x", run)
    monkeypatch.setattr(dev_checks, "run_pytest", run)
    assert dev_checks.run_tests([], {}) == result
    assert len(ran) == runs


@pytest.mark.parametrize(
    ("args", "cores", "shared"),
    [
        pytest.param([], 2, ["-n", "2", "--dist", "worksteal"], id="all on two processors"),
        pytest.param([], 1, [], id="all on one processor"),
        pytest.param(["tests/core"], 2, ["tests/core"], id="picked"),
    ],
)
def test_all_tests_but_those_alone_are_shared_by_processes(
    monkeypatch: pytest.MonkeyPatch, args: list[str], cores: int, shared: list[str]
) -> None:
    ran: list[list[str]] = []
    threads: list[str | None] = []

    def run(expression: str, args: list[str], environment: dict[str, str]) -> int:
        ran.append(args)
        threads.append(environment.get("OMP_NUM_THREADS"))
        return 0

    monkeypatch.setattr(dev_checks, "processes", lambda: cores)
    monkeypatch.setattr(dev_checks, "run_under_x", run)
    monkeypatch.setattr(dev_checks, "run_pytest", run)
    assert dev_checks.run_tests(args, {}) == 0
    assert ran == [args, args, shared]
    # Those that measure have all processors.
    assert threads == [None, None, "1" if "-n" in shared else None]


def test_no_more_processes_than_are_worth_their_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "other")
    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    assert dev_checks.processes() == dev_checks.MOST_PROCESSES
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert dev_checks.processes() == 1


def test_a_failing_check_stops_everything_and_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fails = (sys.executable, "-c", "raise SystemExit(3)")
    monkeypatch.setattr(dev_checks, "CHECKS", {"mypy": fails, "lint-imports": ("must-not-run",)})
    assert dev_checks.run_checks([]) == 3
    assert capsys.readouterr().err == "mypy failed (exit code 3).\n"
