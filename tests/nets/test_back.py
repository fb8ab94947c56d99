import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convviz.core.geometry import Rect
from convviz.nets.back import input_cells, reached, reached_everywhere
from convviz.nets.records import INPUT, Architecture, Field, Kind, Placement, Window
from tests.nets.hand import Hand

windows = st.builds(
    Window,
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    st.tuples(st.integers(1, 3), st.integers(1, 3)),
    st.tuples(st.integers(0, 2), st.integers(0, 2)),
)


def network(slides: list[Window]) -> Hand:
    """Convolutions with positive weights: what is seen shows."""
    torch.manual_seed(0)
    hand = Hand((1, 17, 15))
    for window in slides:
        at = len(hand.layers) - 1
        weight = torch.rand(1, 1, *window.kernel) + 0.5
        out = F.conv2d(hand.value(at)[None], weight, None, window.stride, window.padding)
        hand.step(Kind.CONVOLUTION, "conv2d", out, (at,), window)
    return hand


def run(hand: Hand, slides: list[Window], picture: torch.Tensor) -> torch.Tensor:
    torch.manual_seed(0)
    for window in slides:
        weight = torch.rand(1, 1, *window.kernel) + 0.5
        picture = F.conv2d(picture, weight, None, window.stride, window.padding)
    return picture


@given(st.lists(windows, min_size=1, max_size=2), st.integers(0, 16), st.integers(0, 14))
@settings(deadline=None, max_examples=80)
def test_the_units_that_see_a_pixel_are_those_that_change_with_it(
    slides: list[Window], y: int, x: int
) -> None:
    hand = network(slides)
    changed = hand.input.clone()[None]
    changed[0, 0, y, x] += 1000
    moved = (run(hand, slides, changed)[0, 0] - hand.outputs[-1][0]).abs() > 1e-2
    rows, columns = (np.flatnonzero(moved.any(dim=d).numpy()) for d in (1, 0))
    architecture = hand.trace().architecture
    found = reached(architecture, len(slides) - 1, Rect(y, x))
    # Strides larger than the kernel go past a pixel inside the field too.
    assume(len(rows))
    assert found is not None
    # All that change are found; where strides leave no gaps and no padding lies within, nothing else is.
    assert found.top <= rows[0]
    assert found.top + found.height > rows[-1]
    assert found.left <= columns[0]
    assert found.left + found.width > columns[-1]
    padded = any(w.padding != (0, 0) for w in slides[1:])
    if not padded and all(w.stride[0] <= w.kernel[0] and w.stride[1] <= w.kernel[1] for w in slides):
        assert found == Rect(int(rows[0]), int(columns[0]), int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1)


def test_a_rectangle_reaches_all_that_its_cells_reach() -> None:
    hand = network([Window((3, 3), (2, 2), (1, 1)), Window((3, 3), (1, 1), (1, 1))])
    architecture = hand.trace().architecture
    assert reached_everywhere(architecture, Rect(4, 4)) == (Rect(2, 2), Rect(1, 1, 3, 3))
    assert reached_everywhere(architecture, Rect(4, 4, 5, 1)) == (Rect(2, 2, 3, 1), Rect(1, 1, 5, 3))


def test_a_pixel_between_the_windows_reaches_nothing() -> None:
    architecture = network([Window((1, 1), (3, 3))]).trace().architecture
    assert reached(architecture, 0, Rect(3, 6)) == Rect(1, 2)
    assert reached(architecture, 0, Rect(4, 6)) is None


@pytest.mark.parametrize("cells", [Rect(-1, 0), Rect(17, 0), Rect(0, -3, 1, 3), Rect(0, 15)])
def test_what_lies_outside_the_input_reaches_nothing(cells: Rect) -> None:
    architecture = network([Window((3, 3), (1, 1), (1, 1))]).trace().architecture
    assert reached(architecture, 0, cells) is None


def test_behind_a_global_pooling_everything_sees_everything() -> None:
    hand = Hand((2, 5, 6))
    whole = (Field(0, 4, 1, whole=True), Field(0, 5, 1, whole=True))
    hand.step(
        Kind.GLOBAL_POOLING, "mean", hand.input[None].mean((2, 3), keepdim=True), (INPUT,), fields=whole
    )
    hand.step(Kind.FLATTEN, "flatten", hand.outputs[0][None].flatten(1))
    assert reached_everywhere(hand.trace().architecture, Rect(2, 2)) == (Rect(0, 0), Rect(0, 0))


def test_a_point_of_the_photograph_is_found_in_the_input() -> None:
    architecture = Architecture((3, 10, 20), (), 0)
    place = Placement(8.0, -4.0, 2.0, 0.5)
    assert input_cells(architecture, place, 8.0, -4.0) == Rect(0, 0)
    assert input_cells(architecture, place, 13.9, 0.6) == Rect(2, 9)
    assert input_cells(architecture, place, 28.0, 0.0) is None
    assert input_cells(architecture, place, 7.9, 0.0) is None
