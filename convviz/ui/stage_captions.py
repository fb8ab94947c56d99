"""What the maps of the convolution room are called, and what stands between their columns."""

from PySide6.QtCore import QObject

from convviz.core.channels import ChannelMode
from convviz.core.numbers import format_number
from convviz.core.specs import Operation
from convviz.ui import theme
from convviz.ui.arrangement import Column, ColumnKind, MapPlace, input_tint, kernels_by_channel, map_names
from convviz.ui.state import State

# How large a bias is written above a sign, and the longest one there is room for.
_BIAS_PX, _MOST_BIAS_SIGNS = 14, 4


def sign_text(left: ColumnKind, right: ColumnKind, state: State) -> str:
    """Return what is done with one column to get the next: a sign in rich text, a bias small above it."""
    signs = {ColumnKind.PARTIAL: "Σ", ColumnKind.KERNEL: "="}
    sign = signs.get(left, "∗" if right is ColumnKind.KERNEL else "→")
    bias = _bias(state) if left is ColumnKind.KERNEL and right is ColumnKind.CONVOLUTION else ""
    if not bias:
        return sign
    return f'<div style="font-size: {theme.current().px(_BIAS_PX)}px">{bias}</div><div>{sign}</div>'


def _bias(state: State) -> str:
    """Return what results have beyond kernels times input, such as ``−5``; empty where that is nothing.

    It is ``+b`` where filters have different ones, which their maps name, or the number is too long.
    """
    every = state.bank.biases
    biases = (every[state.selected],) if kernels_by_channel(state) else every
    if not any(biases):
        return ""
    text = format_number(biases[0])
    signed = text if biases[0] < 0 else f"+{text}"
    return signed if len(set(biases)) == 1 and len(signed) <= _MOST_BIAS_SIGNS else "+b"


def _filter_of(state: State, place: MapPlace) -> int:
    """Return which filter made a map: where each channel stands alone, the selected one made all."""
    return state.selected if state.channel_mode is ChannelMode.EACH else place.channel


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
        if column.kind is ColumnKind.CONVOLUTION and (several or state.partial_sums() is not None):
            # The parts, and kernels of several filters, are shown without the bias: here it comes in.
            bias = state.bank.biases[_filter_of(state, place)]
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
