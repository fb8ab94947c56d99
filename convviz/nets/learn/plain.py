"""A plan of a network as words and numbers for a file, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from convviz.nets.learn.plan import (
    MOST_FILTERS,
    MOST_NEURONS,
    MOST_SIDE,
    Function,
    LayerKind,
    LayerPlan,
    NetworkPlan,
    Pooling,
)


def to_plain(plan: NetworkPlan) -> list[dict[str, Any]]:
    """Return ``plan`` as words, numbers and lists, to be kept in a file."""
    return [asdict(layer) | {"size": list(layer.size)} for layer in plan.layers]


def from_plain(plain: Sequence[Mapping[str, Any]]) -> NetworkPlan:
    """Return the plan that :func:`to_plain` gave.

    Raises
    ------
    ValueError
        If it is none.
    """
    try:
        layers = tuple(_layer(one) for one in plain)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("no plan of a network") from error
    for layer in layers:
        whole = (layer.count, *layer.size, layer.padding)
        if not all(type(number) is int for number in whole):
            raise ValueError("sizes are whole numbers")
        most = MOST_NEURONS if layer.kind is LayerKind.DENSE else MOST_FILTERS
        sides = all(1 <= side <= MOST_SIDE for side in layer.size)
        if not (1 <= layer.count <= most and sides and 0 <= layer.padding <= MOST_SIDE):
            raise ValueError("sizes beyond their bounds")
    return NetworkPlan(layers)


def _layer(plain: Mapping[str, Any]) -> LayerPlan:
    rows, columns = plain["size"]
    return LayerPlan(
        LayerKind(plain["kind"]),
        plain["count"],
        (rows, columns),
        plain["padding"],
        Pooling(plain["pooling"]),
        Function(plain["function"]),
    )
