"""Pictures as vectors: every picture with its numbers as a strip of colours, one row below the other."""

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from convviz.core.numbers import format_number
from convviz.nets.records import Values
from convviz.ui import theme
from convviz.ui.map_colours import Scale, scale_of
from convviz.ui.widgets.pair import PairChoice
from convviz.ui.widgets.pane_paint import STALE_OPACITY, draw_focus_ring
from convviz.ui.widgets.thumbnails import draw_thumbnail

_ROW_PX, _PICTURE_PX, _GAP_PX = 56, 64, 8
# Names are given the width of the longest, within these bounds.
_NAME_PX, _NAME_SHARE = 96, 0.22
_WORD_PX = 13
# Strips that are kept as pictures; those seen longest ago go first.
_KEPT = 200
# Of more numbers than this not all are looked at to choose the colours.
_SAMPLED = 500_000


def strip_scale(vectors: Values) -> Scale:
    """Return one scale for all vectors, under which a few extreme numbers do not darken the rest."""
    if not vectors.size:
        return scale_of(np.zeros(1))
    numbers = vectors.ravel()[:: max(1, vectors.size // _SAMPLED)]
    whole = scale_of(numbers)
    bound = min(float(np.percentile(np.abs(numbers), 99)), whole.high) or whole.high
    return Scale(whole.display, 0.0 if whole.low >= 0 else -bound, bound)


class VectorStrips(QAbstractScrollArea):
    """Vectors (N, D) as strips in one scale of colours.

    A click and ↑ ↓ choose the first of the pair, with Shift the second.

    Parameters
    ----------
    pair : PairChoice
        Which two are chosen.
    parent : QWidget, optional
        Owner.
    """

    told = Signal(str)  # the number under the mouse; empty for none

    _theme: theme.Theme | None = None

    def __init__(self, pair: PairChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("vector-strips")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._pair = pair
        self._vectors: Values = np.zeros((0, 1), np.float32)
        self._names: Sequence[str] = ()
        self._thumbnails: Sequence[QImage] = ()
        self._scale: Scale = scale_of(np.zeros(1))
        self._stale = False
        self._longest = 0
        self._strips: OrderedDict[int, QImage] = OrderedDict()
        self._theme = theme.current()
        pair.changed.connect(self._follow)
        self.retranslate()

    def set_vectors(self, vectors: Values, names: Sequence[str], thumbnails: Sequence[QImage]) -> None:
        """Show vectors (N, D) with the names and small pictures of what they belong to."""
        self._vectors, self._names, self._thumbnails = vectors, names, thumbnails
        self._scale = strip_scale(vectors)
        self._measure()
        self._strips.clear()
        self._arrange()
        self._describe()
        self.viewport().update()

    def set_stale(self, stale: bool) -> None:
        """Pale everything while it belongs to another network, layer or set of pictures."""
        self._stale = stale
        self.viewport().update()

    @property
    def scale(self) -> Scale:
        """Which colours the numbers have."""
        return self._scale

    @property
    def stale(self) -> bool:
        """Whether everything is paled."""
        return self._stale

    @Slot()
    def _follow(self) -> None:
        self._show_row(self._pair.first)
        self._describe()
        self.viewport().update()

    # Where things are

    def _pitch(self) -> int:
        return theme.current().px(_ROW_PX)

    def _name_width(self) -> int:
        now = theme.current()
        return max(now.px(_NAME_PX), min(self._longest, int(_NAME_SHARE * self.viewport().width())))

    def _measure(self) -> None:
        """Find out how wide the longest name is."""
        metrics = QFontMetricsF(theme.current().words(_WORD_PX, bold=True))
        self._longest = round(max(map(metrics.horizontalAdvance, self._names), default=0.0)) + 1

    def strip(self, row: int) -> QRectF:
        """Return where the strip of a row is, on the viewport."""
        px = theme.current().px
        left = px(_PICTURE_PX) + self._name_width() + 2 * px(_GAP_PX)
        top = row * self._pitch() - self.verticalScrollBar().value() + px(6)
        return QRectF(left, top, max(1, self.viewport().width() - left - px(_GAP_PX)), self._pitch() - px(12))

    def row_at(self, point: QPoint) -> int | None:
        """Return the row at a point of the viewport."""
        row = (point.y() + self.verticalScrollBar().value()) // self._pitch()
        return row if 0 <= row < len(self._vectors) else None

    def number_at(self, point: QPoint) -> tuple[int, int] | None:
        """Return the row and the number of the vector at a point of the viewport."""
        row = self.row_at(point)
        if row is None:
            return None
        box = self.strip(row)
        share = (point.x() - box.left()) / box.width()
        if not (0 <= share < 1 and box.top() <= point.y() < box.bottom()):
            return None
        return row, int(share * self._vectors.shape[1])

    def _arrange(self) -> None:
        total = len(self._vectors) * self._pitch()
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self._pitch())
        bar.setRange(0, max(0, total - self.viewport().height()))

    def _show_row(self, row: int) -> None:
        top, bar = row * self._pitch(), self.verticalScrollBar()
        lowest = top + self._pitch() - self.viewport().height()
        if row >= 0:
            bar.setValue(min(max(bar.value(), lowest), top))

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(theme.current().px(600), theme.current().px(320))

    def minimumSizeHint(self) -> QSize:
        """Return the size of a few rows."""
        return QSize(theme.current().px(300), theme.current().px(90))

    # Painting

    def _image(self, row: int) -> QImage:
        """Return the strip of one row at the width it has on screen."""
        found = self._strips.get(row)
        if found is not None:
            self._strips.move_to_end(row)
            return found
        pixels = np.ascontiguousarray(self._scale.pixels(self._vectors[row][np.newaxis]))
        image = QImage(pixels.data, pixels.shape[1], 1, 4 * pixels.shape[1], QImage.Format.Format_RGB32)
        width = round(self.strip(row).width() * self.devicePixelRatioF())
        # Wider than it is long, every number is a crisp bar; else neighbours are averaged.
        mode = Qt.TransformationMode
        how = mode.FastTransformation if width >= pixels.shape[1] else mode.SmoothTransformation
        scaled = image.scaled(QSize(max(1, width), 1), Qt.AspectRatioMode.IgnoreAspectRatio, how).copy()
        self._strips[row] = scaled
        while len(self._strips) > _KEPT:
            self._strips.popitem(last=False)
        return scaled

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows on screen."""
        painter, now = QPainter(self.viewport()), theme.current()
        painter.setOpacity(STALE_OPACITY if self._stale else 1.0)
        down, pitch = self.verticalScrollBar().value(), self._pitch()
        first = max(0, (down + event.rect().top()) // pitch)
        last = (down + event.rect().bottom()) // pitch
        for row in range(first, min(len(self._vectors), last + 1)):
            self._paint_row(painter, row, now)
        painter.setOpacity(1.0)
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(self.viewport().rect()), now)
        painter.end()

    def _paint_row(self, painter: QPainter, row: int, now: theme.Theme) -> None:
        px, strip = now.px, self.strip(row)
        is_first, is_second = row == self._pair.first, row == self._pair.second
        top = row * self._pitch() - self.verticalScrollBar().value()
        if is_first or is_second:
            back = QRectF(0, top, self.viewport().width(), self._pitch())
            painter.fillRect(back, QColor(now.colours.focus_soft if is_first else now.colours.blank))
        box = QRectF(px(4), top + px(4), px(_PICTURE_PX) - px(4), self._pitch() - px(8))
        draw_thumbnail(painter, self._thumbnails[row], box, now, first=is_first, second=is_second)
        font = now.words(_WORD_PX, bold=is_first or is_second)
        text = QRectF(px(_PICTURE_PX) + px(_GAP_PX), top, self._name_width(), self._pitch())
        name = QFontMetricsF(font).elidedText(self._names[row], Qt.TextElideMode.ElideMiddle, text.width())
        painter.setFont(font)
        painter.setPen(QColor(now.colours.text))
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name)
        painter.drawImage(strip, self._image(row))

    # Mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the picture under the mouse."""
        row = self.row_at(event.position().toPoint())
        if row is None or event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._pair.choose(second=row)
        else:
            self._pair.choose(first=row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the number under the mouse."""
        found = self.number_at(event.position().toPoint())
        self.told.emit("" if found is None else self.spoken(*found))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell of no number any more."""
        super().leaveEvent(event)
        self.told.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with the arrows."""
        self._pair.step(event, page=max(1, self.viewport().height() // self._pitch()))

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell a number's value, or a picture's name."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found, row = self.number_at(event.pos()), self.row_at(event.pos())
            name = "" if row is None else self._names[row]
            text = name if found is None else self.spoken(*found)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().viewportEvent(event)

    def spoken(self, row: int, number: int) -> str:
        """Return one number of a vector in words."""
        return f"{self._names[row]}[{number}] = {format_number(float(self._vectors[row, number]))}"

    # Housekeeping

    def _describe(self) -> None:
        first = self._pair.first
        self.setAccessibleDescription(self._names[first] if 0 <= first < len(self._names) else "")

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("Pictures as vectors"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the strips their new width."""
        super().resizeEvent(event)
        self._strips.clear()
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._theme = theme.current()
            self._strips.clear()
            self._measure()
            self._arrange()
            self.viewport().update()
