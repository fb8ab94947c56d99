"""Pictures made smaller are block means."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convviz.core.geometry import Ramp
from convviz.engine import reduce as module
from convviz.engine.compute import View
from convviz.engine.reduce import reduced
from tests.engine.strategies import ramps


@given(st.data())
def test_every_point_is_the_mean_of_its_block(data: st.DataObject) -> None:
    height, width, channels = (data.draw(st.integers(1, n)) for n in (14, 14, 4))
    rng = np.random.default_rng(data.draw(st.integers(0, 1000)))
    values = rng.integers(0, 256, (height, width, channels)).astype(
        data.draw(st.sampled_from([np.uint8, np.float32]))
    )
    view = View(data.draw(ramps(height)), data.draw(ramps(width)))
    small = reduced(values, view)
    assert small.dtype == values.dtype
    assert small.shape == (view.rows.count, view.columns.count, channels)
    for i, y in enumerate(view.rows.positions):
        for j, x in enumerate(view.columns.positions):
            block = values[y : y + view.rows.step, x : x + view.columns.step].astype(np.float64)
            # Pillow divides by multiplying with a rounded reciprocal: 305 / 3 may give 101.
            tolerance = 1 if values.dtype == np.uint8 else 1e-3
            assert np.abs(small[i, j] - block.mean(axis=(0, 1))).max() <= tolerance


def test_bands_leave_no_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(1).integers(0, 256, (101, 67, 3), dtype=np.uint8)
    view = View(Ramp(2, 4, 25), Ramp(1, 3, 22))
    whole = reduced(values, view)
    monkeypatch.setattr(module, "_BAND", 1)
    assert np.array_equal(reduced(values, view), whole)


def test_at_step_one_it_is_the_picture_itself() -> None:
    values = np.arange(60, dtype=np.uint8).reshape(4, 5, 3)
    part = reduced(values, View(Ramp(1, 1, 2), Ramp(0, 1, 5)))
    assert np.shares_memory(part, values)
    assert np.array_equal(part, values[1:3])


def test_positions_outside_are_refused() -> None:
    values = np.zeros((4, 4, 1), np.uint8)
    with pytest.raises(IndexError):
        reduced(values, View(Ramp(0, 2, 3), Ramp(0, 1, 4)))
