"""Cross-correlation and convolution: the kernel as it is written, and turned by 180°."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QSizeF, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from convviz.core.arithmetic import Explainer, reader
from convviz.core.numbers import format_number
from convviz.core.pieces import Line
from convviz.core.reference import convolve
from convviz.core.specs import ConvSpec, Operation
from convviz.core.wording import MORE, lines, text_of
from convviz.files.samples import load_examples
from convviz.ui.figures.cell_keys import moved
from convviz.ui.figures.layer_table import read_cell
from convviz.ui.figures.number_table import Numbers, nested, read_numbers
from convviz.ui.figures.scene import Scene
from convviz.ui.figures.scene_figure import NOTHING, SceneFigure
from convviz.ui.figures.table_keys import TableKeys
from convviz.ui.figures.turn_scene import TurnNumbers, TurnScene, TurnTexts
from convviz.ui.motion import motion_wanted
from convviz.ui.widgets.kernel_paint import KernelPicture
from convviz.ui.widgets.turn_animation import TurnAnimation

EXAMPLE = "conv-5x5"
_MOST_INPUT, _MOST_KERNEL = (7, 7), (4, 4)
_MOST_TERMS = 10
_OPERATIONS = (Operation.CROSS_CORRELATION, Operation.CONVOLUTION)
_Key = Qt.Key


class TurnFigure(SceneFigure):
    """An input, a kernel, and what comes out with the kernel as it is and turned.

    Stage 0 shows the kernel, 1 turns it, 2 shows both results with the products of a cell, 3 the input
    correlated with itself. The arrow keys go from cell to cell, Enter turns the kernel again.

    Parameters
    ----------
    table : mapping
        ``input``: rows of numbers, up to 7 × 7; ``kernel``: rows of weights, up to 4 × 4; by default those of
        the worked example ``conv-5x5``. ``cell``: row and column of the cell we talk about.
    parent : QWidget, optional
        Owner.

    Raises
    ------
    Problem
        If the table is not as it should be, or the kernel does not fit the input.
    """

    KIND = "turn"

    def __init__(self, table: Mapping[str, Any], parent: QWidget | None = None) -> None:
        keys = TableKeys(table)
        keys.only(("input", "kernel", "cell"))
        example = next(one for one in load_examples() if one.id == EXAMPLE)
        layer = example.chain[0]
        assert isinstance(layer, ConvSpec)
        self._values = read_numbers(
            table, "input", nested(np.asarray(example.input[0], np.float64)), _MOST_INPUT
        )
        self._weights = read_numbers(table, "kernel", nested(layer.weights[0, 0]), _MOST_KERNEL)
        stack = self._values[np.newaxis]
        specs = [ConvSpec(self._weights[np.newaxis, np.newaxis], operation=one) for one in _OPERATIONS]
        self._results = [convolve(stack, spec)[0] for spec in specs]
        self._explainers = [Explainer(reader(stack), (1, *self._values.shape), (spec,)) for spec in specs]
        self._own = autocorrelation(self._values)
        super().__init__(parent)
        self._read_cell(keys)
        self.turning = TurnAnimation(self)
        self.turning.finished.connect(self.renew)
        self.retranslate()

    def _read_cell(self, keys: TableKeys) -> None:
        rows, columns = self._results[0].shape
        row, column = read_cell(keys, rows, columns)
        self._picked = row * columns + column

    # Stages

    @property
    def stages(self) -> int:
        """The kernel, the turned kernel, both results, the input with itself."""
        return 4

    def show_stage(self, before: int) -> None:
        """Show what belongs to the stage; the kernel turns when it is first shown turned."""
        self.turning.stop()
        if before == 0 and self._stage == 1:
            self.turn()
        super().show_stage(before)

    def turn(self) -> None:
        """Have the kernel turn on its way to its second place, if things may move."""
        if not self._stage or not motion_wanted(self):
            return
        first, second = self.layout_now().kernels
        extent = int(first.side * max(first.rows, first.columns, 3))
        picture = KernelPicture(self._weights, extent)
        self.turning.play(picture, first.place.center(), second.place.center())
        self.renew()

    def table(self) -> dict[str, Any]:
        """Return the table that builds the figure as it is now."""
        return {"input": nested(self._values), "kernel": nested(self._weights), "cell": list(self.cell)}

    def shown(self) -> Mapping[str, str]:
        """Return which cell it is, and as far as they are on screen its products and the results."""
        row, column = self.cell
        out = {"cell": f"{row}, {column}"}
        if self._stage >= 2:
            for operation, found, line in zip(
                _OPERATIONS, self._results, self._lines(self.cell), strict=True
            ):
                out[operation.value] = format_number(found[row, column])
                out[f"{operation.value} products"] = text_of([line])
        if self._stage >= 3:
            middle = self._own[self._own.shape[0] // 2, self._own.shape[1] // 2]
            out["autocorrelation at 0, 0"] = format_number(middle)
        return out

    # Which cell

    @property
    def cell(self) -> tuple[int, int]:
        """Row and column of the cell we talk about."""
        row, column = divmod(self._picked, self._results[0].shape[1])
        return row, column

    def count(self) -> int:
        """Return the number of output cells."""
        return int(self._results[0].size)

    def pick(self, part: int) -> None:
        """Talk about a cell; there always is one."""
        if part != NOTHING:
            super().pick(part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the cell beside, above or below; Enter turns the kernel again."""
        key, (rows, columns) = _Key(event.key()), self._results[0].shape
        cell = moved(key, self.cell, (rows, columns))
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif cell is not None:
            self.pick(cell[0] * columns + cell[1])
        elif key in (_Key.Key_Return, _Key.Key_Enter) and self._stage:
            self.turn()
        else:
            event.ignore()

    # Words

    def _lines(self, cell: tuple[int, int]) -> list[Line]:
        """Return the products of a cell, of both operations."""
        more = QCoreApplication.translate("Sentence", MORE)
        cells = [explainer.explain(1, 0, cell) for explainer in self._explainers]
        return [lines(one, limit=_MOST_TERMS, more=more)[0] for one in cells]

    def _names(self) -> tuple[str, str]:
        return self.tr("Cross-correlation"), self.tr("Convolution")

    def _texts(self) -> TurnTexts:
        columns = self._results[0].shape[1]
        every = [self._lines(divmod(part, columns)) for part in range(self.count())]
        longest = [max((one[n] for one in every), key=lambda line: len(text_of([line]))) for n in range(2)]
        titles = (self.tr("Input"), *self._names(), self.tr("Autocorrelation"))
        badges = (
            "",
            self.tr("Conv2d in PyTorch"),
            self.tr("kernel turned by 180°"),
            self.tr("input with itself"),
        )
        return TurnTexts(
            titles, badges, self._names(), self._lines(self.cell), longest, self.tr("shifts −1, 0, 1")
        )

    def tip(self, part: int) -> str:
        """Return the place of an output cell, and both results once they are on screen."""
        row, column = divmod(part, self._results[0].shape[1])
        said = f"[{row}, {column}]"
        if self._stage < 2:
            return said
        found = (
            f"{n}: {format_number(r[row, column])}" for n, r in zip(self._names(), self._results, strict=True)
        )
        return f"{said} · {' · '.join(found)}"

    def describe(self) -> None:
        """Say to screen readers what is on screen."""
        self.setAccessibleName(self.tr("Cross-correlation and convolution"))
        self.setToolTip(self.tr("Click a cell of a result, or use the arrow keys; Enter turns the kernel"))
        said = [self.tip(self._picked)]
        if self._stage >= 1:
            turned = nested(self._weights[::-1, ::-1])
            said.append(f"{self.tr('kernel turned by 180°')}: {turned}")
        if self._stage >= 2:
            said += [
                f"{n}: {text_of([line])}"
                for n, line in zip(self._names(), self._lines(self.cell), strict=True)
            ]
            said.append(f"{self._names()[0]}: {self.tr('Conv2d in PyTorch')}")
        self.setAccessibleDescription("\n".join(said))

    # What is on screen

    def layout_now(self) -> TurnScene:
        """Return where everything is."""
        one, other = self._results
        numbers = TurnNumbers(self._values, self._weights, one, other, self._own, self.cell)
        return TurnScene(self._texts(), numbers, self._stage, self.turning.running, QSizeF(self.size()))

    def compose(self) -> Scene:
        """Return what is shown at the size the figure has, laid out anew."""
        return self.layout_now().scene()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Do not go on turning to where the kernel no longer goes."""
        super().resizeEvent(event)
        self.turning.stop()


def autocorrelation(values: Numbers) -> Numbers:
    """Return Σ in(y, x)·in(y + s, x + t) for the shifts s and t from −1 to 1.

    Shape (3, 3), shift 0 in the middle. What lies outside the input counts as 0.
    """
    spec = ConvSpec(values[np.newaxis, np.newaxis], padding=(1, 1))
    return np.asarray(convolve(values[np.newaxis], spec)[0])
