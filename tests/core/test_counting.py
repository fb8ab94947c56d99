import numpy as np

from convviz.core.counting import weights, weights_formula
from convviz.core.specs import ConvSpec


def layer(filters: int, per_group: int, groups: int = 1) -> ConvSpec:
    return ConvSpec(np.ones((filters, per_group, 3, 3)), groups=groups)


def test_weights_are_counted_as_in_a_layer() -> None:
    assert weights_formula(layer(4, 3)) == "(3·3·3 + 1)·4 = 112"
    assert weights(layer(4, 3)) == 112
    assert weights_formula(layer(3, 1, groups=3)) == "(3·3·1 + 1)·3 = 30"


def test_a_kernel_shared_by_all_channels_counts_once() -> None:
    assert weights_formula(layer(3, 1, groups=3), shared=True) == "3·3 + 1 = 10"
    assert weights_formula(layer(4, 3), shared=True) == "(3·3 + 1)·4 = 40"
