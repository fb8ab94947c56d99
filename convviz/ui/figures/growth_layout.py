"""Where the rows of units, their labels and the picture of the input lie."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

from convviz.core.field_growth import Level
from convviz.core.limits import Pair
from convviz.ui import theme
from convviz.ui.figures.scene import advance, line_height

_LARGEST, _SMALLEST, _STEP = 1.4, 0.4, 0.05
# Of the width, what labels and the picture of the input may take together at most.
_BESIDE_SHARE = 0.54
_PICTURE_SHARE = 0.24


@dataclass(frozen=True)
class RowText:
    """What stands beside a row of units: its layer, and how its receptive field comes about."""

    title: str
    sums: tuple[str, ...]
    settings: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands below the title."""
        return (self.settings, *self.sums) if self.settings else self.sums


class GrowthLayout:
    """Everything's place in ``size``; texts as large as can be.

    Parameters
    ----------
    levels : tuple of Level
        The input first; drawn from the bottom up.
    borders : tuple of int
        Cells of padding on each side of every level.
    texts : tuple of RowText
        One for each level.
    heads : tuple of str
        The lines above the picture of the input, the longest they can be.
    legend : tuple of str
        The lines below it.
    size : QSizeF
        Of the figure.
    """

    def __init__(
        self,
        levels: tuple[Level, ...],
        borders: tuple[int, ...],
        texts: tuple[RowText, ...],
        heads: tuple[str, ...],
        legend: tuple[str, ...],
        size: QSizeF,
    ) -> None:
        self.levels, self.borders = levels, borders
        self._texts, self._heads, self._legend = texts, heads, legend
        self._size, self._now = size, theme.current()
        self.scale = _LARGEST
        while not self._fits() and self.scale > _SMALLEST + _STEP / 2:
            self.scale -= _STEP
        self._place_units()

    def px(self, size: float) -> int:
        """Return design pixels at the scale of the texts."""
        return self._now.px(size * self.scale)

    def _fits(self) -> bool:
        now = self._now
        self.title, self.digits = now.words(16 * self.scale, bold=True), now.digits(15 * self.scale)
        self.words = now.words(15 * self.scale)
        self.margin = now.px(16)
        self._label = max(
            max(advance(self.title, text.title), *(advance(self.digits, line) for line in text.lines))
            for text in self._texts
        )
        width, height = self._size.width(), self._size.height()
        heads = max(advance(self.words, line) for line in (*self._heads, *self._legend))
        self._side = max(width * _PICTURE_SHARE - self.margin, heads)
        self.pitch = (height - 2 * self.margin) / len(self.levels)
        lines = line_height(self.title) + max(len(text.lines) for text in self._texts) * line_height(
            self.digits
        )
        beside = self._label + self._side
        return beside <= width * _BESIDE_SHARE and lines + self.px(8) <= self.pitch

    def _place_units(self) -> None:
        pairs = list(zip(self.levels, self.borders, strict=True))
        self._low = min(level.centre(-border) - _share(level) / 2 for level, border in pairs)
        high = max(level.centre(level.length - 1 + border) + _share(level) / 2 for level, border in pairs)
        self._left = self.margin + self._label + self.px(16)
        room = self._size.width() - self._left - self.px(20) - self._side - self.margin
        self.cell = min(room / (high - self._low), self.pitch * 0.5)
        self._left += (room - self.cell * (high - self._low)) / 2

    def middle(self, level: int) -> float:
        """Return the height at which a level's units are; the input is at the bottom."""
        return self._size.height() - self.margin - (level + 0.5) * self.pitch

    def unit(self, level: int, number: int) -> QRectF:
        """Return the place of a unit, above the middle of what it sees; of the padding too."""
        centre = self._left + (self.levels[level].centre(number) - self._low) * self.cell
        side = min(self.cell * 0.92 * _share(self.levels[level]), self.pitch * 0.5)
        return QRectF(centre - side / 2, self.middle(level) - side / 2, side, side)

    def label(self, level: int) -> list[QRectF]:
        """Return the places of the lines beside a row, the title's first."""
        heights = [line_height(self.title)] + [line_height(self.digits)] * len(self._texts[level].lines)
        top = self.middle(level) - sum(heights) / 2
        out = []
        for height in heights:
            out.append(QRectF(self.margin, top, self._label, height))
            top += height
        return out

    def heads(self) -> list[QRectF]:
        """Return the places of the lines above the picture of the input."""
        line = line_height(self.words)
        picture = self.picture()
        top = picture.top() - self.px(8) - line * len(self._heads)
        return [QRectF(picture.left(), top + n * line, self._side, line) for n in range(len(self._heads))]

    def legend(self) -> list[QRectF]:
        """Return the places of the lines below the picture of the input."""
        line, picture = line_height(self.words), self.picture()
        top = picture.bottom() + self.px(8)
        return [QRectF(picture.left(), top + n * line, self._side, line) for n in range(len(self._legend))]

    def picture(self) -> QRectF:
        """Return the place of the input seen from above, on a level with its row."""
        line = line_height(self.words)
        above, below = (line * len(lines) + self.px(8) for lines in (self._heads, self._legend))
        side = min(self._side, self._size.height() - 2 * self.margin - above - below)
        left = self._size.width() - self.margin - self._side
        top = (self._size.height() - side - above - below) / 2 + above
        return QRectF(left, top, side, side)

    def seen(self, first: Pair, last: Pair) -> QRectF:
        """Return the rectangle from cell ``first`` to ``last`` (y, x) on the picture, cut at its border."""
        picture, length = self.picture(), self.levels[0].length
        cell = picture.width() / length
        start = QPointF(picture.left() + first[1] * cell, picture.top() + first[0] * cell)
        whole = QRectF(start, QSizeF((last[1] - first[1] + 1) * cell, (last[0] - first[0] + 1) * cell))
        return whole.intersected(picture)


def _share(level: Level) -> float:
    """Return how large a unit is drawn, in cells: units that are farther apart are larger."""
    return math.sqrt(level.jump)
