"""What a unit is, in one sentence."""

from collections.abc import Iterable

from convviz.core.cells import ActivationCell, ConvolutionCell, PoolingCell
from convviz.core.specs import Activation, PoolKind
from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.nets.attention_cells import (
    AttentionCell,
    ConstantCell,
    LearnedCell,
    LengthCell,
    MatrixCell,
)
from convviz.nets.attention_words import attention_sentence
from convviz.nets.records import INPUT, Architecture, Kind
from convviz.nets.unit import UnitExplanation
from convviz.nets.unit_cells import (
    Copy,
    CopyCell,
    FunctionCell,
    LinearCell,
    MeanCell,
    NormalisationCell,
    OpaqueCell,
    PaddingCell,
    ProductCell,
    SoftmaxCell,
    SumCell,
)

THE_INPUT = QT_TRANSLATE_NOOP("Sentence", "the network's input")
ONE_MAP = QT_TRANSLATE_NOOP(
    "Sentence",
    "Filter {channel} lies on map {map} of {source} alone, {height} × {width} values: weight times value, "
    "all added up, plus the bias.",
)
MAPS = QT_TRANSLATE_NOOP(
    "Sentence",
    "Filter {channel} lies on {count} maps of {source}, {height} × {width} values of each: weight times "
    "value, all added up, plus the bias.",
)
LARGEST = QT_TRANSLATE_NOOP("Sentence", "The largest of {count} values of map {channel} of {source}.")
MEAN = QT_TRANSLATE_NOOP("Sentence", "The mean of {count} values of map {channel} of {source}.")
LINEAR = QT_TRANSLATE_NOOP(
    "Sentence", "{count} numbers of {source}, each times its weight, all added up, plus the bias."
)
LEARNED_NORM = QT_TRANSLATE_NOOP(
    "Sentence",
    "The value of {source} less the mean of map {channel}, divided by its spread, both as they were when the "
    "network learned; then scaled and shifted.",
)
CURRENT_NORM = QT_TRANSLATE_NOOP(
    "Sentence",
    "The value of {source} less the mean of {count} values there, divided by their spread; then scaled and "
    "shifted.",
)
FUNCTION = QT_TRANSLATE_NOOP("Sentence", "{name} of the value in the same place of {source}.")
SUM = QT_TRANSLATE_NOOP("Sentence", "The values in the same place of {sources}, joined by plus or minus.")
GATED = QT_TRANSLATE_NOOP(
    "Sentence", "The value of {source} times what {gate} says about this map: 0 mutes it, 1 lets it through."
)
SCALED = QT_TRANSLATE_NOOP("Sentence", "The value of {source} times a factor that is always the same.")
PADDING = QT_TRANSLATE_NOOP(
    "Sentence", "A cell of the border that this layer puts around the maps of {source}."
)
SOFTMAX = QT_TRANSLATE_NOOP(
    "Sentence",
    "The exponential of its score, divided by the sum of the exponentials of all {count} scores: a share.",
)
SUM_READ_OFF = QT_TRANSLATE_NOOP(
    "Sentence",
    "The value of {source} plus a number that is the same for every picture: it is computed from learned "
    "weights alone, by functions no trace holds, so it is read off the result.",
)
SCALED_READ_OFF = QT_TRANSLATE_NOOP(
    "Sentence",
    "The value of {source} times a factor that is the same for every picture: it is computed from learned "
    "weights alone, by functions no trace holds, so it is read off the result.",
)
OPAQUE = QT_TRANSLATE_NOOP(
    "Sentence",
    "{function} is not taken apart here: no rule that is known here gives the network’s value from what is "
    "read, {sources}.",
)
OPAQUE_ATTENTION = QT_TRANSLATE_NOOP(
    "Sentence",
    "{function} of {sources} is not taken apart here: the network’s value is not softmax(QKᵀ/√d)·V of them, "
    "so a mask or another argument is at work that no trace holds.",
)
_COPIES = {
    Copy.CONCATENATED: QT_TRANSLATE_NOOP(
        "Sentence",
        "Map {map} of {source} as it is: the layer puts the maps of its inputs one after the other.",
    ),
    Copy.DROPOUT: QT_TRANSLATE_NOOP(
        "Sentence", "The value of {source} as it is: dropout does something only while a network learns."
    ),
    Copy.PADDED: QT_TRANSLATE_NOOP(
        "Sentence", "The value of {source} at {place}: the layer puts a border around the maps."
    ),
    Copy.CUT_OUT: QT_TRANSLATE_NOOP(
        "Sentence", "The value of {source} at {place}: the layer takes a part of its input."
    ),
    Copy.ROLLED: QT_TRANSLATE_NOOP(
        "Sentence",
        "The value of {source} at {place}: the layer shifts its input around; what leaves at one border "
        "comes in at the other.",
    ),
    Copy.KEPT: QT_TRANSLATE_NOOP(
        "Sentence", "The value of {source} as it is: the layer puts other numbers in elsewhere."
    ),
}
MOVED = QT_TRANSLATE_NOOP(
    "Sentence", "The value of {source} at {place}: the layer only arranges values anew."
)
_NAMES = {Activation.RELU: "ReLU", Activation.SIGMOID: "σ", Activation.TANH: "tanh", Activation.ABS: "| |"}


def sentence_of(unit: UnitExplanation, architecture: Architecture) -> Sentence:
    """Return how the unit's value comes about, in words.

    Parameters
    ----------
    unit : UnitExplanation
        From :func:`convviz.nets.unit.explain_unit`.
    architecture : Architecture
        Names the layers it is computed from.
    """
    cell, channel = unit.cell, unit.channel
    source = _name(architecture, unit.feeds[0].layer) if unit.feeds else Sentence(THE_INPUT)
    match cell:
        case ConvolutionCell():
            return _convolution(unit, source)
        case PoolingCell(kind=PoolKind.MAX):
            return Sentence(LARGEST, {"count": len(cell.terms), "channel": channel, "source": source})
        case PoolingCell() | MeanCell():
            return Sentence(MEAN, {"count": cell.count, "channel": channel, "source": source})
        case LinearCell():
            count = len(cell.contributions) + cell.rest_count
            return Sentence(LINEAR, {"count": count, "source": source})
        case NormalisationCell(count=None):
            return Sentence(LEARNED_NORM, {"channel": channel, "source": source})
        case NormalisationCell():
            return Sentence(CURRENT_NORM, {"count": cell.count, "source": source})
        case ActivationCell():
            name = _NAMES.get(cell.activation, str(cell.activation))
            return Sentence(FUNCTION, {"name": name, "source": source})
        case FunctionCell():
            return Sentence(FUNCTION, {"name": cell.name, "source": source})
        case SumCell(is_read_off=True):
            return Sentence(SUM_READ_OFF, {"source": source})
        case SumCell():
            return Sentence(SUM, {"sources": _names(architecture, (s.layer for s in cell.sources))})
        case ProductCell():
            return _product(cell, architecture)
        case CopyCell():
            return _copy(cell, source)
        case PaddingCell():
            return Sentence(PADDING, {"source": source})
        case SoftmaxCell():
            return Sentence(SOFTMAX, {"count": len(cell.largest) + cell.rest_count})
        case AttentionCell() | MatrixCell() | LengthCell() | LearnedCell() | ConstantCell():
            return attention_sentence(cell, source, lambda layer: _name(architecture, layer))
        case OpaqueCell():
            values = {"function": cell.function, "sources": _names(architecture, cell.layers)}
            return Sentence(OPAQUE_ATTENTION if unit.layer.kind is Kind.ATTENTION else OPAQUE, values)


def _convolution(unit: UnitExplanation, source: str | Sentence) -> Sentence:
    assert unit.weights is not None
    count, height, width = unit.weights.shape
    values = {"channel": unit.channel, "source": source, "height": height, "width": width}
    if count == 1:
        return Sentence(ONE_MAP, {"map": unit.feeds[0].channels[0], **values})
    return Sentence(MAPS, {"count": count, **values})


def _product(cell: ProductCell, architecture: Architecture) -> Sentence:
    source = _name(architecture, cell.source.layer)
    if cell.gate is None:
        return Sentence(SCALED_READ_OFF if cell.is_read_off else SCALED, {"source": source})
    return Sentence(GATED, {"source": source, "gate": _name(architecture, cell.gate.layer)})


def _copy(cell: CopyCell, source: str | Sentence) -> Sentence:
    place = f"[{', '.join(map(str, cell.source.index))}]"
    return Sentence(
        _COPIES.get(cell.how, MOVED), {"source": source, "map": cell.source.index[0], "place": place}
    )


def _name(architecture: Architecture, layer: int) -> str | Sentence:
    return Sentence(THE_INPUT) if layer == INPUT else architecture.layers[layer].name


def _names(architecture: Architecture, layers: Iterable[int]) -> str | Sentence:
    """Return the layers' names with commas between; the input's own name needs translation."""
    names = [_name(architecture, layer) for layer in dict.fromkeys(layers)]
    joined = names[0] if names else ""
    for name in names[1:]:
        joined = Sentence("{first}, {second}", {"first": joined, "second": name})
    return joined
