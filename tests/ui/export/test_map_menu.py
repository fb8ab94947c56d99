"""The menu of a map and its keys: what is copied, and what is said where nothing can be."""

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from convviz.files import matrix_text
from convviz.ui.state import Room
from tests.ui.driver import Driver
from tests.ui.export.exporting import expected, lab

__all__ = ["lab"]


def map_menu(driver: Driver, key: str) -> QMenu:
    """Ask for the menu of a map by the keyboard."""
    pane = driver.window.convolution.stages.panes[key]
    driver.window.activateWindow()
    pane.setFocus()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(pane, event)
    menu = driver.window.exports.menu
    assert menu is not None
    assert menu.isVisible()
    return menu


def entries(menu: QMenu) -> dict[str, QAction]:
    found: dict[str, QAction] = {}
    for action in menu.actions():
        sub = action.menu()
        if isinstance(sub, QMenu):
            inner = entries(sub)
            found |= {f"{action.text()}/{text}".replace("&", ""): each for text, each in inner.items()}
        elif not action.isSeparator():
            found[action.text().replace("&", "")] = action
    return found


def test_the_menu_of_a_map_copies_its_numbers(lab: Driver, qtbot: QtBot) -> None:
    menu = map_menu(lab, "stage-1-0")
    found = entries(menu)
    assert not any("arithmetic" in text for text in found)
    found["Copy the numbers/As NumPy"].trigger()
    menu.close()
    qtbot.waitUntil(lambda: not lab.window.exports.busy, timeout=20_000)
    copied = eval(QGuiApplication.clipboard().text(), {"np": np})
    assert np.array_equal(copied, expected(lab)[0])
    assert lab.window.problem.text() == "Copied."


def test_the_menu_of_a_map_copies_the_arithmetic_of_the_pinned_cell(lab: Driver) -> None:
    lab.window.convolution.stages.pinned.emit("stage-1-0", (1, 1))
    lab.settle()
    menu = map_menu(lab, "stage-1-0")
    entries(menu)["Copy the arithmetic/As plain text"].trigger()
    menu.close()
    assert QGuiApplication.clipboard().text() == lab.window.convolution.line.plain_text()


def test_a_map_is_copied_as_a_picture_by_a_key(lab: Driver, qtbot: QtBot) -> None:
    lab.trigger("copy-picture")
    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().image().isNull(), timeout=20_000)
    assert lab.window.problem.text() == "Copied."


def test_too_many_numbers_are_not_copied_and_it_is_said(driver: Driver, qtbot: QtBot) -> None:

    QGuiApplication.clipboard().setText("before")
    old, matrix_text.MOST_CELLS = matrix_text.MOST_CELLS, 1000
    try:
        menu = map_menu(driver, "stage-1-0")
        entries(menu)["Copy the numbers/For a spreadsheet"].trigger()
        menu.close()
        qtbot.waitUntil(lambda: not driver.window.exports.busy, timeout=20_000)
        QApplication.processEvents()
    finally:
        matrix_text.MOST_CELLS = old
    assert "Save them as a file instead" in driver.window.problem.text()
    assert QGuiApplication.clipboard().text() == "before"


def test_where_there_is_no_map_copying_says_so(lab: Driver) -> None:
    lab.window.set_room(Room.TRAINING)
    lab.settle()
    lab.trigger("copy-picture")
    assert lab.window.problem.text() == "There is no map on screen to copy."
