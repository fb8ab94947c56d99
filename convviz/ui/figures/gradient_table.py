"""Which networks the figure of gradients compares, as its table says."""

from collections.abc import Mapping
from typing import Any

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.nets.gradient_sizes import Setting, Start
from convviz.ui.figures.gradient_runner import Experiment, Given
from convviz.ui.figures.table_keys import TableKeys

LEAST_DEPTH, MOST_DEPTH = 4, 40
MOST_SEED = 9999


def experiment_of(table: Mapping[str, Any]) -> Experiment:
    """Return what a table asks for.

    Raises
    ------
    Problem
        If it is wrong; the sentence names the field.
    """
    keys = TableKeys(table)
    keys.only(("depth", "channels", "norm", "start", "seed", "input"))
    depth = keys.whole("depth", 20, LEAST_DEPTH, MOST_DEPTH)
    if depth % 2:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "depth must be even: a convolution, pairs of convolutions and a dense layer; {depth} is odd.",
            ),
            depth=depth,
        )
    start = Start(keys.choice("start", "small", [one.value for one in Start]))
    given = Given(keys.choice("input", "photo", [one.value for one in Given]))
    channels, seed = keys.whole("channels", 16, 4, 24), keys.whole("seed", 1, 0, MOST_SEED)
    return Experiment(Setting(depth, channels, keys.flag("norm", False), start, seed), given)
