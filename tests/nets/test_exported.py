"""An exported program says what pictures it takes, and is given such; nothing in it is run to find out."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from convviz.core.text import Problem
from convviz.nets.exported import Taken, suiting, taken_by
from convviz.nets.load import open_model
from convviz.nets.own import inspect_model
from convviz.nets.preprocessing import Fit, Preprocessing
from tests.nets.hostile import FILES
from tests.nets.user_files import photo

GREY = Taken(1, 20, 24, is_fixed=True)


def export(path: Path, channels: int = 1, dynamic: Any = None) -> Path:
    nn = torch.nn
    parts = nn.Conv2d(channels, 4, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 2)
    given = torch.zeros(2 if dynamic else 1, channels, 20, 24)
    program = torch.export.export(nn.Sequential(*parts).eval(), (given,), dynamic_shapes=dynamic)
    torch.export.save(program, path)
    return path


@pytest.mark.parametrize("channels", [1, 3])
def test_a_program_is_given_as_many_channels_and_pixels_as_it_takes(tmp_path: Path, channels: int) -> None:
    path = export(tmp_path / "net.pt2", channels)
    network = open_model(str(path), trust=True)
    assert network.preprocessing == suiting(channels, 20, 24)
    assert network.trace(photo()).scores.shape == (2,)


def test_sides_that_may_vary_are_those_of_the_example(tmp_path: Path) -> None:
    sides = {0: torch.export.Dim("n", min=1, max=64), 2: torch.export.Dim("h", min=8, max=500)}
    path = export(tmp_path / "net.pt2", dynamic=(sides,))
    assert taken_by(path) == replace(GREY, is_fixed=False)
    other = replace(suiting(1, 20, 24), size=(90, 24))
    network = open_model(str(path), trust=True, preprocessing=other)
    assert network.trace(photo()).input.shape == (1, 90, 24)


@pytest.mark.parametrize(
    "given",
    [
        Preprocessing(),
        replace(suiting(1, 20, 24), channels=3, mean=(0.5,) * 3, std=(0.5,) * 3),
        replace(suiting(1, 20, 24), size=(28, 28)),
        replace(suiting(1, 28, 28), crop=False, fit=Fit.EXACT),
    ],
)
def test_what_does_not_suit_it_is_refused_with_what_does(tmp_path: Path, given: Preprocessing) -> None:
    path = export(tmp_path / "net.pt2")
    with pytest.raises(Problem, match=r"net\.pt2 is made for grey pictures, one channel, of 20 × 24"):
        open_model(str(path), trust=True, preprocessing=given)


def test_a_program_for_colours_is_not_given_grey(tmp_path: Path) -> None:
    path = export(tmp_path / "net.pt2", 3)
    with pytest.raises(Problem, match="choose colours and this size"):
        open_model(str(path), trust=True, preprocessing=suiting(1, 20, 24))


def test_the_dialog_begins_with_what_the_program_takes(tmp_path: Path) -> None:
    path = export(tmp_path / "net.pt2")
    assert taken_by(path) == GREY
    assert inspect_model(path).usual == {"": GREY.preprocessing}


def test_nothing_is_run_to_find_out(tmp_path: Path) -> None:
    name, write = FILES["exported program with pickled inputs"]
    canary = tmp_path / "canary"
    write(tmp_path / name, canary)
    assert taken_by(tmp_path / name) == Taken(3, 8, 8, is_fixed=True)
    assert not canary.exists()


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", "[" * 100_000, '{"graph_module": {"signature": {"input_specs": []}}}', "\\x00", None],
)
def test_what_says_nothing_is_taken_as_saying_nothing(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "net.pt2"
    if content is None:
        path.write_bytes(b"PK\x03\x04 and no more")
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("net/models/model.json", content)
    assert taken_by(path) is None


@pytest.mark.parametrize(
    "sizes", [[1, 2, 20, 24], [1, 1, 20], [1, 1, 0, 24], [1, 1, 20, 10**9], [1, 1, True, 24]]
)
def test_an_input_that_is_no_picture_says_nothing(tmp_path: Path, sizes: list[int]) -> None:
    path = export(tmp_path / "net.pt2")
    with zipfile.ZipFile(path) as archive:
        name = next(one for one in archive.namelist() if one.endswith("models/model.json"))
        program = json.loads(archive.read(name))
    (known,) = (one for one in program["graph_module"]["signature"]["input_specs"] if "user_input" in one)
    tensor = known["user_input"]["arg"]["as_tensor"]["name"]
    values = program["graph_module"]["graph"]["tensor_values"][tensor]
    values["sizes"] = [{"as_int": size} for size in sizes]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, json.dumps(program))
    assert taken_by(path) is None
