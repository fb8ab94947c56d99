"""Where the figures of lessons are shown, in place of a room."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.ui.figures.figure import Figure
from convviz.ui.figures.kinds import figure_kinds
from convviz.ui.figures.table_keys import TableKeys
from convviz.work.threads import Threads

# No figure has so many stages.
_MOST = 1000


class FigurePage(QWidget):
    """Holds one figure at a time.

    Parameters
    ----------
    threads : Threads
        Where figures compute what takes long.
    parent : QWidget, optional
        Owner.
    """

    defect = Signal(str)  # details of an error nobody foresaw
    open_requested = Signal(object)  # a Picture that was made in the figure, for the network room

    def __init__(self, threads: Threads, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("figure-page")
        self._threads = threads
        self.figure: Figure | None = None
        self._last = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 10)

    def show_figure(self, table: Mapping[str, Any]) -> None:
        """Show the figure that a table describes.

        ``stage`` is the one it begins with, by default 0, and ``until`` the one :meth:`reveal` goes to, by
        default the last; all other keys are the figure's own.

        Raises
        ------
        Problem
            If there is no such figure, or something of it is not as it should be; what is shown stays.
        """
        own = {key: value for key, value in table.items() if key not in ("kind", "stage", "until")}
        make = figure_kinds().get(str(table.get("kind")))
        if make is None:
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "There is no figure of the kind {kind} for lessons."),
                kind=str(table.get("kind")),
            )
        keys = TableKeys(table)
        stage, until = keys.whole("stage", 0, 0, _MOST), keys.whole("until", _MOST, 0, _MOST)
        # Of nobody's until it is complete: one that is refused half made must not be left among the widgets.
        figure = make(own, self._threads, None)
        had_keys = self._has_keys()
        self.clear()
        self.figure = figure
        self._last = min(until, figure.stages - 1)
        figure.set_stage(stage)
        for name in ("defect", "open_requested"):
            if hasattr(figure, name):
                getattr(figure, name).connect(getattr(self, name))
        self._column.addWidget(figure)
        figure.show()
        if had_keys:
            figure.setFocus()

    def _has_keys(self) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    @property
    def busy(self) -> bool:
        """Whether the figure still computes what it shows."""
        return bool(getattr(self.figure, "busy", False))

    def reveal(self) -> bool:
        """Show one stage more; return whether there was one."""
        if self.figure is None or self.figure.stage >= self._last:
            return False
        self.figure.set_stage(self.figure.stage + 1)
        return True

    def table(self) -> dict[str, Any]:
        """Return the table that gives the figure back; empty without one."""
        if self.figure is None:
            return {}
        return {"kind": self.figure.KIND, "stage": self.figure.stage, **self.figure.table()}

    def clear(self) -> None:
        """Show no figure."""
        if self.figure is not None:
            self._column.removeWidget(self.figure)
            self.figure.hide()
            self.figure.setParent(None)
            self.figure.deleteLater()
            self.figure = None
