"""What a pane says of its cells: not reached, never read, marked, of the result before."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor

from convviz.core.geometry import Rect
from convviz.ui import theme
from convviz.ui.widgets.pane import Mark, MarkKind, Pane
from tests.ui.widgets.panes import Maker, _light, colours_in, make, pane, picture

__all__ = ["_light", "make", "pane"]


def test_cells_not_reached_are_blank(pane: Pane) -> None:
    shown = picture(pane)
    pane.set_revealed(8, predict=8)
    image = picture(pane)
    assert pane.text_at((1, 1)) == ("4",)
    assert pane.text_at((1, 2)) == ("?",)
    assert pane.text_at((1, 3)) == ()
    inside = pane.cell_rect((3, 3)).adjusted(5, 5, -5, -5)
    assert colours_in(image, inside) == {QColor(theme.current().colours.blank).name()}
    assert len(colours_in(image, pane.cell_rect((1, 2)).adjusted(5, 5, -5, -5))) > 1
    pane.set_revealed(None)
    assert picture(pane) == shown


def test_padding_is_never_blanked(make: Maker) -> None:
    pane = make(border=(1, 1, 1, 1))
    pane.set_revealed(0)
    assert pane.text_at((-1, 3)) == ("0",)
    assert pane.text_at((0, 0)) == ()


def test_what_is_never_read_is_hatched(pane: Pane) -> None:
    before = picture(pane)
    rows, columns = np.zeros(6, bool), np.zeros(6, bool)
    rows[4] = columns[2] = True
    pane.set_unread(rows, columns)
    after = picture(pane)
    for cell in ((4, 0), (4, 2), (0, 2)):
        assert before.copy(pane.cell_rect(cell).toRect()) != after.copy(pane.cell_rect(cell).toRect())
    for cell in ((0, 0), (5, 5)):
        assert before.copy(pane.cell_rect(cell).toRect()) == after.copy(pane.cell_rect(cell).toRect())
    pane.set_unread(None, None)
    assert picture(pane) == before


def test_padding_that_is_never_read_is_hatched_too(make: Maker) -> None:
    pane = make(border=(1, 1, 1, 1))
    before = picture(pane)
    last = np.arange(8) == 7
    pane.set_unread(last, last)
    after = picture(pane)
    for cell, hatched in (
        ((6, 6), True),
        ((6, 0), True),
        ((-1, 6), True),
        ((-1, -1), False),
        ((5, 5), False),
    ):
        area = pane.cell_rect(cell).toRect()
        assert (before.copy(area) != after.copy(area)) == hatched, cell


@pytest.mark.parametrize("kind", MarkKind)
def test_marks_are_drawn_on_their_cells_and_go_again(pane: Pane, kind: MarkKind) -> None:
    before = picture(pane)
    pane.set_marks((Mark(Rect(1, 1, 2, 2), kind),))
    after = picture(pane)
    colours = theme.current().colours
    wanted = QColor(colours.positive if kind is MarkKind.WRONG else colours.focus).name()
    edge = QRectF(pane.cell_rect((1, 1)).left() - 1, pane.cell_rect((2, 1)).top() - 20, 3, 40)
    assert wanted in colours_in(after, edge)
    assert before.copy(pane.cell_rect((4, 4)).toRect()) == after.copy(pane.cell_rect((4, 4)).toRect())
    pane.set_marks(())
    assert picture(pane) == before


def test_marks_on_a_photograph_are_seen_from_the_back_row(make: Maker) -> None:
    pane = make(np.full((3, 900, 900), 90, np.float32), (310, 310))
    violet = QColor(theme.current().colours.focus).name()
    for kind in (MarkKind.FOCUS, MarkKind.TAP):
        pane.set_marks((Mark(Rect(450, 450, 3, 3), kind),))
        image, around = picture(pane), pane.cell_rect((451, 451)).adjusted(-9, -9, 9, 9).toRect()
        xs = [
            x
            for x in range(around.left(), around.right())
            for y in range(around.top(), around.bottom())
            if image.pixelColor(x, y).name() == violet
        ]
        assert max(xs) - min(xs) >= 8


def test_stale_numbers_are_pale_and_the_caption_says_so_without_covering_any(pane: Pane) -> None:
    pane.set_caption("Input", "6 × 6")
    fresh = picture(pane)
    pane.set_stale(True)
    stale = picture(pane)
    window = pane.palette().window().color()
    corner = pane.cell_rect((5, 0)).topLeft().toPoint() + QPoint(8, 8)
    old, now = fresh.pixelColor(corner), stale.pixelColor(corner)
    assert now.red() == pytest.approx(0.55 * old.red() + 0.45 * window.red(), abs=2)
    amber = QColor(theme.current().colours.problem).name()
    above = QRectF(pane.width() / 2, 0, pane.width() / 2, pane.cell_rect((0, 0)).top())
    assert amber in colours_in(stale, above)
    assert amber not in colours_in(stale, QRectF(0, above.bottom(), pane.width(), 300))
    pane.set_stale(False)
    assert picture(pane) == fresh


def test_a_narrow_caption_makes_room_for_the_note(make: Maker) -> None:
    pane = make(size=(150, 170))
    pane.set_caption("A heading longer than the map", "6 × 6")
    title = QRectF(0, 0, 70, pane.cell_rect((0, 0)).top())
    pane.set_stale(True)
    amber = QColor(theme.current().colours.problem).name()
    assert amber not in colours_in(picture(pane), QRectF(0, 0, 30, title.height()))
    assert amber in colours_in(picture(pane), QRectF(70, 0, 80, title.height()))
