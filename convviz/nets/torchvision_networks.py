"""Every classification network of torchvision, trained where its weights were downloaded before."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from convviz.core.numbers import Amount
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.nets.entries import Entry, Progress, silent
from convviz.nets.network import Network
from convviz.nets.preprocessing import Fit, Interpolation, Preprocessing
from convviz.nets.torchvision_import import import_torchvision

SEED = 0
"""Random weights are drawn from this seed, so that the numbers repeat."""

IMAGENET = "imagenet"
"""The vocabulary of its classes."""

# They have classifiers beside the main path that are used in training only.
_AUXILIARY = ("googlenet", "inception_v3")
_AUXILIARY_PARTS = re.compile(r"(^|\.)(aux1|aux2|AuxLogits)\.")
_DENSE = re.compile(r"^(.*denselayer\d+\.(?:norm|relu|conv))\.([12]\..+)$")


@cache
def names() -> tuple[str, ...]:
    """Return torchvision's own names of its classification networks."""
    models = import_torchvision()
    return tuple(models.list_models(module=models))


def entries() -> list[Entry]:
    """Return the entries of all of them."""
    return [entry(name) for name in names()]


def entry(name: str) -> Entry:
    """Return the entry of one."""
    weights = _weights(name)
    count = weights.meta["num_params"]
    megabytes = float(weights.meta.get("_file_size", 0.0))
    shape = preprocessing(name).input_shape
    return Entry(
        name, title(name), "torchvision", cached(name) is not None, count, shape, weights.url, megabytes
    )


def title(name: str) -> str:
    """Return what people call it: ``ResNet50``, ``EfficientNet-B0``, ``VGG16-BN``."""
    return str(type(_weights(name)).__name__).removesuffix("_Weights").replace("_", "-")


def url(name: str) -> str:
    """Return where its trained weights can be had."""
    return str(_weights(name).url)


def cache_folder() -> Path:
    """Return the folder where torch keeps downloaded weights."""
    import torch

    return Path(torch.hub.get_dir()) / "checkpoints"


def cached(name: str) -> Path | None:
    """Return the file with trained weights if it was downloaded before."""
    path = cache_folder() / Path(urlparse(url(name)).path).name
    return path if path.is_file() else None


def preprocessing(name: str) -> Preprocessing:
    """Return what pictures go through first, as torchvision's weights say."""
    steps = _weights(name).transforms()
    side = int(steps.crop_size[0])
    return Preprocessing(
        (side, side),
        Fit.SHORTER,
        int(steps.resize_size[0]),
        mean=tuple(steps.mean),
        std=tuple(steps.std),
        interpolation=Interpolation(steps.interpolation.value),
    )


@cache
def imagenet_classes() -> tuple[str, ...]:
    """Return the English names of ImageNet's 1000 classes, as torchvision keeps them."""
    return tuple(_weights("alexnet").meta["categories"])


def build(name: str, classes: int = 1000) -> Any:
    """Return a network with random weights, the same ones every time, without auxiliary classifiers."""
    options: dict[str, Any] = {"aux_logits": False, "init_weights": False} if name in _AUXILIARY else {}
    if name.startswith("vit_"):
        # Its table of positions fits one size only: that of the trained weights.
        options["image_size"] = int(_weights(name).meta["min_size"][0])
    with _seeded():
        return import_torchvision().get_model(name, weights=None, num_classes=classes, **options)


def open_torchvision(name: str, progress: Progress = silent) -> Network:
    """Return a network, trained if its weights are there.

    Raises
    ------
    Problem
        If the file with the weights is damaged.
    """
    progress(0.1, Sentence(QT_TRANSLATE_NOOP("Sentence", "Building {title}"), {"title": title(name)}))
    path = cached(name)
    if path is None:
        module = build(name)
        origin = Sentence(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "Untrained: its weights are random numbers, and so is what it says. Download the trained "
                "weights ({megabytes} MB) to see real answers.",
            ),
            {"megabytes": Amount(entry(name).megabytes, ".0f")},
        )
    else:
        module = _trained(name, path, progress)
        origin = Sentence(
            QT_TRANSLATE_NOOP("Sentence", "Trained on ImageNet; weights from {file}."), {"file": path.name}
        )
    return Network(
        module, name, title(name), preprocessing(name), imagenet_classes(), path is not None, origin, IMAGENET
    )


def _trained(name: str, path: Path, progress: Progress) -> Any:
    import torch

    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        progress(0.5, None)
        return fill(name, state)
    except Exception as error:
        # torch answers damaged files with whatever its readers stumble over.
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "The downloaded weights {file} cannot be read. Delete the file and download it again.",
            ),
            file=str(path),
        ) from error


def fill(name: str, state: dict[str, Any]) -> Any:
    """Return a network with torchvision's own trained weights."""
    module = build(name)
    module.load_state_dict(renamed(name, state))
    if name in _AUXILIARY:
        # As in torchvision: these weights were made for values between -1 and 1.
        module.transform_input = True
    return module


def renamed(name: str, state: dict[str, Any]) -> dict[str, Any]:
    """Return weights under the names of the modules :func:`build` makes."""
    if name.startswith("densenet"):
        # As in torchvision: the weights are older than the names of the modules.
        state = {_DENSE.sub(r"\1\2", key): value for key, value in state.items()}
    if name in _AUXILIARY:
        state = {key: value for key, value in state.items() if not _AUXILIARY_PARTS.search(key)}
    return state


@cache
def _weights(name: str) -> Any:
    return import_torchvision().get_model_weights(name).DEFAULT


@contextmanager
def _seeded() -> Iterator[None]:
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        yield
