"""The line a number is typed into: its size, and what it says when the text is none."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QHideEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from convviz.core.text import Sentence
from convviz.ui import theme
from convviz.ui.language import say
from convviz.ui.widgets.refusal import Refusal

REFUSAL_MS = 8000


class NumberLine(QLineEdit):
    """A line for a number, with an amber border and the reason around text that is none.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    _theme: theme.Theme | None = None
    _help = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem: Sentence | None = None
        self._digits = 8
        self._refusal: Refusal | None = None
        self._refused = QTimer(self)
        self._refused.setSingleShot(True)
        self._refused.setInterval(REFUSAL_MS)
        self._refused.timeout.connect(self._forgive)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def problem(self) -> Sentence | None:
        """Return why the text is no value, or None while it is one."""
        return self._problem

    def _say_problem(self) -> None:
        text = say(self._problem) if self._problem else ""
        self.setToolTip(text or self._help)
        self.setAccessibleDescription(text)
        self._forgive()
        self.update()

    def _refuse(self) -> None:
        """Say below the line, for a while, what is wrong with the text."""
        self._forgive()
        window = self.window()
        self._refusal = Refusal(window)
        self._refusal.setObjectName("number-problem")
        self._refusal.say(self.toolTip(), QRect(self.mapTo(window, QPoint(0, 0)), self.size()))
        self._refused.start()

    def _forgive(self) -> None:
        self._refused.stop()
        refusal, self._refusal = self._refusal, None
        if refusal is not None:
            refusal.hide()
            refusal.deleteLater()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the note away too."""
        super().hideEvent(event)
        self._forgive()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._restyle()

    def _restyle(self) -> None:
        self._theme = theme.current()
        self.setFont(self._theme.digits())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return room for eight digits, or for those of the largest whole number."""
        return self._room(self._digits)

    def minimumSizeHint(self) -> QSize:
        """Return room for four digits at most."""
        return self._room(min(4, self._digits))

    def _room(self, digits: int) -> QSize:
        current = theme.current()
        width = QFontMetrics(current.digits()).horizontalAdvance("0" * digits) + 2 * current.px(11)
        return QSize(width, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, and the amber border around text that is no number."""
        super().paintEvent(event)
        if self._problem is None:
            return
        current = theme.current()
        width = current.px(2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(current.colours.positive), width))
        inner = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(inner, current.px(5), current.px(5))
        painter.end()
