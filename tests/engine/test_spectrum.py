"""What transforms do to numbers, and what is done about it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from convviz.engine.maps import Maps
from convviz.engine.spectrum import Spectrum, fast_length

EPSILON = 2.0**-23
Values = NDArray[np.float32]


def correlated(planes: Values, weights: Values, groups: int) -> Values:
    spectrum = Spectrum(planes, (weights.shape[2], weights.shape[3]), (1, 1))
    assert spectrum.suits(weights)
    cells = spectrum.correlate(weights, groups)
    return Maps(cells, planes.shape[2] - weights.shape[3] + 1).natural()


def truth(planes: Values, weights: Values) -> NDArray[np.float64]:
    """Return the sums of products of one kernel per plane in double precision."""
    windows = np.lib.stride_tricks.sliding_window_view(planes.astype(np.float64), weights.shape[2:], (1, 2))
    sums: NDArray[np.float64] = np.einsum("cyxij,cij->cyx", windows, weights[:, 0].astype(np.float64))
    return sums


def whole_kernel(size: int, most: int, seed: int = 0) -> Values:
    return np.random.default_rng(seed).integers(-most, most + 1, (1, 1, size, size)).astype(np.float32)


PICTURES: dict[str, Any] = {
    "noise": lambda rng, shape: rng.integers(0, 256, shape),
    "bright": lambda rng, shape: np.full(shape, 255),
    "half dark": lambda rng, shape: np.where(np.arange(shape[2]) < shape[2] // 2, 255, 0) + np.zeros(shape),
    "chequered": lambda rng, shape: np.indices(shape).sum(0) % 2 * 255,
    "dots": lambda rng, shape: (rng.random(shape) < 0.001) * 255,
    "signs": lambda rng, shape: rng.choice([-1, 1], shape),
}


@pytest.mark.parametrize("size", [9, 31])
@pytest.mark.parametrize("name", list(PICTURES))
def test_rounding_is_bounded(name: str, size: int) -> None:
    rng = np.random.default_rng(1)
    planes = PICTURES[name](rng, (1, 150, 333)).astype(np.float32)
    for kernel in (
        rng.normal(size=(size, size)),
        rng.random((size, size)),
        np.eye(size),
        np.full((size, size), 1 / size**2),
        np.indices((size, size)).sum(0) % 2 * 1.4 - 0.7,
    ):
        weights = kernel.astype(np.float32)[np.newaxis, np.newaxis]
        error = np.abs(correlated(planes, weights, 1) - truth(planes, weights)).max()
        assert error <= 12 * EPSILON * np.abs(weights).sum() * np.abs(planes).max()


@given(st.integers(1, 20), st.integers(1, 50), st.integers(0, 2**32 - 1))
def test_whole_numbers_come_out_whole(rows: int, columns: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    planes = rng.integers(0, 256, (2, rows + 4, columns + 2)).astype(np.float32)
    weights = rng.integers(-99, 100, (2, 1, 5, 3)).astype(np.float32)
    assert np.array_equal(correlated(planes, weights, 2), truth(planes, weights))


def test_where_whole_numbers_could_be_mistaken_it_does_not_suit() -> None:
    planes = np.random.default_rng(2).integers(0, 256, (1, 100, 200)).astype(np.float32)
    spectrum = Spectrum(planes, (15, 15), (1, 1))
    # Adding up products is exact up to sums of 2²⁴, and whole beyond.
    small, large, larger = whole_kernel(15, 9), whole_kernel(15, 500), whole_kernel(15, 5000)
    assert spectrum.suits(small)
    assert 2**20 < np.abs(large).sum() * 255 < 2**24
    assert not spectrum.suits(large)
    assert not spectrum.suits(larger)
    assert spectrum.suits(large + 0.5)


@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan, 1e30])
def test_what_could_overflow_does_not_suit(value: float) -> None:
    planes = np.ones((1, 40, 40), np.float32)
    planes[0, 3, 3] = value
    with np.errstate(all="ignore"):
        assert not Spectrum(planes, (5, 5), (1, 1)).suits(np.ones((1, 1, 5, 5), np.float32))


def test_the_dark_stays_dark_beside_the_bright() -> None:
    planes = np.zeros((1, 200, 400), np.float32)
    planes[..., :180] = np.random.default_rng(3).normal(200, 20, (200, 180))
    weights = np.random.default_rng(4).random((1, 1, 15, 15)).astype(np.float32)
    weights /= weights.sum()
    maps = correlated(planes, weights, 1)
    assert (maps[..., 180:] == 0).all()
    assert (maps[..., :166] > 100).all()


def test_lengths_that_transform_fast() -> None:
    for least in range(1, 3000):
        length = fast_length(least)
        assert length >= least
        assert length % 2 == 0
        for prime in (2, 3, 5):
            while length % prime == 0:
                length //= prime
        assert length == 1
    assert [fast_length(n) for n in (1, 7, 720, 751, 1081)] == [2, 8, 720, 768, 1152]
