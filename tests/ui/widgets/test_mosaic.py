"""The mosaic of maps under mouse, wheel and keyboard."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convviz.engine.render import Display, colour_of
from convviz.ui import theme
from convviz.ui.map_colours import Order
from convviz.ui.theme import Theme
from convviz.ui.widgets.mosaic import Mosaic
from tests.ui.widgets.hosting import hosted


@pytest.fixture
def mosaic(qtbot: QtBot) -> Mosaic:
    theme.install(Theme())
    widget = Mosaic()
    widget.setMinimumHeight(400)
    return widget


def maps(count: int, side: int = 4) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Return maps of which number n is n everywhere."""
    return np.repeat(np.arange(count, dtype=np.float32), side * side).reshape(count, side, side)


def colour_at(mosaic: Mosaic, number: int) -> int:
    """Return the colour 0xRRGGBB in the middle of a tile."""
    image = mosaic.viewport().grab().toImage()
    return image.pixel(mosaic.tile(number).center()) & 0xFFFFFF


def test_tiles_have_the_colours_of_one_scale(qtbot: QtBot, mosaic: Mosaic) -> None:
    mosaic.set_maps(maps(6))
    with hosted(qtbot, mosaic, 700):
        for number in range(6):
            assert colour_at(mosaic, number) == colour_of(number, Display.VIRIDIS, 0, 5)
        mosaic.set_each(True)
        assert colour_at(mosaic, 1) == colour_of(1, Display.VIRIDIS, 0, 1)


def test_negative_maps_are_signed(qtbot: QtBot, mosaic: Mosaic) -> None:
    mosaic.set_maps(maps(3) - 1)
    with hosted(qtbot, mosaic, 700):
        assert colour_at(mosaic, 0) == colour_of(-1, Display.SIGNED, -1, 1)
        assert colour_at(mosaic, 1) == 0xFFFFFF


def test_a_click_chooses_and_a_double_click_opens(qtbot: QtBot, mosaic: Mosaic) -> None:
    mosaic.set_maps(maps(10))
    chosen: list[int] = []
    opened: list[int] = []
    mosaic.chosen.connect(chosen.append)
    mosaic.opened.connect(opened.append)
    with hosted(qtbot, mosaic, 700):
        centre = mosaic.tile(7).center()
        qtbot.mouseClick(mosaic.viewport(), Qt.MouseButton.LeftButton, pos=centre)
        qtbot.mouseDClick(mosaic.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert chosen == [7]
    assert opened == [7]


def test_keys_go_through_the_maps_in_the_order_shown(qtbot: QtBot, mosaic: Mosaic) -> None:
    mosaic.set_maps(maps(5))
    mosaic.set_order(Order.MEAN)
    assert mosaic.numbers() == [4, 3, 2, 1, 0]
    mosaic.set_chosen(4)
    opened: list[int] = []
    mosaic.opened.connect(opened.append)
    with hosted(qtbot, mosaic, 700):
        qtbot.keyClick(mosaic, Qt.Key.Key_Down)
        assert mosaic.chosen_map == 3
        for _ in range(9):
            qtbot.keyClick(mosaic, Qt.Key.Key_Down)
        assert mosaic.chosen_map == 0
        qtbot.keyClick(mosaic, Qt.Key.Key_Up)
        qtbot.keyClick(mosaic, Qt.Key.Key_Return)
        assert opened == [1]
        assert "Map 1" in mosaic.accessibleDescription()


def test_two_thousand_maps_draw_only_those_on_screen(
    qtbot: QtBot, mosaic: Mosaic, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    picture = Mosaic._picture

    def watch(self: Mosaic, number: int) -> object:
        drawn.append(number)
        return picture(self, number)

    monkeypatch.setattr(Mosaic, "_picture", watch)
    mosaic.set_maps(maps(2048, 7))
    with hosted(qtbot, mosaic, 700):
        drawn.clear()
        mosaic.viewport().repaint()
        assert 0 < len(drawn) < 100
        assert 0 in drawn
        bar = mosaic.verticalScrollBar()
        at = QPointF(100, 100)
        wheel = QWheelEvent(
            at,
            mosaic.viewport().mapToGlobal(at),
            QPoint(0, 0),
            QPoint(0, -1200),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(mosaic.viewport(), wheel)
        assert bar.value() > 0
        mosaic.set_chosen(2047)
        drawn.clear()
        mosaic.viewport().repaint()
        assert 2047 in drawn
        assert len(drawn) < 100
        assert mosaic.viewport().rect().contains(mosaic.tile(2047))


def test_a_few_maps_are_large_and_side_by_side(qtbot: QtBot, mosaic: Mosaic) -> None:
    mosaic.set_maps(maps(3, 225))
    with hosted(qtbot, mosaic, 900):
        assert len({mosaic.tile(n).top() for n in range(3)}) == 1
        assert mosaic.tile(0).width() > 200


def test_page_keys_and_layer_keys_are_left_to_others(qtbot: QtBot, mosaic: Mosaic) -> None:
    mosaic.set_maps(maps(500))
    with hosted(qtbot, mosaic, 700):
        for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End):
            qtbot.keyClick(mosaic, key)
        assert (mosaic.chosen_map, mosaic.verticalScrollBar().value()) == (0, 0)


def test_it_stands_being_without_maps(qtbot: QtBot, mosaic: Mosaic) -> None:
    with hosted(qtbot, mosaic, 400):
        mosaic.step(1)
        mosaic.grab()
        assert mosaic.map_at(QPoint(20, 20)) is None
