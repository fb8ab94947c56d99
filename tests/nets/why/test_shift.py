import numpy as np
import pytest
from torch import nn

from convviz.nets.why.shift import map_difference, shift
from tests.nets.small import Mixed, picture, seeded, trace_of


@pytest.mark.parametrize(("down", "right"), [(1, 0), (0, -2), (3, 5), (-4, 1)])
def test_convolutions_move_along_with_the_picture_away_from_the_border(down: int, right: int) -> None:
    module = seeded(
        nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.ReLU(inplace=True), nn.Conv2d(4, 4, 3, padding=1))
    )
    trace = trace_of(module, picture(3, 24, 20))
    found = shift(module, trace, down, right)
    assert [moved.cells for moved in found.layers] == [(down, right)] * 3
    for moved in found.layers:
        assert moved.whole
        assert moved.inside == pytest.approx(0, abs=1e-5)
        assert moved.inside_cells > 100
        # At the border there is padding on one side and an edge on the other.
        assert moved.overlap is not None
        assert moved.overlap > 0.01


def test_stride_and_pooling_end_it_unless_the_shift_is_a_multiple_of_their_steps() -> None:
    module = seeded(nn.Sequential(nn.Conv2d(3, 4, 3, 2, 1), nn.MaxPool2d(2), nn.Conv2d(4, 2, 1)))
    trace = trace_of(module, picture(3, 32, 32))
    whole = {by: [moved.whole for moved in shift(module, trace, by, 0).layers] for by in (1, 2, 4)}
    assert whole == {1: [False] * 3, 2: [True, False, False], 4: [True] * 3}
    for by, expected in whole.items():
        for moved, is_whole in zip(shift(module, trace, by, 0).layers, expected, strict=True):
            assert moved.inside is not None
            if is_whole:
                assert moved.inside == pytest.approx(0, abs=1e-5)
            else:
                assert moved.inside > 0.1


def test_no_shift_changes_nothing_anywhere() -> None:
    module = seeded(Mixed())
    trace = trace_of(module, picture())
    found = shift(module, trace, 0, 0)
    assert {moved.overlap for moved in found.layers} == {0}
    np.testing.assert_array_equal(found.input, trace.input)


def test_layers_that_see_everything_are_compared_where_their_cells_lie() -> None:
    module = seeded(Mixed())
    trace = trace_of(module, picture())
    moved = {trace.architecture.layers[at.layer].name: at for at in shift(module, trace, 2, 0).layers}
    gated, pooled = moved["mul"], moved["adaptive_avg_pool2d"]
    assert (gated.cells, gated.whole, gated.inside) == ((1, 0), True, None)
    assert gated.overlap is not None
    assert gated.overlap > 0
    # A pooled map does not move at all.
    assert pooled.cells == (2 / 16, 0)
    assert pooled.overlap is not None
    assert pooled.overlap < 1


def test_the_shifted_input_repeats_its_edge_and_the_maps_are_those_on_it() -> None:
    module = seeded(Mixed())
    trace = trace_of(module, picture())
    found = shift(module, trace, 2, -3)
    np.testing.assert_array_equal(found.input[:, 2:, :-3], trace.input[:, :-2, 3:])
    np.testing.assert_array_equal(found.input[:, 0], found.input[:, 2])
    again = trace_of(module, np.array(found.input))
    for index, maps in found.outputs.items():
        np.testing.assert_array_equal(maps, again.outputs[index])


def test_a_shift_beyond_the_picture_leaves_nothing_to_compare() -> None:
    module = seeded(nn.Sequential(nn.Conv2d(3, 4, 3)))
    found = shift(module, trace_of(module, picture()), 40, 0)
    assert [(moved.inside, moved.overlap, moved.inside_cells) for moved in found.layers] == [(None, None, 0)]


def test_the_difference_of_a_map_is_0_where_it_moved_along_and_nothing_where_it_came_in() -> None:
    module = seeded(nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.MaxPool2d(2)))
    trace = trace_of(module, picture(3, 16, 16))
    found = shift(module, trace, 2, -1)
    alike = map_difference(trace, found, 0, 3)
    # Two rows came in from above, one column from the right.
    assert np.isnan(alike[:2]).all()
    assert np.isnan(alike[:, -1]).all()
    np.testing.assert_allclose(alike[3:-1, 1:-2], 0, atol=1e-5)
    expected = found.outputs[1][3][1:] - trace.outputs[1][3][:-1]
    pooled = map_difference(trace, found, 1, 3)
    assert np.isnan(pooled[0]).all()
    # Half a cell to the left is none: compared at the nearest.
    moved = next(each for each in found.layers if each.layer == 1)
    assert moved.cells == (1, -0.5)
    np.testing.assert_array_equal(pooled[1:], expected)
    assert np.abs(pooled[1:]).max() > 0.01
