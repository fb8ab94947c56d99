"""The kernel turning by 180°, in front of everything else, its digits upright."""

import math

from PySide6.QtCore import QEasingCurve, QPointF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from convviz.ui.motion import motion_reduced
from convviz.ui.widgets.kernel_paint import KernelPicture

TURN_MS = 700


class TurnAnimation(QWidget):
    """A sheet over ``parent`` on which a kernel turns, moving and growing or shrinking on its way.

    Parameters
    ----------
    parent : QWidget
        What is covered; mouse and keyboard go through to it.
    """

    # The turn is over, or was stopped; nothing.
    finished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("kernel-turn")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._picture: KernelPicture | None = None
        self._start, self._end = QPointF(), QPointF()
        self._scales = (1.0, 1.0)
        self._clock = QVariantAnimation(self)
        self._clock.setStartValue(0.0)
        self._clock.setEndValue(1.0)
        self._clock.setDuration(TURN_MS)
        self._clock.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._clock.valueChanged.connect(self._moved)
        self._clock.finished.connect(self.stop)
        self.hide()

    @property
    def running(self) -> bool:
        """Whether the kernel is turning."""
        return self._picture is not None

    def play(
        self, picture: KernelPicture, start: QPointF, end: QPointF, scales: tuple[float, float] = (1.0, 1.0)
    ) -> None:
        """Turn ``picture`` from ``start`` to ``end``, its centres in the parent's coordinates.

        Parameters
        ----------
        picture : KernelPicture
            The kernel as it is before the turn.
        start, end : QPointF
            Where its centre goes.
        scales : tuple of float
            Size at the start and at the end, 1 as painted.
        """
        self._clock.stop()
        self._picture, self._start, self._end, self._scales = picture, start, end, scales
        parent = self.parentWidget()
        assert parent is not None
        self.setGeometry(parent.rect())
        self.raise_()
        self.show()
        self._clock.start()

    def stop(self) -> None:
        """Show the end at once."""
        self._clock.stop()
        if self._picture is not None:
            self._picture = None
            self.hide()
            self.finished.emit()

    def _moved(self) -> None:
        if motion_reduced():
            self.stop()
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Do not go on turning out of sight."""
        super().hideEvent(event)
        self.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the kernel where it has got to."""
        del event
        if self._picture is None:
            return
        done = float(self._clock.currentValue())
        angle = math.pi * done
        scale = self._scales[0] + (self._scales[1] - self._scales[0]) * done
        # A turning square reaches beyond itself by its diagonal; receding a little keeps it in its place.
        scale /= abs(math.cos(angle)) + abs(math.sin(angle))
        painter = QPainter(self)
        centre = self._start + (self._end - self._start) * done
        self._picture.paint_turned(painter, centre, scale, math.degrees(angle))
        painter.end()
