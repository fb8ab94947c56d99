"""A colour mixed from red, green and blue."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from convviz.ui import theme
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.number_field import NumberField

Colour = tuple[int, int, int]

# Black, grey, white, the primaries and three mixtures that are hard to guess.
EXAMPLES: tuple[Colour, ...] = (
    (0, 0, 0),
    (150, 150, 150),
    (255, 255, 255),
    (255, 0, 0),
    (0, 255, 0),
    (0, 0, 255),
    (255, 64, 255),
    (255, 252, 121),
    (148, 23, 81),
)
# In a narrow mixer they stand as in the square of nine pixels that the course begins with.
_PER_ROW, _PER_NARROW_ROW = 9, 3
_GAP_PX = 3


class Swatch(QPushButton):
    """A button filled with one colour."""

    def __init__(self, colour: Colour, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = colour
        self.setMinimumSize(theme.current().px(22), theme.current().px(22))

    def set_colour(self, colour: Colour) -> None:
        """Fill with another colour."""
        self._colour = colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        del event
        painter = QPainter(self)
        colours = theme.current().colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QColor(colours.focus if focused else colours.line))
        painter.setBrush(QColor(*self._colour))
        inset = 1 if not focused else 2
        painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), 4, 4)


class ColourMixer(QWidget):
    """Three sliders, the colour they give, its hexadecimal name, and well-chosen examples."""

    changed = Signal(int, int, int)  # red, green and blue, 0 to 255

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.swatch = Swatch((0, 0, 0), self)
        self.swatch.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.swatch.setMinimumHeight(theme.current().px(44))
        self.name = label(name="mixer-hex")
        self.name.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.sliders: list[QSlider] = []
        self.spins: list[NumberField] = []
        self.examples: list[Swatch] = []
        self._letters = [label("heading") for _ in range(3)]
        self._narrow = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.swatch)
        layout.addWidget(self.name)
        layout.addLayout(self._build_sliders())
        layout.addLayout(self._build_examples())
        self.retranslate()
        self.set_colour((148, 23, 81))

    def _build_sliders(self) -> QGridLayout:
        grid = QGridLayout()
        for index, letter in enumerate("RGB"):
            slider, spin = QSlider(Qt.Orientation.Horizontal, self), NumberField(self)
            slider.setRange(0, 255)
            spin.set_whole(3)
            spin.set_range(0, 255)
            slider.setObjectName(f"mixer-slider-{letter.lower()}")
            spin.setObjectName(f"mixer-{letter.lower()}")
            slider.valueChanged.connect(partial(self._slide, index))
            spin.value_changed.connect(partial(self._take, index))
            self._letters[index].setText(letter)
            for column, widget in enumerate((self._letters[index], slider, spin)):
                grid.addWidget(widget, index, column)
            self.sliders.append(slider)
            self.spins.append(spin)
        return grid

    def _build_examples(self) -> QGridLayout:
        self._examples_grid = grid = QGridLayout()
        grid.setSpacing(_GAP_PX)
        for index, colour in enumerate(EXAMPLES):
            button = Swatch(colour, self)
            button.setObjectName(f"mixer-example-{index}")
            button.setAccessibleName(f"{colour[0]}, {colour[1]}, {colour[2]}")
            button.setToolTip(button.accessibleName())
            button.clicked.connect(partial(self._choose, colour))
            self.examples.append(button)
        self._place_examples()
        return grid

    def _place_examples(self) -> None:
        per_row = _PER_NARROW_ROW if self._narrow else _PER_ROW
        for index, button in enumerate(self.examples):
            self._examples_grid.removeWidget(button)
            self._examples_grid.addWidget(button, index // per_row, index % per_row)

    def set_narrow(self, narrow: bool) -> None:
        """Make do with less width, for more height."""
        if narrow is not self._narrow:
            self._narrow = narrow
            self._place_examples()
            self._show_colour()

    @property
    def wide_height(self) -> int:
        """How high it is where it is not narrow, in pixels."""
        found = self.sizeHint().height()
        if not self._narrow:
            return found
        example = self.examples[0].sizeHint().expandedTo(self.examples[0].minimumSize())
        more = len(self.examples) // _PER_NARROW_ROW - len(self.examples) // _PER_ROW
        return found - more * (example.height() + _GAP_PX) - self.name.fontMetrics().lineSpacing()

    def _choose(self, colour: Colour) -> None:
        self.set_colour(colour)

    def colour(self) -> Colour:
        """Return the colour mixed."""
        red, green, blue = (int(spin.value()) for spin in self.spins)
        return red, green, blue

    def set_colour(self, colour: Colour) -> None:
        """Mix ``colour``."""
        for slider, spin, value in zip(self.sliders, self.spins, colour, strict=True):
            spin.set_value(value)
            with QSignalBlocker(slider):
                slider.setValue(value)
        self._show()

    def _slide(self, index: int, value: int) -> None:
        self.spins[index].set_value(value)
        self._show()

    def _take(self, index: int, value: float) -> None:
        with QSignalBlocker(self.sliders[index]):
            self.sliders[index].setValue(int(value))
        self._show()

    def _show(self) -> None:
        red, green, blue = self.colour()
        self._show_colour()
        self.changed.emit(red, green, blue)

    def _show_colour(self) -> None:
        red, green, blue = self.colour()
        self.swatch.set_colour((red, green, blue))
        between = "\n" if self._narrow else " · "
        self.name.setText(f"({red}, {green}, {blue}){between}#{red:02X}{green:02X}{blue:02X}")
        self.name.setFont(theme.current().digits())

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        names = (self.tr("Red"), self.tr("Green"), self.tr("Blue"))
        for slider, spin, name in zip(self.sliders, self.spins, names, strict=True):
            for widget in (slider, spin):
                widget.setAccessibleName(name)
        self.swatch.setAccessibleName(self.tr("Mixed colour"))
