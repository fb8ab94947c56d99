from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convviz.core.specs import (
    ConvSpec,
    PaddingMode,
    PoolKind,
    PoolSpec,
    SpecProblem,
    output_shape,
    size_formula,
)
from convviz.core.text import Problem


def ones(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.ones(shape)


def test_a_kernel_larger_than_the_input_names_the_padding_that_would_fit() -> None:
    with pytest.raises(SpecProblem) as caught:
        ConvSpec(ones(1, 1, 7, 7)).check((1, 5, 5))
    assert str(caught.value) == "The kernel 7×7 is larger than the 5×5 input. Padding 1 would make it fit."
    assert str(caught.value.action) == "Use padding 1"
    assert isinstance(caught.value.fix, ConvSpec)
    assert caught.value.fix.padding == (1, 1)


def trouble(spec: ConvSpec, size: tuple[int, int]) -> SpecProblem | None:
    try:
        spec.check((1, *size))
    except SpecProblem as problem:
        return problem
    return None


@given(
    st.tuples(st.integers(1, 31), st.integers(1, 31)),
    st.tuples(st.integers(1, 16), st.integers(1, 16)),
    st.tuples(st.integers(0, 31), st.integers(0, 31)) | st.sampled_from(["same", "valid"]),
    st.sampled_from(PaddingMode),
    st.tuples(st.integers(1, 40), st.integers(1, 40)),
)
def test_every_proposed_fix_works(
    kernel: tuple[int, int],
    dilation: tuple[int, int],
    padding: tuple[int, int] | str,
    mode: PaddingMode,
    size: tuple[int, int],
) -> None:
    spec = ConvSpec(ones(1, 1, *kernel), padding=padding, padding_mode=mode, dilation=dilation)  # type: ignore[arg-type]
    problem = trouble(spec, size)
    if problem is None:
        return
    assert (problem.fix is None) == (problem.action is None)
    if problem.fix is not None:
        problem.fix.check((1, *size))
        return
    # Nothing was proposed: then nothing works. A kernel that is not dilated reaches least far.
    for border in range(32):
        for other in {border, 0, 31}:
            assert trouble(replace(spec, padding=(border, other), dilation=(1, 1)), size)


def test_a_fix_that_would_not_work_is_not_proposed() -> None:
    with pytest.raises(SpecProblem, match="at most 4 is possible") as caught:
        ConvSpec(ones(1, 1, 15, 15), padding=(7, 7), padding_mode=PaddingMode.REFLECT).check((1, 5, 5))
    assert caught.value.fix is None
    assert caught.value.action is None


def test_a_fix_works_in_one_step_where_two_settings_are_wrong() -> None:
    spec = ConvSpec(ones(1, 1, 5, 5), padding=(7, 7), padding_mode=PaddingMode.REFLECT, dilation=(9, 9))
    with pytest.raises(SpecProblem) as caught:
        spec.check((1, 6, 6))
    assert str(caught.value.action) == "Use dilation 1, padding 5"
    assert isinstance(caught.value.fix, ConvSpec)
    caught.value.fix.check((1, 6, 6))
    with pytest.raises(SpecProblem, match="Dilation 1 and padding 1 would make it fit") as caught:
        ConvSpec(ones(1, 1, 7, 7), dilation=(16, 16)).check((1, 5, 5))
    assert str(caught.value.action) == "Use dilation 1, padding 1"


@pytest.mark.parametrize("value", [1e31, -1e31, float("inf")])
def test_weights_and_biases_that_leave_no_room_are_refused(value: float) -> None:
    with pytest.raises(Problem, match=r"largest possible is 1e30|not a finite number"):
        ConvSpec(np.full((1, 1, 1, 1), value))
    with pytest.raises(Problem, match=r"largest possible is 1e30|not a finite number"):
        ConvSpec(ones(1, 1, 1, 1), bias=(value,))
    ConvSpec(np.full((1, 1, 1, 1), 1e30), bias=(-1e30,))


@given(st.tuples(st.integers(1, 31), st.integers(1, 31)), st.tuples(st.integers(0, 15), st.integers(0, 15)))
def test_every_proposed_pooling_works(size: tuple[int, int], padding: tuple[int, int]) -> None:
    spec = PoolSpec(PoolKind.MAX, size, None, padding)
    for _ in range(3):
        try:
            spec.check((1, 6, 9))
        except SpecProblem as problem:
            fix = problem.fix
        else:
            return
        assert isinstance(fix, PoolSpec)
        spec = fix
    pytest.fail("following the proposals does not end")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stride": (0, 1)}, "Stride must be a whole number from 1 to 16, not 0 × 1"),
        ({"dilation": (17, 17)}, "Dilation must be a whole number from 1 to 16, not 17"),
        ({"padding": (32, 0)}, "Padding must be"),
        ({"bias": (1.0, 2.0, 3.0)}, "3 biases for 1 filters"),
        ({"groups": 2}, "2 equal groups"),
        ({"bias": (float("nan"),)}, "not a finite number"),
    ],
)
def test_values_out_of_range_are_named(changes: dict[str, object], words: str) -> None:
    with pytest.raises(Problem, match=words):
        ConvSpec(ones(1, 1, 3, 3), **changes)  # type: ignore[arg-type]


def test_kernels_beyond_31_are_refused() -> None:
    with pytest.raises(Problem, match="largest possible is 31 × 31"):
        ConvSpec(ones(1, 1, 32, 1))


def test_specs_compare_by_value() -> None:
    a, b = ConvSpec(ones(1, 1, 3, 3)), ConvSpec(ones(1, 1, 3, 3))
    assert a == b
    assert hash(a) == hash(b)
    assert a != ConvSpec(ones(1, 1, 3, 3), stride=(2, 2))
    assert a != ConvSpec(2 * ones(1, 1, 3, 3))


def test_formula_has_the_numbers_in_place() -> None:
    spec = ConvSpec(ones(1, 1, 3, 3), padding=(1, 0), stride=(2, 1))
    assert size_formula(spec, 5, 0) == "⌊(5 + 2·1 − 1·(3 − 1) − 1) / 2⌋ + 1 = 3"
    assert size_formula(spec, 5, 1) == "⌊(5 + 2·0 − 1·(3 − 1) − 1) / 1⌋ + 1 = 3"
    even = ConvSpec(ones(1, 1, 4, 4), padding="same")
    assert size_formula(even, 5, 0) == "⌊(5 + 1 + 2 − 1·(4 − 1) − 1) / 1⌋ + 1 = 5"


def test_same_keeps_the_size_for_every_kernel_and_dilation() -> None:
    for k in range(1, 8):
        for d in range(1, 4):
            spec = ConvSpec(ones(1, 1, k, k), padding="same", dilation=(d, d))
            assert output_shape((spec,), (1, 20, 23)) == (1, 20, 23)


def test_channels_must_match() -> None:
    with pytest.raises(SpecProblem, match="expect 3 input channels, but the input has 1"):
        ConvSpec(ones(1, 3, 3, 3)).check((1, 5, 5))
