"""What the values of a result are like: colours, histogram, extremes and mean."""

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from convviz.core.numbers import format_number
from convviz.core.shown import grouped
from convviz.ui import theme
from convviz.ui.widgets.colour_bar import ColourBar
from convviz.ui.widgets.histogram import HistogramPlot, Series
from convviz.ui.widgets.labels import label, row

if TYPE_CHECKING:
    from convviz.engine.render import Display
    from convviz.engine.statistics import Statistics

# Row, column and number of columns of each number.
_FACTS = {"minimum": (0, 1, 1), "maximum": (0, 3, 1), "mean": (1, 1, 3), "count": (2, 1, 3)}
_BAR_PX = 4


class ValuesPanel(QWidget):
    """Colour bar, histogram, minimum, maximum, mean and number of the values of a result.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    # Whether counts are drawn on a logarithmic scale.
    logarithmic_changed = Signal(bool)

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("values-panel")
        self._statistics: Statistics | None = None
        self._mapped = False
        self._fraction: float | None = None
        self._caption = label("caption", name="values-caption")
        self._logarithmic = QPushButton(self)
        self._logarithmic.setObjectName("values-logarithmic")
        self._logarithmic.setCheckable(True)
        self._logarithmic.toggled.connect(self._logarithmic_toggled)
        self._bar = ColourBar(self)
        self._histogram = HistogramPlot(self)
        self._names = {fact: label("muted", name=f"values-{fact}-name") for fact in _FACTS}
        self._values = {fact: label(name=f"values-{fact}") for fact in _FACTS}
        self._sample = label("muted", wrap=True, name="values-sample")
        self._progress_text = label("muted", name="values-progress-text")
        self._notes = QGridLayout()
        self._progress = ThinBar(self)
        self._arrange()
        self._restyle()
        self.retranslate()

    def set_mapping(
        self, display: "Display", low: float, high: float, ends: tuple[float, float] | None = None
    ) -> None:
        """Show which colours ``display`` gives the values from ``low`` to ``high``; they end at ``ends``."""
        self._bar.set_mapping(display, low, high, ends)
        self._mapped = True
        self._align()

    def set_statistics(self, statistics: "Statistics | None") -> None:
        """Show ``statistics`` of a result; None while there are none."""
        self._statistics = statistics
        if statistics is None:
            self._histogram.set_series(self._histogram.edges, ())
        else:
            self._histogram.set_series(statistics.edges, (Series(statistics.histogram),))
        self._align()
        self._write()

    def set_progress(self, fraction: float | None) -> None:
        """Say how much of the whole result is computed, 0 to 1; None when nothing is under way."""
        if fraction != self._fraction:
            self._fraction = fraction
            self._write_progress()

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Draw counts on a logarithmic scale."""
        self._logarithmic.setChecked(logarithmic)

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self._caption.setText(self.tr("OUTPUT VALUES"))
        self._logarithmic.setText(self.tr("Log"))
        self._logarithmic.setAccessibleName(self.tr("Logarithmic histogram"))
        self._logarithmic.setToolTip(
            self.tr("Draw the counts on a logarithmic scale: rare values are seen too")
        )
        self._histogram.setAccessibleName(self.tr("Histogram of the output values"))
        self._histogram.setToolTip(self.tr("How often each value occurs"))
        self._names["minimum"].setText(self.tr("min"))
        self._names["maximum"].setText(self.tr("max"))
        self._names["mean"].setText(self.tr("mean"))
        self._names["count"].setText(self.tr("count"))
        self._bar.retranslate()
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._restyle()

    def _arrange(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(row(self._caption, self._logarithmic))
        self._column.addWidget(self._bar)
        self._column.addWidget(self._histogram)
        self._facts = QGridLayout()
        for fact, (line, column, span) in _FACTS.items():
            self._facts.addWidget(self._names[fact], line, column - 1)
            self._facts.addWidget(self._values[fact], line, column, 1, span)
        self._facts.setColumnStretch(1, 1)
        self._facts.setColumnStretch(3, 1)
        self._column.addLayout(self._facts)
        # Both notes in one place, which they keep while there is nothing to say: a drag moves nothing below.
        self._notes.addWidget(self._sample, 0, 0)
        self._notes.addWidget(self._progress_text, 0, 0)
        self._column.addLayout(self._notes)
        self._column.addWidget(self._progress)
        for widget in (self._sample, self._progress_text, self._progress):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(policy)

    def _keep_room(self) -> None:
        """Keep as many lines for the notes as they need in this width: a layout counts those shown only."""
        # A style sheet's font is not there before a label is first shown.
        self._sample.ensurePolished()
        margins = self._column.contentsMargins()
        width = self.width() - margins.left() - margins.right()
        self._notes.setRowMinimumHeight(0, self._sample.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the room that the notes need now."""
        super().resizeEvent(event)
        self._keep_room()

    def _restyle(self) -> None:
        self._theme = theme.current()
        self._column.setSpacing(self._theme.px(6))
        self._facts.setHorizontalSpacing(self._theme.px(8))
        self._facts.setVerticalSpacing(self._theme.px(2))
        for value in self._values.values():
            value.setFont(self._theme.digits())
        self._keep_room()

    def _logarithmic_toggled(self, logarithmic: bool) -> None:
        self._histogram.set_logarithmic(logarithmic)
        self.logarithmic_changed.emit(logarithmic)

    def _align(self) -> None:
        """Give the histogram the colour bar's axis where all its values are on it."""
        edges, (low, high) = self._histogram.edges, self._bar.axis()
        shared = self._mapped and low <= edges[0] and edges[-1] <= high
        self._histogram.set_range((low, high) if shared else None)
        self._histogram.set_labelled(not shared)

    def _write(self) -> None:
        """Write the numbers and the notes below them."""
        found = self._statistics
        told = dict.fromkeys(_FACTS, "–")
        if found is not None:
            for fact in ("minimum", "maximum", "mean"):
                value = getattr(found, fact)
                told[fact] = format_number(value) if math.isfinite(value) else "–"
            told["count"] = grouped(found.total_count)
            text = self.tr("≈ from a sample of {count} values")
            self._sample.setText(text.format(count=grouped(found.count)))
        for fact, value in told.items():
            self._values[fact].setText(value)
            self._values[fact].setAccessibleName(f"{self._names[fact].text()} {value}")
        self._keep_room()
        self._write_progress()

    def _write_progress(self) -> None:
        fraction, found = self._fraction, self._statistics
        self._sample.setVisible(fraction is None and found is not None and not found.exact)
        self._progress_text.setVisible(fraction is not None)
        self._progress.setVisible(fraction is not None)
        if fraction is not None:
            text = self.tr("whole result {percent} %").format(percent=math.floor(100 * fraction))
            self._progress_text.setText(text)
            self._progress.set_fraction(fraction, text)


class ThinBar(QWidget):
    """A thin bar that fills from left to right.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("values-progress")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fraction = 0.0

    def set_fraction(self, fraction: float, text: str) -> None:
        """Fill ``fraction`` of the bar, 0 to 1, which means ``text``."""
        self._fraction = min(max(fraction, 0.0), 1.0)
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a thin strip."""
        return QSize(theme.current().px(120), theme.current().px(_BAR_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the groove and what is filled."""
        del event
        current = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        for width, colour in ((1.0, current.colours.blank), (self._fraction, current.colours.focus)):
            painter.setBrush(QColor(colour))
            radius = self.height() / 2
            painter.drawRoundedRect(QRectF(0, 0, self.width() * width, self.height()), radius, radius)
        painter.end()
