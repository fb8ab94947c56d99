"""Kernels that are products are found, and no others."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from convviz.core.kernels import PRESETS, Preset, gaussian
from convviz.engine.separable import factors

_SEPARABLE = {
    "identity",
    "identity-1",
    "shift",
    "box-3",
    "box-5",
    "gaussian-3",
    "gaussian-5",
    "gaussian-7",
    "gaussian-31",
    "sobel-x",
    "sobel-y",
    "prewitt-x",
    "prewitt-y",
    "scharr-x",
    "scharr-y",
    "vertical-edge",
    "horizontal-edge",
    "line-x",
    "line-y",
    "ones",
    "pair-11",
}


def product(kernel: NDArray[np.float32]) -> NDArray[np.float64] | None:
    found = factors(kernel)
    if found is None:
        return None
    assert found.column.dtype == found.row.dtype == np.float32
    return np.outer(found.column.astype(np.float64), found.row.astype(np.float64))


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_presets(preset: Preset) -> None:
    kernel = preset.weights.astype(np.float32)
    got = product(kernel)
    assert (got is not None) == (preset.id in _SEPARABLE)
    if got is not None:
        exact = preset.id != "gaussian-31"
        np.testing.assert_allclose(got, kernel, rtol=0 if exact else 3e-7)


@given(st.integers(1, 31), st.floats(0.3, 30))
def test_gaussians_up_to_rounding(size: int, sigma: float) -> None:
    kernel = gaussian(size, sigma).astype(np.float32)
    got = product(kernel)
    assert got is not None
    assert np.abs(got - kernel).sum() <= 3 * 2.0**-23 * np.abs(kernel).sum()


def whole(rows: int, columns: int, most: int) -> st.SearchStrategy[list[list[int]]]:
    number = st.integers(-most, most)
    return st.lists(st.lists(number, min_size=columns, max_size=columns), min_size=rows, max_size=rows)


def rank(matrix: list[list[int]]) -> int:
    """Return the rank by elimination with fractions."""
    rows, found = [[Fraction(v) for v in row] for row in matrix], 0
    for column in range(len(matrix[0])):
        pivot = next((r for r in range(found, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for r in range(found + 1, len(rows)):
            share = rows[r][column] / rows[found][column]
            rows[r] = [a - share * b for a, b in zip(rows[r], rows[found], strict=True)]
        found += 1
    return found


@given(whole(3, 4, 5), st.integers(-30, 30))
def test_whole_kernels_exactly(weights: list[list[int]], exponent: int) -> None:
    kernel = np.ldexp(np.array(weights, np.float32), exponent)
    got = product(kernel)
    assert (got is not None) == (rank(weights) <= 1)
    assert got is None or (got == kernel).all()


@given(
    st.lists(st.integers(-400, 400), min_size=1, max_size=9),
    st.lists(st.integers(-400, 400), min_size=1, max_size=9),
    st.integers(-60, 60),
)
def test_products_of_whole_numbers_keep_whole_factors(
    column: list[int], row: list[int], exponent: int
) -> None:
    kernel = np.ldexp(np.outer(column, row).astype(np.float32), exponent)
    got = product(kernel)
    assert got is not None
    assert (got == kernel).all()
    found = factors(kernel)
    assert found is not None
    assert (found.row == np.rint(found.row)).all()


@pytest.mark.parametrize(
    "kernel",
    [
        # Determinants of 1 with weights so large that they are hardly to be told from products.
        [[1000, 1001], [999, 1000]],
        [[3000, 3001], [2999, 3000]],
        [[60, 61], [59, 60]],
        [[2**22, 1], [0, 0.5]],
    ],
)
def test_what_is_nearly_a_product_is_none_where_results_are_exact(kernel: list[list[float]]) -> None:
    assert factors(np.array(kernel, np.float32)) is None


def test_nothing_but_zeros() -> None:
    got = product(np.zeros((3, 5), np.float32))
    assert got is not None
    assert not got.any()


@pytest.mark.parametrize("scale", [1e-36, 1e-30, 1.0, 1e30])
def test_any_magnitude(scale: float) -> None:
    line = np.array([0.1, 0.7, 0.3])
    kernel = (np.outer(line, line) * scale).astype(np.float32)
    got = product(kernel)
    assert got is not None
    np.testing.assert_allclose(got, kernel, rtol=1e-6, atol=1e-45)
    kernel[1, 2] *= 1.001
    assert factors(kernel) is None
