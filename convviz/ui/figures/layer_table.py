"""Reading a convolution, its input and one of its output cells from the table of a figure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from convviz.core.specs import ConvSpec, Pair
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.samples import load_examples
from convviz.ui.figures.number_table import Numbers, nested, read_numbers
from convviz.ui.figures.table_keys import TableKeys


@cache
def worked_layers() -> Mapping[str, tuple[Numbers, ConvSpec]]:
    """Return input and layer of every worked example of stride 1, without padding and gaps in the kernel."""
    out = {}
    for one in load_examples():
        spec = one.chain[0]
        if not isinstance(spec, ConvSpec):
            continue
        if replace(spec, stride=(1, 1), padding=(0, 0), dilation=(1, 1)) == spec:
            out[one.id] = (np.asarray(one.input, np.float64), spec)
    return out


def read_layer(
    keys: TableKeys,
    table: Mapping[str, Any],
    example: str,
    most_input: Sequence[int],
    most_kernel: Sequence[int],
) -> tuple[Numbers, ConvSpec]:
    """Return the input, shape (C, H, W), and the layer that a table describes.

    Parameters
    ----------
    keys : TableKeys
        Reads ``example`` and ``groups``.
    table : mapping
        Has ``input``, ``kernel`` and ``bias``, where they are not those of the example.
    example : str
        The worked example that is meant if the table names none.
    most_input, most_kernel : sequence of int
        Largest shapes (C, H, W) of the input and (F, C, kh, kw) of the weights.

    Raises
    ------
    Problem
        If a value is not as it should be, or weights, biases and groups do not go together.
    """
    known = worked_layers()
    values, spec = known[keys.choice("example", example, known)]
    values = read_numbers(table, "input", nested(values), most_input)
    weights = read_numbers(table, "kernel", nested(spec.weights), most_kernel)
    given = list(spec.bias) if len(spec.bias) == len(weights) else [0.0]
    bias = read_numbers(table, "bias", given, (len(weights),))
    groups = keys.whole("groups", 1, 1, most_input[0])
    return values, ConvSpec(weights, tuple(bias.tolist()), groups=groups)


def read_cell(keys: TableKeys, rows: int, columns: int) -> Pair:
    """Return row and column of the output cell that a table names, by default the first.

    Raises
    ------
    Problem
        If it does not lie in an output of ``rows`` × ``columns`` cells.
    """
    row, column = keys.wholes("cell", (0, 0), 0, max(rows, columns) - 1)
    if row >= rows or column >= columns:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "cell is [{row}, {column}], but the output has {rows} rows and {columns} columns.",
            ),
            row=row,
            column=column,
            rows=rows,
            columns=columns,
        )
    return row, column
