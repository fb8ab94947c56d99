"""What hatched cells are: a sample of them and a sentence."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convviz.ui import theme
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.pane_layer import HATCH_PX

_SIDE_PX = 18


class _Sample(QWidget):
    """A cell hatched as those of a map are."""

    def sizeHint(self) -> QSize:
        """Return the size of a small cell."""
        side = theme.current().px(_SIDE_PX)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cell."""
        del event
        now, area = theme.current(), QRectF(self.rect())
        side = float(min(area.width(), now.px(_SIDE_PX)))
        cell = QRectF(0, (area.height() - side) / 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(cell, QColor(now.colours.surface))
        painter.setClipRect(cell)
        period = max(4, now.px(HATCH_PX))
        painter.setPen(QPen(QColor(now.colours.shade), period / 4))
        for start in range(0, int(2 * side), period):
            painter.drawLine(QPointF(start, cell.top()), QPointF(0, cell.top() + start))
        painter.setPen(QPen(QColor(now.colours.muted), now.px(1)))
        painter.drawRect(cell.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()


class HatchNote(QWidget):
    """Stands below maps some cells of which no window reads.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hatch-note")
        self._sample = _Sample(self)
        self.text = label("muted", wrap=True, name="hatch-note-text")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._sample)
        row.addWidget(self.text, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.text.setText(self.tr("Hatched: no window reads these cells."))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()
