"""Cards as text and back."""

import pytest

from convviz.core.text import Problem
from convviz.nets.cards import Card, from_toml, to_toml

CARD = Card(
    name="lenet5",
    title="LeNet-5",
    weights=61706,
    classes=("0", "“one”", 'two "2"', "три\\"),
    size=(28, 28),
    channels=1,
    mean=(0.1307,),
    std=(0.3081,),
    light_on_dark=True,
    accuracy=0.9942,
    pictures=5000,
    data={"name": "MNIST", "licence": "CC BY-SA 3.0"},
    recipe={"epochs": 30, "peak": 1e-05, "bfloat16": False, "augmentation": {"shift": 2, "flip": True}},
)


def test_a_card_comes_back_as_it_was() -> None:
    assert from_toml(to_toml(CARD), "lenet5.toml") == CARD


def test_the_text_is_the_same_every_time_and_begins_with_the_name() -> None:
    assert to_toml(CARD) == to_toml(from_toml(to_toml(CARD), "x.toml"))
    assert to_toml(CARD).startswith('name = "lenet5"\ntitle = "LeNet-5"\nweights = 61706\n')
    assert "[input]\nsize = [28, 28]\nchannels = 1\n" in to_toml(CARD)


@pytest.mark.parametrize(
    "text", ["", "no toml", "name = 1", to_toml(CARD).replace("weights", "wheels"), to_toml(CARD)[:200]]
)
def test_what_is_no_card_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(Problem, match=r"mine\.toml is not the card of a network"):
        from_toml(text, "mine.toml")
