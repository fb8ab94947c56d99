import re

import pytest
from torch import nn

from convviz.nets.records import Trace
from convviz.nets.unit import explain_unit
from convviz.nets.unit_words import sentence_of
from tests.nets.small import Mixed, parameter_of, picture, seeded, trace_of


@pytest.fixture(scope="module")
def mixed() -> tuple[nn.Module, Trace]:
    module = seeded(Mixed())
    return module, trace_of(module, picture())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("stem.0", "Filter 1 lies on 3 maps of the network's input, 3 × 3 values of each"),
        ("stem.1", "The value of stem.0 less the mean of map 1, divided by its spread"),
        ("stem.2", "ReLU of the value in the same place of stem.1."),
        ("left", "Filter 1 lies on map 1 of stem.2 alone, 3 × 3 values"),
        ("add", "The values in the same place of left, stem.2, joined by plus or minus."),
        ("max_pool2d", "The largest of 9 values of map 1 of right."),
        ("cat", "Map 1 of relu as it is"),
        ("adaptive_avg_pool2d", "The mean of 64 values of map 1 of cat."),
        ("silu", "SiLU of the value in the same place of squeeze."),
        ("mul", "The value of cat times what sigmoid says about this map"),
        ("last.pad", "The value of mul at [1, 2, 2]"),
        ("drop", "dropout does something only while a network learns"),
        ("head", "6 numbers of drop, each times its weight"),
        ("softmax", "of all 5 scores: a share."),
    ],
)
def test_each_kind_of_unit_has_its_sentence(mixed: tuple[nn.Module, Trace], name: str, said: str) -> None:
    module, trace = mixed
    layer = trace.architecture.named(name)
    # The middle of a padded map, where it is not the border.
    index = (1, 4, 4) if layer.is_map and layer.shape[1] > 1 else (1, 0, 0)[: len(layer.shape)]
    unit = explain_unit(trace, parameter_of(module), layer.index, index)
    assert said in str(sentence_of(unit, trace.architecture))


def test_no_sentence_leaves_a_field_open(mixed: tuple[nn.Module, Trace]) -> None:
    module, trace = mixed
    for layer in trace.architecture.layers:
        unit = explain_unit(trace, parameter_of(module), layer.index, tuple(0 for _ in layer.shape))
        said = str(sentence_of(unit, trace.architecture))
        assert not re.search(r"[{}]", said)
        assert said.endswith(".")
