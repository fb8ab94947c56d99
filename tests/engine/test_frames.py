"""One look at the window: what cannot be shown, what can be stopped, and what is remembered."""

from collections.abc import Iterator

import numpy as np
import pytest

from convviz.core.channels import ChannelMode
from convviz.core.picture import Picture, PictureKind
from convviz.core.specs import Activation, Chain, ConvSpec
from convviz.core.text import Problem
from convviz.engine.compute import View
from convviz.engine.frames import (
    FrameRequest,
    MapOrder,
    draw,
    forget,
    input_planes,
    remember_statistics,
    result_statistics,
)
from convviz.engine.render import Display
from convviz.engine.shelf import live
from convviz.engine.statistics import summarise
from convviz.engine.whole import whole_statistics

CONV = ConvSpec(np.array([[[[1.0, -1.0]]]]))


class _Stopped(Exception):  # noqa: N818 - it is no error
    pass


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    forget()


def picture(value: float = 0.0, side: int = 8) -> Picture:
    values = np.random.default_rng(0).normal(0, 1, (side, side, 1)).astype(np.float32)
    values[side // 2, side // 2] += np.float32(value)
    return Picture(values, "random", -4, 4, PictureKind.GRID)


def request(shown: Picture, chain: Chain) -> FrameRequest:
    view = View.whole(shown.height, shown.width - 1)
    order = MapOrder("map", chain, 1, (0,), view, Display.SIGNED)
    return FrameRequest(shown, ChannelMode.GREY, (order,), chain)


def test_a_frame_has_the_values_their_colours_and_their_statistics() -> None:
    frame = draw(request(picture(), (CONV,)))
    values = picture().values[..., 0]
    np.testing.assert_allclose(frame.maps["map"].values[0], values[:, :-1] - values[:, 1:], atol=1e-6)
    assert frame.maps["map"].pixels.shape == (8, 7)
    assert frame.statistics is not None
    assert frame.statistics.exact


@pytest.mark.parametrize("weight", [1e30, -1e30])
def test_what_overflows_is_told_as_on_the_command_line(weight: float) -> None:
    chain = (ConvSpec(np.full((1, 1, 1, 2), weight)),)
    with pytest.raises(Problem, match="too large for 32-bit numbers"):
        draw(request(picture(1e20), chain))
    # Only the whole result knows: what is shown and sampled lies elsewhere.
    with pytest.raises(Problem, match="too large for 32-bit numbers"):
        whole_statistics(input_planes(picture(1e20), ChannelMode.GREY), chain)


def test_infinity_less_infinity_is_told_too() -> None:
    chain = (ConvSpec(np.array([[[[1e30, -1e30]]]])), Activation.ABS)
    with pytest.raises(Problem, match="too large for 32-bit numbers"):
        draw(request(Picture(np.full((4, 4, 1), 1e20, np.float32), "high", 0, 1, PictureKind.GRID), chain))


def test_measuring_can_be_stopped_and_is_not_kept_half_done() -> None:
    shown = picture()
    asked = 0

    def check() -> None:
        nonlocal asked
        asked += 1
        raise _Stopped

    with pytest.raises(_Stopped):
        result_statistics(shown, ChannelMode.GREY, (CONV,), check)
    assert asked == 1
    assert result_statistics(shown, ChannelMode.GREY, (CONV,)).count == 56


def test_exact_statistics_are_used_once_they_are_known() -> None:
    shown = picture()
    whole = summarise(np.array([-90.0, 90.0], np.float32))
    before = draw(request(shown, (CONV,)))
    assert before.maps["map"].high < 90
    remember_statistics(shown, ChannelMode.GREY, (ConvSpec(CONV.weights),), whole)
    after = draw(request(shown, (CONV,)))
    assert after.statistics is whole
    assert (after.maps["map"].low, after.maps["map"].high) == (-90, 90)
    forget()
    assert draw(request(shown, (CONV,))).statistics is not whole


def test_forgetting_lets_go_of_what_edits_are_computed_from() -> None:
    draw(request(picture(), (CONV,)))
    assert live.nbytes > 0
    forget()
    assert live.nbytes == 0
