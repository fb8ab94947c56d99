"""The worked examples of the lectures, by reference and by both engines."""

import numpy as np
import pytest
from numpy.typing import NDArray

from convviz.core import reference
from convviz.core.specs import Activation, Chain, ConvSpec, PoolKind, PoolSpec
from convviz.engine.evaluate import run
from tests.engine.strategies import BACKENDS

Numbers = NDArray[np.float32]


def _rows(*maps: str) -> Numbers:
    """Return the maps written as rows separated by slashes."""
    return np.array(
        [[[float(v) for v in row.split()] for row in text.split("/")] for text in maps], np.float32
    )


def _kernel(*filters: str, **settings: object) -> ConvSpec:
    """Return a convolution of filters with one kernel each."""
    return ConvSpec(_rows(*filters)[:, np.newaxis].astype(np.float64), **settings)  # type: ignore[arg-type]


SIX = _rows("3 3 5 1 2 3/3 4 0 1 4 5/5 1 2 3 2 0/5 0 4 5 2 1/3 4 3 1 0 2/2 0 4 3 5 1")
FIVE = _rows("3 3 2 1 0/0 0 1 3 1/3 1 2 2 3/2 0 0 2 2/2 0 0 0 1")
EDGE = _rows("/".join(["2 2 2 0 0 0"] * 6))
FOUR = _rows("4 4 3 2/2 3 4 4/1 1 3 2/1 2 2 2")
BITS = _rows("0 1 0 1 0/0 0 1 0 0/1 1 0 1 1/1 1 1 1 1/0 1 1 1 0")
COLOUR = _rows(
    "1 0 1 0 2/1 1 3 2 1/1 1 0 1 1/2 3 2 1 3/0 2 0 1 0",
    "1 0 0 1 0/2 0 1 2 0/3 1 1 3 0/0 3 0 3 2/1 0 3 2 1",
    "2 0 1 2 1/3 3 1 3 2/2 1 1 1 0/3 1 3 2 0/1 1 2 1 1",
)
POOLED = _rows("2 -4 2 2/0 1 0 -1/2 1 0 2/5 -3 1 4")
OTHER = _rows("4 3 1 5/1 3 4 8/4 5 4 3/6 5 9 4")
STEP = "0 1 0/-1 2 -1/0 1 0"
PER_CHANNEL = _rows("0 1 0/0 0 2/0 1 0", "2 1 0/0 0 0/0 3 0", "1 0 0/1 0 0/0 0 2")
SUMMED = ConvSpec(PER_CHANNEL[np.newaxis].astype(np.float64))
FILTERS = _kernel("1 0 0/0 1 0/0 0 1", "1 1 1/1 1 1/1 1 1", "0 0 1/0 1 0/1 0 0")
MAPS = _rows("0 3 1/2 1 3/3 3 1", "4 5 4/6 6 6/7 8 7", "1 3 0/3 1 2/1 3 3")
LAYER = ConvSpec(np.array([1.0, -1.0, 1.0]).reshape(1, 3, 1, 1))
COMBINED = _rows("-3 1 -3/-1 -4 -1/-3 -2 -3")
PAIR: Chain = (_kernel("1 1", bias=(-1.0,)), Activation.RELU)


EXAMPLES: dict[str, tuple[Numbers, Chain, Numbers]] = {
    "conv-step": (SIX, (_kernel(STEP),), _rows("9 2 2 6/-1 4 8 7/-4 8 8 0/2 9 7 4")),
    "conv-5x5": (FIVE, (_kernel("0 1 2/2 2 0/0 1 2"),), _rows("12 12 17/10 17 19/9 6 14")),
    "vertical-edge": (EDGE, (_kernel("1 0 -1/1 0 -1/1 0 -1"),), _rows("/".join(["0 6 6 0"] * 4))),
    "stride-2": (SIX, (_kernel(STEP, stride=(2, 2)),), _rows("9 2/-4 8")),
    "shrink": (FOUR, (_kernel(STEP),), _rows("5 7/3 9")),
    "padding-1": (FOUR, (_kernel(STEP, padding=(1, 1)),), _rows("6 4 4 5/6 5 7 8/4 3 9 7/1 2 3 4")),
    "multi-channel": (COLOUR, (SUMMED,), _rows("19 13 15/28 16 20/23 18 25")),
    "partial results": (
        COLOUR,
        (ConvSpec(PER_CHANNEL[:, np.newaxis].astype(np.float64), groups=3),),
        _rows("7 5 3/4 7 5/7 2 8", "5 3 10/13 1 13/7 12 11", "7 5 2/11 8 2/9 4 6"),
    ),
    "three-filters": (BITS, (FILTERS,), MAPS),
    "one-by-one": (MAPS, (LAYER,), COMBINED),
    "both layers": (BITS, (FILTERS, LAYER), COMBINED),
    "composed-kernel": (BITS, (_kernel("0 -1 0/-1 1 -1/0 -1 0"),), COMBINED),
    "count-11-1": (_rows("0 1 1/0 0 1"), PAIR, _rows("0 1/0 0")),
    "count-11-2": (_rows("1 1 0/0 1 1"), PAIR, _rows("1 0/0 1")),
    "count-11-3": (_rows("1 0 1/0 1 0"), PAIR, _rows("0 0/0 0")),
    "count-11-4": (_rows("1 1 1/1 1 1"), PAIR, _rows("1 1/1 1")),
    "max-pool-3": (SIX, (PoolSpec(PoolKind.MAX, (3, 3)),), _rows("5 5/5 5")),
    "max-pool-2": (POOLED, (PoolSpec(PoolKind.MAX),), _rows("2 2/5 4")),
    "avg-pool-2": (POOLED, (PoolSpec(PoolKind.AVG),), _rows("-0.25 0.75/1.25 1.75")),
    "max-pool-2b": (OTHER, (PoolSpec(PoolKind.MAX),), _rows("4 8/6 9")),
    "min-pool-2b": (OTHER, (PoolSpec(PoolKind.MIN),), _rows("1 1/4 3")),
    "avg-pool-2b": (OTHER, (PoolSpec(PoolKind.AVG),), _rows("2.75 4.5/5 5")),
}


@pytest.mark.parametrize("name", list(EXAMPLES))
def test_by_reference(name: str) -> None:
    values, chain, expected = EXAMPLES[name]
    assert np.array_equal(reference.run(values.astype(np.float64), chain), expected)


@pytest.mark.parametrize("backend", list(BACKENDS))
@pytest.mark.parametrize("name", list(EXAMPLES))
def test_by_the_engine(name: str, backend: str) -> None:
    values, chain, expected = EXAMPLES[name]
    assert np.array_equal(run(values, chain, backend=BACKENDS[backend]), expected)
