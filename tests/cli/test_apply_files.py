"""What ``convviz apply`` writes, and inputs that fail while others go on."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

import convviz.commands.apply as apply_command
from tests.cli.helpers import Convviz, check_failed, result


class TestOutputs:
    def test_png_is_rounded_and_clipped(self, convviz: Convviz, folder: Path) -> None:
        np.save(folder / "in.npy", np.array([[-1.0, 0.4, 0.6], [254.6, 255.4, 300.0]], np.float32))
        run = convviz("apply", "in.npy", "--kernel", "1", "-o", "out.png")
        assert run.code == 0
        assert run.err == "out.png: 2 of 6 values lay outside 0..255 and were clipped.\n"
        assert np.array_equal(np.array(Image.open("out.png")), [[0, 0, 1], [255, 255, 255]])

    def test_png_in_colour(self, convviz: Convviz, photo: NDArray[Any]) -> None:
        run = convviz("apply", "photo.png", "--kernel", "identity-1", "-o", "OUT.PNG")
        assert (run.code, run.err) == (0, "")
        assert np.array_equal(np.array(Image.open("OUT.PNG")), photo)

    def test_png_of_two_maps_is_refused(self, convviz: Convviz, folder: Path) -> None:
        np.save(folder / "in.npy", np.ones((2, 5, 5), np.float32))
        run = convviz("apply", "in.npy", "--kernel", "box", "-o", "out.png")
        assert run.code == 1
        assert "a PNG holds 1 or 3 channels" in run.err
        assert not Path("out.png").exists()

    def test_a_folder_is_made(self, convviz: Convviz, photo: NDArray[Any], grid: NDArray[Any]) -> None:
        run = convviz("apply", "photo.png", "grid.npy", "--kernel", "2", "-o", "new/deep/")
        assert (run.code, run.out, run.err) == (0, "", "")
        assert np.array_equal(result("new/deep/photo.npy"), 2.0 * photo.transpose(2, 0, 1))
        assert np.array_equal(result("new/deep/grid.npy"), 2 * grid)

    @pytest.mark.parametrize("output", ["there", "new"])
    def test_a_folder_without_a_slash(
        self, convviz: Convviz, folder: Path, grid: NDArray[Any], output: str
    ) -> None:
        (folder / "there").mkdir()
        (folder / "b.c.npy").write_bytes((folder / "grid.npy").read_bytes())
        assert convviz("apply", "grid.npy", "b.c.npy", "--kernel", "2", "-o", output).code == 0
        assert sorted(path.name for path in Path(output).iterdir()) == ["b.c.npy", "grid.npy"]

    def test_one_input_into_a_folder(self, convviz: Convviz, grid: NDArray[Any]) -> None:
        assert convviz("apply", "grid.npy", "--kernel", "2", "-o", "new/").code == 0
        assert np.array_equal(result("new/grid.npy"), 2 * grid)

    def test_an_old_result_is_replaced(self, convviz: Convviz, folder: Path, grid: NDArray[Any]) -> None:
        (folder / "out.npy").write_text("old")
        assert convviz("apply", "grid.npy", "--kernel", "2", "-o", "out.npy").code == 0
        assert np.array_equal(result(), 2 * grid)
        assert sorted(path.name for path in folder.iterdir()) == ["grid.npy", "out.npy"]


class TestFailingInputs:
    def test_others_go_on(
        self, convviz: Convviz, folder: Path, photo: NDArray[Any], grid: NDArray[Any]
    ) -> None:
        (folder / "broken.png").write_bytes((folder / "photo.png").read_bytes()[:100])
        (folder / "words.txt").write_text("hello")
        np.save(folder / "small.npy", np.ones((2, 2)))
        inputs = ["photo.png", "broken.png", "missing.jpg", "words.txt", "small.npy", "grid.npy"]
        run = convviz("apply", *inputs, "--kernel", "sharpen", "-o", "out/")
        assert run.code == 1
        assert run.out == ""
        lines = run.err.splitlines()
        names = ["broken.png", "missing.jpg", "words.txt", "small.npy"]
        assert [line.split(":")[0].split(" ")[0] for line in lines] == names
        assert "Padding 1 would make it fit." in lines[-1]
        assert sorted(path.name for path in Path("out").iterdir()) == ["grid.npy", "photo.npy"]

    @pytest.mark.parametrize(
        ("array", "said"),
        [
            (np.ones((2, 2, 2, 2)), "has the shape 2 × 2 × 2 × 2"),
            (np.ones(4), "has the shape 4;"),
            (np.ones((0, 4)), "has no pixels"),
            (np.ones((0, 4, 4)), "has no channels"),
            (np.array([[1.0, np.inf]]), "not finite"),
            (np.array([[1e300]]), "more than 32-bit numbers can hold"),
            (np.array([["a"]]), "does not hold real numbers"),
            (np.ones((4, 2)), "The kernel 3×3 is larger than the 4×2 input"),
        ],
    )
    def test_a_single_one(self, convviz: Convviz, folder: Path, array: NDArray[Any], said: str) -> None:
        np.save(folder / "in.npy", array)
        check_failed(convviz("apply", "in.npy", "--kernel", "box", "-o", "out.npy"), said)

    def test_a_result_too_large(self, convviz: Convviz, folder: Path) -> None:
        np.save(folder / "in.npy", np.full((5, 5), 1e20, np.float32))
        run = convviz("apply", "in.npy", "--kernel", "1e30", "-o", "out.npy")
        check_failed(run, "too large for 32-bit numbers")

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["--kernel", "[[[1]], [[2]]]"], "expect 2 input channels, but the input has 3"),
            (["--kernel", "[[[1]], [[2]]]", "--channels", "sum"], "2 kernels each"),
            (["--kernel", "1", "--groups", "2"], "expect 2 input channels"),
            (["--kernel", "1", "--bias", "1,2"], "2 biases for 3 filters"),
            (["--pool", "max", "--pool-size", "12"], "pooling window 12×12 is larger than the 9×11"),
            (["--kernel", "1", "--padding", "10", "--padding-mode", "circular"], "at most 9 is possible"),
        ],
    )
    def test_settings_that_do_not_fit(
        self, convviz: Convviz, photo: NDArray[Any], words: list[str], said: str
    ) -> None:
        check_failed(convviz("apply", "photo.png", *words, "-o", "out.npy"), said, "photo.png")

    def test_colour_of_two_channels(self, convviz: Convviz, folder: Path) -> None:
        np.save(folder / "in.npy", np.ones((2, 5, 5), np.float32))
        run = convviz("apply", "in.npy", "--kernel", "box", "--channels", "r", "-o", "out.npy")
        check_failed(run, "has 2 channels")

    def test_no_memory(self, convviz: Convviz, grid: NDArray[Any], monkeypatch: pytest.MonkeyPatch) -> None:
        def run_out(*_: object) -> None:
            raise MemoryError

        monkeypatch.setattr(apply_command, "run", run_out)
        run = convviz("apply", "grid.npy", "--kernel", "box", "-o", "out.npy")
        check_failed(run, "not enough memory", "grid.npy")
