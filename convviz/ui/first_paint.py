"""The moment when the first picture is on screen."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from convviz.ui.widgets.pane_view import PaneView
from convviz.ui.window import Window


class FirstPaint(QObject):
    """Tells once when a map with a picture in it has been painted; in a room without one, when the room has.

    Parameters
    ----------
    window : Window
        Its owner, not shown yet.
    """

    painted = Signal()  # the paint pass with the first picture is over

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._watched: list[QWidget] = [window]
        window.installEventFilter(self)
        # Connected after the rooms: the panes have their pixels, and are painted when this returns.
        window.feed.framed.connect(self._watch)

    @Slot()
    def _watch(self) -> None:
        if panes := self._panes():
            self._window.feed.framed.disconnect(self._watch)
            self._look_away()
            self._watched = panes
            for pane in panes:
                pane.installEventFilter(self)

    def _panes(self) -> list[QWidget]:
        return [pane for pane in self._window.findChildren(PaneView) if pane.isVisible()]

    def _look_away(self) -> None:
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._watched = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look on while the panes, or a room that has none, are painted."""
        if event.type() == QEvent.Type.Paint and self._watched:
            in_pane = watched is not self._window
            if in_pane or not self._panes():
                if not in_pane:
                    self._window.feed.framed.disconnect(self._watch)
                self._look_away()
                # The pass goes on with the other panes; what is posted comes after it.
                QTimer.singleShot(0, self.painted.emit)
        return False
