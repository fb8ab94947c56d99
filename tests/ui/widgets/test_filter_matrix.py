"""All kernels at a glance: wrapped into tables, scrolled, and drawn only when their weights change."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convviz.ui import theme
from convviz.ui.widgets import filter_matrix
from convviz.ui.widgets.filter_matrix import MOST_HEIGHT_PX, WIDTH_PX, FilterMatrix
from convviz.ui.widgets.kernel_icons import kernel_pixmap
from convviz.ui.widgets.kernel_paint import cell_colours

PANEL_PX = 252
Weights = NDArray[np.float64]


@pytest.fixture
def matrix(qtbot: QtBot) -> Iterator[FilterMatrix]:
    theme.install(theme.Theme())
    widget = FilterMatrix()
    qtbot.addWidget(widget)
    yield widget
    theme.install(theme.Theme())


def _show(matrix: FilterMatrix, qtbot: QtBot, weights: Weights) -> None:
    matrix.set_filters(weights, tuple(str(c + 1) for c in range(weights.shape[1])))
    matrix.resize(matrix.sizeHint())
    with qtbot.waitExposed(matrix):
        matrix.show()
    QApplication.processEvents()


def _random(*shape: int) -> Weights:
    return np.random.default_rng(7).normal(size=shape)


@pytest.mark.parametrize("shape", [(1, 2, 3, 3), (4, 3, 3, 3), (16, 64, 31, 31), (2, 64, 1, 7)])
@pytest.mark.parametrize("scale", [1.0, theme.PROJECTOR_SCALE])
def test_any_bank_fits_the_panel(
    matrix: FilterMatrix, qtbot: QtBot, shape: tuple[int, int, int, int], scale: float
) -> None:
    theme.install(theme.Theme(scale=scale))
    _show(matrix, qtbot, _random(*shape))
    now = theme.current()
    assert matrix.minimumSizeHint().width() <= now.px(PANEL_PX)
    assert matrix.minimumSizeHint().height() <= now.px(MOST_HEIGHT_PX)
    places = {at: matrix.kernels.place(*at) for at in np.ndindex(*shape[:2])}
    assert all(matrix.kernels.rect().contains(place) for place in places.values())
    assert max(place.right() for place in places.values()) <= now.px(WIDTH_PX)
    assert len({place.topLeft().toTuple() for place in places.values()}) == len(places)
    for at, place in list(places.items())[:: max(1, len(places) // 20)]:
        assert matrix.kernels.kernel_at(place.center()) == at


def test_channels_wrap_after_eight(matrix: FilterMatrix, qtbot: QtBot) -> None:
    _show(matrix, qtbot, _random(2, 10, 3, 3))
    place = matrix.kernels.place
    assert place(0, 7).top() == place(0, 0).top()
    assert place(0, 8).left() == place(0, 0).left()
    assert place(0, 8).top() > place(1, 0).bottom()


def test_only_kernels_that_changed_are_drawn_again(
    matrix: FilterMatrix, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Weights] = []

    def note(weights: Weights, side: int, ratio: float) -> object:
        drawn.append(weights.copy())
        return kernel_pixmap(weights, side, ratio)

    monkeypatch.setattr(filter_matrix, "kernel_pixmap", note)
    weights = _random(4, 3, 31, 31)
    _show(matrix, qtbot, weights)
    matrix.grab()
    assert len(drawn) == 12
    changed = weights.copy()
    changed[1, 2, 3, 4] += 1
    matrix.set_filters(changed, ("1", "2", "3"))
    matrix.set_selected(1, 2)
    matrix.grab()
    assert len(drawn) == 13
    assert np.array_equal(drawn[-1], changed[1, 2])
    theme.install(theme.Theme(theme.ThemeName.DARK))
    matrix.grab()
    assert len(drawn) == 25


def test_kernels_out_of_sight_are_not_drawn(
    matrix: FilterMatrix, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Weights] = []

    def note(weights: Weights, side: int, ratio: float) -> object:
        drawn.append(weights)
        return kernel_pixmap(weights, side, ratio)

    monkeypatch.setattr(filter_matrix, "kernel_pixmap", note)
    _show(matrix, qtbot, _random(16, 64, 3, 3))
    matrix.viewport().grab()
    assert 0 < len(drawn) < 200


def test_clicks_and_arrows_choose(matrix: FilterMatrix, qtbot: QtBot) -> None:
    _show(matrix, qtbot, _random(2, 10, 3, 3))
    chosen: list[tuple[int, int]] = []
    matrix.chosen.connect(lambda index, channel: chosen.append((index, channel)))
    table = matrix.kernels
    for at in ((1, 9), (0, 0)):
        qtbot.mouseClick(table, Qt.MouseButton.LeftButton, pos=table.place(*at).center())
    qtbot.mouseClick(table, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    matrix.set_selected(0, 7)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Up)
    assert chosen == [(1, 9), (0, 0), (0, 8), (1, 7), (0, 7)]


def test_the_chosen_kernel_is_scrolled_into_sight(matrix: FilterMatrix, qtbot: QtBot) -> None:
    _show(matrix, qtbot, _random(16, 64, 3, 3))
    matrix.set_selected(15, 63)
    place = matrix.kernels.place(15, 63)
    top_left = matrix.kernels.mapTo(matrix.viewport(), place.topLeft())
    assert matrix.viewport().rect().contains(top_left)
    assert "16" in matrix.kernels.accessibleDescription()
    assert "64" in matrix.kernels.accessibleDescription()


@pytest.mark.parametrize("shape", [(3, 3), (31, 31), (1, 31)])
def test_every_kernel_fits_its_picture(qtbot: QtBot, shape: tuple[int, int]) -> None:
    del qtbot
    weights = np.linspace(-1, 1, shape[0] * shape[1]).reshape(shape)
    image = kernel_pixmap(weights, 20, 1.0).toImage()
    assert image.size().toTuple() == (20, 20)
    seen = {image.pixel(x, y) for x in range(20) for y in range(20)}
    assert len(seen & {int(c) for c in cell_colours(weights).flat}) >= min(weights.size, 5)
