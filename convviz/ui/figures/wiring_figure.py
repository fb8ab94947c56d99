"""How many weights a small network has: dense layers, a kernel that shares its weights, and both."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from convviz.ui.figures.scene import Scene
from convviz.ui.figures.scene_figure import NOTHING, SceneFigure
from convviz.ui.figures.table_keys import TableKeys
from convviz.ui.figures.wiring_drawing import Wiring
from convviz.ui.figures.wiring_layout import Around, Panel, WiringLayout
from convviz.ui.figures.wiring_nets import INPUTS, KERNEL, PLACES, Net, dense_net, kernel_net

_VARIANTS = ("flatten", "kernel", "convolution")
_NEURONS, _MOST_NEURONS = 3, 12
_Key = Qt.Key


class WiringFigure(SceneFigure):
    """Neurons and lines on a 3×3 picture.

    Stage 0 is the drawing, stage 1 adds how many weights there are as a formula, stage 2 with its numbers.
    ← and → pick a neuron, ↑ and ↓ change how many dense neurons there are.

    Parameters
    ----------
    table : mapping
        ``variant``: ``flatten`` for dense neurons on the nine values, ``kernel`` for four neurons that share
        the weights of a 2×2 kernel beside four dense ones, ``convolution`` for dense neurons behind such a
        kernel beside those without. ``neurons``: how many dense neurons, 1 to 12; ``kernel`` has always four.
        ``picked``: the neuron that stands out, from 1, counted from the left network's first.
    parent : QWidget, optional
        Owner.

    Raises
    ------
    Problem
        If the table is not as it should be.
    """

    KIND = "wiring"

    def __init__(self, table: Mapping[str, Any], parent: QWidget | None = None) -> None:
        keys = TableKeys(table)
        keys.only(("variant", "neurons", "picked"))
        self._variant = keys.choice("variant", _VARIANTS[0], _VARIANTS)
        self._neurons = keys.whole("neurons", _NEURONS, 1, _MOST_NEURONS)
        self._nets = _nets(self._variant, self._neurons)
        first = keys.whole("picked", 1, 1, self.count()) - 1
        super().__init__(parent)
        self._picked = first
        self.retranslate()

    # Stages

    @property
    def stages(self) -> int:
        """The drawing, the formulas, the totals."""
        return 3

    def table(self) -> dict[str, Any]:
        """Return the table that builds the figure as it is now."""
        return {"variant": self._variant, "neurons": self._neurons, "picked": self._picked + 1}

    def shown(self) -> Mapping[str, str]:
        """Return the equation of the picked neuron, and by stage each network's formula and weights."""
        out = {"neurons": str(PLACES if self._variant == "kernel" else self._neurons)}
        out["equation"] = self.equation
        for name, panel in zip(self._names(), self._panels(), strict=True):
            if self._stage > 0:
                out[f"{name} formula"] = panel.formula
            if self._stage > 1:
                out[f"{name} sum"] = self._sum(panel.net)
                out[f"{name} weights"] = str(panel.net.weights)
        return out

    # Which neuron, and how many

    @property
    def neurons(self) -> int:
        """How many dense neurons there are."""
        return self._neurons

    def set_neurons(self, neurons: int) -> None:
        """Change how many dense neurons there are; the neuron that is picked stays, or its neighbour is."""
        neurons = min(max(neurons, 1), _MOST_NEURONS)
        if neurons == self._neurons or self._variant == "kernel":
            return
        panel, column, number = self.unit
        self._neurons = neurons
        self._nets = _nets(self._variant, neurons)
        number = min(number, self._nets[panel].columns[column].size - 1)
        self._picked = self._units().index((panel, column, number))
        self.describe()
        self.renew()

    @property
    def unit(self) -> tuple[int, int, int]:
        """Network, column and number in it of the neuron that is picked, from 0."""
        return self._units()[self._picked]

    @property
    def equation(self) -> str:
        """The weighted sum of the neuron that is picked."""
        panel, column, number = self.unit
        return self._nets[panel].equation(column, number)

    def _units(self) -> list[tuple[int, int, int]]:
        return [(panel, *unit) for panel, net in enumerate(self._nets) for unit in net.units()]

    def pick(self, part: int) -> None:
        """Talk about a neuron; there is always one."""
        if part != NOTHING:
            super().pick(part)

    def count(self) -> int:
        """Return the number of neurons in all networks."""
        return len(self._units())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the number of neurons, or pick one."""
        key = _Key(event.key())
        if key in (_Key.Key_Up, _Key.Key_Down) and not (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.set_neurons(self._neurons + (1 if key == _Key.Key_Up else -1))
        elif key == _Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    # Words

    def _names(self) -> tuple[str, ...]:
        return {"flatten": ("dense",), "kernel": ("kernel", "dense")}.get(
            self._variant, ("convolution", "dense")
        )

    def _panels(self) -> tuple[Panel, ...]:
        return tuple(self._panel(net) for net in self._nets)

    def _panel(self, net: Net) -> Panel:
        words = {
            "x": self.tr("inputs"),
            "z": self.tr("neurons") if self._variant == "kernel" else self.tr("kernel"),
            "h": self.tr("neurons"),
            "y": self.tr("output"),
        }
        heads = tuple(words[column.letter] for column in net.columns)
        total = self.tr("Weights: {0}").format(self._sum(net))
        return Panel(net, self._title(net), heads, self._formula(net), total)

    def _title(self, net: Net) -> str:
        if not _is_shared(net):
            return self.tr("Dense")
        return self.tr("Kernel 2×2") if self._variant == "kernel" else self.tr("Convolution, then dense")

    def _formula(self, net: Net) -> str:
        shared = _is_shared(net)
        if self._variant == "kernel":
            return self.tr("rows · columns of the kernel") if shared else self.tr("inputs · neurons")
        before = PLACES if shared else INPUTS
        if shared:
            return f"{KERNEL * KERNEL} + {before}·N + N = {before + 1}·N + {KERNEL * KERNEL}"
        return f"{before}·N + N = {before + 1}·N"

    def _sum(self, net: Net) -> str:
        shared, count = _is_shared(net), self._neurons
        if self._variant == "kernel":
            terms = f"{KERNEL}·{KERNEL}" if shared else f"{INPUTS}·{PLACES}"
        elif shared:
            terms = f"{KERNEL * KERNEL} + {PLACES}·{count} + {count}"
        else:
            terms = f"{INPUTS}·{count} + {count}"
        return f"{terms} = {net.weights}"

    def _around(self) -> Around:
        longest = tuple(net.equation(*unit) for net in self._nets for unit in net.units())
        note = self.tr("w: weights, biases are left out; ← → pick a neuron")
        if self._variant != "kernel":
            note = self.tr("N = {0}; w: weights, biases are left out; ← → pick a neuron, ↑ ↓ change N")
            note = note.format(self._neurons)
        return Around(self.tr("Picture 3×3"), self.tr("Kernel 2×2"), longest, note)

    def tip(self, part: int) -> str:
        """Return a neuron's sum."""
        panel, column, number = self._units()[part]
        return self._nets[panel].equation(column, number)

    def describe(self) -> None:
        """Say to screen readers what is on screen."""
        self.setAccessibleName(self.tr("Neurons and their weights"))
        said = [self.equation, self._around().note]
        for panel in self._panels():
            sizes = ", ".join(
                f"{head}: {column.size}" for head, column in zip(panel.heads, panel.net.columns, strict=True)
            )
            lines = (panel.formula, panel.total)[: self._stage]
            said.append("; ".join((f"{panel.title}: {sizes}", *lines)))
        self.setAccessibleDescription("\n".join(said))

    # Painting

    def layout_now(self) -> WiringLayout:
        """Return where everything is; nothing moves from stage to stage or from neuron to neuron."""
        return WiringLayout(self._panels(), self._around(), QSizeF(self.size()))

    def compose(self) -> Scene:
        """Return what is shown at the size the figure has, laid out anew."""
        return Wiring(self.layout_now(), self.unit, self._stage).scene(self.equation)


def _nets(variant: str, neurons: int) -> tuple[Net, ...]:
    if variant == "flatten":
        return (dense_net(neurons, 1),)
    if variant == "kernel":
        return kernel_net(), dense_net(PLACES)
    return kernel_net(neurons, 1), dense_net(neurons, 1)


def _is_shared(net: Net) -> bool:
    return any(edge.shared for edge in net.edges)
