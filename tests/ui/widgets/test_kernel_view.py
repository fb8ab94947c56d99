"""A kernel as it is drawn: every shape in its place, and cell by cell as all at once."""

import numpy as np
import pytest
from PySide6.QtGui import (
    QPainter,
)
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from convviz.ui import theme
from convviz.ui.widgets.kernel_view import KernelView
from tests.ui.widgets.kernel_bench import Bench, bench

__all__ = ["bench"]


@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (7, 1), (2, 5), (31, 31), (1, 31)])
@pytest.mark.parametrize("scale", [theme.DESK_SCALE, theme.PROJECTOR_SCALE])
def test_every_shape_fits_its_place(bench: Bench, shape: tuple[int, int], scale: float) -> None:
    theme.install(theme.Theme(scale=scale))
    try:
        bench.grid.set_weights(np.linspace(-1, 1, shape[0] * shape[1]).reshape(shape))
        bench.window.grab()
        rows, columns = shape
        assert bench.cells.rect().contains(bench.cells.cell_rect(rows - 1, columns - 1))
        assert bench.cells.width() <= 260 * scale
        assert bench.cells.height() <= 260 * scale
        assert bench.cells.cell_rect(0, 0).width() >= int(7 * scale)
    finally:
        theme.install(theme.Theme())


@pytest.mark.parametrize("extent", [250, 90])
@pytest.mark.parametrize("size", [1, 3, 7, 9, 31])
def test_cells_painted_one_by_one_look_like_all_painted_at_once(qtbot: QtBot, size: int, extent: int) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    random = np.random.default_rng(size)
    weights = random.integers(-9, 10, (size, size)).astype(float)
    view = KernelView(extent, host)
    view.set_weights(weights)
    shown = view.grab().toImage()
    for value in (1.0, 0.25, -30.0, 1 / 9, 0.123456789):
        row, column = random.integers(0, size, 2).tolist()
        before = view.picture()
        weights = weights.copy()
        weights[row, column] = value
        view.set_weights(weights)
        cells = view.picture().changed_cells(before)
        areas = [view.rect()] if cells is None else [view.painted_rect(*cell) for cell in cells]
        for area in areas:
            painter = QPainter(shown)
            painter.drawImage(area.topLeft(), view.grab(area).toImage())
            painter.end()
        fresh = KernelView(extent, host)
        fresh.set_weights(weights)
        assert shown == fresh.grab().toImage()


def test_who_computes_hears_of_a_weight_before_it_is_drawn(bench: Bench) -> None:
    seen: list[object] = []
    picture = bench.cells.picture()
    bench.grid.weights_changed.connect(lambda _: seen.append(bench.cells.picture()))
    bench.cells.set_weight(7.0)
    assert seen == [picture]
    assert bench.cells.picture() is not picture
    assert bench.grid.weights()[bench.cells.selected()] == 7
