"""Where the tiles of a mosaic lie, and how large they are."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics

from convviz.ui import theme

LEAST_PX, MOST_PX = 54, 250
GAP_PX = 8
MARGIN_PX = 6
NUMBER_PX = 12
"""Height of the number below a tile, in design pixels."""


@dataclass(frozen=True)
class Tiling:
    """Where the tiles are, in pixels from the top left corner of all of them."""

    columns: int
    width: int
    height: int
    pitch: tuple[int, int]
    margin: int

    def tile(self, place: int) -> QRect:
        """Return the tile at a place in the order shown."""
        row, column = divmod(place, self.columns)
        x = self.margin + column * self.pitch[0]
        return QRect(x, self.margin + row * self.pitch[1], self.width, self.height)

    def total(self, count: int) -> int:
        """Return the height of ``count`` tiles."""
        return self.margin + -(-count // self.columns) * self.pitch[1]


def tiling(count: int, aspect: float, area: QSize, now: theme.Theme) -> Tiling:
    """Return the largest tiles of which ``count`` fit into ``area``, or the smallest there are.

    Parameters
    ----------
    count : int
        Number of maps.
    aspect : float
        Width over height of a map.
    area : QSize
        Of the widget.
    now : Theme
        Its scale and its font.
    """
    gap, margin = now.px(GAP_PX), now.px(MARGIN_PX)
    number = QFontMetrics(now.digits(NUMBER_PX)).height()
    room = max(1, area.width() - margin)
    best: Tiling | None = None
    for columns in range(1, max(2, count + 1)):
        width = min(room // columns - gap, now.px(MOST_PX) * max(1.0, aspect))
        height = width / aspect
        if height > now.px(MOST_PX):
            height = now.px(MOST_PX)
            width = height * aspect
        if best is not None and min(width, height) < now.px(LEAST_PX):
            break
        width, height = max(4, int(width)), max(4, int(height))
        fits = best is not None and best.total(count) <= area.height()
        # More columns only as long as that makes no tile smaller, or lets all of them be seen.
        if best is not None and fits and width < best.width:
            break
        best = Tiling(columns, width, height, (width + gap, height + number + gap // 2), margin)
    assert best is not None
    return best
