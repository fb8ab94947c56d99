"""Pooling windows and activations give the same numbers in whatever order the memory is."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convviz.core.specs import Activation, PoolKind
from convviz.engine.elementwise import activate, join_all, slide

COMBINED: dict[PoolKind, Callable[..., Any]] = {
    PoolKind.MAX: np.max,
    PoolKind.MIN: np.min,
    PoolKind.AVG: np.sum,
}


@given(
    st.permutations(range(4)),
    st.sampled_from(PoolKind),
    st.integers(0, 3),
    st.integers(1, 4),
    st.integers(1, 4),
    st.integers(1, 3),
    st.integers(1, 4),
)
def test_windows_slide_along_any_axis_of_any_memory(
    order: list[int], kind: PoolKind, axis: int, kernel: int, stride: int, dilation: int, count: int
) -> None:
    shape = [2, 3, 2, 3]
    shape[axis] = (count - 1) * stride + (kernel - 1) * dilation + 1 + stride % 2
    values = np.random.default_rng(1).integers(-9, 9, shape).astype(np.float32)
    block = np.ascontiguousarray(values.transpose(order)).transpose(np.argsort(order))
    found = slide(kind, block, axis, kernel, stride, count, dilation)
    windows = [
        np.take(values, range(n * stride, n * stride + kernel * dilation, dilation), axis)
        for n in range(count)
    ]
    expected = np.stack([COMBINED[kind](window, axis=axis) for window in windows], axis)
    assert np.array_equal(found, expected)
    assert np.array_equal(block, values)


@pytest.mark.parametrize("activation", Activation)
def test_activations_in_place_are_those_of_a_new_array(activation: Activation) -> None:
    values = np.random.default_rng(2).normal(0, 3, (3, 5, 7)).astype(np.float32)
    values[0, 0, :3] = 0, np.nan, -np.inf
    for array in (values, values.transpose(1, 2, 0), values[:, :, ::2]):
        before = array.copy()
        expected = activate(array, activation)
        assert np.array_equal(array, before, equal_nan=True)
        own = array.copy(order="K")
        assert activate(own, activation, own) is own
        assert np.array_equal(own, expected, equal_nan=True)


@pytest.mark.parametrize("kind", PoolKind)
@pytest.mark.parametrize("count", [1, 2, 5])
def test_joining_leaves_the_taps_alone(kind: PoolKind, count: int) -> None:
    taps = [np.random.default_rng(n).integers(-9, 9, (2, 3)).astype(np.float32) for n in range(count)]
    before = [tap.copy() for tap in taps]
    assert np.array_equal(join_all(kind, taps), COMBINED[kind](np.stack(taps), axis=0))
    assert all(np.array_equal(tap, old) for tap, old in zip(taps, before, strict=True))
