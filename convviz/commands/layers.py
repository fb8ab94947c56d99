"""``convviz layers``: what a network is made of."""

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from convviz.commands.arguments import Parser, UsageProblem
from convviz.commands.model_argument import MODEL_HELP, add_model_options, open_given
from convviz.commands.table import as_table
from convviz.nets import catalog
from convviz.nets.load import names_file
from convviz.nets.preprocessing import MAX_SIDE
from convviz.nets.records import Architecture, Field, Layer

_USAGE = "MODEL [options]"
_DESCRIPTION = """\
List the layers of a network in the order in which they compute: what each does, the shape of its output, its
weights, multiply-adds, receptive field and stride in pixels of the network's input; and the totals. Layers
are counted from 1, as in the window; among the inputs that --json lists, 0 is the network's own input.
"""
_EPILOG = f"""\
{MODEL_HELP}
exit code: 0 listed; 2 bad arguments, or the model cannot be opened

examples:
  convviz layers resnet50
  convviz layers efficientnet-lite0 --size 320,240 --json
  convviz layers resnet18 --weights mine.pt
"""


def layers(argv: Sequence[str]) -> int:
    """Run ``convviz layers`` with the arguments ``argv`` and return the exit code.

    Raises
    ------
    Problem
        If the arguments make no sense or the model cannot be opened.
    """
    parser = Parser("convviz layers", _USAGE, _DESCRIPTION, _EPILOG)
    parser.add_argument("model", metavar="MODEL", nargs="*", help="see below")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_value("--size", metavar="H,W", help="rows and columns of the input; default the network's own")
    add_model_options(parser)
    given = parser.read(argv)
    if len(given.model) != 1:
        raise UsageProblem("Say which network: convviz layers MODEL; convviz models lists names.")
    model, size = given.model[0], None if given.size is None else _size(given.size)
    network_of_catalogue = model.strip() and given.weights is None and not names_file(model)
    if network_of_catalogue and size is None:
        architecture = catalog.outline(model)
    else:
        network = open_given(model, given, size)
        channels, *own = network.preprocessing.input_shape
        rows, columns = size or own
        architecture = network.architecture((channels, rows, columns))
    if given.json:
        json.dump(_as_json(model, architecture), sys.stdout, indent=1)
        print()
    else:
        print(as_table(_rows(architecture), right=(0, 4, 5)))
        print(
            f"\nin all: {len(architecture.layers)} layers, {_spaced(architecture.weights)} weights, "
            f"{_spaced(architecture.multiply_adds)} multiply-adds"
        )
    return 0


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"\s*(\d{1,5})\s*(?:[,x×]\s*(\d{1,5})\s*)?", text)
    rows, columns = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not (1 <= rows <= MAX_SIDE and 1 <= columns <= MAX_SIDE):
        raise UsageProblem(
            "--size must be rows,columns, each from 1 to {most}, not “{text}”.", most=MAX_SIDE, text=text
        )
    return rows, columns


def _rows(architecture: Architecture) -> list[Sequence[str]]:
    head = ("#", "layer", "kind", "output", "weights", "multiply-adds", "receptive field", "stride")
    return [head, *(_row(layer) for layer in architecture.layers)]


def _row(layer: Layer) -> Sequence[str]:
    seen = layer.fields
    return (
        str(layer.index + 1),
        layer.name,
        layer.kind.value if layer.kind.value != "other" else layer.function,
        " × ".join(map(str, layer.shape)),
        _spaced(layer.weights) if layer.weights else "",
        _spaced(layer.multiply_adds) if layer.multiply_adds else "",
        "" if seen is None else "whole" if any(f.whole for f in seen) else f"{seen[0].size} × {seen[1].size}",
        "" if seen is None or any(f.whole for f in seen) else _pair(seen),
    )


def _pair(seen: tuple[Field, Field]) -> str:
    rows, columns = seen
    return str(rows.jump) if rows.jump == columns.jump else f"{rows.jump}, {columns.jump}"


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _as_json(model: str, architecture: Architecture) -> dict[str, Any]:
    return {
        "model": model,
        "weights": architecture.weights,
        "multiply_adds": architecture.multiply_adds,
        **asdict(architecture),
        "layers": [_numbered(layer) for layer in architecture.layers],
    }


def _numbered(layer: Layer) -> dict[str, Any]:
    """Return a layer with numbers from 1 on, as the network room counts; the input is 0."""
    told = asdict(layer)
    inputs = [index + 1 for index in told.pop("inputs")]
    return {"number": told.pop("index") + 1, **told, "inputs": inputs}
