"""Convolution that is compiled gives the numbers of torch in double precision, however it is done."""

import gc
import weakref
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from convviz.core.kernels import gaussian
from convviz.core.specs import Pair
from convviz.engine import native_conv
from convviz.engine.backend import load_torch
from convviz.engine.checks import Check
from convviz.engine.native import SPARE, Level, Library
from convviz.engine.native_conv import NativeBackend, as_bytes
from convviz.engine.spectrum import Spectrum
from tests.engine.compiled import Values, correlate, library, own
from tests.engine.strategies import close
from tests.engine.test_torch_conv import LARGE, picture, scale, truth

__all__ = ["library"]


@st.composite
def cases(draw: st.DrawFn, whole: bool) -> tuple[Any, Values, int, Pair, Pair]:
    """Return a block, weights, groups, stride and dilation, of sizes around those of vectors and tiles."""
    groups, per_group, each = draw(st.integers(1, 3)), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    kernel = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    stride, dilation = (draw(st.tuples(st.integers(1, 4), st.integers(1, 4))) for _ in range(2))
    rows = draw(st.integers(1, 30))
    width = draw(st.sampled_from([8, 24, 64]))
    columns = max(1, draw(st.integers(0, 3)) * width + draw(st.integers(-2, 2)))
    height, width = (
        (n - 1) * s + d * (k - 1) + 1 + draw(st.integers(0, s - 1))
        for n, k, s, d in zip((rows, columns), kernel, stride, dilation, strict=True)
    )
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = groups * each, per_group, *kernel
    weights: NDArray[Any] = rng.integers(-9, 10, shape) if whole else rng.normal(size=shape)
    if draw(st.booleans()):
        weights = weights[..., :1] * weights[..., :1, :]
    block: Any = picture((groups * per_group, height, width), draw(st.integers(0, 99)), whole)
    if whole and draw(st.booleans()):
        block = block.astype(np.uint8)
    block = block if draw(st.booleans()) else np.ascontiguousarray(block)
    block.flags.writeable = False
    return block, np.ascontiguousarray(weights, np.float32), groups, stride, dilation


@given(data=st.data())
def test_any_case(library: Library, data: st.DataObject) -> None:
    block, weights, groups, stride, dilation = data.draw(cases(whole=False))
    got = correlate(library, block, weights, groups, stride, dilation)
    assert close(got, truth(block, weights, stride, dilation, groups), scale(block, weights))


@pytest.mark.parametrize("passes", ["one", "two"])
@given(data=st.data())
def test_whole_numbers_are_exact(library: Library, passes: str, data: st.DataObject) -> None:
    block, weights, groups, stride, dilation = data.draw(cases(whole=True))
    with pytest.MonkeyPatch.context() as patch:
        # Every product of a column and a row by its factors, or none.
        patch.setattr(native_conv, "_SECOND_PASS", -1000 if passes == "two" else 10**6)
        patch.setattr(native_conv, "_BYTES_PAY", dict.fromkeys(Level, data.draw(st.sampled_from([0, 81]))))
        # Numbers made of bytes beforehand, or never.
        patch.setattr(native_conv, "_MAKING_PAYS", dict.fromkeys(Level, data.draw(st.sampled_from([1, 99]))))
        got = correlate(library, block, weights, groups, stride, dilation)
    assert np.array_equal(got, truth(block, weights, stride, dilation, groups))


# Over what one thread computes at a time: columns, bands of rows, and the room between two passes.
WIDE: dict[str, tuple[tuple[int, int, int], tuple[int, int, int, int], dict[str, Pair]]] = {
    "more columns than a piece": ((1, 9, 2048 + 3), (1, 1, 3, 3), {}),
    "a piece and one column": ((2, 7, 2049 + 4), (2, 1, 5, 5), {}),
    "two pieces apart": ((1, 40, 4100), (1, 1, 7, 7), {"stride": (3, 2)}),
    "many bands": ((1, 3000, 70), (1, 1, 5, 5), {}),
    "many bands with gaps": ((1, 1500, 90), (1, 1, 5, 5), {"dilation": (7, 3)}),
    "strides and gaps that share a divisor": (
        (1, 200, 150),
        (1, 1, 5, 5),
        {"stride": (6, 2), "dilation": (4, 4)},
    ),
    "gaps as wide as strides": ((2, 120, 140), (2, 1, 3, 3), {"stride": (3, 3), "dilation": (3, 3)}),
    "strides past the kernel": ((1, 100, 260), (1, 1, 2, 2), {"stride": (4, 4)}),
    "lines just too short to begin apart": ((2, 9, 255), (2, 1, 3, 3), {}),
    "lines that end where the next begins": ((2, 9, 256), (2, 1, 3, 3), {}),
    "lines with room before the next": ((2, 9, 257), (2, 1, 3, 3), {}),
    "lines half a page long": ((2, 9, 512), (2, 1, 3, 3), {}),
    "lines of bytes half a page long": ((2, 9, 4090), (2, 1, 3, 3), {"stride": (2, 2)}),
    "high": ((2, 100, 150), (2, 1, 15, 15), {}),
    "high and narrow": ((1, 100, 150), (1, 1, 21, 2), {"stride": (2, 1)}),
    "high with gaps": ((1, 200, 150), (1, 1, 11, 11), {"dilation": (3, 2)}),
    "as high as rows reach": ((1, 100, 150), (1, 1, 10, 3), {"stride": (2, 2)}),
    "a row too low for that": ((1, 100, 150), (1, 1, 9, 3), {"stride": (2, 2)}),
    "blocks": ((2, 90, 700), (2, 1, 9, 9), {"stride": (2, 2)}),
    "blocks of three phases": ((1, 120, 700), (1, 1, 27, 27), {"stride": (3, 3)}),
    "more blocks than a piece": ((1, 40, 8400), (1, 1, 9, 9), {"stride": (2, 2)}),
    "a last block of one window": ((1, 60, 2 * 64 * 3 + 9), (1, 1, 9, 9), {"stride": (2, 2)}),
    "blocks with gaps": ((1, 200, 300), (1, 1, 9, 9), {"stride": (2, 2), "dilation": (3, 3)}),
    "blocks of as many planes as there is room for": ((6, 60, 300), (2, 3, 9, 9), {"stride": (2, 2)}),
    "blocks of too many planes": ((12, 60, 300), (1, 12, 9, 9), {"stride": (2, 2)}),
    "blocks wider than what two passes keep": ((300, 60, 200), (1, 300, 9, 9), {"stride": (2, 2)}),
}


@pytest.mark.parametrize("kind", ["dense", "factored"])
@pytest.mark.parametrize("name", [*LARGE, *WIDE])
def test_large_cases(library: Library, name: str, kind: str) -> None:
    shape, kernels, window = {**LARGE, **WIDE}[name]
    block = picture(shape, 3)
    weights = np.random.default_rng(4).integers(-9, 10, kernels).astype(np.float32)
    if kind == "factored":
        weights = weights[..., :1] * weights[..., :1, :]
    stride, dilation = window.get("stride", (1, 1)), window.get("dilation", (1, 1))
    groups = shape[0] // kernels[1]
    expected = truth(block, weights, stride, dilation, groups)
    for cells in (block, block.astype(np.uint8)):
        assert np.array_equal(correlate(library, cells, weights, groups, stride, dilation), expected)


@pytest.mark.parametrize("making", [1, 99])
@pytest.mark.parametrize("passes", [10**6, -1000])
@pytest.mark.parametrize("columns", [1, 7, 23, 63, 64, 73, 130])
@pytest.mark.parametrize("dtype", [np.float32, np.uint8])
def test_nothing_is_written_beside_the_result(
    library: Library, monkeypatch: pytest.MonkeyPatch, columns: int, dtype: type, passes: int, making: int
) -> None:
    monkeypatch.setattr(native_conv, "_SECOND_PASS", passes)
    monkeypatch.setattr(native_conv, "_MAKING_PAYS", dict.fromkeys(Level, making))
    block: Any = picture((2, 88, 2 * columns + 3), 1).astype(dtype)
    weights = np.ones((2, 1, 5, 5), np.float32)
    expected = truth(block, weights, (2, 2), (1, 1), 2)
    resting = NativeBackend(library, lambda: False).rest(block, (5, 5), (2, 2), (1, 1))
    guard = np.full(expected.size + 2 * SPARE, -1, np.float32)
    inner = guard[SPARE:-SPARE].reshape(expected.shape)
    empty = np.empty

    def given(shape: Any, *rest: Any) -> Any:
        return inner if shape == inner.shape else empty(shape, *rest)

    monkeypatch.setattr(np, "empty", given)
    resting.correlate(weights, 2)
    assert np.array_equal(inner, expected)
    assert (guard[:SPARE] == -1).all()
    assert (guard[-SPARE:] == -1).all()


@pytest.mark.parametrize("channels", [64, 700])
def test_many_channels_add_up_as_exactly_as_numpy(library: Library, channels: int) -> None:
    rng = np.random.default_rng(channels)
    block = rng.random((channels, 9, 40), np.float32)
    for weights in (rng.normal(size=(2, channels, 3, 3)), rng.random((2, channels, 3, 3))):
        kernel = weights.astype(np.float32)
        got = correlate(library, block, kernel)
        expected = truth(block, kernel, (1, 1), (1, 1), 1)
        assert np.abs(got - expected).max() <= 1e-6 * np.abs(expected).max()
    matrix = np.append(rng.random(9 * channels * 70, np.float32), np.zeros(SPARE, np.float32))
    lines = matrix[:-SPARE].reshape(1, -1, 70)
    kernel = rng.random((1, 3, 9 * channels), np.float32)
    sums = kernel.astype(np.float64) @ lines
    got = NativeBackend(library, lambda: False).multiply(kernel, lines)
    assert np.abs(got - sums).max() <= 1e-6 * sums.max()


def test_it_is_asked_between_whether_anybody_still_wants_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    block = picture((6, 60, 70), 4)
    for most, groups, filters in ((1, 3, 6), (10**9, 3, 6), (3 * 2 * 25 * 56 * 66, 1, 8), (10**5, 2, 8)):
        monkeypatch.setattr(native_conv, "_PIECE", most)
        weights = np.random.default_rng(1).integers(-9, 10, (filters, 6 // groups, 5, 5)).astype(np.float32)
        resting = NativeBackend(own(), lambda: False).rest(block, (5, 5), (1, 1), (1, 1))
        asked: list[int] = []
        got = resting.correlate(weights, groups, lambda asked=asked: asked.append(1)).natural()  # type: ignore[misc]
        assert np.array_equal(got, truth(block, weights, (1, 1), (1, 1), groups))
        least = -(-filters * (6 // groups) * 25 * 56 * 66 // most)
        assert len(asked) >= min(least, filters)


def test_a_large_product_is_met_by_its_factors_and_a_dense_kernel_by_spectra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load_torch()
    passes: list[bool] = []
    slide = Library.slide

    def watched(self: Library, windows: Any, weights: Values, across: Values | None, out: Values) -> None:
        passes.append(across is not None)
        slide(self, windows, weights, across, out)

    monkeypatch.setattr(Library, "slide", watched)
    taken: list[int] = []
    meet = Spectrum.correlate

    def noted(self: Spectrum, weights: Values, groups: int, check: Check) -> Values:
        taken.append(1)
        return meet(self, weights, groups, check)

    monkeypatch.setattr(Spectrum, "correlate", noted)
    block = picture((1, 200, 300), 5)
    backend = NativeBackend(own(), lambda: True)
    resting = backend.rest(block, (31, 31), (1, 1), (1, 1))
    product = gaussian(31, 5.0)[np.newaxis, np.newaxis].astype(np.float32)
    dense = np.random.default_rng(0).normal(size=(1, 1, 31, 31)).astype(np.float32)
    for weights in (product, dense):
        got = resting.correlate(weights, 1).natural()
        assert close(got, truth(block, weights, (1, 1), (1, 1), 1), scale(block, weights))
    assert passes == [True]
    assert taken == [1]
    small = backend.rest(block, (3, 3), (1, 1), (1, 1))
    small.correlate(np.ascontiguousarray(dense[..., :3, :3]), 1)
    assert passes == [True, False]


@pytest.mark.parametrize(
    ("values", "fits"),
    [
        ([0.0, 7.0, 255.0], True),
        ([0.0, 0.5], False),
        ([-1.0, 3.0], False),
        ([256.0, 3.0], False),
        ([np.nan, 3.0], False),
        ([np.inf, 3.0], False),
        ([-0.0, 1.0], True),
    ],
)
def test_only_whole_numbers_up_to_255_rest_as_bytes(values: list[float], fits: bool) -> None:
    block = np.resize(np.array(values, np.float32), (2, 60, 50))
    for order in (block, block.transpose(0, 2, 1), np.asfortranarray(block)):
        cells = as_bytes(order)
        assert (cells is not None) == fits
        assert cells is None or np.array_equal(cells, order)
    odd = np.zeros((1, 400, 400), np.float32)
    odd[0, 399, 398] = 0.25
    assert as_bytes(odd) is None


def test_a_picture_in_bytes_takes_a_quarter_of_the_memory() -> None:
    block = picture((3, 200, 320), 2)
    backend = NativeBackend(own(), lambda: False)
    narrow = backend.rest(block.astype(np.uint8), (3, 3), (1, 1), (1, 1)).nbytes
    assert narrow * 4 == backend.rest(block + np.float32(0.5), (3, 3), (1, 1), (1, 1)).nbytes


def test_a_picture_of_floats_is_not_kept_alive_by_what_is_made_of_it() -> None:
    backend = NativeBackend(own(), lambda: True)
    for size in (3, 31):
        block = picture((1, 80, 90), 1, whole=False)
        gone = weakref.ref(block)
        resting = backend.rest(block[:, :, 1:], (size, size), (1, 1), (1, 1))
        del block
        gc.collect()
        assert gone() is None
        assert resting.nbytes > 0
