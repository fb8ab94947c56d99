"""What is too large for its window is scrolled to; what is not is not."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from convviz.ui.language import Language
from convviz.ui.state import Room
from convviz.ui.widgets.reach import LEAST, Pages, Reach
from tests.ui.driver import Driver


class Page(QWidget):
    """Needs so much room."""

    def __init__(self, wide: int, high: int) -> None:
        super().__init__()
        self._least = QSize(wide, high)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def minimumSizeHint(self) -> QSize:
        return self._least


@pytest.fixture
def reach(qtbot: QtBot) -> Reach:
    pages = Pages()
    for wide, high in ((300, 200), (1500, 900)):
        pages.addWidget(Page(wide, high))
    made = Reach(pages)
    qtbot.addWidget(made)
    made.resize(800, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made


def pages(reach: Reach) -> Pages:
    content = reach.findChild(Pages)
    assert isinstance(content, Pages)
    return content


def corner(reach: Reach) -> QPoint:
    sheet = reach.widget()
    assert sheet is not None
    return sheet.pos()


def ends(reach: Reach) -> tuple[int, int]:
    return reach.horizontalScrollBar().maximum(), reach.verticalScrollBar().maximum()


def test_only_the_page_in_sight_asks_for_room(reach: Reach, qtbot: QtBot) -> None:
    assert ends(reach) == (0, 0)
    assert pages(reach).size() == reach.viewport().size()
    pages(reach).setCurrentIndex(1)
    qtbot.waitUntil(lambda: min(ends(reach)) > 0)
    assert pages(reach).size() == QSize(1500, 900)
    pages(reach).setCurrentIndex(0)
    qtbot.waitUntil(lambda: ends(reach) == (0, 0))


def test_a_window_may_be_smaller_than_what_it_shows_but_not_tiny(reach: Reach) -> None:
    assert reach.minimumSizeHint() == QSize(300, 200)
    pages(reach).setCurrentIndex(1)
    assert reach.minimumSizeHint() == LEAST


def test_another_content_begins_at_its_corner(reach: Reach, qtbot: QtBot) -> None:
    pages(reach).setCurrentIndex(1)
    qtbot.waitUntil(lambda: min(ends(reach)) > 0)
    reach.horizontalScrollBar().setValue(400)
    reach.verticalScrollBar().setValue(200)
    reach.start()
    assert corner(reach) == QPoint()


def test_the_keys_are_not_for_scrolling(reach: Reach, qtbot: QtBot) -> None:
    pages(reach).setCurrentIndex(1)
    qtbot.waitUntil(lambda: min(ends(reach)) > 0)
    page = pages(reach).currentWidget()
    assert page is not None
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End):
        qtbot.keyClick(page, key)
    assert corner(reach) == QPoint()


@pytest.mark.parametrize("projector", [False, True])
@pytest.mark.parametrize("room", list(Room))
def test_no_room_has_to_be_scrolled_in_a_small_window(
    make_window: Callable[..., Driver], room: Room, projector: bool
) -> None:
    driver = make_window(room, (1280, 720))
    window = driver.window
    window.set_projector(projector, remember=False)
    for language in (*Language, Language.ENGLISH):
        window.set_language(language)
        driver.settle()
        reach = window.findChild(Reach, "reach")
        assert isinstance(reach, Reach)
        assert ends(reach) == (0, 0), language
        assert (window.width(), window.height()) == (1280, 720)
