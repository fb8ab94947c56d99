import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from convviz.ui import theme
from convviz.ui.widgets.histogram import ChannelHistograms, HistogramPlot, Series, heights


def ink(image: QImage, column: float) -> int:
    """Return how many pixels of a column (0 to 1 across) are not ground, above the axis."""
    x = round(column * (image.width() - 1))
    ground = image.pixelColor(image.width() // 2, 0)
    return sum(image.pixelColor(x, y) != ground for y in range(image.height() - 3))


@pytest.fixture
def plot(qtbot: QtBot) -> HistogramPlot:
    widget = HistogramPlot()
    qtbot.addWidget(widget)
    widget.set_labelled(False)
    widget.resize(201, 100)
    return widget


def test_heights() -> None:
    counts = np.array([0, 1, 50, 100], np.int64)
    assert heights(counts, logarithmic=False, most=100).tolist() == [0, 0.01, 0.5, 1]
    logs = heights(counts, logarithmic=True, most=100)
    assert logs[0] == 0
    assert logs[3] == 1
    assert logs[1] > 0.1
    assert heights(np.zeros(2, np.int64), logarithmic=True, most=0).tolist() == [0, 0]


def test_bars_stand_where_their_values_are(plot: HistogramPlot) -> None:
    plot.set_series(np.array([0.0, 1.0, 2.0, 3.0, 4.0]), [Series(np.array([10, 0, 0, 5], np.int64))])
    image = plot.grab().toImage()
    assert ink(image, 0.1) > 1.8 * ink(image, 0.9) > 0
    assert ink(image, 0.4) == 0
    plot.set_logarithmic(True)
    assert ink(plot.grab().toImage(), 0.9) > ink(image, 0.9)
    plot.set_range((-4.0, 4.0))
    assert plot.axis() == (-4.0, 4.0)
    assert ink(plot.grab().toImage(), 0.1) == 0


@pytest.mark.parametrize("edges", [[0.0, 1.0], [3.0, 3.0]])
def test_degenerate_data(plot: HistogramPlot, edges: list[float]) -> None:
    plot.set_labelled(True)
    plot.set_series(np.array(edges), [Series(np.array([0], np.int64))])
    assert not plot.grab().isNull()
    plot.set_series(np.array(edges), [])
    assert not plot.grab().isNull()


def test_three_channels_are_red_green_and_blue(qtbot: QtBot) -> None:
    plot = ChannelHistograms()
    qtbot.addWidget(plot)
    plot.resize(300, 120)
    counts = np.zeros((3, 3), np.int64)
    np.fill_diagonal(counts, 10)
    plot.set_counts(list(counts), np.array([0.0, 1.0, 2.0, 3.0]))
    image = plot.grab().toImage()
    y = image.height() // 2
    colours = [image.pixelColor(round(image.width() * (i + 0.5) / 3), y) for i in range(3)]
    assert colours[0].red() > max(colours[0].green(), colours[0].blue())
    assert colours[1].green() > max(colours[1].red(), colours[1].blue())
    assert colours[2].blue() > max(colours[2].red(), colours[2].green())
    for channels in (1, 2, 4):
        plot.set_counts(list(np.ones((channels, 3), np.int64)), np.array([0.0, 1.0, 2.0, 3.0]))
        assert not plot.grab().isNull()


def test_one_channel_is_grey(qtbot: QtBot) -> None:
    plot = ChannelHistograms()
    qtbot.addWidget(plot)
    plot.set_counts([np.array([4], np.int64)], np.array([0.0, 1.0]))
    image = plot.grab().toImage()
    seen = image.pixelColor(image.width() // 2, image.height() // 2)
    grey = QColor(theme.current().colours.plot)
    assert abs(seen.hue() - grey.hue()) < 15
