"""What a network's layers are called and how their numbers are written."""

from PySide6.QtCore import QObject

from convviz.core.number_style import spelled
from convviz.core.shown import grouped
from convviz.nets.records import Kind, Layer

# As in papers and code, the same in every language.
_FUNCTIONS = {
    "relu": "ReLU",
    "relu6": "ReLU6",
    "silu": "SiLU",
    "gelu": "GELU",
    "elu": "ELU",
    "leaky_relu": "LeakyReLU",
    "hardswish": "h-swish",
    "hardsigmoid": "h-sigmoid",
    "hardtanh": "hardtanh",
    "sigmoid": "σ",
    "tanh": "tanh",
}
_NORMS = {"batch_norm": "BN", "layer_norm": "LN", "group_norm": "GN", "local_response_norm": "LRN"}
_PREFIXES = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))


def shape_text(shape: tuple[int, ...]) -> str:
    """Return ``(32, 112, 112)`` as ``112 × 112 × 32``, channels last as people say it."""
    order = (*shape[1:], shape[0]) if len(shape) == 3 else shape
    return " × ".join(map(str, order))


def short_count(count: float) -> str:
    """Return a count with three digits and a prefix: ``385 M``; exactly below 10 000."""
    if count < 10_000:
        return grouped(round(count))
    size, prefix = next((s, p) for s, p in _PREFIXES if count >= s)
    # With three digits, 999.6 would become 1e+03.
    return f"{spelled(count / size, '.3g' if count / size < 999.5 else '.0f')} {prefix}"


class LayerText(QObject):
    """Writes about layers in the language in force."""

    def title(self, layer: Layer | None) -> str:
        """Return the short name on a card, such as ``conv 3×3 /2``; None stands for the input."""
        if layer is None:
            return self.tr("Image")
        if layer.kind is Kind.ACTIVATION:
            return _FUNCTIONS.get(layer.function, layer.function)
        if layer.kind is Kind.NORMALISATION:
            return _NORMS.get(layer.function, self.tr("norm"))
        if layer.kind in (Kind.CONVOLUTION, Kind.POOLING):
            return f"{self._sliding(layer)}{self._window(layer)}"
        names = {
            Kind.LINEAR: self.tr("dense"),
            Kind.GLOBAL_POOLING: self.tr("global pool"),
            Kind.ADD: self.tr("add"),
            Kind.MULTIPLY: self.tr("multiply"),
            Kind.CONCATENATE: self.tr("concat"),
            Kind.PAD: self.tr("pad"),
            Kind.FLATTEN: self.tr("flatten"),
            Kind.DROPOUT: self.tr("dropout"),
            Kind.SOFTMAX: "softmax",
            Kind.RESHAPE: self.tr("reshape"),
            Kind.ATTENTION: self.tr("attention"),
        }
        return names.get(layer.kind, layer.function)

    def _sliding(self, layer: Layer) -> str:
        if layer.kind is Kind.POOLING:
            if layer.function.startswith("lp_pool"):
                return self.tr("Lp pool")
            return self.tr("avg pool") if "avg" in layer.function else self.tr("max pool")
        if layer.window is None or layer.window.groups == 1:
            return self.tr("conv")
        depthwise = layer.window.groups == layer.shape[0]
        return self.tr("dw conv") if depthwise else self.tr("group conv")

    @staticmethod
    def _window(layer: Layer) -> str:
        if layer.window is None:
            return ""
        window = layer.window
        text = f" {window.kernel[0]}×{window.kernel[1]}"
        if window.stride != (1, 1):
            same = window.stride[0] == window.stride[1]
            text += f" /{window.stride[0]}" if same else f" /{window.stride[0]}×{window.stride[1]}"
        return text if window.dilation == (1, 1) else f"{text} d{window.dilation[0]}"

    def sign(self, layer: Layer) -> str:
        """Return the few letters that stand for a layer in the card of the layer before it."""
        if layer.kind is Kind.DROPOUT:
            return self.tr("drop")
        return self.title(layer)

    def kind(self, layer: Layer) -> str:
        """Return in words what a layer does."""
        if layer.kind is Kind.CONVOLUTION and layer.window is not None and layer.window.groups > 1:
            depthwise = layer.window.groups == layer.shape[0]
            return self.tr("depthwise convolution") if depthwise else self.tr("grouped convolution")
        return {
            Kind.CONVOLUTION: self.tr("convolution"),
            Kind.LINEAR: self.tr("fully connected layer"),
            Kind.NORMALISATION: self.tr("normalisation"),
            Kind.ACTIVATION: self.tr("activation function"),
            Kind.POOLING: self.tr("pooling"),
            Kind.GLOBAL_POOLING: self.tr("global pooling"),
            Kind.ADD: self.tr("addition"),
            Kind.MULTIPLY: self.tr("multiplication"),
            Kind.CONCATENATE: self.tr("concatenation"),
            Kind.PAD: self.tr("padding"),
            Kind.FLATTEN: self.tr("flattening"),
            Kind.DROPOUT: self.tr("dropout (off)"),
            Kind.SOFTMAX: "softmax",
            Kind.RESHAPE: self.tr("reshaping"),
            Kind.ATTENTION: self.tr("attention (weighting)"),
            Kind.OTHER: self.tr("other operation"),
        }[layer.kind]

    def field_size(self, layer: Layer) -> str:
        """Return the receptive field, ``7 × 7``, or ``all``; empty where the output is no map."""
        if layer.fields is None:
            return ""
        if any(axis.whole for axis in layer.fields):
            return self.tr("whole picture")
        return f"{layer.fields[0].size} × {layer.fields[1].size}"

    def facts(self, shape: tuple[int, ...], layer: Layer | None) -> str:
        """Return the line behind a layer's title: how many maps of which size, and what they cost."""
        parts = []
        if len(shape) == 3:
            maps = self.tr("1 map") if shape[0] == 1 else self.tr("{0} maps").format(grouped(shape[0]))
            parts = [maps, f"{shape[1]} × {shape[2]}"]
        elif len(shape) == 1:
            parts = [self.tr("{0} values").format(grouped(shape[0]))]
        else:
            parts = [shape_text(shape)]
        if layer is not None:
            size = self.field_size(layer)
            if size:
                parts.append(self.tr("receptive field {0}").format(size))
            if layer.weights:
                parts.append(self.tr("{0} weights").format(grouped(layer.weights)))
            if layer.multiply_adds:
                parts.append(self.tr("{0} multiply-adds").format(short_count(layer.multiply_adds)))
        return " · ".join(parts)
