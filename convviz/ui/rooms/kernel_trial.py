"""The card on which a filter of the network is edited, beside the maps that follow."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from convviz.core.limits import MAX_KERNEL
from convviz.nets.records import Values
from convviz.ui.widgets.elided_label import ElidedLabel
from convviz.ui.widgets.kernel_grid import KernelGrid
from convviz.ui.widgets.labels import label, row
from convviz.ui.widgets.number_field import NumberField

EXTENT = 150


class KernelTrial(QFrame):
    """Shows one input channel of a filter as cells to be changed.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    edited = Signal(object)  # ndarray of float32, shape (C, kh, kw): the filter the user made
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
        self.grid = KernelGrid(self, EXTENT)
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
        self.zero.clicked.connect(lambda: self._multiply(0.0))
        self.negate.clicked.connect(lambda: self._multiply(-1.0))

    def show_filter(self, weights: Values | None, name: str, *, edited: bool = False) -> None:
        """Show a filter (C, kh, kw) and whose it is; None, or one too large for cells, shows a hint."""
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
            self.channel.set_range(0, len(self._filter) - 1)
            self.channel.set_value(min(self.channel.value(), len(self._filter) - 1))
            self._show_channel()

    def filter(self) -> Values | None:
        """Return the filter shown."""
        return self._filter

    @Slot()
    def _show_channel(self) -> None:
        if self._filter is not None:
            self.grid.set_weights(self._filter[int(self.channel.value())])

    @Slot(object)
    def _change(self, weights: Values) -> None:
        """Announce the filter with the channel shown replaced."""
        if self._filter is not None:
            changed = self._filter.copy()
            if weights.shape != changed.shape[1:]:
                # A pasted kernel of another size does not fit the network.
                self._show_channel()
                return
            changed[int(self.channel.value())] = weights
            self._announce(changed)

    def _multiply(self, factor: float) -> None:
        if self._filter is not None:
            # Not minus zero.
            self._announce(self._filter * factor + 0.0)
            self._show_channel()

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
