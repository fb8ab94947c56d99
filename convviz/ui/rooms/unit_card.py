"""The card with the numbers of one unit of a convolution: patch, filter and products, channel by channel."""

import numpy as np
from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from convviz.core.numbers import format_number
from convviz.nets.unit import UnitExplanation
from convviz.ui import theme
from convviz.ui.map_colours import scale_of
from convviz.ui.rooms.map_pane import MapPane
from convviz.ui.widgets.labels import label, row

# Width and height of a grid with its caption.
_GRID_PX = 124, 160
# Negative, and next to nothing: what is with it is shown on a scale centred on zero.
_LEAST = 1e-9


class UnitCard(QFrame):
    """Three grids with digits, and a list of all channels, the one with the largest partial sum first.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    closed = Signal()  # the card is not needed any more

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unit-card")
        self.setProperty("role", "card")
        self._found: UnitExplanation | None = None
        self._names: tuple[str, ...] = ()
        self._heading = label("heading", name="unit-heading")
        self._close = QPushButton("×", self)
        self._close.setObjectName("unit-close")
        self.channels = QComboBox(self)
        self.channels.setObjectName("unit-channels")
        self.channels.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.said = label("muted", wrap=True, name="unit-said")
        self.patch, self.filter, self.products = MapPane(self), MapPane(self), MapPane(self)
        layout = QVBoxLayout(self)
        layout.addLayout(row(self._heading, self._close))
        layout.addWidget(self.channels)
        layout.addWidget(self.said)
        grids = QHBoxLayout()
        for name, pane in zip(("patch", "filter", "products"), self._panes, strict=True):
            pane.setObjectName(f"pane-unit-{name}")
            grids.addWidget(pane)
        layout.addLayout(grids)
        layout.addStretch(1)
        self._close.clicked.connect(self.closed)
        self.channels.currentIndexChanged.connect(self._draw)
        self._restyle()
        self.retranslate()

    @property
    def _panes(self) -> tuple[MapPane, MapPane, MapPane]:
        return self.patch, self.filter, self.products

    def show_unit(self, found: UnitExplanation | None, names: tuple[str, ...] = ()) -> None:
        """Show a unit; the channel that is looked at stays, in the same layer.

        Parameters
        ----------
        found : UnitExplanation, optional
            None, or a unit of anything but a convolution, shows nothing.
        names : tuple of str
            Names of the channels that are read; others are called c0, c1, ….
        """
        before, channel = self._found, self.channel
        self._found = None if found is None or found.products is None else found
        self._names = names
        same = before is not None and self._found is not None and before.layer is self._found.layer
        self._list(channel if same else None)

    @property
    def channel(self) -> int | None:
        """Position, among those that are read, of the channel that is looked at."""
        chosen = self.channels.currentData()
        return int(chosen) if chosen is not None else None

    def _list(self, channel: int | None) -> None:
        """List the channels by the size of their partial sums; ``channel`` is chosen, or else the first."""
        blocked = self.channels.blockSignals(True)
        self.channels.clear()
        products = None if self._found is None else self._found.products
        if products is not None:
            sums = products.sum(axis=(1, 2))
            order = np.argsort(-np.abs(sums), kind="stable").tolist()
            for at in order:
                self.channels.addItem(f"{self._name(at)}: Σ {format_number(float(sums[at]))}", at)
            self.channels.setCurrentIndex(0 if channel is None else self.channels.findData(channel))
        self.channels.blockSignals(blocked)
        self._draw()

    def _name(self, at: int) -> str:
        assert self._found is not None
        first = self._found.feeds[0].channels[0]
        return self._names[at] if at < len(self._names) else f"c{first + at}"

    @Slot()
    def _draw(self) -> None:
        found, at = self._found, self.channel
        is_there = found is not None and at is not None
        for widget in (self.channels, *self._panes):
            widget.setVisible(is_there)
        self.said.setVisible(not is_there)
        if found is None or at is None:
            return
        grids = found.patch, found.weights, found.products
        captions = self.tr("Patch x"), self.tr("Filter w"), "w·x"
        for pane, values, caption in zip(self._panes, grids, captions, strict=True):
            assert values is not None
            # One scale for all channels, so that they can be compared; of a weight the sign counts.
            signed = 0.0 if pane is self.patch else -_LEAST
            pane.show_map(values[at].astype(np.float32), scale_of(np.append(values, signed)))
            pane.set_caption(caption)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._restyle()

    def _restyle(self) -> None:
        self._theme = theme.current()
        for pane in self._panes:
            pane.setFixedSize(*(self._theme.px(length) for length in _GRID_PX))

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._heading.setText(self.tr("The unit in numbers"))
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setToolTip(self.tr("Close this"))
        self.channels.setAccessibleName(self.tr("Input channel"))
        self.channels.setToolTip(self.tr("All channels the filter reads, the largest partial sum first"))
        self.said.setText(
            self.tr("Click a cell of a convolution’s map: its patch, filter and products stand here.")
        )
        self._draw()
