"""A line of text as long as there is room for."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from convviz.ui import theme

# For the padding of a label that is set off from its ground.
SPARE_PX = 16


class ElidedLabel(QLabel):
    """A line of text that gives way to its neighbours: what does not fit is in its tooltip.

    Parameters
    ----------
    role : str
        Of the style sheet.
    name : str
        Object name.
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, role: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setProperty("role", role)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_whole(self, text: str, tip: str = "") -> None:
        """Show as much of ``text`` as there is room for; ``tip`` is told besides."""
        self._whole = text
        self.setToolTip("\n".join(filter(None, (text, tip))))
        self.updateGeometry()
        self._elide()

    def sizeHint(self) -> QSize:
        """Return room for all of the text."""
        # The width is measured in whole pixels, and cut by fractions of them.
        inside = self.fontMetrics().horizontalAdvance(self._whole) + 1 + theme.current().px(SPARE_PX)
        return QSize(inside if self._whole else 0, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return room for next to nothing: the neighbours come first."""
        return QSize(0, super().minimumSizeHint().height())

    def whole(self) -> str:
        """Return all of the text."""
        return self._whole

    def _elide(self) -> None:
        room = self.contentsRect().width() - theme.current().px(SPARE_PX)
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for now."""
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme's fonts."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "_whole"):
            self._elide()
