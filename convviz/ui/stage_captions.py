"""What the maps of the convolution room are called, and what stands between their columns."""

from PySide6.QtCore import QObject

from convviz.core.numbers import format_number
from convviz.core.specs import Operation
from convviz.ui.arrangement import Column, ColumnKind, MapPlace, input_tint, kernels_by_channel, map_names
from convviz.ui.state import State


def sign_between(left: ColumnKind, right: ColumnKind) -> str:
    """Return what stands between two columns: what is done with the left one to get the right one."""
    signs = {ColumnKind.PARTIAL: "Σ", ColumnKind.KERNEL: "="}
    return signs.get(left, "∗" if right is ColumnKind.KERNEL else "→")


class StageCaptions(QObject):
    """Finds the words above the maps."""

    def caption(self, column: Column, place: MapPlace, state: State) -> tuple[str, str]:
        """Return the title of a map and, beside it, its size."""
        height, width = place.shape
        several = len(column.maps) > 1
        size = f"{height} × {width} × {1 if several else column.shape[0]}"
        if column.kind is ColumnKind.MIX:
            return self.tr("1×1 layer"), size
        if column.kind is ColumnKind.MAGNITUDE:
            return self.tr("Magnitude"), size
        if column.kind is ColumnKind.KERNEL:
            turned = " · 180°" if state.settings.operation is Operation.CONVOLUTION else ""
            return self._kernel_title(column, place, state), f"{height} × {width}{turned}"
        name = map_names(state, column.kind)[place.channel]
        if column.kind is ColumnKind.INPUT:
            tinted = input_tint(state, place.channel) is not None
            title = name if tinted else self.tr("Channel {0}").format(name) if several else self.tr("Input")
            return title, size
        if column.kind is ColumnKind.PARTIAL:
            return self.tr("Part {0}").format(name), size
        if column.kind is ColumnKind.CONVOLUTION and state.partial_sums() is not None:
            # The parts are shown without the bias: here it comes in.
            bias = state.bank.biases[place.channel]
            size = f"{size} · b = {format_number(bias)}" if bias else size
        titles = {
            ColumnKind.CONVOLUTION: self.tr("Output"),
            ColumnKind.ACTIVATION: self.tr("Activation"),
            ColumnKind.POOLING: self.tr("Pooling"),
        }
        title = titles[column.kind]
        return (f"{title} {name}" if several else title), size

    def _kernel_title(self, column: Column, place: MapPlace, state: State) -> str:
        if len(column.maps) == 1:
            return self.tr("Kernel")
        names = map_names(state, ColumnKind.INPUT if kernels_by_channel(state) else ColumnKind.CONVOLUTION)
        return f"K {names[place.channel]}"
