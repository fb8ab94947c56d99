"""The status bar: what the program is at, how long it took, and what is under the pointer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QStatusBar

from convviz.core.number_style import spelled
from convviz.core.numbers import format_number
from convviz.core.specs import Operation, Pair
from convviz.engine.frames import Frame
from convviz.ui.explanation import Explanation
from convviz.ui.rooms.cell_text import pixel_text, place_name
from convviz.ui.state import Room
from convviz.ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from convviz.ui.window import Window


class Status(QStatusBar):
    """What the open room and the opener of pictures have to say, at the foot of the window.

    Parameters
    ----------
    window : Window
        Whose rooms it listens to; they are there already.
    """

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._seconds: float | None = None
        self._found: Explanation | None = None
        self._pixel: Pair | None = None
        self._ready, self._cell = QLabel(self), QLabel(self)
        self._timing = ElidedLabel("", "status-timing", self)
        for label, name in ((self._ready, "ready"), (self._cell, "read-out")):
            label.setObjectName(f"status-{name}")
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.addWidget(self._ready)
        self.addWidget(self._timing)
        self.addPermanentWidget(self._cell)
        self.setSizeGripEnabled(False)
        window.opener.busy_changed.connect(self._show_ready)
        window.image.read_out.connect(self._show_pixel)
        window.convolution.read_out.connect(self._show_cell)
        window.convolution.timed.connect(self._show_timing)
        window.network.told.connect(self._show_told)
        window.network.described.connect(self._show_network)
        window.embeddings.told.connect(self._show_embedding)
        window.embeddings.described.connect(self._show_embeddings)

    def begin(self) -> None:
        """Forget what another room had to say."""
        self._cell.clear()
        self._timing.set_whole("")
        self._timing.show()

    def tell_of_room(self, on: bool) -> None:
        """Tell what the room says, or not: under a figure it is about nothing that can be seen."""
        for told in (self._timing, self._cell):
            told.setVisible(on)

    def write(self) -> None:
        """Write what is there in the language in force."""
        self._show_ready()
        room = self._window.room
        if room in (Room.NETWORK, Room.EMBEDDINGS):
            # The room itself says anew what it has to say.
            return
        if self._timing.whole() and self._seconds is not None:
            self._write_timing(self._seconds)
        if self._cell.text() and room is Room.IMAGE:
            self._show_pixel(self._pixel)
        elif self._cell.text():
            self._show_cell(self._found)

    @Slot()
    def _show_ready(self) -> None:
        self._ready.setText(self.tr("● Opening…") if self._window.opener.busy else self.tr("● Ready"))

    @Slot(object)
    def _show_timing(self, frame: Frame) -> None:
        self._seconds = frame.seconds
        self._write_timing(frame.seconds)

    def _write_timing(self, seconds: float) -> None:
        names = {
            Operation.CROSS_CORRELATION: self.tr("cross-correlation {0}×{1}"),
            Operation.CONVOLUTION: self.tr("convolution {0}×{1}"),
            None: self.tr("no convolution"),
        }
        state = self._window.session.state
        name = names[state.settings.operation].format(*state.bank.size)
        self._timing.set_whole(self.tr("{0} · {1} ms").format(name, spelled(seconds * 1000, ".1f")))

    @Slot(object)
    def _show_pixel(self, cell: Pair | None) -> None:
        self._pixel = cell
        self._cell.setText("" if cell is None else pixel_text(self._window.session.state.picture, cell))

    @Slot(object)
    def _show_cell(self, found: Explanation | None) -> None:
        self._found = found
        room = self._window.convolution
        if found is None or room.pointing.hides_result:
            self._cell.clear()
            return
        text = f"{place_name(found, room.stages)} = {format_number(found.value)}"
        if found.parts is None:
            text += " · " + pixel_text(room.shown_picture, found.cell)
        self._cell.setText(text)

    @Slot(str)
    def _show_network(self, text: str) -> None:
        if self._window.room is Room.NETWORK:
            self._timing.set_whole(text)

    @Slot(str)
    def _show_told(self, text: str) -> None:
        window = self._window
        if window.room is Room.NETWORK:
            # With large texts both find no place beside each other.
            keys = (
                "" if window.menus.panels.cramped else self.tr("← → layer   ↑ ↓ map   Enter large   Esc back")
            )
            self._cell.setText(text or keys)
            self._timing.setVisible(not (text and (window.projector or window.menus.panels.cramped)))

    @Slot(str)
    def _show_embeddings(self, text: str) -> None:
        if self._window.room is Room.EMBEDDINGS:
            self._timing.set_whole(text)

    @Slot(str)
    def _show_embedding(self, text: str) -> None:
        if self._window.room is Room.EMBEDDINGS:
            self._cell.setText(text)
