"""Statistics, exact where the result is small or there is time, estimated where not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convviz.core.specs import ConvSpec
from convviz.engine import statistics as module
from convviz.engine.statistics import Statistics, statistics, summarise, whole_statistics
from tests.engine.strategies import by_reference, filled

PLANES = filled((120, 90, 3), 1).transpose(2, 0, 1)
CHAIN = (ConvSpec(np.random.default_rng(2).integers(-3, 4, (3, 1, 3, 3)).astype(float), groups=3),)


def _same(found: Statistics, expected: Statistics) -> bool:
    return (
        (found.minimum, found.maximum, found.count, found.total_count, found.exact)
        == (expected.minimum, expected.maximum, expected.count, expected.total_count, expected.exact)
        and found.mean == pytest.approx(expected.mean, rel=1e-12)
        and np.array_equal(found.histogram, expected.histogram)
        and np.array_equal(found.edges, expected.edges)
    )


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


def test_a_large_one_is_sampled_evenly() -> None:
    whole = by_reference(PLANES, CHAIN)
    found = statistics(PLANES, CHAIN, limit=5000)
    assert not found.exact
    assert found.total_count == whole.size
    assert 2500 < found.count <= 5000 + 500
    assert found.histogram.sum() == found.count
    assert whole.min() <= found.minimum <= found.mean <= found.maximum <= whole.max()
    assert found.mean == pytest.approx(whole.mean(), abs=whole.std() / 10)


def test_the_whole_in_bands_is_the_whole_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BAND", 3000)
    heard: list[float] = []
    found = whole_statistics(PLANES, CHAIN, progress=heard.append)
    assert _same(found, statistics(PLANES, CHAIN))
    assert heard == sorted(heard)
    assert len(heard) > 10
    assert heard[-1] == 1


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
