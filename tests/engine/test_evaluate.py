"""The engine gives the reference's numbers, at whatever positions they are asked for."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convviz.core.geometry import Ramp
from convviz.core.specs import (
    Activation,
    Chain,
    ConvSpec,
    PaddingMode,
    PoolKind,
    PoolSpec,
    SpecProblem,
    stage_shapes,
)
from convviz.engine import evaluate as module
from convviz.engine.backend import Backend, Resting, numpy_backend, torch_backend
from convviz.engine.evaluate import evaluate, run
from tests.engine.strategies import (
    BACKENDS,
    by_reference,
    by_torch,
    chains,
    close,
    convolutions,
    filled,
    planes,
    ramps,
    scale_of,
    shapes,
)


@pytest.fixture(params=list(BACKENDS))
def backend(request: pytest.FixtureRequest) -> Backend:
    return BACKENDS[request.param]


@pytest.mark.parametrize("name", list(BACKENDS))
@given(st.data())
def test_any_chain_at_any_positions(name: str, data: st.DataObject) -> None:
    shape = data.draw(shapes())
    chain, values = data.draw(chains(shape)), data.draw(planes(shape))
    maps, height, width = stage_shapes(chain, shape)[-1]
    rows, columns = data.draw(ramps(height)), data.draw(ramps(width))
    picked = data.draw(st.none() | st.lists(st.integers(0, maps - 1), min_size=1, max_size=5))
    whole, scale = by_reference(values, chain), scale_of(values, chain)
    chosen = np.arange(maps) if picked is None else np.array(picked)
    got = evaluate(values, chain, rows, columns, channels=picked, backend=BACKENDS[name])
    assert got.dtype == np.float32
    assert close(got, whole[np.ix_(chosen, rows.positions, columns.positions)], scale)
    assert close(run(values, chain, backend=BACKENDS[name]), whole, scale)


@pytest.mark.parametrize("name", list(BACKENDS))
@given(st.data())
def test_whole_numbers_come_out_exactly(name: str, data: st.DataObject) -> None:
    shape = data.draw(shapes())
    spec, values = data.draw(convolutions(shape, whole=True)), data.draw(planes(shape)).astype(np.uint8)
    chain: Chain = (spec, Activation.RELU, PoolSpec(PoolKind.MAX, (1, 1), (2, 2)))
    assert np.array_equal(run(values, chain, backend=BACKENDS[name]), by_reference(values, chain))


MODES = list(PaddingMode)
LARGE = {
    "box 3×3, every channel": ((3, 70, 90), 3, 3, (3, 3), {}),
    "one sum": ((3, 70, 90), 1, 1, (3, 3), {"padding": "same"}),
    "many filters": ((3, 70, 90), 9, 1, (3, 3), {"padding": (2, 1), "stride": (2, 1)}),
    "two filters on each of three channels": ((3, 80, 90), 6, 3, (7, 7), {"padding": "same"}),
    "groups of two": ((4, 80, 90), 4, 2, (7, 5), {"padding": (5, 5), "padding_mode": PaddingMode.REFLECT}),
    "31×31": ((3, 90, 120), 3, 3, (31, 31), {"padding": "same", "padding_mode": PaddingMode.CIRCULAR}),
    "31×31 on grey": ((1, 90, 120), 1, 1, (31, 31), {"padding": (31, 31)}),
    "31×31 summed, large steps": ((3, 140, 120), 2, 1, (31, 31), {"stride": (3, 16)}),
    "dilation 16": ((2, 100, 110), 2, 2, (5, 6), {"dilation": (16, 16), "padding": "same"}),
    "dilation and stride share a divisor": (
        (3, 90, 90),
        3,
        3,
        (8, 7),
        {"dilation": (6, 4), "stride": (4, 6)},
    ),
    "one row": ((1, 1, 6000), 1, 1, (1, 31), {"padding": "same", "padding_mode": PaddingMode.REPLICATE}),
    "one column": ((3, 5000, 1), 3, 3, (31, 1), {"padding": "same", "padding_mode": PaddingMode.REFLECT}),
    "many channels": ((20, 70, 70), 20, 20, (3, 3), {"padding": "same"}),
    "a layer on top": ((20, 70, 70), 3, 1, (1, 1), {"stride": (2, 3)}),
}


@pytest.mark.parametrize("case", list(LARGE))
def test_larger_cases_are_those_of_torch(case: str, backend: Backend) -> None:
    shape, filters, groups, kernel, settings = LARGE[case]
    weights = np.random.default_rng(1).normal(size=(filters, shape[0] // groups, *kernel))
    chain: Chain = (ConvSpec(weights, (0.5,), groups=groups, **settings),)  # type: ignore[arg-type]
    values = filled((*shape[1:], shape[0]), 2).transpose(2, 0, 1)
    expected = by_torch(values, chain)
    assert close(run(values, chain, backend=backend), expected, scale_of(values, chain))


@pytest.mark.parametrize("rows", range(64, 84))
def test_strips_meet_without_a_seam(rows: int) -> None:
    # 16 strips: from heights that divide evenly to those that leave the last strips short or empty.
    values = filled((rows, 67, 1), rows).transpose(2, 0, 1)
    chain: Chain = (ConvSpec(np.arange(9.0).reshape(1, 1, 3, 3), stride=(1 + rows % 2, 1)),)
    assert np.array_equal(run(values, chain, backend=torch_backend), by_torch(values, chain))


def _stack(mode: PaddingMode) -> Chain:
    rng = np.random.default_rng(7)
    return (
        ConvSpec(rng.normal(size=(6, 1, 3, 3)), padding=(2, 1), padding_mode=mode, groups=3),
        Activation.RELU,
        PoolSpec(PoolKind.MAX, (2, 2), None, (1, 0)),
        ConvSpec(rng.normal(size=(2, 6, 3, 5)), padding=(1, 2), padding_mode=mode, dilation=(1, 2)),
        PoolSpec(PoolKind.AVG, (3, 2), (1, 2)),
        ConvSpec(rng.normal(size=(2, 2, 1, 1)), (1.0, -1.0)),
    )


@pytest.mark.parametrize("step", [1, 2, 3, 5, 9, 20])
@pytest.mark.parametrize("mode", MODES)
def test_a_deep_chain_seen_from_afar(mode: PaddingMode, step: int, backend: Backend) -> None:
    values = filled((150, 260, 3), 3).transpose(2, 0, 1)
    chain = _stack(mode)
    expected = by_torch(values, chain)
    rows = Ramp(0, step, (expected.shape[1] - 1) // step + 1)
    columns = Ramp(1, step, (expected.shape[2] - 2) // step + 1)
    got = evaluate(values, chain, rows, columns, backend=backend)
    chosen = expected[:, rows.positions][:, :, columns.positions]
    assert close(got, chosen, scale_of(values, chain))


def test_bands_are_as_good_as_one_piece(monkeypatch: pytest.MonkeyPatch, backend: Backend) -> None:
    values = filled((150, 60, 3), 4).transpose(2, 0, 1)
    chain = _stack(PaddingMode.REFLECT)
    expected = by_torch(values, chain)
    checks = 0

    def check() -> None:
        nonlocal checks
        checks += 1

    for most in (300, 20_000, 100_000):
        monkeypatch.setattr(module, "_BAND_VALUES", most)
        checks = 0
        got = run(values, chain, check=check, backend=backend)
        assert close(got, expected, scale_of(values, chain))
        assert checks > 3


def test_it_can_be_stopped(backend: Backend) -> None:
    class Stopped(Exception):  # noqa: N818
        pass

    def stop() -> None:
        raise Stopped

    values = filled((20, 20, 1), 5).transpose(2, 0, 1)
    with pytest.raises(Stopped):
        run(values, (ConvSpec(np.ones((1, 1, 3, 3))),), check=stop, backend=backend)


def test_a_border_of_zeros_alone(backend: Backend) -> None:
    # Output cells that read no cell of the input at all.
    chain: Chain = (ConvSpec(np.ones((1, 1, 1, 1)), (2.0,), padding=(5, 5)), Activation.RELU)
    values = np.full((1, 1, 1), 7, np.uint8)
    assert evaluate(values, chain, Ramp(0, 1, 3), Ramp(0, 1, 3), backend=backend).tolist() == [
        [[2.0] * 3] * 3
    ]
    twice = (*chain, *chain)
    assert evaluate(values, twice, Ramp(0, 1, 4), Ramp(0, 1, 4), backend=backend).tolist() == [
        [[2.0] * 4] * 4
    ]
    assert evaluate(values, twice, Ramp(10, 1, 1), Ramp(10, 1, 1), backend=backend).tolist() == [[[11.0]]]


def test_the_input_is_left_alone_and_read_only_is_enough(backend: Backend) -> None:
    values = np.arange(48.0, dtype=np.float32).reshape(3, 4, 4)
    values.flags.writeable = False
    before = values.copy()
    spec = ConvSpec(np.ones((1, 3, 1, 1)), (1.0,))
    for chain in (
        (),
        (Activation.ABS,),
        (Activation.NONE, Activation.TANH),
        (spec,),
        (PoolSpec(PoolKind.AVG, (1, 1)),),
    ):
        run(values, chain, backend=backend)
    assert np.array_equal(values, before)


def test_what_does_not_fit_is_refused() -> None:
    values = np.zeros((1, 3, 3), np.uint8)
    with pytest.raises(SpecProblem):
        run(values, (ConvSpec(np.ones((1, 1, 5, 5))),))
    with pytest.raises(IndexError):
        evaluate(values, (), Ramp(0, 2, 3), Ramp(0, 1, 1))
    with pytest.raises(IndexError):
        evaluate(values, (), Ramp(0, 1, 1), Ramp(0, 1, 1), channels=[1])


class Counting:
    """Counts the multiply-adds that reach a backend."""

    takes_bytes = False

    def __init__(self) -> None:
        self.work = 0

    def multiply(self, kernel: Any, matrix: Any) -> Any:
        self.work += kernel.size * matrix.shape[2]
        return numpy_backend.multiply(kernel, matrix)

    def rest(self, *given: Any) -> Resting:
        resting = numpy_backend.rest(*given)

        class Counted:
            nbytes = resting.nbytes

            def correlate(_, weights: Any, *rest: Any) -> Any:  # noqa: N805 - the outer self counts
                result = resting.correlate(weights, *rest)
                self.work += result.cells[0].size * weights.size
                return result

        return Counted()


def test_only_the_filters_asked_for_are_computed() -> None:
    values = filled((40, 40, 3), 6).transpose(2, 0, 1)
    rng = np.random.default_rng(8)
    first = ConvSpec(rng.normal(size=(12, 1, 3, 3)), groups=3)
    for chain, picked, kernels in (
        ((first,), [1], 1),
        ((first,), [1, 5, 9], 3),
        ((first,), [0, 1, 4], 3),
        ((first, Activation.RELU), [2], 1),
    ):
        counting = Counting()
        got = evaluate(values, chain, Ramp(0, 1, 38), Ramp(0, 1, 38), channels=picked, backend=counting)
        assert counting.work == kernels * 9 * 38 * 38
        assert close(got, by_reference(values, chain)[picked], scale_of(values, chain))


def test_a_photograph_from_afar_costs_no_more_than_what_is_seen() -> None:
    values = np.zeros((4000, 6000, 3), np.uint8).transpose(2, 0, 1)
    chain: Chain = (ConvSpec(np.ones((3, 1, 5, 5)) / 25, groups=3, padding="same"), Activation.ABS)
    counting = Counting()
    got = evaluate(values, chain, Ramp(0, 8, 500), Ramp(0, 8, 750), backend=counting)
    assert got.shape == (3, 500, 750)
    # Every one of the values seen takes its 25 products, and nothing else is computed.
    assert counting.work <= got.size * 25
