"""Every way of computing a correlation gives the same numbers, at sizes that reach its edges."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from convviz.core.kernels import gaussian
from convviz.core.specs import Pair
from convviz.engine import costs, strips, torch_conv
from convviz.engine.costs import Case, Way, ranked
from convviz.engine.maps import Maps
from convviz.engine.torch_conv import RestingBlock
from tests.engine.strategies import close

Values = NDArray[np.float32]
WAYS = list(Way)


def truth(block: Values, weights: Values, stride: Pair, dilation: Pair, groups: int) -> NDArray[np.float64]:
    """Return what torch makes of it in double precision."""
    images, filters = (
        torch.tensor(block[np.newaxis].astype(np.float64)),
        torch.tensor(weights.astype(np.float64)),
    )
    result: NDArray[np.float64] = F.conv2d(images, filters, None, stride, 0, dilation, groups)[0].numpy()
    return result


def scale(block: Values, weights: Values) -> float:
    return float(np.abs(weights).sum(axis=(1, 2, 3), dtype=np.float64).max() * np.abs(block).max(initial=0))


def by(
    monkeypatch: pytest.MonkeyPatch, way: Way, block: Values, weights: Values, groups: int, **window: Pair
) -> Maps | None:
    """Return the maps by ``way``, None where it is no way for the case."""
    stride, dilation = window.get("stride", (1, 1)), window.get("dilation", (1, 1))
    taken: list[Way] = []

    def only(case: Case, ready: frozenset[Way], again: bool) -> tuple[Way, ...]:
        possible = way in ranked(case, ready, again)
        taken.extend([way] if possible else [])
        return (way, Way.PLAIN) if possible else (Way.PLAIN,)

    with monkeypatch.context() as patch:
        patch.setattr(torch_conv, "ranked", only)
        maps = RestingBlock(block, (weights.shape[2], weights.shape[3]), stride, dilation).correlate(
            weights, groups
        )
    return maps if taken else None


def picture(shape: tuple[int, int, int], seed: int = 0, whole: bool = True) -> Values:
    """Return a picture in the memory order of photographs."""
    rng, (channels, height, width) = np.random.default_rng(seed), shape
    size = height, width, channels
    values = rng.integers(0, 256, size) if whole else rng.normal(0, 50, size)
    return values.astype(np.float32).transpose(2, 0, 1)


@pytest.fixture(autouse=True)
def every_size(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Take the ways of large pictures with small ones too."""
    monkeypatch.setattr(costs, "SMALL", 0)
    monkeypatch.setattr(torch_conv, "SMALL", 0)
    monkeypatch.setattr(costs, "_NARROW", 1)
    ranked.cache_clear()
    yield
    ranked.cache_clear()


@st.composite
def cases(draw: st.DrawFn, way: Way, whole: bool) -> tuple[Values, Values, int, Pair, Pair]:
    """Return a block, weights, groups, stride and dilation that ``way`` is possible for."""
    groups, per_group, each = draw(st.integers(1, 3)), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    if way in (Way.DENSE, Way.MATRIX):
        groups, per_group = 1 if way is Way.DENSE else groups, per_group + 1
    side = st.integers(1, 1 if way is Way.MATRIX else 6)
    kernel = draw(side) + (way is Way.DENSE), draw(side)
    step = st.integers(1, 1 if way is Way.SPECTRUM else 3)
    stride = draw(step), draw(step)
    dilation = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    reach = [d * (k - 1) + 1 for d, k in zip(dilation, kernel, strict=True)]
    height, width = reach[0] + draw(st.integers(0, 9)), reach[1] + draw(st.integers(0, 40))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = groups * each, per_group, *kernel
    weights: NDArray[Any] = rng.integers(-9, 10, shape) if whole else rng.normal(size=shape)
    if draw(st.booleans()):
        # The same for all channels, perhaps a product.
        weights = np.broadcast_to(weights[:1, :1], shape)
    if draw(st.booleans()):
        weights = weights[..., :1] * weights[..., :1, :]
    block = picture((groups * per_group, height, width), draw(st.integers(0, 99)), whole)
    block = block if draw(st.booleans()) else np.ascontiguousarray(block)
    block.flags.writeable = False
    return block, np.ascontiguousarray(weights, np.float32), groups, stride, dilation


@pytest.mark.parametrize("way", WAYS)
@given(data=st.data())
def test_any_case(way: Way, data: st.DataObject) -> None:
    block, weights, groups, stride, dilation = data.draw(cases(way, whole=False))
    with pytest.MonkeyPatch.context() as patch:
        maps = by(patch, way, block, weights, groups, stride=stride, dilation=dilation)
    assert maps is not None
    expected = truth(block, weights, stride, dilation, groups)
    assert maps.shape == expected.shape
    assert close(maps.natural(), expected, scale(block, weights))
    assert close(maps.at(0, expected.shape[2] - 1), expected[:, 0, -1], scale(block, weights))


@pytest.mark.parametrize("way", WAYS)
@given(data=st.data())
def test_whole_numbers_are_exact(way: Way, data: st.DataObject) -> None:
    block, weights, groups, stride, dilation = data.draw(cases(way, whole=True))
    with pytest.MonkeyPatch.context() as patch:
        maps = by(patch, way, block, weights, groups, stride=stride, dilation=dilation)
    assert maps is not None
    assert np.array_equal(maps.natural(), truth(block, weights, stride, dilation, groups))


@pytest.mark.parametrize("lanes", [8, 16])
@pytest.mark.parametrize("width", [*range(1, 36), 120, 127, 128, 129])
def test_strips_of_any_width_meet_without_a_seam(
    width: int, lanes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # From fewer columns than strips to those that leave the last strips short or empty.
    monkeypatch.setattr(strips, "lanes", lambda: lanes)
    kernel, stride, dilation = (2, 1 + width % 4), (1, 1 + width % 3), (1, 1 + width % 2)
    block = picture((2, 5, width + dilation[1] * (kernel[1] - 1)), width)
    weights = np.random.default_rng(width).integers(-9, 10, (2, 1, *kernel)).astype(np.float32)
    maps = by(monkeypatch, Way.STRIPS, block, weights, 2, stride=stride, dilation=dilation)
    assert maps is not None
    assert maps.cells.shape[2] == lanes
    assert np.array_equal(maps.natural(), truth(block, weights, stride, dilation, 2))


LARGE: dict[str, tuple[tuple[int, int, int], tuple[int, int, int, int], dict[str, Pair]]] = {
    "one kernel for three channels": ((3, 61, 203), (3, 1, 11, 11), {}),
    "wider than a strip": ((3, 45, 60), (3, 1, 31, 31), {}),
    "as large as the picture": ((1, 31, 31), (1, 1, 31, 31), {}),
    "a single row": ((1, 1, 700), (1, 1, 1, 31), {}),
    "a single column": ((3, 700, 1), (3, 1, 31, 1), {}),
    "three channels added up": ((3, 50, 90), (2, 3, 9, 9), {}),
    "nine filters over three channels": ((3, 50, 90), (9, 3, 5, 5), {}),
    "kernels of one cell": ((3, 50, 90), (4, 3, 1, 1), {"stride": (2, 3)}),
    "added up, with gaps": ((3, 60, 90), (2, 3, 5, 5), {"dilation": (3, 2)}),
    "many channels": ((20, 30, 40), (20, 1, 3, 3), {}),
    "strides": ((3, 64, 131), (3, 1, 5, 5), {"stride": (3, 2)}),
    "gaps": ((3, 80, 131), (3, 1, 5, 4), {"dilation": (3, 9)}),
}


@pytest.mark.parametrize("kind", ["noise", "whole", "product"])
@pytest.mark.parametrize("case", list(LARGE))
def test_larger_cases(case: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shape, filters, window = LARGE[case]
    rng, groups = np.random.default_rng(3), shape[0] // filters[1]
    numbers: NDArray[Any] = rng.integers(-9, 10, filters) if kind == "whole" else rng.normal(size=filters)
    if kind == "product":
        numbers = np.broadcast_to(numbers[:1, :1, :, :1] * numbers[:1, :1, :1], filters)
    weights, block = np.ascontiguousarray(numbers, np.float32), picture(shape, 4)
    expected = truth(block, weights, window.get("stride", (1, 1)), window.get("dilation", (1, 1)), groups)
    gone = 0
    for way in WAYS:
        maps = by(monkeypatch, way, block, weights, groups, **window)
        if maps is not None:
            gone += 1
            assert close(maps.natural(), expected, scale(block, weights)), way
            assert kind != "whole" or np.array_equal(maps.natural(), expected), way
    assert gone >= 2


def test_kernels_follow_each_other_and_results_last() -> None:
    # Layouts and buffers are used again, results are not.
    block, rng = picture((3, 40, 300)), np.random.default_rng(5)
    resting = RestingBlock(block, (15, 15), (1, 1), (1, 1))
    line = np.arange(15.0)
    kernels = [rng.integers(-9, 10, (3, 1, 15, 15)) for _ in range(4)]
    kernels += [np.broadcast_to(np.outer(line, line), (3, 1, 15, 15)), kernels[0][:1].repeat(3, axis=0)] * 2
    weights = [kernel.astype(np.float32) for kernel in kernels]
    maps = [resting.correlate(each, 3) for each in weights]
    for each, found in zip(weights, maps, strict=True):
        assert np.array_equal(found.natural(), truth(block, each, (1, 1), (1, 1), 3))
    assert resting.nbytes >= block.nbytes


def test_the_same_block_in_other_groups() -> None:
    block, rng = picture((4, 40, 90)), np.random.default_rng(6)
    resting = RestingBlock(block, (3, 3), (1, 1), (1, 1))
    for groups in (4, 2, 1, 4):
        weights = rng.integers(-9, 10, (4, 4 // groups, 3, 3)).astype(np.float32)
        for _ in range(2):
            expected = truth(block, weights, (1, 1), (1, 1), groups)
            assert np.array_equal(resting.correlate(weights, groups).natural(), expected)


def test_the_ways_taken_with_a_photograph() -> None:
    def first(kernel: int, again: bool = True, **more: Any) -> Way:
        shape = {"block": (3, 719 + kernel, 1279 + kernel), "output": (720, 1280), "filters": 3, "groups": 3}
        window = {"kernel": (kernel, kernel), "stride": (1, 1), "dilation": (1, 1)}
        return ranked(Case(**{**shape, **window, **more}), frozenset(), again)[0]

    # A kernel that comes alone is not worth laying out for, if it is small.
    assert first(3, again=False) is Way.PLAIN
    assert first(7, again=False) is Way.STRIPS
    assert [first(k) for k in (3, 5, 7, 9, 11, 21, 31)] == [Way.STRIPS] * 5 + [Way.SPECTRUM] * 2
    assert first(31, factored=True) is Way.STRIPS
    assert first(1, again=False, groups=1, filters=4) is Way.MATRIX
    assert [first(3, groups=1, filters=n, stacked=n > 1) for n in (1, 2, 16)] == [
        Way.STRIPS,
        Way.STRIPS,
        Way.DENSE,
    ]


def test_a_stop_reaches_every_way(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(Exception):  # noqa: N818
        pass

    def stop() -> None:
        raise Stopped

    block = picture((3, 40, 90))
    weights = np.random.default_rng(7).normal(size=(6, 1, 5, 5)).astype(np.float32)
    for way in (Way.PLAIN, Way.STRIPS, Way.SPECTRUM):
        monkeypatch.setattr(torch_conv, "ranked", lambda *_, way=way: (way,))
        with pytest.raises(Stopped):
            RestingBlock(block, (5, 5), (1, 1), (1, 1)).correlate(weights, 3, stop)


def test_a_blur_is_the_same_every_way(monkeypatch: pytest.MonkeyPatch) -> None:
    block, kernel = picture((3, 90, 120)), gaussian(31, 5.0)
    weights = np.broadcast_to(kernel, (3, 1, 31, 31)).astype(np.float32)
    expected = truth(block, weights, (1, 1), (1, 1), 3)
    for way in (Way.PLAIN, Way.STRIPS, Way.SPECTRUM):
        maps = by(monkeypatch, way, block, weights, 3)
        assert maps is not None
        assert np.abs(maps.natural() - expected).max() < 2e-6 * 255
