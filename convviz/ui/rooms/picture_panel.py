"""What is known of the picture: its shape, values, histogram, and what a dense layer on it would need."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from convviz.core.counting import inputs_formula
from convviz.core.numbers import format_number
from convviz.core.picture import Picture, PictureKind
from convviz.core.shown import grouped
from convviz.engine.histograms import Histograms
from convviz.files.matrices import MAX_SIDE
from convviz.ui import theme
from convviz.ui.language import picture_title, say
from convviz.ui.rooms.side_panel import group, side_panel
from convviz.ui.widgets.colour_mixer import ColourMixer
from convviz.ui.widgets.histogram import ChannelHistograms
from convviz.ui.widgets.labels import field_row, label, row
from convviz.ui.widgets.number_field import NumberField
from convviz.ui.widgets.pair_field import PairField

WIDTH_PX = 310
# The mixer alone, where the rest has made way for it.
MIXER_WIDTH_PX = 190


class PicturePanel(QWidget):
    """Describes a picture, and offers to change the size of a grid and how channels are tinted.

    Parameters
    ----------
    picture : Picture
        The first picture to describe.
    parent : QWidget, optional
        Owner.
    """

    size_changed = Signal(int, int)  # rows and columns the grid should have
    tint_toggled = Signal(bool)  # whether channels are shown in their colours
    matrix_requested = Signal()  # the user wants to type the numbers

    _theme: theme.Theme | None = None

    def __init__(self, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = picture
        self._about_mixer = False
        self._build_facts()
        self._build_controls()
        self._lay_out()
        self.tinted.toggled.connect(self.tint_toggled)
        self.neurons.value_changed.connect(self._show_dense)
        self.grid_size.pair_changed.connect(self.size_changed)
        self.matrix.clicked.connect(self.matrix_requested)
        self._restyle()
        self.retranslate()

    def _build_facts(self) -> None:
        self._about = label("caption")
        self._name = label("heading", wrap=True, name="picture-name")
        self.shape = label(wrap=True, name="picture-shape")
        self.inputs = label(wrap=True, name="picture-inputs")
        self._range = label("muted", wrap=True, name="picture-range")
        self._notes = label("muted", wrap=True, name="picture-notes")
        self._histogram_caption = label("caption")
        self.histogram = ChannelHistograms(self)
        self._dense_label = label(wrap=True)
        self._dense = label(wrap=True, name="dense-weights")

    def _build_controls(self) -> None:
        self.tinted = QCheckBox(self)
        self.tinted.setObjectName("tinted")
        self.neurons = NumberField(self)
        self.neurons.setObjectName("dense-neurons")
        self.neurons.set_whole(5)
        self.neurons.set_range(1, 10_000)
        self.neurons.set_value(100)
        self._mixer_caption = label("caption")
        self.mixer = ColourMixer(self)
        self._grid_caption = label("caption")
        self._size_label = label()
        self.grid_size = PairField(self)
        self.grid_size.setObjectName("grid-size")
        self.grid_size.set_range(1, MAX_SIDE)
        # A size half typed would cut numbers away.
        self.grid_size.set_deferred(True)
        self.matrix = QPushButton(self)
        self.matrix.setObjectName("type-matrix")

    def _lay_out(self) -> None:
        numbers = QVBoxLayout()
        numbers.setSpacing(4)
        for widget in (self._about, self._name, self.shape, self.inputs, self._range, self._notes):
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
        facts = (numbers, self._grid_box, self.tinted, self._histogram_caption, self.histogram)
        self._above, self._below = group(*facts), group(dense)
        self._area = side_panel(self._above, self._mixer_caption, self.mixer, self._below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)

    def show_picture(self, picture: Picture, *, tinted: bool) -> None:
        """Describe ``picture``, whose channels are shown ``tinted`` or grey."""
        self._picture = picture
        self.tinted.setChecked(tinted)
        self.tinted.setVisible(picture.is_colour)
        is_grid = picture.kind is PictureKind.GRID
        self._grid_box.setVisible(is_grid)
        if is_grid:
            self.grid_size.set_pair((picture.height, picture.width))
        self._describe()

    def set_about_mixer(self, on: bool) -> None:
        """Say whether the mixer is talked about: where it would not be in sight the rest makes way."""
        self._about_mixer = on
        self._fit()

    @property
    def mixer_alone(self) -> bool:
        """Whether the rest has made way for the mixer."""
        return self._above.isHidden()

    def _fit(self) -> None:
        alone = self._about_mixer and self._mixer_bottom() > self.height()
        if alone is not self.mixer_alone:
            self._above.setVisible(not alone)
            self._below.setVisible(not alone)
            self.mixer.set_narrow(alone)
            self._restyle()

    def _mixer_bottom(self) -> int:
        """Return how high the panel has to be for the mixer to be in sight below the rest."""
        inside, margins = self._above.layout(), self._area.contentsMargins()
        panel = self._area.widget()
        layout = None if panel is None else panel.layout()
        assert layout is not None
        assert inside is not None
        around = layout.contentsMargins()
        width = theme.current().px(WIDTH_PX) - around.left() - around.right()
        heights = (
            inside.totalHeightForWidth(width) if inside.hasHeightForWidth() else inside.sizeHint().height(),
            self._mixer_caption.sizeHint().height(),
            self.mixer.wide_height,
        )
        gaps = (len(heights) - 1) * layout.spacing()
        return sum(heights) + gaps + around.top() + margins.top() + margins.bottom()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the height."""
        super().resizeEvent(event)
        self._fit()

    def show_histograms(self, found: Histograms | None) -> None:
        """Show how often each value occurs; None while that is not known."""
        if found is None:
            self.histogram.set_series(self.histogram.edges, ())
        else:
            self.histogram.set_counts(tuple(found.counts), found.edges)

    def _describe(self) -> None:
        picture = self._picture
        self._name.setText(picture_title(picture))
        shape = f"{picture.height} × {picture.width} × {picture.channels}"
        self.shape.setText(self.tr("Shape (H, W, C): {0}").format(shape))
        formula = inputs_formula((picture.channels, picture.height, picture.width))
        self.inputs.setText(self.tr("Inputs H·W·C: {0}").format(formula))
        low, high = format_number(picture.low), format_number(picture.high)
        self._range.setText(self.tr("Values shown from {0} to {1}").format(low, high))
        self._notes.setText("\n".join(say(note) for note in picture.notes))
        self._notes.setVisible(bool(picture.notes))
        self._show_dense()

    @Slot()
    def _show_dense(self) -> None:
        picture, neurons = self._picture, int(self.neurons.value())
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
        if self._theme is not None and self._theme != theme.current():
            self._restyle()

    def _restyle(self) -> None:
        self._theme = theme.current()
        self.setFixedWidth(self._theme.px(MIXER_WIDTH_PX if self.mixer_alone else WIDTH_PX))
