"""Where a window is too small for what it shows: everything is still within reach, by scrolling."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

LEAST = QSize(480, 320)
"""What a window has room for at least; not scaled, as a screen may be small and texts large."""


class Pages(QStackedWidget):
    """Pages that need no more room than the one in sight.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self._turn)

    @Slot()
    def _turn(self) -> None:
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Return what the page in sight needs."""
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()


class Reach(QScrollArea):
    """Shows a widget as large as there is room, and scrolls where that is less than the widget needs.

    Parameters
    ----------
    content : QWidget
        What is shown.
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reach")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(content)

    def start(self) -> None:
        """Show the content from its corner on: it is another one now."""
        self.horizontalScrollBar().setValue(0)
        self.verticalScrollBar().setValue(0)

    def minimumSizeHint(self) -> QSize:
        """Return a size at which scrolling is no torment; less if the content needs less."""
        content = self.widget()
        return LEAST if content is None else content.minimumSizeHint().boundedTo(LEAST)

    def sizeHint(self) -> QSize:
        """Return the size at which nothing has to be scrolled."""
        content = self.widget()
        return super().sizeHint() if content is None else content.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys to the window: they step, and do not scroll."""
        event.ignore()
