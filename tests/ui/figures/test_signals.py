from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from convviz.core.text import Problem
from convviz.ui.figures.kinds import figure_kinds
from convviz.ui.figures.signals_figure import SignalsFigure
from convviz.ui.figures.signals_sums import SignalKind
from convviz.ui.language import Language
from convviz.ui.lessons.figure_page import FigurePage
from convviz.work.threads import Threads
from tests.ui.figures.figure_checks import SCALES, SIZES, check_texts, dressed

SIGNAL = [2, -1.5, 0, 4, 7, 0.25]
KERNEL = [1, -2, 0.5]
LONG: dict[str, Any] = {
    "signal": [round(3 * np.sin(n / 2), 2).item() for n in range(24)],
    "operation": "autocorrelation",
}
WIDE: dict[str, Any] = {"signal": [-1000, 999.5], "kernel": [-0.125, 1000, 3, 4, 5, 6, 7, 8, -9]}
Key = Qt.Key


def figure(qtbot: QtBot, table: dict[str, Any], size: tuple[int, int] = SIZES[0]) -> SignalsFigure:
    made = SignalsFigure(table)
    qtbot.addWidget(made)
    made.resize(*size)
    return made


def texts(made: SignalsFigure) -> list[str]:
    return [label.text for label in made.scene().labels]


@pytest.mark.parametrize(
    ("signal", "kernel"), [(SIGNAL, KERNEL), (KERNEL, SIGNAL), ([3], [2, 5]), ([4], [1])]
)
def test_outputs_are_numpys_full_ones(qtbot: QtBot, signal: list[float], kernel: list[float]) -> None:
    both = {"signal": signal, "kernel": kernel}
    expected = {
        "cross-correlation": np.correlate(signal, kernel, mode="full"),
        "convolution": np.convolve(signal, kernel, mode="full"),
        "autocorrelation": np.correlate(signal, signal, mode="full"),
    }
    for kind, values in expected.items():
        sliding = figure(qtbot, {**both, "operation": kind, "position": 0}).sliding
        np.testing.assert_allclose(sliding.outputs, values, rtol=1e-12, atol=0)
        for place, value in enumerate(values):
            assert sum(sliding.products(place)) == pytest.approx(value)


def test_a_correlation_counts_shifts_and_a_convolution_places(qtbot: QtBot) -> None:
    correlation = figure(qtbot, {"position": 0})
    assert correlation.shown()["equation"] == "y[−2] = 0·1 + 0·0 + 0·(−1) = 0"
    convolution = figure(qtbot, {"operation": "convolution", "position": 1})
    # The kernel is reversed: −1, 0, 1, its right end below x[1].
    assert convolution.sliding.taps == (-1, 0, 1)
    assert convolution.shown()["equation"] == "y[1] = 0·(−1) + 0·0 + 1·1 = 1"
    itself = figure(qtbot, {"operation": "autocorrelation", "signal": SIGNAL})
    assert itself.shown()["k"] == "0"
    assert itself.sliding.outputs[itself.position] == max(itself.sliding.outputs)


def test_it_begins_where_the_kernel_lies_on_the_signals_beginning(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    assert made.sliding.window(made.position) == range(3)
    assert made.shown()["equation"] == "y[0] = 0·1 + 1·0 + 2·(−1) = −2"
    assert made.shown()["products"] == "0, 0, −2"


def test_sums_that_cancel_out_are_zero(qtbot: QtBot) -> None:
    made = figure(qtbot, {"signal": [0.1, 0.2, 0.3], "kernel": [1, 1, -1]})
    assert 0.1 + 0.2 - 0.3 != 0
    assert made.shown()["sum"] == "0"


def test_the_output_grows_up_to_where_the_kernel_is(qtbot: QtBot) -> None:
    made = figure(qtbot, {"signal": [11, 13], "kernel": [17, 19], "operation": "convolution", "position": 0})
    outputs = ["187", "430", "247"]
    for place in range(3):
        made.pick(place)
        said, told = texts(made), made.accessibleDescription()
        for number, value in enumerate(outputs):
            assert (value in said) == (number <= place)
        assert told.splitlines()[0] == made.shown()["equation"]
        assert made.shown()["output"] == ", ".join(outputs[: place + 1])
    made.pick(0)
    assert made.tip(2) == "y[2]"
    assert made.tip(0) == "y[0] = 0·19 + 11·17 = 187"


def test_the_products_and_the_kernel_are_written_with_numbers(qtbot: QtBot) -> None:
    made = figure(qtbot, {"signal": [11, 13], "kernel": [17, 19], "position": 1})
    for said in ("187", "247", "17", "19", "11", "13", "y[0] = 11·17 + 13·19 = 434"):
        assert said in texts(made)
    assert "h, reversed" not in texts(made)
    assert "h, reversed" in texts(figure(qtbot, {"operation": "convolution"}))


def test_a_long_sum_is_shortened(qtbot: QtBot) -> None:
    made = figure(qtbot, {"signal": [1] * 9, "kernel": [1, 2, 3, 4, 5, 6, 7]})
    assert made.shown()["equation"] == "y[0] = 1·1 + 1·2 + 1·3 + … + 1·7 = 28"


def test_keys_and_clicks_move_the_kernel(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    with qtbot.waitExposed(made):
        made.show()
    assert made.stages == 1
    qtbot.keyClick(made, Key.Key_Right)
    assert made.position == 3
    qtbot.keyClick(made, Key.Key_Left)
    qtbot.keyClick(made, Key.Key_Left)
    assert made.position == 1
    qtbot.keyClick(made, Key.Key_End)
    qtbot.keyClick(made, Key.Key_Right)
    assert made.position == 9
    qtbot.keyClick(made, Key.Key_Home)
    qtbot.keyClick(made, Key.Key_Left)
    qtbot.keyClick(made, Key.Key_Escape)
    assert made.position == 0
    place = next(where for where, what in made.scene().targets if what == 6)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    assert made.position == 6


@pytest.mark.parametrize("table", [{}, {"signal": [-1, -2], "kernel": [-3]}, {"signal": [0]}, LONG, WIDE])
@pytest.mark.parametrize("kind", SignalKind)
@pytest.mark.parametrize("language", Language)
def test_no_text_is_cut_off_or_under_another(
    qtbot: QtBot, table: dict[str, Any], kind: SignalKind, language: Language
) -> None:
    for scale in SCALES:
        with dressed(language, scale):
            for size in SIZES:
                made = figure(qtbot, {"operation": str(kind), **table}, size)
                for place in (0, made.count() // 2, made.count() - 1):
                    made.pick(place)
                    check_texts(made)
                whole = made.rect().toRectF()
                assert all(whole.contains(where) for where, _ in made.scene().targets)


def test_the_table_gives_the_figure_back(qtbot: QtBot) -> None:
    made = figure(qtbot, {"signal": SIGNAL, "kernel": KERNEL, "operation": "convolution"})
    made.pick(5)
    again = figure(qtbot, made.table())
    assert made.table() == {"signal": SIGNAL, "kernel": KERNEL, "operation": "convolution", "position": 5}
    assert again.table() == made.table()
    assert again.shown() == made.shown()
    assert SignalsFigure.KIND in figure_kinds()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"signals": []}, "The figure knows no signals; it knows signal, kernel, operation, position."),
        ({"signal": []}, "signal must be a list of 1 to 24 numbers from −1000 to 1000."),
        ({"signal": [0] * 25}, "signal must be a list of 1 to 24 numbers"),
        ({"signal": "123"}, "signal must be a list of 1 to 24 numbers"),
        ({"signal": [True]}, "signal must be a list of 1 to 24 numbers"),
        ({"signal": [float("nan")]}, "signal must be a list of 1 to 24 numbers"),
        ({"kernel": [0] * 10}, "kernel must be a list of 1 to 9 numbers from −1000 to 1000."),
        ({"kernel": [1001]}, "kernel must be a list of 1 to 9 numbers"),
        ({"kernel": 3}, "kernel must be a list of 1 to 9 numbers"),
        ({"operation": "sum"}, "operation must be one of cross-correlation, convolution, autocorrelation."),
        ({"position": 10}, "position must be a whole number from 0 to 9."),
        ({"position": -1}, "position must be a whole number from 0 to 9."),
    ],
)
def test_a_bad_table_gets_a_sentence(qtbot: QtBot, table: dict[str, Any], said: str) -> None:
    del qtbot
    with pytest.raises(Problem) as caught:
        SignalsFigure(table)
    assert str(caught.value).startswith(said)


def test_a_lesson_that_records_it_shows_it_again(qtbot: QtBot) -> None:
    threads = Threads()
    page = FigurePage(threads)
    qtbot.addWidget(page)
    page.show_figure({"kind": "signals", "operation": "convolution", "position": 2})
    told = page.table()
    assert told["kind"] == "signals"
    page.show_figure(told)
    assert page.table() == told
    page.clear()
    assert threads.close(timeout_ms=10_000)
