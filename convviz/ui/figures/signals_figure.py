"""A kernel slides along a signal of one dimension: correlation, convolution, autocorrelation."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from convviz.core.number_style import listed
from convviz.core.numbers import format_number
from convviz.ui.figures.scene import Scene
from convviz.ui.figures.scene_figure import NOTHING, SceneFigure
from convviz.ui.figures.signals_drawing import Stems
from convviz.ui.figures.signals_layout import SignalsLayout
from convviz.ui.figures.signals_sums import SignalKind, Sliding
from convviz.ui.figures.table_keys import TableKeys

# A slope, a plateau and an edge: what the kernel's differences answer to.
_SIGNAL, _KERNEL = (0, 1, 2, 3, 3, 3, 0, 0), (1, 0, -1)
_MOST_SIGNAL, _MOST_KERNEL, _BOUND = 24, 9, 1000.0


class SignalsFigure(SceneFigure):
    """A signal, the kernel below it, their products, and the output up to where the kernel is.

    The output is the full one: beyond its ends the signal is zero. ← and → move the kernel, Home and End to
    the first and the last place at which it meets the signal. There is one stage.

    Parameters
    ----------
    table : mapping
        ``signal``: 1 to 24 numbers. ``kernel``: 1 to 9 numbers; autocorrelation has the signal instead.
        ``operation``: ``cross-correlation``, ``convolution`` or ``autocorrelation``. ``position``: how many
        places the kernel has moved from the first; by default it begins where the signal begins.
    parent : QWidget, optional
        Owner.

    Raises
    ------
    Problem
        If the table is not as it should be.
    """

    KIND = "signals"

    def __init__(self, table: Mapping[str, Any], parent: QWidget | None = None) -> None:
        keys = TableKeys(table)
        keys.only(("signal", "kernel", "operation", "position"))
        signal = keys.numbers("signal", _SIGNAL, _MOST_SIGNAL, _BOUND)
        self._kernel = keys.numbers("kernel", _KERNEL, _MOST_KERNEL, _BOUND)
        kind = SignalKind(keys.choice("operation", SignalKind.CORRELATION, SignalKind))
        taps = signal if kind is SignalKind.AUTOCORRELATION else self._kernel
        self._sliding = Sliding(signal, taps, kind)
        first = keys.whole("position", len(taps) - 1, 0, self._sliding.length - 1)
        super().__init__(parent)
        self._picked = first
        self.retranslate()

    def table(self) -> dict[str, Any]:
        """Return the table that builds the figure as it is now."""
        return {
            "signal": list(self._sliding.signal),
            "kernel": list(self._kernel),
            "operation": str(self._sliding.kind),
            "position": self.position,
        }

    def shown(self) -> Mapping[str, str]:
        """Return the products and the sum at the kernel's place, and the output up to there."""
        sliding, place = self._sliding, self.position
        return {
            "k": format_number(sliding.index(place)),
            "products": _listed(sliding.products(place)),
            "sum": format_number(sliding.outputs[place]),
            "equation": sliding.equation(place),
            "output": _listed(sliding.outputs[: place + 1]),
        }

    # Where the kernel is

    @property
    def position(self) -> int:
        """How many places the kernel has moved from the first."""
        return self._picked

    @property
    def sliding(self) -> Sliding:
        """The signal and the kernel."""
        return self._sliding

    def count(self) -> int:
        """Return at how many places the kernel meets the signal."""
        return self._sliding.length

    def pick(self, part: int) -> None:
        """Move the kernel to a place; it is always somewhere."""
        if part != NOTHING:
            super().pick(part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the kernel."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    # Words

    def _labels(self) -> tuple[tuple[str, ...], ...]:
        kernel = {
            SignalKind.CORRELATION: (self.tr("Kernel"), "h"),
            SignalKind.CONVOLUTION: (self.tr("Kernel"), self.tr("h, reversed")),
            SignalKind.AUTOCORRELATION: (self.tr("Signal"), self.tr("x, shifted")),
        }[self._sliding.kind]
        return (self.tr("Signal"), "x"), kernel, (self.tr("Output"), "y"), (self.tr("Products"),)

    def _note(self) -> str:
        if self._sliding.kind is SignalKind.AUTOCORRELATION:
            return self.tr("Full output: beyond its ends the signal is 0. ← → shift the signal")
        return self.tr("Full output: beyond its ends the signal is 0. ← → move the kernel")

    def _kind_text(self) -> str:
        return {
            SignalKind.CORRELATION: self.tr("Cross-correlation of signals"),
            SignalKind.CONVOLUTION: self.tr("Convolution of signals"),
            SignalKind.AUTOCORRELATION: self.tr("Autocorrelation of a signal"),
        }[self._sliding.kind]

    def tip(self, part: int) -> str:
        """Return the sum at a place, or only its name where the kernel has not been yet."""
        if part <= self.position:
            return self._sliding.equation(part)
        return self._sliding.name(part)

    def describe(self) -> None:
        """Say to screen readers what is on screen."""
        self.setAccessibleName(self._kind_text())
        sliding, place = self._sliding, self.position
        signal, kernel, output, products = (", ".join(label) for label in self._labels())
        said = [
            sliding.equation(place),
            f"{signal}: {_listed(sliding.signal)}",
            f"{kernel}: {_listed(sliding.taps)}",
            f"{products}: {_listed(sliding.products(place))}",
            f"{output}: {_listed(sliding.outputs[: place + 1])}",
            sliding.formula(),
            self._note(),
        ]
        self.setAccessibleDescription("\n".join(said))

    # Painting

    def layout_now(self) -> SignalsLayout:
        """Return where everything is; nothing but the kernel moves."""
        equations = (self._sliding.equation(place) for place in range(self.count()))
        lines = (self._sliding.formula(), *equations, self._note())
        return SignalsLayout(self._sliding, self._labels(), lines, QSizeF(self.size()))

    def compose(self) -> Scene:
        """Return what is shown at the size the figure has, laid out anew."""
        lines = (self._sliding.formula(), self._sliding.equation(self.position), self._note())
        stems = Stems(self._sliding, self.layout_now(), self.position)
        return stems.scene(self._labels(), lines)


def _listed(values: tuple[float, ...]) -> str:
    return listed([format_number(value) for value in values])
