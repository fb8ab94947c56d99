"""The pointer as a spotlight, for people at the back: while Ctrl is held on a projector."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QCursor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from convviz.ui import theme

RADIUS_PX = 90
# Shorter than this, Ctrl belongs to a shortcut.
HOLD_MS = 350
_FRAME_MS = 16
_SHADE = 130


class Spotlight(QWidget):
    """Darkens everything but what is around the pointer.

    Parameters
    ----------
    window : QWidget
        What it lies over; clicks go through it.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("spotlight")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._window = window
        self._wanted = False
        self._at = QPoint()
        self._holding = QTimer(self, singleShot=True, interval=HOLD_MS)
        self._holding.timeout.connect(self._begin)
        self._following = QTimer(self, interval=_FRAME_MS)
        self._following.timeout.connect(self._follow)
        self.hide()

    @property
    def wanted(self) -> bool:
        """Whether there is an audience; without one Ctrl does nothing of its own."""
        return self._wanted

    @wanted.setter
    def wanted(self, on: bool) -> None:
        self._wanted = on
        self._watch(on)
        if not on:
            self._end()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Watch nothing meanwhile: another style sheet is tens of thousands of events."""
        self._watch(False)
        try:
            yield
        finally:
            self._watch(self._wanted)

    def _watch(self, on: bool) -> None:
        app = QApplication.instance()
        assert app is not None
        # Only as long as it is wanted: it sees every event there is, and a room that is made has thousands.
        if on:
            app.installEventFilter(self)
        else:
            app.removeEventFilter(self)

    @property
    def waits(self) -> bool:
        """Whether it lights up soon, unless another key says that Ctrl is for a shortcut."""
        return self._holding.isActive()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that Ctrl is held, alone; nothing is taken from whoever it is for."""
        if isinstance(event, QKeyEvent) and self._window.isActiveWindow():
            if event.type() == QEvent.Type.KeyPress:
                self._pressed(event)
            elif event.type() == QEvent.Type.KeyRelease and event.key() == Qt.Key.Key_Control:
                self._end()
        elif event.type() in (QEvent.Type.WindowDeactivate, QEvent.Type.MouseButtonPress):
            self._end()
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Control:
            self._end()
        elif not event.isAutoRepeat() and not self.isVisible() and not self.waits:
            self._holding.start()

    def _begin(self) -> None:
        self.setGeometry(self._window.rect())
        self._follow()
        self.raise_()
        self.show()
        self._following.start()

    def _end(self) -> None:
        self._holding.stop()
        self._following.stop()
        self.hide()

    def _follow(self) -> None:
        at = self.mapFromGlobal(QCursor.pos())
        if at != self._at:
            self._at = at
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Leave the light where the pointer is."""
        del event
        radius = theme.current().px(RADIUS_PX)
        light = QPainterPath()
        light.addEllipse(self._at.toPointF(), radius, radius)
        shade = QPainterPath()
        shade.addRect(QRectF(self.rect()))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(shade.subtracted(light), QColor(0, 0, 0, _SHADE))
        painter.setPen(QPen(QColor(theme.current().colours.focus), theme.current().px(3)))
        painter.drawPath(light)
