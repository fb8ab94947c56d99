"""From a plan to a torch module, and its weights as one vector."""

from collections import OrderedDict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.nets.learn.plan import Function, LayerKind, LayerPlan, NetworkPlan, Pooling, Shape

_SHORT = {
    LayerKind.CONVOLUTION: "conv",
    LayerKind.POOLING: "pool",
    LayerKind.ACTIVATION: "act",
    LayerKind.FLATTEN: "flatten",
    LayerKind.DENSE: "dense",
}


def build(plan: NetworkPlan, given: Shape, seed: int) -> Any:
    """Return the network, its weights drawn as torch does from ``seed``.

    Parameters
    ----------
    plan : NetworkPlan
        Layers that fit.
    given : (int, int, int)
        Shape of the input.
    seed : int
        The same one gives the same weights; torch's own random numbers go on undisturbed.

    Returns
    -------
    torch.nn.Sequential
        From (N, C, H, W) to numbers; parts are called ``1_conv``, ``2_act`` and so on.

    Raises
    ------
    PlanProblem
        If a layer does not fit.
    """
    import torch
    from torch import nn

    shapes = (given, *plan.shapes(given))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        parts = OrderedDict(
            (part_name(number, layer), _part(layer, shapes[number]))
            for number, layer in enumerate(plan.layers)
        )
        return nn.Sequential(parts)


def part_name(number: int, layer: LayerPlan) -> str:
    """Return what layer ``number`` (from 0) is called in the state dict."""
    return f"{number + 1}_{_SHORT[layer.kind]}"


def _part(layer: LayerPlan, given: Shape) -> Any:
    from torch import nn

    if layer.kind is LayerKind.CONVOLUTION:
        return nn.Conv2d(given[0], layer.count, layer.size, padding=layer.padding)
    if layer.kind is LayerKind.POOLING:
        return (nn.MaxPool2d if layer.pooling is Pooling.MAXIMUM else nn.AvgPool2d)(layer.size)
    if layer.kind is LayerKind.DENSE:
        return nn.Linear(given[0], layer.count)
    if layer.kind is LayerKind.FLATTEN:
        return nn.Flatten()
    return {Function.RELU: nn.ReLU, Function.SIGMOID: nn.Sigmoid, Function.TANH: nn.Tanh}[layer.function]()


def to_vector(network: Any) -> NDArray[np.float32]:
    """Return a copy of all weights, float32, one after another."""
    import torch

    with torch.no_grad():
        joined: NDArray[np.float32] = torch.cat([one.reshape(-1) for one in network.parameters()]).numpy()
    return joined


def fill(network: Any, vector: NDArray[np.float32]) -> None:
    """Give ``network`` the weights of :func:`to_vector`."""
    import torch

    start = 0
    with torch.no_grad():
        for one in network.parameters():
            one.copy_(torch.from_numpy(vector[start : start + one.numel()]).view(one.shape))
            start += one.numel()
