"""Where in a layer's weights the filter stands that makes one of its maps."""

from convviz.nets.records import Layer

Place = tuple[int | slice, ...]
"""Index into an array or tensor of weights."""


def filter_place(layer: Layer, shape: tuple[int, ...], number: int) -> Place:
    """Return the index of the filter of a convolution, or of the row of a linear layer.

    Parameters
    ----------
    layer : Layer
        The layer.
    shape : tuple of int
        Of its weights: (C_out, C_in / groups, kh, kw), or (C_in, C_out / groups, kh, kw) of a
        transposed one.
    number : int
        Which map, or value, is made.

    Returns
    -------
    tuple of int or slice
        What stands there has the shape (channels that are read, kh, kw), or (N,) in a linear layer.

    Raises
    ------
    IndexError
        If there is no such map.
    """
    if layer.window is None or not layer.function.startswith("conv_transpose"):
        if not 0 <= number < shape[0]:
            raise IndexError(f"filter {number} of {shape[0]}")
        return (number,)
    groups = layer.window.groups
    read, made = shape[0] // groups, shape[1]
    if not 0 <= number < made * groups:
        raise IndexError(f"filter {number} of {made * groups}")
    group, column = divmod(number, made)
    return slice(group * read, (group + 1) * read), column
