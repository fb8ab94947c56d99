"""The layer as a program: run as it is, it computes the numbers of the engine."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from convviz.core.channels import ChannelMode, planes
from convviz.core.picture import Picture, PictureKind
from convviz.core.specs import (
    Activation,
    Chain,
    ConvSpec,
    Magnitude,
    Operation,
    PaddingMode,
    PoolKind,
    PoolSpec,
)
from convviz.engine.evaluate import run
from convviz.files.layer_code import Dialect, layer_code, plain_source, source_of
from convviz.files.pictures import open_picture
from tests.engine import strategies

# Runs one program after another, each in a fresh namespace: torch is imported once for all of them.
_RUNNER = """
import json, runpy, sys
import numpy as np
for line in sys.stdin:
    script, out = json.loads(line)
    try:
        np.save(out, runpy.run_path(script)["result"])
        said = ""
    except BaseException as error:
        said = repr(error)
    print("done " + json.dumps(said), flush=True)
"""


class Runner:
    """A Python of its own that runs programs, and knows nothing of this one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _RUNNER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder,
        )

    def result(self, code: str) -> NDArray[np.float32]:
        script, out = self.folder / "program.py", self.folder / "out.npy"
        script.write_text(code, encoding="utf-8")
        out.unlink(missing_ok=True)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(script), str(out)]) + "\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            if line.startswith("done "):
                said = json.loads(line.removeprefix("done "))
                assert said == "", f"{said}\n{code}"
                return np.asarray(np.load(out))
        raise AssertionError("the other Python ended")

    def close(self) -> None:
        self._process.communicate(timeout=60)


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    runner = Runner(tmp_path_factory.mktemp("programs"))
    yield runner
    runner.close()


def check(
    runner: Runner, picture: Picture, mode: ChannelMode, chain: Chain, dialect: Dialect, exact: bool = False
) -> None:
    source, beside = source_of(picture, runner.folder / "picture.npy")
    if beside:
        np.save(runner.folder / "picture.npy", picture.values)
    expected = run(planes(picture.values, mode), chain)
    result = runner.result(layer_code(picture, mode, chain, source, dialect))
    assert result.shape == expected.shape
    assert result.dtype == np.float32
    if exact:
        np.testing.assert_array_equal(result, expected)
        return
    np.testing.assert_allclose(result, expected, rtol=1e-4, atol=_rounding(picture, chain))


def _rounding(picture: Picture, chain: Chain) -> float:
    """Return how far float32 may be off: a few parts in a million of the largest sum of products."""
    size = max(1.0, float(np.abs(picture.values.astype(np.float64)).max()))
    for op in chain:
        if isinstance(op, ConvSpec):
            size = max(1.0, size * float(np.abs(op.weights).sum((1, 2, 3)).max()) + max(map(abs, op.bias)))
    return 2e-5 * size


@st.composite
def layers(draw: st.DrawFn) -> tuple[Picture, ChannelMode, Chain]:
    """A small picture with 1, 2, 3 or 4 channels, a channel mode and a chain that fit each other."""
    shape = draw(strategies.shapes())
    values = np.ascontiguousarray(np.moveaxis(draw(strategies.planes(shape)), 0, 2))
    modes = [ChannelMode.EACH, ChannelMode.GREY] + ([ChannelMode.GREEN] if shape[0] in (1, 3) else [])
    mode = draw(st.sampled_from(modes))
    channels = shape[0] if mode is ChannelMode.EACH else 1
    chain = draw(strategies.chains((channels, *shape[1:])))
    return Picture(values, "numbers", kind=PictureKind.GRID), mode, chain


@pytest.mark.parametrize("dialect", Dialect)
@settings(
    max_examples=30,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(layer=layers())
def test_any_layer_as_a_program_gives_the_engines_numbers(
    runner: Runner, dialect: Dialect, layer: tuple[Picture, ChannelMode, Chain]
) -> None:
    check(runner, *layer, dialect)


@pytest.mark.slow
@pytest.mark.parametrize("dialect", Dialect)
@settings(
    max_examples=1500,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(layer=layers())
def test_any_layer_at_length(
    runner: Runner, dialect: Dialect, layer: tuple[Picture, ChannelMode, Chain]
) -> None:
    check(runner, *layer, dialect)


GRID = Picture(
    np.random.default_rng(7).integers(-5, 9, (7, 9, 1)).astype(np.float32), "grid", kind=PictureKind.GRID
)
COLOURS = Picture(np.random.default_rng(8).integers(0, 256, (40, 50, 3)).astype(np.uint8), "colours")
SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], float)


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("mode", PaddingMode)
@pytest.mark.parametrize("operation", Operation)
def test_every_border_and_operation_comes_out_exactly_on_whole_numbers(
    runner: Runner, dialect: Dialect, mode: PaddingMode, operation: Operation
) -> None:
    even = np.arange(8.0).reshape(1, 1, 2, 4) - 3
    conv = ConvSpec(even, (2.0,), operation, (2, 1), "same", mode, (2, 1))
    check(runner, GRID, ChannelMode.GREY, (conv, Activation.RELU), dialect, exact=True)


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("kind", PoolKind)
def test_pooling_with_a_border_leaves_the_border_out_as_the_engine_does(
    runner: Runner, dialect: Dialect, kind: PoolKind
) -> None:
    # All values negative: a border of zeros would win every maximum.
    negative = Picture(-np.abs(GRID.values) - 4, "negative", kind=PictureKind.GRID)
    pool = PoolSpec(kind, (2, 4), (1, 2), (1, 2))
    check(runner, negative, ChannelMode.EACH, (pool,), dialect, exact=True)


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("maps", [2, 3])
def test_the_magnitude_of_two_maps_and_of_three(runner: Runner, dialect: Dialect, maps: int) -> None:
    weights = np.stack([SOBEL, SOBEL.T, np.eye(3)])[:maps, np.newaxis]
    check(runner, GRID, ChannelMode.GREY, (ConvSpec(weights), Magnitude()), dialect)


@pytest.mark.parametrize("dialect", Dialect)
def test_groups_read_their_own_channels(runner: Runner, dialect: Dialect) -> None:
    weights = np.random.default_rng(3).integers(-3, 4, (4, 2, 3, 3)).astype(float)
    four = np.random.default_rng(4).integers(0, 9, (6, 6, 4)).astype(np.float32)
    picture = Picture(four, "four", kind=PictureKind.GRID)
    check(runner, picture, ChannelMode.EACH, (ConvSpec(weights, (1.0,), groups=2),), dialect, exact=True)


@pytest.mark.parametrize("mode", ChannelMode)
def test_every_channel_mode_of_a_colour_picture_in_a_file_of_its_own(
    runner: Runner, tmp_path: Path, mode: ChannelMode
) -> None:
    path = tmp_path / "it's a picture.png"
    Image.fromarray(COLOURS.values).save(path)
    picture = open_picture(str(path))
    depth = 3 if mode in (ChannelMode.EACH, ChannelMode.SUM) else 1
    groups = 3 if mode is ChannelMode.EACH else 1
    weights = np.tile(SOBEL, (groups, depth // groups, 1, 1))
    source = plain_source(picture)
    assert source is not None
    assert source.path == str(path)
    for dialect in Dialect:
        check(runner, picture, mode, (ConvSpec(weights, groups=groups),), dialect, exact=True)


def test_a_picture_that_was_edited_is_not_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    Image.fromarray(COLOURS.values).save(path)
    picture = open_picture(str(path)).shifted(1, 0)
    source, beside = source_of(picture, tmp_path / "beside.npy")
    assert beside
    assert source.path == "beside.npy"


def test_a_picture_that_is_turned_by_its_exif_is_not_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "turned.jpg"
    exif = Image.Exif()
    exif[274] = 6
    Image.fromarray(COLOURS.values).save(path, exif=exif)
    assert plain_source(open_picture(str(path))) is None


def test_a_picture_whose_file_is_gone_or_damaged_is_not_read_from_it(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    Image.fromarray(COLOURS.values).save(path)
    picture = open_picture(str(path))
    path.write_bytes(b"no picture any more")
    assert plain_source(picture) is None
    path.unlink()
    assert plain_source(picture) is None


def test_an_array_is_read_from_its_own_file(runner: Runner, tmp_path: Path) -> None:
    path = tmp_path / "maps.npy"
    np.save(path, np.random.default_rng(5).normal(0, 1, (50, 60)).astype(np.float32))
    picture = open_picture(str(path))
    source = plain_source(picture)
    assert source is not None
    assert source.path == str(path)
    check(runner, picture, ChannelMode.GREY, (ConvSpec(SOBEL[np.newaxis, np.newaxis]),), Dialect.NUMPY)


@pytest.mark.parametrize("dialect", Dialect)
def test_a_program_runs_by_itself_and_says_what_came_out(tmp_path: Path, dialect: Dialect) -> None:
    source = plain_source(GRID)
    assert source is not None
    chain = (ConvSpec(SOBEL[np.newaxis, np.newaxis], padding=(1, 1)),)
    script = tmp_path / "layer.py"
    script.write_text(layer_code(GRID, ChannelMode.GREY, chain, source, dialect), encoding="utf-8")
    said: Any = subprocess.run([sys.executable, "-I", script], capture_output=True, text=True, timeout=300)
    assert said.stderr == ""
    expected = run(planes(GRID.values, ChannelMode.GREY), chain)
    assert said.stdout.split() == f"{expected.shape} {expected.min()} {expected.max()}".split()


def test_the_program_says_what_opencv_cannot_do() -> None:
    source = plain_source(GRID)
    assert source is not None
    conv = ConvSpec(SOBEL[np.newaxis, np.newaxis], stride=(2, 2), dilation=(2, 2))
    code = layer_code(GRID, ChannelMode.GREY, (conv, Activation.TANH), source, Dialect.OPENCV)
    assert "filter2D has no dilation" in code
    assert "Nor a stride" in code
    assert "OpenCV has no activations" in code
