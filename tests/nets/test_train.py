"""Training on a few dozen pictures: it learns, it can be stopped, and the same seed gives the same file."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from convviz.core.text import Problem
from convviz.nets.datasets import Pictures
from convviz.nets.recipes import NAMES, Augmentation, Recipe, recipe
from convviz.nets.small import NAMES as NETWORKS
from convviz.nets.train import Epoch, accuracy, has_bfloat16, load, normalised, split, train
from tests.nets import tiny

QUICK = replace(recipe("lenet5"), epochs=1, batch=16)
# Without shifts, which would turn one class into the next.
LEARNS = replace(
    recipe("lenet5"), epochs=8, batch=16, peak=0.03, averaging=0.8, augmentation=Augmentation(degrees=3.0)
)
CIFAR = replace(recipe("cifar10-vgg"), epochs=1, batch=24)


class TestSplit:
    def test_a_tenth_at_most_is_held_back_and_nothing_twice(self) -> None:
        pictures = tiny.digits(60)
        training, validation = split(pictures, QUICK)
        assert (len(training), len(validation)) == (54, 6)
        together = np.concatenate([training.pixels, validation.pixels]).reshape(60, -1)
        assert len(np.unique(together, axis=0)) == 60

    def test_the_seed_alone_decides(self) -> None:
        pictures = tiny.digits(60)
        same = split(pictures, replace(QUICK, epochs=9, batch=5))[1]
        other = split(pictures, replace(QUICK, seed=2))[1]
        np.testing.assert_array_equal(split(pictures, QUICK)[1].pixels, same.pixels)
        assert not np.array_equal(same.pixels, other.pixels)


class TestTraining:
    def test_it_learns_what_is_easy(self) -> None:
        losses: list[float] = []
        trained = train(LEARNS, tiny.digits(300), lambda epoch: losses.append(epoch.loss))
        assert len(losses) == 8
        assert losses[-1] < 0.7 * losses[0]
        assert trained.card.accuracy > 0.9
        assert trained.card.pictures == 30

    @pytest.mark.parametrize("name", NAMES)
    def test_what_is_saved_loads_and_is_as_good_as_the_card_says(self, name: str) -> None:
        pictures = tiny.digits() if name == "lenet5" else tiny.things()
        settings = QUICK if name == "lenet5" else CIFAR
        trained = train(settings, pictures)
        network = load(name, trained.weights)
        validation = split(pictures, settings)[1]
        assert accuracy(network, validation, settings.data) == pytest.approx(trained.card.accuracy, abs=1e-6)
        assert trained.card.recipe["precision"] in ("float32", "bfloat16")
        assert trained.card.classes == pictures.classes
        assert trained.card.data["file"] == "tiny"
        assert all(value.dtype != torch.bfloat16 for value in network.state_dict().values())

    @pytest.mark.parametrize(
        ("plan", "pictures"), [(QUICK, tiny.digits()), (CIFAR, tiny.things(40))], ids=NAMES
    )
    def test_the_same_seed_gives_the_same_file_and_another_does_not(
        self, plan: Recipe, pictures: Pictures
    ) -> None:
        first = train(plan, pictures)
        torch.rand(3)
        again = train(plan, pictures)
        assert again.weights == first.weights
        assert again.card == first.card
        assert train(replace(plan, seed=9), pictures).weights != first.weights

    def test_random_numbers_of_others_are_left_alone(self) -> None:
        torch.manual_seed(4)
        expected = torch.rand(3)
        torch.manual_seed(4)
        train(QUICK, tiny.digits())
        assert torch.equal(torch.rand(3), expected)

    def test_it_can_be_stopped_between_batches(self) -> None:
        class StoppedError(Exception):
            pass

        calls = 0

        def stop() -> None:
            nonlocal calls
            calls += 1
            if calls == 3:
                raise StoppedError

        told: list[Epoch] = []
        with pytest.raises(StoppedError):
            train(QUICK, tiny.digits(), told.append, stop)
        assert calls == 3
        assert told == []

    def test_numbers_beyond_all_bounds_are_a_sentence(self) -> None:
        wild = replace(QUICK, peak=1e30, epochs=3)
        with pytest.raises(Problem, match="training of lenet5 failed"):
            train(wild, tiny.digits())

    def test_without_bfloat16_in_the_processor_it_is_float32(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(torch.cpu, "get_capabilities", dict)
        assert not has_bfloat16()
        assert train(CIFAR, tiny.things(40)).card.recipe["precision"] == "float32"


class TestInputs:
    def test_values_are_normalised_channel_by_channel(self) -> None:
        pixels = np.array([[[[0, 128, 255]]]], np.uint8)
        values = normalised(pixels, "cifar10")[0, :, 0, 0].tolist()
        expected = [
            (0 - 0.4914) / 0.247,
            (128 / 255 - 0.4822) / 0.2435,
            (1 - 0.4465) / 0.2616,
        ]
        assert values == pytest.approx(expected, abs=1e-5)

    @pytest.mark.parametrize("data", [b"", b"no safetensors", bytes(100)])
    def test_a_damaged_file_of_weights_is_a_sentence(self, data: bytes) -> None:
        with pytest.raises(Problem, match="not the weights of lenet5"):
            load("lenet5", data)

    def test_the_weights_of_the_other_network_are_a_sentence(self) -> None:
        weights = train(QUICK, tiny.digits()).weights
        with pytest.raises(Problem, match="not the weights of cifar10-vgg"):
            load("cifar10-vgg", weights)


def test_every_recipe_is_for_a_network_there_is() -> None:
    assert NAMES == NETWORKS
    assert [recipe(name).network for name in NAMES] == list(NAMES)
    with pytest.raises(Problem, match="does not train “vgg16”; it trains lenet5, cifar10-vgg"):
        recipe("vgg16")
