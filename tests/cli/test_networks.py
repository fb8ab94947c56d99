import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from convviz.nets import torchvision_networks
from tests.cli.helpers import Convviz, check_refused

NET = """
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(2))
        self.relu = nn.ReLU(inplace=True)
        self.fc = nn.Linear(4, 3)

    def forward(self, x):
        x = self.features(x)
        y = self.relu(x + 1)
        y += x
        return self.fc(y.mean((2, 3)))
"""


def test_the_list_says_what_is_there(convviz: Convviz) -> None:
    run = convviz("models")
    assert run.code == 0
    lines = run.out.splitlines()
    assert len(lines) == 1 + len(json.loads(convviz("models", "--json").out))
    lite = next(line for line in lines if line.startswith("efficientnet-lite0"))
    assert "4 652 008" in lite
    assert "come with convviz" in lite
    assert any(line.startswith("resnet50 ") and "no (download of 98 MB)" in line for line in lines)
    assert len(lines) > 80


def test_layers_are_listed_with_totals(convviz: Convviz) -> None:
    run = convviz("layers", "resnet50")
    assert run.code == 0
    assert "25 557 032 weights" in run.out.splitlines()[-1]
    row = next(line for line in run.out.splitlines() if " conv1 " in line)
    assert all(text in row for text in ("64 × 112 × 112", "9 408", "7 × 7"))


def test_layers_are_counted_from_1_as_in_the_window(convviz: Convviz) -> None:
    lines = convviz("layers", "alexnet").out.splitlines()
    first = next(line for line in lines if " features.0 " in line)
    assert first.split()[0] == "1"
    told = json.loads(convviz("layers", "alexnet", "--json").out)["layers"]
    assert [layer["number"] for layer in told] == list(range(1, len(told) + 1))
    assert [layer["inputs"] for layer in told[:3]] == [[0], [1], [2]]
    assert all("index" not in layer for layer in told)
    assert f"in all: {len(told)} layers" in lines[-1]


def test_layers_as_json_add_up(convviz: Convviz) -> None:
    run = convviz("layers", "alexnet", "--json")
    told = json.loads(run.out)
    assert told["weights"] == sum(layer["weights"] for layer in told["layers"]) == 61_100_840
    assert told["layers"][0]["kind"] == "convolution"
    assert told["layers"][0]["fields"][0]["first"] == -2


def test_layers_at_another_size_and_of_ones_own_weights(convviz: Convviz, folder: Path) -> None:
    torch.save(torchvision_networks.build("squeezenet1_1", 7).state_dict(), "mine.pt")
    run = convviz("layers", "squeezenet1_1", "--weights", "mine.pt", "--size", "64,96", "--json")
    told = json.loads(run.out)
    assert told["input_shape"] == [3, 64, 96]
    assert told["layers"][-1]["shape"] == [7]


def test_a_network_for_one_size_is_listed_at_that_size(convviz: Convviz, folder: Path) -> None:
    (folder / "oblong.py").write_text(
        "from torch import nn\nclass Net(nn.Sequential):\n    def __init__(self):\n"
        "        super().__init__(nn.Conv2d(3, 2, 3, padding=1), nn.Flatten(), nn.Linear(2 * 20 * 32, 3))\n"
    )
    run = convviz("layers", "oblong.py:Net", "--trust", "--size", "20,32")
    assert run.code == 0
    assert "2 × 20 × 32" in run.out
    check_refused(convviz("layers", "oblong.py:Net", "--trust"), "")


def test_weights_in_the_place_of_a_network_are_told_to_need_one(convviz: Convviz, folder: Path) -> None:
    torch.save({"a": torch.zeros(1)}, folder / "my.pth")
    for arguments in (("layers", "my.pth"), ("layers", "gone.pth"), ("layers", "my.pth", "--size", "32")):
        check_refused(convviz(*arguments), "need an architecture")


def test_a_trace_is_what_forward_hooks_get(convviz: Convviz, photo: object, folder: Path) -> None:
    (folder / "net.py").write_text(NET)
    run = convviz("trace", "photo.png", "--model", "net.py:Net", "--trust", "-o", "out.npz")
    assert (run.code, run.out) == (0, "")
    assert "Untrained" in run.err
    with np.load("out.npz", allow_pickle=False) as written:
        names = list(written)
        assert names == [
            "features.0",
            "features.1",
            "features.2",
            "add",
            "relu",
            "add-2",
            "mean",
            "fc",
        ]
        assert written["features.0"].min() < 0 <= written["features.1"].min()
        np.testing.assert_array_equal(np.maximum(written["features.0"], 0), written["features.1"])
        np.testing.assert_array_equal(written["relu"] + written["features.2"], written["add-2"])


def test_a_traced_network_agrees_with_torchs_own_hooks(convviz: Convviz, photo: object) -> None:
    from convviz.files.pictures import open_picture
    from convviz.nets.catalog import open_network

    assert convviz("trace", "photo.png", "--model", "efficientnet-lite0", "-o", "out.npz").code == 0
    network = open_network("efficientnet-lite0")
    given, _ = network.prepare(open_picture(Path("photo.png")))
    hooked: dict[str, NDArray[np.float32]] = {}

    def keep(name: str) -> Callable[..., None]:
        def hook(_part: object, _given: object, out: torch.Tensor) -> None:
            hooked.setdefault(name, out.numpy().copy())

        return hook

    for name, part in network.module.named_modules():
        part.register_forward_hook(keep(name))
    with torch.no_grad():
        network.module(torch.from_numpy(given[None]))
    with np.load("out.npz", allow_pickle=False) as written:
        shared = [name for name in written if name in hooked]
        assert len(shared) > 100
        for name in shared:
            np.testing.assert_allclose(written[name], hooked[name][0], rtol=1e-4, atol=1e-5, err_msg=name)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("trace",), "Say which picture"),
        (("trace", "photo.png"), "--model"),
        (("trace", "photo.png", "--model", "alexnet"), "-o OUT.npz"),
        (("trace", "photo.png", "--model", "alexnet", "-o", "out.npy"), "-o OUT.npz"),
        (("trace", "photo.png", "--model", "alexnett", "-o", "out.npz"), "Did you mean alexnet"),
        (("trace", "photo.png", "--model", "net.py:Net", "-o", "out.npz"), "no file"),
        (("trace", "photo.png", "--model", "alexnet", "--weights", "none.pt", "-o", "out.npz"), "none.pt"),
        (("layers",), "Say which network"),
        (("layers", " "), "empty"),
        (("layers", "zzz"), "convviz models"),
        (("layers", "alexnet", "--size", "0,5"), "--size"),
        (("layers", "alexnet", "--size", "8"), "features.2"),
        (("layers", "alexnet", "--sise", "8"), "no option --sise"),
        (("models", "--jsn"), "no option --jsn"),
    ],
)
def test_what_makes_no_sense_gets_one_sentence(
    words: tuple[str, ...], said: str, convviz: Convviz, photo: object
) -> None:
    check_refused(convviz(*words), said, "out.npz")


def test_code_needs_trust(convviz: Convviz, photo: object, folder: Path) -> None:
    (folder / "net.py").write_text("open('canary', 'w').close()\n" + NET)
    run = convviz("trace", "photo.png", "--model", "net.py:Net", "-o", "out.npz")
    check_refused(run, "--trust", "out.npz")
    assert not Path("canary").exists()


def test_a_picture_that_is_none_fails_with_exit_code_1(convviz: Convviz, folder: Path) -> None:
    Path("no.png").write_text("no picture")
    run = convviz("trace", "no.png", "--model", "squeezenet1_1", "-o", "out.npz")
    assert run.code == 1
    assert run.err.count("\n") == 1
    assert "no.png" in run.err
    assert not Path("out.npz").exists()


@pytest.mark.parametrize("command", ["models", "layers", "trace"])
def test_help_says_what_the_command_does(command: str, convviz: Convviz) -> None:
    run = convviz(command, "--help")
    assert run.code == 0
    assert run.out.startswith(f"usage: convviz {command}")
    assert max(map(len, run.out.splitlines())) <= 110
