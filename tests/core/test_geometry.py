import time

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from convviz.core.geometry import Rect, fed_positions, fed_rect, receptive_field, taps, unread, wrap
from convviz.core.reference import convolve, pad
from convviz.core.specs import Activation, ConvSpec, PaddingMode, PoolKind, PoolSpec, SpecProblem


@st.composite
def convolutions(draw: st.DrawFn) -> ConvSpec:
    pair = st.tuples(st.integers(1, 3), st.integers(1, 3))
    kh, kw = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    return ConvSpec(
        np.ones((1, 1, kh, kw)),
        stride=draw(pair),
        dilation=draw(pair),
        padding=draw(st.tuples(st.integers(0, 3), st.integers(0, 3)) | st.sampled_from(["same", "valid"])),
        padding_mode=draw(st.sampled_from(PaddingMode)),
    )


SIZES = st.tuples(st.integers(1, 9), st.integers(1, 9))
POOLINGS = st.builds(
    PoolSpec,
    st.sampled_from(PoolKind),
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    st.tuples(st.integers(1, 3), st.integers(1, 3)),
    st.tuples(st.integers(0, 2), st.integers(0, 2)),
)


def fits(spec: ConvSpec | PoolSpec, size: tuple[int, int]) -> bool:
    try:
        spec.check((1, *size))
    except SpecProblem:
        return False
    return True


@given(convolutions(), SIZES)
def test_wrap_reads_what_padding_puts_there(spec: ConvSpec, size: tuple[int, int]) -> None:
    assume(fits(spec, size))
    values = np.arange(1.0, size[0] * size[1] + 1).reshape(1, *size)
    padded = pad(values, spec)[0]
    rows, columns = (
        wrap(np.arange(-spec.border(a)[0], size[a] + spec.border(a)[1]), size[a], spec.padding_mode)
        for a in (0, 1)
    )
    for i, y in enumerate(rows):
        for j, x in enumerate(columns):
            assert padded[i, j] == (values[0, y, x] if y >= 0 and x >= 0 else 0)


@given(convolutions(), SIZES)
def test_a_cell_is_unread_exactly_if_no_output_depends_on_it(spec: ConvSpec, size: tuple[int, int]) -> None:
    assume(fits(spec, size))
    idle_rows, idle_columns = unread(spec, size[0], 0), unread(spec, size[1], 1)
    for y in range(size[0]):
        for x in range(size[1]):
            impulse = np.zeros((1, *size))
            impulse[0, y, x] = 1
            reached = convolve(impulse, spec)[0] != 0
            assert reached.any() == (not idle_rows[y] and not idle_columns[x])
            rect = fed_rect((spec,), size, (y, x))
            if rect is None:
                assert not reached.any()
            else:
                ys, xs = np.nonzero(reached)
                assert rect == Rect(int(ys.min()), int(xs.min()), int(np.ptp(ys)) + 1, int(np.ptp(xs)) + 1)


@given(convolutions(), st.tuples(st.integers(0, 5), st.integers(0, 5)))
def test_receptive_field_of_one_convolution_spans_its_taps(spec: ConvSpec, cell: tuple[int, int]) -> None:
    field = receptive_field((spec,), cell)
    for axis, (first, length) in enumerate(((field.top, field.height), (field.left, field.width))):
        read = taps(spec, cell[axis], axis)
        assert (read[0], read[-1] - read[0] + 1) == (first, length)


def test_receptive_field_through_convolution_activation_and_pooling() -> None:
    chain = (ConvSpec(np.ones((1, 1, 3, 3)), stride=(2, 2)), Activation.RELU, PoolSpec(PoolKind.MAX, (2, 2)))
    assert receptive_field(chain, (0, 0)) == Rect(0, 0, 5, 5)
    assert receptive_field(chain, (1, 2)) == Rect(4, 8, 5, 5)


@given(convolutions() | POOLINGS, SIZES, st.data())
def test_what_a_cell_feeds_is_what_reads_it(
    op: ConvSpec | PoolSpec, size: tuple[int, int], data: st.DataObject
) -> None:
    assume(fits(op, size))
    for axis in (0, 1):
        positions = np.array(data.draw(st.lists(st.integers(0, size[axis] - 1), max_size=3)), np.int64)
        mode = op.padding_mode if isinstance(op, ConvSpec) else PaddingMode.ZEROS
        outputs = range(op.output_length(size[axis], axis))
        expected = [p for p in outputs if np.isin(wrap(taps(op, p, axis), size[axis], mode), positions).any()]
        assert fed_positions(op, size[axis], positions, axis).tolist() == expected


def test_what_a_cell_feeds_does_not_take_a_look_at_every_output() -> None:
    chain = (
        ConvSpec(np.ones((1, 1, 31, 31)), padding=(15, 15), padding_mode=PaddingMode.REFLECT),
        PoolSpec(PoolKind.MAX, (2, 2)),
    )
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        for _ in range(16):
            assert fed_rect(chain, (4000, 6000), (2000, 3000)) == Rect(992, 1492, 16, 16)
        taken.append(time.perf_counter() - started)
    # 2 ms; 150 when every output's taps are looked through.
    assert min(taken) < 0.02


def test_nothing_reads_what_stride_skips() -> None:
    spec = ConvSpec(np.ones((1, 1, 1, 1)), stride=(3, 3))
    assert unread(spec, 7, 0).tolist() == [False, True, True, False, True, True, False]
    assert fed_rect((spec,), (7, 7), (1, 3)) is None


def test_the_cells_of_a_border_are_read_where_a_window_lies_over_them() -> None:
    for stride, idle in ((2, [7]), (3, [6, 7])):
        spec = ConvSpec(np.ones((1, 1, 3, 3)), stride=(stride, stride), padding=(1, 1))
        assert np.flatnonzero(unread(spec, 6, 0, spec.border(0))).tolist() == idle


@given(convolutions(), SIZES)
def test_a_cell_of_the_border_is_unread_exactly_if_no_tap_lies_on_it(
    spec: ConvSpec, size: tuple[int, int]
) -> None:
    assume(fits(spec, size))
    for axis in (0, 1):
        before, after = spec.border(axis)
        idle = unread(spec, size[axis], axis, (before, after))
        assert idle[before : before + size[axis]].tolist() == unread(spec, size[axis], axis).tolist()
        outputs = range(spec.output_length(size[axis], axis))
        reached = {int(cell) for output in outputs for cell in taps(spec, output, axis)}
        for cell in (*range(-before, 0), *range(size[axis], size[axis] + after)):
            assert idle[before + cell] == (cell not in reached)
