"""What is written in the network room about the network, a layer and a map."""

from PySide6.QtCore import QObject

from convviz.core.number_style import spelled
from convviz.core.shown import grouped
from convviz.nets.records import INPUT, Architecture, Layer, Trace, Values
from convviz.ui.layer_text import LayerText, shape_text, short_count
from convviz.ui.network_source import Traced


def layer_of(trace: Trace, layer: int) -> Layer | None:
    """Return a layer by its index; None for the input."""
    return None if layer == INPUT else trace.architecture.layers[layer]


def is_vector(trace: Trace, layer: int) -> bool:
    """Return whether the output of a layer is a vector."""
    return layer != INPUT and len(trace.architecture.layers[layer].shape) == 1


class NetworkWords(QObject):
    """Writes in the language in force."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text = LayerText(self)

    def totals(self, architecture: Architecture) -> str:
        """Return how many weights a network has and what one picture costs."""
        weights = self.tr("{0} weights").format(grouped(architecture.weights))
        work = self.tr("{0} multiply-adds").format(short_count(architecture.multiply_adds))
        return f"{weights} · {work}"

    def totals_tip(self) -> str:
        """Return what the totals are."""
        return self.tr("Weights of the whole network, and multiply-adds for one picture")

    def status(self, traced: Traced) -> str:
        """Return the line for the status bar: network, weights, time of the forward pass."""
        trace = traced.trace
        parameters = self.tr("{0} parameters").format(grouped(trace.architecture.weights))
        forward = self.tr("forward {0} ms").format(spelled(trace.seconds * 1000, ".0f"))
        return f"{traced.network.title} · {parameters} · {forward}"

    def heading(self, trace: Trace, layer: int) -> tuple[str, str, str]:
        """Return a layer's title, its facts, and its full name."""
        found = layer_of(trace, layer)
        shape = trace.architecture.input_shape if found is None else found.shape
        return self._text.title(found), self._text.facts(shape, found), found.name if found else ""

    def with_missing(self, facts: str, missing: int) -> str:
        """Return a layer's facts after how many of its values are not numbers, if any are."""
        if not missing:
            return facts
        return self.tr("not numbers (NaN, grey): {0}").format(grouped(missing)) + f" · {facts}"

    def map_caption(self, trace: Trace, layer: int, number: int, shape: tuple[int, ...]) -> tuple[str, str]:
        """Return what stands above one map (of this shape) or one value of a vector."""
        if is_vector(trace, layer):
            return self.tr("Value {0}").format(number), ""
        return self.tr("Map {0}").format(number), shape_text(shape)

    def photo_caption(self, trace: Trace, layer: int) -> tuple[str, str]:
        """Return what stands above the photograph."""
        found = layer_of(trace, layer)
        field = "1 × 1" if found is None else self._text.field_size(found)
        return self.tr("Photograph"), self.tr("receptive field {0}").format(field) if field else ""

    def filter_caption(self, number: int, weights: Values | None) -> str:
        """Return what stands above a filter; nothing without one."""
        if weights is None:
            return ""
        size = " · ".join(str(length) for length in (*weights.shape[1:], weights.shape[0]))
        return self.tr("FILTER {0} · {1} WEIGHTS").format(number, f"{size} = {grouped(weights.size)}")
