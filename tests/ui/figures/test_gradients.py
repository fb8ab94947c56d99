"""The figure of the vanishing gradient."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QSlider, QWidget
from pytestqt.qtbot import QtBot

from convviz.core.text import Problem
from convviz.nets.gradient_sizes import GradientSizes, Setting, Start, gradient_sizes, ratio
from convviz.ui import theme
from convviz.ui.figures import gradient_runner
from convviz.ui.figures.gradient_plot import GradientPlot, size_text
from convviz.ui.figures.gradient_runner import Experiment, Given, given_picture
from convviz.ui.figures.gradients_figure import GradientsFigure
from convviz.ui.figures.scene import Box
from convviz.ui.language import Language
from convviz.ui.widgets.segmented import Segmented
from convviz.work.jobs import JobContext
from convviz.work.threads import Threads
from tests.ui.figures.figure_checks import SCALES, SIZES, check_texts, dressed

WAIT_MS = 20_000
SMALL: dict[str, Any] = {"depth": 6, "channels": 4}


@pytest.fixture
def threads() -> Iterator[Threads]:
    made = Threads()
    yield made
    assert made.close(timeout_ms=10_000)


def _figure(
    qtbot: QtBot, threads: Threads | None, table: dict[str, Any], size: tuple[int, int] = (860, 560)
) -> GradientsFigure:
    figure = GradientsFigure(table, None, threads)
    qtbot.addWidget(figure)
    figure.resize(*size)
    with qtbot.waitExposed(figure):
        figure.show()
    _settled(qtbot, figure)
    return figure


def _settled(qtbot: QtBot, figure: GradientsFigure) -> None:
    qtbot.waitUntil(lambda: not figure.busy, timeout=WAIT_MS)
    QApplication.processEvents()


def _part(figure: QWidget, kind: type[Any], name: str) -> Any:
    found = figure.findChild(kind, name)
    assert found is not None
    return found


def _plot(figure: QWidget) -> GradientPlot:
    plot = _part(figure, GradientPlot, "gradient-plot")
    assert isinstance(plot, GradientPlot)
    return plot


def _texts(plot: GradientPlot) -> list[str]:
    return [label.text for label in plot.scene().labels]


def _sizes(setting: Setting, given: Given = Given.PHOTO) -> GradientSizes:
    return gradient_sizes(setting, given_picture(Experiment(setting, given)))


def test_twenty_layers_of_a_plain_network_lose_the_gradient(qtbot: QtBot, threads: Threads) -> None:
    figure = _figure(qtbot, threads, {})
    figure.set_stage(1)
    expected = _sizes(Setting())
    shown = figure.shown()
    assert shown["layers"] == "20"
    assert shown["plain.ratio"] == size_text(ratio(expected.plain))
    assert shown["residual.ratio"] == size_text(ratio(expected.residual))
    assert shown["plain.first"] == size_text(expected.plain[0])
    assert ratio(expected.plain) < 1e-6
    assert ratio(expected.residual) > 0.05
    texts = _texts(_plot(figure))
    assert f"With skip connections: first : last = {shown['residual.ratio']}" in texts
    assert "10⁻¹⁰" in texts


def test_the_plain_network_comes_first_then_both(qtbot: QtBot, threads: Threads) -> None:
    figure = _figure(qtbot, threads, SMALL)
    assert (figure.stages, figure.stage) == (2, 0)
    assert "residual.ratio" not in figure.shown()
    alone = sum(isinstance(item, Box) for item in _plot(figure).scene().items)
    axis = _plot(figure).decades()
    assert "with skip" not in _plot(figure).tip(0)
    figure.set_stage(9)
    assert figure.stage == 1
    assert sum(isinstance(item, Box) for item in _plot(figure).scene().items) == 2 * alone
    assert _plot(figure).decades() == axis


def test_a_bar_is_as_high_as_the_logarithm_of_its_size(qtbot: QtBot) -> None:
    plot = GradientPlot()
    qtbot.addWidget(plot)
    plot.resize(800, 400)
    plot.set_sizes(GradientSizes((1e-4, 0.0, 1e-2, 1e-3), (1.0, 1.0, 1.0, 1.0)))
    assert plot.decades() == (-5, 0)
    bars = [item.place for item in plot.scene().items if isinstance(item, Box)][1:]  # after the legend's
    heights = [bar.height() for bar in bars]
    assert len(bars) == 3  # zero has no logarithm and no bar
    assert heights[1] / heights[0] == pytest.approx(3)
    assert heights[2] / heights[0] == pytest.approx(2)


def test_without_any_gradient_there_is_an_axis_and_no_bar(qtbot: QtBot) -> None:
    plot = GradientPlot()
    qtbot.addWidget(plot)
    plot.resize(800, 400)
    plot.set_both(True)
    plot.set_sizes(GradientSizes((0.0,) * 4, (0.0,) * 4))
    assert sum(isinstance(item, Box) for item in plot.scene().items) == 2
    assert plot.ratios() == {"plain": "NaN", "residual": "NaN"}
    plot.grab()


def test_every_control_changes_what_is_computed(qtbot: QtBot, threads: Threads) -> None:
    figure = _figure(qtbot, threads, SMALL)
    setting = Setting(6, 4)
    steps = [
        (lambda: _part(figure, QSlider, "gradients-depth").setValue(4), Setting(8, 4)),
        (lambda: _part(figure, QCheckBox, "gradients-norm").click(), Setting(8, 4, True)),
        (
            lambda: _part(figure, Segmented, "gradients-start").button("he").click(),
            Setting(8, 4, True, Start.HE),
        ),
        (lambda: _part(figure, QPushButton, "gradients-again").click(), Setting(8, 4, True, Start.HE, 2)),
    ]
    for act, setting in steps:
        act()
        _settled(qtbot, figure)
        assert figure.experiment().setting == setting
        assert figure.shown()["plain.first"] == size_text(_sizes(setting).plain[0])
    _part(figure, Segmented, "gradients-input").button("noise").click()
    _settled(qtbot, figure)
    assert figure.shown()["plain.first"] == size_text(_sizes(setting, Given.NOISE).plain[0])
    told = _part(figure, QLabel, "gradients-setting").text()
    assert "7 convolutions 3×3 with 4 channels" in told
    assert "seed 2" in told
    assert "Input: noise, 32 × 32" in told
    assert figure.table() == {
        "depth": 8,
        "channels": 4,
        "norm": True,
        "start": "he",
        "seed": 2,
        "input": "noise",
    }
    again = _figure(qtbot, threads, figure.table())
    assert again.shown() == figure.shown()


def test_a_change_gives_up_what_is_being_computed(
    qtbot: QtBot, threads: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = _figure(qtbot, threads, SMALL)
    begun, go, given_up = threading.Event(), threading.Event(), threading.Event()

    def gated(setting: Setting, picture: Any, check: Any) -> GradientSizes:
        if setting.depth != 8:
            return gradient_sizes(setting, picture, check)
        begun.set()
        assert go.wait(20)
        try:
            check()
        except BaseException:
            given_up.set()
            raise
        return gradient_sizes(setting, picture, check)

    monkeypatch.setattr(gradient_runner, "gradient_sizes", gated)
    slider = _part(figure, QSlider, "gradients-depth")
    slider.setValue(4)
    assert begun.wait(20)
    qtbot.waitUntil(lambda: "Computing…" in _texts(_plot(figure)), timeout=WAIT_MS)
    assert figure.shown() == {"layers": "8"}  # those on screen are another network's
    slider.setValue(5)
    go.set()
    _settled(qtbot, figure)
    assert given_up.is_set()
    assert _plot(figure).count() == 10
    assert "Computing…" not in _texts(_plot(figure))


def test_one_thread_computes_and_the_others_are_given_back(
    qtbot: QtBot, threads: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    during: list[int] = []
    after: list[int] = []

    def counted(*args: Any) -> GradientSizes:
        during.append(torch.get_num_threads())
        return gradient_sizes(*args)

    def run(experiment: Experiment, context: JobContext) -> GradientSizes:
        torch.set_num_threads(2)
        sizes = real(experiment, context)
        after.append(torch.get_num_threads())
        return sizes

    real = gradient_runner._run
    monkeypatch.setattr(gradient_runner, "gradient_sizes", counted)
    monkeypatch.setattr(gradient_runner, "_run", run)
    _figure(qtbot, threads, SMALL)
    assert (during, after) == ([1], [2])


def test_what_goes_wrong_is_said(qtbot: QtBot, threads: Threads, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*args: object) -> None:
        raise Problem("A part of convviz is missing: {file}. Install convviz again.", file="chelsea.png")

    monkeypatch.setattr(gradient_runner, "open_sample", missing)
    figure = _figure(qtbot, threads, SMALL)
    said = "A part of convviz is missing: chelsea.png. Install convviz again."
    assert said in _texts(_plot(figure))
    assert figure.shown() == {"layers": "6"}
    _part(figure, Segmented, "gradients-input").button("noise").click()
    _settled(qtbot, figure)
    assert said not in _texts(_plot(figure))
    assert "plain.ratio" in figure.shown()


def test_an_error_nobody_foresaw_is_reported(
    qtbot: QtBot, threads: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(gradient_runner, "gradient_sizes", fail)
    figure = GradientsFigure(SMALL, None, threads)
    qtbot.addWidget(figure)
    with qtbot.waitSignal(figure.defect, timeout=WAIT_MS) as told:
        pass
    assert "broken" in told.args[0]


def test_closing_the_threads_at_work_is_no_accident(qtbot: QtBot, threads: Threads) -> None:
    figure = GradientsFigure({"depth": 40}, None, threads)
    qtbot.addWidget(figure)
    assert threads.close(timeout_ms=10_000)
    _part(figure, QSlider, "gradients-depth").setValue(5)
    assert not figure.busy


def test_keys_pick_a_layer_whose_sizes_are_said(qtbot: QtBot, threads: Threads) -> None:
    figure = _figure(qtbot, threads, SMALL)
    figure.set_stage(1)
    plot = _plot(figure)
    QTest.keyClick(plot, Qt.Key.Key_End)
    sizes = _sizes(Setting(6, 4))
    said = (
        f"Layer 6: {size_text(sizes.plain[5])} without, {size_text(sizes.residual[5])} with skip connections"
    )
    assert said in _texts(plot)
    assert plot.accessibleDescription() == said
    _part(figure, QSlider, "gradients-depth").setValue(2)
    _settled(qtbot, figure)
    assert plot.picked == -1  # there is no sixth layer any more


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"layers": 20}, "The figure knows no layers"),
        ({"depth": 2}, "depth must be a whole number from 4 to 40."),
        ({"depth": 42}, "depth must be a whole number from 4 to 40."),
        ({"depth": 21}, "depth must be even"),
        ({"depth": 20.0}, "depth must be a whole number"),
        ({"channels": 64}, "channels must be a whole number from 4 to 24."),
        ({"norm": 1}, "norm must be true or false."),
        ({"start": "large"}, "start must be one of he, small."),
        ({"seed": -1}, "seed must be a whole number from 0 to 9999."),
        ({"input": "dog"}, "input must be one of photo, noise."),
    ],
)
def test_a_bad_table_gets_a_sentence(qapp: QApplication, table: dict[str, Any], says: str) -> None:
    with pytest.raises(Problem, match=says):
        GradientsFigure(table)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("size", SIZES)
def test_everything_has_room(
    qtbot: QtBot, threads: Threads, language: Language, scale: float, size: tuple[int, int]
) -> None:
    with dressed(language, scale):
        figure = _figure(qtbot, threads, {"depth": 40, "channels": 4, "seed": 9}, size)
        assert (figure.width(), figure.height()) == size
        for stage in range(figure.stages):
            figure.set_stage(stage)
            check_texts(_plot(figure))
        _plot(figure).pick(39)
        check_texts(_plot(figure))
        for name in ("gradients-start", "gradients-input"):
            assert _part(figure, Segmented, name).height() <= theme.current().px(30)  # one row
        for part in figure.findChildren(QWidget):
            if part.isVisible():
                corner = part.mapTo(figure, QPointF(0, 0))
                assert corner.x() + part.width() <= size[0]
                assert corner.y() + part.height() <= size[1]
        told = _part(figure, QLabel, "gradients-setting")
        assert told.heightForWidth(told.width()) <= told.height()
