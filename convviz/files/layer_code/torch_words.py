"""A layer in the words of PyTorch."""

from convviz.core.specs import ConvSpec, PaddingMode, PoolKind, PoolSpec, Shape
from convviz.files.layer_code.spelling import pair, weight_lines
from convviz.files.layer_code.words import Words, activations, root_of_squares


def _convolution(op: ConvSpec, shape: Shape) -> list[str]:
    del shape
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


WORDS = Words(
    "PyTorch",
    imports=["import numpy as np", "import torch", "import torch.nn.functional as F", ""],
    begin=["x = torch.from_numpy(planes)[None]  # N × C × H × W"],
    end=["result = x[0].numpy()"],
    activations=activations("torch", relu="torch.relu(x)", sigmoid="torch.sigmoid(x)"),
    convolution=_convolution,
    pooling=_pooling,
    magnitude=lambda _: root_of_squares("torch", "dim=1, keepdim=True"),
)
