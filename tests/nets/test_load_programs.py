"""Networks that are programs: Python files and exported ones, trusted or not."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from convviz.core.text import Problem
from convviz.nets.load import open_model
from tests.nets.user_files import OWN, photo


def test_a_python_file_runs_only_when_it_is_trusted(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    file = tmp_path / "own.py"
    file.write_text(f"open({str(canary)!r}, 'w').close()\n{OWN}")
    with pytest.raises(Problem, match="trust"):
        open_model(f"{file}:Tiny")
    assert not canary.exists()
    network = open_model(f"{file}:Tiny", trust=True)
    assert canary.exists()
    assert not network.trained
    assert network.preprocessing.channels == 1
    assert network.trace(photo()).scores.shape == (5,)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["canary", "own.py"]


def test_weights_for_a_python_file_set_its_number_of_classes(tmp_path: Path) -> None:
    file = tmp_path / "own.py"
    file.write_text(OWN)
    trained = open_model(str(file), trust=True)
    state = {key: torch.ones_like(value) for key, value in trained.module.state_dict().items()}
    state["fc.weight"], state["fc.bias"] = torch.ones(9, 4), torch.ones(9)
    save_file(state, tmp_path / "own.safetensors")
    network = open_model(f"{file}:Tiny", tmp_path / "own.safetensors", trust=True)
    assert network.trained
    assert network.trace(photo()).scores.shape == (9,)


def test_an_exported_program_opens_when_it_is_trusted(tmp_path: Path) -> None:
    module = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3), torch.nn.ReLU(), torch.nn.Flatten()).eval()
    path = tmp_path / "mine.pt2"
    torch.export.save(torch.export.export(module, (torch.zeros(1, 3, 32, 32),)), path)
    network = open_model(str(path), trust=True)
    layers = network.architecture().layers
    assert [layer.function for layer in layers][:2] == ["conv2d", "relu"]
    assert sum(layer.weights for layer in layers) == 4 * 3 * 9 + 4


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("1 / 0", "division by zero"),
        ("import sys\nsys.exit(3)", "SystemExit: 3"),
        ("def", "invalid syntax"),
        ("x = 1", "defines no network"),
        (OWN + "class Other(nn.Module): pass", "own.py:Tiny, own.py:Other"),
        ("from torch import nn\nclass A(nn.Module):\n    def __init__(self, n): pass", "without arguments"),
    ],
)
def test_a_python_file_that_does_not_work_gets_a_sentence(source: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "own.py"
    file.write_text(source)
    with pytest.raises(Problem) as refused:
        open_model(str(file), trust=True)
    assert said in str(refused.value)


def test_a_network_for_one_size_of_input_opens_with_that_size(tmp_path: Path) -> None:
    file = tmp_path / "own.py"
    file.write_text(
        "from torch import nn\nclass Oblong(nn.Sequential):\n    def __init__(self):\n"
        "        super().__init__(nn.Conv2d(3, 2, 3, padding=1), nn.Flatten(), nn.Linear(2 * 20 * 32, 3))\n"
    )
    with pytest.raises(Problem):
        open_model(str(file), trust=True)
    network = open_model(str(file), trust=True, size=(20, 32))
    assert network.preprocessing.input_shape == (3, 20, 32)
    assert network.trace(photo()).scores.shape == (3,)
