"""Curves of loss and accuracy over the epochs."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convviz.nets.learn.history import Figures
from convviz.ui import theme


class Curves(QWidget):
    """Loss, on a logarithmic axis, and accuracy over the epochs, of training and validation.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training-curves")
        self._plots = [pg.PlotWidget(self), pg.PlotWidget(self)]
        self._curves: list[tuple[pg.PlotDataItem, pg.PlotDataItem]] = []
        self._marks: list[pg.InfiniteLine] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for number, plot in enumerate(self._plots):
            plot.setObjectName(f"training-curve-{('loss', 'accuracy')[number]}")
            plot.setMouseEnabled(False, False)
            plot.setMenuEnabled(False)
            plot.hideButtons()
            plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
            # Where the curves will not be: loss falls, accuracy rises.
            plot.addLegend(offset=(-8, 8) if number == 0 else (-8, -8))
            layout.addWidget(plot, 1)
            mark = pg.InfiniteLine(angle=90)
            plot.addItem(mark)
            self._marks.append(mark)
        self._plots[0].setLogMode(False, True)
        self._plots[1].setYRange(0, 1, padding=0.03)
        self.setMinimumHeight(120)
        self.retranslate()

    def show_figures(self, figures: list[Figures], epoch: int | None) -> None:
        """Draw all epochs, and mark ``epoch`` if a past one is looked at."""
        xs = np.array([one.epoch for one in figures], float)
        rows = np.array(
            [(one.loss, one.val_loss, one.accuracy, one.val_accuracy) for one in figures] or np.empty((0, 4))
        )
        for number, (train, validation) in enumerate(self._curves):
            part = rows[:, 2 * number : 2 * number + 2]
            part = np.maximum(part, 1e-8) if number == 0 else part
            train.setData(xs, part[:, 0])
            validation.setData(xs, part[:, 1])
        for mark in self._marks:
            mark.setVisible(epoch is not None)
            mark.setValue(epoch or 0)
        last = figures[-1] if figures else None
        if last is not None:
            said = self.tr("Epoch {0}: loss {1}, accuracy {2}").format(
                last.epoch, f"{last.loss:.4g}", f"{last.accuracy:.0%}"
            )
            self.setAccessibleName(said)

    def retranslate(self) -> None:
        """Write the texts in the language in force, in the colours of the theme."""
        current = theme.current()
        colours = current.colours
        names = (self.tr("Loss"), self.tr("Accuracy"))
        for number, plot in enumerate(self._plots):
            plot.setBackground(colours.surface)
            for axis in ("left", "bottom"):
                plot.getAxis(axis).setPen(colours.muted)
                plot.getAxis(axis).setTextPen(colours.text)
                plot.getAxis(axis).setStyle(tickFont=current.digits(12))
            plot.setTitle(names[number], color=colours.text, size=f"{current.px(13)}px")
            plot.setAccessibleName(names[number])
            plot.plotItem.legend.setLabelTextColor(colours.text)
            plot.plotItem.legend.setLabelTextSize(f"{current.px(12)}px")
        self._draw_curves()

    def _draw_curves(self) -> None:
        current = theme.current()
        texts = (self.tr("training"), self.tr("validation"))
        data = [[curve.getOriginalDataset() for curve in pair] for pair in self._curves]
        for pair, plot in zip(self._curves, self._plots, strict=False):
            for curve in pair:
                plot.removeItem(curve)
        self._curves = []
        styles = (
            (current.colours.focus, Qt.PenStyle.SolidLine),
            (current.colours.positive, Qt.PenStyle.DashLine),
        )
        for number, plot in enumerate(self._plots):
            pair = tuple(
                plot.plot([], [], name=text, pen=pg.mkPen(colour, width=current.px(2), style=style))
                for text, (colour, style) in zip(texts, styles, strict=True)
            )
            self._curves.append((pair[0], pair[1]))
            for curve, known in zip(pair, data[number] if data else (), strict=False):
                if known[0] is not None:
                    curve.setData(*known)
        for mark in self._marks:
            mark.setPen(pg.mkPen(current.colours.muted, width=current.px(2)))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_marks"):
            self.retranslate()
