"""The main window: rooms, menus, status bar, and what ties them to the session."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from convviz.core.picture import Picture
from convviz.files.sessions import session_file
from convviz.ui import theme
from convviz.ui.blackout import Blackout
from convviz.ui.dropping import may_be_opened, open_dropped
from convviz.ui.export.exports import Exports
from convviz.ui.feed import Feed
from convviz.ui.front import Front
from convviz.ui.language import Language, Translations
from convviz.ui.lessons.figure_page import FigurePage
from convviz.ui.lessons.lessons import Lessons
from convviz.ui.log import LOG
from convviz.ui.menus import Menus
from convviz.ui.messages import Messages
from convviz.ui.opening import Opener
from convviz.ui.own_kernels import OwnKernels
from convviz.ui.preferences import Preferences
from convviz.ui.rooms.convolution_room import ConvolutionRoom
from convviz.ui.rooms.embeddings_room import EmbeddingsRoom
from convviz.ui.rooms.image_room import ImageRoom
from convviz.ui.rooms.network_room import NetworkRoom
from convviz.ui.rooms.training_room import TrainingRoom
from convviz.ui.session import Session
from convviz.ui.sessions.sessions import Sessions
from convviz.ui.spotlight import Spotlight
from convviz.ui.state import Room
from convviz.ui.status import Status
from convviz.ui.theme import PROJECTOR_SCALE, Theme, ThemeName
from convviz.ui.top_bar import TopBar
from convviz.ui.widgets.problem_bar import ProblemBar
from convviz.ui.widgets.reach import Reach
from convviz.work.threads import Threads

DEFAULT_SIZE = (1360, 860)
_STEP_KEYS = {
    Qt.Key.Key_Space: "toggle",
    Qt.Key.Key_Left: "back",
    Qt.Key.Key_Right: "forward",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
    Qt.Key.Key_Escape: "unpin",
}


class Window(QMainWindow):
    """The whole application on screen.

    Parameters
    ----------
    session : Session
        What it shows and edits.
    preferences : Preferences
        What it remembers.
    translations : Translations
        Its languages.
    threads : Threads
        Where its work is done; the window closes them.
    """

    def __init__(
        self,
        session: Session,
        preferences: Preferences,
        translations: Translations,
        threads: Threads,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.session, self.preferences, self.translations = session, preferences, translations
        self._threads = threads
        self._projector = False
        self._text_scale = theme.current().scale
        self.feed = Feed(threads.live, threads.measure, self)
        self.opener = Opener(session, preferences, threads.open, self)
        self.bar = TopBar(self)
        self.problem = ProblemBar(self)
        self.messages = Messages(self.problem, session, self)
        self.image = ImageRoom(session, self.feed, threads.measure, self)
        self.convolution = ConvolutionRoom(session, self.feed, self)
        self.network = NetworkRoom(session, self.feed, threads, preferences, self)
        self.training = TrainingRoom(threads, self)
        self.embeddings = EmbeddingsRoom(session, threads, preferences, self)
        self.figures = FigurePage(threads, self)
        self.front = Front(
            {
                Room.IMAGE: self.image,
                Room.CONVOLUTION: self.convolution,
                Room.NETWORK: self.network,
                Room.TRAINING: self.training,
                Room.EMBEDDINGS: self.embeddings,
            },
            self.figures,
            self,
        )
        self.lessons = Lessons(self, preferences)
        self.sessions = Sessions(self, threads)
        self.exports = Exports(self, threads.save)
        centre = QWidget(self)
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.bar, self.problem):
            layout.addWidget(widget)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        self._reach = Reach(self.front, self)
        beside.addWidget(self._reach, 1)
        beside.addWidget(self.lessons.panel)
        layout.addLayout(beside, 1)
        self.setCentralWidget(centre)
        self.status = Status(self)
        self.setStatusBar(self.status)
        self.menus = Menus(self)
        self._connect()
        self.spotlight = Spotlight(self)
        self.blackout = Blackout(self)
        self.setAcceptDrops(True)
        self.resize(*DEFAULT_SIZE)
        self.retranslate()
        self.own_kernels = OwnKernels(self.convolution.kernel, self.messages, self)
        self.own_kernels.load()

    def _connect(self) -> None:
        self.front.turned.connect(self._turn_front)
        self.bar.room_chosen.connect(self._choose_room)
        self.bar.language_chosen.connect(self._choose_language)
        self.bar.projector_toggled.connect(self.set_projector)
        self.session.refreshed.connect(self._show_title)
        self.opener.opened.connect(self.messages.clear)
        self.opener.noted.connect(self.messages.show_note)
        for speaker in (self.opener, self.image):
            speaker.failed.connect(self.messages.show_refusal)
        self.network.lab_filled.connect(self._open_lab)
        self.network.picture_wanted.connect(self.opener.open_path)
        self.training.open_requested.connect(self.open_model)
        self.opener.opened.connect(self.embeddings.add_opened)
        self.image.matrix_requested.connect(self.menus.dialogs.type_matrix)
        rooms = self.image, self.network, self.training, self.embeddings
        self.bar.lessons_requested.connect(self.lessons.toggle)
        self.lessons.failed.connect(self.messages.show_refusal)
        self.sessions.failed.connect(self.messages.show_refusal)
        self.sessions.changed.connect(self._show_title)
        self.sessions.opened.connect(self.messages.clear)
        self.figures.open_requested.connect(self._open_digit)
        for source in (self.feed, self.opener, self.figures, self.sessions, *rooms):
            source.defect.connect(self.show_defect)

    @property
    def room(self) -> Room:
        """The room that is open."""
        return self.front.room

    def set_room(self, room: Room) -> None:
        """Open ``room``."""
        self.front.set_room(room)
        self.bar.show_room(room)
        self.menus.show_room(room)
        self.preferences.room = room
        self.status.begin()
        self.front.begin_room()
        self._reach.start()
        self.sessions.enter(room)

    @Slot(bool)
    def _turn_front(self, room: bool) -> None:
        self._reach.start()
        self.status.tell_of_room(room)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be taken out of the map at the pointer, or at the keyboard."""
        self.exports.show_menu(event)

    @Slot(str)
    def _choose_room(self, room: str) -> None:
        self.set_room(Room(room))

    @Slot()
    def _open_lab(self) -> None:
        self.set_room(Room.CONVOLUTION)

    @Slot(object)
    def _open_digit(self, picture: Picture) -> None:
        """Show a digit that was drawn on its way through the network for digits."""
        self.opener.show_picture(picture)
        self.set_room(Room.NETWORK)
        assert self.network.desk is not None
        self.network.desk.go_to("lenet5")

    def open_model(self, path: str | None = None) -> None:
        """Open a model of the user's in the network room; ask for its file if none is given."""
        self.set_room(Room.NETWORK)
        assert self.network.desk is not None
        own = self.network.desk.own
        own.ask_file() if path is None else own.open_file(path)

    def open_path(self, path: str) -> None:
        """Open a picture, or a session by its name."""
        self.sessions.open_path(path) if session_file([path]) else self.opener.open_path(path)

    @Slot(str)
    def _choose_language(self, language: str) -> None:
        self.set_language(Language(language))

    def set_language(self, language: Language) -> None:
        """Write everything in ``language``."""
        self.preferences.language = language
        self.translations.choose(language)
        self.lessons.retranslate()
        for widget in self.findChildren(QWidget):
            retranslate = getattr(widget, "retranslate", None)
            if retranslate is not None:
                retranslate()
        self.convolution.pointing.retranslate()
        self.retranslate()

    def set_theme(self, name: ThemeName) -> None:
        """Paint everything in the palette ``name``."""
        self.preferences.theme = name
        self._paint_in(Theme(name, theme.current().scale))
        self.menus.show_theme(name)

    @Slot(bool)
    def set_projector(self, on: bool, *, remember: bool = True) -> None:
        """Make everything 1.6 times larger, or the size for a desk again, also at the next start."""
        if remember:
            self.preferences.projector = on
        self._projector = self.spotlight.wanted = on
        self._scale()
        self.bar.projector.setChecked(on)
        self.menus.show_projector(on)
        self.menus.panels.set_projector(on)
        # Its keys work all the same.
        self.menuBar().setVisible(not on)
        self.lessons.panel.set_narrow(self.menus.panels.narrow)

    @property
    def projector(self) -> bool:
        """Whether everything is at projector scale."""
        return self._projector

    def set_text_size(self, percent: int) -> None:
        """Make texts and controls ``percent`` of their size at a desk, also at the next start."""
        self.preferences.text_size = percent
        self._text_scale = percent / 100
        self._scale()
        self.menus.show_text_size(percent)
        self.lessons.panel.set_narrow(self.menus.panels.narrow)

    def _scale(self) -> None:
        scale = max(PROJECTOR_SCALE, self._text_scale) if self._projector else self._text_scale
        self._paint_in(Theme(theme.current().name, scale))
        self.menus.panels.follow_width()

    def _paint_in(self, look: Theme) -> None:
        with self.spotlight.aside():
            theme.install(look)

    @Slot(str)
    def show_defect(self, details: str) -> None:
        """Log that something unforeseen went wrong on a worker, and tell it."""
        LOG.error(details)
        self.tell_defect(details)

    def tell_defect(self, details: str) -> None:
        """Say that something unforeseen went wrong, with the details to copy, and keep the work."""
        try:
            self.menus.dialogs.show_defect(details)
        finally:
            self.sessions.keep()

    def retranslate(self) -> None:
        """Write every text of the window itself in the language in force."""
        self._show_title()
        self.bar.show_language(self.translations.language)
        self.menus.retranslate()
        self.messages.retranslate()
        self.status.write()

    @Slot()
    def _show_title(self) -> None:
        # Qt puts the mark of what is not saved in the place of the last “[*]”.
        title = self.sessions.title.replace("[*]", "[*][*]")
        self.setWindowTitle(f"{title}[*] — convviz")
        self.setWindowModified(self.sessions.modified)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step through the cells with the keys no field has used."""
        action = _STEP_KEYS.get(Qt.Key(event.key()))
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if action is not None and plain and self.room is Room.CONVOLUTION:
            self.convolution.step(action)
            event.accept()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files, pictures and matrices."""
        if may_be_opened(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        event.acceptProposedAction()
        open_dropped(self, event.mimeData())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for a lesson in a narrow window."""
        super().resizeEvent(event)
        self.menus.panels.follow_width()

    def changeEvent(self, event: QEvent) -> None:
        """Tick the menu entry for the full screen, whoever asked for it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.menus.show_full_screen(self.isFullScreen())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window and end the threads; a lesson in the making is not lost unasked."""
        if not self.sessions.may_lose() or not self.lessons.may_end():
            event.ignore()
            return
        self.exports.close()
        self.preferences.geometry = self.saveGeometry()
        self.preferences.write()
        self._threads.close()
        self.sessions.end()
        super().closeEvent(event)
