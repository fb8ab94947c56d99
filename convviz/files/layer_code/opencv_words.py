"""A layer in the words of OpenCV, and of NumPy where OpenCV has none."""

from convviz.core.specs import ConvSpec, PaddingMode, PoolKind, PoolSpec, Shape
from convviz.files.layer_code.numpy_words import ACTIVATIONS, MAGNITUDE
from convviz.files.layer_code.spelling import weight_lines
from convviz.files.layer_code.words import OUTSIDE, Words

_BORDERS = {
    PaddingMode.ZEROS: "cv2.BORDER_CONSTANT",
    PaddingMode.REFLECT: "cv2.BORDER_REFLECT_101",
    PaddingMode.REPLICATE: "cv2.BORDER_REPLICATE",
    PaddingMode.CIRCULAR: "cv2.BORDER_WRAP",
}
# From here on filter2D goes through a Fourier transform.
_SPECTRAL = 11


def _convolution(op: ConvSpec, shape: Shape) -> list[str]:
    filters, height, width = op.output_shape(shape)
    inputs, per_group = op.weights.shape[1], filters // op.groups
    lines = [*weight_lines(op), *_spread(op), *_border(op)]
    if inputs > 1:
        lines.append("# filter2D never adds channels up: each is filtered by its kernel, and NumPy adds.")
    if op.groups > 1:
        lines.append("# Nor does it know groups: which maps a filter reads is worked out here.")
    if op.stride != (1, 1):
        lines.append("# Nor a stride: all positions are computed, and those in between are left out.")
    if max(op.effective_size) > _SPECTRAL:
        lines.append("# Kernels over 11×11 go through a Fourier transform: the last digits may differ.")
    (reach_y, reach_x), (sy, sx) = op.effective_size, op.stride
    first = "c" if op.groups == 1 else f"o // {per_group} * {inputs} + c"
    # What filter2D gives within half a kernel of the edge rests on a border of its own.
    rows = f"{reach_y // 2}:{reach_y // 2} + {(height - 1) * sy + 1}:{sy}"
    columns = f"{reach_x // 2}:{reach_x // 2} + {(width - 1) * sx + 1}:{sx}"
    return [
        *lines,
        f"out = np.empty(({filters}, {height}, {width}), np.float32)",
        f"for o in range({filters}):",
        "    out[o] = bias[o]",
        f"    for c in range({inputs}):",
        f"        filtered = cv2.filter2D(x[{first}], cv2.CV_32F, weights[o, c],"
        " borderType=cv2.BORDER_CONSTANT)",
        f"        out[o] += filtered[{rows}, {columns}]",
        "x = out",
    ]


def _spread(op: ConvSpec) -> list[str]:
    """Return the statements that put zeros between the weights."""
    if op.dilation == (1, 1):
        return []
    (dy, dx), (reach_y, reach_x) = op.dilation, op.effective_size
    return [
        "# filter2D has no dilation: zeros are put between the weights.",
        f"spread = np.zeros((*weights.shape[:2], {reach_y}, {reach_x}), np.float32)",
        f"spread[:, :, ::{dy}, ::{dx}] = weights",
        "weights = spread",
    ]


def _border(op: ConvSpec) -> list[str]:
    (top, bottom), (left, right) = op.border(0), op.border(1)
    if not any((top, bottom, left, right)):
        return []
    kind = _BORDERS[op.padding_mode]
    return [f"x = np.stack([cv2.copyMakeBorder(m, {top}, {bottom}, {left}, {right}, {kind}) for m in x])"]


def _pooling(op: PoolSpec) -> list[str]:
    (py, px), (sy, sx), (ny, nx) = op.padding, op.steps, op.size
    lines = [
        "# OpenCV has no pooling: every position is filtered, and those between the windows are left out."
    ]
    if py or px:
        lines.append(
            f"x = np.stack([cv2.copyMakeBorder(m, {py}, {py}, {px}, {px}, cv2.BORDER_CONSTANT,"
            f" value={OUTSIDE[op.kind]}) for m in x])"
        )
    call = {
        PoolKind.MAX: f"cv2.dilate(m, np.ones(({ny}, {nx}), np.uint8))",
        PoolKind.MIN: f"cv2.erode(m, np.ones(({ny}, {nx}), np.uint8))",
        PoolKind.AVG: f"cv2.blur(m, ({nx}, {ny}), borderType=cv2.BORDER_CONSTANT)",
    }[op.kind]
    return [
        *lines,
        f"rows = np.arange(0, x.shape[1] - {ny} + 1, {sy}) + {ny // 2}",
        f"columns = np.arange(0, x.shape[2] - {nx} + 1, {sx}) + {nx // 2}",
        f"x = np.stack([{call}[np.ix_(rows, columns)] for m in x.astype(np.float32)])",
    ]


def _magnitude(shape: Shape) -> list[str]:
    if shape[0] == 2:
        return ["x = cv2.magnitude(x[0], x[1])[np.newaxis]"]
    return ["# cv2.magnitude takes two maps; for any other number this is NumPy.", *MAGNITUDE]


_COMMENT = "# OpenCV has no activations outside its network module: this is NumPy."

WORDS = Words(
    "OpenCV",
    imports=["import cv2", "import numpy as np", ""],
    begin=["x = planes  # C × H × W; OpenCV filters one map at a time"],
    end=["result = x.astype(np.float32)"],
    activations={each: [_COMMENT, *lines] if lines else [] for each, lines in ACTIVATIONS.items()},
    convolution=_convolution,
    pooling=_pooling,
    magnitude=_magnitude,
)
