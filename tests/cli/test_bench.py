"""``convviz bench``: arguments, what is printed, and what becomes of a measure that fails."""

import json
import sys
from collections.abc import Iterator

import pytest

from convviz.commands import bench as command
from convviz.commands.measures import items
from convviz.commands.measures.findings import Finding, LeftOut, Pairs, Ratio, Wish, take_timed_turns
from convviz.commands.measures.items import ITEMS, measure_apart
from convviz.commands.measures.rivals import photograph
from convviz.work import threads
from tests.cli.helpers import Convviz, check_refused

FOUND: dict[str, list[Finding]] = {
    "engine": [Ratio("engine/1280x720/3x3", 0.62, 0.8, "1.2 ms"), LeftOut("SciPy is not installed.")],
    "start": [Ratio("start", 1.75, 1.5, "two windows")],
}


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Wish]]:
    """Stand in for the measures; return the list that their calls are added to."""
    made: list[tuple[str, Wish]] = []

    def apart(item: str, wish: Wish) -> Iterator[Finding]:
        made.append((item, wish))
        yield from FOUND.get(item, [])

    monkeypatch.setattr(command, "measure_apart", apart)
    return made


def test_json_is_ratios_and_machine(convviz: Convviz, measured: list[tuple[str, Wish]]) -> None:
    run = convviz("bench", "--json")
    assert run.code == 0
    found = json.loads(run.out)
    assert set(found) == {"ratios", "machine"}
    assert found["ratios"] == {
        "engine/1280x720/3x3": {"value": 0.62, "limit": 0.8},
        "start": {"value": 1.75, "limit": 1.5},
    }
    expected = {"processor", "cores", "memory", "system", "windows", "torch", "numpy", "cv2", "PySide6"}
    assert expected <= set(found["machine"])
    assert all(isinstance(value, str) and value for value in found["machine"].values())
    assert "SciPy is not installed." in run.err
    assert [item for item, _ in measured] == list(ITEMS)
    assert {wish.pairs for _, wish in measured} == {15}


def test_the_table_says_what_is_within_its_limit(convviz: Convviz, measured: list[tuple[str, Wish]]) -> None:
    run = convviz("bench", "--quick")
    lines = {line.split()[0]: line.split()[1:4] for line in run.out.splitlines() if line}
    assert lines["engine/1280x720/3x3"] == ["0.62", "0.80", "within"]
    assert lines["start"] == ["1.75", "1.50", "OVER"]
    assert "1 of 2 within their limits." in run.out
    assert {wish.pairs for _, wish in measured} == {5}


def test_only_what_is_asked_for_is_measured(convviz: Convviz, measured: list[tuple[str, Wish]]) -> None:
    assert convviz("bench", "--only", "engine/1280x720", "start", "--json").code == 0
    assert [item for item, _ in measured] == ["engine", "start"]
    assert measured[0][1].only == ("engine/1280x720", "start")


def test_nothing_measured_is_a_failure(convviz: Convviz, measured: list[tuple[str, Wish]]) -> None:
    run = convviz("bench", "--only", "drag")
    assert (run.code, run.out) == (1, "")
    assert run.err.splitlines()[-1] == "Nothing could be measured."
    assert measured


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--only", "speed"], "no measure speed; --only takes engine,"),
        (["--only", "engine", "sped/5x5"], "no measure sped/5x5"),
        (["--slow"], "no option --slow"),
        (["--json=yes"], "--json takes no value"),
    ],
)
def test_bad_arguments(convviz: Convviz, words: list[str], said: str) -> None:
    check_refused(convviz("bench", *words), said)


def test_help_names_every_item_and_hides_what_is_internal(convviz: Convviz) -> None:
    run = convviz("bench", "--help")
    assert (run.code, run.err) == (0, "")
    assert all(item in run.out for item in ITEMS)
    assert "--item" not in run.out


@pytest.mark.parametrize(
    ("only", "name", "included"),
    [
        ((), "engine/1280x720/3x3", True),
        (("engine",), "engine/1280x720/3x3", True),
        (("engine/1280x720/3x3",), "engine", True),
        (("engine/1280x720",), "engine/1920x1080/3x3", False),
        (("engine/1280x720/3x3",), "engine/1280x720/31x31", False),
        (("edit", "engine"), "engine/1280x720", True),
        (("drag",), "engine", False),
    ],
)
def test_which_cases_are_wanted(only: tuple[str, ...], name: str, included: bool) -> None:
    assert Wish(only=only).includes(name) is included


def test_pairs_alternate_after_a_warm_up() -> None:
    order: list[str] = []
    times = iter((1.0, 1.0, 4.0, 2.0, 9.0, 3.0))

    def job(name: str) -> float:
        order.append(name)
        return next(times) if len(order) > 4 else 100.0

    timed = take_timed_turns(lambda: job("ours"), lambda: job("rival"), 3)
    assert order == ["ours", "rival"] * 5
    assert timed == Pairs((1.0, 4.0, 9.0), (1.0, 2.0, 3.0))
    assert (timed.ratio, timed.ours_ms, timed.rival_ms) == (2.0, 4000.0, 2000.0)


def test_a_limit_itself_is_within() -> None:
    assert Ratio("a", 0.5, 0.5).within
    assert not Ratio("a", 0.5001, 0.5).within


def test_a_measure_that_crashes_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    failing = [sys.executable, "-c", "import sys; sys.exit('No such thing.')"]
    monkeypatch.setattr(items, "program", lambda: failing)
    assert list(measure_apart("edit", Wish(1))) == [
        LeftOut("The measure “edit” ended early with exit code 1. No such thing.")
    ]


def test_a_case_is_measured_in_a_process_of_its_own() -> None:
    name = "stride/1280x720/3x3/stride-2"
    (found,) = measure_apart("stride", Wish(1, (name,)))
    assert isinstance(found, Ratio)
    assert (found.name, found.limit) == (name, 1.2)
    assert found.value > 0
    assert "0.250 of the output" in found.note


def test_the_photograph_is_the_same_each_time_and_has_structure() -> None:
    first, second = photograph(90, 160), photograph(90, 160)
    assert (first == second).all()
    assert first.shape == (90, 160, 3)
    assert first.std() > 20


def test_a_measure_ends_as_the_window_does(convviz: Convviz, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[int] = []
    monkeypatch.setattr(command, "measure_here", lambda item, wish: 0)
    monkeypatch.setattr(threads, "leave", left.append)
    assert convviz("bench", "--item", "engine").code == 0
    assert left == [0]
