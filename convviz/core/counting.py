"""Weights and multiply-adds of a layer, as numbers and with the numbers in the formula."""

from convviz.core.shown import grouped
from convviz.core.specs import ConvSpec, Pair, Shape


def weights(spec: ConvSpec) -> int:
    """Return the number of weights of a convolution, one bias per filter included.

    (kh · kw · C_in / groups + 1) · C_out.
    """
    filters, channels, height, width = spec.weights.shape
    return filter_weights(filters, channels, (height, width))


def filter_weights(filters: int, channels: int, size: Pair = (1, 1)) -> int:
    """Return the number of weights of ``filters`` filters over ``channels`` channels, biases included.

    (kh · kw · C + 1) · T. A dense layer's neurons are filters of 1 × 1, its inputs are channels.
    """
    return (size[0] * size[1] * channels + 1) * filters


def weights_formula(spec: ConvSpec, shared: bool = False) -> str:
    """Return the number of weights written out, for example ``(3·3·3 + 1)·4 = 112``.

    Parameters
    ----------
    spec : ConvSpec
        The convolution, counted as :func:`weights` does.
    shared : bool
        Whether all channels share one kernel and bias, which then count once: ``3·3 + 1 = 10``, or
        ``(3·3 + 1)·4 = 40`` for four filters.
    """
    filters, channels, height, width = spec.weights.shape
    if not shared:
        return f"({height}·{width}·{channels} + 1)·{filters} = {grouped(weights(spec))}"
    different, one = filters // spec.groups, height * width + 1
    if different == 1:
        return f"{height}·{width} + 1 = {grouped(one)}"
    return f"({height}·{width} + 1)·{different} = {grouped(one * different)}"


def multiply_adds(spec: ConvSpec, shape: Shape) -> int:
    """Return the multiply-adds over an input of ``shape`` (C_in, H, W): one per weight and output cell.

    Raises
    ------
    SpecProblem
        If the settings cannot work on such an input.
    """
    _, channels, rows, columns = spec.weights.shape
    return filter_multiply_adds(spec.output_shape(shape), channels, (rows, columns))


def filter_multiply_adds(output: Shape, channels: int, size: Pair = (1, 1)) -> int:
    """Return the multiply-adds of filters over ``channels`` channels that give an ``output`` (T, H, W).

    T · kh · kw · C · H · W.
    """
    filters, height, width = output
    return filters * size[0] * size[1] * channels * height * width


def inputs_formula(shape: Shape) -> str:
    """Return the number of inputs H·W·C of a (C, H, W) tensor written out, ``720·1280·3 = 2 764 800``."""
    channels, height, width = shape
    return f"{height}·{width}·{channels} = {grouped(height * width * channels)}"
