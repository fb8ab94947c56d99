"""What belongs to a network's weights: where they come from, what the input must be, how good they are."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from convviz.core.text import QT_TRANSLATE_NOOP, Problem


@dataclass(frozen=True)
class Card:
    """What is known about trained weights, kept beside them as TOML.

    Parameters
    ----------
    name, title : str
        Of the network: as on the command line, and for people.
    weights : int
        Learned numbers.
    classes : tuple of str
        In the order of the network's output.
    size : (int, int)
        Rows and columns of the input.
    channels : int
        1, grey, or 3: red, green and blue.
    mean, std : tuple of float
        One per channel; the network is given (x / 255 − mean) / std of 8-bit values x.
    light_on_dark : bool
        Whether the pictures have to be light on a dark ground, as MNIST's digits are.
    accuracy : float
        Share of right answers on the validation pictures, 0 to 1, computed in float32.
    pictures : int
        How many validation pictures that were.
    data : mapping of str to str
        ``name``, ``source``, ``credit`` and ``licence`` of the training data.
    recipe : mapping
        The recipe's settings, and the precision, the threads and the version of torch.
    """

    name: str
    title: str
    weights: int
    classes: tuple[str, ...]
    size: tuple[int, int]
    channels: int
    mean: tuple[float, ...]
    std: tuple[float, ...]
    light_on_dark: bool
    accuracy: float
    pictures: int
    data: Mapping[str, str]
    recipe: Mapping[str, Any]


# Tables of the file and the fields in them; the others stand at its beginning.
_TABLES = {
    "input": ("size", "channels", "mean", "std", "light_on_dark"),
    "validation": ("accuracy", "pictures"),
}


def to_toml(card: Card) -> str:
    """Return ``card`` as TOML; the same card gives the same text."""
    fields = asdict(card)
    tables: dict[str, Mapping[str, Any]] = {
        name: {key: fields.pop(key) for key in keys} for name, keys in _TABLES.items()
    }
    tables |= {name: fields.pop(name) for name in ("data", "recipe")}
    blocks = [_lines(fields)]
    for name, table in tables.items():
        simple = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
        blocks.append([f"[{name}]", *_lines(simple)])
        blocks += [
            [f"[{name}.{key}]", *_lines(value)] for key, value in table.items() if isinstance(value, Mapping)
        ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _lines(values: Mapping[str, Any]) -> list[str]:
    # Of the kinds that occur here, text, numbers and lists of them, JSON is valid TOML.
    return [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]


def from_toml(text: str, name: str) -> Card:
    """Return the card that :func:`to_toml` wrote.

    Parameters
    ----------
    text : str
        Content of the file.
    name : str
        Of the file, for the sentence.

    Raises
    ------
    Problem
        If it is not a card.
    """
    try:
        content = tomllib.loads(text)
        for table in _TABLES:
            content |= content.pop(table)
        for key in ("classes", "size", "mean", "std"):
            content[key] = tuple(content[key])
        return Card(**content)
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} is not the card of a network: {reason}."),
            name=name,
            reason=str(error).rstrip("."),
        ) from error
