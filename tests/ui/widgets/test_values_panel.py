import math
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from convviz.engine.render import Display, colour_of
from convviz.engine.statistics import Statistics
from convviz.ui import theme
from convviz.ui.widgets.colour_bar import ColourBar
from convviz.ui.widgets.histogram import HistogramPlot
from convviz.ui.widgets.values_panel import ValuesPanel
from tests.ui.widgets.hosting import hosted


def statistics(low: float, high: float, *, exact: bool = True, mean: float = 0.25) -> Statistics:
    histogram = np.arange(256, dtype=np.int64)
    edges = np.linspace(low, high, 257)
    return Statistics(low, high, mean, 90_000, 90_000 if exact else 72_000_000, exact, histogram, edges)


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[ValuesPanel]:
    widget = ValuesPanel()
    with hosted(qtbot, widget, 260):
        yield widget


def said(panel: QWidget, name: str) -> str:
    found = panel.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text().replace("\u00a0", " ") if found.isVisible() else ""


def plot_of(panel: QWidget) -> HistogramPlot:
    found = panel.findChild(HistogramPlot)
    assert isinstance(found, HistogramPlot)
    return found


def test_numbers_of_a_whole_result(panel: ValuesPanel) -> None:
    panel.set_statistics(statistics(-612, 655))
    assert said(panel, "values-minimum") == "−612"
    assert said(panel, "values-maximum") == "655"
    assert said(panel, "values-mean") == "0.25"
    assert said(panel, "values-count") == "90 000"
    assert said(panel, "values-sample") == ""
    panel.set_statistics(None)
    assert said(panel, "values-minimum") == "–"


def test_a_sample_says_so(panel: ValuesPanel) -> None:
    panel.set_statistics(statistics(-1, 1, exact=False))
    assert said(panel, "values-sample") == "≈ from a sample of 90 000 values"
    assert said(panel, "values-count") == "72 000 000"


def test_notes_come_and_go_without_moving_what_is_below(panel: ValuesPanel) -> None:
    panel.set_statistics(statistics(0, 1))
    height = panel.sizeHint().height()
    panel.set_statistics(statistics(0, 1, exact=False))
    assert said(panel, "values-sample")
    assert panel.sizeHint().height() == height
    panel.set_progress(0.5)
    assert said(panel, "values-progress-text")
    assert not said(panel, "values-sample")
    assert panel.sizeHint().height() == height


def test_overflow_shows_a_dash(panel: ValuesPanel) -> None:
    panel.set_statistics(statistics(-1, 1, mean=math.nan))
    assert said(panel, "values-mean") == "–"


def test_progress_of_the_whole_result(panel: ValuesPanel) -> None:
    assert said(panel, "values-progress-text") == ""
    panel.set_progress(0.409)
    assert said(panel, "values-progress-text") == "whole result 40 %"
    bar = panel.findChild(QWidget, "values-progress")
    assert isinstance(bar, QWidget)
    assert bar.isVisible()
    panel.set_progress(None)
    assert not bar.isVisible()


def test_the_histogram_shares_the_colour_bars_axis_where_it_can(panel: ValuesPanel) -> None:
    panel.set_statistics(statistics(-612, 655))
    panel.set_mapping(Display.SIGNED, -700, 700)
    assert plot_of(panel).axis() == (-700, 700)
    panel.set_mapping(Display.CLIP, 0, 100)
    assert plot_of(panel).axis() == (-612, 655)


def test_logarithmic(qtbot: QtBot, panel: ValuesPanel) -> None:
    button = panel.findChild(QPushButton, "values-logarithmic")
    assert isinstance(button, QPushButton)
    with qtbot.waitSignal(panel.logarithmic_changed) as changed:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert changed.args == [True]


@pytest.mark.parametrize("display", Display)
def test_the_colour_bar_shows_the_colours_of_the_values(qtbot: QtBot, display: Display) -> None:
    bar = ColourBar()
    qtbot.addWidget(bar)
    bar.resize(257, bar.sizeHint().height())
    low, high = -100.0, 300.0
    bar.set_mapping(display, low, high)
    image = bar.grab().toImage()
    for part in (0.1, 0.35, 0.5, 0.8):
        seen = image.pixelColor(round(part * 256), 8)
        expected = QColor(colour_of(low + part * (high - low), display, low, high))
        for a, b in ((getattr(c, n)() for c in (seen, expected)) for n in ("red", "green", "blue")):
            assert abs(a - b) <= 6
    assert bar.accessibleName() == "Colours of the values from −100 to 300"
    bar.clear()
    assert not bar.grab().isNull()


def test_a_constant_result(panel: ValuesPanel) -> None:
    panel.set_mapping(Display.STRETCH, 3, 3)
    panel.set_statistics(statistics(2.5, 3.5))
    assert not panel.grab().isNull()


def test_follows_the_theme(panel: ValuesPanel) -> None:
    panel.set_mapping(Display.SIGNED, -1, 1)
    panel.set_statistics(statistics(-1, 1))
    before = panel.sizeHint().height()
    try:
        theme.install(theme.Theme(theme.ThemeName.DARK, theme.PROJECTOR_SCALE))
        QApplication.processEvents()
        assert panel.sizeHint().height() > before
        assert not panel.grab().isNull()
    finally:
        theme.install(theme.Theme())
