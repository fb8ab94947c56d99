import time
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convviz.core import reference
from convviz.core.channels import ChannelMode, planes
from convviz.core.filters import FilterBank
from convviz.core.geometry import Rect, fed_rect
from convviz.core.picture import Picture, PictureKind
from convviz.core.specs import Activation, Chain, PaddingMode, PoolKind
from convviz.ui import explanation
from convviz.ui.arrangement import ColumnKind, columns
from convviz.ui.explanation import Marked, Outline, Pointer, pixel_reader
from convviz.ui.state import LayerSettings, Mix, State

RANDOM = np.random.default_rng(3)


@st.composite
def states(draw: st.DrawFn) -> State:
    pair = st.tuples(st.integers(1, 2), st.integers(1, 2))
    channels = draw(st.sampled_from([1, 3]))
    kernels = draw(st.sampled_from([1, channels]))
    filters = draw(st.integers(1, 2))
    size = draw(st.tuples(st.integers(6, 9), st.integers(6, 9)))
    values = RANDOM.integers(-9, 10, (*size, channels)).astype(np.float32)
    bank = FilterBank(
        RANDOM.integers(-3, 4, (filters, kernels, *draw(pair))).astype(float),
        ("",) * filters,
        tuple(float(b) for b in RANDOM.integers(-2, 3, filters)),
    )
    settings = LayerSettings(
        stride=draw(pair),
        dilation=draw(pair),
        padding=draw(st.sampled_from([(0, 0), (1, 2), "same"])),
        padding_mode=draw(st.sampled_from(PaddingMode)),
        activation=draw(st.sampled_from(Activation)),
        pool=draw(st.none() | st.sampled_from(PoolKind)),
        pool_size=(2, 1),
        pool_padding=(1, 0),
    )
    picture = Picture(values, "random", -9, 9, PictureKind.GRID)
    mix = draw(st.none() | st.just(Mix((2.0, -1.0), 0.5)))
    return State(picture, bank, settings, channel_mode=draw(st.sampled_from(ChannelMode)), mix=mix)


@given(states())
def test_every_cell_of_every_map_is_explained_exactly(state: State) -> None:
    shown = columns(state)
    pointer = Pointer(state, shown)
    source = planes(state.picture.values, state.channel_mode).astype(float)
    for column in shown:
        for place in column.maps:
            if column.kind is ColumnKind.INPUT:
                whole = source
            else:
                whole = reference.run(source, place.chain[: place.stage])
            for cell in [(0, 0), (place.shape[0] - 1, place.shape[1] - 1), (place.shape[0] // 2, 0)]:
                found = pointer.explain(place.key, cell)
                assert found.value == pytest.approx(whole[place.channel][cell], abs=1e-9)
                assert set(found.marks) <= {m.key for c in shown for m in c.maps}
                assert found.marks[place.key][0].outline is Outline.FOCUS


def grid(settings: LayerSettings) -> State:
    picture = Picture(np.arange(36, dtype=np.float32).reshape(6, 6, 1), "grid", 0, 35, PictureKind.GRID)
    return State(picture, FilterBank(np.ones((1, 1, 3, 3))), settings)


def test_an_output_cell_outlines_its_window() -> None:
    state = grid(LayerSettings(padding=(1, 1)))
    found = Pointer(state, columns(state)).explain("stage-1-0", (0, 2))
    assert [(m.cells, m.outline) for m in found.marks["input-0"]] == [(Rect(-1, 1, 3, 3), Outline.TAP)]


def test_dilation_outlines_every_tap() -> None:
    state = grid(LayerSettings(dilation=(2, 2)))
    found = Pointer(state, columns(state)).explain("stage-1-0", (0, 0))
    assert {m.cells for m in found.marks["input-0"]} == {Rect(y, x) for y in (0, 2, 4) for x in (0, 2, 4)}


def test_an_input_cell_outlines_what_it_feeds() -> None:
    state = grid(LayerSettings())
    found = Pointer(state, columns(state)).explain("input-0", (0, 1))
    assert found.fed == Rect(0, 0, 1, 2)
    assert [(m.cells, m.outline) for m in found.marks["stage-1-0"]] == [(Rect(0, 0, 1, 2), Outline.SOFT)]
    assert found.value == 1


def test_a_pooled_cell_leads_back_to_the_winner_and_its_pixels() -> None:
    state = grid(LayerSettings(pool=PoolKind.MAX))
    found = Pointer(state, columns(state)).explain("stage-2-0", (0, 0))
    assert [m.cells for m in found.marks["stage-1-0"] if m.outline is Outline.WINNER] == [Rect(1, 1)]
    assert [(m.cells, m.outline) for m in found.marks["input-0"]] == [
        (Rect(0, 0, 4, 4), Outline.SOFT),
        (Rect(1, 1, 3, 3), Outline.FOCUS),
    ]


def test_channels_on_their_own_do_not_outline_each_other() -> None:
    picture = Picture(np.zeros((6, 6, 3), np.uint8), "colour")
    state = State(picture, FilterBank(np.ones((1, 1, 3, 3))), channel_mode=ChannelMode.EACH)
    found = Pointer(state, columns(state)).explain("stage-1-1", (0, 0))
    assert set(found.marks) == {"stage-1-1", "input-1"}
    summed = replace(state, channel_mode=ChannelMode.SUM)
    found = Pointer(summed, columns(summed)).explain("stage-1-0", (0, 0))
    assert set(found.marks) >= {"input-0", "input-1", "input-2", "partial-0", "partial-1", "partial-2"}


class CountedReads(np.ndarray[tuple[int, ...], np.dtype[np.float32]]):
    """Values that say how many of them are read at a time."""

    read: ClassVar[list[int]] = []

    def __getitem__(self, index: Any) -> Any:
        found = super().__getitem__(index)
        if isinstance(index, tuple) and any(isinstance(part, np.ndarray) for part in index):
            self.read.append(found.size)
        return found


@pytest.mark.parametrize("mode", [ChannelMode.EACH, ChannelMode.SUM, ChannelMode.GREEN, ChannelMode.GREY])
def test_only_the_channel_that_is_asked_for_is_read(mode: ChannelMode) -> None:
    values = np.arange(300, dtype=np.float32).reshape(10, 10, 3)
    state = State(Picture(values, "p"), FilterBank(np.ones((1, 1, 3, 3))), channel_mode=mode)
    object.__setattr__(state.picture, "values", values.view(CountedReads))
    CountedReads.read.clear()
    rows, columns = np.array([2, 3]), np.array([4])
    found = pixel_reader(state)(0, rows, columns)
    np.testing.assert_array_equal(found, planes(values, mode)[0][np.ix_(rows, columns)])
    assert CountedReads.read == [6 if mode is ChannelMode.GREY else 2]


def test_pointing_at_the_input_of_many_filters_looks_once_per_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(chain: Chain, sizes: tuple[int, int], cell: tuple[int, int]) -> Rect | None:
        asked.append(len(chain))
        return fed_rect(chain, sizes, cell)

    monkeypatch.setattr(explanation, "fed_rect", counted)
    picture = Picture(np.zeros((4000, 6000, 3), np.uint8), "large")
    bank = FilterBank(np.ones((16, 1, 3, 3)), ("",) * 16, (0.0,) * 16)
    settings = LayerSettings(activation=Activation.RELU, pool=PoolKind.MAX)
    state = State(picture, bank, settings, channel_mode=ChannelMode.SUM)
    pointer = Pointer(state, columns(state))
    found = pointer.explain("input-1", (2000, 3000))
    assert sorted(asked) == [1, 1, 2, 3]
    assert found.marks["stage-3-15"] == [Marked(Rect(999, 1499, 2, 2), Outline.SOFT)]
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        pointer.explain("input-1", (2000, 3000))
        taken.append(time.perf_counter() - started)
    # 1 ms; 45 with a look at each of 6000 columns for every map.
    assert min(taken) < 0.02


def test_every_source_is_outlined_alike_and_kernels_are_none() -> None:
    picture = Picture(np.ones((6, 6, 3), np.float32), "grid", 0, 1, PictureKind.GRID)
    state = State(picture, FilterBank(np.ones((1, 3, 3, 3))), channel_mode=ChannelMode.SUM)
    shown = columns(state, kernels=True)
    found = Pointer(state, shown).explain("stage-1-0", (1, 2))
    for channel in range(3):
        assert found.marks[f"input-{channel}"] == [Marked(Rect(1, 2, 3, 3), Outline.TAP)]
    assert not any(key.startswith("kernel") for key in found.marks)
    fed = Pointer(state, shown).explain("input-0", (2, 2))
    assert not any(key.startswith("kernel") for key in fed.marks)
