"""A layer in the words of NumPy."""

from convviz.core.specs import ConvSpec, PaddingMode, PoolKind, PoolSpec, Shape
from convviz.files.layer_code.spelling import weight_lines
from convviz.files.layer_code.words import OUTSIDE, Words, activations, root_of_squares

_PAD_MODES = {
    PaddingMode.ZEROS: "constant",
    PaddingMode.REFLECT: "reflect",
    PaddingMode.REPLICATE: "edge",
    PaddingMode.CIRCULAR: "wrap",
}
ACTIVATIONS = activations(
    "np",
    relu="np.maximum(x, 0)",
    sigmoid="0.5 * (1 + np.tanh(0.5 * x))  # 1 / (1 + exp(-x)) without an overflow",
)
MAGNITUDE = root_of_squares("np", "axis=0, keepdims=True")
_POOLED = {PoolKind.MAX: "max", PoolKind.MIN: "min", PoolKind.AVG: "mean"}


def _convolution(op: ConvSpec, shape: Shape) -> list[str]:
    (sy, sx), (dy, dx), (reach_y, reach_x) = op.stride, op.dilation, op.effective_size
    filters, height, width = op.output_shape(shape)
    per_group = filters // op.groups
    lines = weight_lines(op)
    if any(op.border(0) + op.border(1)):
        mode = _PAD_MODES[op.padding_mode]
        lines.append(f"x = np.pad(x, ((0, 0), {op.border(0)}, {op.border(1)}), mode={mode!r})")
    lines += [
        f"windows = sliding_window_view(x, ({reach_y}, {reach_x}), axis=(1, 2))"
        f"[:, ::{sy}, ::{sx}, ::{dy}, ::{dx}]",
        f"out = np.empty(({filters}, {height}, {width}))",
        f"for o in range({filters}):",
    ]
    if op.groups > 1:
        inputs = op.weights.shape[1]
        lines.append(f"    first = o // {per_group} * {inputs}  # the group's first channel")
        channels = f"windows[first:first + {inputs}]"
    else:
        channels = "windows"
    lines.append(f"    out[o] = np.einsum('cyxij,cij->yx', {channels}, weights[o]) + bias[o]")
    return [*lines, "x = out"]


def _pooling(op: PoolSpec) -> list[str]:
    (py, px), (sy, sx), (ny, nx) = op.padding, op.steps, op.size
    lines = []
    if py or px:
        lines.append(
            f"x = np.pad(x, ((0, 0), ({py}, {py}), ({px}, {px})), constant_values={OUTSIDE[op.kind]})"
        )
    return [
        *lines,
        f"windows = sliding_window_view(x, ({ny}, {nx}), axis=(1, 2))[:, ::{sy}, ::{sx}]",
        f"x = windows.{_POOLED[op.kind]}(axis=(3, 4))",
    ]


WORDS = Words(
    "NumPy",
    imports=["import numpy as np", "from numpy.lib.stride_tricks import sliding_window_view", ""],
    begin=["x = planes.astype(np.float64)  # C × H × W"],
    end=["result = x.astype(np.float32)"],
    activations=ACTIVATIONS,
    convolution=_convolution,
    pooling=_pooling,
    magnitude=lambda _: MAGNITUDE,
)
