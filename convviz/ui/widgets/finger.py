"""A finger on what scrolls: dragged up and down it scrolls, swept to a side it tells so."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QInputDevice, QMouseEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from convviz.ui import theme

SWIPE_PX = 80


class Finger(QObject):
    """Watches the area that it scrolls. A mouse does there what it always did.

    Parameters
    ----------
    area : QAbstractScrollArea
        What is scrolled; also the owner.
    """

    swiped = Signal(int)  # 1 to the left, as one turns a page on; −1 to the right

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._start = self._last = QPointF()
        self._down = self._moving = False
        area.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what the system makes of a finger's way; a tap goes on to whoever is below it."""
        if isinstance(event, QMouseEvent) and _of_a_finger(event):
            match event.type():
                case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick:
                    self._start = self._last = event.globalPosition()
                    self._down, self._moving = True, False
                case QEvent.Type.MouseMove if self._down:
                    return self._drag(event.globalPosition())
                case QEvent.Type.MouseButtonRelease if self._down:
                    return self._lift(event.globalPosition())
        return super().eventFilter(watched, event)

    def _drag(self, place: QPointF) -> bool:
        way = place - self._start
        if not self._moving and way.manhattanLength() < QApplication.startDragDistance():
            return True
        self._moving = True
        if abs(way.y()) > abs(way.x()):
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() - round(place.y() - self._last.y()))
        self._last = place
        return True

    def _lift(self, place: QPointF) -> bool:
        """End; whether it was more than a tap."""
        self._down = False
        way = place - self._start
        if self._moving and abs(way.x()) >= theme.current().px(SWIPE_PX) and abs(way.x()) > 2 * abs(way.y()):
            self.swiped.emit(1 if way.x() < 0 else -1)
        return self._moving


def _of_a_finger(event: QMouseEvent) -> bool:
    touch = event.pointingDevice().type() == QInputDevice.DeviceType.TouchScreen
    return touch or event.source() != Qt.MouseEventSource.MouseEventNotSynthesized
