"""What a screen reader is told while the keyboard moves within grids, kernels, maps and figures."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from convviz.ui.state import Room
from convviz.ui.widgets import spoken
from convviz.ui.widgets.kernel_cells import KernelCells
from tests.ui.driver import Driver


class Reader:
    """Stands where a system hands events to its screen reader, which no test can rely on."""

    def __init__(self) -> None:
        self.listens = True
        self.said: list[tuple[str, str]] = []

    def isActive(self) -> bool:  # noqa: N802 - as Qt calls it
        return self.listens

    def updateAccessibility(self, event: QAccessibleEvent) -> None:  # noqa: N802 - as Qt calls it
        assert isinstance(event, QAccessibleAnnouncementEvent)
        assert event.type() is QAccessible.Event.Announcement
        self.said.append((event.object().objectName(), event.message()))


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    reader = Reader()
    monkeypatch.setattr(spoken, "QAccessible", reader)
    return reader


def focused(driver: Driver, widget: QWidget) -> QWidget:
    driver.window.activateWindow()
    widget.setFocus()
    driver.qtbot.waitUntil(widget.hasFocus)
    return widget


def keys(driver: Driver, widget: QWidget, *pressed: Qt.Key) -> None:
    for key in pressed:
        driver.qtbot.keyClick(widget, key)


@pytest.mark.parametrize("room", [Room.IMAGE, Room.CONVOLUTION])
def test_every_cell_that_the_keyboard_reaches_is_said(
    make_window: Callable[..., Driver], reader: Reader, room: Room
) -> None:
    driver = make_window(room)
    driver.window.opener.show_example("conv-5x5")
    driver.window.set_room(room)
    driver.settle()
    name = "pane-picture" if room is Room.IMAGE else "pane-input-0"
    found = [w for w in driver.window.findChildren(QWidget, name) if w.isVisible()]
    pane = focused(driver, found[0])
    keys(driver, pane, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert reader.said == [
        (name, "row 0, column 0, value 3"),
        (name, "row 0, column 1, value 3"),
        (name, "row 1, column 1, value 0"),
    ]


def test_a_cell_that_no_window_reads_is_said_to_be_so(driver: Driver, reader: Reader) -> None:
    driver.window.lessons.open("padding-stride", 4)
    driver.settle()
    pane = focused(driver, driver.window.convolution.stages.panes["input-0"])
    keys(driver, pane, Qt.Key.Key_Right, *[Qt.Key.Key_Right] * 5)
    assert reader.said[-2][1].endswith("value 2")
    assert reader.said[-1][1].endswith("value 3, read by no window")


def test_weights_layers_and_parts_of_figures_are_said(driver: Driver, reader: Reader) -> None:
    cells = driver.window.findChild(KernelCells)
    assert isinstance(cells, KernelCells)
    focused(driver, cells)
    reader.said.clear()
    keys(driver, cells, Qt.Key.Key_Right)
    assert reader.said == [("kernel-cells", "row 0, column 1, weight 0")]
    driver.window.lessons.open("conv-layer", 1)
    driver.settle()
    figure = driver.window.figures.figure
    assert figure is not None
    figure.set_stage(2)
    focused(driver, figure)
    reader.said.clear()
    keys(driver, figure, Qt.Key.Key_Right)
    assert reader.said == [("figure-filters", "g(0, 1, c_out): 13, 3")]


def test_nothing_is_said_of_what_has_not_the_keyboard_or_if_nobody_listens(
    driver: Driver, reader: Reader
) -> None:
    cells = driver.window.findChild(KernelCells)
    assert isinstance(cells, KernelCells)
    driver.window.setFocus()
    cells.select(1, 1)
    assert cells.accessibleDescription().startswith("row 1, column 1")
    focused(driver, cells)
    reader.listens = False
    keys(driver, cells, Qt.Key.Key_Right)
    assert cells.accessibleDescription().startswith("row 1, column 2")
    assert reader.said == []
