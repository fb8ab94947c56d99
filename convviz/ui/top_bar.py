"""The bar at the top: the rooms, the language, the projector."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from convviz.ui import theme
from convviz.ui.language import Language
from convviz.ui.state import Room
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.segmented import Segmented

# Beside the name of a room, as in the style sheet; the second where the window is narrow.
_SIDE_PX, _NARROW_SIDE_PX = 14, 6
_TITLE_GAP = 18
_PROJECTOR_KEY = "F5"


class TopBar(QWidget):
    """Chooses room and language, and switches the projector scale."""

    room_chosen = Signal(str)  # value of Room
    language_chosen = Signal(str)  # value of Language
    projector_toggled = Signal(bool)  # whether everything is to be large
    lessons_requested = Signal()  # the lessons are to be shown, or hidden

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = label("title")
        self._title.setText("convviz")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 4, 14, 4)
        rows.setSpacing(4)
        self._row, self._below = QHBoxLayout(), QHBoxLayout()
        rows.addLayout(self._row)
        rows.addLayout(self._below)
        layout = self._row
        layout.addWidget(self._title)
        layout.addSpacing(_TITLE_GAP)
        self.rooms: dict[Room, QPushButton] = {}
        for room in Room:
            button = QPushButton(self)
            button.setObjectName(f"room-{room.value}")
            button.setProperty("role", "room")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, room=room: self.room_chosen.emit(room.value))
            layout.addWidget(button)
            self.rooms[room] = button
        layout.addStretch(1)
        self._below.addStretch(1)
        # What is no room stands behind the rooms, or below them where there is no place.
        self._others = QWidget(self)
        others = QHBoxLayout(self._others)
        others.setContentsMargins(0, 0, 0, 0)
        self.lessons = QPushButton(self._others)
        self.lessons.setObjectName("lessons")
        self.lessons.setCheckable(True)
        self.lessons.clicked.connect(self.lessons_requested)
        self.language = Segmented(self._others)
        self.language.setObjectName("language")
        self.language.chosen.connect(self.language_chosen)
        self.projector = QPushButton(self._others)
        self.projector.setObjectName("projector")
        self.projector.setCheckable(True)
        self.projector.clicked.connect(self.projector_toggled)
        others.addWidget(self.lessons)
        others.addSpacing(8)
        others.addWidget(self.language)
        others.addSpacing(8)
        others.addWidget(self.projector)
        layout.addWidget(self._others)
        self.retranslate()

    def show_room(self, room: Room) -> None:
        """Mark ``room`` as the one that is open."""
        # Not a button group: that would let Tab reach one of the rooms only.
        for other, button in self.rooms.items():
            button.setChecked(other is room)

    def _width(self, button: QPushButton, side: int) -> int:
        """Return room for a name in bold, so that opening a room neither cuts it nor moves the others."""
        now = theme.current()
        return QFontMetrics(now.words(bold=True)).horizontalAdvance(button.text()) + 2 * now.px(side) + 2

    def _wanted(self, side: int) -> int:
        """Return how wide the bar is without its title, with ``side`` beside the name of each room."""
        # Its key is enough of a name where there is no place for more.
        written = QFontMetrics(theme.current().words()).horizontalAdvance
        name = self._projector_name(short=side == _NARROW_SIDE_PX)
        projector = written(name) - written(self.projector.text())
        others = self._others.sizeHint().width() + self._row.spacing() + projector
        return self._wanted_by_rooms(side) + others

    def _wanted_by_rooms(self, side: int) -> int:
        rows = self.layout()
        assert rows is not None
        around, gap = rows.contentsMargins(), self._row.spacing()
        names = sum(self._width(button, side) + gap for button in self.rooms.values())
        return around.left() + around.right() + _TITLE_GAP + names

    def _projector_name(self, *, short: bool) -> str:
        return _PROJECTOR_KEY if short else self.tr("Projector F5")

    def _make_room(self) -> None:
        """Leave out the title, which the window has too, then space; then use two rows, where need be."""
        narrow = self._wanted(_SIDE_PX) > self.width()
        below = self._wanted(_NARROW_SIDE_PX) > self.width()
        for row, holds in ((self._row, not below), (self._below, below)):
            if holds and row.indexOf(self._others) < 0:
                row.addWidget(self._others)
        for button in self.rooms.values():
            if button.property("narrow") is not narrow:
                button.setProperty("narrow", narrow)
                button.style().unpolish(button)
                button.style().polish(button)
            button.setMinimumWidth(self._width(button, _NARROW_SIDE_PX if narrow else _SIDE_PX))
        self.projector.setText(self._projector_name(short=narrow and not below))
        title = self._title.sizeHint().width() + self._title.fontMetrics().averageCharWidth()
        self._title.setVisible(not narrow and self._wanted(_SIDE_PX) + title <= self.width())

    def minimumSizeHint(self) -> QSize:
        """Return what is needed by the names of all rooms, close to each other, and by all else below."""
        rows = self.layout()
        assert rows is not None
        around = rows.contentsMargins()
        others = around.left() + around.right() + self._others.sizeHint().width()
        wide = max(self._wanted_by_rooms(_NARROW_SIDE_PX), others)
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room for all rooms."""
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "projector"):
            self._make_room()

    def show_lesson(self, text: str, *, on: bool) -> None:
        """Write on the button which lesson is on, and mark it while lessons are shown."""
        self.lessons.setText(text)
        self.lessons.setAccessibleName(text)
        self.lessons.setChecked(on)
        self._make_room()

    def show_language(self, language: Language) -> None:
        """Mark ``language`` as the one in force."""
        self.language.set_choice(language.value)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        names = {
            Room.IMAGE: (self.tr("Image"), self.tr("The picture and its channels as numbers (Ctrl+1)")),
            Room.CONVOLUTION: (self.tr("Convolution"), self.tr("A kernel at work on the picture (Ctrl+2)")),
            Room.NETWORK: (
                self.tr("Network"),
                self.tr("The picture on its way through a network (Ctrl+3)"),
            ),
            Room.TRAINING: (self.tr("Training"), self.tr("A small network learns (Ctrl+4)")),
            Room.EMBEDDINGS: (
                self.tr("Embeddings"),
                self.tr("Pictures as vectors, and how far they are apart (Ctrl+5)"),
            ),
        }
        for room, (text, tip) in names.items():
            self.rooms[room].setText(text)
            self.rooms[room].setToolTip(tip)
            self.rooms[room].setAccessibleName(text)
        self.language.set_options(
            [(Language.ENGLISH.value, "EN", "English"), (Language.RUSSIAN.value, "RU", "Русский")]
        )
        self.lessons.setToolTip(self.tr("Forty-two lessons, from pixels to embeddings (F2)"))
        self.projector.setAccessibleName(self.tr("Projector F5"))
        self.projector.setToolTip(self.tr("Everything 1.6 times larger, for the back row"))
        self._make_room()
