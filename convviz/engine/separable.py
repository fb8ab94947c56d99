"""Kernels that are the product of a column and a row: 2·k products per value in place of k²."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]

# A kernel counts as a product if its weights differ from one by no more than this share of their sum: less
# than the rounding of float32 on the way.
_SHARE = 2.0**-23
# What the row and the column of the largest weight alone may differ by, which is a few roundings more.
_NEAR = 2.0**-20
# Whole numbers are exact in float32 and float64 up to these.
_EXACT_32, _EXACT_64 = 2**24, 2**53


class Factors(NamedTuple):
    """A column (kh,) and a row (kw,) whose products are the weights of a kernel."""

    column: Values
    row: Values


def factors(kernel: Values) -> Factors | None:
    """Return a column and a row whose products are ``kernel``, None if there are none.

    The products are the weights up to the rounding of float32. A kernel of whole numbers, or of multiples of
    a power of two, gets factors of such, so that what is exact with the kernel is exact with its factors; if
    it has none, and is small enough for exact results at all, it counts as no product however near it is.

    Parameters
    ----------
    kernel : ndarray of float32, shape (kh, kw)
        Finite.
    """
    weights = kernel.astype(np.float64)
    total = float(np.abs(weights).sum())
    i, j = divmod(int(np.abs(weights).argmax()), weights.shape[1])
    if total == 0:
        return Factors(np.zeros(len(weights), np.float32), np.zeros(weights.shape[1], np.float32))
    # A matrix has rank 1 if all its rows are multiples of one. By the largest weight no error is magnified.
    column, row = weights[:, j] / weights[i, j], weights[i]
    if np.abs(np.outer(column, row) - weights).sum() > _NEAR * total:
        return None
    unit = _unit(weights)
    if total / unit < _EXACT_64:
        whole = _whole(np.rint(weights / unit).astype(np.int64), i, j)
        if whole is not None:
            return Factors((whole[0] * unit).astype(np.float32), whole[1].astype(np.float32))
    return None if total / unit < _EXACT_32 else _rounded(weights, row, total)


def _unit(weights: NDArray[np.float64]) -> float:
    """Return the largest power of two that all of ``weights``, numbers of float32, are multiples of."""
    mantissas, exponents = np.frexp(weights[weights != 0])
    digits = np.abs(mantissas * _EXACT_32).astype(np.int64)
    return float(np.ldexp((digits & -digits) / _EXACT_32, exponents).min())


def _whole(weights: NDArray[np.int64], i: int, j: int) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Return whole factors that are exact in float32, taken from row ``i`` and column ``j``."""
    row = weights[i] // np.gcd.reduce(weights[i])
    column = weights[:, j] // row[j]
    # A whole matrix of rank 1 has whole factors, one of them without a common divisor.
    exact = max(np.abs(row).max(), np.abs(column).max()) < _EXACT_32
    return (column, row) if exact and (np.outer(column, row) == weights).all() else None


def _rounded(weights: NDArray[np.float64], row: NDArray[np.float64], total: float) -> Factors | None:
    # One step to the nearest product takes out the roundings of the single row.
    column = weights @ row / (row @ row)
    row = column @ weights / (column @ column)
    if np.abs(np.outer(column, row) - weights).sum() > _SHARE * total:
        return None
    return Factors(column.astype(np.float32), row.astype(np.float32))
