"""What convolution and pooling share: windows, limits, and what is said when settings do not fit."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from convviz.core.numbers import Amount
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence

if TYPE_CHECKING:
    from convviz.core.conv_spec import ConvSpec
    from convviz.core.pool_spec import PoolSpec

MAX_KERNEL = 31
MAX_STRIDE = 16
MAX_DILATION = 16
MAX_PADDING = 31
# Weights and biases beyond this leave no room for a product in 32-bit numbers.
MAX_WEIGHT = 1e30

Pair = tuple[int, int]
Shape = tuple[int, int, int]


class SpecProblem(Problem):
    """Settings that cannot work on the input they meet.

    Parameters
    ----------
    template : str
        Marked sentence.
    fix : ConvSpec or PoolSpec, optional
        The nearest settings of the same operation that would work.
    action : Sentence, optional
        What the fix does, short enough for a button ("Use padding 1").
    **values : object
        Values of the template's fields.
    """

    def __init__(
        self,
        template: str,
        *,
        fix: "ConvSpec | PoolSpec | None" = None,
        action: Sentence | None = None,
        **values: object,
    ) -> None:
        super().__init__(template, **values)
        self.fix = fix
        self.action = action


def output_length(size: int, kernel: int, stride: int, before: int, after: int, dilation: int) -> int:
    """Return how many positions a window takes along one axis; zero or less when it does not fit.

    ⌊(n + before + after − d·(k − 1) − 1) / s⌋ + 1, as in Dumoulin & Visin, "A guide to convolution arithmetic
    for deep learning" (2016), and ``torch.nn.Conv2d``.
    """
    return (size + before + after - dilation * (kernel - 1) - 1) // stride + 1


def check_range(value: Pair, low: int, high: int, name: Sentence) -> None:
    """Raise :class:`Problem` unless both numbers of ``value`` are whole and from ``low`` to ``high``."""
    if any(isinstance(v, bool) or not isinstance(v, int) or not low <= v <= high for v in value):
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} must be a whole number from {low} to {high}, not {value}."),
            name=name,
            low=low,
            high=high,
            value=value[0] if value[0] == value[1] else f"{value[0]} × {value[1]}",
        )


def check_weights(weights: NDArray[np.float64], biases: Sequence[float] = ()) -> None:
    """Raise :class:`Problem` unless all weights and biases are finite and at most 10³⁰ in size."""
    # Comparisons with NaN are false. Written to be quick: every edit comes here many times.
    largest = float(np.abs(weights).max(initial=0.0))
    if largest <= MAX_WEIGHT and all(abs(bias) <= MAX_WEIGHT for bias in biases):
        return
    largest = float(np.max(np.abs([*biases, largest])))
    if not np.isfinite(largest):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "A kernel weight or bias is not a finite number; type a number instead."
            )
        )
    raise Problem(
        QT_TRANSLATE_NOOP(
            "Sentence", "A kernel weight or bias is {value} in size; the largest possible is {most}."
        ),
        value=Amount(largest),
        most=Amount(MAX_WEIGHT),
    )


def pair_text(pair: Pair | str) -> str:
    """Return ``1`` for (1, 1) and ``1, 2`` for (1, 2)."""
    if isinstance(pair, str):
        return pair
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]}, {pair[1]}"


def use_padding(padding: Pair) -> Sentence:
    """Return the short sentence for a button that sets ``padding``."""
    return Sentence(QT_TRANSLATE_NOOP("Sentence", "Use padding {padding}"), {"padding": pair_text(padding)})
