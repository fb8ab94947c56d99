"""Traces put together by hand: each step is torch's own function, written down as it is called."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from numpy.typing import NDArray
from torch import Tensor

from convviz.nets.records import INPUT, Architecture, Field, Kind, Layer, Placement, Trace, Window

NO_WINDOW = Window((1, 1))


class Hand:
    """Computes step by step and keeps what a trace needs."""

    def __init__(self, shape: tuple[int, int, int], seed: int = 0) -> None:
        self.random = torch.Generator().manual_seed(seed)
        self.shape = shape
        self.input = self.normal(*shape)
        self.outputs: list[Tensor] = []
        self.layers: list[Layer] = []
        self.state: dict[str, Tensor] = {}

    def normal(self, *shape: int) -> Tensor:
        return torch.randn(*shape, generator=self.random)

    def value(self, layer: int) -> Tensor:
        return self.input if layer == INPUT else self.outputs[layer]

    def fields(self, layer: int) -> tuple[Field, Field] | None:
        return (Field(0, 0), Field(0, 0)) if layer == INPUT else self.layers[layer].fields

    def step(
        self,
        kind: Kind,
        function: str,
        output: Tensor,
        inputs: Sequence[int] | None = None,
        window: Window | None = None,
        parameters: Mapping[str, Tensor] | None = None,
        numbers: Mapping[str, float] | None = None,
        fields: tuple[Field, Field] | None = None,
    ) -> int:
        """Write down a step that gave ``output`` with the batch; return the layer's index."""
        index = len(self.layers)
        reads = tuple(inputs) if inputs is not None else (index - 1,)
        names = {}
        for name, values in (parameters or {}).items():
            names[name] = f"{index}.{name}"
            self.state[names[name]] = values
        if fields is None and output.ndim == 4:
            fields = self._slid(reads, window)
        self.outputs.append(output[0])
        self.layers.append(
            Layer(
                index,
                f"{index}.{function}",
                kind,
                function,
                reads,
                (),
                tuple(output.shape[1:]),
                window=window,
                fields=fields,
                parameters=names,
                numbers=numbers or {},
            )
        )
        return index

    def _slid(self, inputs: Sequence[int], window: Window | None) -> tuple[Field, Field] | None:
        all_fields = [fields for layer in inputs if (fields := self.fields(layer)) is not None]
        if not all_fields:
            return None
        slides = window or NO_WINDOW
        out = []
        for axis in (0, 1):
            first, last = min(f[axis].first for f in all_fields), max(f[axis].last for f in all_fields)
            jump, pad = all_fields[0][axis].jump, slides.padding[axis]
            reach = slides.dilation[axis] * (slides.kernel[axis] - 1) - pad
            out.append(Field(first - pad * jump, last + reach * jump, jump * slides.stride[axis]))
        return out[0], out[1]

    def conv(self, filters: int, window: Window, *, bias: bool = True, source: int | None = None) -> int:
        at = len(self.layers) - 1 if source is None else source
        x = self.value(at)[None]
        weight = self.normal(filters, x.shape[1] // window.groups, *window.kernel)
        added = self.normal(filters) if bias else None
        (py, px), mode = window.padding, window.padding_mode
        padded = F.pad(x, (px, px, py, py), mode="constant" if mode == "zeros" else mode)
        output = F.conv2d(padded, weight, added, window.stride, 0, window.dilation, window.groups)
        learned = {"weight": weight} | ({} if added is None else {"bias": added})
        return self.step(Kind.CONVOLUTION, "conv2d", output, (at,), window, learned)

    def trace(self, placement: Placement | None = None) -> Trace:
        architecture = Architecture(self.shape, tuple(self.layers), 0)
        outputs = tuple(output.numpy() for output in self.outputs)
        place = placement or Placement(0.0, 0.0, 1.0, 1.0)
        return Trace(architecture, self.input.numpy(), outputs, place, (), 0.0)

    def parameter(self, name: str) -> NDArray[Any]:
        return np.asarray(self.state[name].numpy())
