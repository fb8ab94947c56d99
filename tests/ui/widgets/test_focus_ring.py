"""What has the keyboard is painted anew when it comes and when it goes, for the ring around it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from convviz.core.distances import Distance
from convviz.ui import theme
from convviz.ui.figures.seen_digit import SeenDigit
from convviz.ui.theme import Theme
from convviz.ui.widgets.class_bars import ClassBars
from convviz.ui.widgets.distance_matrix import DistanceMatrix
from convviz.ui.widgets.funnel import Funnel
from convviz.ui.widgets.layer_strip import LayerStrip
from convviz.ui.widgets.mosaic import Mosaic
from convviz.ui.widgets.pair import PairChoice
from convviz.ui.widgets.picture_plane import PicturePlane
from convviz.ui.widgets.vector_bars import VectorBars
from convviz.ui.widgets.vector_strips import VectorStrips


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, painted: QWidget) -> None:
        super().__init__(painted)
        self.count = 0
        painted.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of a paint event, and let it through."""
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.mark.parametrize(
    "make",
    [
        SeenDigit,
        ClassBars,
        lambda: DistanceMatrix(Distance.COSINE, PairChoice()),
        Funnel,
        LayerStrip,
        Mosaic,
        lambda: PicturePlane(PairChoice()),
        VectorBars,
        lambda: VectorStrips(PairChoice()),
    ],
)
def test_it_is_painted_when_the_keyboard_comes_and_when_it_goes(
    qtbot: QtBot, make: Callable[[], QWidget]
) -> None:
    theme.install(Theme())
    window, other, widget = QWidget(), QLineEdit(), make()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(other)
    layout.addWidget(widget)
    widget.setMinimumSize(300, 200)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    paints = Paints(widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget)
    for taker in (widget, other):
        QApplication.processEvents()
        paints.count = 0
        taker.setFocus()
        qtbot.waitUntil(lambda: paints.count > 0)
