"""Files of weights that are hostile, broken, or need to be turned into a state dict first."""

import contextlib
import random
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from safetensors.torch import save_file

from convviz.core.text import Problem
from convviz.nets.load import open_model
from convviz.nets.state_files import read_state
from tests.nets.hostile import FILES

MUTATIONS = 200


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
