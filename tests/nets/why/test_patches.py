from typing import Any

import numpy as np
import pytest
from torch import nn

from convviz.core.geometry import Rect
from convviz.core.text import Problem, Sentence
from convviz.nets.records import Placement, Trace, Values
from convviz.nets.unit import field_of
from convviz.nets.why.patches import Gallery, look_through
from tests.nets.small import Mixed, picture, seeded, trace_of


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
    found = look_through(pictures, run, 9, lambda share, _: told.append(share))
    patches = found.patches(1, 0)
    assert [patch.picture for patch in patches] == [1, 2, 0]
    assert [patch.value for patch in patches] == [27, 18, 9]
    best = patches[0]
    assert best.index == (0, 4, 5)
    assert best.field == Rect(7, 9, 3, 3)
    assert best.photo == (114.0, 218.0, 6.0, 6.0)
    assert told == [0, 1 / 3, 2 / 3, 1]
    assert found.seen == 3
    assert found.refused == []


@pytest.mark.parametrize("most", [1, 4])
def test_of_every_map_of_every_layer_the_strongest_pictures_are_kept(most: int) -> None:
    module = seeded(Mixed()).eval()
    traces = [trace_of(module, picture(seed=seed)) for seed in range(7)]
    gallery = look_through(range(7), traces.__getitem__, most)
    for layer, values in enumerate(traces[0].outputs):
        maps = len(values)
        for number in range(maps):
            tops = [trace.outputs[layer][number].max() for trace in traces]
            found = gallery.patches(layer, number)
            assert [patch.value for patch in found] == sorted(map(float, tops), reverse=True)[:most]
            for patch in found:
                trace = traces[patch.picture]
                assert trace.outputs[layer][patch.index] == patch.value
                assert patch.field == field_of(trace, layer, patch.index)


def test_what_is_kept_does_not_grow_with_the_sizes_and_little_with_the_number_of_pictures() -> None:
    module = network()
    gallery = Gallery(4)
    for number in range(50):
        gallery.take(number, trace_of(module, spot(3, 5, float(number))))
    assert [patch.picture for patch in gallery.patches(1, 1)] == [49, 48, 47, 46]
    kept: list[Any] = [best.values.size for best in gallery._best]
    assert kept == [8, 8]


def test_of_pictures_alike_the_first_come_first() -> None:
    module = network()
    found = look_through([spot(3, 5, 1.0)] * 5, lambda p: trace_of(module, p), 3)
    assert [patch.picture for patch in found.patches(0, 0)] == [0, 1, 2]


def test_a_picture_that_cannot_be_looked_at_does_not_stop_the_others() -> None:
    module = network()

    def run(picture: Values) -> Trace:
        if picture.max() > 1:
            raise Problem("{name} is no picture.", name="b.png")
        return trace_of(module, picture)

    found = look_through([spot(3, 5, 1.0), spot(7, 9, 3.0)], run, 9)
    assert [patch.picture for patch in found.patches(0, 1)] == [0]
    assert [(number, str(why)) for number, why in found.refused] == [(1, "b.png is no picture.")]


def test_pictures_of_other_sizes_are_compared_and_other_maps_are_told_of() -> None:
    module = network()
    small = np.full((1, 6, 8), 2.0, np.float32)
    found = look_through([spot(3, 5, 1.0), small], lambda p: trace_of(module, p), 9)
    patches = found.patches(1, 0)
    assert [patch.picture for patch in patches] == [1, 0]
    assert patches[0].index == (0, 1, 1)
    flat = seeded(nn.Sequential(nn.Flatten()))
    found = look_through([spot(3, 5, 1.0), small], lambda p: trace_of(flat, p), 9)
    assert [number for number, _ in found.refused] == [1]
    assert "other maps" in str(found.refused[0][1])


def test_a_map_that_is_no_number_anywhere_has_no_patch() -> None:
    module = network()
    module.get_parameter("0.bias").data[1] = float("nan")
    found = look_through([spot(3, 5, 1.0)], lambda p: trace_of(module, p), 9)
    assert found.patches(0, 1) == ()
    assert len(found.patches(0, 0)) == 1


def test_nothing_was_looked_at_nothing_is_found() -> None:
    assert Gallery(9).patches(0, 0) == ()


def test_it_can_be_called_off_between_two_pictures() -> None:
    class EnoughError(Exception):
        pass

    def progress(share: float, text: Sentence | None = None) -> None:
        if share >= 0.5:
            raise EnoughError

    seen: list[Values] = []
    module = network()

    def run(picture: Values) -> Trace:
        seen.append(picture)
        return trace_of(module, picture)

    with pytest.raises(EnoughError):
        look_through([spot(3, 5, 1.0), spot(3, 5, 2.0)], run, 9, progress)
    assert len(seen) == 1
