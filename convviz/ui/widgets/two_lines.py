"""Widgets beside each other where there is room, and on two lines where there is not."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class TwoLines(QWidget):
    """One line, which breaks into two where it is too narrow for everything on it.

    Parameters
    ----------
    first, second : sequence of QWidget
        What stands on the first line, and what comes down to the second.
    grows : QWidget
        The one of them that takes the room that is left.
    parent : QWidget, optional
        Owner.
    spacing : int
        Between them, in pixels.
    """

    def __init__(
        self,
        first: Sequence[QWidget],
        second: Sequence[QWidget],
        grows: QWidget,
        parent: QWidget | None = None,
        *,
        spacing: int = 8,
    ) -> None:
        super().__init__(parent)
        self._lines = QHBoxLayout(), QHBoxLayout()
        self._layout = QBoxLayout(_BESIDE, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(spacing)
        for line, widgets in zip(self._lines, (first, second), strict=True):
            line.setSpacing(spacing)
            for widget in widgets:
                line.addWidget(widget, 1 if widget is grows else 0)
            if grows not in widgets:
                # Alone on its line, too, it is as wide as it is beside the other.
                line.addStretch(1)
            self._layout.addLayout(line, 1 if grows in widgets else 0)

    @property
    def is_broken(self) -> bool:
        """Whether there are two lines."""
        return self._layout.direction() == _BELOW

    def minimumSizeHint(self) -> QSize:
        """Return the width of the longer line: the other can stand below it."""
        widths = [line.minimumSize().width() for line in self._lines]
        return QSize(max(widths), self._layout.minimumSize().height())

    def _break(self) -> None:
        """Have as many lines as are needed."""
        widths = [line.minimumSize().width() for line in self._lines]
        needed = sum(widths) + self._layout.spacing()
        direction = _BELOW if needed > self.width() else _BESIDE
        if direction != self._layout.direction():
            self._layout.setDirection(direction)
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """Break anew when something on the lines has become wider, or narrower."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._break()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break where there is too little room."""
        super().resizeEvent(event)
        self._break()
