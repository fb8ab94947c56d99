"""A layer in the words of NumPy."""

from convviz.core.specs import Activation, ConvSpec, Magnitude, Op, PaddingMode, PoolKind, PoolSpec, Shape
from convviz.files.layer_code.spelling import weight_lines

IMPORTS = [
    "import numpy as np",
    "from numpy.lib.stride_tricks import sliding_window_view",
    "",
]
BEGIN = ["x = planes.astype(np.float64)  # C × H × W"]
END = ["result = x.astype(np.float32)"]

PAD_MODES = {
    PaddingMode.ZEROS: "constant",
    PaddingMode.REFLECT: "reflect",
    PaddingMode.REPLICATE: "edge",
    PaddingMode.CIRCULAR: "wrap",
}
ACTIVATIONS = {
    Activation.NONE: [],
    Activation.RELU: ["x = np.maximum(x, 0)"],
    Activation.ABS: ["x = np.abs(x)"],
    Activation.SIGMOID: ["x = 0.5 * (1 + np.tanh(0.5 * x))  # 1 / (1 + exp(-x)) without an overflow"],
    Activation.TANH: ["x = np.tanh(x)"],
}
MAGNITUDE = ["x = np.sqrt((x * x).sum(axis=0, keepdims=True))"]


def statements(op: Op, shape: Shape) -> list[str]:
    """Return the statements that turn ``x`` (C, H, W) into what ``op`` makes of it."""
    match op:
        case ConvSpec():
            return _convolution(op, shape)
        case PoolSpec():
            return _pooling(op)
        case Activation():
            return ACTIVATIONS[op]
        case Magnitude():
            return MAGNITUDE


def _convolution(op: ConvSpec, shape: Shape) -> list[str]:
    (sy, sx), (dy, dx), (reach_y, reach_x) = op.stride, op.dilation, op.effective_size
    filters, height, width = op.output_shape(shape)
    per_group = filters // op.groups
    lines = weight_lines(op)
    if any(op.border(0) + op.border(1)):
        mode = PAD_MODES[op.padding_mode]
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
    kept, border = {
        PoolKind.MAX: ("max", "-np.inf"),
        PoolKind.MIN: ("min", "np.inf"),
        PoolKind.AVG: ("mean", "0"),
    }[op.kind]
    lines = []
    if py or px:
        lines.append(f"x = np.pad(x, ((0, 0), ({py}, {py}), ({px}, {px})), constant_values={border})")
    return [
        *lines,
        f"windows = sliding_window_view(x, ({ny}, {nx}), axis=(1, 2))[:, ::{sy}, ::{sx}]",
        f"x = windows.{kept}(axis=(3, 4))",
    ]
