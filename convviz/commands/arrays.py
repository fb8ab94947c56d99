"""What ``convviz apply`` reads: arrays by the layout it writes itself, pictures as the window opens them."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from convviz.core.text import Problem
from convviz.files.exact import check_finite, to_float32
from convviz.files.pictures import open_picture
from convviz.files.pillow import decoders
from convviz.files.refusals import check_memory, check_size, damaged, too_large
from convviz.files.sources import open_regular

# A photograph saved with its channels last has more rows than any layer here has maps, and few channels.
_MAX_MAPS = 64
_MAX_COLOURS = 4


def read_values(path: Path) -> NDArray[Any]:
    """Return the values of a picture or array.

    A three-dimensional array is C×H×W, as ``apply`` writes it, whatever its lengths. Only where the first
    axis is longer than 64 and the last has at most 4 cells, it is taken for a photograph, H×W×C.

    Parameters
    ----------
    path : Path
        Told apart by content: a ``.npy`` array or any picture that convviz opens.

    Returns
    -------
    ndarray of uint8 or float32, shape (H, W, C)
        Unscaled.

    Raises
    ------
    Problem
        If it cannot be read; the sentence begins with the file's name.
    """
    with open_regular(path) as file:
        is_array = file.read(len(npy.MAGIC_PREFIX)) == npy.MAGIC_PREFIX
    if not is_array:
        return open_picture(path).values
    values, name = read_array(path), path.name
    if values.ndim not in (2, 3):
        raise Problem(
            "{name} has the shape {shape}; apply reads arrays of the shape H × W or C × H × W.",
            name=name,
            shape=" × ".join(map(str, values.shape)) or "1",
        )
    if values.ndim == 2:
        values = values[..., np.newaxis]
    elif not (values.shape[0] > _MAX_MAPS and values.shape[2] <= _MAX_COLOURS):
        values = np.moveaxis(values, 0, -1)
    check_size(name, values.shape[1], values.shape[0])
    return _exact(values, name)


def _exact(values: NDArray[Any], name: str) -> NDArray[Any]:
    if values.size == 0:
        raise Problem("{name} has no channels.", name=name)
    check_memory(name, values.size, values.dtype.itemsize)
    if values.dtype == np.uint8:
        return values
    result = np.empty(values.shape, np.float32)
    to_float32(values, result, name)
    return result


def read_array(path: Path) -> NDArray[Any]:
    """Return the finite numbers of a ``.npy`` file, of any shape; pickled objects are refused.

    Raises
    ------
    Problem
        If there is no such array; the sentence begins with the file's name.
    """
    name = path.name
    with open_regular(path) as file:
        if file.read(len(npy.MAGIC_PREFIX)) != npy.MAGIC_PREFIX:
            raise Problem("{name} is not a NumPy array (.npy).", name=name)
        file.seek(0)
        try:
            with decoders():
                values = npy.read_array(file, allow_pickle=False)
        except MemoryError as error:
            raise too_large(name) from error
        except Exception as error:
            # The header is Python source of a sort: a damaged one fails in many ways.
            raise damaged(name, "NPY") from error
    if values.dtype.kind not in "biuf":
        raise Problem("{name} does not hold real numbers but {dtype}.", name=name, dtype=values.dtype.name)
    if values.ndim and values.size:
        check_finite(values, name)
    return values
