"""Cells drawn into an image: one content after the other in the same memory."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from convviz.engine.compute import View
from convviz.ui.theme import Theme
from convviz.ui.widgets.pane_content import Content, Shading
from convviz.ui.widgets.pane_geometry import PaneGeometry
from convviz.ui.widgets.pane_layer import Layer, LayerMaker
from convviz.ui.widgets.viewport import Placement

HEIGHT, WIDTH = 37, 53
UNREAD = Shading(unread_rows=np.arange(HEIGHT) == HEIGHT - 1)
STEPPED = Shading(revealed=700, predict=700)


def geometry(zoom: float, border: int = 0, ratio: float = 1.0) -> PaneGeometry:
    canvas, centre = (5.0, 30.0, 640.0, 480.0), (HEIGHT / 2, WIDTH / 2)
    return PaneGeometry(canvas, zoom, centre, Placement(), HEIGHT, WIDTH, (border,) * 4, ratio)


def content(view: View, seed: int) -> Content:
    shape = view.rows.count, view.columns.count
    values = np.random.default_rng(seed).integers(0, 9, shape)
    pixels = (0xFF000000 | values * 0x1B1B1B).astype(np.uint32)
    return Content(view, pixels, values[np.newaxis].astype(np.float32))


def made(maker: LayerMaker, place: PaneGeometry, shading: Shading, seed: int) -> Layer:
    layer = maker.make(place, content(place.view(), seed), shading, Theme())
    assert layer is not None
    return layer


@pytest.mark.parametrize("shading", [Shading(), UNREAD, STEPPED], ids=["plain", "unread", "stepped"])
@pytest.mark.parametrize("ratio", [1.0, 1.25])
@pytest.mark.parametrize(
    ("zoom", "border"), [(0.31, 0), (0.9, 0), (1.0, 0), (3.7, 0), (12.0, 1), (30.0, 0), (50.0, 1)]
)
def test_nothing_of_the_content_before_remains(
    qapp: QApplication, zoom: float, border: int, ratio: float, shading: Shading
) -> None:
    del qapp
    place, maker = geometry(zoom, border, ratio), LayerMaker()
    for seed in (1, 2, 3):
        again = made(maker, place, shading, seed).buffer.copy()
        assert (again == made(LayerMaker(), place, shading, seed).buffer).all()


def test_a_layer_moves_with_the_map(qapp: QApplication) -> None:
    del qapp
    maker = LayerMaker()
    for zoom in (0.9, 3.7, 0.9, 30.0):
        place = geometry(zoom)
        one, other = made(maker, place, Shading(), 1), made(LayerMaker(), place, Shading(), 1)
        assert (one.left, one.top) == (other.left, other.top)
        assert np.array_equal(one.buffer, other.buffer)


def test_only_pixels_that_are_all_there_hide_what_is_behind(qapp: QApplication) -> None:
    del qapp
    whole = made(LayerMaker(), geometry(3.7), Shading(), 1)
    assert whole.covers(geometry(3.7).exposed.toRectF())
    assert not whole.covers(geometry(3.7).exposed.toRectF().adjusted(-1, 0, 0, 0))
    assert not made(LayerMaker(), geometry(30.0), Shading(), 1).covers(geometry(30.0).exposed.toRectF())
