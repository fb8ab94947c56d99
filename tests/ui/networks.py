"""Small networks made by hand: their layers, and what a picture did in them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.nets.records import INPUT, Architecture, Field, Kind, Layer, Placement, Trace, Window


class Builder:
    """Adds layer after layer; each reads the one before unless told otherwise."""

    def __init__(self, shape: tuple[int, int, int]) -> None:
        self.shape = shape
        self.layers: list[Layer] = []

    @property
    def last(self) -> int:
        """Index of the layer added last; INPUT if there is none."""
        return len(self.layers) - 1

    def add(self, name: str, kind: Kind, shape: tuple[int, ...], *, function: str = "", **more: Any) -> int:
        """Add a layer and return its index."""
        block = tuple(".".join(name.split(".")[: n + 1]) for n in range(name.count(".")))
        inputs = more.pop("inputs", (self.last,))
        fields = more.pop("fields", (Field(-1, 1), Field(-1, 1)) if len(shape) == 3 else None)
        layer = Layer(
            index=len(self.layers),
            name=name,
            kind=kind,
            function=function or kind.value,
            inputs=inputs,
            block=block,
            shape=shape,
            fields=fields,
            **more,
        )
        self.layers.append(layer)
        return layer.index

    def conv(
        self, name: str, maps: int, side: int, *, stride: int = 1, inputs: Sequence[int] | None = None
    ) -> int:
        """Add a 3×3 convolution with its normalisation and ReLU; return the index of the ReLU."""
        before = tuple(inputs) if inputs is not None else (self.last,)
        shape = (maps, side, side)
        window = Window((3, 3), (stride, stride), (1, 1))
        self.add(f"{name}.conv", Kind.CONVOLUTION, shape, inputs=before, window=window, weights=9 * maps)
        self.add(f"{name}.bn", Kind.NORMALISATION, shape, function="batch_norm", weights=2 * maps)
        return self.add(f"{name}.relu", Kind.ACTIVATION, shape, function="relu")

    def architecture(self) -> Architecture:
        """Return what was built."""
        return Architecture(self.shape, tuple(self.layers), sum(layer.weights for layer in self.layers))


def chain(length: int = 4, *, side: int = 8) -> Architecture:
    """Return a plain network: convolutions, a pooling that halves, a global pooling and a dense layer."""
    build = Builder((3, side, side))
    for n in range(length):
        build.conv(f"stem{n}", 4, side)
    half = (Field(-1, 2, 2), Field(-1, 2, 2))
    build.add(
        "pool",
        Kind.POOLING,
        (4, side // 2, side // 2),
        function="max_pool2d",
        fields=half,
        window=Window((2, 2), (2, 2)),
    )
    whole = (Field(0, side - 1, 1, True), Field(0, side - 1, 1, True))
    build.add("gap", Kind.GLOBAL_POOLING, (4, 1, 1), fields=whole)
    build.add("flatten", Kind.FLATTEN, (4,))
    build.add("fc", Kind.LINEAR, (5,), weights=25, multiply_adds=20)
    return build.architecture()


def residual() -> Architecture:
    """Return a network with a shortcut inside a block, and with one through a convolution."""
    build = Builder((3, 8, 8))
    start = build.conv("stem", 4, 8)
    build.conv("block1.a", 4, 8)
    end = build.conv("block1.b", 4, 8)
    start = build.add("block1.add", Kind.ADD, (4, 8, 8), inputs=(end, start))
    build.conv("block2.a", 8, 4, stride=2)
    end = build.conv("block2.b", 8, 4)
    side = build.conv("block2.side", 8, 4, stride=2, inputs=(start,))
    build.add("block2.add", Kind.ADD, (8, 4, 4), inputs=(end, side))
    build.add("flatten", Kind.FLATTEN, (128,))
    build.add("fc", Kind.LINEAR, (5,), weights=645)
    return build.architecture()


def inception() -> Architecture:
    """Return a network with four parallel branches that are put side by side."""
    build = Builder((3, 8, 8))
    start = build.conv("stem", 4, 8)
    ends = [build.conv("mix.one", 2, 8, inputs=(start,))]
    build.conv("mix.two.a", 2, 8, inputs=(start,))
    ends.append(build.conv("mix.two.b", 2, 8))
    build.conv("mix.three.a", 2, 8, inputs=(start,))
    ends.append(build.conv("mix.three.b", 2, 8))
    build.add(
        "mix.four.pool",
        Kind.POOLING,
        (4, 8, 8),
        function="max_pool2d",
        inputs=(start,),
        window=Window((3, 3)),
    )
    ends.append(build.conv("mix.four.b", 2, 8))
    build.add("mix.cat", Kind.CONCATENATE, (8, 8, 8), inputs=tuple(ends))
    build.add("flatten", Kind.FLATTEN, (512,))
    build.add("fc", Kind.LINEAR, (5,), weights=2565)
    return build.architecture()


def trace_of(architecture: Architecture, *, placement: Placement | None = None, seed: int = 0) -> Trace:
    """Return a trace with random outputs: not negative behind activations, of either sign elsewhere."""
    random = np.random.default_rng(seed)
    outputs: list[NDArray[np.float32]] = []
    for layer in architecture.layers:
        values = random.normal(size=layer.shape).astype(np.float32)
        outputs.append(np.abs(values) if layer.kind is Kind.ACTIVATION else values)
    return Trace(
        architecture,
        random.normal(size=architecture.input_shape).astype(np.float32),
        tuple(outputs),
        placement or Placement(0.0, 0.0, 1.0, 1.0),
        ("cat", "dog", "bird", "ship", "frog"),
        0.012,
    )


__all__ = ["INPUT", "Builder", "chain", "inception", "residual", "trace_of"]
