"""The filters of a layer as a grid of kernels, and how the sum over a row becomes an output."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from convviz.core.numbers import MINUS, format_number
from convviz.core.reference import convolve
from convviz.core.specs import ConvSpec
from convviz.ui.figures.cell_keys import moved
from convviz.ui.figures.filters_scene import Addend, FiltersNumbers, FiltersScene, FiltersTexts
from convviz.ui.figures.layer_table import read_cell, read_layer
from convviz.ui.figures.number_table import Numbers, nested
from convviz.ui.figures.scene import Scene
from convviz.ui.figures.scene_figure import NOTHING, SceneFigure
from convviz.ui.figures.table_keys import TableKeys

EXAMPLE = "multi-channel"
_MOST_INPUT, _MOST_KERNEL = (4, 6, 6), (4, 4, 3, 3)
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class FiltersFigure(SceneFigure):
    """C_in × C_out kernels: a filter is a row of them, one for each input channel, and a bias.

    Stage 0 shows the filters, stage 1 what every kernel gives at the cell we talk about, stage 2 the sums and
    the output. The arrow keys move the window from cell to cell.

    Parameters
    ----------
    table : mapping
        ``example``: a worked example of stride 1 without padding, by default ``multi-channel``; ``input``:
        rows of numbers, or one such grid per channel, instead of the example's, up to 4 × 6 × 6;
        ``kernel``: a list of filters with one grid of weights per channel they read, up to 4 × 4 × 3 × 3;
        ``bias``: one number per filter; ``groups``: into how many groups channels and filters are divided;
        ``cell``: row and column of the output cell.
    parent : QWidget, optional
        Owner.

    Raises
    ------
    Problem
        If the table is not as it should be, or the filters do not fit the input.
    """

    KIND = "filters"

    def __init__(self, table: Mapping[str, Any], parent: QWidget | None = None) -> None:
        keys = TableKeys(table)
        keys.only(("example", "input", "kernel", "bias", "groups", "cell"))
        self._values, self._spec = read_layer(keys, table, EXAMPLE, _MOST_INPUT, _MOST_KERNEL)
        self._outputs = convolve(self._values, self._spec)
        self._partial = partial_maps(self._values, self._spec)
        row, column = read_cell(keys, *self._size)
        super().__init__(parent)
        self._picked = row * self._size[1] + column
        self.retranslate()

    # Stages

    @property
    def stages(self) -> int:
        """The filters, what each kernel gives, the sums."""
        return 3

    def table(self) -> dict[str, Any]:
        """Return the table that builds the figure as it is now."""
        return {
            "input": nested(self._values),
            "kernel": nested(self._spec.weights),
            "bias": nested(np.array(self._spec.bias)),
            "groups": self._spec.groups,
            "cell": list(self.cell),
        }

    def shown(self) -> Mapping[str, str]:
        """Return which cell it is, how many kernels there are, and as far as they are on screen the sums."""
        out = {"cell": "{}, {}".format(*self.cell), "kernels": self._kernels}
        for number in range(len(self._outputs)):
            if self._stage >= 1:
                out[f"sum {number}"] = self._sum(number)
            if self._stage >= 2:
                out[f"output {number}"] = self._total(number)
        return out

    # Which cell

    @property
    def _size(self) -> tuple[int, int]:
        _, rows, columns = self._outputs.shape
        return rows, columns

    @property
    def cell(self) -> tuple[int, int]:
        """Row and column of the output cell we talk about."""
        row, column = divmod(self._picked, self._size[1])
        return row, column

    def count(self) -> int:
        """Return the number of cells of an output map."""
        return self._size[0] * self._size[1]

    def pick(self, part: int) -> None:
        """Talk about a cell; there always is one."""
        if part != NOTHING:
            super().pick(part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the cell beside, above or below, to the first or to the last."""
        cell = moved(Qt.Key(event.key()), self.cell, self._size)
        if cell is None or event.modifiers() & ~_KEYPAD:
            event.ignore()
        else:
            self.pick(cell[0] * self._size[1] + cell[1])

    # Words

    def _addends(self, number: int) -> list[Addend]:
        """Return what a filter adds up at the cell: what its kernels give, and its bias."""
        out: list[Addend] = []
        found = self._partial[number][:, self.cell[0], self.cell[1]].tolist()
        first = _first_channel(self._spec, number)
        for column, value in [*enumerate(found, first), (len(self._values), self._spec.bias[number])]:
            sign = MINUS if value < 0 else "+"
            out.append(
                Addend(column, sign, format_number(abs(value)))
                if out
                else Addend(column, "", format_number(value))
            )
        return out

    def _total(self, number: int) -> str:
        return format_number(self._outputs[number][self.cell])

    def _sum(self, number: int) -> str:
        """Return the sum of a filter as a line, with what it comes to once that is on screen."""
        said = " ".join(f"{one.operator} {one.text}".strip() for one in self._addends(number))
        return f"{said} = {self._total(number) if self._stage >= 2 else '?'}"

    @property
    def _kernels(self) -> str:
        filters, channels = self._spec.weights.shape[:2]
        return str(filters * channels)

    def _foot(self) -> list[str]:
        filters, channels, height, width = self._spec.weights.shape
        count = f"{channels}·{filters} = {self._kernels}"
        rows = self.tr("row: a filter; column: an input channel")
        kernels = self.tr("kernels {0} × {1}: {2}").format(height, width, count)
        if self._spec.groups == 1:
            return [rows, kernels]
        groups = self.tr("groups: {0} (each filter reads {1} of {2} channels)")
        return [rows, f"{groups.format(self._spec.groups, channels, len(self._values))}; {kernels}"]

    def _texts(self) -> FiltersTexts:
        every = [*self._partial.ravel().tolist(), *self._outputs.ravel().tolist(), *self._spec.bias]
        filters = range(len(self._outputs))
        return FiltersTexts(
            [self._addends(number) for number in filters],
            [self._total(number) for number in filters],
            max((format_number(value) for value in every), key=len),
            self._foot(),
        )

    def tip(self, part: int) -> str:
        """Return the place of an output cell, and its values once they are on screen."""
        row, column = divmod(part, self._size[1])
        name = f"g({row}, {column}, c_out)"
        if self._stage < 2:
            return name
        values = ", ".join(format_number(value) for value in self._outputs[:, row, column].tolist())
        return f"{name}: {values}"

    def describe(self) -> None:
        """Say to screen readers what is on screen."""
        self.setAccessibleName(self.tr("Filters of a layer"))
        self.setToolTip(self.tr("Click an output cell, or use the arrow keys"))
        said = ["{}, {}".format(self.tip(self._picked), "; ".join(self._foot()))]
        if self._stage >= 1:
            said += [f"c_out = {number}: {self._sum(number)}" for number in range(len(self._outputs))]
        self.setAccessibleDescription("\n".join(said))

    # What is on screen

    def layout_now(self) -> FiltersScene:
        """Return where everything is; nothing moves from stage to stage or from cell to cell."""
        numbers = FiltersNumbers(self._values, self._spec, self._outputs, self.cell)
        return FiltersScene(self._texts(), numbers, self._stage, QSizeF(self.size()))

    def compose(self) -> Scene:
        """Return what is shown at the size the figure has, laid out anew."""
        return self.layout_now().scene()


def partial_maps(values: Numbers, spec: ConvSpec) -> Numbers:
    """Return what every kernel of a layer gives with the channel it reads, without the bias.

    Shape (F, C / groups, H, W): the sum over the second axis and the bias are the output.
    """
    return np.array(
        [
            [
                convolve(values[[first + channel]], ConvSpec(kernel[np.newaxis, np.newaxis]))[0]
                for channel, kernel in enumerate(filters)
            ]
            for number, filters in enumerate(spec.weights)
            for first in [_first_channel(spec, number)]
        ]
    )


def _first_channel(spec: ConvSpec, number: int) -> int:
    """Return the first input channel that a filter reads."""
    filters, channels = spec.weights.shape[:2]
    return int(number * spec.groups // filters * channels)
