"""The small networks that are shipped with their weights, found by their cards."""

from pathlib import Path
from typing import Any

from convviz.core.numbers import Amount
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.nets import small
from convviz.nets.cards import Card, from_toml
from convviz.nets.entries import Entry
from convviz.nets.network import Network
from convviz.nets.preprocessing import Fit, Preprocessing
from convviz.nets.train import load

_PACKAGE = Path(__file__).resolve().parent.parent
# Data sets whose classes have names in other languages; digits are the same in all.
_VOCABULARIES = {"CIFAR-10": "cifar10"}
# An installed convviz has its assets inside the package; a source checkout has them beside it.
FOLDERS = (_PACKAGE / "assets" / "networks", _PACKAGE.parent / "assets" / "networks")


def cards() -> dict[str, tuple[Card, Path]]:
    """Return the card and the file of weights of each, by name.

    Raises
    ------
    Problem
        If a card cannot be read.
    """
    found: dict[str, tuple[Card, Path]] = {}
    for path in sorted(path for folder in FOLDERS for path in folder.glob("*.toml")):
        weights = path.with_suffix(".safetensors")
        if weights.is_file():
            card = from_toml(path.read_text(encoding="utf-8"), path.name)
            found.setdefault(card.name, (card, weights))
    return found


def names() -> tuple[str, ...]:
    """Return the names of those whose weights are there."""
    return tuple(cards())


def entry(name: str) -> Entry:
    """Return the entry of one."""
    card, _ = cards()[name]
    return Entry(name, card.title, "shipped", True, card.weights, (card.channels, *card.size))


def preprocessing(name: str) -> Preprocessing:
    """Return what pictures go through first, as the card says."""
    card, _ = cards()[name]
    return Preprocessing(
        card.size,
        Fit.SHORTER,
        min(card.size),
        channels=card.channels,
        mean=card.mean,
        std=card.std,
        light_on_dark=card.light_on_dark,
    )


def build(name: str, classes: int = small.CLASSES) -> Any:
    """Return a network with random weights."""
    from torch import nn

    module = small.build(name)
    if classes != small.CLASSES:
        last = list(module.named_children())[-1]
        setattr(module, last[0], nn.Linear(last[1].in_features, classes))
    return module


def open_small(name: str) -> Network:
    """Return a network with its weights.

    Raises
    ------
    Problem
        If its files cannot be read or do not belong together.
    """
    card, path = cards()[name]
    try:
        module = load(name, path.read_bytes())
    except OSError as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "A part of convviz is missing: {file}. Install convviz again."),
            file=path.name,
        ) from error
    origin = Sentence(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "Trained by convviz on {data}; {accuracy} % right on pictures it had not been trained on.",
        ),
        {"data": card.data.get("name", ""), "accuracy": Amount(100 * card.accuracy, ".1f")},
    )
    vocabulary = _VOCABULARIES.get(card.data.get("name", ""), "")
    return Network(module, name, card.title, preprocessing(name), card.classes, True, origin, vocabulary)
