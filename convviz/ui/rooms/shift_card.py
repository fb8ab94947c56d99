"""The card on which the picture is moved, and every layer says whether its maps move along."""

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from convviz.core.numbers import format_number
from convviz.engine.render import Display
from convviz.nets.records import INPUT, Kind, Trace
from convviz.nets.why.shift import Moved, Shift, map_difference
from convviz.ui import theme
from convviz.ui.layer_text import LayerText
from convviz.ui.map_colours import Scale
from convviz.ui.rooms.map_pane import MapPane
from convviz.ui.widgets.labels import label, row
from convviz.ui.widgets.shift_bars import ShiftBar, ShiftBars

MOST = 8
_DIFFERENCE_PX = 160
# As low as it may be for the sentence below it to be in sight.
_LEAST_DIFFERENCE_PX = 130
# What does the same everywhere to each value alone, or only puts a border around, says nothing new.
_LEFT_OUT = (Kind.PAD, Kind.NORMALISATION, Kind.ACTIVATION, Kind.DROPOUT)
# Below this, maps are alike but for rounding.
ALIKE = 1e-3


class ShiftCard(QFrame):
    """Two sliders, a sentence, and a bar for every layer with maps that could end equivariance.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    moved = Signal(int, int)  # cells down and right the user wants the picture moved by
    chosen = Signal(int)  # index of the layer the user has chosen
    closed = Signal()  # the card is not needed any more

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shift-card")
        self.setProperty("role", "card")
        self._text = LayerText(self)
        self._found: tuple[Trace, Shift] | None = None
        # Whether there is little height for the card.
        self._low = False
        # Place of the first bar whose maps do not move along.
        self._end: int | None = None
        self._heading = label("heading", name="shift-heading")
        self._close = QPushButton("×", self)
        self._close.setObjectName("shift-close")
        self.right, self.down = self._slider("shift-right"), self._slider("shift-down")
        self._right_label, self._down_label = QLabel(self), QLabel(self)
        self.said = label("muted", wrap=True, name="shift-said")
        self.bars = ShiftBars()
        self.difference = MapPane(self)
        self.difference.setObjectName("pane-shift-difference")
        # The layer and the map that are looked at.
        self._looked: tuple[Trace | None, int, int] = None, INPUT, 0
        self._area = QScrollArea(self)
        self._lay_out()
        self._close.clicked.connect(self.closed)
        self.bars.chosen.connect(self.chosen)
        self._restyle()
        self.retranslate()

    def _slider(self, name: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setObjectName(name)
        slider.setRange(-MOST, MOST)
        slider.setPageStep(1)
        slider.valueChanged.connect(self._move)
        return slider

    def _lay_out(self) -> None:
        self._area.setObjectName("shift-area")
        self._area.setWidget(self.bars)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._column = layout = QVBoxLayout(self)
        layout.addLayout(row(self._heading, self._close))
        self._sliders = QGridLayout()
        self._sliders.setColumnStretch(1, 1)
        layout.addLayout(self._sliders)
        self._right_label.setBuddy(self.right)
        self._down_label.setBuddy(self.down)
        layout.addWidget(self._area, 1)
        self._place_parts()

    def _place_parts(self) -> None:
        """Put the sliders below their labels; where the card is low beside them, and the map before words."""
        pairs = (self._right_label, self.right), (self._down_label, self.down)
        for index, (text, slider) in enumerate(pairs):
            self._sliders.removeWidget(text)
            self._sliders.removeWidget(slider)
            if self._low:
                self._sliders.addWidget(text, index, 0)
                self._sliders.addWidget(slider, index, 1)
            else:
                self._sliders.addWidget(text, 2 * index, 0, 1, 2)
                self._sliders.addWidget(slider, 2 * index + 1, 0, 1, 2)
        ordered = (self.difference, self.said) if self._low else (self.said, self.difference)
        for part in ordered:
            self._column.removeWidget(part)
            self._column.insertWidget(self._column.indexOf(self._area), part)
        self._write_labels()

    def fit(self, height: int) -> None:
        """Bring the map of differences into a card of which so much is in sight, in pixels."""
        margins, gap = self._column.contentsMargins(), self._column.spacing()
        lines = [part.sizeHint().height() for part in (self._right_label, self.right)]
        head = self.contentsRect().top() + margins.top()
        head += max(self._heading.sizeHint().height(), self._close.sizeHint().height())
        inside = self.contentsRect().width() - margins.left() - margins.right()
        said = gap + self.said.heightForWidth(inside)
        usual, between = theme.current().px(_DIFFERENCE_PX), self._sliders.verticalSpacing()
        whole = head + gap + 2 * sum(lines) + 3 * between + said + gap + usual
        low = height > 0 and whole > height
        if low is not self._low:
            self._low = low
            self._place_parts()
        if low:
            # With the sentence, or else as large as it can be.
            room = height - head - 2 * gap - 2 * max(lines) - between - margins.bottom()
            with_words = room - said
            least = theme.current().px(_LEAST_DIFFERENCE_PX)
            usual = max(with_words if with_words >= least else room, least)
        if self.difference.minimumHeight() != usual:
            self.difference.setFixedHeight(usual)

    @property
    def by(self) -> tuple[int, int]:
        """Cells down and right."""
        return self.down.value(), self.right.value()

    @Slot()
    def _move(self) -> None:
        self._write_labels()
        self.moved.emit(*self.by)

    def show_shift(self, trace: Trace, found: Shift | None) -> None:
        """Show what became of the maps; None shows nothing."""
        self._found = None if found is None else (trace, found)
        self._write()
        self._draw()

    def show_map(self, trace: Trace, layer: int, number: int) -> None:
        """Show what became of this map, if the layer has maps and it is this trace that was moved."""
        self._looked = trace, layer, number
        self._draw()

    def _draw(self) -> None:
        """Show where the chosen map has not moved along."""
        looked, layer, number = self._looked
        # Another network may be there already, with fewer maps, before it has been moved.
        known = self._found is not None and self._found[0] is looked and layer in self._found[1].outputs
        self.difference.setVisible(known)
        if self._found is None or not known:
            self.difference.show_map(None, None)
            return
        trace, found = self._found
        sizes = np.abs(trace.outputs[layer][number])
        bound = float(sizes[np.isfinite(sizes)].max(initial=0.0))
        scale = Scale(Display.SIGNED, -bound, bound)
        self.difference.show_map(map_difference(trace, found, layer, number), scale)
        self.difference.set_caption(self.tr("Map {0}: difference").format(number))
        self.difference.setToolTip(
            self.tr(
                "The map of the moved picture less the moved map, in the colours of the map’s values: white "
                "where it has moved along, grey where it came in from outside."
            )
        )

    def show_by(self, down: int, right: int) -> None:
        """Set the sliders, without announcing it."""
        for slider, value in ((self.down, down), (self.right, right)):
            blocked = slider.blockSignals(True)
            slider.setValue(value)
            slider.blockSignals(blocked)
        self._write_labels()

    def _write(self) -> None:
        if self._found is None:
            self.bars.set_bars(())
            self.said.setText("")
            return
        trace, found = self._found
        layers = trace.architecture.layers
        telling = [moved for moved in found.layers if layers[moved.layer].kind not in _LEFT_OUT]
        self.bars.set_bars([self._bar(trace, moved) for moved in telling])
        end = next((place for place, moved in enumerate(telling) if not _is_alike(moved)), None)
        self.said.setText(self._verdict(trace, found, None if end is None else telling[end]))
        if end is not None and end != self._end:
            # What is told of is in sight.
            place = self.bars.row(end)
            self._area.ensureVisible(0, int(place.bottom()), 0, int(2 * place.height()))
        self._end = end

    def _bar(self, trace: Trace, moved: Moved) -> ShiftBar:
        layer = trace.architecture.layers[moved.layer]
        cells = self.tr("Its maps should move {0} cells down and {1} right.").format(
            *(format_number(round(cells, 3)) for cells in moved.cells)
        )
        parts = [f"{layer.name}: {self._text.title(layer)}", cells]
        if not moved.whole:
            parts.append(self.tr("Not by whole cells, so they cannot move along exactly."))
        if moved.inside is None:
            parts.append(self.tr("No cell is free of the border; compared with it."))
        difference = moved.overlap if moved.inside is None else moved.inside
        return ShiftBar(moved.layer, self._text.title(layer), difference, "\n".join(parts))

    def _verdict(self, trace: Trace, found: Shift, first: Moved | None) -> str:
        """Return where the maps stop moving along."""
        if found.down == found.right == 0:
            return self.tr("Move the picture: does every layer's map move along?")
        if first is None:
            return self.tr("In every layer the maps move along exactly.")
        layer = trace.architecture.layers[first.layer]
        fields = layer.fields
        if fields is not None and any(field.whole for field in fields):
            return self.tr(
                "The maps move along until {0}: its cells see the whole picture, border included."
            ).format(layer.name)
        if not first.whole and fields is not None:
            return self.tr(
                "The maps move along until {0}: its cells are {1} pixels apart, and the shift is no multiple "
                "of that."
            ).format(layer.name, fields[0].jump)
        return self.tr("The maps move along until {0}: what it computes depends on the place.").format(
            layer.name
        )

    def _write_labels(self) -> None:
        down, right = self.by
        texts = self.tr("Right: {0} px"), self.tr("Down: {0} px")
        labels = self._right_label, self._down_label
        for part, text, cells in zip(labels, texts, (right, down), strict=True):
            part.setText(text.format(format_number(cells)))
            # A slider beside it stays where it is while it is dragged.
            widest = part.fontMetrics().horizontalAdvance(text.format(format_number(-MOST)))
            part.setMinimumWidth(widest if self._low else 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._restyle()

    def _restyle(self) -> None:
        self._theme = theme.current()
        self.difference.setFixedHeight(self._theme.px(_DIFFERENCE_PX))
        self._write_labels()

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._heading.setText(self.tr("Move the picture"))
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setToolTip(self.tr("Close this"))
        self.right.setAccessibleName(self.tr("Pixels to the right"))
        self.right.setToolTip(self.tr("Move what the network sees to the right, or to the left"))
        self.down.setAccessibleName(self.tr("Pixels down"))
        self.down.setToolTip(self.tr("Move what the network sees down, or up"))
        self._write_labels()
        self._write()
        self._draw()


def _is_alike(moved: Moved) -> bool:
    """Return whether a layer's maps moved along, where that can be told."""
    if moved.inside is None:
        return moved.whole
    return moved.inside < ALIKE
