"""``--kernel``: names, matrices and files."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from convviz.core.kernels import PRESETS, Preset
from tests.cli.helpers import RNG, Convviz, as_json, check_refused, expected, result


class TestKernel:
    @pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
    def test_every_name(self, convviz: Convviz, grid: NDArray[Any], preset: Preset) -> None:
        run = convviz("apply", "grid.npy", "--kernel", preset.id, "--padding", "same", "-o", "out.npy")
        assert run.code == 0
        wanted = expected(grid, preset.weights[np.newaxis, np.newaxis], padding="same")
        np.testing.assert_allclose(result(), wanted, atol=1e-4)

    @pytest.mark.parametrize(
        ("text", "weights"),
        [
            ("-1 0 1", [[-1, 0, 1]]),
            ("-1 0 1/-2 0 2", [[-1, 0, 1], [-2, 0, 2]]),
            ("−1 0 1", [[-1, 0, 1]]),
            ("-1,2", [[-1, 2]]),
            ("-2", [[-2]]),
            ("-.5 0.5", [[-0.5, 0.5]]),
            (" -1 1", [[-1, 1]]),
            ("+1 2", [[1, 2]]),
            (".5", [[0.5]]),
            ("1;2", [[1], [2]]),
            ("[1, 0, -1]", [[1, 0, -1]]),
            ("[[1, 2], [3, 4]]", [[1, 2], [3, 4]]),
            ("[[1/4, 1/2]]", [[0.25, 0.5]]),
            ("np.array([[1, 2]])", [[1, 2]]),
            ("[1/4]", [[0.25]]),
            ("1 / 4", [[1], [4]]),
            ("1 2/4 8", [[1, 2], [4, 8]]),
            ("1/4/1", [[1], [4], [1]]),
        ],
    )
    @pytest.mark.parametrize("joined", [True, False])
    def test_matrices(
        self, convviz: Convviz, grid: NDArray[Any], text: str, weights: list[list[float]], joined: bool
    ) -> None:
        words = [f"--kernel={text}"] if joined else ["--kernel", text]
        run = convviz("apply", "grid.npy", *words, "-o", "out.npy")
        assert (run.code, run.err) == (0, "")
        assert np.array_equal(result(), expected(grid, [[weights]]))

    def test_a_file_of_two_axes(self, convviz: Convviz, folder: Path, grid: NDArray[Any]) -> None:
        np.save(folder / "k.npy", np.array([[1, -2]], np.int8))
        assert convviz("apply", "grid.npy", "--kernel", "k.npy", "-o", "out.npy").code == 0
        assert np.array_equal(result(), expected(grid, [[[[1, -2]]]]))

    def test_three_axes_are_one_filter(self, convviz: Convviz, photo: NDArray[Any]) -> None:
        weights = RNG.integers(-3, 4, (3, 3, 2))
        assert convviz("apply", "photo.png", "--kernel", as_json(weights), "-o", "out.npy").code == 0
        assert np.array_equal(result(), expected(photo.transpose(2, 0, 1), weights[np.newaxis]))

    def test_a_file_beside_does_not_change_what_a_name_or_matrix_means(
        self, convviz: Convviz, folder: Path, grid: NDArray[Any]
    ) -> None:
        for name in ("sharpen", "2"):
            (folder / name).write_text("not an array")
        assert convviz("apply", "grid.npy", "--kernel", "2", "-o", "out.npy").code == 0
        assert np.array_equal(result(), 2 * grid)
        assert convviz("apply", "grid.npy", "--kernel", "sharpen", "-o", "out.npy").code == 0

    @pytest.mark.parametrize(
        ("kernel", "said"),
        [
            ("sobel-z", "no kernel called “sobel-z”"),
            ("", "no kernel called"),
            ("1 2/3", "Row 2"),
            ("1/9", "write “[1/9]” for the fraction, “1 / 9” for two rows"),
            ("-.5/2 ", "write “[-.5/2]” for the fraction"),
            ("1 two", "“two”"),
            ("[[1, 2]", "brackets"),
            ("[]", "numbers"),
            ("nan", "no kernel"),
            ("missing.npy", "missing.npy was not found"),
            ("text.npy", "text.npy is not a NumPy array"),
            ("line.npy", "line.npy has the shape 3;"),
            ("five.npy", "five.npy has the shape 1 × 1 × 1 × 1 × 1"),
            ("nan.npy", "nan.npy contains values that are not finite"),
            ("objects.npy", "objects.npy"),
            ("complex.npy", "complex.npy does not hold real numbers"),
            ("empty.npy", "0 × 3"),
            ("cut.npy", "cut.npy is damaged or cut short"),
            ("large.npy", "32 × 1; the largest possible is 31 × 31"),
        ],
    )
    def test_what_is_no_kernel(
        self, convviz: Convviz, folder: Path, grid: NDArray[Any], kernel: str, said: str
    ) -> None:
        arrays = {
            "line": np.ones(3),
            "five": np.ones((1, 1, 1, 1, 1)),
            "nan": np.array([[np.nan]]),
            "objects": np.array([[{}]]),
            "complex": np.array([[1j]]),
            "empty": np.ones((0, 3)),
            "cut": np.ones((9, 9)),
            "large": np.ones((32, 1)),
        }
        for name, array in arrays.items():
            np.save(folder / f"{name}.npy", array, allow_pickle=True)
        (folder / "text.npy").write_text("1 2 3")
        (folder / "cut.npy").write_bytes((folder / "cut.npy").read_bytes()[:-8])
        check_refused(convviz("apply", "grid.npy", "--kernel", kernel, "-o", "out.npy"), said)
