"""The formula of a convolution, with the numbers of one output cell put into it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QSizeF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from convviz.core.arithmetic import ConvolutionCell, Explainer, reader
from convviz.core.geometry import Rect
from convviz.core.numbers import format_number
from convviz.core.pieces import Line
from convviz.core.reference import convolve
from convviz.core.wording import MORE, lines, text_of
from convviz.ui.figures.cell_keys import moved
from convviz.ui.figures.formula_scene import FormulaNumbers, FormulaScene, FormulaTexts
from convviz.ui.figures.formula_words import Place, asked, placed, symbols
from convviz.ui.figures.layer_table import read_cell, read_layer
from convviz.ui.figures.number_table import nested
from convviz.ui.figures.scene import Scene
from convviz.ui.figures.scene_figure import NOTHING, SceneFigure
from convviz.ui.figures.table_keys import TableKeys
from convviz.ui.figures.typeset import spoken
from convviz.ui.language import language_in_force

EXAMPLE = "conv-5x5"
_MOST_INPUT, _MOST_KERNEL = (4, 8, 8), (4, 4, 5, 5)
_MOST_TERMS = 12


class FormulaFigure(SceneFigure):
    """out(x, y) = Σ Σ K(i, j)·in(x+i, y+j) + b: the symbols, then a cell's numbers in place, then their sum.

    With several channels or filters it is the formula of a whole layer, with one sum and two indices more.
    The arrow keys go from cell to cell, from the last row of a filter's output to the first of the next.

    Parameters
    ----------
    table : mapping
        ``example``: a worked example of stride 1 without padding, by default ``conv-5x5``; ``input``: rows of
        numbers, or one such grid per channel, instead of the example's, up to 4 × 8 × 8; ``kernel``: rows of
        weights, one such grid per channel, or one such list per filter, up to 4 × 4 × 5 × 5; ``bias``: one
        number per filter; ``cell``: row and column of the output cell; ``filter``: its number, from 0.
    parent : QWidget, optional
        Owner.

    Raises
    ------
    Problem
        If the table is not as it should be, or the kernel does not fit the input.
    """

    KIND = "formula"

    def __init__(self, table: Mapping[str, Any], parent: QWidget | None = None) -> None:
        keys = TableKeys(table)
        keys.only(("example", "input", "kernel", "bias", "cell", "filter"))
        self._read(keys, table)
        self._widest: dict[str, tuple[Line, ...]] = {}
        super().__init__(parent)
        self._read_cell(keys)
        self.retranslate()

    def _read(self, keys: TableKeys, table: Mapping[str, Any]) -> None:
        self._values, self._spec = read_layer(keys, table, EXAMPLE, _MOST_INPUT, _MOST_KERNEL)
        self._outputs = convolve(self._values, self._spec)
        self._explainer = Explainer(reader(self._values), self._shape, (self._spec,))

    def _read_cell(self, keys: TableKeys) -> None:
        filters, rows, columns = self._outputs.shape
        row, column = read_cell(keys, rows, columns)
        self._picked = self._index(keys.whole("filter", 0, 0, filters - 1), row, column)

    @property
    def _shape(self) -> tuple[int, int, int]:
        channels, rows, columns = self._values.shape
        return channels, rows, columns

    @property
    def _layered(self) -> bool:
        """Whether it takes the formula of a whole layer."""
        return bool(self._values.shape[0] > 1 or self._outputs.shape[0] > 1)

    # Stages

    @property
    def stages(self) -> int:
        """The symbols, the numbers in place, the sum."""
        return 3

    def table(self) -> dict[str, Any]:
        """Return the table that builds the figure as it is now."""
        filters, row, column = self.cell
        return {
            "input": nested(self._values),
            "kernel": nested(self._spec.weights),
            "bias": nested(np.array(self._spec.bias)),
            "cell": [row, column],
            "filter": filters,
        }

    def shown(self) -> Mapping[str, str]:
        """Return which cell it is, and as far as they are on screen its products and their sum."""
        filters, row, column = self.cell
        out = {"cell": f"{row}, {column}", "filter": str(filters)}
        if self._stage >= 1:
            out["products"] = text_of(self._lines())
        if self._stage >= 2:
            out["sum"] = format_number(self.explained().total)
        return out

    # Which cell

    @property
    def cell(self) -> Place:
        """Filter, row and column of the output cell we talk about."""
        return self._cell_at(self._picked)

    def _cell_at(self, part: int) -> Place:
        _, rows, columns = self._outputs.shape
        filters, rest = divmod(part, rows * columns)
        return filters, *divmod(rest, columns)

    def explained(self) -> ConvolutionCell:
        """Return that cell taken apart."""
        return self._explained(self.cell)

    def _explained(self, cell: Place) -> ConvolutionCell:
        found = self._explainer.explain(1, cell[0], cell[1:])
        assert isinstance(found, ConvolutionCell)
        return found

    def _index(self, filters: int, row: int, column: int) -> int:
        _, rows, columns = self._outputs.shape
        return int((filters * rows + row) * columns + column)

    def count(self) -> int:
        """Return the number of output cells."""
        return int(self._outputs.size)

    def pick(self, part: int) -> None:
        """Talk about a cell; there always is one."""
        if part != NOTHING:
            super().pick(part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the cell beside, above or below; below the last row of a filter is the first of the next."""
        filters, rows, columns = self._outputs.shape
        number, row, column = self.cell
        place = moved(Qt.Key(event.key()), (number * rows + row, column), (filters * rows, columns))
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or place is None:
            event.ignore()
        else:
            self.pick(place[0] * columns + place[1])

    # Words

    def _all_lines(self, cell: Place) -> tuple[Line, ...]:
        names = [f"c = {channel}" for channel in range(self._shape[0])]
        more = QCoreApplication.translate("Sentence", MORE)
        return lines(self._explained(cell), limit=_MOST_TERMS, channel_names=names, more=more)

    def _lines(self) -> tuple[Line, ...]:
        """Return the products of the cell, and their sum as far as it is on screen."""
        found = self._all_lines(self.cell)
        if self._stage >= 2:
            return found
        # The sum over the channels would give away what they come to.
        return tuple(asked(line) for line in (found[:-1] if len(found) > 1 else found))

    def tip(self, part: int) -> str:
        """Return the place of an output cell, and its value once it is on screen."""
        filters, row, column = self._cell_at(part)
        name = f"g({row}, {column}, {filters})" if self._layered else f"out({row}, {column})"
        if self._stage < 2:
            return name
        return f"{name} = {format_number(self._outputs[filters, row, column])}"

    def describe(self) -> None:
        """Say to screen readers what is on screen."""
        self.setAccessibleName(self.tr("Convolution as a formula"))
        self.setToolTip(self.tr("Click an output cell, or use the arrow keys"))
        said = [spoken(symbols(self._layered)), self.tip(self._picked)]
        if self._stage >= 1:
            said += [spoken(placed(self._spec, self.cell, self._layered)), text_of(self._lines())]
        self.setAccessibleDescription("\n".join(said))

    def _texts(self) -> FormulaTexts:
        if self._layered:
            channels, maps = range(self._shape[0]), range(self._outputs.shape[0])
            inputs = [f"f(x, y, {c})" for c in channels]
            kernels = [f"w(i, j, {c}, {self.cell[0]})" for c in channels]
            outputs = [f"g(x, y, {f})" for f in maps]
        else:
            inputs, kernels = [self.tr("in: input")], [self.tr("K: kernel")]
            outputs = [self.tr("out: output")]
        return FormulaTexts(
            symbols(self._layered),
            placed(self._spec, self.cell, self._layered),
            self._lines(),
            self._longest(),
            self._legend(),
            inputs,
            kernels,
            outputs,
        )

    def _legend(self) -> list[str]:
        """Return what the letters mean, and the numbers that are the same for every cell."""
        channels, height, width = self._spec.weights.shape[1:]
        kernel = self.tr("h × w = {0} × {1}: size of the kernel").format(height, width)
        places = [
            self.tr("x, y: row and column of the output"),
            self.tr("i, j: row and column of the kernel"),
        ]
        if self._layered:
            count = self.tr("C = {0}: number of input channels").format(channels)
            said = [*places, kernel, count, self.tr("c, c_out: channel of the input, of the output")]
        else:
            said = [*places, kernel, self.tr("b = {0}: bias").format(format_number(self._spec.bias[0]))]
        return [" · ".join(said[n : n + 2]) for n in range(0, len(said), 2)]

    def _longest(self) -> tuple[Line, ...]:
        """Return the lines of the cell that takes the most room, so that nothing moves from cell to cell."""
        language = language_in_force()
        if language not in self._widest:
            every = [self._all_lines(self._cell_at(part)) for part in range(self.count())]
            self._widest[language] = max(every, key=lambda one: len(text_of(one)))
        return self._widest[language]

    def compose(self) -> Scene:
        """Return what is shown at the size the figure has, laid out anew."""
        filters, row, column = self.cell
        height, width = self._spec.kernel_size
        numbers = FormulaNumbers(
            self._values,
            self._spec.weights[filters],
            self._outputs,
            self.cell,
            Rect(row, column, height, width),
            self._stage >= 2,
        )
        return FormulaScene(self._texts(), numbers, self._stage, QSizeF(self.size())).scene()
