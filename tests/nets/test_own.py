"""What a user's model file says before it is opened, and settings that are kept."""

from pathlib import Path
from typing import Any

import pytest

from convviz.core.text import Problem
from convviz.engine.backend import load_torch
from convviz.nets.own import from_plain, inspect_model, to_plain
from convviz.nets.preprocessing import Fit, Interpolation, Preprocessing


def state_file(folder: Path, name: str) -> Path:
    load_torch()
    import torch

    path = folder / name
    torch.save({"fc.weight": torch.zeros(6, 4), "fc.bias": torch.zeros(6)}, path)
    return path


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("cats.pth", ""),
        ("my-ResNet18-best.pth", "resnet18"),
        ("wide_resnet50_2.pth", "wide_resnet50_2"),
        ("lenet5.pt", "lenet5"),
    ],
)
def test_the_name_of_a_file_suggests_its_architecture(tmp_path: Path, name: str, guess: str) -> None:
    found = inspect_model(state_file(tmp_path, name))
    assert found.guess == guess
    assert found.outputs == 6
    assert "vgg16" in found.architectures


def test_the_classes_of_a_program_are_read_without_running_it(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    path = tmp_path / "net.py"
    path.write_text(
        f"open({str(marker)!r}, 'w').close()\nclass Plain: pass\nclass Block(Module): pass\n"
        "class Net(nn.Module):\n    class Inner(nn.Module): pass\n"
    )
    found = inspect_model(path)
    assert found.architectures == ("Block", "Net")
    assert found.guess == "Net"
    assert found.outputs is None
    assert not marker.exists()


@pytest.mark.parametrize("source", [b"def (", b"\xff\xfe\x00", b"x = '\x00'", b"(" * 5000])
def test_what_is_no_program_is_a_sentence(tmp_path: Path, source: bytes) -> None:
    path = tmp_path / "net.py"
    path.write_bytes(source)
    with pytest.raises(Problem, match=r"net\.py is not a Python program"):
        inspect_model(path)


@pytest.mark.parametrize("name", ["none.pth", "none.py", "none.pt2"])
def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(Problem, match="There is no file"):
        inspect_model(tmp_path / name)


SETTINGS = (
    Preprocessing(),
    Preprocessing(
        (64, 96),
        Fit.EXACT,
        70,
        crop=False,
        channels=1,
        mean=(0.25,),
        std=(2.0,),
        scale=255.0,
        interpolation=Interpolation.BICUBIC,
        light_on_dark=True,
    ),
)


@pytest.mark.parametrize("settings", SETTINGS)
def test_settings_come_back_as_they_were(settings: Preprocessing) -> None:
    import json

    assert from_plain(json.loads(json.dumps(to_plain(settings)))) == settings


@pytest.mark.parametrize(
    "change",
    [
        {"size": [0, 5]},
        {"size": [1, 2, 3]},
        {"size": 5},
        {"size": [2.5, 3]},
        {"fit": "elsewhere"},
        {"channels": True},
        {"crop": 1},
        {"mean": ["a", "b", "c"]},
        {"mean": [1]},
        {"std": [0, 0, 0]},
        {"scale": None},
        {"more": 1},
    ],
)
def test_settings_that_make_no_sense_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_plain({**to_plain(Preprocessing()), **change})


def test_settings_that_are_missing_are_refused() -> None:
    with pytest.raises(ValueError, match="missing"):
        from_plain({})
