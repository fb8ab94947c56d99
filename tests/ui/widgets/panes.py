"""A pane under test: filled, pointed at, turned into colours."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convviz.engine.compute import View
from convviz.ui import theme
from convviz.ui.theme import Theme
from convviz.ui.widgets.pane import Content, Pane, Placement

LECTURE = np.array(
    [
        [3, 3, 5, 1, 2, 3],
        [3, 4, 0, 1, 4, 5],
        [5, 1, 2, 3, 2, 0],
        [5, 0, 4, 5, 2, 1],
        [3, 4, 3, 1, 0, 2],
        [2, 0, 4, 3, 5, 1],
    ],
    np.float32,
)
Planes = NDArray[np.float32]
Maker = Callable[..., Pane]


def grey(values: Planes) -> NDArray[np.uint32]:
    level = np.clip(values, 0, 255).astype(np.uint32)
    return np.asarray(0xFF000000 | level << 16 | level << 8 | level, np.uint32)


def content_of(view: View, planes: Planes) -> Content:
    """Return the cells of ``view``; zeros in the border."""
    rows, columns = view.rows.positions, view.columns.positions
    padded = np.pad(planes, ((0, 0), (40, 40), (40, 40)))
    values = padded[:, rows[:, None] + 40, columns + 40].astype(np.float32)
    if len(values) == 1:
        return Content(view, grey(values[0] * 20 + 100), values)
    red, green, blue = values.astype(np.uint32)
    return Content(view, np.asarray(0xFF000000 | red << 16 | green << 8 | blue, np.uint32), values)


def fill(pane: Pane, planes: Planes) -> None:
    pane.set_content(content_of(pane.view(), planes))


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    theme.install(Theme())
    yield
    theme.install(Theme())


@pytest.fixture
def make(qtbot: QtBot) -> Maker:
    def maker(
        planes: Planes = LECTURE[None],
        size: tuple[int, int] = (370, 370),
        border: tuple[int, int, int, int] = (0,) * 4,
    ) -> Pane:
        pane = Pane()
        qtbot.addWidget(pane)
        pane.resize(*size)
        pane.set_map(planes.shape[1], planes.shape[2], Placement(), border)
        with qtbot.waitExposed(pane):
            pane.show()
        fill(pane, planes)
        return pane

    return maker


@pytest.fixture
def pane(make: Maker) -> Pane:
    return make()


def middle(pane: Pane, cell: tuple[int, int]) -> QPoint:
    return pane.cell_rect(cell).center().toPoint()


def click(qtbot: QtBot, pane: Pane, cell: tuple[int, int]) -> None:
    qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=middle(pane, cell))


def picture(pane: Pane) -> QImage:
    return pane.grab().toImage()


def colours_in(image: QImage, area: QRectF) -> set[str]:
    rect = area.toRect() & image.rect()
    return {
        image.pixelColor(x, y).name()
        for y in range(rect.top(), rect.bottom() + 1)
        for x in range(rect.left(), rect.right() + 1)
    }
