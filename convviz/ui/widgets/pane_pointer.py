"""A pane under mouse and fingers: pointing, pinning, zooming, panning."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget

from convviz.core.geometry import Rect
from convviz.ui.widgets.pane_view import PaneView
from convviz.ui.widgets.viewport import ZOOM_STEP

_NOTCH = 120


class PointedPane(PaneView):
    """A map on screen that is zoomed, panned and pointed at.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    hovered = Signal(object)  # the cell (y, x) pointed at by mouse or cursor, or None
    pinned = Signal(object)  # the cell (y, x) clicked or confirmed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hovers: tuple[int, int] | None = None
        self._pressed: QPointF | None = None
        self._drag_from: tuple[float, float] | None = None
        self.setMouseTracking(True)
        self.grabGesture(Qt.GestureType.PinchGesture)

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        """Return the cell (y, x) at a point of the widget; None beside the map and on its padding."""
        return self.geometry_now().cell_at(point)

    def cell_rect(self, cell: tuple[int, int]) -> QRectF:
        """Return where a cell (y, x) is, in pixels of the widget."""
        return self.geometry_now().rect(Rect(*cell))

    def ensure_visible(self, cells: Rect) -> None:
        """Pan as little as needed to show ``cells``."""
        self._viewport.ensure_visible(self.geometry_now().input_rect(cells))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start a click or a drag."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._shows_cursor = False
        self._pressed = event.position()
        self._drag_from = None
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan while a button is held, else point."""
        if self._pressed is None:
            self._hover(self.cell_at(event.position()))
        elif not self._viewport.shows_everything:
            self._drag(event.position())

    def _drag(self, position: QPointF) -> None:
        assert self._pressed is not None
        geometry = self.geometry_now()
        if self._drag_from is None:
            if (position - self._pressed).manhattanLength() < QApplication.startDragDistance():
                return
            self._drag_from = geometry.input_point(self._pressed)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        y, x = geometry.input_point(position)
        self._viewport.pan(self._drag_from[0] - y, self._drag_from[1] - x)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pin the cell, unless it was a drag."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            event.ignore()
            return
        was_click = (event.position() - self._pressed).manhattanLength() < QApplication.startDragDistance()
        was_drag = self._drag_from is not None
        self._pressed = self._drag_from = None
        self.unsetCursor()
        cell = self.cell_at(event.position())
        if was_click and not was_drag and cell is not None:
            self._cursor = cell
            self._describe()
            self.pinned.emit(cell)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show everything."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._viewport.fit()
        else:
            event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Point nowhere."""
        super().leaveEvent(event)
        self._hover(None)

    def _hover(self, cell: tuple[int, int] | None) -> None:
        if cell != self._hovers:
            self._hovers = cell
            self.hovered.emit(cell)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        delta = event.angleDelta()
        notches = (delta.y() or delta.x()) / _NOTCH
        self._zoom_at(event.position(), ZOOM_STEP**notches)
        event.accept()

    def _zoom_at(self, position: QPointF, factor: float) -> None:
        if factor > 0:
            self._viewport.zoom_at(self.geometry_now().input_point(position), factor)
            self._hover(self.cell_at(position))

    def event(self, event: QEvent) -> bool:
        """Zoom by pinching, on a touch screen or a touchpad."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom_at(event.position(), 1 + event.value())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                centre = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                self._zoom_at(centre, pinch.scaleFactor())
                event.accept(pinch)
                return True
        return super().event(event)
