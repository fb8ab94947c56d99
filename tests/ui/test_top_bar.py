"""The names of the rooms are there in full, chosen or not."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convviz.ui import theme
from convviz.ui.state import Room
from convviz.ui.theme import DESK_SCALE, PROJECTOR_SCALE, Theme
from convviz.ui.top_bar import TopBar
from tests.ui.widgets.hosting import hosted


@pytest.mark.parametrize("scale", [DESK_SCALE, PROJECTOR_SCALE])
def test_a_chosen_rooms_bold_name_has_room_and_moves_nothing(qtbot: QtBot, scale: float) -> None:
    theme.install(Theme(scale=scale))
    bar = TopBar()
    with hosted(qtbot, bar, 1900):
        places = []
        for room in Room:
            bar.show_room(room)
            QApplication.processEvents()
            button = bar.rooms[room]
            bold = QFont(button.font())
            bold.setWeight(QFont.Weight.DemiBold)
            padding = 2 * theme.current().px(14)
            assert button.width() >= QFontMetricsF(bold).horizontalAdvance(button.text()) + padding
            places.append([other.geometry() for other in bar.rooms.values()])
        assert all(place == places[0] for place in places)
    theme.install(Theme())


def test_where_there_is_no_place_behind_the_rooms_all_else_stands_below(qtbot: QtBot) -> None:
    bar = TopBar()
    with hosted(qtbot, bar, 1900):
        row = bar.rooms[Room.IMAGE].y()
        high = bar.sizeHint().height()
        assert abs(bar.lessons.mapTo(bar, QPoint()).y() - row) < 10
        bar.setFixedWidth(bar.minimumSizeHint().width())
        QApplication.processEvents()
        assert bar.lessons.mapTo(bar, QPoint()).y() > bar.rooms[Room.IMAGE].geometry().bottom()
        assert bar.sizeHint().height() > 1.6 * high
        for button in (*bar.rooms.values(), bar.lessons, bar.projector):
            place = QRect(button.mapTo(bar, QPoint()), button.size())
            assert bar.rect().contains(place), button.text()
        bar.setFixedWidth(1900)
        QApplication.processEvents()
        assert abs(bar.lessons.mapTo(bar, QPoint()).y() - row) < 10
        assert bar.projector.text() == "Projector F5"
