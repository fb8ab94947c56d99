"""What a frame becomes at rest: the mean colours of all cells in view, and exact statistics."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from convviz.core.channels import ChannelMode
from convviz.core.geometry import Ramp
from convviz.core.picture import Picture, PictureKind
from convviz.core.specs import Activation, Chain, ConvSpec, PoolKind, PoolSpec, stage_shapes
from convviz.core.text import Problem
from convviz.engine import bands as bands_module
from convviz.engine.compute import View
from convviz.engine.evaluate import evaluate, run
from convviz.engine.frames import (
    Frame,
    FrameRequest,
    MapFrame,
    MapOrder,
    draw,
    forget,
    input_planes,
    remember_statistics,
)
from convviz.engine.render import Display, Pixels, render
from convviz.engine.settle import Rest, average, is_averaged, is_exact, measure, merged
from convviz.engine.statistics import Statistics, statistics, summarise
from tests.engine.strategies import chains, planes, ramps, shapes

EDGES = ConvSpec(np.array([[[[1.0, 0, -1], [2, 0, -2], [1, 0, -1]]]]), padding="same")
CHAIN: Chain = (EDGES, Activation.RELU, PoolSpec(PoolKind.MAX, (2, 2)))


class _Stopped(Exception):  # noqa: N818 - it is no error
    pass


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    forget()


def levels(pixels: Pixels) -> NDArray[np.float64]:
    """Return red, green and blue along a new last axis."""
    return np.stack([pixels >> shift & 255 for shift in (16, 8, 0)], axis=-1).astype(np.float64)


def full_size_seen_from_afar(frame: Frame, order: MapOrder, maps: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the means over blocks of a rendering of every cell of the map."""
    shown = frame.maps[order.key]
    cells = levels(render(maps[order.channels[0]], order.display, shown.low, shown.high))
    rows, columns = order.view.rows, order.view.columns
    return np.array(
        [
            [cells[y : y + rows.step, x : x + columns.step].mean(axis=(0, 1)) for x in columns.positions]
            for y in rows.positions
        ]
    )


def photograph(side: int = 120, channels: int = 1) -> Picture:
    values = np.random.default_rng(0).integers(0, 256, (side, side, channels), dtype=np.uint8)
    return Picture(values, "random")


def fitted(shape: tuple[int, int], step: int) -> View:
    return View(*(Ramp(0, step, -(-size // step)) for size in shape))


def request(picture: Picture, step: int = 4, display: Display = Display.SIGNED) -> FrameRequest:
    found = stage_shapes(CHAIN, (1, picture.height, picture.width))
    steps = {1: step, 2: step, 3: max(1, step // 2)}
    orders = tuple(
        MapOrder(f"stage-{n}", CHAIN, n, (0,), fitted(found[n][1:], steps[n]), display) for n in (1, 2, 3)
    )
    return FrameRequest(picture, ChannelMode.GREY, orders, CHAIN)


def sampled(picture: Picture, mode: ChannelMode = ChannelMode.GREY) -> Statistics:
    """Have the result of the chain looked at in a few places only, as if it were too large."""
    found = statistics(input_planes(picture, mode), CHAIN, limit=400)
    assert not found.exact
    remember_statistics(picture, mode, CHAIN, found)
    return found


@given(st.data())
def test_the_picture_is_a_full_size_rendering_seen_from_afar(data: st.DataObject) -> None:
    shape = data.draw(shapes())
    source = data.draw(planes(shape))
    chain = data.draw(chains(shape).filter(bool))
    stages = stage_shapes(chain, shape)
    display = data.draw(st.sampled_from(Display))
    orders: list[MapOrder] = []
    for stage in data.draw(st.sets(st.integers(1, len(chain)), min_size=1)):
        view = View(data.draw(ramps(stages[stage][1])), data.draw(ramps(stages[stage][2])))
        chosen = data.draw(st.sets(st.integers(0, stages[stage][0] - 1), min_size=1))
        orders += [MapOrder(f"{stage}-{c}", chain, stage, (c,), view, display) for c in chosen]
    picture = Picture(np.ascontiguousarray(source.transpose(1, 2, 0)), "random", 0, 255, PictureKind.PHOTO)
    asked = FrameRequest(picture, ChannelMode.EACH, tuple(orders), chain)
    frame = draw(asked)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bands_module, "_BAND", data.draw(st.integers(1, 300)))
        found = average(Rest(frame)).frame
    assert is_averaged(found)
    for order in orders:
        shown, before = found.maps[order.key], frame.maps[order.key]
        assert shown.values is before.values
        assert (shown.view, shown.low, shown.high) == (before.view, before.low, before.high)
        reduced = max(order.view.rows.step, order.view.columns.step) > 1
        assert shown.averaged == reduced
        if not reduced:
            assert shown is before
            continue
        expected = full_size_seen_from_afar(frame, order, run(source, chain[: order.stage]))
        assert np.abs(levels(shown.pixels) - np.rint(expected)).max() <= 1


@pytest.mark.parametrize("shift", range(12))
@pytest.mark.parametrize("upright", [True, False])
def test_a_line_of_one_pixel_is_seen_wherever_it_lies(shift: int, upright: bool) -> None:
    values = np.full((2400, 2400, 1), 128, np.uint8)
    values[:, 1000 + shift] = 255
    edges = np.array([[[[1.0, 0, -1]]]])
    if not upright:
        values, edges = values.transpose(1, 0, 2).copy(), edges.swapaxes(2, 3)
    chain = (ConvSpec(edges, padding="same"),)
    view = fitted((2400, 2400), 8)
    order = MapOrder("map", chain, 1, (0,), view, Display.SIGNED)
    picture = Picture(values, "line")
    # The colours end at the line's values; what the border of zeros makes of the rim is another matter.
    remember_statistics(picture, ChannelMode.GREY, chain, summarise(np.array([-127, 127], np.float32)))
    frame = draw(FrameRequest(picture, ChannelMode.GREY, (order,), chain))
    pixels = levels(average(Rest(frame)).frame.maps["map"].pixels)
    lines = pixels if upright else pixels.swapaxes(0, 1)
    darkest = (255 - lines).max(axis=2)[2:-2, 2:-2]
    seen = np.flatnonzero((darkest > 20).all(axis=0)) + 2
    assert set(seen) == {(999 + shift) // 8, (1001 + shift) // 8}
    assert (np.delete(darkest, seen - 2, axis=1) == 0).all()


def test_extremes_are_found_on_the_way_and_the_statistics_are_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bands_module, "_BAND", 900)
    picture = photograph()
    sampled(picture)
    shares: list[float] = []
    rest = average(Rest(draw(request(picture))), progress=shares.append)
    assert rest.extremes is not None
    assert not is_exact(rest.frame)
    assert rest.done == shares[-1] == 0.5
    exact = measure(rest, progress=shares.append).statistics
    whole = summarise(run(input_planes(picture, ChannelMode.GREY), CHAIN))
    assert exact is not None
    assert exact.exact
    assert (exact.minimum, exact.maximum, exact.count) == (whole.minimum, whole.maximum, whole.count)
    assert exact.mean == pytest.approx(whole.mean, rel=1e-12)
    assert np.array_equal(exact.histogram, whole.histogram)
    assert np.array_equal(exact.edges, whole.edges)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len(shares) > 20


def test_a_part_in_view_is_averaged_by_itself() -> None:
    picture = photograph()
    sampled(picture)
    view = View(Ramp(20, 4, 5), Ramp(12, 4, 7))
    order = MapOrder("map", CHAIN, 1, (0,), view, Display.SIGNED)
    shares: list[float] = []
    frame = draw(FrameRequest(picture, ChannelMode.GREY, (order,), CHAIN))
    rest = average(Rest(frame), progress=shares.append)
    assert rest.extremes is None
    found = measure(rest, progress=shares.append)
    assert found.maps["map"] is rest.frame.maps["map"]
    assert found.statistics is not None
    assert found.statistics.exact
    assert shares == sorted(shares)
    assert shares[0] == pytest.approx(1 / 3)
    assert shares[-1] == 1


def test_with_exact_statistics_only_what_is_in_view_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = photograph()
    computed: list[Ramp] = []

    def spy(planes: NDArray[Any], ops: Chain, rows: Ramp, columns: Ramp, **more: Any) -> NDArray[np.float32]:
        computed.append(rows)
        return evaluate(planes, ops, rows, columns, **more)

    monkeypatch.setattr(bands_module, "evaluate", spy)
    order = MapOrder("map", CHAIN, 1, (0,), View(Ramp(20, 4, 5), Ramp(0, 4, 30)), Display.SIGNED)
    frame = draw(FrameRequest(picture, ChannelMode.GREY, (order,), CHAIN))
    rest = average(Rest(frame))
    assert (rest.extremes, rest.done) == (None, 1)
    assert sum(rows.count for rows in computed) == 20
    computed.clear()
    assert average(rest).frame.maps == rest.frame.maps
    assert computed == []


def outlier() -> Picture:
    """Return a picture whose result has an extreme value that no sample meets."""
    values = np.random.default_rng(0).integers(0, 20, (300, 300, 1)).astype(np.uint8)
    values[151, 152] = 255
    return Picture(values, "outlier")


def test_signed_colours_do_not_jump_at_rest() -> None:
    picture = outlier()
    remember_statistics(
        picture,
        ChannelMode.GREY,
        CHAIN,
        statistics(input_planes(picture, ChannelMode.GREY), CHAIN, limit=8000),
    )
    asked = request(picture)
    frame = draw(asked)
    rest = average(Rest(frame))
    found = measure(rest)
    assert found.statistics is not None
    assert frame.statistics is not None
    assert found.statistics.maximum > 1.5 * frame.statistics.maximum
    assert found.maps == rest.frame.maps
    remember_statistics(picture, ChannelMode.GREY, CHAIN, found.statistics)
    after = draw(asked)
    for key, shown in frame.maps.items():
        assert (after.maps[key].low, after.maps[key].high) == (shown.low, shown.high)


@pytest.mark.parametrize("step", [2, 4])
@pytest.mark.parametrize("display", [Display.STRETCH, Display.ABSOLUTE])
def test_what_ends_at_the_extremes_ends_at_the_exact_ones(display: Display, step: int) -> None:
    picture = outlier()
    sample = sampled(picture)
    asked = request(picture, step, display)
    found = measure(average(Rest(draw(asked))))
    exact = found.statistics
    assert exact is not None
    assert exact.maximum > sample.maximum
    shown = found.maps["stage-3"]
    assert (shown.low, shown.high) == (exact.minimum, exact.maximum)
    assert is_averaged(found)
    maps = run(input_planes(picture, ChannelMode.GREY), CHAIN)
    expected = full_size_seen_from_afar(found, asked.maps[2], maps)
    assert np.abs(levels(shown.pixels) - np.rint(expected)).max() <= 1
    remember_statistics(picture, ChannelMode.GREY, CHAIN, exact)
    assert merged(draw(asked), found).maps["stage-3"].averaged == (step > 2)


def test_samples_do_not_take_the_place_of_means() -> None:
    picture = photograph()
    frame = draw(request(picture))
    rested = average(Rest(frame)).frame
    again = draw(request(picture))
    assert merged(again, rested).maps == rested.maps
    for other in (request(picture, 8), request(picture, 4, Display.CLIP)):
        drawn = draw(other)
        assert merged(drawn, rested).maps == drawn.maps


def test_estimates_do_not_take_the_place_of_exact_statistics() -> None:
    picture = photograph()
    sampled(picture)
    drawn = draw(request(picture))
    rest = average(Rest(drawn))
    assert merged(drawn, rest.frame).statistics is drawn.statistics
    exact = measure(rest)
    assert merged(drawn, exact).statistics is exact.statistics
    other = draw(replace(request(picture), measured=CHAIN[:1]))
    assert merged(other, exact).statistics is other.statistics


@pytest.mark.parametrize("after", [0, 1, 5])
def test_it_can_be_stopped_soon(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    monkeypatch.setattr(bands_module, "_BAND", 900)
    picture = photograph()
    sampled(picture)
    frame, asked = draw(request(picture)), 0

    def check() -> None:
        nonlocal asked
        asked += 1
        if asked > after:
            raise _Stopped

    with pytest.raises(_Stopped):
        average(Rest(frame), check=check)
    asked = 0
    with pytest.raises(_Stopped):
        measure(Rest(frame), check=check)
    assert not any(isinstance(m, MapFrame) and m.averaged for m in frame.maps.values())


def test_what_overflows_between_the_samples_is_told() -> None:
    values = np.zeros((64, 64, 1), np.float32)
    values[33, 33] = 1e20
    picture = Picture(values, "high", 0, 1, PictureKind.GRID)
    chain = (ConvSpec(np.array([[[[1e30]]]])),)
    remember_statistics(picture, ChannelMode.GREY, chain, summarise(np.zeros(4, np.float32), 4096))
    order = MapOrder("map", chain, 1, (0,), fitted((64, 64), 4), Display.SIGNED)
    frame = draw(FrameRequest(picture, ChannelMode.GREY, (order,), chain))
    with pytest.raises(Problem, match="too large for 32-bit numbers"):
        average(Rest(frame))
    with pytest.raises(Problem, match="too large for 32-bit numbers"):
        measure(Rest(frame))


def test_nothing_measured_cannot_be_measured() -> None:
    picture = photograph()
    frame = draw(replace(request(picture), measured=None))
    assert is_exact(frame)
    with pytest.raises(ValueError, match="nothing"):
        measure(Rest(frame))
