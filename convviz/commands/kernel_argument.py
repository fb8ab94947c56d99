"""What ``--kernel`` says: a well-known kernel's name, a matrix, or a file."""

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from convviz.commands.arguments import UsageProblem
from convviz.commands.arrays import read_array
from convviz.core.kernels import preset
from convviz.files.matrices import parse_kernel

_MATRIX = re.compile(r"\s*(?:[0-9+\-−(]|\.[0-9])|[^\[\]]*\[")

# Two numbers and a stroke, without spaces on both sides of it: a fraction to most, two rows by the rule.
_FRACTION = re.compile(r"\s*([^\s/;,\[\]]+)(?:/ ?| /)([^\s/;,\[\]]+)\s*")


def is_file(text: str) -> bool:
    """Whether ``text`` names a ``.npy`` file: by its ending, never by which files happen to exist."""
    return text.lower().endswith(".npy")


def read_kernel(text: str) -> NDArray[np.float64]:
    """Return the filters that ``--kernel`` stands for.

    Parameters
    ----------
    text : str
        A path that ends in ``.npy``; else, if it begins like a number or has a bracket in it, a matrix; else
        a name.

    Returns
    -------
    ndarray of float64
        (kh, kw): one kernel for every channel. (C, kh, kw): one filter with a kernel per channel.
        (C_out, C_in / groups, kh, kw): a whole layer.

    Raises
    ------
    Problem
        If there is no such kernel, or it could be read as one number or as two rows.
    """
    if is_file(text):
        values = read_array(Path(text)).astype(np.float64)
        if not 2 <= values.ndim <= 4:
            raise UsageProblem(
                "{name} has the shape {shape}; a kernel has 2 to 4 axes, ending with its rows and columns.",
                name=Path(text).name,
                shape=" × ".join(map(str, values.shape)) or "1",
            )
        return values
    if not _MATRIX.match(text):
        return preset(text).weights
    if ambiguous := _FRACTION.fullmatch(text):
        raise UsageProblem(
            "--kernel {text} could be a fraction or two rows; write “[{over}/{under}]” for the fraction,"
            " “{over} / {under}” for two rows.",
            text=text.strip(),
            over=ambiguous[1],
            under=ambiguous[2],
        )
    return parse_kernel(text)
