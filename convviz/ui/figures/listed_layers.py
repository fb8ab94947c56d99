"""Lists of layers in figures: read from a table, and named in the language in force."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from convviz.core.layer_list import MOST_FILTERS, POOLINGS, Dims, Listed, ListedKind
from convviz.core.limits import MAX_DILATION, MAX_KERNEL, MAX_PADDING, MAX_STRIDE, Pair
from convviz.core.shown import grouped
from convviz.core.specs import Activation
from convviz.ui.figures.table_keys import TableKeys

_FUNCTIONS = {
    Activation.RELU: "ReLU",
    Activation.SIGMOID: "σ",
    Activation.TANH: "tanh",
    Activation.ABS: "|x|",
}


def read_layer(keys: TableKeys) -> Listed:
    """Return the layer that a table describes.

    Raises
    ------
    Problem
        If it has no known ``kind``, a key that its kind does not have, or a value out of range.
    """
    kind = ListedKind(keys.choice("kind", None, ListedKind))
    if kind in POOLINGS:
        return _pooling(keys, kind)
    return _READERS[kind](keys)


def _convolution(keys: TableKeys) -> Listed:
    keys.only(("kind", "filters", "kernel", "stride", "padding", "dilation", "bias"))
    return Listed(
        ListedKind.CONV,
        count=keys.whole("filters", 1, 1, MOST_FILTERS),
        size=keys.pair("kernel", (3, 3), 1, MAX_KERNEL),
        stride=keys.pair("stride", (1, 1), 1, MAX_STRIDE),
        padding=keys.pair("padding", (0, 0), 0, MAX_PADDING),
        dilation=keys.pair("dilation", (1, 1), 1, MAX_DILATION),
        bias=keys.flag("bias", True),
    )


def _pooling(keys: TableKeys, kind: ListedKind) -> Listed:
    keys.only(("kind", "size", "stride", "padding"))
    size = keys.pair("size", (2, 2), 1, MAX_KERNEL)
    stride = keys.pair("stride", size, 1, MAX_KERNEL)
    return Listed(kind, size=size, stride=stride, padding=keys.pair("padding", (0, 0), 0, MAX_PADDING))


def _activation(keys: TableKeys) -> Listed:
    keys.only(("kind", "name"))
    name = keys.choice("name", Activation.RELU, _FUNCTIONS)
    return Listed(ListedKind.ACTIVATION, function=Activation(name))


def _flatten(keys: TableKeys) -> Listed:
    keys.only(("kind",))
    return Listed(ListedKind.FLATTEN)


def _dense(keys: TableKeys) -> Listed:
    keys.only(("kind", "units", "bias"))
    units = keys.whole("units", 10, 1, MOST_FILTERS)
    return replace(Listed(ListedKind.DENSE), count=units, bias=keys.flag("bias", True))


_READERS: dict[ListedKind, Callable[[TableKeys], Listed]] = {
    ListedKind.CONV: _convolution,
    ListedKind.ACTIVATION: _activation,
    ListedKind.FLATTEN: _flatten,
    ListedKind.DENSE: _dense,
}


def dims_text(shape: Dims) -> str:
    """Return ``(4, 6, 6)`` as ``6×6×4``, channels last; a vector as its length."""
    order = (*shape[1:], shape[0]) if len(shape) == 3 else shape
    return "×".join(map(str, order)) if len(order) > 1 else grouped(order[0])


def layer_title(layer: Listed) -> str:
    """Return what a layer is: ``Convolution``, ``Max pooling``, ``ReLU``."""
    match layer.kind:
        case ListedKind.CONV:
            return QCoreApplication.translate("ListedLayers", "Convolution")
        case ListedKind.MAX_POOL:
            return QCoreApplication.translate("ListedLayers", "Max pooling")
        case ListedKind.AVG_POOL:
            return QCoreApplication.translate("ListedLayers", "Average pooling")
        case ListedKind.ACTIVATION:
            return _FUNCTIONS[layer.function]
        case ListedKind.FLATTEN:
            return QCoreApplication.translate("ListedLayers", "Flatten")
        case ListedKind.DENSE:
            return QCoreApplication.translate("ListedLayers", "Dense layer")


def layer_settings(layer: Listed) -> str:
    """Return a layer's numbers: ``5×5, filters: 4``; empty if it has none."""
    return ", ".join(setting_lines(layer))


def layer_words(layer: Listed) -> str:
    """Return a layer's title and numbers: ``Convolution 5×5, filters: 4``."""
    between = ", " if layer.kind is ListedKind.DENSE else " "
    return between.join(filter(None, (layer_title(layer), layer_settings(layer))))


def settings_in_two(layer: Listed) -> tuple[str, ...]:
    """Return a layer's numbers in one line, or in two if its window alone takes many words."""
    lines = setting_lines(layer)
    if len(lines) <= 2:
        return (", ".join(lines),) if lines else ()
    return ", ".join(lines[:-1]), lines[-1]


def setting_lines(layer: Listed) -> list[str]:
    """Return a layer's numbers in short lines: its window, and how many filters or neurons it has."""
    if layer.kind is ListedKind.DENSE:
        return [QCoreApplication.translate("ListedLayers", "neurons: {0}").format(layer.count)]
    if layer.kind is not ListedKind.CONV and layer.kind not in POOLINGS:
        return []
    first, *others = [*window_words(layer), ""]
    window = [", ".join(filter(None, (_by(layer.size), first))), *filter(None, others)]
    if layer.kind is not ListedKind.CONV:
        return window
    return [*window, QCoreApplication.translate("ListedLayers", "filters: {0}").format(layer.count)]


def window_text(layer: Listed) -> str:
    """Return the size of the window of a convolution or a pooling, ``3×3``."""
    return _by(layer.size)


def window_words(layer: Listed) -> list[str]:
    """Return stride, padding and dilation where they are not what one expects."""
    parts = []
    if layer.stride != (layer.size if layer.kind in POOLINGS else (1, 1)):
        parts.append(QCoreApplication.translate("ListedLayers", "stride {0}").format(_one(layer.stride)))
    if layer.padding != (0, 0):
        parts.append(QCoreApplication.translate("ListedLayers", "padding {0}").format(_one(layer.padding)))
    if layer.dilation != (1, 1):
        parts.append(QCoreApplication.translate("ListedLayers", "dilation {0}").format(_one(layer.dilation)))
    return parts


def _by(pair: Pair) -> str:
    return f"{pair[0]}×{pair[1]}"


def _one(pair: Pair) -> str:
    return str(pair[0]) if pair[0] == pair[1] else _by(pair)
