"""Lines are picked as an index would pick them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from convviz.engine import gather as module
from convviz.engine.gather import Lookup, gather, runs
from convviz.engine.sampling import phases


@given(st.lists(st.integers(-1, 9), max_size=100))
def test_runs_cover_each_line_that_has_a_source_once(lookup: list[int]) -> None:
    found = runs(np.array(lookup, np.int64))
    if found is None:
        assert len(lookup) > 2 * module._MOST_RUNS
        return
    rebuilt = np.full(len(lookup), -1)
    for run in found:
        assert (rebuilt[run.target] == -1).all()
        rebuilt[run.target] = np.arange(10)[run.source]
    assert rebuilt.tolist() == lookup


@given(st.data())
def test_gathering_is_indexing(data: st.DataObject) -> None:
    source = np.random.default_rng(1).normal(size=(10, 10, 10)).astype(np.float32)
    lookups = [
        np.array(data.draw(st.lists(st.integers(-1, 9), min_size=1, max_size=80)), np.int64) for _ in range(3)
    ]
    expected = source[np.ix_(*lookups)].copy()
    for axis, lookup in enumerate(lookups):
        np.moveaxis(expected, axis, 0)[lookup < 0] = 7
    assert np.array_equal(
        gather(source, (Lookup(lookups[0]), Lookup(lookups[1]), Lookup(lookups[2])), 7), expected
    )


def test_phases_are_evenly_spaced() -> None:
    assert len(phases(np.array([0, 1, 2, 3]))) == 1
    found = phases(np.array([0, 1, 8, 9, 16, 17]))
    assert [np.array([0, 1, 8, 9, 16, 17])[p].tolist() for p in found] == [[0, 8, 16], [1, 9, 17]]
    assert phases(np.array([0, 1, 5, 7, 20])) == [slice(None)]
