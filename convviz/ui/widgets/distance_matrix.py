"""How far every picture is from every other, as a square of colours."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from convviz.core.distances import Distance, Numbers
from convviz.core.numbers import format_number
from convviz.engine.render import Display, render
from convviz.ui import theme
from convviz.ui.widgets.matrix_geometry import MatrixGeometry
from convviz.ui.widgets.matrix_scale import draw_scale
from convviz.ui.widgets.pair import PairChoice
from convviz.ui.widgets.pane_paint import STALE_OPACITY, draw_focus_ring
from convviz.ui.widgets.thumbnails import draw_thumbnail

FORMULAS = {
    Distance.EUCLIDEAN: "√Σ(aᵢ − bᵢ)²",
    Distance.MAXIMUM: "max |aᵢ − bᵢ|",
    Distance.COSINE: "1 − a·b / (‖a‖·‖b‖)",
}
_TITLE_PX, _WORD_PX = 15, 13
# The largest of these in which every number fits into its cell is taken.
_DIGITS_PX = (24, 20, 17, 15, 13, 12, 11)


class DistanceMatrix(QWidget):
    """One distance between all pictures: dark is near, bright is far, a dash is undefined.

    A click chooses a pair, the row its first and the column its second; so do ↑ ↓ and ← →.

    Parameters
    ----------
    kind : Distance
        Which distance.
    pair : PairChoice
        Which two are chosen.
    parent : QWidget, optional
        Owner.
    """

    told = Signal(str)  # the pair under the mouse and its distance; empty for none

    _theme: theme.Theme | None = None

    def __init__(self, kind: Distance, pair: PairChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"matrix-{kind.value}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._kind, self._pair = kind, pair
        self._values: Numbers = np.zeros((0, 0))
        self._names: Sequence[str] = ()
        self._thumbnails: Sequence[QImage] = ()
        self._title = ""
        self._stale = False
        self._image = QImage()
        self._theme = theme.current()
        pair.changed.connect(self._follow)
        self.retranslate()

    def set_distances(self, values: Numbers, names: Sequence[str], thumbnails: Sequence[QImage]) -> None:
        """Show distances (N, N) between pictures; NaN is undefined."""
        self._values, self._names, self._thumbnails = values, names, thumbnails
        self._paint_image()
        self._describe()
        self.update()

    def set_stale(self, stale: bool) -> None:
        """Pale everything while it belongs to another network, layer or set of pictures."""
        self._stale = stale
        self.update()

    @Slot()
    def _follow(self) -> None:
        self._describe()
        self.update()

    # Where things are

    def _most(self) -> float:
        return float(np.nanmax(self._values)) if np.isfinite(self._values).any() else 0.0

    def geometry_now(self) -> MatrixGeometry:
        """Return where everything is at the moment."""
        most = _short(self._most())
        return MatrixGeometry(theme.current(), self.width(), self.height(), len(self._values), most)

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(theme.current().px(280), theme.current().px(340))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which colours are told apart."""
        return QSize(theme.current().px(130), theme.current().px(130))

    # Painting

    def _paint_image(self) -> None:
        """Make the picture of all cells, one pixel for each."""
        if not self._values.size:
            self._image = QImage()
            return
        finite = np.nan_to_num(self._values, nan=0.0).astype(np.float32)
        pixels = np.ascontiguousarray(render(finite, Display.VIRIDIS, 0.0, self._most() or 1.0))
        blank = QColor(theme.current().colours.blank).rgb()
        pixels[np.isnan(self._values)] = blank
        count = len(pixels)
        self._image = QImage(pixels.data, count, count, 4 * count, QImage.Format.Format_RGB32).copy()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the title, the cells, the pictures at the edges and the scale."""
        del event
        painter, place = QPainter(self), self.geometry_now()
        self._paint_title(painter, place)
        if self._values.size:
            painter.setOpacity(STALE_OPACITY if self._stale else 1.0)
            painter.drawImage(place.square(), self._image)
            self._paint_edges(painter, place)
            self._paint_numbers(painter, place)
            self._paint_chosen(painter, place)
            draw_scale(painter, place.theme, place.scale(), place.most, upright=place.upright)
            painter.setOpacity(1.0)
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), place.theme)
        painter.end()

    def _paint_title(self, painter: QPainter, place: MatrixGeometry) -> None:
        now, line, formula = place.theme, place.line, FORMULAS[self._kind]
        box, middle = QRectF(now.px(4), 0, self.width() - now.px(8), line), Qt.AlignmentFlag.AlignVCenter
        title, digits = now.words(_TITLE_PX, bold=True), now.digits(_WORD_PX)
        painter.setPen(QColor(now.colours.text))
        painter.setFont(title)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | middle), self._title)
        painter.setPen(QColor(now.colours.muted))
        painter.setFont(digits)
        if not place.upright:
            # A little nearer to the title than a line.
            below = box.translated(0, line - now.px(3))
            painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft | middle), formula)
            return
        taken = QFontMetricsF(title).horizontalAdvance(self._title) + now.px(12)
        # Where there is no room for it, it is still in the arithmetic of the pair below.
        if taken + QFontMetricsF(digits).horizontalAdvance(formula) <= box.width():
            painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | middle), formula)

    def _paint_edges(self, painter: QPainter, place: MatrixGeometry) -> None:
        if not place.has_pictures:
            return
        for number, image in enumerate(self._thumbnails[: len(self._values)]):
            is_first, is_second = number == self._pair.first, number == self._pair.second
            down, across = place.edges(number)
            draw_thumbnail(painter, image, down, place.theme, first=is_first)
            draw_thumbnail(painter, image, across, place.theme, second=is_second)

    def _paint_numbers(self, painter: QPainter, place: MatrixGeometry) -> None:
        font = self.digits_font()
        if font is None:
            return
        painter.setFont(font)
        most = self._most() or 1.0
        for row, values in enumerate(self._values):
            for column, value in enumerate(values):
                # Viridis is bright at its end.
                dark_ground = not value > 0.6 * most and not np.isnan(value)
                painter.setPen(QColor("#ffffff" if dark_ground else "#16191f"))
                if np.isnan(value):
                    painter.setPen(QColor(place.theme.colours.text))
                painter.drawText(
                    place.cell(row, column), int(Qt.AlignmentFlag.AlignCenter), _short(float(value))
                )

    def digits_font(self) -> QFont | None:
        """Return the font of the numbers in the cells; None if they do not fit."""
        now, side = theme.current(), self.geometry_now().side
        if side < now.px(_DIGITS_PX[-1]) * 2:
            return None
        words = {_short(float(value)) for value in self._values.ravel()}
        longest = max(words, key=len, default="")
        for size in _DIGITS_PX:
            font = now.digits(size)
            if QFontMetricsF(font).horizontalAdvance(longest) <= side - now.px(4):
                return font
        return None

    def _paint_chosen(self, painter: QPainter, place: MatrixGeometry) -> None:
        row, column = self._pair.first, self._pair.second
        if not (0 <= row < len(self._values) and 0 <= column < len(self._values)):
            return
        now = place.theme
        box, width = place.cell(row, column), now.px(3)
        if box.width() < now.px(8):
            box = box.adjusted(-now.px(3), -now.px(3), now.px(3), now.px(3))
        # White below, so that the outline is seen on any colour.
        for ink, wide in (("#ffffff", width + now.px(2)), (now.colours.focus, width)):
            pen = QPen(QColor(ink), wide)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)

    # Mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the pair under the mouse."""
        found = self.geometry_now().cell_at(event.position().toPoint())
        if found is None or event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
        else:
            self._pair.choose(*found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the distance under the mouse."""
        found = self.geometry_now().cell_at(event.position().toPoint())
        self.told.emit("" if found is None else self.spoken(*found))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell of no pair any more."""
        super().leaveEvent(event)
        self.told.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from cell to cell."""
        self._pair.step(event, across=True)

    def event(self, event: QEvent) -> bool:
        """Tell the distance under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.geometry_now().cell_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if found is None else self.spoken(*found), self)
            return True
        return super().event(event)

    def spoken(self, row: int, column: int) -> str:
        """Return a pair and its distance in words."""
        value = float(self._values[row, column])
        said = self.tr("undefined: a vector of zeros has no direction")
        number = said if np.isnan(value) else format_number(value)
        return f"{self._names[row]} – {self._names[column]}: {number}"

    # Housekeeping

    def _describe(self) -> None:
        row, column, count = self._pair.first, self._pair.second, len(self._values)
        inside = 0 <= row < count and 0 <= column < count
        self.setAccessibleDescription(self.spoken(row, column) if inside else "")

    def set_title(self, title: str) -> None:
        """Write which distance it is."""
        self._title = title
        self.setAccessibleName(title)
        self.update()

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self._describe()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._theme = theme.current()
            self._paint_image()
            self.updateGeometry()
            self.update()


def _short(value: float) -> str:
    """Return a distance in three digits."""
    if np.isnan(value):
        return "–"
    return format_number(value, 2 if value < 10 else 1, 4)
