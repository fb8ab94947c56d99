"""Statistics, exact where the result is small or there is time, estimated where not."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convviz.core.specs import Activation, ConvSpec
from convviz.engine import statistics as module
from convviz.engine.statistics import SAMPLE, sample_grid, statistics, summarise
from tests.engine.strategies import by_reference, filled

PLANES = filled((120, 90, 3), 1).transpose(2, 0, 1)
CHAIN = (ConvSpec(np.random.default_rng(2).integers(-3, 4, (3, 1, 3, 3)).astype(float), groups=3),)


def test_a_small_result_is_looked_at_altogether() -> None:
    whole = by_reference(PLANES, CHAIN)
    found = statistics(PLANES, CHAIN)
    assert (found.minimum, found.maximum) == (whole.min(), whole.max())
    assert found.mean == pytest.approx(whole.mean(), rel=1e-12)
    assert found.exact
    assert found.count == found.total_count == whole.size == found.histogram.sum()
    # A value on an edge may count on either side of it.
    expected = np.histogram(whole, found.edges)[0]
    assert (
        np.abs(np.cumsum(found.histogram) - np.cumsum(expected)).max()
        <= np.unique(whole, return_counts=True)[1].max()
    )


def test_values_are_counted_alike_where_nothing_was_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(9)
    for values in (rng.normal(size=(3, 40, 50)), rng.integers(-3, 4, (2, 30, 30)), np.full((1, 2, 2), 7)):
        shown = values.astype(np.float32).transpose(0, 2, 1)
        found = summarise(shown)
        with monkeypatch.context() as patch:
            patch.setattr(module, "library", lambda: None)
            assert np.array_equal(summarise(shown).histogram, found.histogram)
        assert found.histogram.sum() == shown.size


def test_a_large_one_is_sampled_evenly() -> None:
    whole = by_reference(PLANES, CHAIN)
    found = statistics(PLANES, CHAIN, limit=5000)
    assert not found.exact
    assert found.total_count == whole.size
    assert 2500 < found.count <= 5000 + 500
    assert found.histogram.sum() == found.count
    assert whole.min() <= found.minimum <= found.mean <= found.maximum <= whole.max()
    assert found.mean == pytest.approx(whole.mean(), abs=whole.std() / 10)


@pytest.mark.parametrize(
    "size", [(129, 127), (300, 451), (720, 1280), (1, 90_000), (70_000, 1), (4000, 6000)]
)
def test_a_sample_is_bounded_even_and_odd(size: tuple[int, int]) -> None:
    rows, columns = sample_grid(3, *size, SAMPLE)
    assert SAMPLE / 6 < 3 * rows.count * columns.count <= SAMPLE
    for ramp, length in zip((rows, columns), size, strict=True):
        assert ramp.step % 2 == 1
        before, after = ramp.start, length - 1 - int(ramp.positions[-1])
        assert 0 <= after - before <= 1
        assert after < ramp.step


def test_the_sample_follows_the_weights_and_the_picture() -> None:
    other = PLANES.copy()
    other[:] = 255 - other
    for values in (PLANES, other):
        for factor in (1.0, -2.0):
            chain = (ConvSpec(CHAIN[0].weights * factor, groups=3), Activation.RELU)
            for stage in (1, 2):
                whole = by_reference(values, chain[:stage])
                found = statistics(values, chain[:stage])
                assert (found.minimum, found.maximum) == (whole.min(), whole.max())


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=50), st.integers(-3, 3))
def test_whole_numbers_are_counted_above_the_edge_they_lie_on(values: list[int], power: int) -> None:
    array = np.array(values, np.float32) * np.float32(2.0**power)
    found = summarise(array)
    low, high = found.edges[0], found.edges[-1]
    # In whole numbers, because that is where rounding could put a value on the wrong side.
    places = [
        min(int((Fraction(float(v)) - Fraction(low)) * 256 / (Fraction(high) - Fraction(low))), 255)
        for v in array
    ]
    assert found.histogram.tolist() == np.bincount(places, minlength=256).tolist()


@given(st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=30))
def test_every_value_is_counted_once(values: list[float]) -> None:
    array = np.array(values, np.float32)
    found = summarise(array)
    assert found.histogram.sum() == len(values)
    assert len(found.edges) == len(found.histogram) + 1 == 257
    assert found.edges[0] <= found.minimum <= found.mean <= found.maximum <= found.edges[-1]


def test_equal_values_fall_into_the_middle() -> None:
    found = summarise(np.full((2, 2), 7, np.float32))
    assert (found.edges[0], found.edges[-1]) == (6.5, 7.5)
    assert found.histogram[128] == 4
