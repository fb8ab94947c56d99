"""What ``convviz apply`` refuses before it reads anything: one sentence, exit code 2, no file."""

from pathlib import Path
from typing import Any

import pytest
from numpy.typing import NDArray

from tests.cli.helpers import Convviz, check_refused

SHARPEN = ("--kernel", "sharpen")
TWO = ("--kernel", "[[[[1]]], [[[2]]]]")
APPLY = ("apply", "grid.npy", "--kernel", "box")


class TestBadArguments:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ([], "Say what to apply"),
            (["--kernel"], "--kernel needs a value"),
            ([*SHARPEN, "--kernel", "box"], "--kernel is given twice"),
            ([*SHARPEN, "--strides", "2"], "no option --strides"),
            ([*SHARPEN, "--pad", "2"], "no option --pad"),
            ([*SHARPEN, "-x"], "no option -x"),
            ([*SHARPEN, "--operation", "blur"], "--operation must be cross-correlation or conv"),
            ([*SHARPEN, "--stride", "0"], "Stride must be a whole number from 1 to 16"),
            ([*SHARPEN, "--stride", "17"], "Stride must be"),
            ([*SHARPEN, "--stride", "1.5"], "--stride must be a whole number"),
            ([*SHARPEN, "--stride", "1,2,3"], "--stride must be a whole number"),
            ([*SHARPEN, "--stride", ""], "--stride must be a whole number"),
            ([*SHARPEN, "--stride", "-1"], "Stride must be"),
            ([*SHARPEN, "--padding", "-1"], "Padding must be a whole number from 0 to 31"),
            ([*SHARPEN, "--padding", "32"], "Padding must be"),
            ([*SHARPEN, "--padding", "full"], "--padding must be"),
            ([*SHARPEN, "--padding-mode", "mirror"], "--padding-mode must be zeros, reflect"),
            ([*SHARPEN, "--dilation", "0,1"], "Dilation must be"),
            ([*SHARPEN, "--groups", "0"], "--groups must be a whole number from 1 up"),
            (["--kernel", "[[[1]], [[2]]]", "--groups", "2"], "1 filters cannot be divided into 2"),
            ([*SHARPEN, "--groups", "3", "--channels", "each"], "--groups and --channels"),
            ([*SHARPEN, "--bias", "one"], "--bias: “one” is not a number"),
            ([*SHARPEN, "--bias", "1,"], "--bias:"),
            ([*SHARPEN, "--bias", "inf"], "--bias: “inf” is not a finite number"),
            ([*SHARPEN, "--bias", "3e38"], "3e38 in size; the largest possible is 1e30"),
            (["--kernel", "1e300"], "1e300 in size; the largest possible is 1e30"),
            ([*SHARPEN, "--bias", "1,2", "--channels", "grey"], "2 biases for 1 filters"),
            ([*TWO, "--bias", "1,2,3"], "3 biases for 2 filters"),
            ([*TWO, "--bias", "1,2,3", "--channels", "each"], "3 biases for 2 filters"),
            ([*SHARPEN, "--activation", "gelu"], "--activation must be none, relu, abs, sigm"),
            (["--pool", "median"], "--pool must be max, min or avg"),
            (["--pool", "max", "--pool-size", "0"], "Pooling size must be"),
            (["--pool", "max", "--pool-padding", "2"], "is more than half the pooling size"),
            (["--pool", "max", "--pool-stride", "32"], "Pooling stride must be"),
            (["--pool-size", "2", "--kernel", "sharpen"], "--pool-size needs --pool"),
            (["--pool-padding", "1", "--activation", "relu"], "--pool-padding needs --pool"),
            (["--pool", "max", "--stride", "2"], "--stride needs a --kernel"),
            (["--pool", "max", "--bias", "2"], "--bias needs a --kernel"),
            (["--pool", "max", "--channels", "sum"], "--channels sum"),
            ([*SHARPEN, "--channels", "a"], "--channels must be each, sum, grey, r, g or b"),
            (["--kernel", "[[[1]], [[2]]]", "--channels", "grey"], "the filters have 2 kernels each"),
            (["--kernel", "[[[1]], [[2]]]", "--channels", "r"], "1 kernel or 3"),
        ],
    )  # fmt: skip
    def test_one_sentence_and_no_file(
        self, convviz: Convviz, grid: NDArray[Any], words: list[str], said: str
    ) -> None:
        check_refused(convviz("apply", "grid.npy", "-o", "out.npy", *words), said)

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["apply"], "Say what to read"),
            (["apply", "--kernel", "box", "-o", "out.npy"], "Say what to read"),
            (["apply", "grid.npy", "--kernel", "box"], "Say where to write"),
            ([*APPLY, "-o"], "--output needs a value"),
            ([*APPLY, "-o", ""], "-o must be"),
            ([*APPLY, "-o", "out.jpg"], "-o must be a .npy, .csv, .tif or .png file"),
            ([*APPLY, "-o", "out"], "-o must be"),
            ([*APPLY, "-o", "none/out.npy"], "no folder “none”"),
            ([*APPLY, "-o", "grid.npy/"], "“grid.npy” cannot be made"),
            ([*APPLY, "-o", "grid.npy"], "“grid.npy” is read here"),
            ([*APPLY, "-o", "./"], "“grid.npy” is read here"),
            (["apply", "in.npy", "--kernel", "grid.npy", "-o", "grid.npy"], "“grid.npy” is read here"),
            (["apply", "grid.npy", "a/grid.png", "--kernel", "box", "-o", "d/"], "would both be written to"),
            (["apply", "grid.npy", "b.npy", "--kernel", "box", "-o", "out.npy"], "2 inputs need a folder"),
            (["apply", "grid.npy", *TWO, "-o", "out.png"], "A PNG holds 1 or 3 maps"),
            (["apply", "grid.npy", "-o", "x" * 300 + ".jpg", "--kernel", "box"], "-o must be"),
        ],
    )  # fmt: skip
    def test_inputs_and_output(
        self, convviz: Convviz, folder: Path, grid: NDArray[Any], words: list[str], said: str
    ) -> None:
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        check_refused(convviz(*words), said)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before

    def test_arguments_are_checked_before_any_input(self, convviz: Convviz) -> None:
        run = convviz("apply", "missing.png", "--kernel", "box", "--stride", "0", "-o", "out/")
        check_refused(run, "Stride must be", output="out")
