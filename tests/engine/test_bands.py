"""Several stages of a chain, band by band, are what each of them is by itself."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from convviz.core.geometry import Ramp, Rect
from convviz.core.specs import Activation, Chain, ConvSpec, PoolKind, PoolSpec, stage_shapes
from convviz.engine import bands as module
from convviz.engine.bands import Band, bands
from convviz.engine.evaluate import evaluate, run
from tests.engine.strategies import Values, chains, close, filled, planes, scale_of, shapes

CHAIN: Chain = (
    ConvSpec(np.ones((3, 1, 3, 3)), groups=3, padding="same"),
    Activation.RELU,
    PoolSpec(PoolKind.MAX, (3, 3), (2, 2), (1, 1)),
)


def put_together(found: list[Band], stage: int, region: Rect, channels: int) -> Values:
    """Return the cells of ``region`` of a stage: NaN where none came; one that comes twice is an error."""
    out = np.full((channels, region.height, region.width), np.nan)
    for band in found:
        for block in band.blocks:
            if block.stage == stage and block.values.shape[1]:
                part = out[:, block.top - region.top :][:, : block.values.shape[1]]
                assert np.isnan(part).all()
                assert block.left == region.left
                part[:] = block.values
    return out


@st.composite
def regions(draw: st.DrawFn, height: int, width: int) -> Rect:
    top, left = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
    return Rect(top, left, draw(st.integers(1, height - top)), draw(st.integers(1, width - left)))


@given(st.data())
def test_every_cell_comes_once_and_is_right(data: st.DataObject) -> None:
    shape = data.draw(shapes())
    values, chain = data.draw(planes(shape)), data.draw(chains(shape))
    stages = stage_shapes(chain, shape)
    looked_at = data.draw(st.sets(st.integers(0, len(chain)), min_size=1))
    wanted = {stage: data.draw(regions(*stages[stage][1:])) for stage in looked_at}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_BAND", data.draw(st.integers(1, 300)))
        found = list(bands(values, chain, wanted))
    shares = [band.share for band in found]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    for stage, region in wanted.items():
        rows, columns = Ramp(region.top, 1, region.height), Ramp(region.left, 1, region.width)
        expected = evaluate(values, chain[:stage], rows, columns)
        got = put_together(found, stage, region, stages[stage][0])
        assert close(got, expected, scale_of(values, chain[:stage]))


def test_a_stage_is_computed_from_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    source = filled((60, 50, 3), 1).transpose(2, 0, 1)
    shapes_of = stage_shapes(CHAIN, (3, 60, 50))
    wanted = {n: Rect(0, 0, *shapes_of[n][1:]) for n in (1, 2, 3)}
    convolved = []

    def spy(planes: NDArray[Any], ops: Chain, rows: Ramp, columns: Ramp, **more: Any) -> NDArray[np.float32]:
        if any(isinstance(op, ConvSpec) for op in ops):
            convolved.append(rows)
        return evaluate(planes, ops, rows, columns, **more)

    monkeypatch.setattr(module, "evaluate", spy)
    monkeypatch.setattr(module, "_BAND", 500)
    found = list(bands(source, CHAIN, wanted))
    assert len(found) > 10
    assert len(convolved) == len(found)
    # The pooling's windows overlap: a row or two of each band are computed twice.
    assert sum(rows.count for rows in convolved) <= 60 + 2 * len(found)
    for stage, region in wanted.items():
        assert np.array_equal(put_together(found, stage, region, 3), run(source, CHAIN[:stage]))


def test_it_can_be_stopped_at_every_band(monkeypatch: pytest.MonkeyPatch) -> None:
    source = filled((60, 50, 3), 1).transpose(2, 0, 1)
    monkeypatch.setattr(module, "_BAND", 500)
    asked: list[str] = []
    found = bands(source, CHAIN, {3: Rect(0, 0, 30, 25)}, check=lambda: asked.append("asked"))
    heard = [len(asked) for _ in found]
    assert len(heard) > 4
    assert heard == sorted(set(heard))
