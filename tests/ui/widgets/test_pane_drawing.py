"""What a pane paints: square pixels, its caption, every theme, and no more than has changed."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convviz.core.geometry import Ramp, Rect
from convviz.engine.compute import View
from convviz.ui import theme
from convviz.ui.theme import Theme, ThemeName
from convviz.ui.widgets.pane import Mark, MarkKind, Pane
from tests.ui.widgets.panes import LECTURE, Maker, _light, colours_in, content_of, fill, make, pane, picture

__all__ = ["_light", "make", "pane"]


def test_pixels_are_square_and_crisp(make: Maker) -> None:
    planes = np.random.default_rng(0).integers(0, 256, (3, 24, 24)).astype(np.float32)
    pane = make(planes, (271, 271))
    image = picture(pane)
    for y in range(24):
        for x in range(24):
            red, green, blue = planes[:, y, x].astype(int)
            want = QColor(red, green, blue).name()
            assert colours_in(image, pane.cell_rect((y, x))) == {want}


def test_drawn_where_it_was_computed_for_after_the_view_moved(make: Maker) -> None:
    planes = np.random.default_rng(1).integers(0, 256, (3, 100, 100)).astype(np.float32)
    pane = make(planes, (310, 310))
    pane.viewport.zoom_at((50, 50), 4)  # the old content stays
    image = picture(pane)
    red, green, blue = planes[:, 50, 47].astype(int)
    assert colours_in(image, pane.cell_rect((50, 47))) == {QColor(red, green, blue).name()}
    fill(pane, planes)
    assert picture(pane) == image
    pane.viewport.fit()  # the content covers the middle only
    blank = QColor(theme.current().colours.blank).name()
    assert colours_in(picture(pane), pane.cell_rect((2, 2))) == {blank}


def test_shrinks_smoothly(make: Maker) -> None:
    stripes = np.zeros((3, 300, 300), np.float32)
    stripes[:, :, ::2] = 255
    image = picture(make(stripes, (230, 230)))
    levels_seen = {QColor(c).red() for c in colours_in(image, QRectF(60, 60, 80, 80))}
    assert len(levels_seen) > 2


def test_read_only_pixels_are_drawn_and_left_alone(pane: Pane) -> None:
    content = content_of(pane.view(), LECTURE[None])
    before = content.pixels.copy()
    content.pixels.flags.writeable = False
    pane.set_content(content)
    pane.set_unread(np.array([True] * 6), None)
    pane.set_revealed(3)
    picture(pane)
    np.testing.assert_array_equal(content.pixels, before)


def test_the_caption_names_the_pane_in_its_colour(pane: Pane) -> None:
    rect = pane.cell_rect((0, 0))
    pane.set_caption("R", "6 × 6", 0)
    assert pane.accessibleName() == "R 6 × 6"
    assert pane.cell_rect((0, 0)).top() > rect.top()
    line = QRectF(0, 0, pane.width(), pane.cell_rect((0, 0)).top())
    assert QColor(theme.current().colours.red).name() in colours_in(picture(pane), line)


def test_nothing_to_show_is_no_problem(qtbot: QtBot) -> None:
    pane = Pane()
    qtbot.addWidget(pane)
    pane.set_caption("A very long heading that will certainly not fit", "6 × 6 × 1")
    pane.set_stale(True)
    pane.set_marks((Mark(Rect(0, 0)),))
    for size in ((1, 1), (40, 30), (300, 200)):
        pane.resize(*size)
        picture(pane)
    assert pane.view() == View(Ramp(0, 1, 0), Ramp(0, 1, 0))
    assert pane.cell_at(QPointF(5, 5)) is None
    qtbot.keyClick(pane, Qt.Key.Key_Right)
    qtbot.keyClick(pane, Qt.Key.Key_Plus)
    qtbot.mouseDClick(pane, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("name", ThemeName)
@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_every_theme(make: Maker, name: ThemeName, scale: float) -> None:
    theme.install(Theme(name, scale))
    pane = make(LECTURE[None] - 2, border=(1, 1, 1, 1))
    pane.set_caption("Input", "6 × 6 × 1", 2)
    pane.set_marks(tuple(Mark(Rect(i, i), kind) for i, kind in enumerate(MarkKind)))
    assert QColor(theme.current().colours.focus).name() in colours_in(picture(pane), QRectF(pane.rect()))


class PaintAreas(QObject):
    """Notes which part of a pane is painted."""

    def __init__(self, pane: Pane) -> None:
        super().__init__(pane)
        self.areas: list[QRectF] = []
        pane.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.areas.append(QRectF(event.rect()))
        return False


@pytest.mark.parametrize("zoom_steps", [0, 4])
def test_other_cells_are_painted_without_the_line_above(make: Maker, zoom_steps: int) -> None:
    pane = make(np.zeros((1, 200, 300), np.float32), (340, 300))
    pane.set_caption("Output", "200 × 300")
    for _ in range(zoom_steps):
        pane.viewport.zoom_in()
    QApplication.processEvents()
    areas = PaintAreas(pane).areas
    fill(pane, np.full((1, 200, 300), 6, np.float32))
    QApplication.processEvents()
    [area] = areas
    caption = pane.height() - pane.canvas_size().height() - 5
    assert area.top() >= caption - 1
    assert area == QRectF(pane.geometry_now().exposed)


def test_what_is_painted_in_parts_is_what_is_painted_at_once(make: Maker) -> None:
    """A backing store shows the parts; a grab paints everything."""
    first, second = np.zeros((1, 90, 120), np.float32), np.full((1, 90, 120), 5, np.float32)
    pane = make(first, (300, 260))
    pane.set_caption("Output", "90 × 120")
    pane.set_marks((Mark(Rect(0, 0, 3, 3)), Mark(Rect(40, 119), MarkKind.SOFT)))
    shown = QImage(pane.size(), QImage.Format.Format_RGB32)
    pane.render(shown, QPoint(), QRegion(pane.rect()))
    fill(pane, second)
    exposed = pane.geometry_now().exposed
    pane.render(shown, exposed.topLeft(), QRegion(exposed))
    whole = QImage(pane.size(), QImage.Format.Format_RGB32)
    pane.render(whole, QPoint(), QRegion(pane.rect()))
    assert shown == whole
