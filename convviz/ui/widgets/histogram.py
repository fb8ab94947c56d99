"""Histograms: how often each value occurs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from convviz.core.numbers import format_number
from convviz.ui import theme

Counts = NDArray[np.int64]
Edges = NDArray[np.float64]

_LABEL_PX = 12
_OVERLAID = 0.28


@dataclass(frozen=True, eq=False)
class Series:
    """One histogram of a plot.

    Parameters
    ----------
    counts : ndarray, shape (n,), int64
        Number of values in each bin.
    colour : str
        Name of a colour of :class:`convviz.ui.theme.Colours`.
    name : str
        Shown as a legend; may be empty.
    """

    counts: Counts
    colour: str = "plot"
    name: str = ""


def heights(counts: Counts, *, logarithmic: bool, most: int) -> NDArray[np.float64]:
    """Return bar heights from 0 to 1, where ``most`` is 1.

    The logarithmic scale is log(1 + n): an empty bin stays empty, a single value is seen.
    """
    scale = max(most, 1)
    if logarithmic:
        return np.asarray(np.log1p(counts) / np.log1p(scale), np.float64)
    return np.asarray(counts / scale, np.float64)


class HistogramPlot(QWidget):
    """Histograms over one axis of values, with its ends and zero written below.

    Drawn by hand: importing a plotting library costs more than everything else at start.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("histogram")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._edges: Edges = np.array([0.0, 1.0])
        self._series: tuple[Series, ...] = ()
        self._range: tuple[float, float] | None = None
        self._logarithmic = False
        self._labelled = True
        self._theme = theme.current()

    def set_series(self, edges: Edges, series: Sequence[Series]) -> None:
        """Show ``series`` with their common bin limits ``edges``, shape (n + 1,); none clears the plot."""
        self._edges, self._series = edges, tuple(series)
        self.update()

    def set_range(self, ends: tuple[float, float] | None) -> None:
        """Let the axis go from one value to the other; None: over the bins."""
        self._range = ends
        self.update()

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Draw counts on a logarithmic scale."""
        self._logarithmic = logarithmic
        self.update()

    def set_labelled(self, labelled: bool) -> None:
        """Write the axis's ends and zero below, or leave it to a neighbour with the same axis."""
        self._labelled = labelled
        self.update()

    def sizeHint(self) -> QSize:
        """Return a flat rectangle."""
        return QSize(theme.current().px(240), theme.current().px(110))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which a shape is seen."""
        return QSize(theme.current().px(120), theme.current().px(70))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._theme = theme.current()
            self.updateGeometry()
            self.update()

    @property
    def edges(self) -> Edges:
        """Limits of the bins."""
        return self._edges

    def axis(self) -> tuple[float, float]:
        """Return the values at the left and right end."""
        low, high = self._range or (float(self._edges[0]), float(self._edges[-1]))
        return (low, high) if high > low else (low, low + 1.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the histograms, the axis and its labels."""
        del event
        current = theme.current()
        font = current.digits(_LABEL_PX)
        below = QFontMetricsF(font).height() + current.px(2) if self._labelled else 0.0
        box = QRectF(self.rect()).adjusted(0, current.px(2), 0, -below - 1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((int(s.counts.max()) for s in self._series if s.counts.size), default=0)
        for series in self._series:
            self._paint_series(painter, box, series, most)
        painter.setPen(QPen(QColor(current.colours.muted), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.setFont(font)
        if self._labelled and self._series:
            low, high = self.axis()
            label_axis(painter, QRectF(0, box.bottom(), self.width(), below), (low, high), (low, high, 0.0))
        self._paint_legend(painter, box)
        painter.end()

    def _paint_series(self, painter: QPainter, box: QRectF, series: Series, most: int) -> None:
        colour = QColor(getattr(theme.current().colours, series.colour))
        path = self._outline(box, heights(series.counts, logarithmic=self._logarithmic, most=most))
        alone = len(self._series) == 1
        filled = QColor(colour)
        filled.setAlphaF(0.75 if alone else _OVERLAID)
        painter.fillPath(path, filled)
        painter.setPen(QPen(colour, 1 if alone else theme.current().px(1.5)))
        painter.drawPath(path)

    def _outline(self, box: QRectF, tops: NDArray[np.float64]) -> QPainterPath:
        """Return the outline of the bars, closed along the axis."""
        low, high = self.axis()
        xs = box.left() + (self._edges - low) / (high - low) * box.width()
        ys = box.bottom() - tops * box.height()
        path = QPainterPath(QPointF(xs[0], box.bottom()))
        for x, following, y in zip(xs[:-1].tolist(), xs[1:].tolist(), ys.tolist(), strict=True):
            path.lineTo(x, y)
            path.lineTo(following, y)
        path.lineTo(xs[-1], box.bottom())
        path.closeSubpath()
        return path

    def _paint_legend(self, painter: QPainter, box: QRectF) -> None:
        current = theme.current()
        painter.setFont(current.words(_LABEL_PX, bold=True))
        metrics = QFontMetricsF(painter.font())
        right = box.right()
        for series in reversed(self._series):
            right -= metrics.horizontalAdvance(series.name)
            painter.setPen(QColor(getattr(current.colours, series.colour)))
            painter.drawText(QPointF(right, box.top() + metrics.ascent()), series.name)
            right -= current.px(8)


class ChannelHistograms(HistogramPlot):
    """The histograms of a picture's channels, one over the other."""

    def set_counts(self, counts: Sequence[Counts], edges: Edges) -> None:
        """Show one histogram per channel; three channels are red, green and blue.

        Parameters
        ----------
        counts : sequence of ndarray, shape (n,), int64
            Number of pixels in each bin, per channel.
        edges : ndarray, shape (n + 1,), float64
            Limits of the bins.
        """
        if len(counts) == 3:
            looks = [("red", "R"), ("green", "G"), ("blue", "B")]
        elif len(counts) == 1:
            looks = [("plot", "")]
        else:
            looks = [("plot", f"c{index}") for index in range(len(counts))]
        self.set_series(edges, [Series(c, *look) for c, look in zip(counts, looks, strict=True)])


def label_axis(painter: QPainter, strip: QRectF, axis: tuple[float, float], values: Sequence[float]) -> None:
    """Write ``values`` below their places on ``axis``; one that would touch an earlier one is left out."""
    low, high = axis
    metrics = QFontMetricsF(painter.font())
    painter.setPen(QColor(theme.current().colours.text))
    gap = metrics.horizontalAdvance("0") * 0.75
    taken: list[tuple[float, float]] = []
    for value in values:
        if not low <= value <= high:
            continue
        text = format_number(value)
        width = metrics.horizontalAdvance(text)
        centre = strip.left() + (value - low) / (high - low) * strip.width()
        left = min(max(centre - width / 2, strip.left()), strip.right() - width)
        if all(left + width + gap <= start or left >= end + gap for start, end in taken):
            taken.append((left, left + width))
            box = QRectF(left, strip.top(), width + 1, strip.height())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextDontClip), text)
