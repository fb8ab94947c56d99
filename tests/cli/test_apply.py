"""``convviz apply``: the worked examples to the last digit, array layouts, and the process itself."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tifffile

import convviz.commands.apply as apply_command
from convviz.core.specs import Activation, ConvSpec, PoolSpec
from convviz.files.samples import Example, load_examples
from tests.cli.helpers import LECTURE, RNG, ROOT, Convviz, as_json, result

EXAMPLES = load_examples()


def words_of(example: Example, kernel: str) -> list[str]:
    words: list[str] = []
    for op in example.chain:
        if isinstance(op, ConvSpec):
            assert not isinstance(op.padding, str)
            words += ["--kernel", kernel, "--operation", op.operation.value, "--padding-mode", "zeros"]
            for name, value in (("stride", op.stride), ("padding", op.padding), ("dilation", op.dilation)):
                words += [f"--{name}", ",".join(map(str, value))]
            words += ["--bias", ",".join(f"{b:g}" for b in op.bias)]
        elif isinstance(op, PoolSpec):
            words += ["--pool", op.kind.value, "--pool-size", f"{op.size[0]},{op.size[1]}"]
            words += ["--pool-stride", f"{op.steps[0]},{op.steps[1]}"]
        elif isinstance(op, Activation):
            words += ["--activation", op.value]
    return words


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
@pytest.mark.parametrize("form", ["file", "json"])
def test_every_example_is_exact(convviz: Convviz, folder: Path, example: Example, form: str) -> None:
    np.save(folder / "in.npy", example.input)
    kernel = "kernel.npy"
    for op in example.chain:
        if isinstance(op, ConvSpec):
            np.save(folder / kernel, op.weights.astype(np.float32))
            kernel = kernel if form == "file" else as_json(op.weights)
    run = convviz("apply", "in.npy", *words_of(example, kernel), "-o", "out.npy")
    assert (run.code, run.out, run.err) == (0, "", "")
    wanted = example.expected[0] if len(example.expected) == 1 else example.expected
    assert np.array_equal(result(), wanted)
    assert result().shape == wanted.shape


def test_there_are_twenty_examples() -> None:
    assert len(EXAMPLES) == 20


def test_a_grid_without_channels_is_the_same(convviz: Convviz, folder: Path) -> None:
    example = EXAMPLES[0]
    np.save(folder / "in.npy", example.input[0].astype(np.int64))
    assert convviz("apply", "in.npy", "--kernel", LECTURE, "-o", "out.npy").code == 0
    assert np.array_equal(result(), example.expected[0])


def test_maps_of_one_layer_go_into_the_next(convviz: Convviz, folder: Path) -> None:
    by_id = {example.id: example for example in EXAMPLES}
    first, second = by_id["three-filters"], by_id["one-by-one"]
    np.save(folder / "in.npy", first.input)
    for name, example in (("first", first), ("second", second)):
        op = example.chain[0]
        assert isinstance(op, ConvSpec)
        np.save(folder / f"{name}.npy", op.weights)
    assert convviz("apply", "in.npy", "--kernel", "first.npy", "-o", "maps.npy").code == 0
    assert convviz("apply", "maps.npy", "--kernel", "second.npy", "-o", "out.npy").code == 0
    assert np.array_equal(result(), second.expected[0])


def test_a_table_and_a_tiff_hold_the_same_numbers(convviz: Convviz, folder: Path) -> None:
    np.save(folder / "in.npy", RNG.normal(size=(2, 5, 6)).astype(np.float32))
    for name in ("out.npy", "out.csv", "out.tif"):
        run = convviz("apply", "in.npy", "--kernel", LECTURE, "-o", name)
        assert (run.code, run.out, run.err) == (0, "", "")
    wanted = result()
    assert wanted.dtype == np.float32
    table = (folder / "out.csv").read_text(encoding="utf-8").split("\n\n")
    assert [[line.split(",") for line in plane.split()] for plane in table] == wanted.astype(str).tolist()
    assert np.array_equal(tifffile.imread(folder / "out.tif", key=range(len(wanted))), wanted)


@pytest.mark.parametrize("shape", [(5, 4, 4), (8, 20, 3), (3, 3, 3), (1, 9, 2), (64, 5, 4), (90, 6, 7)])
def test_three_axes_are_maps_rows_columns(convviz: Convviz, folder: Path, shape: tuple[int, ...]) -> None:
    values = RNG.integers(-9, 9, shape).astype(np.float32)
    np.save(folder / "in.npy", values)
    assert convviz("apply", "in.npy", "--activation", "abs", "-o", "out.npy").code == 0
    assert np.array_equal(result(), np.abs(values[0] if shape[0] == 1 else values))


def test_a_photograph_with_its_channels_last_is_understood(convviz: Convviz, folder: Path) -> None:
    values = RNG.integers(0, 256, (70, 20, 3)).astype(np.uint8)
    np.save(folder / "in.npy", values)
    assert convviz("apply", "in.npy", "--activation", "abs", "-o", "out.npy").code == 0
    assert np.array_equal(result(), values.transpose(2, 0, 1))


def test_fresh_interpreter_loads_neither_qt_nor_torch_nor_skimage(folder: Path, grid: object) -> None:
    code = (
        "import sys\nfrom convviz.cli import main\n"
        f"words = ['apply', 'grid.npy', '--kernel', {LECTURE!r}, '--pool', 'max', '-o', 'out.npy']\n"
        "assert main(words) == 0\n"
        "heavy = {'torch', 'PySide6', 'skimage', 'pyqtgraph'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=folder, env=environment, timeout=60)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--kernel", "-1 0 1/-2 0 2", "-o", "out.npy"], 0),
        (["--kernel", "sobel-z", "-o", "out.npy"], 2),
        (["--kernel", "sobel-x", "--padding-mode", "reflect", "--padding", "31", "-o", "out.npy"], 1),
    ],
)
def test_exit_codes_of_the_process(folder: Path, grid: object, words: list[str], code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "convviz", "apply", "grid.npy", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == code
    assert done.stdout == ""
    assert done.stderr.count("\n") == (1 if code else 0)
    assert (folder / "out.npy").exists() == (code == 0)


def test_torch_is_loaded_only_where_it_pays(
    convviz: Convviz, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[bool] = []
    monkeypatch.setattr(apply_command, "load_torch", lambda: loaded.append(True))
    monkeypatch.setattr(apply_command, "TORCH_PAYS", 30 * 40 * 9)
    np.save(folder / "a.npy", np.ones((30, 40), np.float32))
    np.save(folder / "b.npy", np.ones((30, 40), np.float32))
    words = ["--kernel", "box", "--padding", "same", "-o"]
    assert convviz("apply", "a.npy", *words, "out.npy").code == 0
    assert not loaded
    assert convviz("apply", "a.npy", "b.npy", *words, "out/").code == 0
    assert loaded == [True]
