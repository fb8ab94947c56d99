"""Curves of loss and accuracy over the epochs."""

import math
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convviz.core.number_style import spelled
from convviz.core.numbers import whole_percent
from convviz.nets.learn.history import Figures
from convviz.ui import theme
from convviz.ui.training.axes import EpochAxis, LossAxis, ShareAxis

_LEAST_LOSS = 1e-8
# Between two plots the window answers.
_BUILD_MS = 15
_NAMES = ("loss", "accuracy")
_GAP = 8
# Not scaled, as a screen may be small and texts large; at a desk, what is left below a heading of two lines.
_LEAST_HEIGHT, _LEAST_BELOW_PX = 120, 80
# At a desk: half of the last number stands beyond the end of the axis; before the axis stand its numbers.
_BEYOND_PX, _BEFORE_PX = 16, 44


@dataclass(frozen=True)
class _Title:
    """A heading of a plot, in HTML, and its size in pixels when it is drawn."""

    html: str
    font: str
    width: int
    height: int


class Curves(QWidget):
    """Loss, on a logarithmic axis, and accuracy over the epochs, of training and validation.

    The two plots are made one after the other, while the event loop runs: each takes as long as a frame.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    completed = Signal()  # both plots are there

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training-curves")
        self._plots: list[pg.PlotWidget] = []
        self._curves: list[tuple[pg.PlotDataItem, pg.PlotDataItem]] = []
        self._marks: list[pg.InfiniteLine] = []
        # Of every plot, how it may be headed, from the widest to the narrowest, and which of these it is.
        self._titles: list[tuple[_Title, ...]] = []
        self._headed: list[int] = []
        self._shown: list[Figures] = []
        self._rows: NDArray[np.float64] = np.empty((0, 5))
        self._epoch: int | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self._builder = QTimer(self, interval=_BUILD_MS)
        self._builder.timeout.connect(self._build_next)
        self._builder.start()

    @property
    def complete(self) -> bool:
        """Whether both plots are there."""
        return len(self._plots) == len(_NAMES)

    @Slot()
    def _build_next(self) -> None:
        number = len(self._plots)
        values = LossAxis("left") if number == 0 else ShareAxis("left")
        axes = {"left": values, "bottom": EpochAxis("bottom")}
        # A menu that is never shown would be half of the work.
        plot = pg.PlotWidget(self, axisItems=axes, enableMenu=False)
        plot.setObjectName(f"training-curve-{_NAMES[number]}")
        plot.setMouseEnabled(False, False)
        plot.hideButtons()
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Ranges are set with the figures; finding them again at every frame takes longer than drawing.
        plot.disableAutoRange()
        plot.setLogMode(False, number == 0)
        mark = pg.InfiniteLine(angle=90)
        plot.addItem(mark)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(plot)
        self._plots.append(plot)
        self._marks.append(mark)
        self._curves.append((plot.plot([], []), plot.plot([], [])))
        self.retranslate()
        self._draw()
        if self.complete:
            self._builder.stop()
            self.completed.emit()

    def show_figures(self, figures: list[Figures], epoch: int | None) -> None:
        """Draw all epochs, and mark ``epoch`` if a past one is looked at."""
        known = len(self._shown)
        if not known or known > len(figures) or self._shown[-1] is not figures[known - 1]:
            known, self._rows = 0, np.empty((0, 5))
        new = [(f.epoch, f.loss, f.val_loss, f.accuracy, f.val_accuracy) for f in figures[known:]]
        if not new and epoch == self._epoch:
            return
        self._shown, self._epoch = figures, epoch
        self._rows = np.concatenate([self._rows, np.array(new, float).reshape(-1, 5)])
        self._draw()
        self._tell()

    def _tell(self) -> None:
        """Say the last epoch's figures for who cannot see the curves."""
        if self._shown:
            last = self._shown[-1]
            said = self.tr("Epoch {0}: loss {1}, accuracy {2}").format(
                last.epoch, spelled(last.loss, ".4g"), whole_percent(last.accuracy)
            )
            self.setAccessibleName(said)

    def _draw(self) -> None:
        """Draw the figures that are known into the plots that are there."""
        epochs = self._rows[:, 0]
        losses = np.maximum(np.nan_to_num(self._rows[:, 1:3], posinf=1e30), _LEAST_LOSS)
        for number, (pair, plot, mark) in enumerate(zip(self._curves, self._plots, self._marks, strict=True)):
            values = losses if number == 0 else self._rows[:, 3:5]
            for curve, column in zip(pair, values.T, strict=True):
                curve.setData(epochs, column)
            plot.setXRange(0, max(1.0, epochs.max(initial=0)), padding=0.02)
            if number == 0:
                # At least one power of ten: a loss that stands still is a flat line, not noise.
                high = np.log10(losses.max(initial=_LEAST_LOSS))
                low = min(np.log10(losses.min(initial=1e30)), high - 1)
                plot.setYRange(low, high, padding=0.05)
            else:
                plot.setYRange(0, 1, padding=0.05)
            mark.setVisible(self._epoch is not None)
            mark.setValue(self._epoch or 0)

    def retranslate(self) -> None:
        """Write the texts in the language in force, in the colours of the theme."""
        current = theme.current()
        colours = current.colours
        names = (self.tr("Loss"), self.tr("Accuracy"))
        texts = (self.tr("training"), self.tr("validation"))
        styles = (
            (colours.focus, Qt.PenStyle.SolidLine, "━━"),
            (colours.positive, Qt.PenStyle.DashLine, "╍╍"),
        )
        # The key stands in the title, where no curve can come.
        key = "&nbsp;&nbsp;&nbsp;".join(
            f"<span style='color:{colour}'>{line}</span>&nbsp;{text}"
            for text, (colour, _, line) in zip(texts, styles, strict=True)
        )
        self._titles, self._headed = [], [-1] * len(self._plots)
        for number, plot in enumerate(self._plots):
            plot.setBackground(colours.surface)
            for axis in ("left", "bottom"):
                plot.getAxis(axis).setPen(colours.muted)
                plot.getAxis(axis).setTextPen(colours.text)
                plot.getAxis(axis).setStyle(tickFont=current.digits(12))
            plot.plotItem.layout.setContentsMargins(0, 0, current.px(_BEYOND_PX), 0)
            plot.getAxis("bottom").setStyle(hideOverlappingLabels=False)
            name = f"<b>{names[number]}</b>"
            ways = (f"{name}&nbsp;&nbsp;&nbsp;{key}", 13), (f"{name}<br>{key}", 13), (f"{name}<br>{key}", 11)
            self._titles.append(tuple(_measured(plot, html, f"{current.px(px)}px") for html, px in ways))
            plot.setAccessibleName(names[number])
            for curve, (colour, style, _) in zip(self._curves[number], styles, strict=True):
                curve.setPen(pg.mkPen(colour, width=current.px(2), style=style))
            self._marks[number].setPen(pg.mkPen(colours.muted, width=current.px(2)))
        self._head()
        self._tell()

    def _head(self) -> None:
        """Head every plot in the widest way there is room for: it makes its plot as wide as it is itself."""
        px, colour = theme.current().px, theme.current().colours.text
        room = (self.width() - _GAP) // len(_NAMES) - px(_BEYOND_PX) - px(_BEFORE_PX)
        for number, (plot, titles) in enumerate(zip(self._plots, self._titles, strict=True)):
            last = len(titles) - 1
            way = next((way for way, title in enumerate(titles) if title.width <= room), last)
            if way != self._headed[number]:
                self._headed[number] = way
                plot.setTitle(titles[way].html, color=colour, size=titles[way].font)
                # Else it would have the height of one line.
                plot.plotItem.titleLabel.setMaximumHeight(titles[way].height)
                plot.plotItem.layout.setRowFixedHeight(0, titles[way].height)
        if any(self._headed):
            highest = max(titles[way].height for titles, way in zip(self._titles, self._headed, strict=True))
            self.setMinimumHeight(max(_LEAST_HEIGHT, highest + px(_LEAST_BELOW_PX)))
        else:
            self.setMinimumHeight(_LEAST_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Head the plots in the way there is room for now."""
        super().resizeEvent(event)
        self._head()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_plots"):
            self.retranslate()


def _measured(plot: pg.PlotWidget, html: str, font: str) -> _Title:
    """Return a heading of a plot with its size, for which it is written there."""
    plot.setTitle(html, size=font)
    box = plot.plotItem.titleLabel.item.boundingRect()
    # pyqtgraph's own line is so high at least.
    return _Title(html, font, math.ceil(box.width()), max(30, math.ceil(box.height())))
