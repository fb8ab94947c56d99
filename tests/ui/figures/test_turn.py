from typing import Any

import numpy as np
import pytest
import torch
from pytestqt.qtbot import QtBot

from convviz.core.text import Problem
from convviz.ui.figures.turn_figure import TurnFigure
from convviz.ui.language import Language
from tests.ui.figures.figure_checks import SCALES, SIZES, check_texts, dressed

OTHER: dict[str, Any] = {"input": [[1, 2, 0, 3], [0, -1, 4, 1], [2, 2, 1, 0]], "kernel": [[1, 2], [0, -3]]}


def figure(qtbot: QtBot, table: dict[str, Any], size: tuple[int, int] = SIZES[0]) -> TurnFigure:
    made = TurnFigure(table)
    qtbot.addWidget(made)
    made.resize(*size)
    return made


def values(said: str) -> list[list[float]]:
    return [[float(one) for one in row.replace("−", "-").split()] for row in said.split("; ")]


@pytest.mark.parametrize("table", [{}, OTHER])
def test_results_are_those_of_torch_and_numpy(qtbot: QtBot, table: dict[str, Any]) -> None:
    made = figure(qtbot, table)
    given, kernel = (np.array(made.table()[key], float) for key in ("input", "kernel"))
    made.set_stage(2)
    shown = made.shown()
    torchs = torch.nn.functional.conv2d(torch.tensor(given)[None, None], torch.tensor(kernel)[None, None])
    assert values(shown["correlation"]) == torchs[0, 0].tolist()
    windows = np.lib.stride_tricks.sliding_window_view(given, kernel.shape)
    assert values(shown["convolution"]) == (windows * kernel[::-1, ::-1]).sum((2, 3)).tolist()
    made.set_stage(3)
    down, across = given.shape[0] - 1, given.shape[1] - 1
    padded = np.pad(given, ((down, down), (across, across)))
    auto = (np.lib.stride_tricks.sliding_window_view(padded, given.shape) * given).sum((2, 3))
    assert values(made.shown()["autocorrelation"]) == auto.tolist()


def test_a_single_one_is_answered_by_the_turned_kernel_or_by_the_kernel(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    assert made.stages == 4
    assert made.shown() == {"correlation": "9 8 7; 6 5 4; 3 2 1"}
    made.set_stage(1)
    assert made.shown() == {"convolution": "1 2 3; 4 5 6; 7 8 9"}
    made.set_stage(99)
    assert made.stage == 3
    assert made.table() == figure(qtbot, made.table()).table()


@pytest.mark.parametrize("language", Language)
def test_no_text_is_cut_off_or_under_another(qtbot: QtBot, language: Language) -> None:
    for scale in SCALES:
        with dressed(language, scale):
            for size in SIZES:
                made = figure(qtbot, {}, size)
                for stage in range(made.stages):
                    made.set_stage(stage)
                    check_texts(made)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"inputs": 3}, "The figure knows no inputs;"),
        ({"input": 3}, "input must be numbers"),
        ({"input": [[1] * 10]}, "input must be rows of at most 9 × 9 numbers."),
        ({"kernel": [[1] * 6] * 6}, "kernel must be rows of at most 5 × 5 numbers"),
    ],
)
def test_a_bad_table_gets_a_sentence(qtbot: QtBot, table: dict[str, Any], said: str) -> None:
    del qtbot
    with pytest.raises(Problem) as caught:
        TurnFigure(table)
    assert str(caught.value).startswith(said)
