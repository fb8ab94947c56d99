"""Networks as points: how many parameters, how accurate; read from a figure's table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from convviz.ui.figures.table_keys import TableKeys

MOST_POINTS = 40
_MOST_MILLIONS = 1_000_000.0


@dataclass(frozen=True)
class NetworkPoint:
    """A network.

    Parameters
    ----------
    name : str
        In full.
    label : str
        As it is written beside its point.
    family : str
        Networks of one family have the same mark.
    parameters : float
        In millions.
    accuracy : float
        Top-1 on ImageNet, in per cent.
    """

    name: str
    label: str
    family: str
    parameters: float
    accuracy: float


def _efficient(number: int, parameters: float, accuracy: float) -> Mapping[str, Any]:
    return {
        "name": f"EfficientNet-B{number}",
        "label": f"B{number}",
        "family": "EfficientNet",
        "parameters": parameters,
        "accuracy": accuracy,
    }


def _other(name: str, family: str, parameters: float, accuracy: float) -> Mapping[str, Any]:
    return {"name": name, "family": family, "parameters": parameters, "accuracy": accuracy}


# EfficientNet and ResNet: Tan & Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural
# Networks" (2019), table 2. The others: the figures that torchvision gives for its checkpoints.
PUBLISHED: tuple[Mapping[str, Any], ...] = (
    _efficient(0, 5.3, 77.1),
    _efficient(1, 7.8, 79.1),
    _efficient(2, 9.2, 80.1),
    _efficient(3, 12, 81.6),
    _efficient(4, 19, 82.9),
    _efficient(5, 30, 83.6),
    _efficient(6, 43, 84.0),
    _efficient(7, 66, 84.3),
    _other("ResNet-50", "ResNet", 26, 76.0),
    _other("ResNet-152", "ResNet", 60, 77.8),
    _other("AlexNet", "AlexNet", 61, 56.5),
    _other("VGG16", "VGG", 138, 71.6),
    _other("GoogLeNet", "GoogLeNet", 6.6, 69.8),
)


def read_points(keys: TableKeys, default: Sequence[Mapping[str, Any]] = PUBLISHED) -> list[NetworkPoint]:
    """Return the points of a table, the smallest network first.

    Raises
    ------
    Problem
        If one is not as it should be; says which.
    """
    points = [_read(one) for one in keys.tables("points", default, MOST_POINTS)]
    return sorted(points, key=lambda point: (point.parameters, point.accuracy))


def _read(keys: TableKeys) -> NetworkPoint:
    keys.only(("name", "label", "family", "parameters", "accuracy"))
    name = keys.text("name", most=24)
    return NetworkPoint(
        name,
        keys.text("label", name, most=24),
        keys.text("family", name, most=24),
        keys.number("parameters", 0.001, _MOST_MILLIONS),
        keys.number("accuracy", 0.0, 100.0),
    )
