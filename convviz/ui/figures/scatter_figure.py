"""Accuracy against size: networks as points, one family joined by a line."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import QWidget

from convviz.core.number_style import spelled
from convviz.core.numbers import format_number
from convviz.ui import theme
from convviz.ui.figures.scatter_plot import PlotTexts, ScatterPlot
from convviz.ui.figures.scatter_points import PUBLISHED, NetworkPoint, read_points
from convviz.ui.figures.scene import Scene
from convviz.ui.figures.scene_figure import NOTHING, SceneFigure
from convviz.ui.figures.table_keys import TableKeys
from convviz.ui.language import language_in_force

LOG, LINEAR = "log", "linear"
_FAMILY = "EfficientNet"
_MOST_SOURCE = 160


class ScatterFigure(SceneFigure):
    """Parameters across, accuracy up; ← and → walk from the smallest network to the largest.

    Parameters
    ----------
    table : mapping
        ``points``: up to 40 tables with ``name``, ``parameters`` (millions), ``accuracy`` (per cent), and if
        need be ``label`` (what is written beside the point) and ``family`` (same mark). ``line``: the family
        that is joined by a line. ``axis``: ``log`` or ``linear``. ``source``: where own points come from, a
        text or one for ``en`` and one for ``ru``. By default the published EfficientNet family.
    parent : QWidget, optional
        Owner.

    Raises
    ------
    Problem
        If the table is not as it should be.
    """

    KIND = "scatter"

    def __init__(self, table: Mapping[str, Any], parent: QWidget | None = None) -> None:
        keys = TableKeys(table)
        keys.only(("points", "line", "axis", "source"))
        self._points = read_points(keys)
        self._line = keys.text("line", _FAMILY)
        self._axis = keys.choice("axis", LOG, (LOG, LINEAR))
        self._source = _read_source(table)
        self._own = keys.has("points")
        self._table: dict[str, Any] = {
            "points": [dict(one) for one in table.get("points", PUBLISHED)],
            "line": self._line,
            "axis": self._axis,
        }
        self._plot: ScatterPlot | None = None
        self._plot_key: tuple[object, ...] = ()
        super().__init__(parent)
        self.retranslate()

    def table(self) -> dict[str, Any]:
        """Return the table that builds the figure as it is now."""
        out: dict[str, Any] = {"line": self._line, "axis": self._axis}
        if self._own:
            out["points"] = [dict(one) for one in self._table["points"]]
        if self._source:
            out["source"] = dict(self._source)
        return out

    @property
    def points(self) -> list[NetworkPoint]:
        """The networks, the smallest first."""
        return list(self._points)

    def shown(self) -> Mapping[str, str]:
        """Return every network's parameters and accuracy, as they are written."""
        out = {}
        for point in self._points:
            out[f"{point.name} parameters"] = self._millions(point)
            out[f"{point.name} accuracy"] = self._percent(point)
        return out

    # Words

    def _millions(self, point: NetworkPoint) -> str:
        return self.tr("{0} M").format(format_number(point.parameters))

    @staticmethod
    def _percent(point: NetworkPoint) -> str:
        return f"{spelled(point.accuracy, '.1f')} %"

    def _source_text(self) -> str:
        if self._source:
            return self._source.get(language_in_force().value) or next(iter(self._source.values()))
        if self._own:
            return ""
        return self.tr(
            "Sources: EfficientNet, ResNet — Tan, Le (2019), table 2; AlexNet, VGG16, GoogLeNet — torchvision"
        )

    def _texts(self, tips: list[str]) -> PlotTexts:
        across = self.tr("Parameters, M")
        if self._axis == LOG:
            across = self.tr("Parameters, M (logarithmic)")
        up = self.tr("ImageNet top-1 accuracy, %")
        return PlotTexts(up, across, tuple(tips), self._source_text(), self._hint())

    def _hint(self) -> str:
        return self.tr("Click a point, or use ← and →")

    def tip(self, part: int) -> str:
        """Return a network's name, parameters and accuracy."""
        point = self._points[part]
        return self.tr("{0}: {1} parameters, {2}").format(
            point.name, self._millions(point), self._percent(point)
        )

    def describe(self) -> None:
        """Say to screen readers what is on screen."""
        self.setAccessibleName(self.tr("Accuracy of networks against their size"))
        self.setToolTip(self._hint())
        said = [self.tip(part) for part in range(len(self._points))]
        if self._picked != NOTHING:
            said.insert(0, self.tip(self._picked))
        self.setAccessibleDescription("\n".join([*said, self._source_text()]))

    # What is on screen

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._plot = None
        super().retranslate()

    def count(self) -> int:
        """Return the number of networks."""
        return len(self._points)

    def plot(self) -> ScatterPlot:
        """Return where everything is at the size the figure has; the same whatever is picked."""
        key = (self.size().toTuple(), theme.current(), language_in_force())
        if self._plot is None or key != self._plot_key:
            tips = [self.tip(part) for part in range(len(self._points))]
            size, is_log = QSizeF(self.size()), self._axis == LOG
            self._plot_key = key
            self._plot = ScatterPlot(self._points, self._line, is_log, self._texts(tips), size)
        return self._plot

    def compose(self) -> Scene:
        """Return what is shown at the size the figure has, laid out anew."""
        return self.plot().scene(self._picked)


def _read_source(table: Mapping[str, Any]) -> dict[str, str]:
    """Return the source by language; empty if the table names none."""
    given = table.get("source")
    if given is None:
        return {}
    if isinstance(given, Mapping):
        keys = TableKeys(given, "source")
        keys.only(("en", "ru"))
        return {language: keys.text(language, most=_MOST_SOURCE) for language in ("en", "ru")}
    return {"en": TableKeys(table).text("source", most=_MOST_SOURCE)}
