"""Weights of a user for an architecture: opened, or refused with what is wrong."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from convviz.core.text import Problem
from convviz.nets.load import open_model
from convviz.nets.own import inspect_model
from tests.nets.user_files import photo, squeezenet


def _lightning(state: dict[str, torch.Tensor], path: Path) -> None:
    wrapped = {f"model.{key}": value for key, value in state.items()}
    torch.save({"epoch": 3, "state_dict": {**wrapped, "loss.weight": torch.ones(7)}}, path)


WRITERS: dict[str, Callable[[dict[str, torch.Tensor], Path], None]] = {
    "plain.pt": lambda state, path: torch.save(state, path),
    "legacy.pth": lambda state, path: torch.save(state, path, _use_new_zipfile_serialization=False),
    "safe.safetensors": lambda state, path: save_file(state, path),
    "parallel.pth": lambda s, path: torch.save({f"module.{k}": v for k, v in s.items()}, path),
    "wrapped.pt": lambda state, path: torch.save({"model": state, "epoch": 1}, path),
    "lightning.ckpt": _lightning,
    "half.pt": lambda s, path: torch.save({k: v.half() for k, v in s.items()}, path),
}


@pytest.mark.parametrize("name", WRITERS)
def test_state_dicts_open_with_as_many_classes_as_they_have(name: str, tmp_path: Path) -> None:
    state = squeezenet(classes=7)
    WRITERS[name](state, tmp_path / name)
    network = open_model("squeezenet1_1", tmp_path / name)
    assert network.trained
    assert name in str(network.origin)
    given = network.parameter("classifier.1.weight")
    assert given.shape[0] == 7
    np.testing.assert_allclose(given, state["classifier.1.weight"].numpy(), atol=1e-3)
    trace = network.trace(photo())
    assert trace.scores.shape == (7,)
    assert trace.classes == ()


@pytest.mark.parametrize("key", ["densenet121", "googlenet"])
def test_weights_under_torchvisions_old_names_and_with_auxiliary_parts_open(key: str, tmp_path: Path) -> None:
    from convviz.nets import torchvision_networks

    state = torchvision_networks.build(key).state_dict()
    if key == "densenet121":
        old = {k.replace(".norm1.", ".norm.1.").replace(".conv2.", ".conv.2."): v for k, v in state.items()}
        assert old.keys() != state.keys()
    else:
        old = state | {"aux1.fc1.weight": torch.zeros(3, 3)}
    torch.save(old, tmp_path / "old.pth")
    network = open_model(key, tmp_path / "old.pth")
    assert len(network.classes) == 1000


def test_only_names_of_the_catalogue_are_of_a_known_vocabulary(tmp_path: Path) -> None:
    own = tuple(f"mine {n}" for n in range(1000))
    assert open_model("squeezenet1_1").vocabulary == "imagenet"
    assert open_model("lenet5").vocabulary == ""
    assert open_model("cifar10-vgg").vocabulary == "cifar10"
    # The user's own names are never translated, even if they are the same words.
    named = open_model("squeezenet1_1", classes=own)
    assert (named.classes, named.vocabulary) == (own, "")
    path = tmp_path / "mine.pt"
    torch.save(squeezenet(), path)
    assert open_model("squeezenet1_1", path).vocabulary == "imagenet"
    assert open_model("squeezenet1_1", path, classes=own).vocabulary == ""
    torch.save(squeezenet(classes=7), path)
    assert open_model("squeezenet1_1", path).vocabulary == ""


def test_wrong_keys_wrong_shapes_and_whole_numbers_are_named(tmp_path: Path) -> None:
    state = squeezenet()
    path = tmp_path / "mine.pt"
    torch.save({"strange.weight": torch.zeros(1), **dict(list(state.items())[1:])}, path)
    with pytest.raises(Problem, match=r"lacks features\.0\.weight and has strange\.weight"):
        open_model("squeezenet1_1", path)
    torch.save(state | {"features.0.weight": torch.zeros(64, 3, 5, 5)}, path)
    with pytest.raises(Problem, match=r"features\.0\.weight 64×3×5×5 ≠ 64×3×3×3"):
        open_model("squeezenet1_1", path)
    torch.save(state | {"features.0.bias": torch.zeros(64, dtype=torch.long)}, path)
    with pytest.raises(Problem, match=r"whole numbers .*features\.0\.bias"):
        open_model("squeezenet1_1", path)
    torch.save({"a": 1, "b": "c"}, path)
    with pytest.raises(Problem, match="something else than a state dict"):
        open_model("squeezenet1_1", path)


def test_weights_alone_need_an_architecture(tmp_path: Path) -> None:
    torch.save(squeezenet(), tmp_path / "mine.pt")
    with pytest.raises(Problem, match="need an architecture"):
        open_model(str(tmp_path / "mine.pt"))


def test_a_state_dict_in_half_precision_opens_what_batch_norm_has_counted_included(tmp_path: Path) -> None:
    source = (
        "from torch import nn\nclass Counting(nn.Sequential):\n    def __init__(self):\n"
        "        super().__init__(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Flatten())\n"
    )
    file, weights = tmp_path / "own.py", tmp_path / "half.pt"
    file.write_text(source)
    whole = open_model(str(file), trust=True).module.state_dict()
    # Training scripts halve everything that is in the table.
    torch.save({key: value.half() for key, value in whole.items()}, weights)
    network = open_model(str(file), weights, trust=True)
    count = network.module.state_dict()["1.num_batches_tracked"]
    assert count.dtype is torch.int64
    assert torch.equal(network.module.state_dict()["0.weight"], whole["0.weight"].half().float())


def test_fractions_where_whole_numbers_belong_are_called_so(tmp_path: Path) -> None:
    source = (
        "import torch\nfrom torch import nn\nclass Looking(nn.Module):\n    def __init__(self):\n"
        "        super().__init__()\n        self.conv = nn.Conv2d(3, 4, 3)\n"
        "        self.register_buffer('places', torch.arange(4))\n"
        "    def forward(self, x):\n        return self.conv(x)[:, self.places].mean((2, 3))\n"
    )
    file, weights = tmp_path / "own.py", tmp_path / "mine.pt"
    file.write_text(source)
    state = open_model(str(file), trust=True).module.state_dict()
    torch.save(state | {"places": torch.arange(4.0)}, weights)
    with pytest.raises(Problem, match=r"holds fractions where own has whole numbers: places"):
        open_model(str(file), weights, trust=True)


@pytest.mark.parametrize("name", ["weights.pt", "own.py"])
def test_a_folder_is_called_a_folder_whatever_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(Problem, match=f"{name} is a folder"):
        inspect_model(tmp_path / name)
    if name.endswith(".py"):
        with pytest.raises(Problem, match=f"{name} is a folder"):
            open_model(str(tmp_path / name), trust=True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders")
@pytest.mark.parametrize("name", ["weights.pt", "own.py"])
def test_nobody_waits_for_what_never_comes_out_of_a_pipe(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    for opening in (
        lambda: inspect_model(tmp_path / name),
        lambda: (
            open_model("squeezenet1_1", tmp_path / name)
            if name.endswith(".pt")
            else open_model(str(tmp_path / name), trust=True)
        ),
    ):
        with pytest.raises(Problem, match=f"{name} is not an ordinary file"):
            opening()
