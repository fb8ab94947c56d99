"""A kernel in a grid in a window, its keys, and what it has announced."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from convviz.core.text import Sentence
from convviz.ui.widgets.kernel_grid import KernelGrid
from convviz.ui.widgets.number_field import NumberField

Key = Qt.Key


Modifier = Qt.KeyboardModifier


SOBEL = np.array([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]])


class Bench:
    """A grid in a window, and what it has announced."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.grid = KernelGrid(self.window)
        self.grid.set_weights(SOBEL)
        QVBoxLayout(self.window).addWidget(self.grid)
        self.changes: list[NDArray[np.float64]] = []
        self.problems: list[Sentence] = []
        self.gestures = 0
        self.grid.weights_changed.connect(self.changes.append)
        self.grid.problem.connect(self.problems.append)
        self.grid.gesture_finished.connect(self._count)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.cells = self.grid.cells()
        self.cells.setFocus()

    def _count(self) -> None:
        self.gestures += 1

    def press(self, *keys: Qt.Key | str, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        """Press keys in whatever has the focus."""
        for key in keys:
            # Typing moves the focus: the first character opens the line over the cell.
            for stroke in key if isinstance(key, str) else (key,):
                focus = QApplication.focusWidget()
                assert focus is not None
                if isinstance(stroke, str):
                    QTest.keyClicks(focus, stroke)
                else:
                    QTest.keyClick(focus, stroke, modifier)

    def cell(self, row: int, column: int) -> QPoint:
        """Return the middle of a cell."""
        return self.cells.cell_rect(row, column).center()

    def field(self) -> NumberField:
        """Return the line below the cells."""
        found = self.grid.findChild(NumberField, "kernel-weight")
        assert isinstance(found, NumberField)
        return found


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)
