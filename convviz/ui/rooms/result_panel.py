"""The values of the result: how they are shown as colours, their spread and their extremes."""

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convviz.engine.frames import colour_limits
from convviz.engine.render import Display
from convviz.engine.statistics import Statistics
from convviz.ui.session import Session
from convviz.ui.state import State
from convviz.ui.widgets.pale import set_pale
from convviz.ui.widgets.segmented import Segmented
from convviz.ui.widgets.values_panel import ValuesPanel


class ResultPanel(QWidget):
    """Chooses the display mapping and shows the result's values under it.

    Parameters
    ----------
    session : Session
        What is edited.
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.values = ValuesPanel(self)
        self.display = Segmented(self)
        self.display.setObjectName("display")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.values)
        layout.addWidget(self.display)
        self.display.chosen.connect(self._choose)
        session.refreshed.connect(self._follow)
        self.retranslate()

    def _choose(self, choice: str) -> None:
        self._session.edit(replace(self._session.state, display=Display(choice)), self.tr("display"))

    def _follow(self, before: State, state: State) -> None:
        if state.display is not before.display:
            self.display.set_choice(state.display.value)

    def show_statistics(self, statistics: Statistics) -> None:
        """Show the statistics of a result, or of a sample of it, under the display mapping in force."""
        self.values.set_statistics(statistics)
        display = self._session.state.shown_display
        ends = colour_limits(statistics, display)
        self.values.set_mapping(display, statistics.minimum, statistics.maximum, ends)
        self.values.set_progress(None)

    def show_whole(self, statistics: Statistics) -> None:
        """Show the statistics of the whole result; its colours stay those of the sample."""
        self.values.set_statistics(statistics)
        self.values.set_progress(None)

    def set_stale(self, stale: bool) -> None:
        """Pale the values while they are older than the settings."""
        set_pale(self.values, stale)

    @Slot(object)
    def show_progress(self, fraction: float | None) -> None:
        """Show how much of the whole result is measured, 0 to 1; None when it is given up."""
        self.values.set_progress(fraction)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.display.set_options(
            [
                (
                    Display.SIGNED.value,
                    self.tr("Signed"),
                    self.tr("Blue below zero, white at zero, orange above"),
                ),
                (
                    Display.CLIP.value,
                    self.tr("Clip"),
                    self.tr("0 is black, 255 is white; values outside are cut"),
                ),
                (Display.ABSOLUTE.value, "|x|", self.tr("Size without sign: 0 is black")),
                (
                    Display.STRETCH.value,
                    self.tr("Stretch"),
                    self.tr("The smallest value is black, the largest white"),
                ),
            ]
        )
        self.display.set_choice(self._session.state.display.value)
