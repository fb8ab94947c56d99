"""The statistics of a whole result, taken in bands."""

import numpy as np
import pytest

from convviz.core.specs import ConvSpec
from convviz.engine import bands as module
from convviz.engine.statistics import Statistics, statistics
from convviz.engine.whole import whole_statistics
from tests.engine.strategies import filled

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


def test_the_whole_in_bands_is_the_whole_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BAND", 3000)
    heard: list[float] = []
    found = whole_statistics(PLANES, CHAIN, progress=heard.append)
    assert _same(found, statistics(PLANES, CHAIN))
    assert heard == sorted(heard)
    assert len(heard) > 10
    assert heard[-1] == 1
