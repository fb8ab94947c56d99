"""The bar at the top: the rooms, the language, the projector."""

import math

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from convviz.ui.language import Language
from convviz.ui.state import Room
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.segmented import Segmented


class RoomButton(QPushButton):
    """A room's name. As wide as its bold form always, so that names keep their places and all their letters.

    A style sheet that makes the text of a checked button bold does not make the button wider.
    """

    def sizeHint(self) -> QSize:
        """Return room for the bold name."""
        hint, font = super().sizeHint(), self.font()
        plain = QFontMetricsF(font).horizontalAdvance(self.text())
        font.setWeight(QFont.Weight.DemiBold)
        bold = QFontMetricsF(font).horizontalAdvance(self.text())
        return QSize(hint.width() + math.ceil(max(0.0, bold - plain)) + 1, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Return the same: a shortened name would be no name."""
        return self.sizeHint()


class TopBar(QWidget):
    """Chooses room and language, and switches the projector scale."""

    room_chosen = Signal(str)  # value of Room
    language_chosen = Signal(str)  # value of Language
    projector_toggled = Signal(bool)  # whether everything is to be large

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = label("title")
        title.setText("convviz")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 4, 14, 4)
        layout.addWidget(title)
        layout.addSpacing(18)
        self.rooms: dict[Room, QPushButton] = {}
        for room in Room:
            button = RoomButton(self)
            button.setObjectName(f"room-{room.value}")
            button.setProperty("role", "room")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, room=room: self.room_chosen.emit(room.value))
            layout.addWidget(button)
            self.rooms[room] = button
        layout.addStretch(1)
        self.language = Segmented(self)
        self.language.setObjectName("language")
        self.language.chosen.connect(self.language_chosen)
        self.projector = QPushButton(self)
        self.projector.setObjectName("projector")
        self.projector.setCheckable(True)
        self.projector.clicked.connect(self.projector_toggled)
        layout.addWidget(self.language)
        layout.addSpacing(8)
        layout.addWidget(self.projector)
        self.retranslate()

    def show_room(self, room: Room) -> None:
        """Mark ``room`` as the one that is open."""
        # Not a button group: that would let Tab reach one of the rooms only.
        for other, button in self.rooms.items():
            button.setChecked(other is room)

    def show_language(self, language: Language) -> None:
        """Mark ``language`` as the one in force."""
        self.language.set_choice(language.value)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        names = {
            Room.IMAGE: (self.tr("Image"), self.tr("The picture and its channels as numbers (Ctrl+1)")),
            Room.CONVOLUTION: (self.tr("Convolution"), self.tr("A kernel at work on the picture (Ctrl+2)")),
        }
        for room, (text, tip) in names.items():
            self.rooms[room].setText(text)
            self.rooms[room].setToolTip(tip)
            self.rooms[room].setAccessibleName(text)
        self.language.set_options(
            [(Language.ENGLISH.value, "EN", "English"), (Language.RUSSIAN.value, "RU", "Русский")]
        )
        self.projector.setText(self.tr("Projector F5"))
        self.projector.setToolTip(self.tr("Everything 1.6 times larger, for the back row"))
