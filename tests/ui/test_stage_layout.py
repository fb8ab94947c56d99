import pytest
from hypothesis import given
from hypothesis import strategies as st

from convviz.ui.stage_layout import Block, Box, plan

BLOCKS = st.lists(
    st.builds(Block, st.integers(1, 16), st.floats(1, 500), st.floats(1, 500)), min_size=1, max_size=6
)


def overlap(a: Box, b: Box) -> bool:
    return (
        a.left < b.left + b.width - 1e-6
        and b.left < a.left + a.width - 1e-6
        and a.top < b.top + b.height - 1e-6
        and b.top < a.top + a.height - 1e-6
    )


@given(BLOCKS, st.floats(1500, 3000), st.floats(900, 2000))
def test_nothing_overlaps_or_leaves_the_area(blocks: list[Block], width: float, height: float) -> None:
    found = plan(blocks, width, height, sign=30, caption=24)
    assert [len(maps) for maps in found.maps] == [block.maps for block in blocks]
    assert len(found.signs) == len(blocks) - 1
    boxes = [box for maps in found.maps for box in maps]
    if found.zoom > 0:
        for box in [*boxes, *found.signs]:
            assert box.left >= -1e-6
            assert box.top >= -1e-6
            assert box.left + box.width <= width + 1e-6
            assert box.top + box.height <= height + 1e-6
        assert not any(overlap(a, b) for i, a in enumerate(boxes) for b in boxes[:i])
        for block, maps in zip(blocks, found.maps, strict=True):
            for box in maps:
                assert box.width >= found.zoom * block.width - 1e-6
                assert box.height - 24 >= found.zoom * block.height - 1e-6


def test_input_and_output_stand_beside_each_other() -> None:
    found = plan([Block(1, 6, 6), Block(1, 4, 4)], 900, 500, sign=30, caption=24)
    (first,), (second,) = found.maps
    assert first.top == second.top
    assert first.left < second.left
    assert first.width / second.width == pytest.approx(1.5)


def test_four_wide_stages_take_two_lines_in_a_low_window() -> None:
    found = plan([Block(1, 300, 451)] * 4, 680, 460, sign=30, caption=24)
    tops = [maps[0].top for maps in found.maps]
    assert tops[0] == tops[1] < tops[2] == tops[3]


def test_three_channels_stand_below_each_other_when_that_is_larger() -> None:
    found = plan([Block(3, 100, 200), Block(3, 100, 200)], 800, 900, sign=30, caption=24)
    assert [box.top for box in found.maps[0]] == [box.top for box in found.maps[1]]
    assert len({box.left for box in found.maps[0]}) == 1
