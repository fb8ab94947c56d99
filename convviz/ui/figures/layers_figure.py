"""A list of layers: drawn to scale, as a graph of computation, or as a question with its answer."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import QWidget

from convviz.core.layer_list import MOST_LAYERS, MOST_SIDE, Counted, count_layers
from convviz.core.limits import Shape
from convviz.core.shown import grouped
from convviz.ui.figures.layers_funnel import Funnel
from convviz.ui.figures.layers_graph import Graph
from convviz.ui.figures.layers_puzzle import Puzzle
from convviz.ui.figures.listed_layers import dims_text, layer_words, read_layer
from convviz.ui.figures.scene import Scene
from convviz.ui.figures.scene_figure import NOTHING, SceneFigure
from convviz.ui.figures.table_keys import TableKeys

FUNNEL, GRAPH, PUZZLE = "funnel", "graph", "puzzle"
_VIEWS = (FUNNEL, GRAPH, PUZZLE)
_MOST_CHANNELS = 512
# The lecture's exam question.
_INPUT = (10, 10, 3)
_LAYERS: tuple[Mapping[str, Any], ...] = (
    {"kind": "conv", "filters": 4, "kernel": [5, 5], "bias": False},
    {"kind": "max_pool", "size": 2},
    {"kind": "conv", "filters": 2, "kernel": [3, 3], "bias": False},
    {"kind": "conv", "filters": 1, "kernel": [1, 1], "bias": False},
)


class LayersFigure(SceneFigure):
    """Shapes, weights and multiply-adds of a list of layers.

    Parameters
    ----------
    table : mapping
        ``view``: ``funnel``, ``graph`` or ``puzzle``. ``input``: rows, columns and channels. ``layers``: a
        list of tables, each with its ``kind``: ``conv`` (filters, kernel, stride, padding, dilation, bias),
        ``max_pool`` and ``avg_pool`` (size, stride, padding), ``activation`` (name), ``flatten``,
        ``dense`` (units, bias). By default the lecture's exam question.
    parent : QWidget, optional
        Owner.

    Raises
    ------
    Problem
        If the table is not as it should be, or a layer cannot work on what reaches it.
    """

    KIND = "layers"

    def __init__(self, table: Mapping[str, Any], parent: QWidget | None = None) -> None:
        keys = TableKeys(table)
        keys.only(("view", "input", "layers"))
        self._view = keys.choice("view", FUNNEL, _VIEWS)
        rows, columns, channels = keys.wholes("input", _INPUT, 1, MOST_SIDE)
        self._given: Shape = (channels, rows, columns)
        listed = tuple(read_layer(one) for one in keys.tables("layers", _LAYERS, MOST_LAYERS))
        self._counted = count_layers(self._given, listed)
        self._table: dict[str, Any] = {
            "view": self._view,
            "input": [rows, columns, channels],
            "layers": [dict(one) for one in table.get("layers", _LAYERS)],
        }
        super().__init__(parent)
        self.retranslate()

    # Stages

    @property
    def stages(self) -> int:
        """Of the question one before the first answer, one for each layer and one for the total; else 1."""
        return len(self._counted) + 2 if self._view == PUZZLE else 1

    def show_stage(self, before: int) -> None:
        """Show the answers up to the stage."""
        if self._view == PUZZLE:
            self._picked = self._stage - 1 if 0 < self._stage <= len(self._counted) else NOTHING
        super().show_stage(before)

    def table(self) -> dict[str, Any]:
        """Return the table that builds the figure as it is now."""
        return {**self._table, "layers": [dict(one) for one in self._table["layers"]]}

    @property
    def counted(self) -> tuple[Counted, ...]:
        """Every layer on what reaches it."""
        return self._counted

    def _revealed(self) -> int:
        return self._stage if self._view == PUZZLE else len(self._counted) + 1

    def shown(self) -> Mapping[str, str]:
        """Return the shapes and weights that are on screen, and the total, by name."""
        out = {"input": dims_text(self._given)}
        for number, one in enumerate(self._counted[: self._revealed()], 1):
            out[f"layer {number} shape"] = dims_text(one.after)
            out[f"layer {number} weights"] = grouped(one.weights)
            if self._view == FUNNEL:
                out[f"layer {number} multiply-adds"] = grouped(one.multiply_adds)
        if self._revealed() > len(self._counted):
            out["weights"] = grouped(sum(one.weights for one in self._counted))
            if self._view == FUNNEL:
                out["multiply-adds"] = grouped(sum(one.multiply_adds for one in self._counted))
        return out

    # What is on screen

    def compose(self) -> Scene:
        """Return what is shown at the size the figure has, laid out anew."""
        size = QSizeF(self.size())
        if self._view == PUZZLE:
            return Puzzle(self._given, self._counted, self._stage, self._picked).scene(size)
        if self._view == GRAPH:
            return Graph(self._given, self._counted, size).scene(self._picked)
        return Funnel(self._given, self._counted, size).scene(self._picked)

    def count(self) -> int:
        """Return the number of layers."""
        return len(self._counted)

    def tip(self, part: int) -> str:
        """Return a layer's name, and what is known of it."""
        one = self._counted[part]
        said = [f"{part + 1}. {layer_words(one.layer)}"]
        if part < self._revealed():
            said.append(f"{dims_text(one.before)} → {dims_text(one.after)}")
            said.append(self.tr("weights: {0}").format(one.weight_sum))
            if self._view != PUZZLE:
                said.append(self.tr("multiply-adds: {0}").format(grouped(one.multiply_adds)))
        return " · ".join(said)

    def describe(self) -> None:
        """Say to screen readers what is on screen."""
        self.setAccessibleName(self.tr("Layers with their sizes and weights"))
        said = [f"{self.tr('Input')} {dims_text(self._given)}"]
        said += [self.tip(part) for part in range(len(self._counted))]
        if self._picked != NOTHING:
            said.insert(0, self.tip(self._picked))
        if self._revealed() > len(self._counted):
            total = grouped(sum(one.weights for one in self._counted))
            said.append(self.tr("All weights: {0}").format(total))
        self.setAccessibleDescription("\n".join(said))
