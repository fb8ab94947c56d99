"""The names of classes in Russian: whether they are all there, and in their places."""

import re

import pytest

from convviz.engine.backend import load_torch
from convviz.files import class_names as module
from convviz.files.class_names import class_names
from convviz.files.resources import asset
from convviz.nets import small_networks
from convviz.nets.datasets import FASHION
from convviz.nets.learn.made import shapes
from convviz.nets.lite import open_lite
from convviz.nets.torchvision_import import import_torchvision
from convviz.nets.torchvision_networks import imagenet_classes

# Trade names that are written so in Russian as well.
LATIN = {"плеер iPod"}
NAMES = {"imagenet": 1000, "cifar10": 10, "fashion_mnist": 10, "shapes": 3}


def english(vocabulary: str) -> tuple[str, ...]:
    """Return the names as the networks of the catalogue have them."""
    load_torch()
    if vocabulary == "imagenet":
        return imagenet_classes()
    drawn = {"fashion_mnist": FASHION, "shapes": shapes().classes}
    return drawn.get(vocabulary) or small_networks.cards()["cifar10-vgg"][0].classes


@pytest.mark.parametrize("vocabulary", NAMES)
def test_every_class_has_a_name_in_the_order_of_the_networks(vocabulary: str) -> None:
    known = class_names(vocabulary, "ru")
    assert len(known) == NAMES[vocabulary]
    assert tuple(known) == english(vocabulary)


def test_all_networks_trained_on_imagenet_have_these_names() -> None:
    assert open_lite().classes == tuple(class_names("imagenet", "ru"))
    models = import_torchvision()
    for name in ("resnet50", "vgg16", "vit_b_16", "googlenet"):
        for weights in models.get_model_weights(name):
            names = weights.meta["categories"]
            assert names is None or tuple(names) == imagenet_classes()


@pytest.mark.parametrize("vocabulary", NAMES)
def test_the_names_are_russian_and_no_two_are_alike(vocabulary: str) -> None:
    names = list(class_names(vocabulary, "ru").values())
    assert {name for name in names if re.search("[A-Za-z]", name)} <= LATIN
    assert all(re.fullmatch(r"[А-Яа-яЁёA-Za-z«»() -]+", name) for name in names)
    assert not any(re.search(r"^\s|\s$|\s\s|\( | \)", name) for name in names)
    assert len({name.casefold() for name in names}) == len(names)


def test_words_that_mean_several_things_are_told_apart() -> None:
    known = class_names("imagenet", "ru")
    assert (known["crane bird"], known["crane"]) == ("журавль", "подъёмный кран")
    assert (known["Cardigan"], known["cardigan"]) == ("вельш-корги кардиган", "кардиган (кофта)")
    assert (known["maillot"], known["maillot tank suit"]) == ("гимнастическое трико", "закрытый купальник")
    assert (known["missile"], known["projectile"]) == ("ракета", "снаряд")
    assert (known["mouse"], known["nail"], known["plane"]) == ("компьютерная мышь", "гвоздь", "рубанок")
    assert (known["Egyptian cat"], known["espresso"], known["goldfinch"]) == (
        "египетская кошка",
        "эспрессо",
        "щегол",
    )


def test_english_needs_no_other_names() -> None:
    assert class_names("imagenet", "en") == {}


def test_the_file_is_one_pair_to_a_line() -> None:
    lines = asset("classes", "imagenet_ru.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line for line in lines if not line.startswith("#")]
    assert pairs[0] == "tench | линь"
    assert len(pairs) == 1000
    assert all(line.count(" | ") == 1 for line in pairs)


def test_a_line_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="cat"):
        module._pairs("# heading\ndog | собака\ncat |\n")
