"""What the maps of the convolution room are called, and what stands between their columns."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from convviz.core.channels import ChannelMode
from convviz.core.numbers import format_number
from convviz.core.specs import Operation
from convviz.ui import theme
from convviz.ui.arrangement import Column, ColumnKind, MapPlace, input_tint, kernels_by_channel, map_names
from convviz.ui.state import State
from convviz.ui.widgets.lettering import letterings
from convviz.ui.widgets.pane import Pane
from convviz.ui.widgets.pane_caption import Caption

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

    def write(self, columns: Sequence[Column], panes: Mapping[str, Pane], state: State) -> None:
        """Write above every map what it is, in the language in force."""
        for column in columns:
            for place in column.maps:
                caption = self.caption(column, place, state)
                panes[place.key].set_caption(caption.title, caption.detail, caption.channel, caption.short)
        self.fit(columns, panes)

    def fit(self, columns: Sequence[Column], panes: Mapping[str, Pane]) -> None:
        """Write all titles in one size, and shorter words where the panes are too narrow for them."""
        titles = [[(panes[m.key].caption, panes[m.key].title_room()) for m in c.maps] for c in columns]
        for column, lettering in zip(columns, letterings(titles, theme.current()), strict=True):
            for place in column.maps:
                panes[place.key].set_lettering(lettering)

    def caption(self, column: Column, place: MapPlace, state: State) -> Caption:
        """Return the title of a map, a short word for it, and its size."""
        title, short = self._titles(column, place, state)
        tint = input_tint(state, place.channel)
        channel = tint if column.kind in (ColumnKind.INPUT, ColumnKind.PARTIAL) else None
        return Caption(title, self._detail(column, place, state), channel, short)

    def _detail(self, column: Column, place: MapPlace, state: State) -> str:
        height, width = place.shape
        if column.kind is ColumnKind.KERNEL:
            turned = " · 180°" if state.settings.operation is Operation.CONVOLUTION else ""
            return f"{height} × {width}{turned}"
        several = len(column.maps) > 1
        size = f"{height} × {width} × {1 if several else column.shape[0]}"
        if column.kind is ColumnKind.CONVOLUTION and (several or state.partial_sums() is not None):
            # The parts, and kernels of several filters, are shown without the bias: here it comes in.
            bias = state.bank.biases[_filter_of(state, place)]
            return f"{size} · b = {format_number(bias)}" if bias else size
        return size

    def _titles(self, column: Column, place: MapPlace, state: State) -> tuple[str, str]:
        """Return what a map is called where there is room for it, and where there is little."""
        several = len(column.maps) > 1
        if column.kind is ColumnKind.MIX:
            return self.tr("1×1 layer"), "1×1"
        if column.kind is ColumnKind.MAGNITUDE:
            return self.tr("Magnitude"), self.tr("Mag")
        if column.kind is ColumnKind.KERNEL:
            return self._kernel_titles(column, place, state)
        name = map_names(state, column.kind)[place.channel]
        if column.kind is ColumnKind.INPUT:
            if input_tint(state, place.channel) is not None:
                return name, name
            if several:
                return self.tr("Channel {0}").format(name), self.tr("Ch {0}").format(name)
            return self.tr("Input"), self.tr("In")
        if column.kind is ColumnKind.PARTIAL:
            return self.tr("Part {0}").format(name), self.tr("P {0}").format(name)
        title, short = {
            ColumnKind.CONVOLUTION: (self.tr("Output"), self.tr("Out")),
            ColumnKind.ACTIVATION: (self.tr("Activation"), self.tr("Act")),
            ColumnKind.POOLING: (self.tr("Pooling"), self.tr("Pool")),
        }[column.kind]
        return (f"{title} {name}", f"{short} {name}") if several else (title, short)

    def _kernel_titles(self, column: Column, place: MapPlace, state: State) -> tuple[str, str]:
        if len(column.maps) == 1:
            return self.tr("Kernel"), "K"
        names = map_names(state, ColumnKind.INPUT if kernels_by_channel(state) else ColumnKind.CONVOLUTION)
        title = f"K {names[place.channel]}"
        return title, title
