import math

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from convviz.core.specs import Activation
from convviz.ui import theme
from convviz.ui.widgets.activation_plot import ActivationPlot


@pytest.fixture
def plot(qtbot: QtBot) -> ActivationPlot:
    widget = ActivationPlot()
    qtbot.addWidget(widget)
    widget.resize(200, 120)
    return widget


def violet_pixels(plot: ActivationPlot) -> list[tuple[int, int]]:
    image = plot.grab().toImage()
    violet = QColor(theme.current().colours.focus)
    return [
        (x, y)
        for y in range(image.height())
        for x in range(image.width())
        if image.pixelColor(x, y) == violet
    ]


@pytest.mark.parametrize("activation", Activation)
@pytest.mark.parametrize("before", [None, 0.0, -3.0, 700.0, math.inf, -math.inf, math.nan])
def test_draws_anything(plot: ActivationPlot, activation: Activation, before: float | None) -> None:
    plot.set_activation(activation)
    plot.set_point(before)
    assert not plot.grab().isNull()
    assert plot.accessibleName()


def test_the_dot_goes_where_the_value_goes(plot: ActivationPlot) -> None:
    plot.set_activation(Activation.RELU)
    assert violet_pixels(plot) == []
    plot.set_point(3.0)
    right = violet_pixels(plot)
    assert min(x for x, _ in right) >= plot.width() / 2 - 6
    assert plot.accessibleName() == "ReLU(3) = 3"
    plot.set_point(-3.0)
    left = violet_pixels(plot)
    assert sum(x for x, _ in left) / len(left) < plot.width() / 2
    assert min(y for _, y in left) > min(y for _, y in right)


def test_the_axis_grows_for_large_values_where_the_curve_does(plot: ActivationPlot) -> None:
    plot.set_activation(Activation.ABS)
    for before, reach in ((None, 6), (5.0, 6), (-30.0, 50), (100.0, 100), (765.0, 1000)):
        plot.set_point(before)
        assert plot.reach() == reach
    plot.set_activation(Activation.TANH)
    assert plot.reach() == 6
