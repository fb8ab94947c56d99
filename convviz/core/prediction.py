"""What went wrong in a predicted value: the one term that explains the difference, if there is one."""

import math
from dataclasses import dataclass
from enum import StrEnum

from convviz.core.arithmetic import Cell, ConvolutionCell, PoolingCell


class SlipKind(StrEnum):
    """The mistakes a single term can explain."""

    LEFT_OUT = "left out"
    SIGN = "sign"
    BIAS = "bias"
    OTHER_VALUE = "other value"


@dataclass(frozen=True)
class Slip:
    """A mistake; ``term`` is the index of the term it was made in, None for the bias."""

    kind: SlipKind
    term: int | None


def agrees(answer: float, value: float) -> bool:
    """Return whether ``answer`` is ``value`` to the precision a person types: two decimals or 0.1 %."""
    return math.isclose(answer, value, rel_tol=1e-3, abs_tol=0.005)


def find_slip(cell: Cell, answer: float) -> Slip | None:
    """Return the mistake in one term that turns the cell's value into ``answer``, or None if none does.

    Parameters
    ----------
    cell : Cell
        The cell taken apart.
    answer : float
        A wrong prediction of its value.

    Returns
    -------
    Slip or None
        For a convolution a product left out or taken with the wrong sign, or the bias forgotten;
        for a pooling window the other value that was picked.
    """
    match cell:
        case ConvolutionCell():
            missing = cell.total - answer
            if cell.bias and _same(missing, cell.bias):
                return Slip(SlipKind.BIAS, None)
            for factor, kind in ((1, SlipKind.LEFT_OUT), (2, SlipKind.SIGN)):
                for index, term in enumerate(cell.terms):
                    if term.product and _same(missing, factor * term.product):
                        return Slip(kind, index)
        case PoolingCell():
            for index, term in enumerate(cell.terms):
                if _same(term.value, answer):
                    return Slip(SlipKind.OTHER_VALUE, index)
    return None


def _same(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9)
