import contextlib
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from convviz.core.picture import Picture
from convviz.core.text import Problem
from convviz.nets.load import open_model
from convviz.nets.own import inspect_model
from convviz.nets.state_files import read_state
from tests.nets.hostile import FILES

MUTATIONS = 200

OWN = """
import torch
from torch import nn

class Tiny(nn.Module):
    def __init__(self, num_classes=5):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3)
        self.fc = nn.Linear(4, num_classes)

    def forward(self, x):
        return self.fc(torch.relu(self.conv(x)).mean((2, 3)))
"""


def photo() -> Picture:
    return Picture(np.random.default_rng(1).integers(0, 256, (40, 60, 3), np.uint8), "photo")


def squeezenet(classes: int = 1000) -> dict[str, torch.Tensor]:
    from convviz.nets import torchvision_networks

    state: dict[str, torch.Tensor] = torchvision_networks.build("squeezenet1_1", classes).state_dict()
    return state


@pytest.mark.parametrize("kind", FILES)
def test_a_hostile_or_broken_file_gives_a_sentence_and_runs_nothing(kind: str, tmp_path: Path) -> None:
    name, make = FILES[kind]
    folder, canary = tmp_path / "files", tmp_path / "canary"
    folder.mkdir()
    path = folder / name
    make(path, canary)
    modules = set(sys.modules)
    model, weights = (str(path), None) if path.suffix == ".pt2" else ("squeezenet1_1", path)
    with pytest.raises(Problem) as refused:
        open_model(model, weights)
    assert path.name in str(refused.value)
    assert not canary.exists()
    assert list(folder.iterdir()) == [path]
    assert not [module for module in set(sys.modules) - modules if "convviz_model" in module]


def test_the_canary_would_sing(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    for kind in ("reduce", "global", "inst", "obj", "build"):
        name, make = FILES[kind]
        make(tmp_path / name, canary)
        canary.unlink(missing_ok=True)
        # What the reader must never do, so that the test above cannot pass by accident.
        with contextlib.suppress(AttributeError):
            torch.load(tmp_path / name, weights_only=False)
        assert canary.exists(), kind


@pytest.mark.parametrize("kind", ["whole module", "TorchScript that reads a file"])
def test_what_can_be_turned_into_a_state_dict_is_refused_with_the_lines_that_do(
    kind: str, tmp_path: Path
) -> None:
    name, make = FILES[kind]
    make(tmp_path / name, tmp_path / "canary")
    with pytest.raises(Problem) as refused:
        read_state(tmp_path / name)
    code = str(refused.value).splitlines()[1:]
    assert len(code) == 3
    assert "state_dict()" in code[2]
    # Right as lines, and right after a terminal has put them on one line.
    compile("\n".join(code), "lines", "exec")
    compile(" ".join(code), "line", "exec")


def test_the_three_lines_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    module = torch.nn.Linear(2, 2)
    torch.save(module, "mine.pt")
    with pytest.raises(Problem) as refused:
        read_state(tmp_path / "mine.pt")
    exec("\n".join(str(refused.value).splitlines()[1:]), {})
    state = read_state(tmp_path / "mine-weights.pt")
    assert torch.equal(state["weight"], module.weight)


def test_the_three_lines_work_for_a_checkpoint_with_objects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    module = torch.nn.Linear(2, 2)
    torch.save({"state_dict": module.state_dict(), "settings": SimpleNamespace(rate=0.1)}, "run.ckpt")
    with pytest.raises(Problem) as refused:
        read_state(tmp_path / "run.ckpt")
    exec("\n".join(str(refused.value).splitlines()[1:]), {})
    assert torch.equal(read_state(tmp_path / "run-weights.pt")["weight"], module.weight)


@pytest.mark.parametrize("suffix", [".pt", ".safetensors"])
def test_mutated_files_are_read_or_refused_in_a_sentence(suffix: str, tmp_path: Path) -> None:
    torch.manual_seed(1)
    good = tmp_path / f"good{suffix}"
    state = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2)).state_dict()
    if suffix == ".pt":
        torch.save(state, good)
    else:
        save_file(state, good)
    data = good.read_bytes()
    draw = random.Random(7)
    refused: list[str] = []
    for _ in range(MUTATIONS // 2):
        path = tmp_path / f"mutated{suffix}"
        path.write_bytes(_mutated(data, draw))
        try:
            assert all(isinstance(tensor, torch.Tensor) for tensor in read_state(path).values())
        except Problem as problem:
            refused.append(str(problem))
    assert len(refused) > MUTATIONS // 10
    assert all(path.name in sentence and "Traceback" not in sentence for sentence in refused)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({good.name, f"mutated{suffix}"})


def _mutated(data: bytes, draw: random.Random) -> bytes:
    if draw.random() < 0.3:
        return data[: draw.randrange(len(data))]
    changed = bytearray(data)
    # Where the structure is, a change matters more.
    reach = draw.choice((64, 400, len(data)))
    for _ in range(draw.randrange(1, 8)):
        at = draw.randrange(min(reach, len(data)))
        changed[-at - 1 if draw.random() < 0.3 else at] = draw.randrange(256)
    return bytes(changed)


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
