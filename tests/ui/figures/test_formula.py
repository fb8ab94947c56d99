"""The figure with a convolution's formula and the numbers of one cell."""

from functools import partial
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from convviz.core.text import Problem
from convviz.files.samples import load_examples
from convviz.ui import theme
from convviz.ui.figures.formula_figure import FormulaFigure
from convviz.ui.figures.scene import Box
from convviz.ui.language import Language
from tests.ui.figures.figure_checks import SIZES, check_stages, dressed

LAYER = {"example": "multi-channel", "bias": [1]}
TWO = {"input": [[[1, 2], [3, 4]], [[0, 1], [-1, 0]]], "kernel": [[[[1]], [[2]]], [[[-0.5]], [[0]]]]}
WIDE = {"input": [[-100.25] * 8] * 8, "kernel": [[-12.125] * 5] * 5, "bias": [-3]}


def figure(
    qtbot: QtBot, table: dict[str, Any], stage: int = 2, size: tuple[int, int] = SIZES[0]
) -> FormulaFigure:
    made = FormulaFigure(table)
    qtbot.addWidget(made)
    made.resize(*size)
    made.set_stage(stage)
    return made


def texts(made: FormulaFigure) -> str:
    return "".join(label.text for label in made.scene().labels)


@pytest.mark.parametrize("name", ["conv-5x5", "conv-step", "multi-channel", "three-filters"])
def test_every_cell_has_the_sum_of_the_lectures(qtbot: QtBot, name: str) -> None:
    expected = next(one.expected for one in load_examples() if one.id == name)
    made = figure(qtbot, {"example": name})
    sums = []
    for part in range(made.count()):
        made.pick(part)
        sums.append(float(made.shown()["sum"].replace("−", "-")))
    assert np.array_equal(np.reshape(sums, expected.shape), expected)


def test_the_stages_show_symbols_then_numbers_then_the_sum(qtbot: QtBot) -> None:
    made = figure(qtbot, {"cell": [0, 2]}, 0)
    assert made.stages == 3
    assert "out(x, y) = " in texts(made)
    assert "b = 0: bias" in texts(made)
    assert set(made.shown()) == {"cell", "filter"}
    made.set_stage(1)
    products = "0·2 + 1·1 + 2·0 + 2·1 + 2·3 + 0·1 + 0·2 + 1·2 + 2·3"
    assert made.shown()["products"] == f"{products} = ?"
    assert "17" not in texts(made)
    made.set_stage(9)
    assert made.stage == 2
    assert made.shown()["products"] == f"{products} = 17"
    assert f"{products} = 17" in texts(made)
    assert made.accessibleDescription().endswith(f"{products} = 17")


def test_the_sum_of_a_channel_is_asked_for_before_it_is_shown(qtbot: QtBot) -> None:
    made = figure(qtbot, LAYER, 1)
    lines = made.shown()["products"].splitlines()
    assert len(lines) == 3
    assert all(line.endswith(" = ?") for line in lines)
    made.set_stage(2)
    assert made.shown()["products"].splitlines()[-1] == "7 + 5 + 7 + 1 = 20"


def test_the_place_of_the_cell_stands_in_the_formula_in_violet(qtbot: QtBot) -> None:
    made = figure(qtbot, {**LAYER, "cell": [1, 2]})
    violet = [label.text for label in made.scene().labels if label.ink == theme.current().colours.focus]
    # g(1, 2, 0) = Σ Σ Σ f(1 + i, 2 + j, c) · w(i, j, c, 0) + 1, then the sum.
    assert violet[:7] == ["1", "2", "0", "1", "2", "0", "1"]
    assert "21" in violet


def test_arrow_keys_go_from_cell_to_cell_and_below_the_last_row_to_the_next_filter(qtbot: QtBot) -> None:
    made = figure(qtbot, TWO)
    for key, cell in (
        (Qt.Key.Key_Right, (0, 0, 1)),
        (Qt.Key.Key_Right, (0, 0, 1)),
        (Qt.Key.Key_Down, (0, 1, 1)),
        (Qt.Key.Key_Down, (1, 0, 1)),
        (Qt.Key.Key_Left, (1, 0, 0)),
        (Qt.Key.Key_Up, (0, 1, 0)),
        (Qt.Key.Key_End, (1, 1, 1)),
        (Qt.Key.Key_Down, (1, 1, 1)),
        (Qt.Key.Key_Escape, (1, 1, 1)),
        # These are the lesson's.
        (Qt.Key.Key_PageUp, (1, 1, 1)),
        (Qt.Key.Key_Home, (0, 0, 0)),
    ):
        qtbot.keyClick(made, key)
        assert made.cell == cell
    assert made.accessibleDescription().splitlines()[1] == "g(0, 0, 0) = 1"


def test_a_click_on_an_output_cell_moves_the_window_there(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    place = next(place for place, part in made.scene().targets if part == 5)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    assert made.cell == (0, 1, 2)
    frames = [
        item.place for item in made.scene().items if isinstance(item, Box) and not item.fill and item.outline
    ]
    assert len(frames) == 2
    # Three cells wide around the window, one around the result.
    assert frames[0].width() == pytest.approx(3 * place.width() + 3, abs=1)


@pytest.mark.parametrize("table", [{}, LAYER, TWO, WIDE, {"example": "three-filters"}])
@pytest.mark.parametrize("language", Language)
def test_no_text_is_cut_off_or_under_another(qtbot: QtBot, table: dict[str, Any], language: Language) -> None:
    check_stages(partial(figure, qtbot, table), range(3), language)


@pytest.mark.parametrize(("table", "scale", "least"), [({}, 1.0, 15), ({}, 1.6, 24), (LAYER, 1.6, 24)])
def test_digits_in_cells_are_read_from_the_back_row(
    qtbot: QtBot, table: dict[str, Any], scale: float, least: int
) -> None:
    with dressed(Language.ENGLISH, scale):
        made = figure(qtbot, table, 2, SIZES[1])
        cells = [item.place for item in made.scene().items if isinstance(item, Box) and item.fill]
        digits = [label.font.pixelSize() for label in made.scene().labels if label.place in cells]
        assert digits
        assert min(digits) >= least


def test_nothing_moves_from_cell_to_cell(qtbot: QtBot) -> None:
    made = figure(qtbot, {"input": [[-1000.5, 1, 1, 1]] * 4, "kernel": [[1, -1], [1, 1]]}, 2)
    before = made.scene().targets
    made.pick(8)
    assert made.scene().targets == before


def test_the_table_gives_the_figure_back(qtbot: QtBot) -> None:
    made = figure(qtbot, {**TWO, "bias": [0.5, -1], "cell": [1, 0], "filter": 1})
    again = figure(qtbot, made.table())
    assert again.table() == made.table()
    assert again.cell == (1, 1, 0)
    assert again.shown() == made.shown()
    assert made.table()["bias"] == [0.5, -1]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"inputs": 3}, "The figure knows no inputs; it knows example, input,"),
        ({"example": "stride-2"}, "example must be one of conv-step, conv-5x5,"),
        ({"input": 3}, "input must be rows of numbers"),
        ({"input": [[1, 2], [3]]}, "input must be rows of numbers"),
        ({"input": [[1, "2"]]}, "input must be rows of numbers"),
        ({"input": [[1, True]]}, "input must be rows of numbers"),
        ({"input": [[float("nan")]]}, "input must be rows of numbers"),
        ({"input": []}, "input must be rows of numbers"),
        ({"input": [[1e7] * 5] * 5}, "input must be rows of numbers from −10⁶ to 10⁶"),
        ({"input": [[10**400] * 5] * 5}, "input must be rows of numbers from −10⁶ to 10⁶"),
        (
            {"input": [[0] * 9] * 5},
            "input must be rows of numbers from −10⁶ to 10⁶, all of one length, at most 4×8×8",
        ),
        ({"kernel": [[1] * 6]}, "kernel must be rows of numbers"),
        ({"input": [[1]], "kernel": [[1, 1]]}, "The kernel 1×2 is larger than the 1×1 input."),
        ({"kernel": [[[1]], [[1]]]}, "The filters expect 2 input channels, but the input has 1."),
        ({"bias": [1, 2]}, "bias must be a list of 1 to 1 numbers"),
        ({**TWO, "bias": "no"}, "bias must be a list of 1 to 2 numbers"),
        ({"cell": [3, 0]}, "cell must be a list of 2 whole numbers from 0 to 2."),
        (
            {"input": [[1, 1, 1]], "kernel": [[1]], "cell": [1, 0]},
            "cell is [1, 0], but the output has 1 rows",
        ),
        ({"filter": 1}, "filter must be a whole number from 0 to 0."),
    ],
)
def test_a_bad_table_gets_a_sentence(qtbot: QtBot, table: dict[str, Any], said: str) -> None:
    del qtbot
    with pytest.raises(Problem) as caught:
        FormulaFigure(table)
    assert str(caught.value).startswith(said)
