"""The kernel's turn by 180°, and stillness where it is wanted."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget
from pytestqt.qtbot import QtBot

from convviz.ui.motion import motion_wanted
from convviz.ui.widgets.kernel_grid import KernelGrid
from convviz.ui.widgets.kernel_paint import KernelPicture
from convviz.ui.widgets.turn_animation import TurnAnimation

WEIGHTS = np.array([[0.0, 1.0, 2.0], [2.0, 2.0, 0.0], [0.0, 1.0, -2.0]])


class Still(QProxyStyle):
    """A style that asks for no animations."""

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        data: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_Widget_Animation_Duration:
            return 0
        return super().styleHint(hint, option, widget, data)


@pytest.fixture
def grid(qtbot: QtBot) -> KernelGrid:
    widget = KernelGrid()
    qtbot.addWidget(widget)
    widget.set_weights(WEIGHTS)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def _sheet(grid: KernelGrid) -> TurnAnimation:
    found = grid.findChild(TurnAnimation, "kernel-turn")
    assert isinstance(found, TurnAnimation)
    return found


def test_it_turns_and_ends(grid: KernelGrid, qtbot: QtBot) -> None:
    sheet = _sheet(grid)
    with qtbot.waitSignal(sheet.finished, timeout=5000):
        grid.animate_turn()
        assert sheet.running
        grid.set_weights(WEIGHTS[::-1, ::-1])
        before = grid.grab().toImage()
        qtbot.waitUntil(lambda: grid.grab().toImage() != before)
    assert not sheet.running
    assert not sheet.isVisible()
    assert grid.weights()[0, 0] == -2.0


def test_without_motion_nothing_runs(grid: KernelGrid) -> None:
    grid.animate_turn(animated=False)
    assert not _sheet(grid).running
    still = Still("fusion")
    grid.setStyle(still)
    assert not motion_wanted(grid)
    grid.animate_turn()
    grid.set_applied_turned(True)
    assert not _sheet(grid).running
    still.deleteLater()


def test_out_of_sight_nothing_runs(qtbot: QtBot) -> None:
    widget = KernelGrid()
    qtbot.addWidget(widget)
    widget.set_applied_turned(True)
    widget.animate_turn()
    assert not _sheet(widget).running


def test_hiding_ends_the_turn(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    sheet = TurnAnimation(parent)
    with qtbot.waitExposed(parent):
        parent.show()
    sheet.play(KernelPicture(WEIGHTS, 90), QPointF(50, 50), QPointF(50, 50))
    with qtbot.waitSignal(sheet.finished):
        parent.hide()
    assert not sheet.running


def test_the_applied_kernel_flies_down_and_back(grid: KernelGrid, qtbot: QtBot) -> None:
    sheet = _sheet(grid)
    height = grid.sizeHint().height()
    with qtbot.waitSignal(sheet.finished, timeout=5000):
        grid.set_applied_turned(True)
        assert sheet.running
        # Whoever asks for the turn as well does not start it again.
        grid.animate_turn()
    assert grid.sizeHint().height() > height
    with qtbot.waitSignal(sheet.finished, timeout=5000):
        grid.set_applied_turned(False)
    assert grid.sizeHint().height() == height


def test_a_second_change_ends_the_first(grid: KernelGrid, qtbot: QtBot) -> None:
    grid.set_applied_turned(True)
    grid.set_applied_turned(False, animated=False)
    assert not _sheet(grid).running
    before = grid.cells().grab().toImage()
    qtbot.wait(50)
    assert grid.cells().grab().toImage() == before
