"""The reference means what torch means, for every operation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convviz.core import reference
from convviz.core.specs import Activation, ConvSpec, Operation, PaddingMode, PoolKind, PoolSpec, stage_shapes
from tests.engine.strategies import by_reference, by_torch, chains, convolutions, planes, poolings, shapes


@given(st.data())
def test_a_convolution_is_that_of_torch(data: st.DataObject) -> None:
    shape = data.draw(shapes())
    spec, values = data.draw(convolutions(shape)), data.draw(planes(shape))
    np.testing.assert_allclose(by_reference(values, (spec,)), by_torch(values, (spec,)), atol=1e-9)


@given(st.data())
def test_a_pooling_is_that_of_torch(data: st.DataObject) -> None:
    shape = data.draw(shapes())
    spec, values = data.draw(poolings(shape)), data.draw(planes(shape))
    np.testing.assert_allclose(by_reference(values, (spec,)), by_torch(values, (spec,)), atol=1e-9)


@given(st.data())
def test_a_chain_is_that_of_torch(data: st.DataObject) -> None:
    shape = data.draw(shapes())
    chain, values = data.draw(chains(shape)), data.draw(planes(shape))
    result = by_reference(values, chain)
    assert result.shape == stage_shapes(chain, shape)[-1]
    np.testing.assert_allclose(result, by_torch(values, chain), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("activation", Activation)
def test_an_activation_is_that_of_torch_far_from_zero_too(activation: Activation) -> None:
    values = np.array([-1e4, -800.0, -30.0, -1.5, 0.0, 1e-3, 2.0, 40.0, 1e4]).reshape(1, 3, 3)
    np.testing.assert_allclose(
        reference.activate(values, activation), by_torch(values, (activation,)), atol=1e-12
    )


def test_a_convolution_turns_the_kernel_and_a_cross_correlation_does_not() -> None:
    dot = np.zeros((1, 3, 3))
    dot[0, 1, 1] = 1
    kernel = np.arange(9.0).reshape(1, 1, 3, 3)
    turned = reference.convolve(dot, ConvSpec(kernel, padding="same"))
    as_is = reference.convolve(dot, ConvSpec(kernel, padding="same", operation=Operation.CONVOLUTION))
    assert np.array_equal(as_is, kernel[0])
    assert np.array_equal(turned, kernel[0, :, ::-1, ::-1])


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (PaddingMode.ZEROS, [0, 0, 1, 2, 3, 0, 0]),
        (PaddingMode.REFLECT, [3, 2, 1, 2, 3, 2, 1]),
        (PaddingMode.REPLICATE, [1, 1, 1, 2, 3, 3, 3]),
        (PaddingMode.CIRCULAR, [2, 3, 1, 2, 3, 1, 2]),
    ],
)
def test_the_border_of_each_mode(mode: PaddingMode, expected: list[int]) -> None:
    row = np.array([[[1.0, 2.0, 3.0]]])
    padded = reference.pad(row, ConvSpec(np.ones((1, 1, 1, 1)), padding=(0, 2), padding_mode=mode))
    assert padded.tolist() == [[expected]]


def test_the_border_never_wins_but_counts_in_a_mean() -> None:
    values = np.array([[[-4.0]]])
    results = {
        kind: reference.pool(values, PoolSpec(kind, (2, 2), (1, 1), (1, 1))).tolist() for kind in PoolKind
    }
    everywhere = [[[-4.0, -4.0], [-4.0, -4.0]]]
    assert results[PoolKind.MAX] == everywhere
    assert results[PoolKind.MIN] == everywhere
    assert results[PoolKind.AVG] == [[[-1.0, -1.0], [-1.0, -1.0]]]
