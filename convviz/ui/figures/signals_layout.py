"""Where the signal, the kernel, their products and the output lie: columns of one axis, and rows."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSizeF

from convviz.core.numbers import format_number
from convviz.ui import theme
from convviz.ui.figures.scene import advance, line_height
from convviz.ui.figures.signals_sums import Sliding

_LARGEST, _SMALLEST, _STEP = 1.5, 0.4, 0.05
# Smaller numbers could not be read; then the equation alone has them.
_SMALLEST_PX = 11
_ROWS = 3
SIGNAL, KERNEL, OUTPUT = range(_ROWS)
_LABEL_SHARE = 0.24
_WIDEST = 90


class SignalsLayout:
    """Everything's place in ``size``; texts as large as can be.

    Parameters
    ----------
    sliding : Sliding
        The signal and the kernel.
    labels : sequence of tuple of str
        The lines beside the signal, the kernel and the output, and beside the products.
    lines : sequence of str
        The formula, all equations there may be, and the note at the end.
    size : QSizeF
        Of the figure.
    """

    def __init__(
        self, sliding: Sliding, labels: Sequence[tuple[str, ...]], lines: Sequence[str], size: QSizeF
    ) -> None:
        self._sliding, self._labels, self._lines, self._size = sliding, labels, lines, size
        now = self._now = theme.current()
        self.scale = _LARGEST
        while not self._fits() and self.scale > _SMALLEST + _STEP / 2:
            self.scale -= _STEP
        part = self.scale
        self.values = now.digits(15 * part)
        while not self._values_fit() and part > _SMALLEST:
            part -= _STEP
            self.values = now.digits(15 * part)
        self.has_values = self._values_fit() and self.values.pixelSize() >= _SMALLEST_PX
        if not self.has_values:
            self.values = self.digits

    def _fits(self) -> bool:
        now, width, height = self._now, self._size.width(), self._size.height()
        self.title, self.words = now.words(16 * self.scale, bold=True), now.words(14 * self.scale)
        self.digits, self.strong = now.digits(15 * self.scale), now.digits(18 * self.scale, bold=True)
        self.margin = now.px(14)
        titles = max(advance(self.title, label[0]) for label in self._labels)
        rest = max(advance(self.words, line) for label in self._labels for line in label[1:])
        self._label = max(titles, rest) + now.px(12)
        tall = (line_height(self.digits), line_height(self.strong), line_height(self.words))
        self._text_lines = tall
        self._bottom = height - self.margin - sum(tall) - now.px(6)
        count = self._sliding.last - self._sliding.first + 1
        room = width - 2 * self.margin - self._label
        self.column = min(room / count, now.px(_WIDEST))
        self._left = self.margin + self._label + (room - self.column * count) / 2
        self._products = line_height(self.digits) * 1.6
        formula, *equations, note = self._lines
        wide = max(advance(self.strong, one) for one in equations)
        wide = max(wide, advance(self.digits, formula), advance(self.words, note))
        least = max(3.2 * line_height(self.digits), line_height(self.title) + 2 * line_height(self.words))
        fits = self._label <= width * _LABEL_SHARE and wide <= width - 2 * self.margin
        return fits and self.row(KERNEL).height() >= least

    def _values_fit(self) -> bool:
        one = self._sliding
        numbers = [*one.signal, *one.kernel, *one.outputs, one.first, one.last]
        numbers += [product for place in range(one.length) for product in one.products(place)]
        widest = max(advance(self.values, format_number(value)) for value in numbers)
        return widest <= self.column - 3

    def row(self, row: int) -> QRectF:
        """Return the place of a plot; that of the output has the indices below it."""
        ticks = line_height(self.values if hasattr(self, "values") else self.digits)
        tall = (self._bottom - self.margin - self._products - ticks) / _ROWS
        top = self.margin + row * tall + (self._products if row == OUTPUT else 0)
        return QRectF(self._left, top, self._size.width() - self.margin - self._left, tall)

    def products(self) -> QRectF:
        """Return the place of the products, between kernel and output."""
        above = self.row(KERNEL)
        return QRectF(above.left(), above.bottom(), above.width(), self._products)

    def at(self, index: int) -> float:
        """Return the middle of a column, by its index on the signal's axis."""
        return self._left + (index - self._sliding.first + 0.5) * self.column

    def cell(self, index: int, row: QRectF) -> QRectF:
        """Return the part of a row that is in a column."""
        return QRectF(self.at(index) - self.column / 2, row.top(), self.column, row.height())

    def band(self, indices: range) -> QRectF:
        """Return the columns of ``indices`` from the signal down to the products."""
        left, top = self.at(indices[0]) - self.column / 2, self.row(SIGNAL).top()
        return QRectF(left, top, self.column * len(indices), self.products().bottom() - top)

    def ticks(self, index: int) -> QRectF:
        """Return the place of a column's index, below the output."""
        below = self.row(OUTPUT)
        place = QRectF(below.left(), below.bottom(), below.width(), line_height(self.values))
        return self.cell(index, place)

    def height_of(self, row: int, value: float, values: Sequence[float]) -> float:
        """Return where ``value`` is in a plot that shows ``values`` and zero, with room for their numbers."""
        place, pad = self.row(row), line_height(self.values) + self._now.px(5)
        low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
        if low == high:
            high = 1.0
        # Numbers of negative values are below them; where there are none, their room is not needed.
        bottom = place.bottom() - (pad if low < 0 else self._now.px(6))
        return bottom - (value - low) / (high - low) * (bottom - place.top() - pad)

    def labels(self, row: int) -> list[QRectF]:
        """Return the places of the lines beside a plot, or beside the products after them."""
        place = self.row(row) if row < _ROWS else self.products()
        heights = [line_height(self.title)] + [line_height(self.words)] * (len(self._labels[row]) - 1)
        top, out = place.center().y() - sum(heights) / 2, []
        for height in heights:
            out.append(QRectF(self.margin, top, self._label, height))
            top += height
        return out

    def text_lines(self) -> list[QRectF]:
        """Return the places of the formula, the equation and the note."""
        top, wide = self._size.height() - self.margin - sum(self._text_lines), self._size.width()
        out = []
        for height in self._text_lines:
            out.append(QRectF(self.margin, top, wide - 2 * self.margin, height))
            top += height
        return out
