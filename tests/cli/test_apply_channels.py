"""``--channels`` and ``--groups``: which channels meet which filters."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from convviz.core.picture import grey
from tests.cli.helpers import RNG, Convviz, as_json, expected, result


class TestChannels:
    WEIGHTS = ((1, 0, -1), (2, 0, -2), (1, 0, -1))

    def planes(self, photo: NDArray[Any]) -> NDArray[Any]:
        return photo.transpose(2, 0, 1)

    @pytest.mark.parametrize("words", [[], ["--channels", "each"], ["--groups", "3"]])
    def test_each(self, convviz: Convviz, photo: NDArray[Any], words: list[str]) -> None:
        assert convviz("apply", "photo.png", "--kernel", "sobel-x", *words, "-o", "out.npy").code == 0
        wanted = [expected(plane, [[self.WEIGHTS]]) for plane in self.planes(photo)]
        assert np.array_equal(result(), np.array(wanted))

    def test_sum(self, convviz: Convviz, photo: NDArray[Any]) -> None:
        run = convviz("apply", "photo.png", "--kernel", "sobel-x", "--channels", "sum", "-o", "out.npy")
        assert run.code == 0
        assert np.array_equal(result(), expected(self.planes(photo), [[self.WEIGHTS] * 3]))

    @pytest.mark.parametrize(("name", "index"), [("r", 0), ("g", 1), ("b", 2)])
    def test_single(self, convviz: Convviz, photo: NDArray[Any], name: str, index: int) -> None:
        run = convviz("apply", "photo.png", "--kernel", "sobel-x", "--channels", name, "-o", "out.npy")
        assert run.code == 0
        assert np.array_equal(result(), expected(photo[..., index], [[self.WEIGHTS]]))

    def test_grey(self, convviz: Convviz, photo: NDArray[Any]) -> None:
        run = convviz("apply", "photo.png", "--kernel", "sobel-x", "--channels", "grey", "-o", "out.npy")
        assert run.code == 0
        assert np.array_equal(result(), expected(grey(photo)[..., 0], [[self.WEIGHTS]]))

    def test_colour_of_a_filter_with_three_kernels(self, convviz: Convviz, photo: NDArray[Any]) -> None:
        weights = RNG.integers(-3, 4, (3, 2, 2))
        words = ["--kernel", as_json(weights), "--channels", "g"]
        assert convviz("apply", "photo.png", *words, "-o", "out.npy").code == 0
        assert np.array_equal(result(), expected(photo[..., 1], weights[np.newaxis, 1:2]))

    @pytest.mark.parametrize(
        ("bias", "wanted"),
        [("5", [5] * 6), ("1,2", [1, 2, 1, 2, 1, 2]), ("1,2,3,4,5,6", [1, 2, 3, 4, 5, 6])],
    )
    def test_each_with_two_filters_gives_maps_channel_by_channel(
        self, convviz: Convviz, photo: NDArray[Any], bias: str, wanted: list[int]
    ) -> None:
        words = ["--kernel", "[[[[1]]], [[[2]]]]", "--channels", "each", "--bias", bias]
        assert convviz("apply", "photo.png", *words, "-o", "out.npy").code == 0
        maps = [factor * plane for plane in self.planes(photo).astype(int) for factor in (1, 2)]
        assert np.array_equal(result(), np.array(maps) + np.array(wanted)[:, np.newaxis, np.newaxis])

    def test_one_bias_per_channel(self, convviz: Convviz, photo: NDArray[Any]) -> None:
        assert convviz("apply", "photo.png", "--kernel", "1", "--bias", "1,2,3", "-o", "out.npy").code == 0
        assert np.array_equal(result(), self.planes(photo) + np.array([1, 2, 3])[:, None, None])

    @pytest.mark.parametrize("groups", [1, 2])
    def test_groups_of_a_layer(self, convviz: Convviz, folder: Path, groups: int) -> None:
        values = RNG.integers(-5, 6, (4, 6, 5)).astype(np.float32)
        weights = RNG.integers(-3, 4, (6, 4 // groups, 2, 3))
        np.save(folder / "in.npy", values)
        np.save(folder / "k.npy", weights)
        words = ["--kernel", "k.npy", "--groups", str(groups), "--bias", "1,2,3,4,5,-6"]
        assert convviz("apply", "in.npy", *words, "-o", "out.npy").code == 0
        wanted = expected(values, weights, groups=groups, bias=(1, 2, 3, 4, 5, -6))
        assert np.array_equal(result(), wanted)

    def test_channels_without_a_kernel(self, convviz: Convviz, photo: NDArray[Any]) -> None:
        words = ["--channels", "b", "--pool", "max"]
        assert convviz("apply", "photo.png", *words, "-o", "out.npy").code == 0
        wanted = photo[:8, :10, 2].reshape(4, 2, 5, 2).max(axis=(1, 3))
        assert np.array_equal(result(), wanted)
