"""The network of the lecture that counts fragments "11", with the weights that were thought out by hand."""

import numpy as np
from numpy.typing import NDArray

from convviz.nets.learn.plan import LayerKind, LayerPlan, NetworkPlan

PLAN = NetworkPlan(
    (
        LayerPlan(LayerKind.CONVOLUTION, 1, (1, 2)),
        LayerPlan(LayerKind.ACTIVATION),
        LayerPlan(LayerKind.FLATTEN),
        LayerPlan(LayerKind.DENSE, 1),
    )
)
"""One filter of 1 × 2, ReLU, and one neuron that adds up."""

SHAPE = (1, 2, 3)
"""Of its pictures: channels, rows, columns."""


def by_hand() -> NDArray[np.float32]:
    """Return the weights: the filter 1 1 with bias −1 answers two ones with 1; the neuron adds these up."""
    return np.array([1, 1, -1, 1, 1, 1, 1, 0], np.float32)
