"""Every option of ``convviz apply`` against the reference."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from convviz.core import reference
from convviz.core.specs import Operation, PaddingMode, PoolKind, PoolSpec
from tests.cli.helpers import GRID, LECTURE, Convviz, expected, result

REFLECT, REPLICATE, CIRCULAR = (
    {"padding_mode": PaddingMode(name)} for name in ("reflect", "replicate", "circular")
)


class TestOptions:
    @pytest.mark.parametrize("operation", list(Operation))
    def test_operation(self, convviz: Convviz, grid: NDArray[Any], operation: Operation) -> None:
        run = convviz("apply", "grid.npy", "--kernel", "1 2/3 4", "--operation", operation, "-o", "out.npy")
        assert run.code == 0
        assert np.array_equal(result(), expected(grid, [[[[1, 2], [3, 4]]]], operation=operation))

    @pytest.mark.parametrize(
        ("words", "settings"),
        [
            (["--stride", "2"], {"stride": (2, 2)}),
            (["--stride", "3,1"], {"stride": (3, 1)}),
            (["--stride=1, 2"], {"stride": (1, 2)}),
            (["--padding", "2"], {"padding": (2, 2)}),
            (["--padding", "0,3"], {"padding": (0, 3)}),
            (["--padding", "same"], {"padding": "same"}),
            (["--padding", "valid"], {"padding": "valid"}),
            (["--padding", "2", "--padding-mode", "zeros"], {"padding": (2, 2)}),
            (["--padding", "2", "--padding-mode", "reflect"], {"padding": (2, 2), **REFLECT}),
            (["--padding", "9", "--padding-mode", "replicate"], {"padding": (9, 9), **REPLICATE}),
            (["--padding", "4", "--padding-mode", "circular"], {"padding": (4, 4), **CIRCULAR}),
            (["--dilation", "2"], {"dilation": (2, 2)}),
            (["--dilation", "1,3"], {"dilation": (1, 3)}),
            (["--bias", "2.5"], {"bias": (2.5,)}),
            (["--bias", "-1"], {"bias": (-1,)}),
            (["--bias=-1"], {"bias": (-1,)}),
            (["--bias", "1/4"], {"bias": (0.25,)}),
            (["--groups", "1"], {}),
            (["--stride", "2", "--dilation", "2,1"], {"stride": (2, 2), "dilation": (2, 1)}),
        ],
    )
    def test_how_the_kernel_moves(
        self, convviz: Convviz, grid: NDArray[Any], words: list[str], settings: dict[str, Any]
    ) -> None:
        run = convviz("apply", "grid.npy", "--kernel", LECTURE, *words, "-o", "out.npy")
        assert (run.code, run.err) == (0, "")
        weights = [[[[0, 1, 0], [-1, 2, -1], [0, 1, 0]]]]
        assert np.array_equal(result(), expected(grid, weights, **settings))

    @pytest.mark.parametrize(
        ("name", "function"),
        [
            ("none", lambda x: x),
            ("relu", lambda x: np.maximum(x, 0)),
            ("abs", np.abs),
            ("sigmoid", lambda x: 1 / (1 + np.exp(-x))),
            ("tanh", np.tanh),
        ],
    )
    @pytest.mark.parametrize("kernel", [[], ["--kernel", "-1"]])
    def test_activation(
        self, convviz: Convviz, grid: NDArray[Any], name: str, function: Callable[..., Any], kernel: list[str]
    ) -> None:
        assert convviz("apply", "grid.npy", *kernel, "--activation", name, "-o", "out.npy").code == 0
        sign = -1 if kernel else 1
        np.testing.assert_allclose(result(), function(sign * grid.astype(float)), rtol=1e-5, atol=1e-7)

    @pytest.mark.parametrize("kind", ["max", "min", "avg"])
    @pytest.mark.parametrize(
        ("words", "settings"),
        [
            ([], {}),
            (["--pool-size", "3"], {"size": (3, 3)}),
            (["--pool-size", "3,2", "--pool-stride", "1"], {"size": (3, 2), "stride": (1, 1)}),
            (["--pool-size", "4", "--pool-padding", "1,2"], {"size": (4, 4), "padding": (1, 2)}),
        ],
    )
    def test_pooling(
        self, convviz: Convviz, grid: NDArray[Any], kind: PoolKind, words: list[str], settings: dict[str, Any]
    ) -> None:
        assert convviz("apply", "grid.npy", "--pool", kind, *words, "-o", "out.npy").code == 0
        wanted = reference.pool(grid[np.newaxis].astype(float), PoolSpec(kind, **settings))[0]
        np.testing.assert_allclose(result(), wanted, rtol=1e-6)

    def test_order_is_kernel_activation_pooling(self, convviz: Convviz, grid: NDArray[Any]) -> None:
        words = ["--pool", "min", "--activation", "relu", "--bias", "1", "--kernel", "-1"]
        assert convviz("apply", *words, "-o", "out.npy", "grid.npy").code == 0
        wanted = np.maximum(1 - grid, 0)[:6].reshape(3, 2, 4, 2).min(axis=(1, 3))
        assert np.array_equal(result(), wanted)

    def test_a_minus_before_an_input_that_follows_no_option(self, convviz: Convviz, folder: Path) -> None:
        np.save(folder / "-1.npy", GRID)
        assert convviz("apply", "./-1.npy", "--kernel", "2", "-o", "out.npy").code == 0
        assert np.array_equal(result(), 2 * GRID)
