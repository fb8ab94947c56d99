"""A layer in the words of PyTorch."""

from convviz.core.specs import Activation, ConvSpec, Magnitude, Op, PaddingMode, PoolKind, PoolSpec, Shape
from convviz.files.layer_code.spelling import pair, weight_lines

IMPORTS = ["import numpy as np", "import torch", "import torch.nn.functional as F", ""]
BEGIN = ["x = torch.from_numpy(planes)[None]  # N × C × H × W"]
END = ["result = x[0].numpy()"]

_ACTIVATIONS = {
    Activation.NONE: [],
    Activation.RELU: ["x = torch.relu(x)"],
    Activation.ABS: ["x = torch.abs(x)"],
    Activation.SIGMOID: ["x = torch.sigmoid(x)"],
    Activation.TANH: ["x = torch.tanh(x)"],
}


def statements(op: Op, shape: Shape) -> list[str]:
    """Return the statements that turn ``x`` (1, C, H, W) into what ``op`` makes of it."""
    del shape
    match op:
        case ConvSpec():
            return _convolution(op)
        case PoolSpec():
            return _pooling(op)
        case Activation():
            return _ACTIVATIONS[op]
        case Magnitude():
            return ["x = torch.sqrt((x * x).sum(dim=1, keepdim=True))"]


def _convolution(op: ConvSpec) -> list[str]:
    (top, bottom), (left, right) = op.border(0), op.border(1)
    lines = weight_lines(op)
    simple = op.padding_mode is PaddingMode.ZEROS and top == bottom and left == right
    if any((top, bottom, left, right)) and not simple:
        mode = "constant" if op.padding_mode is PaddingMode.ZEROS else op.padding_mode.value
        lines.append(
            f"x = F.pad(x, ({left}, {right}, {top}, {bottom}), mode={mode!r})  # left, right, top, bottom"
        )
    padding = (top, left) if simple else (0, 0)
    lines += [
        "x = F.conv2d(",
        "    x, torch.from_numpy(weights), torch.from_numpy(bias),",
        f"    stride={pair(op.stride)}, padding={pair(padding)}, dilation={pair(op.dilation)},"
        f" groups={op.groups},",
        ")",
    ]
    return lines


def _pooling(op: PoolSpec) -> list[str]:
    settings = f"{pair(op.size)}, stride={pair(op.steps)}, padding={pair(op.padding)}"
    if op.kind is PoolKind.AVG:
        return [f"x = F.avg_pool2d(x, {settings}, count_include_pad=True)"]
    if op.kind is PoolKind.MAX:
        return [f"x = F.max_pool2d(x, {settings})"]
    return [
        "# PyTorch has no minimum pooling: the least value is minus the largest of the negated ones.",
        f"x = -F.max_pool2d(-x, {settings})",
    ]
