import gc
from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, QSizeF
from pytestqt.qtbot import QtBot

from convviz.ui.widgets.viewport import Placement, Viewport


class FakePane:
    """A pane without a widget: a size, and a map somewhere over the input."""

    def __init__(self, size: tuple[float, float], extent: QRectF, scale: float = 1.0) -> None:
        self.size, self.area, self.shown = QSizeF(*size), extent, True
        self.place = Placement(scale)

    def extent(self) -> QRectF:
        return self.area

    def canvas_size(self) -> QSizeF:
        return self.size

    def placement(self) -> Placement:
        return self.place

    def isVisible(self) -> bool:  # noqa: N802 - Qt's name
        return self.shown


Link = Callable[..., Viewport]


@pytest.fixture
def link(qtbot: QtBot) -> Link:
    kept: list[FakePane] = []

    def make(*panes: FakePane) -> Viewport:
        viewport = Viewport()
        kept.extend(panes)
        for pane in panes:
            viewport.attach(pane)
        return viewport

    return make


def photo(width: float = 400, height: float = 300) -> FakePane:
    return FakePane((width, height), QRectF(0, 0, 800, 600))


def test_fits_the_pane_with_least_room(link: Link) -> None:
    wide, narrow = photo(), photo(200, 300)
    viewport = link(wide, narrow)
    assert viewport.fitted
    assert viewport.zoom == pytest.approx(0.25)
    assert viewport.centre == (300, 400)


def test_a_border_is_part_of_what_is_shown(link: Link) -> None:
    inner = FakePane((400, 400), QRectF(0, 0, 6, 6))
    outer = FakePane((400, 400), QRectF(-1, -1, 8, 8))
    viewport = link(inner, outer)
    assert viewport.zoom == 50
    assert viewport.centre == (3, 3)


def test_a_border_on_one_side_is_shown_too(link: Link) -> None:
    viewport = link(FakePane((400, 400), QRectF(0, 0, 6, 6)), FakePane((400, 400), QRectF(0, 0, 8, 8)))
    half = 200 / viewport.zoom
    assert viewport.centre == (4, 4)
    assert viewport.centre[0] + half >= 8


def test_grids_get_whole_pixels_and_photographs_all_the_room(link: Link) -> None:
    assert link(FakePane((100, 100), QRectF(0, 0, 7, 7))).zoom == 14
    assert link(FakePane((100, 100), QRectF(0, 0, 70, 70))).zoom == pytest.approx(100 / 70)


def test_hidden_panes_do_not_count(link: Link) -> None:
    small, large = photo(200, 150), photo()
    small.shown = False
    viewport = link(small, large)
    assert viewport.zoom == pytest.approx(0.5)


def test_while_nothing_is_on_screen_all_panes_count(link: Link) -> None:
    small, large = photo(200, 150), photo()
    small.shown = large.shown = False
    assert link(small, large).zoom == pytest.approx(0.25)


def test_without_a_map_nothing_happens(link: Link) -> None:
    viewport = link(FakePane((100, 100), QRectF()))
    viewport.zoom_in()
    viewport.pan(3, 3)
    viewport.ensure_visible(QRectF(0, 0, 1, 1))
    viewport.fit()
    assert viewport.fit_zoom() == 1


def test_follows_sizes_while_fitted_and_says_so_once(link: Link, qtbot: QtBot) -> None:
    panes = [photo() for _ in range(3)]
    viewport = link(*panes)
    said: list[float] = []
    viewport.changed.connect(lambda: said.append(viewport.zoom))
    with qtbot.waitSignal(viewport.changed):
        for pane in panes:
            pane.size = QSizeF(800, 600)
            viewport.refresh()
            viewport.refresh()
    assert said == [1.0]


def test_keeps_the_zoom_when_sizes_change_after_zooming(link: Link) -> None:
    pane = photo()
    viewport = link(pane)
    viewport.zoom_at((300, 400), 4)
    pane.size = QSizeF(800, 600)
    viewport.refresh()
    assert not viewport.fitted
    assert viewport.zoom == pytest.approx(2)


@pytest.mark.parametrize("point", [(0, 0), (300, 400), (599, 10), (17.5, 700.25)])
def test_zooming_keeps_the_point_in_place(link: Link, point: tuple[float, float]) -> None:
    viewport = link(photo())

    def offset() -> tuple[float, float]:
        y, x = viewport.centre
        return (point[0] - y) * viewport.zoom, (point[1] - x) * viewport.zoom

    before = offset()
    for factor in (1.25, 1.25, 3, 0.8):
        viewport.zoom_at(point, factor)
        assert offset() == pytest.approx(before)


def test_zooming_out_stops_at_the_fit_then_at_half_of_it(link: Link) -> None:
    viewport = link(photo())
    viewport.zoom_at((100, 100), 1.5)
    viewport.zoom_at((100, 100), 0.5)
    assert viewport.fitted
    assert viewport.centre == (300, 400)
    for _ in range(20):
        viewport.zoom_out()
    assert viewport.zoom == pytest.approx(0.25)
    assert viewport.shows_everything
    assert viewport.centre == (300, 400)


def test_zooming_in_ends_at_160_pixels_a_cell(link: Link) -> None:
    viewport = link(photo())
    for _ in range(60):
        viewport.zoom_in()
    assert viewport.zoom == 160
    coarse = link(FakePane((400, 300), QRectF(0, 0, 800, 600), scale=2))
    for _ in range(60):
        coarse.zoom_in()
    assert coarse.zoom == 80


def test_actual_size_and_back(link: Link) -> None:
    viewport = link(photo())
    viewport.actual_size()
    assert viewport.zoom == 1
    assert not viewport.fitted
    viewport.fit()
    assert viewport.zoom == pytest.approx(0.5)


def test_panning_stays_on_the_map(link: Link) -> None:
    viewport = link(photo())
    viewport.zoom_at((300, 400), 4)
    viewport.pan(10, -20)
    assert viewport.centre == (310, 380)
    viewport.pan(10_000, -10_000)
    assert viewport.centre == (600, 0)


def test_scrolls_into_view_no_further_than_needed(link: Link) -> None:
    viewport = link(photo(), photo(200, 200))
    viewport.ensure_visible(QRectF(0, 0, 1, 1))
    assert viewport.fitted  # everything is in view already
    viewport.zoom_at((300, 400), 8)
    zoom = viewport.zoom
    viewport.ensure_visible(QRectF(400, 300, 1, 1))
    assert viewport.centre == (300, 400)  # it was in view
    viewport.ensure_visible(QRectF(700, 300, 1, 1))
    assert viewport.centre == pytest.approx((300, 701 - 100 / zoom))
    viewport.ensure_visible(QRectF(0, 0, 800, 600))
    assert viewport.centre == (300, 400)  # larger than the view: its middle


def test_a_pane_that_is_gone_is_forgotten(qtbot: QtBot) -> None:
    viewport = Viewport()
    viewport.attach(photo())
    gc.collect()
    keep = photo(100, 75)
    viewport.attach(keep)
    assert viewport.zoom == pytest.approx(0.125)
    viewport.detach(keep)
    assert viewport.fit_zoom() == 1
