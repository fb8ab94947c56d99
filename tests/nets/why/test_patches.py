import numpy as np
import pytest
from torch import nn

from convviz.core.geometry import Rect
from convviz.core.text import Problem
from convviz.nets.records import Placement, Trace, Values
from convviz.nets.why.patches import strongest_patches
from tests.nets.small import seeded, trace_of


def network() -> nn.Module:
    module = seeded(nn.Sequential(nn.Conv2d(1, 2, 3, 2, 1), nn.ReLU(inplace=True)))
    module.get_parameter("0.weight").data.fill_(1)
    module.get_parameter("0.bias").data.zero_()
    return module


def spot(y: int, x: int, value: float) -> Values:
    picture = np.zeros((1, 12, 16), np.float32)
    picture[0, y : y + 3, x : x + 3] = value
    return picture


def test_the_strongest_unit_of_each_picture_is_found_with_what_it_sees() -> None:
    module = network()

    def run(picture: Values) -> Trace:
        return trace_of(module, picture, Placement(100.0, 200.0, 2.0, 2.0))

    told: list[float] = []
    pictures = [spot(3, 5, 1.0), spot(7, 9, 3.0), spot(1, 1, 2.0)]
    found = strongest_patches(pictures, run, 1, 0, lambda share, _: told.append(share))
    assert [patch.picture for patch in found.patches] == [1, 2, 0]
    assert [patch.value for patch in found.patches] == [27, 18, 9]
    best = found.patches[0]
    assert best.index == (0, 4, 5)
    assert best.field == Rect(7, 9, 3, 3)
    assert best.photo == (114.0, 218.0, 6.0, 6.0)
    assert told == [0, 1 / 3, 2 / 3, 1]
    assert found.refused == ()


def test_a_picture_that_cannot_be_looked_at_does_not_stop_the_others() -> None:
    module = network()

    def run(picture: Values) -> Trace:
        if picture.max() > 1:
            raise Problem("{name} is no picture.", name="b.png")
        return trace_of(module, picture)

    found = strongest_patches([spot(3, 5, 1.0), spot(7, 9, 3.0)], run, 0, 1)
    assert [patch.picture for patch in found.patches] == [0]
    assert [(number, str(why)) for number, why in found.refused] == [(1, "b.png is no picture.")]


@pytest.mark.parametrize(("layer", "channel"), [(0, 2), (2, 0), (-1, 0)])
def test_a_map_that_is_not_there_is_said_for_each_picture(layer: int, channel: int) -> None:
    module = network()
    found = strongest_patches([spot(3, 5, 1.0)], lambda p: trace_of(module, p), layer, channel)
    assert found.patches == ()
    assert "no map" in str(found.refused[0][1])
