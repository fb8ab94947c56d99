"""The card on which a filter of the network is edited, beside the maps that follow."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from convviz.core.limits import MAX_KERNEL
from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.nets.records import Values
from convviz.ui.widgets.elided_label import ElidedLabel
from convviz.ui.widgets.kernel_grid import KernelGrid
from convviz.ui.widgets.kernel_paint import SMALL_CELLS
from convviz.ui.widgets.labels import label, row
from convviz.ui.widgets.number_field import NumberField

# Digits that are read from the back row, and cells that hold six of them: −0.043.
DIGITS_PX, CELL_PX = 15, 63
# What the cells of a small kernel may take either way, and the card beside them.
LEAST_EXTENT, BESIDE_PX = 218, 48

WRONG_SIZE = QT_TRANSLATE_NOOP(
    "Sentence",
    "The filter has {rows} × {columns} weights a channel, and {height} × {width} were pasted: "
    "paste as many as it has.",
)


class KernelTrial(QFrame):
    """Shows one input channel of a filter as cells to be changed.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    edited = Signal(object)  # ndarray of float32, shape (C, kh, kw): the filter the user made
    gesture_finished = Signal()  # the edits so far are one step to undo
    problem = Signal(object)  # Sentence: why what was pasted is not taken
    extent_changed = Signal()  # the cells take more or less room
    reset = Signal()  # the network's own filter is wanted again
    closed = Signal()  # the card is not needed any more

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kernel-trial")
        self.setProperty("role", "card")
        self._filter: Values | None = None
        self._heading = label("heading", name="trial-heading")
        self._close = QPushButton("×", self)
        self._close.setObjectName("trial-close")
        self._of = ElidedLabel("muted", "trial-filter", self)
        self.mark = label("warning", name="trial-edited")
        self._hint = label("muted", wrap=True, name="trial-hint")
        self._channel_label = QLabel(self)
        self.channel = NumberField(self)
        self.channel.setObjectName("trial-channel")
        self.channel.set_whole(4)
        self._channel_label.setBuddy(self.channel)
        self._extent = LEAST_EXTENT
        self.grid = KernelGrid(self, self._extent, DIGITS_PX)
        self.grid.setObjectName("trial-grid")
        self.zero, self.negate, self.back = (QPushButton(self) for _ in range(3))
        for button, name in ((self.zero, "zero"), (self.negate, "negate"), (self.back, "reset")):
            button.setObjectName(f"trial-{name}")
        self._lay_out()
        self._connect()
        self.retranslate()
        self.show_filter(None, "")

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.addLayout(row(self._heading, self._close))
        layout.addLayout(row(self._of, self.mark))
        layout.addWidget(self._hint)
        layout.addLayout(row(self._channel_label, self.channel))
        layout.addWidget(self.grid)
        layout.addLayout(row(self.zero, self.negate))
        layout.addWidget(self.back)
        layout.addStretch(1)

    def _connect(self) -> None:
        self._close.clicked.connect(self.closed)
        self.back.clicked.connect(self.reset)
        self.channel.value_changed.connect(self._show_channel)
        self.grid.weights_changed.connect(self._change)
        self.grid.gesture_finished.connect(self.gesture_finished)
        self.grid.problem.connect(self.problem)
        self.zero.clicked.connect(lambda: self._multiply(0.0))
        self.negate.clicked.connect(lambda: self._multiply(-1.0))

    def show_filter(
        self, weights: Values | None, name: str, *, edited: bool = False, channel: int | None = None
    ) -> None:
        """Show a filter and whose it is.

        Parameters
        ----------
        weights : ndarray of float32, shape (C, kh, kw), optional
            None, or one too large for cells, shows a hint.
        name : str
            Whose it is, translated.
        edited : bool
            Whether it is another than the network's own.
        channel : int, optional
            The input channel to be looked at; the one before if it is not given.
        """
        fits = weights is not None and max(weights.shape[1:]) <= MAX_KERNEL
        self._filter = weights if fits else None
        self._of.set_whole(name)
        several = self._filter is not None and len(self._filter) > 1
        for part in (self.grid, self.zero, self.negate, self.back):
            part.setVisible(fits)
        for field in (self._channel_label, self.channel):
            field.setVisible(several)
        self._hint.setVisible(not fits)
        self.mark.setVisible(edited)
        self.back.setEnabled(edited)
        if self._filter is not None:
            self._fit_cells(max(self._filter.shape[1:]))
            self.channel.set_range(0, len(self._filter) - 1)
            wanted = self.channel.value() if channel is None else channel
            self.channel.set_value(min(wanted, len(self._filter) - 1))
            self._show_channel()

    def _fit_cells(self, most: int) -> None:
        """Make room for cells with digits, unless there are too many for any."""
        extent = LEAST_EXTENT if most >= SMALL_CELLS else max(LEAST_EXTENT, most * CELL_PX)
        if extent != self._extent:
            self._extent = extent
            self.grid.set_extent(extent)
            self.extent_changed.emit()

    @property
    def wanted_width(self) -> int:
        """Width of the card with all its cells in sight, in design pixels."""
        return self._extent + BESIDE_PX

    def shown_channel(self) -> int:
        """Return the input channel whose weights are shown."""
        return int(self.channel.value())

    def filter(self) -> Values | None:
        """Return the filter shown."""
        return self._filter

    @Slot()
    def _show_channel(self) -> None:
        if self._filter is not None:
            self.grid.set_weights(self._filter[self.shown_channel()])

    @Slot(object)
    def _change(self, weights: Values) -> None:
        """Announce the filter with the channel shown replaced."""
        if self._filter is not None:
            changed = self._filter.copy()
            if weights.shape != changed.shape[1:]:
                rows, columns = changed.shape[1:]
                values = {"rows": rows, "columns": columns, "height": len(weights), "width": weights.shape[1]}
                self._show_channel()
                self.problem.emit(Sentence(WRONG_SIZE, values))
                return
            changed[self.shown_channel()] = weights
            self._announce(changed)

    def _multiply(self, factor: float) -> None:
        if self._filter is not None:
            self.gesture_finished.emit()
            # Not minus zero.
            self._announce(self._filter * factor + 0.0)
            self._show_channel()
            self.gesture_finished.emit()

    def _announce(self, weights: Values) -> None:
        self._filter = weights.astype("float32")
        self._filter.flags.writeable = False
        self.mark.show()
        self.back.setEnabled(True)
        self.edited.emit(self._filter)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._heading.setText(self.tr("Try a kernel"))
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setToolTip(self.tr("Put the network's own kernel back and close this"))
        self.mark.setText(self.tr("edited"))
        self._hint.setText(self.tr("This layer has no kernel to edit; choose a convolution."))
        self._channel_label.setText(self.tr("Input channel"))
        self.channel.setAccessibleName(self.tr("Input channel"))
        self.zero.setText(self.tr("Zero"))
        self.zero.setToolTip(self.tr("Set every weight of the filter to 0: the map falls silent"))
        self.negate.setText(self.tr("Negate"))
        self.negate.setToolTip(self.tr("Change the sign of every weight of the filter"))
        self.back.setText(self.tr("Reset"))
        self.back.setToolTip(self.tr("Put the network's own kernel back"))
