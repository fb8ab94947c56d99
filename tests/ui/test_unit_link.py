"""Cells, the pixels they see, and back."""

import numpy as np
import pytest

from convviz.core.geometry import Rect
from convviz.core.picture import Picture
from convviz.nets.records import INPUT, Field, Kind, Placement, Trace
from convviz.ui.unit_link import cells_seeing, input_on_photo, pixels_seen
from tests.ui.networks import Builder, trace_of


def one_layer(field: Field, side: int, placement: Placement, input_side: int = 8) -> Trace:
    build = Builder((3, input_side, input_side))
    build.add("conv", Kind.CONVOLUTION, (2, side, side), fields=(field, field))
    build.add("fc", Kind.LINEAR, (2,))
    return trace_of(build.architecture(), placement=placement)


SAME = Placement(0.0, 0.0, 1.0, 1.0)
PHOTO = Picture(np.zeros((8, 8, 3), np.uint8), "photo")


def test_a_cell_in_the_middle_sees_its_whole_field() -> None:
    trace = one_layer(Field(-1, 1), 8, SAME)
    assert pixels_seen(trace, 0, (4, 2), PHOTO) == Rect(3, 1, 3, 3)


def test_at_the_edge_the_padding_is_cut_off() -> None:
    trace = one_layer(Field(-1, 1), 8, SAME)
    assert pixels_seen(trace, 0, (0, 7), PHOTO) == Rect(0, 6, 2, 2)


def test_strides_move_the_field_by_more_than_a_pixel() -> None:
    trace = one_layer(Field(0, 2, 4), 2, SAME)
    assert pixels_seen(trace, 0, (1, 0), PHOTO) == Rect(4, 0, 3, 3)


def test_the_input_is_found_where_it_was_cropped_from_a_scaled_picture() -> None:
    # The input's 8 × 8 cells are twice as large as pixels and begin at row 4, column 10 of the photograph.
    trace = one_layer(Field(-1, 1), 8, Placement(4.0, 10.0, 2.0, 2.0))
    picture = Picture(np.zeros((24, 40, 3), np.uint8), "photo")
    assert pixels_seen(trace, 0, (2, 3), picture) == Rect(6, 14, 6, 6)
    assert pixels_seen(trace, INPUT, (0, 0), picture) == Rect(4, 10, 2, 2)
    assert input_on_photo(trace, picture) == Rect(4, 10, 16, 16)
    assert input_on_photo(one_layer(Field(0, 0), 8, SAME), PHOTO) is None


def test_a_vector_sees_no_place() -> None:
    assert pixels_seen(one_layer(Field(0, 0), 8, SAME), 1, (0, 0), PHOTO) is None
    assert cells_seeing(one_layer(Field(0, 0), 8, SAME), 1, (0, 0)) is None


def test_behind_a_global_pooling_every_cell_sees_everything() -> None:
    trace = one_layer(Field(0, 7, 1, True), 1, SAME)
    assert pixels_seen(trace, 0, (0, 0), PHOTO) == Rect(0, 0, 8, 8)
    assert cells_seeing(trace, 0, (5, 5)) == Rect(0, 0, 1, 1)


def test_a_pixel_outside_of_the_crop_is_seen_by_nobody() -> None:
    trace = one_layer(Field(-1, 1), 8, Placement(4.0, 10.0, 2.0, 2.0))
    assert cells_seeing(trace, 0, (3, 12)) is None
    assert cells_seeing(trace, 0, (4, 12)) == Rect(0, 0, 2, 3)


@pytest.mark.parametrize(
    "field", [Field(-1, 1), Field(0, 2, 2), Field(-3, 3, 4), Field(0, 0, 3), Field(-2, 8, 2)]
)
def test_a_cell_sees_a_pixel_exactly_if_the_pixel_is_seen_by_the_cell(field: Field) -> None:
    side = 3
    trace = one_layer(field, side, SAME)
    for pixel in np.ndindex(8, 8):
        back = cells_seeing(trace, 0, pixel)
        for cell in np.ndindex(side, side):
            seen = pixels_seen(trace, 0, cell, PHOTO)
            inside = back is not None and _within(back, cell)
            assert inside == (seen is not None and _within(seen, pixel)), (pixel, cell)


def _within(rect: Rect, cell: tuple[int, ...]) -> bool:
    return rect.top <= cell[0] < rect.top + rect.height and rect.left <= cell[1] < rect.left + rect.width
