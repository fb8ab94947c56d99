"""What edits leave at rest changes no number: not for other weights, pictures, borders, views or threads."""

import threading
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from convviz.core.geometry import Ramp
from convviz.core.specs import Activation, Chain, ConvSpec, Op, PaddingMode, PoolKind, PoolSpec, stage_shapes
from convviz.engine.backend import Backend
from convviz.engine.evaluate import evaluate
from convviz.engine.shelf import Shelf
from tests.engine.strategies import (
    BACKENDS,
    by_reference,
    by_torch,
    chains,
    close,
    filled,
    planes,
    ramps,
    scale_of,
    shapes,
)

PLANES = filled((150, 220, 3), 1).transpose(2, 0, 1)
CONV = ConvSpec(np.random.default_rng(2).normal(size=(3, 1, 3, 3)), (0.5, -1.0, 0.0), groups=3)
CHAIN: Chain = (CONV, Activation.RELU, PoolSpec(PoolKind.MAX))


@pytest.fixture(params=list(BACKENDS))
def backend(request: pytest.FixtureRequest) -> Backend:
    return BACKENDS[request.param]


def reweighted(chain: Chain, factor: float) -> Chain:
    """Return the chain with other weights and biases."""

    def other(op: Op) -> Op:
        if not isinstance(op, ConvSpec):
            return op
        weights = np.roll(op.weights, 1, axis=-1) * factor
        return replace(op, weights=weights, bias=tuple(factor * b + 1 for b in op.bias))

    return tuple(map(other, chain))


def sampled(values: NDArray[Any], rows: Ramp, columns: Ramp) -> NDArray[Any]:
    return values[:, rows.positions][:, :, columns.positions]


@pytest.mark.parametrize("name", list(BACKENDS))
@given(st.data())
def test_any_chain_with_other_weights(name: str, data: st.DataObject) -> None:
    shape = data.draw(shapes())
    chain, values = data.draw(chains(shape)), data.draw(planes(shape))
    _, height, width = stage_shapes(chain, shape)[-1]
    rows, columns = data.draw(ramps(height)), data.draw(ramps(width))
    shelf = Shelf(1 << 20)
    for factor in (1.0, -0.5, 3.0):
        edited = reweighted(chain, factor)
        got = evaluate(values, edited, rows, columns, backend=BACKENDS[name], shelf=shelf)
        expected = sampled(by_reference(values, edited), rows, columns)
        assert close(got, expected, scale_of(values, edited))


VIEWS = {
    "all": (Ramp(0, 1, 74), Ramp(0, 1, 109)),
    "from afar": (Ramp(0, 3, 24), Ramp(1, 3, 36)),
    "farther": (Ramp(2, 11, 6), Ramp(3, 7, 15)),
    "a window": (Ramp(20, 1, 30), Ramp(9, 1, 40)),
    "one way only": (Ramp(0, 1, 74), Ramp(0, 4, 27)),
}


@pytest.mark.parametrize("kind", list(PoolKind))
@pytest.mark.parametrize("activation", [Activation.RELU, Activation.ABS, Activation.TANH])
@pytest.mark.parametrize("view", list(VIEWS))
def test_a_window_of_views(view: str, activation: Activation, kind: PoolKind, backend: Backend) -> None:
    shelf, (rows, columns) = Shelf(64 << 20), VIEWS[view]
    for factor in (1.0, -2.0):
        chain = reweighted((CONV, activation, PoolSpec(kind)), factor)
        got = evaluate(PLANES, chain, rows, columns, backend=backend, shelf=shelf)
        expected = sampled(by_torch(PLANES, chain), rows, columns)
        assert close(got, expected, scale_of(PLANES, chain))
    assert shelf.nbytes > 0


@pytest.mark.parametrize("width", range(1020, 1060, 3))
def test_wide_maps_are_pooled_across_the_strips_they_come_in(width: int, backend: Backend) -> None:
    values = filled((12, width, 2), width).transpose(2, 0, 1)
    conv = ConvSpec(np.random.default_rng(1).normal(size=(2, 1, 3, 3)), (0.0, 3.0), groups=2, padding="same")
    for pool in (
        PoolSpec(PoolKind.MAX),
        PoolSpec(PoolKind.MIN, (2, 3)),
        PoolSpec(PoolKind.MAX, (3, 3), (2, 2)),
    ):
        chain: Chain = (conv, Activation.RELU, pool)
        _, rows, columns = stage_shapes(chain, (2, 12, width))[-1]
        shelf = Shelf(64 << 20)
        for _ in range(2):
            got = evaluate(values, chain, Ramp(0, 1, rows), Ramp(0, 1, columns), backend=backend, shelf=shelf)
            assert close(got, by_torch(values, chain), scale_of(values, chain))


def test_other_pictures_borders_and_settings_do_not_meet_what_was_laid_out(backend: Backend) -> None:
    shelf = Shelf(64 << 20)
    other = PLANES.copy()
    other[0, 3, 5] ^= 255
    specs = [
        CONV,
        replace(CONV, padding=(1, 1)),
        replace(CONV, padding=(1, 1), padding_mode=PaddingMode.REFLECT),
        replace(CONV, padding=(1, 1), padding_mode=PaddingMode.CIRCULAR),
        replace(CONV, stride=(2, 1)),
        replace(CONV, dilation=(1, 2)),
        replace(CONV, weights=CONV.weights[..., :2]),
        ConvSpec(CONV.weights.reshape(1, 3, 3, 3)),
    ]
    for values in (PLANES, other, PLANES.astype(np.float32) / 2):
        for spec in specs:
            expected = by_torch(values, (spec,))
            for step in (1, 2, 5):
                rows, columns = (Ramp(0, step, (size - 1) // step + 1) for size in expected.shape[1:])
                got = evaluate(values, (spec,), rows, columns, backend=backend, shelf=shelf)
                assert close(got, sampled(expected, rows, columns), scale_of(values, (spec,)))


def test_filters_that_are_left_out_and_summed_share_what_is_read(backend: Backend) -> None:
    shelf = Shelf(64 << 20)
    rows, columns = Ramp(0, 5, 29), Ramp(1, 5, 43)
    each = evaluate(PLANES, (CONV,), rows, columns, backend=backend, shelf=shelf)
    taken = shelf.nbytes
    summed = ConvSpec(CONV.weights.reshape(1, 3, 3, 3))
    together = evaluate(PLANES, (summed,), rows, columns, backend=backend, shelf=shelf)
    assert shelf.nbytes == taken
    bias = np.array(CONV.bias, np.float32).sum()
    np.testing.assert_allclose(together[0] + bias, each.sum(axis=0), atol=1e-3)
    one = evaluate(PLANES, (CONV,), rows, columns, channels=[2], backend=backend, shelf=shelf)
    np.testing.assert_allclose(one[0], each[2], atol=1e-3)


def test_memory_is_bounded_however_often_the_view_changes(backend: Backend) -> None:
    shelf = Shelf(3 << 20)
    for start in range(40):
        for step in (1, 4):
            rows, columns = Ramp(start, step, 100 // step), Ramp(start, step, 150 // step)
            evaluate(PLANES, (CONV,), rows, columns, backend=backend, shelf=shelf)
            assert shelf.nbytes <= shelf.most
    # What is too large is not kept, and pushes nothing out.
    before = shelf.nbytes
    assert before > 0
    large = np.zeros((3, 700, 700), np.uint8)
    evaluate(large, (CONV,), Ramp(0, 1, 698), Ramp(0, 1, 698), backend=backend, shelf=shelf)
    assert shelf.nbytes == before


def test_the_picture_is_not_kept_alive(backend: Backend) -> None:
    shelf, values = Shelf(64 << 20), PLANES.copy()
    evaluate(values, CHAIN, Ramp(0, 2, 37), Ramp(0, 2, 54), backend=backend, shelf=shelf)
    assert shelf.nbytes > 0
    del values
    evaluate(PLANES, (), Ramp(0, 1, 1), Ramp(0, 1, 1), shelf=shelf)
    assert shelf.nbytes == 0


def test_threads_that_meet_the_same_input_do_not_disturb_each_other(backend: Backend) -> None:
    shelf = Shelf(64 << 20)
    begin = threading.Barrier(4)
    wrong: list[float] = []

    def drag(number: int) -> None:
        begin.wait(timeout=10)
        for factor in range(1, 6):
            chain = reweighted(CHAIN, float(number + factor))
            for rows, columns in VIEWS.values():
                got = evaluate(PLANES, chain, rows, columns, backend=backend, shelf=shelf)
                fresh = evaluate(PLANES, chain, rows, columns, backend=backend)
                if not np.allclose(got, fresh, rtol=0, atol=2e-6 * scale_of(PLANES, chain)):
                    wrong.append(factor)

    threads = [threading.Thread(target=drag, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    assert wrong == []
