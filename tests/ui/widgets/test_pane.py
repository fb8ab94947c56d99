"""Where the cells of a pane are: fitted, cut out, linked with those of another."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from pytestqt.qtbot import QtBot

from convviz.core.geometry import Ramp, Rect
from convviz.engine.compute import View
from convviz.ui.widgets.pane import Mark, Pane, Placement, Viewport
from tests.ui.widgets.panes import Maker, _light, make, pane, picture

__all__ = ["_light", "make", "pane"]


def test_cells_tile_the_map_without_seams(make: Maker) -> None:
    pane = make(np.zeros((1, 37, 53), np.float32), (401, 333))
    for step in range(6):
        for axis in range(2):
            edge = None
            for index in range((37, 53)[axis]):
                rect = pane.cell_rect((index, 0) if axis == 0 else (0, index))
                begin, end = (rect.top(), rect.bottom()) if axis == 0 else (rect.left(), rect.right())
                assert begin == round(begin)
                assert edge in (None, begin)
                edge = end
        pane.viewport.zoom_at((10.3 + step, 20.7), 1.37)


def test_the_cell_at_a_point_is_the_one_drawn_there(make: Maker) -> None:
    pane = make(np.zeros((1, 37, 53), np.float32), (401, 333))
    for factor in (1, 1.7, 2.3):
        pane.viewport.zoom_at((18, 26), factor)
        for cell in ((18, 26), (17, 25), (19, 27)):
            rect = pane.cell_rect(cell)
            assert pane.cell_at(rect.topLeft()) == cell
            assert pane.cell_at(rect.center()) == cell
            assert pane.cell_at(rect.bottomRight() - QPointF(0.01, 0.01)) == cell


def test_beside_the_map_and_on_padding_there_is_no_cell(make: Maker) -> None:
    pane = make(border=(1, 1, 1, 1))
    assert pane.cell_at(QPointF(0, 0)) is None
    assert pane.cell_at(pane.cell_rect((-1, 2)).center()) is None
    assert pane.cell_at(pane.cell_rect((6, 2)).center()) is None
    assert pane.cell_at(pane.cell_rect((5, 5)).center()) == (5, 5)


def test_fitted_everything_is_in_view(make: Maker) -> None:
    assert make().view() == View.whole(6, 6)
    padded = make(border=(1, 2, 3, 0))
    assert padded.view() == View(Ramp(-1, 1, 9), Ramp(-3, 1, 9))
    assert QRectF(padded.rect()).contains(padded.cell_rect((-1, -3)))
    assert QRectF(padded.rect()).contains(padded.cell_rect((7, 5)))


def test_a_large_picture_is_sampled_and_a_close_one_cut_out(make: Maker) -> None:
    pane = make(np.zeros((1, 3000, 4000), np.float32), (410, 310))
    assert pane.view() == View(Ramp(0, 10, 300), Ramp(0, 10, 400))
    pane.viewport.zoom_at((1500, 2000), 1000)
    rows, columns = pane.view().rows, pane.view().columns
    assert rows.step == columns.step == 1
    visible = pane.canvas_size().height() / pane.geometry_now().cell
    assert visible <= rows.count <= visible + 4
    for ramp, size in ((rows, 3000), (columns, 4000)):
        assert ramp.start >= 0
        assert ramp.start + ramp.count <= size


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (5000, 1), (65535, 2)])
def test_odd_shapes(make: Maker, shape: tuple[int, int]) -> None:
    pane = make(np.ones((1, *shape), np.float32))
    view = pane.view()
    assert 0 < view.rows.count <= 1000
    assert 0 < view.columns.count <= 1000
    picture(pane)


def test_linked_maps_lie_over_each_other(make: Maker) -> None:
    photo, half = make(np.zeros((1, 200, 300), np.float32)), make(np.zeros((1, 100, 150), np.float32))
    half.set_map(100, 150, Placement(2, 0.5, 0.5))
    viewport = Viewport()
    for each in (photo, half):
        each.set_viewport(viewport)
    viewport.zoom_at((100, 100), 9)
    one, other = photo.cell_rect((20, 40)), half.cell_rect((10, 20))
    assert other.width() == pytest.approx(2 * one.width(), abs=1)
    assert other.left() - one.left() == pytest.approx(viewport.zoom / 2, abs=1)


def test_linked_panes_show_all_of_both(make: Maker) -> None:
    small, large = make(size=(200, 200)), make(size=(600, 600), border=(2, 2, 2, 2))
    viewport = Viewport()
    small.set_viewport(viewport)
    large.set_viewport(viewport)
    assert small.viewport is large.viewport
    assert viewport.zoom == 31
    small.hide()
    assert viewport.zoom == 59


def test_says_once_that_the_view_changed(pane: Pane, qtbot: QtBot) -> None:
    count: list[View] = []
    pane.view_changed.connect(lambda: count.append(pane.view()))
    with qtbot.waitSignal(pane.view_changed):
        for _ in range(5):
            pane.viewport.zoom_at((1, 1), 1.25)
    assert count == [pane.view()]
    with qtbot.assertNotEmitted(pane.view_changed, wait=20):
        pane.set_marks((Mark(Rect(0, 0)),))


def test_a_pane_deleted_leaves_the_others_working(make: Maker, qtbot: QtBot) -> None:
    kept, gone = make(), Pane()
    gone.set_viewport(kept.viewport)
    gone.set_map(60, 60, Placement())
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
    kept.viewport.refresh()
    assert kept.viewport.zoom == 60
