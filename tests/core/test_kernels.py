import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convviz.core import kernels
from convviz.core.text import Problem

SIDES = st.integers(1, 31)


def test_at_least_twenty_presets_with_unique_names() -> None:
    names = [p.id for p in kernels.PRESETS]
    assert len(names) >= 20
    assert len(set(names)) == len(names)
    titles = [str(p.title) for p in kernels.PRESETS]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    "name", ["box-3", "box-5", "gaussian-3", "gaussian-5", "gaussian-7", "gaussian-31", "unsharp"]
)
def test_smoothing_kernels_keep_a_flat_area(name: str) -> None:
    assert kernels.preset(name).weights.sum() == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    "name", ["sobel-x", "sobel-y", "prewitt-x", "scharr-y", "roberts-1", "laplacian-4", "laplacian-8", "log"]
)
def test_derivatives_of_a_flat_area_are_zero(name: str) -> None:
    assert kernels.preset(name).weights.sum() == 0


def test_names_do_not_mind_case_spaces_and_underscores() -> None:
    assert kernels.preset("Sobel_X") is kernels.preset("sobel x") is kernels.preset("sobel-x")
    assert kernels.preset("gaussian").id == "gaussian-3"
    assert kernels.preset("Gaussian blur 5×5").id == kernels.preset("gaussian5x5").id == "gaussian-5"
    assert kernels.preset("LoG").id == "log"
    for preset in kernels.PRESETS:
        assert kernels.preset(preset.id) is preset
        if not str(preset.title).endswith(("↘", "↙")):
            assert kernels.preset(str(preset.title)) is preset


def test_an_unknown_name_is_answered_with_near_ones() -> None:
    with pytest.raises(Problem, match="sobel-x, sobel-y"):
        kernels.preset("sobel")
    with pytest.raises(Problem, match="identity"):
        kernels.preset("nothing like it")


@given(SIDES, SIDES, SIDES, SIDES)
def test_resizing_there_and_back_keeps_what_fits(h: int, w: int, new_h: int, new_w: int) -> None:
    kernel = np.arange(1.0, h * w + 1).reshape(h, w)
    changed = kernels.resize(kernel, new_h, new_w)
    assert changed.shape == (new_h, new_w)
    if new_h >= h and new_w >= w:
        assert (kernels.resize(changed, h, w) == kernel).all()
    assert set(changed.ravel()) <= {0.0, *kernel.ravel()}


def test_odd_sizes_share_their_centre() -> None:
    kernel = np.zeros((3, 3))
    kernel[1, 1] = 7
    for side in (1, 5, 7, 31):
        assert kernels.resize(kernel, side, side)[side // 2, side // 2] == 7


@pytest.mark.parametrize("size", [(0, 3), (3, 32), (-1, 1)])
def test_impossible_sizes_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(Problem, match="from 1 to 31"):
        kernels.resize(np.ones((3, 3)), *size)


def test_symmetry_operations() -> None:
    kernel = np.array([[1.0, 2, 3], [4, 5, 6]])
    assert kernels.rotate(kernel).tolist() == [[6, 5, 4], [3, 2, 1]]
    assert kernels.transpose(kernel).tolist() == [[1, 4], [2, 5], [3, 6]]
    assert kernels.flip_horizontal(kernel).tolist() == [[3, 2, 1], [6, 5, 4]]
    assert kernels.flip_vertical(kernel).tolist() == [[4, 5, 6], [1, 2, 3]]
    assert kernels.negate(kernel).tolist() == [[-1, -2, -3], [-4, -5, -6]]
    assert kernels.normalise(kernel).sum() == pytest.approx(1)
    assert np.signbit(kernels.negate(np.zeros((1, 1)))).sum() == 0


def test_a_sum_of_zero_cannot_be_normalised() -> None:
    with pytest.raises(Problem, match="add up to 0"):
        kernels.normalise(kernels.preset("sobel-x").weights)


@pytest.mark.parametrize("factor", [1e300, float("inf"), float("nan"), -1e31])
def test_a_factor_that_makes_weights_too_large_is_refused(factor: float) -> None:
    with pytest.raises(Problem, match="A kernel weight or bias is"):
        kernels.scale(np.array([[0.0, 1e10]]), factor)
    assert kernels.scale(np.array([[0.0, 2.0]]), -0.5).tolist() == [[0, -1]]
