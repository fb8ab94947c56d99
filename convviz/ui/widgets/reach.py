"""Where a window is too small for what it shows: everything is still within reach, by scrolling."""

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QLayoutItem, QScrollArea, QStackedWidget, QWidget

_DOWN = (QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.BottomToTop)

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


class _Sheet(QWidget):
    """Holds the content without a layout.

    A scroll area gives a content whose height depends on its width the height that it would like, rather
    than the one it can do with.
    """

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.content = content
        content.setParent(self)

    def minimumSizeHint(self) -> QSize:
        """Return what the content needs at the width there is."""
        holder, least = self.parentWidget(), self.content.minimumSizeHint()
        wide = max(least.width(), self.width() if holder is None else holder.width())
        return QSize(least.width(), max(least.height(), _least_height(self.content, wide)))

    def sizeHint(self) -> QSize:
        """Return what the content would like."""
        return self.content.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the content all there is."""
        super().resizeEvent(event)
        self.content.setGeometry(self.rect())

    def event(self, event: QEvent) -> bool:
        """Pass on that the content needs more or less."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


def _least_height(widget: QWidget, wide: int) -> int:
    """Return the height at which every text of several lines is whole; 0 where there is none to wrap."""
    if isinstance(widget, QStackedWidget):
        page = widget.currentWidget()
        return 0 if page is None else _least_height(page, wide)
    layout = widget.layout()
    if layout is None:
        return widget.heightForWidth(wide) if widget.hasHeightForWidth() else 0
    return _least_layout_height(layout, wide)


def _least_layout_height(layout: QLayout, wide: int) -> int:
    if not layout.hasHeightForWidth():
        return 0
    every = map(layout.itemAt, range(layout.count()))
    items = [item for item in every if item is not None and not item.isEmpty()]
    if len(items) != 1 and not (isinstance(layout, QBoxLayout) and layout.direction() in _DOWN):
        return layout.minimumHeightForWidth(wide)
    # A layout asks what is in it for the height that it would like.
    around = layout.contentsMargins()
    heights = [_least_item_height(item, wide - around.left() - around.right()) for item in items]
    gaps = max(0, layout.spacing()) * max(0, len(items) - 1)
    return sum(heights) + gaps + around.top() + around.bottom()


def _least_item_height(item: QLayoutItem, wide: int) -> int:
    widget, layout = item.widget(), item.layout()
    inside = 0
    if widget is not None:
        inside = _least_height(widget, wide)
    elif layout is not None:
        inside = _least_layout_height(layout, wide)
    return max(item.minimumSize().height(), inside)


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
        self._content = content
        self.setWidget(_Sheet(content))

    def start(self) -> None:
        """Show the content from its corner on: it is another one now."""
        self.horizontalScrollBar().setValue(0)
        self.verticalScrollBar().setValue(0)

    def minimumSizeHint(self) -> QSize:
        """Return a size at which scrolling is no torment; less if the content needs less."""
        return self._content.minimumSizeHint().boundedTo(LEAST)

    def sizeHint(self) -> QSize:
        """Return the size at which nothing has to be scrolled."""
        return self._content.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys to the window: they step, and do not scroll."""
        event.ignore()
