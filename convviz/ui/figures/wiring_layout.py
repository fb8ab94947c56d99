"""Where the picture, the networks and what is written of them lie."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

from convviz.ui import theme
from convviz.ui.figures.scene import advance, line_height
from convviz.ui.figures.wiring_nets import KERNEL, SIDE, Net

_LARGEST, _SMALLEST, _STEP = 1.5, 0.4, 0.05
_PICTURE_SHARE = 0.17
_RADIUS_SHARE = 0.43
_WIDEST_PITCH = 330


@dataclass(frozen=True)
class Panel:
    """A network and what is written of it: above it, above its columns, and below it."""

    net: Net
    title: str
    heads: tuple[str, ...]
    formula: str
    total: str


@dataclass(frozen=True)
class Around:
    """What is written beside the networks: above the picture and the kernel, and in the last two lines."""

    picture: str
    kernel: str
    equations: tuple[str, ...]
    note: str


class WiringLayout:
    """Everything's place in ``size``, with texts as large as can be.

    Parameters
    ----------
    panels : tuple of Panel
        The networks, from left to right; with their longest texts, so that nothing moves.
    around : Around
        The other texts; all equations there may be.
    size : QSizeF
        Of the figure.
    """

    def __init__(self, panels: tuple[Panel, ...], around: Around, size: QSizeF) -> None:
        self.panels, self.around, self._size = panels, around, size
        now = self._now = theme.current()
        self.scale = _LARGEST
        while not self._fits() and self.scale > _SMALLEST + _STEP / 2:
            self.scale -= _STEP
        # Many neurons are small: their names are, and nothing else.
        part = self.scale
        self.names = now.digits(15 * part)
        while not self._names_fit() and part > _SMALLEST + _STEP / 2:
            part -= _STEP
            self.names = now.digits(15 * part)

    def _fits(self) -> bool:
        now, width, height = self._now, self._size.width(), self._size.height()
        self.title, self.words = now.words(17 * self.scale, bold=True), now.words(14 * self.scale)
        self.digits, self.strong = now.digits(16 * self.scale), now.digits(18 * self.scale, bold=True)
        self.margin, self.gap = now.px(14), now.px(24)
        names, words = line_height(self.digits), line_height(self.words)
        self._top = self.margin + line_height(self.title) + names + words + now.px(6)
        self._lines = (names, line_height(self.strong), names, words)
        self._bottom = height - self.margin - sum(self._lines) - now.px(14)
        self.side = width * _PICTURE_SHARE
        start = self.margin + self.side + self.gap
        count = len(self.panels)
        self._wide = (width - self.margin - start - (count - 1) * self.gap) / count
        self._starts = [start + n * (self._wide + self.gap) for n in range(count)]
        return self._texts_fit(width - 2 * self.margin)

    def _texts_fit(self, whole: float) -> bool:
        for number, panel in enumerate(self.panels):
            wide = max(advance(self.title, panel.title), advance(self.digits, panel.formula))
            if max(wide, advance(self.strong, panel.total)) > self._wide:
                return False
            if max(advance(self.words, head) for head in panel.heads) > self._pitch(number) - 8:
                return False
        rows = max(advance(self.words, self.around.picture), advance(self.words, self.around.kernel))
        lines = [advance(self.digits, text) for text in self.around.equations]
        lines.append(advance(self.words, self.around.note))
        return rows <= self.side + self.gap / 2 and max(lines) <= whole

    def _names_fit(self) -> bool:
        columns = [column for panel in self.panels for column in panel.net.columns]
        widest = max(advance(self.names, column.name(column.size - 1)) for column in columns)
        return widest <= 1.7 * self.radius() and line_height(self.names) <= 2.1 * self.radius()

    def _pitch(self, panel: int) -> float:
        """Return how far apart the columns of a network are."""
        count = len(self.panels[panel].net.columns)
        return min(self._wide / count, self._now.px(_WIDEST_PITCH))

    def radius(self) -> float:
        """Return how large neurons are; in all networks the same, so that they can be compared."""
        rows = max(column.size for one in self.panels for column in one.net.columns)
        return min(_RADIUS_SHARE * (self._bottom - self._top) / rows, self._now.px(22))

    def middle(self, panel: int, column: int) -> float:
        """Return where a column is."""
        net, pitch = self.panels[panel].net, self._pitch(panel)
        left = self._starts[panel] + (self._wide - pitch * len(net.columns)) / 2
        return left + (column + 0.5) * pitch

    def neuron(self, panel: int, column: int, number: int) -> QPointF:
        """Return a neuron's centre. Few neurons are spread, but never over the whole height."""
        size, tall = self.panels[panel].net.columns[column].size, self._bottom - self._top
        step = tall / max(size, 9) if size > 4 else tall / 6
        return QPointF(self.middle(panel, column), self._top + tall / 2 + (number - (size - 1) / 2) * step)

    def titles(self, panel: int) -> QRectF:
        """Return the place of a network's title."""
        return QRectF(self._starts[panel], self.margin, self._wide, line_height(self.title))

    def head(self, panel: int, column: int) -> tuple[QRectF, QRectF]:
        """Return the places of a column's number of neurons and of what they are."""
        pitch, first = self._pitch(panel), line_height(self.digits)
        left, top = self.middle(panel, column) - pitch / 2, self.margin + line_height(self.title)
        return QRectF(left, top, pitch, first), QRectF(left, top + first, pitch, line_height(self.words))

    def below(self, panel: int) -> tuple[QRectF, QRectF]:
        """Return the places of a network's formula and total."""
        left, top = self._starts[panel], self._bottom + self._now.px(6)
        first, second, *_ = self._lines
        return QRectF(left, top, self._wide, first), QRectF(left, top + first, self._wide, second)

    def last_lines(self) -> tuple[QRectF, QRectF]:
        """Return the places of the equation and the note."""
        wide, bottom = self._size.width() - 2 * self.margin, self._size.height() - self.margin
        *_, first, second = self._lines
        top = bottom - first - second
        return QRectF(self.margin, top, wide, first), QRectF(self.margin, top + first, wide, second)

    def picture(self) -> QRectF:
        """Return the place of the picture: above the kernel, or halfway up where there is none."""
        top = self._top + line_height(self.words)
        if not any(edge.shared for panel in self.panels for edge in panel.net.edges):
            top = (self._top + self._bottom - self.side) / 2
        return QRectF(self.margin, top, self.side, self.side)

    def picture_cell(self, number: int) -> QRectF:
        """Return the place of a picture's value."""
        return _cell(self.picture(), SIDE, number)

    def kernel(self) -> QRectF:
        """Return the place of the kernel, whose cells are as large as the picture's."""
        picture, cell = self.picture(), self.side / SIDE
        top = picture.bottom() + self._now.px(14) + line_height(self.words)
        # Beside each cell's name there has to be room for how its line looks.
        tall = min(cell, (self._bottom - top) / KERNEL)
        return QRectF(self.margin, top, self.side * 0.9, tall * KERNEL)

    def kernel_cell(self, number: int) -> QRectF:
        """Return the place of a kernel's weight."""
        return _cell(self.kernel(), KERNEL, number)

    def caption(self, below: QRectF) -> QRectF:
        """Return the place of what is written above the picture or the kernel."""
        tall = line_height(self.words)
        return QRectF(below.left(), below.top() - tall, self.side + self.gap / 2, tall)


def _cell(whole: QRectF, across: int, number: int) -> QRectF:
    row, column = divmod(number, across)
    wide, tall = whole.width() / across, whole.height() / across
    return QRectF(whole.left() + column * wide, whole.top() + row * tall, wide, tall)
