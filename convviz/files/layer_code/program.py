"""A layer written as a program."""

from enum import StrEnum

import numpy as np

from convviz.core.channels import ChannelMode
from convviz.core.picture import LUMA, Picture
from convviz.core.specs import Activation, Chain, ConvSpec, Magnitude, Op, PoolSpec, stage_shapes
from convviz.files.layer_code import numpy_words, opencv_words, torch_words
from convviz.files.layer_code.source import PictureSource


class Dialect(StrEnum):
    """The library whose words a program uses."""

    PYTORCH = "pytorch"
    NUMPY = "numpy"
    OPENCV = "opencv"


_WORDS = {
    Dialect.PYTORCH: torch_words.WORDS,
    Dialect.NUMPY: numpy_words.WORDS,
    Dialect.OPENCV: opencv_words.WORDS,
}
_SINGLE = {ChannelMode.RED: 0, ChannelMode.GREEN: 1, ChannelMode.BLUE: 2}


def library_name(dialect: Dialect) -> str:
    """Return what the library of a dialect is called."""
    return _WORDS[dialect].title


def layer_code(
    picture: Picture, mode: ChannelMode, chain: Chain, source: PictureSource, dialect: Dialect
) -> str:
    """Return a Python program that computes what ``chain`` makes of ``picture``.

    Run as it is, it leaves the maps (C, H, W) in ``result``, as float32, and prints their shape and range.

    Parameters
    ----------
    picture : Picture
        What the layer is applied to.
    mode : ChannelMode
        Which of its channels go in.
    chain : tuple of operations
        The layer; it must fit the picture.
    source : PictureSource
        Where the program gets the picture from.
    dialect : Dialect
        Which library it uses.

    Raises
    ------
    SpecProblem
        If the chain does not fit.
    """
    words = _WORDS[dialect]
    channels, height, width = _input_shape(picture, mode)
    shapes = stage_shapes(chain, (channels, height, width))
    lines = [
        f'"""A layer from convviz, in {words.title}: '
        f'{" → ".join(" × ".join(map(str, shape)) for shape in shapes)}."""',
        "",
        *words.imports,
        *source.lines(picture),
        "",
        *_planes(picture, mode),
        "",
        *words.begin,
    ]
    for number, (op, shape) in enumerate(zip(chain, shapes, strict=False), start=1):
        lines += ["", f"# {number}. {_what(op)}", *words.statements(op, shape)]
    lines += ["", *words.end, "print(result.shape, result.min(), result.max())", ""]
    return "\n".join(lines)


def _input_shape(picture: Picture, mode: ChannelMode) -> tuple[int, int, int]:
    every = mode in (ChannelMode.EACH, ChannelMode.SUM)
    return picture.channels if every else 1, picture.height, picture.width


def _planes(picture: Picture, mode: ChannelMode) -> list[str]:
    """Return the statements that make ``planes``, float32 of shape (C, H, W), of ``picture``."""
    end = ".transpose(2, 0, 1).astype(np.float32)"
    if picture.channels == 1 or mode in (ChannelMode.EACH, ChannelMode.SUM):
        return [f"planes = picture{end}"]
    if mode in _SINGLE:
        at = _SINGLE[mode]
        return [f"planes = picture[:, :, {at}:{at + 1}]{end}  # {('red', 'green', 'blue')[at]}"]
    if picture.channels == 3 and picture.values.dtype == np.uint8:
        return [
            "# Grey as Pillow and OpenCV make it of whole numbers: 0.299 R + 0.587 G + 0.114 B, rounded.",
            "grey = (picture.astype(np.uint32) @ np.array([19595, 38470, 7471], np.uint32) + 0x8000) >> 16",
            "planes = grey[np.newaxis].astype(np.float32)",
        ]
    weights = list(LUMA) if picture.channels == 3 else [1 / picture.channels] * picture.channels
    grey = f"picture @ np.array({weights})"
    if picture.values.dtype == np.uint8:
        grey = f"np.rint({grey})"
    return [f"grey = {grey}", "planes = grey[np.newaxis].astype(np.float32)"]


def _what(op: Op) -> str:
    match op:
        case ConvSpec():
            kh, kw = op.kernel_size
            padding = op.padding if isinstance(op.padding, str) else f"{op.padding[0]},{op.padding[1]}"
            return (
                f"{op.operation}: {op.weights.shape[0]} filters {kh}×{kw}"
                f", stride {op.stride[0]},{op.stride[1]}, padding {padding} ({op.padding_mode})"
                f", dilation {op.dilation[0]},{op.dilation[1]}"
                f", groups {op.groups}"
            )
        case PoolSpec():
            size, steps, border = op.size, op.steps, op.padding
            return (
                f"{op.kind} pooling {size[0]}×{size[1]}, stride {steps[0]},{steps[1]},"
                f" padding {border[0]},{border[1]}"
            )
        case Activation():
            return f"activation: {op}"
        case Magnitude():
            return "magnitude: the root of the sum of squares over the maps"
