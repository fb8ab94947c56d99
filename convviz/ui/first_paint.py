"""The moment when the first picture is on screen."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from convviz.ui.widgets.pane_view import PaneView
from convviz.ui.window import Window


class FirstPaint(QObject):
    """Tells once when a map with a picture in it has been painted.

    Parameters
    ----------
    window : Window
        Its owner, not shown yet.
    """

    painted = Signal()  # the paint pass with the first picture is over

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._watched: list[QWidget] = []
        # Connected after the rooms: the panes have their pixels, and are painted when this returns.
        window.feed.framed.connect(self._watch)

    @Slot()
    def _watch(self) -> None:
        self._window.feed.framed.disconnect(self._watch)
        self._watched = [pane for pane in self._window.findChildren(PaneView) if pane.isVisible()]
        for pane in self._watched:
            pane.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look on while the panes are painted."""
        if event.type() == QEvent.Type.Paint and self._watched:
            for pane in self._watched:
                pane.removeEventFilter(self)
            self._watched = []
            # The pass goes on with the other panes; what is posted comes after it.
            QTimer.singleShot(0, self.painted.emit)
        return False
