"""What the window asks for and gets."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from convviz.core.geometry import Ramp
from convviz.core.specs import Activation, Chain, ConvSpec, PoolKind, PoolSpec, SpecProblem
from convviz.engine import compute as module
from convviz.engine.compute import MapQuery, Request, View, compute
from convviz.engine.evaluate import evaluate
from convviz.engine.shelf import live
from tests.engine.strategies import by_reference, close, filled, scale_of

PLANES = filled((30, 40, 3), 1).transpose(2, 0, 1)
CHAIN: Chain = (
    ConvSpec(np.random.default_rng(2).normal(size=(6, 1, 3, 3)), (1.0,), groups=3, padding="same"),
    Activation.RELU,
    PoolSpec(PoolKind.MAX),
    ConvSpec(np.random.default_rng(3).normal(size=(2, 6, 1, 1))),
)


def test_every_query_is_answered_in_order() -> None:
    far, near = View(Ramp(1, 3, 9), Ramp(0, 2, 20)), View(Ramp(4, 1, 5), Ramp(7, 1, 6))
    small = View(Ramp(2, 2, 6), Ramp(3, 1, 10))
    queries = (
        MapQuery("result", 4, (1,), small),
        MapQuery("after", 2, (5, 0), far),
        MapQuery("picture", 0, (0, 1, 2), near),
        MapQuery("before", 1, (0, 5), far),
        MapQuery("one more", 1, (3,), far),
        MapQuery("other place", 2, (2,), near),
        MapQuery("pooled", 3, (4, 4), small),
    )
    result = compute(Request(PLANES, CHAIN, queries))
    assert result.shapes == ((3, 30, 40), (6, 30, 40), (6, 30, 40), (6, 15, 20), (2, 15, 20))
    assert result.statistics is None
    assert result.seconds > 0
    assert [m.key for m in result.maps] == [q.key for q in queries]
    for query, answer in zip(queries, result.maps, strict=True):
        assert (answer.stage, answer.channels, answer.view) == (query.stage, query.channels, query.view)
        whole = by_reference(PLANES, CHAIN[: query.stage])
        view = query.view
        chosen = whole[np.ix_(np.array(query.channels), view.rows.positions, view.columns.positions)]
        assert close(answer.values, chosen, scale_of(PLANES, CHAIN)), query.key
        assert not answer.values.flags.writeable


@pytest.mark.parametrize("stage", range(5))
def test_statistics_of_any_stage(stage: int) -> None:
    result = compute(Request(PLANES, CHAIN, (), stage))
    whole = by_reference(PLANES, CHAIN[:stage])
    assert result.statistics is not None
    assert result.statistics.exact
    assert result.statistics.maximum == pytest.approx(whole.max(), rel=1e-5)
    assert result.statistics.mean == pytest.approx(whole.mean(), rel=1e-5)


def test_a_whole_result_is_not_computed_again_for_its_statistics(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(module, "statistics", refuse)
    query = MapQuery("all", 4, (0, 1), View.whole(15, 20))
    found = compute(Request(PLANES, CHAIN, (query,), 4)).statistics
    assert found is not None
    assert found.count == found.total_count == 600


def test_what_there_is_not_is_refused() -> None:
    view = View(Ramp(0, 1, 1), Ramp(0, 1, 1))
    for query in (MapQuery("", 5, (0,), view), MapQuery("", -1, (0,), view), MapQuery("", 4, (2,), view)):
        with pytest.raises(IndexError):
            compute(Request(PLANES, CHAIN, (query,)))
    with pytest.raises(SpecProblem):
        compute(Request(PLANES[:2], CHAIN))


def test_it_can_be_stopped() -> None:
    def stop() -> None:
        raise KeyError

    with pytest.raises(KeyError):
        compute(Request(PLANES, CHAIN, (), 4), stop)


def test_panes_that_look_at_nearly_the_same_are_computed_together(monkeypatch: pytest.MonkeyPatch) -> None:
    computed: list[tuple[Chain, Ramp, Ramp]] = []

    def counting(planes: NDArray[Any], chain: Chain, rows: Ramp, columns: Ramp, **rest: Any) -> NDArray[Any]:
        computed.append((chain, rows, columns))
        return evaluate(planes, chain, rows, columns, **rest)

    monkeypatch.setattr(module, "evaluate", counting)
    views = [View(Ramp(3, 2, 12), Ramp(2, 2, 15)), View(Ramp(3, 2, 13), Ramp(4, 2, 15))]
    small, elsewhere = View(Ramp(3, 2, 4), Ramp(2, 2, 15)), View(Ramp(4, 2, 12), Ramp(2, 2, 15))
    queries = (
        MapQuery("before", 1, (0, 4), views[0]),
        MapQuery("after", 2, (5,), views[1]),
        MapQuery("much less", 2, (1,), small),
        MapQuery("between", 1, (1,), elsewhere),
    )
    result = compute(Request(PLANES, CHAIN, queries))
    assert [call[1:] for call in computed] == [
        (Ramp(3, 2, 13), Ramp(2, 2, 16)),
        (small.rows, small.columns),
        (elsewhere.rows, elsewhere.columns),
    ]
    for query, answer in zip(queries, result.maps, strict=True):
        whole = by_reference(PLANES, CHAIN[: query.stage])
        rows, columns = query.view.rows.positions, query.view.columns.positions
        chosen = whole[np.ix_(np.array(query.channels), rows, columns)]
        assert close(answer.values, chosen, scale_of(PLANES, CHAIN)), query.key


def test_what_a_frame_read_is_at_rest_for_the_next() -> None:
    live.forget()
    query = MapQuery("map", 1, (0, 1, 2, 3, 4, 5), View(Ramp(0, 4, 7), Ramp(0, 4, 10)))
    compute(Request(PLANES, CHAIN, (query,)))
    taken = live.nbytes
    assert taken > 0
    other = (ConvSpec(-CHAIN[0].weights, groups=3, padding="same"),)  # type: ignore[union-attr]
    found = compute(Request(PLANES, other, (query,))).maps[0].values
    assert live.nbytes == taken
    expected = by_reference(PLANES, other)[:, query.view.rows.positions][:, :, query.view.columns.positions]
    assert close(found, expected, scale_of(PLANES, other))
    live.forget()
    assert live.nbytes == 0
