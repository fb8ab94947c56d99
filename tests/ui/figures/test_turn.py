"""The figure of a kernel that turns by 180°."""

from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from convviz.core.text import Problem
from convviz.ui.figures.cell_grid import CellGrid
from convviz.ui.figures.scene import Box
from convviz.ui.figures.turn_figure import TurnFigure, autocorrelation
from convviz.ui.language import Language
from tests.ui.figures.figure_checks import SIZES, check_stages

IMPULSE = {
    "input": [[0] * 5, [0] * 5, [0, 0, 1, 0, 0], [0] * 5, [0] * 5],
    "kernel": [[1, 2, 3], [4, 5, 6], [7, 8, 9]],
}
ODD = {"input": [[-100.25, 3], [0, 1], [2, -7.5]], "kernel": [[1, -0.125]], "cell": [2, 0]}


def figure(
    qtbot: QtBot, table: dict[str, Any], stage: int = 3, size: tuple[int, int] = SIZES[0]
) -> TurnFigure:
    made = TurnFigure(table)
    qtbot.addWidget(made)
    made.resize(*size)
    made.set_stage(stage)
    return made


def written(made: TurnFigure, grid: CellGrid) -> list[str]:
    """Return what stands in a grid's cells, row by row."""
    labels = {label.place.center().toTuple(): label.text for label in made.scene().labels}
    cells = [grid.cell(y, x).center().toTuple() for y in range(grid.rows) for x in range(grid.columns)]
    return [labels.get(cell, "") for cell in cells]


def test_both_results_are_those_of_the_lecture_and_of_torch(qtbot: QtBot) -> None:
    from torch import tensor
    from torch.nn.functional import conv2d

    made = figure(qtbot, {})
    place = made.layout_now()
    assert written(made, place.results[0]) == ["12", "12", "17", "10", "17", "19", "9", "6", "14"]
    assert written(made, place.results[1])[:3] == ["18", "20", "19"]
    table = made.table()
    kernel = tensor(table["kernel"]).reshape(1, 1, 3, 3)
    values = tensor(table["input"]).reshape(1, 1, 5, 5)
    for grid, weights in zip(place.results, (kernel, kernel.flip(2, 3)), strict=True):
        assert [int(text) for text in written(made, grid)] == conv2d(values, weights).flatten().tolist()
    assert "Cross-correlation: Conv2d in PyTorch" in made.accessibleDescription()


def test_convolution_with_an_impulse_gives_the_kernel_and_correlation_the_turned_one(qtbot: QtBot) -> None:
    made = figure(qtbot, IMPULSE)
    place = made.layout_now()
    numbers = [str(n) for n in range(1, 10)]
    assert written(made, place.results[1]) == written(made, place.kernels[0]) == numbers
    assert written(made, place.results[0]) == written(made, place.kernels[1]) == numbers[::-1]


def test_the_autocorrelation_is_largest_in_the_middle_and_symmetric(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    own = written(made, made.layout_now().own)
    squares = sum(value**2 for row in made.table()["input"] for value in row)
    assert own[4] == str(squares) == made.shown()["autocorrelation at 0, 0"]
    assert own == own[::-1]
    found = autocorrelation(made._values)
    values = made._values
    assert found[2, 1] == (values[1:] * values[:-1]).sum()


def test_the_stages_show_the_turned_kernel_then_the_results_then_the_autocorrelation(qtbot: QtBot) -> None:
    made = figure(qtbot, {}, 0)
    place = made.layout_now()
    assert made.stages == 4
    assert set(written(made, place.kernels[1])) == {""}
    assert set(written(made, place.results[0])) == {"", "?"}
    made.set_stage(1)
    assert written(made, place.kernels[1]) == ["2", "1", "0", "0", "2", "2", "2", "1", "0"]
    assert "12" not in written(made, place.results[0])
    made.set_stage(2)
    assert made.shown()["cross-correlation"] == "12"
    assert made.shown()["convolution products"].endswith("= 18")
    assert set(written(made, place.own)) == {""}
    made.set_stage(8)
    assert made.stage == 3


def test_the_kernel_turns_when_it_is_revealed_and_lands_in_its_place(qtbot: QtBot) -> None:
    made = figure(qtbot, {}, 0)
    with qtbot.waitExposed(made):
        made.show()
    with qtbot.waitSignal(made.turning.finished):
        made.set_stage(1)
        assert made.turning.running
        assert set(written(made, made.layout_now().kernels[1])) == {""}
    assert written(made, made.layout_now().kernels[1])[0] == "2"
    qtbot.keyClick(made, Qt.Key.Key_Return)
    assert made.turning.running
    made.set_stage(2)
    assert not made.turning.running
    qtbot.keyClick(made, Qt.Key.Key_Return)
    made.resize(900, 600)
    qtbot.waitUntil(lambda: not made.turning.running)


def test_nothing_turns_out_of_sight(qtbot: QtBot) -> None:
    made = figure(qtbot, {}, 0)
    made.set_stage(1)
    assert not made.turning.running
    assert written(made, made.layout_now().kernels[1])[0] == "2"


def test_arrow_keys_and_clicks_move_the_window_in_both_results(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    qtbot.keyClick(made, Qt.Key.Key_Right)
    qtbot.keyClick(made, Qt.Key.Key_Down)
    assert made.cell == (1, 1)
    assert (made.shown()["cross-correlation"], made.shown()["convolution"]) == ("17", "9")
    assert made.accessibleDescription().startswith("[1, 1] · Cross-correlation: 17 · Convolution: 9")
    qtbot.keyClick(made, Qt.Key.Key_End)
    qtbot.keyClick(made, Qt.Key.Key_Down)
    assert made.cell == (2, 2)
    place = made.layout_now().results[1].cell(0, 2)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    assert made.cell == (0, 2)
    frames = [item.place for item in made.scene().items if isinstance(item, Box) and not item.fill]
    assert any(frame.contains(made.layout_now().input.cell(2, 4).center()) for frame in frames)


@pytest.mark.parametrize(
    "table", [{}, IMPULSE, ODD, {"input": [[-1000.5] * 7] * 7, "kernel": [[-9.25] * 4] * 4}]
)
@pytest.mark.parametrize("language", Language)
def test_no_text_is_cut_off_or_under_another(qtbot: QtBot, table: dict[str, Any], language: Language) -> None:
    check_stages(partial(figure, qtbot, table), (0, 3), language)


def test_the_table_gives_the_figure_back(qtbot: QtBot) -> None:
    made = figure(qtbot, ODD)
    again = figure(qtbot, made.table())
    assert again.table() == made.table() == ODD
    assert again.shown() == made.shown()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"kernels": 1}, "The figure knows no kernels; it knows input, kernel, cell."),
        ({"input": [[0] * 8]}, "input must be rows of numbers"),
        ({"kernel": [[[1]], [[2]]]}, "kernel must be rows of numbers"),
        ({"kernel": [["1"]]}, "kernel must be rows of numbers"),
        ({"input": [[1]]}, "The kernel 3×3 is larger than the 1×1 input."),
        ({"cell": [3, 0]}, "cell must be a list of 2 whole numbers from 0 to 2."),
        (
            {"input": [[1, 1, 1]], "kernel": [[1]], "cell": [1, 0]},
            "cell is [1, 0], but the output has 1 rows",
        ),
    ],
)
def test_a_bad_table_gets_a_sentence(qtbot: QtBot, table: dict[str, Any], said: str) -> None:
    del qtbot
    with pytest.raises(Problem) as caught:
        TurnFigure(table)
    assert str(caught.value).startswith(said)
