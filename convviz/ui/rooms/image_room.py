"""The image room: the picture and its channels as numbers, linked."""

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from convviz.core.channels import ChannelMode
from convviz.core.geometry import Rect
from convviz.core.picture import Picture, PictureKind
from convviz.core.specs import Pair
from convviz.core.text import Problem, Sentence
from convviz.engine.frames import Frame, FrameRequest, MapOrder
from convviz.engine.histograms import Histograms, channel_histograms
from convviz.ui import theme
from convviz.ui.feed import Feed
from convviz.ui.lessons.view_table import ImageView
from convviz.ui.rooms.picture_panel import PicturePanel
from convviz.ui.session import Session
from convviz.ui.stage_content import content, input_display
from convviz.ui.state import State
from convviz.ui.widgets.pane import Mark, MarkKind, Pane
from convviz.ui.widgets.viewport import Placement, Viewport
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

MOST_CHANNELS = 8
# How large a pixel of a photograph is that a lesson points at, at the scale for a desk.
CLOSE_PX = 64
_LETTERS = ("R", "G", "B")
_PICTURE = "picture"


def _histograms(picture: Picture, context: JobContext) -> Histograms:
    return channel_histograms(picture, context.check)


class ImageRoom(QWidget):
    """The picture beside its channels.

    Parameters
    ----------
    session : Session
        What is shown and edited.
    feed : Feed
        Where pixels come from.
    long : WorkerThread
        Where histograms are counted.
    parent : QWidget, optional
        Owner.
    """

    read_out = Signal(object)  # (row, column) under the pointer, or None
    matrix_requested = Signal()  # the user wants to type the numbers
    failed = Signal(object)  # Sentence: why the picture could not be shown, counted or changed
    defect = Signal(str)  # details of an error nobody foresaw

    def __init__(
        self, session: Session, feed: Feed, long: WorkerThread, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("image-room")
        self._session, self._feed = session, feed
        self.viewport = Viewport(self)
        self.panes: dict[str, Pane] = {}
        self._hovered: Pair | None = None
        self._pinned: Pair | None = None
        self._counting = Lane(long, self)
        self._counted: Picture | None = None
        # Size and kind of the picture that zoom and centre belong to.
        self._looked_at: tuple[int, int, PictureKind] | None = None
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._grid = QGridLayout()
        self.panel = PicturePanel(session.state.picture, self)
        self.histogram = self.panel.histogram
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def counting(self) -> bool:
        """Whether the histograms are still being counted."""
        return self._counting.busy

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._grid.setContentsMargins(12, 10, 12, 10)
        self._grid.setSpacing(10)
        layout.addLayout(self._grid, 1)
        layout.addWidget(self.panel)

    def _connect(self) -> None:
        self._session.changed.connect(self._follow)
        self._asking.timeout.connect(self._ask)
        self._feed.framed.connect(self._show_frame)
        self._feed.failed.connect(self._pass_on)
        self._counting.finished.connect(self._show_histograms)
        self.panel.tint_toggled.connect(self._set_tinted)
        self.panel.size_changed.connect(self._resize_picture)
        self.panel.matrix_requested.connect(self.matrix_requested)

    @Slot(object, object)
    def _follow(self, before: State, state: State) -> None:
        del before, state
        if self.isVisible():
            self.show_state()

    def show_state(self) -> None:
        """Bring everything in line with the session's state."""
        state = self._session.state
        picture = state.picture
        wanted = [_PICTURE, *(str(c) for c in range(min(picture.channels, MOST_CHANNELS)))]
        if picture.channels == 1:
            wanted = [_PICTURE]
        elif not picture.is_colour:
            wanted = wanted[1:]
        if wanted != list(self.panes):
            self._rebuild(wanted)
        for key, pane in self.panes.items():
            pane.set_map(picture.height, picture.width, Placement(), (0, 0, 0, 0))
            editable = picture.kind is PictureKind.GRID and (key != _PICTURE or picture.channels == 1)
            pane.set_editable(editable)
        self.panel.show_picture(picture, tinted=state.tinted)
        self._name_panes()
        self._count(picture)
        looked_at = (picture.height, picture.width, picture.kind)
        if looked_at != self._looked_at:
            # Zoom and centre are kept while one picture is edited, and make no sense on another.
            self._looked_at = looked_at
            self._pinned = None
            self.viewport.fit()
        self._mark()
        self._asking.start()

    def _count(self, picture: Picture) -> None:
        if self._counted is not picture:
            self._counted = picture
            self.panel.show_histograms(None)
            self._counting.submit(picture, _histograms, new_epoch=True)

    def _rebuild(self, wanted: list[str]) -> None:
        for pane in self.panes.values():
            self.viewport.detach(pane)
            self._grid.removeWidget(pane)
            # Shown, it would become a window of its own until it is deleted.
            pane.hide()
            pane.setParent(None)
            pane.deleteLater()
        self.panes = {key: self._new_pane(key) for key in wanted}
        side = 1 if len(wanted) == 1 else 2 if len(wanted) <= 4 else 3
        for index, pane in enumerate(self.panes.values()):
            self._grid.addWidget(pane, index // side, index % side)
            pane.show()

    def _new_pane(self, key: str) -> Pane:
        pane = Pane(self)
        pane.setObjectName(f"pane-{key}")
        pane.set_viewport(self.viewport)
        pane.view_changed.connect(self._asking.start)
        pane.hovered.connect(self._hover)
        pane.pinned.connect(self._pin)
        pane.unpinned.connect(self._unpin)
        channel = 0 if key == _PICTURE else int(key)
        pane.edited.connect(lambda y, x, value: self._edit_cell(y, x, channel, value))
        return pane

    def _edit_cell(self, row: int, column: int, channel: int, value: float) -> None:
        state = self._session.state
        try:
            picture = state.picture.with_cell(row, column, channel, value)
        except Problem as problem:
            self.failed.emit(problem.sentence)
        else:
            self._session.edit(state.with_picture(picture), self.tr("edit cell"))

    @Slot(int, int)
    def _resize_picture(self, height: int, width: int) -> None:
        state = self._session.state
        picture = state.picture.resized(height, width)
        self._session.edit(state.with_picture(picture), self.tr("resize grid"), "resize-grid")

    @Slot(bool)
    def _set_tinted(self, tinted: bool) -> None:
        self._session.edit(replace(self._session.state, tinted=tinted), self.tr("tint channels"))

    @Slot()
    def _ask(self) -> None:
        if self.isVisible():
            self._feed.ask(self.request())

    def request(self) -> FrameRequest:
        """Return what is to be drawn: everything in view."""
        state = self._session.state
        orders, display = [], input_display(state.picture)
        for key, pane in self.panes.items():
            if key == _PICTURE:
                channels = (0, 1, 2) if state.picture.is_colour else (0,)
                orders.append(MapOrder(key, (), 0, channels, pane.view(), display))
            else:
                tint = int(key) if state.tinted and state.picture.is_colour else None
                orders.append(MapOrder(key, (), 0, (int(key),), pane.view(), display, tint))
        return FrameRequest(state.picture, ChannelMode.EACH, tuple(orders))

    @Slot(object)
    def _show_frame(self, frame: Frame) -> None:
        if not self.isVisible() or frame.request.picture is not self._session.state.picture:
            return
        for key, shown in frame.maps.items():
            if key in self.panes:
                self.panes[key].set_content(content(shown))

    @Slot(object)
    def _pass_on(self, sentence: Sentence) -> None:
        """Tell why there is no picture, while this is the room that should show it."""
        if self.isVisible():
            self.failed.emit(sentence)

    @Slot(object)
    def _show_histograms(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, Histograms):
            self.panel.show_histograms(outcome.result)
        elif outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif outcome.problem is not None:
            self.failed.emit(outcome.problem)

    def show_view(self, view: ImageView) -> None:
        """Look where a lesson looks; a pixel that is not there is not pinned."""
        picture = self._session.state.picture
        self._pinned = self._hovered = None
        if view.pixel is not None and view.pixel[0] < picture.height and view.pixel[1] < picture.width:
            self._pin(view.pixel)
        self._mark()
        if view.mixer is not None:
            self.panel.mixer.set_colour(view.mixer)
        self.panel.set_about_mixer(view.mixer is not None)
        zoom = view.zoom
        if zoom is None and self._pinned is not None and picture.kind is PictureKind.PHOTO:
            zoom = CLOSE_PX
        if zoom is None:
            self.viewport.fit()
        else:
            row, column = self._pinned or (picture.height // 2, picture.width // 2)
            self.viewport.look_at((row + 0.5, column + 0.5), zoom * theme.current().scale)

    @property
    def view(self) -> ImageView:
        """Where it looks, as a lesson would say it."""
        zoom = None if self.viewport.fitted else self.viewport.zoom / theme.current().scale
        return ImageView(self._pinned, zoom, self.panel.mixer.colour() if self.panel.isVisible() else None)

    def _hover(self, cell: Pair | None) -> None:
        self._hovered = cell
        self._mark()

    def _pin(self, cell: Pair) -> None:
        self._pinned = cell
        picture = self._session.state.picture
        if picture.is_colour and picture.low == 0 and picture.high == 255:
            values = picture.values[cell]
            self.panel.mixer.set_colour((int(values[0]), int(values[1]), int(values[2])))
        self._mark()

    @Slot()
    def _unpin(self) -> None:
        self._pinned = None
        self._mark()

    def _mark(self) -> None:
        cell = self._hovered or self._pinned
        picture = self._session.state.picture
        if cell is not None and not (cell[0] < picture.height and cell[1] < picture.width):
            cell = None
        marks = (Mark(Rect(*cell), MarkKind.FOCUS),) if cell is not None else ()
        for pane in self.panes.values():
            pane.set_marks(marks)
        self.read_out.emit(cell)

    def _name_panes(self) -> None:
        picture = self._session.state.picture
        for key, pane in self.panes.items():
            letter = int(key) if key != _PICTURE and picture.is_colour else None
            if key == _PICTURE:
                title = self.tr("Picture")
            elif letter is not None:
                title = _LETTERS[letter]
            else:
                title = self.tr("Channel {0}").format(int(key) + 1)
            channels = picture.channels if key == _PICTURE else 1
            pane.set_caption(title, f"{picture.height} × {picture.width} × {channels}", letter)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._name_panes()

    def set_panels_visible(self, left: bool, right: bool) -> None:
        """Show or hide the panel at the right; there is none at the left."""
        del left
        self.panel.setVisible(right)
