"""``convviz train``: two files and a few lines, or one sentence and nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from convviz.nets.cards import from_toml
from convviz.nets.datasets import READERS
from convviz.nets.recipes import recipe
from convviz.nets.train import accuracy, load, split
from tests.cli.helpers import Convviz, Run
from tests.nets import tiny


def check_nothing_written(run: Run, said: str) -> None:
    assert run.code == 2
    assert run.out == ""
    assert said in run.err
    assert run.err.count("\n") == 1
    assert not list(Path.cwd().rglob("*.safetensors"))
    assert not list(Path.cwd().rglob("*.toml"))


class TestTraining:
    @pytest.mark.parametrize("name", ["lenet5", "cifar10-vgg"])
    def test_weights_and_card_are_written_and_say_the_truth(
        self, convviz: Convviz, folder: Path, name: str
    ) -> None:
        path = tiny.write_idx(folder, packed=True).parent if name == "lenet5" else tiny.write_zip(folder)
        run = convviz("train", name, "--data", str(path), "--epochs", "1", "--seed", "3", "-o", "mine")
        assert (run.code, run.out) == (0, "")
        assert sorted(file.name for file in Path("mine").iterdir()) == [f"{name}.safetensors", f"{name}.toml"]
        card = from_toml(Path("mine", f"{name}.toml").read_text("utf-8"), "card")
        assert (card.name, card.recipe["epochs"], card.recipe["seed"], card.pictures) == (name, 1, 3, 6)
        data = recipe(name).data
        network = load(name, Path("mine", f"{name}.safetensors").read_bytes())
        _, validation = split(READERS[data](path, "train", lambda: None), replace(recipe(name), seed=3))
        assert accuracy(network, validation, data) == pytest.approx(card.accuracy, abs=1e-6)

    def test_progress_goes_to_stderr_line_by_line(self, convviz: Convviz, folder: Path) -> None:
        tiny.write_npz(folder)
        lines = convviz("train", "lenet5", "--data", ".", "--epochs", "2").err.splitlines()
        assert lines[0] == "lenet5: 60 pictures, 2 epochs, seed 1"
        assert [line.split(":")[0] for line in lines[1:3]] == ["epoch 1/2", "epoch 2/2"]
        assert "loss" in lines[1]
        assert "validation" in lines[1]
        assert lines[3].startswith("lenet5.safetensors: ")
        assert lines[3].endswith(" of 6 validation pictures right")
        assert len(lines) == 4

    def test_the_same_call_writes_the_same_files(self, convviz: Convviz, folder: Path) -> None:
        tiny.write_npz(folder)
        for target in ("one", "two"):
            assert convviz("train", "lenet5", "--data", ".", "--epochs", "1", "-o", target).code == 0
        for name in ("lenet5.safetensors", "lenet5.toml"):
            assert Path("one", name).read_bytes() == Path("two", name).read_bytes()

    def test_ctrl_c_leaves_nothing(
        self, convviz: Convviz, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        tiny.write_npz(folder)
        monkeypatch.setattr("convviz.commands.train._tell_epoch", interrupted)
        assert convviz("train", "lenet5", "--data", ".", "--epochs", "1", "-o", "mine").code == 130
        assert [file.name for file in folder.iterdir()] == ["mnist-train.npz"]


class TestTesting:
    def test_right_answers_to_the_test_pictures_are_counted(self, convviz: Convviz, folder: Path) -> None:
        tiny.write_batches(folder)
        assert convviz("train", "cifar10-vgg", "--data", ".", "--epochs", "1").code == 0
        run = convviz("train", "cifar10-vgg", "--data", ".", "--test", "cifar10-vgg.safetensors")
        weights = Path("cifar10-vgg.safetensors").read_bytes()
        pictures = READERS["cifar10"](folder, "test", lambda: None)
        share = accuracy(load("cifar10-vgg", weights), pictures, "cifar10")
        assert (run.code, run.err) == (0, "")
        assert run.out == f"cifar10-vgg.safetensors: {share:.2%} of 30 test pictures right\n"

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["--test", "none.safetensors"], "“none.safetensors” cannot be read: No such file"),
            (["--test", "bad.safetensors"], "not the weights of lenet5, or the file is damaged"),
            (["--test", "bad.safetensors", "--seed", "2"], "--seed is for training"),
            (["--test", "bad.safetensors", "-o", "."], "-o is for training"),
        ],
    )
    def test_refusals(self, convviz: Convviz, folder: Path, words: list[str], said: str) -> None:
        tiny.write_idx(folder, "t10k")
        Path("bad.safetensors").write_bytes(b"bad")
        run = convviz("train", "lenet5", "--data", ".", *words)
        assert (run.code, run.out) == (2, "")
        assert said in run.err
        assert run.err.count("\n") == 1

    def test_training_data_alone_is_not_enough(self, convviz: Convviz, folder: Path) -> None:
        tiny.write_npz(folder)
        run = convviz("train", "lenet5", "--data", ".", "--test", "any.safetensors")
        assert run.code == 2
        assert "MNIST/raw/t10k-images-idx3-ubyte" in run.err


class TestRefusals:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ([], "Say which network to train"),
            (["lenet5", "cifar10-vgg", "--data", "."], "NAME is lenet5 or cifar10-vgg"),
            (["vgg16", "--data", "."], "does not train “vgg16”; it trains lenet5, cifar10-vgg"),
            (["lenet5"], "Say where the data is: --data PATH"),
            (["lenet5", "--data"], "--data needs a value"),
            (["lenet5", "--data", ".", "--epochs", "0"], "--epochs must be a whole number from 1"),
            (["lenet5", "--data", ".", "--epochs", "many"], "--epochs must be"),
            (["lenet5", "--data", ".", "--seed", "-1"], "--seed must be a whole number from 0"),
            (["lenet5", "--data", ".", "--seed", "1.5"], "--seed must be"),
            (["lenet5", "--data", ".", "--lr", "1"], "no option --lr"),
            (["lenet5", "--data", ".", "-o", "file"], "“file” is a file"),
            (["lenet5", "--data", ".", "-o", "none/deep"], "no folder “none”"),
        ],
    )  # fmt: skip
    def test_bad_arguments(self, convviz: Convviz, folder: Path, words: list[str], said: str) -> None:
        tiny.write_npz(folder)
        Path("file").touch()
        check_nothing_written(convviz("train", *words), said)

    @pytest.mark.parametrize("name", ["lenet5", "cifar10-vgg"])
    def test_a_folder_without_data(self, convviz: Convviz, folder: Path, name: str) -> None:
        check_nothing_written(convviz("train", name, "--data", "."), "Give the folder torchvision")
        check_nothing_written(convviz("train", name, "--data", "none"), "There is no “none”")

    def test_broken_data(self, convviz: Convviz, folder: Path) -> None:
        file = tiny.write_npz(folder)
        file.write_bytes(file.read_bytes()[:5000])
        check_nothing_written(convviz("train", "lenet5", "--data", ".", "-o", "mine"), "npz is damaged")
        assert not Path("mine").exists()

    def test_a_target_that_cannot_be_written_is_a_sentence(self, convviz: Convviz, folder: Path) -> None:
        tiny.write_npz(folder)
        Path("lenet5.safetensors").mkdir()
        run = convviz("train", "lenet5", "--data", ".", "--epochs", "1")
        assert run.code == 1
        assert "lenet5.safetensors was not saved: it is a folder" in run.err.splitlines()[-1]
        assert not Path("lenet5.toml").exists()


def test_help_says_what_the_data_must_be(convviz: Convviz) -> None:
    run = convviz("train", "--help")
    assert run.code == 0
    for word in ("lenet5", "cifar10-vgg", "MNIST/raw", "cifar-10-batches-py", "--epochs", "--seed", "Ctrl+C"):
        assert word in run.out
