"""Cross-correlation and convolution: what turning the kernel by 180° changes."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from convviz.core.conv_spec import ConvSpec
from convviz.core.kernels import rotate
from convviz.core.numbers import format_number
from convviz.core.reference import convolve
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.ui import theme
from convviz.ui.figures.scene import Scene
from convviz.ui.figures.scene_figure import SceneFigure
from convviz.ui.figures.table_keys import TableKeys
from convviz.ui.figures.turn_grids import Grid, add_grids
from convviz.ui.figures.turn_lines import Piece, add_lines
from convviz.ui.figures.turn_table import Array, numbers

_STAGES, _MOST_INPUT, _MOST_KERNEL = 4, 9, 5


class TurnFigure(SceneFigure):
    """The kernel as written, the kernel turned, both results, and the input's autocorrelation.

    Parameters
    ----------
    table : mapping
        ``input``: up to 9 × 9 numbers. ``kernel``: up to 5 × 5 numbers, not larger than the input.
    parent : QWidget, optional
        Owner.

    Raises
    ------
    Problem
        If the table is not as it should be.
    """

    KIND = "turn"

    def __init__(self, table: Mapping[str, Any], parent: QWidget | None = None) -> None:
        TableKeys(table).only(("input", "kernel"))
        single = np.zeros((5, 5))
        single[2, 2] = 1
        self._input = numbers(table.get("input", single), "input", (2, 2))
        self._kernel = numbers(table.get("kernel", np.arange(1, 10).reshape(3, 3)), "kernel", (2, 2))
        self._check()
        self._turned = np.asarray(rotate(self._kernel))
        self._correlated = _correlate(self._input, self._kernel)
        self._convolved = _correlate(self._input, self._turned)
        down, across = (size - 1 for size in self._input.shape)
        self._auto = _correlate(self._input, self._input, (down, across))
        self._stage = 0
        super().__init__(parent)
        self.retranslate()

    def _check(self) -> None:
        if max(self._input.shape) > _MOST_INPUT:
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "input must be rows of at most {most} × {most} numbers."),
                most=_MOST_INPUT,
            )
        larger = any(k > n for k, n in zip(self._kernel.shape, self._input.shape, strict=True))
        if max(self._kernel.shape) > _MOST_KERNEL or larger:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "kernel must be rows of at most {most} × {most} numbers, not larger than the input.",
                ),
                most=_MOST_KERNEL,
            )

    @property
    def stages(self) -> int:
        """As written, turned, side by side, autocorrelation."""
        return _STAGES

    @property
    def stage(self) -> int:
        """The stage it shows."""
        return self._stage

    def set_stage(self, stage: int) -> None:
        """Show a stage."""
        self._stage = min(max(stage, 0), _STAGES - 1)
        self.describe()
        self.update()

    def table(self) -> dict[str, Any]:
        """Return the table that builds the figure as it is now."""
        return {"input": self._input.tolist(), "kernel": self._kernel.tolist()}

    def shown(self) -> Mapping[str, str]:
        """Return the grids on screen, their rows separated by semicolons."""
        names = (("correlation",), ("convolution",), ("correlation", "convolution"), ("autocorrelation",))
        grids = self._grids()[-len(names[self._stage]) :]
        return {name: _rows(grid.values) for name, grid in zip(names[self._stage], grids, strict=True)}

    def count(self) -> int:
        """Return 0: nothing can be picked."""
        return 0

    def tip(self, part: int) -> str:
        """Return nothing, as nothing can be picked."""
        del part
        return ""

    def describe(self) -> None:
        """Say to screen readers what is on screen."""
        self.setAccessibleName(self.tr("Turning the kernel by 180°"))
        said = [f"{grid.name}: {_rows(grid.values)}" for grid in self._grids()]
        self.setAccessibleDescription("\n".join([self._heading(), *said]))

    def _heading(self) -> str:
        return (
            self.tr("The kernel K as written, and its cross-correlation with the input"),
            self.tr("The kernel turned by 180°, and its convolution with the input"),
            self.tr("Both side by side: torch’s Conv2d computes cross-correlation"),
            self.tr("Autocorrelation: the input with itself"),
        )[self._stage]

    def _grids(self) -> list[Grid]:
        given = Grid(self.tr("input"), self._input)
        kernel = Grid(self.tr("kernel K"), self._kernel)
        turned = Grid(self.tr("turned K"), self._turned)
        correlated = Grid(self.tr("cross-correlation"), self._correlated)
        convolved = Grid(self.tr("convolution"), self._convolved)
        auto = Grid(self.tr("autocorrelation"), self._auto)
        stages = (
            [given, kernel, correlated],
            [given, turned, convolved],
            [correlated, convolved],
            [given, auto],
        )
        return stages[self._stage]

    def scene(self) -> Scene:
        """Return what is shown at the size the figure has."""
        scene, room = Scene(), self.rect().toRectF()
        edge = room.height() * 0.04
        room = room.adjusted(edge, edge, -edge, -edge)
        head = QRectF(room.left(), room.top(), room.width(), room.height() * 0.12)
        add_lines(scene, [[Piece(self._heading())]], head, theme.current().px(26))
        add_grids(scene, self._grids(), room.adjusted(0, head.height() + edge, 0, 0))
        return scene


def _correlate(values: Array, kernel: Array, padding: tuple[int, int] = (0, 0)) -> Array:
    return np.asarray(convolve(values[None], ConvSpec(kernel[None, None], padding=padding))[0])


def _rows(values: Array) -> str:
    return "; ".join(" ".join(format_number(float(value)) for value in row) for row in values)
