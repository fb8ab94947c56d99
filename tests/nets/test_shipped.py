"""The trained networks that come with convviz: whole, small, and described by a card that fits the code."""

from dataclasses import asdict

import pytest
import torch

from convviz.files.resources import asset
from convviz.nets.cards import Card, from_toml, to_toml
from convviz.nets.data_cards import DATA_CARDS
from convviz.nets.recipes import recipe
from convviz.nets.small import TITLES, build
from convviz.nets.train import load

PROMISED = {"lenet5": 0.99, "cifar10-vgg": 0.90}
SHIPPED = sorted(path.stem for path in asset("networks").glob("*.safetensors"))


def test_every_card_has_its_weights_and_every_file_of_weights_its_card() -> None:
    assert "lenet5" in SHIPPED
    assert sorted(path.stem for path in asset("networks").glob("*.toml")) == SHIPPED
    assert set(SHIPPED) <= set(PROMISED)


def card(name: str) -> Card:
    return from_toml(asset("networks", f"{name}.toml").read_text("utf-8"), name)


@pytest.mark.parametrize("name", SHIPPED)
class TestShipped:
    def test_the_weights_load_and_are_numbers(self, name: str) -> None:
        path = asset("networks", f"{name}.safetensors")
        assert path.stat().st_size < 5_000_000
        state = load(name, path.read_bytes()).state_dict()
        assert all(bool(torch.isfinite(value).all()) for value in state.values())
        # Trained: another network than the one it began with.
        torch.manual_seed(recipe(name).seed)
        begun = build(name).state_dict()
        assert all(not torch.equal(state[key], begun[key]) for key in state if key.endswith("weight"))

    def test_the_card_fits_the_network_its_recipe_and_its_data(self, name: str) -> None:
        given, plan = card(name), recipe(name)
        assert given.name == given.recipe["network"] == name
        assert given.title == TITLES[name]
        assert given.weights == sum(one.numel() for one in build(name).parameters())
        machine = {"precision", "threads", "torch"}
        assert {key: value for key, value in given.recipe.items() if key not in machine} == asdict(plan)
        assert machine <= set(given.recipe)
        data = DATA_CARDS[plan.data]
        assert (given.mean, given.std) == (data.mean, data.std)
        assert {"name", "source", "credit", "licence", "file"} <= set(given.data)

    def test_the_card_keeps_what_was_promised_on_pictures_set_apart(self, name: str) -> None:
        assert card(name).accuracy >= PROMISED[name]
        assert card(name).pictures == 5000

    def test_the_card_is_as_the_training_writes_it(self, name: str) -> None:
        assert to_toml(card(name)) == asset("networks", f"{name}.toml").read_text("utf-8")
