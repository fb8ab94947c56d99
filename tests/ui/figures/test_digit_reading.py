"""The network reads the digit, or it is told why not."""

import threading
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from convviz.core.picture import Picture
from convviz.core.text import Problem
from convviz.nets.catalog import open_network
from convviz.ui.figures import digit_reader
from convviz.ui.figures.digit_bars import DigitBars
from convviz.ui.figures.digit_figure import DigitFigure
from convviz.ui.figures.seen_digit import SeenDigit
from convviz.work.jobs import JobContext
from convviz.work.threads import Threads
from tests.ui.figures.digit_figure import WAIT_MS, field_of, figure_of, part_of, said, settled, threads
from tests.ui.figures.digits import STROKES

__all__ = ["threads"]


@pytest.mark.parametrize("line", ["thin", "medium", "thick"])
def test_all_ten_digits_are_recognised_but_for_one_at_most(qtbot: QtBot, threads: Threads, line: str) -> None:
    figure, right = figure_of(qtbot, threads, {"line": line}), 0
    for digit, strokes in STROKES.items():
        field_of(figure).set_strokes([tuple((x, y) for x, y in stroke) for stroke in strokes])
        settled(qtbot, figure)
        right += figure.shown()["digit"] == str(digit)
    assert right >= 9


def test_its_numbers_are_those_of_the_network_for_the_small_picture(qtbot: QtBot, threads: Threads) -> None:
    figure = figure_of(qtbot, threads, {"strokes": STROKES[5]})
    settled(qtbot, figure)
    values = part_of(figure, SeenDigit, "digit-seen").values
    trace = open_network("lenet5").trace(Picture(values[:, :, None].copy(), "5"))
    percents = [f"{100 * p:.1f} %" for p in trace.probabilities()]
    assert figure.shown()["5"] == percents[5]
    assert float(percents[5].removesuffix(" %")) > 90
    assert said(figure) == "LeNet-5 says: 5"
    assert "5: " + percents[5] in part_of(figure, DigitBars, "digit-bars").accessibleDescription()


def test_clearing_takes_the_answer_away_even_one_on_its_way(
    qtbot: QtBot, threads: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go = threading.Event(), threading.Event()
    read = digit_reader._read

    def gated(asked: Any, context: JobContext) -> Any:
        begun.set()
        assert go.wait(20)
        return read(asked, context)

    monkeypatch.setattr(digit_reader, "_read", gated)
    figure = figure_of(qtbot, threads, {"strokes": STROKES[3]})
    answers: list[int] = []
    figure.recognised.connect(answers.append)
    assert begun.wait(20)
    assert said(figure) == "Loading the network…"
    part_of(figure, QPushButton, "digit-clear").click()
    go.set()
    assert not figure.busy
    field_of(figure).set_strokes([((0.5, 0.1), (0.5, 0.9))])
    settled(qtbot, figure)
    assert answers == [1]
    part_of(figure, QPushButton, "digit-clear").click()
    assert figure.shown() == {}
    assert said(figure) == "The field is empty"


def test_a_network_that_is_missing_is_told(
    qtbot: QtBot, threads: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise Problem("A part of convviz is missing: {file}. Install convviz again.", file="lenet5")

    monkeypatch.setattr(digit_reader, "open_network", fail)
    figure = figure_of(qtbot, threads, {"strokes": STROKES[3]})
    settled(qtbot, figure)
    assert said(figure) == "A part of convviz is missing: lenet5. Install convviz again."
    assert figure.shown() == {}


def test_an_error_nobody_foresaw_is_reported(
    qtbot: QtBot, threads: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(digit_reader, "open_network", fail)
    figure = DigitFigure({}, None, threads)
    qtbot.addWidget(figure)
    with qtbot.waitSignal(figure.defect, timeout=WAIT_MS) as told:
        field_of(figure).set_strokes([((0.5, 0.1), (0.5, 0.9))])
    assert "broken" in told.args[0]


def test_closing_the_threads_at_work_is_no_accident(qtbot: QtBot, threads: Threads) -> None:
    figure = figure_of(qtbot, threads, {"strokes": STROKES[3]})
    threads.close(timeout_ms=10_000)
    field_of(figure).set_strokes([((0.5, 0.1), (0.5, 0.9))])
    assert not figure.busy
