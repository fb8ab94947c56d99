"""The image room: the picture and its channels as numbers, linked."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from convviz.core.channels import ChannelMode
from convviz.core.counting import inputs_formula
from convviz.core.geometry import Rect
from convviz.core.numbers import format_number
from convviz.core.picture import Picture, PictureKind
from convviz.core.shown import grouped
from convviz.core.specs import Pair
from convviz.engine.frames import Frame, FrameRequest, MapOrder
from convviz.engine.histograms import Histograms, channel_histograms
from convviz.ui import theme
from convviz.ui.feed import Feed
from convviz.ui.language import picture_title, say
from convviz.ui.rooms.side_panel import side_panel
from convviz.ui.session import Session
from convviz.ui.stage_view import content, input_display
from convviz.ui.state import State
from convviz.ui.widgets.colour_mixer import ColourMixer
from convviz.ui.widgets.histogram import ChannelHistograms
from convviz.ui.widgets.labels import field_row, label, row
from convviz.ui.widgets.number_field import NumberField
from convviz.ui.widgets.pair_field import PairField
from convviz.ui.widgets.pane import Mark, MarkKind, Pane
from convviz.ui.widgets.viewport import Placement, Viewport
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

RIGHT_PX = 310
MOST_CHANNELS = 8
LARGEST_GRID = 64
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
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._grid = QGridLayout()
        self._build_panel()
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def counting(self) -> bool:
        """Whether the histograms are still being counted."""
        return self._counting.busy

    def _build_panel(self) -> None:
        self._about = label("caption")
        self._name = label("heading", wrap=True, name="picture-name")
        self._shape = label(wrap=True, name="picture-shape")
        self._inputs = label(wrap=True, name="picture-inputs")
        self._range = label("muted", wrap=True, name="picture-range")
        self._notes = label("muted", wrap=True, name="picture-notes")
        self.tinted = QCheckBox(self)
        self.tinted.setObjectName("tinted")
        self._dense_label = label(wrap=True)
        self.neurons = NumberField(self)
        self.neurons.setObjectName("dense-neurons")
        self.neurons.set_whole(5)
        self.neurons.set_range(1, 10_000)
        self.neurons.set_value(100)
        self._dense = label(wrap=True, name="dense-weights")
        self._histogram_caption = label("caption")
        self.histogram = ChannelHistograms(self)
        self._mixer_caption = label("caption")
        self.mixer = ColourMixer(self)
        self._grid_caption = label("caption")
        self._size_label = label()
        self.grid_size = PairField(self)
        self.grid_size.setObjectName("grid-size")
        self.grid_size.set_range(1, LARGEST_GRID)
        self.matrix = QPushButton(self)
        self.matrix.setObjectName("type-matrix")

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._grid.setContentsMargins(12, 10, 12, 10)
        self._grid.setSpacing(10)
        layout.addLayout(self._grid, 1)
        numbers = QVBoxLayout()
        numbers.setSpacing(4)
        for widget in (self._about, self._name, self._shape, self._inputs, self._range, self._notes):
            numbers.addWidget(widget)
        self._grid_box = QWidget(self)
        box = QVBoxLayout(self._grid_box)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._grid_caption)
        box.addLayout(field_row(self._size_label, self.grid_size))
        box.addWidget(self.matrix)
        dense = QVBoxLayout()
        dense.addLayout(row(self._dense_label, self.neurons))
        dense.addWidget(self._dense)
        self._right: QScrollArea = side_panel(
            numbers,
            self._grid_box,
            self.tinted,
            self._histogram_caption,
            self.histogram,
            self._mixer_caption,
            self.mixer,
            dense,
        )
        layout.addWidget(self._right)
        self._right.setFixedWidth(theme.current().px(RIGHT_PX))

    def _connect(self) -> None:
        self._session.changed.connect(self._follow)
        self._asking.timeout.connect(self._ask)
        self._feed.framed.connect(self._show_frame)
        self._counting.finished.connect(self._show_histograms)
        self.tinted.toggled.connect(self._set_tinted)
        self.neurons.value_changed.connect(self._show_dense)
        self.grid_size.pair_changed.connect(self._resize_picture)
        self.matrix.clicked.connect(self.matrix_requested)

    @Slot(object, object)
    def _follow(self, before: State, state: State) -> None:
        if self.isVisible():
            self.show_state(new_picture=before.picture is not state.picture)

    def show_state(self, *, new_picture: bool = False) -> None:
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
        self.tinted.setChecked(state.tinted)
        self.tinted.setVisible(picture.is_colour)
        self._grid_box.setVisible(picture.kind is PictureKind.GRID)
        if picture.kind is PictureKind.GRID:
            self.grid_size.set_pair((picture.height, picture.width))
        self._describe()
        if new_picture or self._counted is not picture:
            self._counted = picture
            self._pinned = None
            self._counting.submit(picture, _histograms, new_epoch=True)
        if new_picture:
            self.viewport.fit()
        self._mark()
        self._asking.start()

    def _rebuild(self, wanted: list[str]) -> None:
        for pane in self.panes.values():
            self.viewport.detach(pane)
            self._grid.removeWidget(pane)
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

    def _edit_cell(self, row_: int, column: int, channel: int, value: float) -> None:
        state = self._session.state
        picture = state.picture.with_cell(row_, column, channel, value)
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
        if not self.isVisible():
            return
        state = self._session.state
        orders, display = [], input_display(state.picture)
        for key, pane in self.panes.items():
            if key == _PICTURE:
                channels = (0, 1, 2) if state.picture.is_colour else (0,)
                orders.append(MapOrder(key, (), 0, channels, pane.view(), display))
            else:
                tint = int(key) if state.tinted and state.picture.is_colour else None
                orders.append(MapOrder(key, (), 0, (int(key),), pane.view(), display, tint))
        self._feed.ask(FrameRequest(state.picture, ChannelMode.EACH, tuple(orders)))

    @Slot(object)
    def _show_frame(self, frame: Frame) -> None:
        if not self.isVisible() or frame.request.picture is not self._session.state.picture:
            return
        for key, shown in frame.maps.items():
            if key in self.panes:
                self.panes[key].set_content(content(shown))

    @Slot(object)
    def _show_histograms(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, Histograms):
            found = outcome.result
            self.histogram.set_counts(tuple(found.counts), found.edges)

    def _hover(self, cell: Pair | None) -> None:
        self._hovered = cell
        self._mark()

    def _pin(self, cell: Pair) -> None:
        self._pinned = cell
        picture = self._session.state.picture
        if picture.is_colour and picture.low == 0 and picture.high == 255:
            values = picture.values[cell]
            self.mixer.set_colour((int(values[0]), int(values[1]), int(values[2])))
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

    def _describe(self) -> None:
        picture = self._session.state.picture
        self._name.setText(picture_title(picture))
        shape = f"{picture.height} × {picture.width} × {picture.channels}"
        self._shape.setText(self.tr("Shape (H, W, C): {0}").format(shape))
        formula = inputs_formula((picture.channels, picture.height, picture.width))
        self._inputs.setText(self.tr("Inputs H·W·C: {0}").format(formula))
        low, high = format_number(picture.low), format_number(picture.high)
        self._range.setText(self.tr("Values shown from {0} to {1}").format(low, high))
        self._notes.setText("\n".join(say(note) for note in picture.notes))
        self._notes.setVisible(bool(picture.notes))
        self._show_dense()
        titles = {_PICTURE: self.tr("Picture")}
        for key, pane in self.panes.items():
            letter = None
            if key != _PICTURE and picture.is_colour:
                letter = int(key)
                title = _LETTERS[letter]
            else:
                title = titles.get(key) or self.tr("Channel {0}").format(int(key) + 1)
            channels = picture.channels if key == _PICTURE else 1
            pane.set_caption(title, f"{picture.height} × {picture.width} × {channels}", letter)

    @Slot()
    def _show_dense(self) -> None:
        picture = self._session.state.picture
        neurons = int(self.neurons.value())
        count = picture.values.size * neurons
        text = f"{picture.height}·{picture.width}·{picture.channels}·{neurons} = {grouped(count)}"
        self._dense.setText(text)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._about.setText(self.tr("PICTURE"))
        self.tinted.setText(self.tr("&Tint the channels"))
        self.tinted.setToolTip(self.tr("Show R, G and B in their colours instead of grey"))
        self._histogram_caption.setText(self.tr("HISTOGRAM"))
        self.histogram.setAccessibleName(self.tr("Histogram of each channel"))
        self._mixer_caption.setText(self.tr("COLOUR MIXER"))
        self._grid_caption.setText(self.tr("NUMBERS"))
        self._size_label.setText(self.tr("Si&ze"))
        self.grid_size.set_name(self.tr("Grid size"))
        self.matrix.setText(self.tr("Type or paste a &matrix…"))
        self._dense_label.setText(self.tr("Weights of a dense layer, neurons:"))
        self.neurons.setAccessibleName(self.tr("Neurons of the dense layer"))
        self._describe()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_right"):
            self._right.setFixedWidth(theme.current().px(RIGHT_PX))

    def set_panels_visible(self, left: bool, right: bool) -> None:
        """Show or hide the panel at the right; there is none at the left."""
        del left
        self._right.setVisible(right)
