"""The figure with the filters of a layer as a grid of kernels."""

from functools import partial
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from convviz.core.text import Problem
from convviz.ui import theme
from convviz.ui.figures.filters_figure import FiltersFigure
from convviz.ui.figures.kinds import figure_kinds
from convviz.ui.figures.scene import Box
from convviz.ui.language import Language
from tests.files.shipped import lesson
from tests.ui.figures.figure_checks import SIZES, check_stages, dressed

OF_LESSONS = ("kind", "stage", "until")
LAYER, DEPTHWISE = (
    {key: value for key, value in lesson("conv-layer").steps[step].figure.items() if key not in OF_LESSONS}
    for step in (1, 2)
)
PAIRS: dict[str, Any] = {
    "input": np.arange(36).reshape(4, 3, 3).tolist(),
    "kernel": (np.arange(32).reshape(4, 2, 2, 2) - 16).tolist(),
    "bias": [1, -2, 0.5, 0],
    "groups": 2,
    "cell": [1, 0],
}
WIDE: dict[str, Any] = {"input": [[[-100.25] * 6] * 6] * 4, "kernel": [[[[-12.125] * 3] * 3] * 4] * 4}


def figure(
    qtbot: QtBot, table: dict[str, Any], stage: int = 2, size: tuple[int, int] = SIZES[0]
) -> FiltersFigure:
    made = FiltersFigure(table)
    qtbot.addWidget(made)
    made.resize(*size)
    made.set_stage(stage)
    return made


def texts(made: FiltersFigure) -> list[str]:
    return [label.text for label in made.scene().labels]


@pytest.mark.parametrize("table", [LAYER, DEPTHWISE, PAIRS])
def test_the_rows_add_up_to_what_torch_computes(qtbot: QtBot, table: dict[str, Any]) -> None:
    from torch import tensor
    from torch.nn.functional import conv2d

    made = figure(qtbot, table)
    given = made.table()
    values, weights, bias = (tensor(given[key]).double() for key in ("input", "kernel", "bias"))
    expected = conv2d(values[None], weights, bias, groups=given["groups"])[0].numpy()
    for part in range(made.count()):
        made.pick(part)
        row, column = made.cell
        for number in range(len(expected)):
            said = made.shown()[f"sum {number}"]
            left, right = said.replace("−", "-").split(" = ")
            assert float(right) == pytest.approx(expected[number, row, column])
            terms = left.replace("+ ", "+").replace("- ", "-").split()
            assert sum(map(float, terms)) == pytest.approx(float(right))
            # One for every channel that the filter reads, and the bias.
            assert len(terms) == weights.shape[1] + 1


def test_the_layer_of_the_lesson_gives_19_and_2(qtbot: QtBot) -> None:
    made = figure(qtbot, LAYER)
    assert made.shown()["kernels"] == "6"
    assert made.shown()["sum 0"] == "7 + 5 + 7 + 0 = 19"
    assert made.shown()["sum 1"] == "1 + 0 + 0 + 1 = 2"
    assert any("kernels 3 × 3: 3·2 = 6" in text for text in texts(made))
    depthwise = figure(qtbot, DEPTHWISE)
    assert [depthwise.shown()[f"output {n}"] for n in range(3)] == ["7", "5", "7"]
    said = "groups: 3 (each filter reads 1 of 3 channels); kernels 3 × 3: 1·3 = 3"
    assert any(said in text for text in texts(depthwise))


def test_the_stages_show_the_kernels_then_what_they_give_then_the_sums(qtbot: QtBot) -> None:
    made = figure(qtbot, LAYER, 0)
    assert made.stages == 3
    assert set(made.shown()) == {"cell", "kernels"}
    place = made.layout_now()
    written = {label.place.center().toTuple(): label.text for label in made.scene().labels}
    kernel = [written[place.kernels[0][1].cell(y, x).center().toTuple()] for y in range(3) for x in range(3)]
    assert kernel == ["2", "1", "0", "0", "0", "0", "0", "3", "0"]
    assert texts(made).count("?") == 2
    assert "19" not in texts(made)
    made.set_stage(1)
    assert made.shown()["sum 0"] == "7 + 5 + 7 + 0 = ?"
    assert "19" not in texts(made)
    made.set_stage(7)
    assert made.stage == 2
    assert texts(made).count("19") == 2
    assert made.accessibleDescription().splitlines()[1:] == [
        "c_out = 0: 7 + 5 + 7 + 0 = 19",
        "c_out = 1: 1 + 0 + 0 + 1 = 2",
    ]


def test_a_channel_that_no_kernel_reads_has_an_empty_tile(qtbot: QtBot) -> None:
    made = figure(qtbot, DEPTHWISE)
    place = made.layout_now()
    dashed = [item.place for item in made.scene().items if isinstance(item, Box) and item.dashed]
    empty = [place.kernels[row][column].place for row in range(3) for column in range(3) if row != column]
    assert dashed == empty
    assert not any(isinstance(item, Box) and item.dashed for item in figure(qtbot, LAYER).scene().items)


def test_the_window_moves_in_all_channels_by_keys_and_by_clicks(qtbot: QtBot) -> None:
    made = figure(qtbot, LAYER)
    for key, cell in (
        (Qt.Key.Key_Right, (0, 1)),
        (Qt.Key.Key_Down, (1, 1)),
        (Qt.Key.Key_End, (2, 2)),
        (Qt.Key.Key_Down, (2, 2)),
        (Qt.Key.Key_Escape, (2, 2)),
        (Qt.Key.Key_Home, (0, 0)),
        (Qt.Key.Key_Left, (0, 0)),
    ):
        qtbot.keyClick(made, key)
        assert made.cell == cell
    target = made.layout_now().results[1].cell(1, 2)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=target.center().toPoint())
    assert made.cell == (1, 2)
    assert made.shown()["output 0"] == "20"
    violet = theme.current().colours.focus
    frames = [
        i.place for i in made.scene().items if isinstance(i, Box) and i.outline == violet and not i.fill
    ]
    grids = made.layout_now().inputs
    assert len(frames) == 3 + 2
    assert all(any(frame.contains(grid.cell(2, 3).center()) for frame in frames) for grid in grids)


@pytest.mark.parametrize("table", [{}, LAYER, DEPTHWISE, PAIRS, WIDE, {"example": "three-filters"}])
@pytest.mark.parametrize("language", Language)
def test_no_text_is_cut_off_or_under_another(qtbot: QtBot, table: dict[str, Any], language: Language) -> None:
    check_stages(partial(figure, qtbot, table), range(3), language)


@pytest.mark.parametrize(("scale", "size", "least"), [(1.0, 0, 15), (1.0, 1, 20), (1.6, 1, 24)])
@pytest.mark.parametrize("table", [LAYER, DEPTHWISE])
def test_digits_are_read_from_the_back_row(
    qtbot: QtBot, table: dict[str, Any], scale: float, size: int, least: int
) -> None:
    with dressed(Language.RUSSIAN, scale):
        made = figure(qtbot, table, 2, SIZES[size])
        cells = [item.place for item in made.scene().items if isinstance(item, Box) and item.fill]
        digits = [label.font.pixelSize() for label in made.scene().labels if label.place in cells]
        assert digits
        assert min(digits) >= least


def test_nothing_moves_from_cell_to_cell_or_from_stage_to_stage(qtbot: QtBot) -> None:
    table = {"input": [[-1000.5, 1, 1, 1]] * 4, "kernel": [[1, -1], [1, 1]]}
    made = figure(qtbot, table, 0)
    before = made.scene().targets
    made.set_stage(2)
    made.pick(8)
    assert made.scene().targets == before


def test_the_table_gives_the_figure_back(qtbot: QtBot) -> None:
    made = figure(qtbot, PAIRS)
    again = figure(qtbot, made.table())
    assert again.table() == made.table()
    assert again.shown() == made.shown()
    assert made.table()["groups"] == 2
    assert made.table()["cell"] == [1, 0]
    assert FiltersFigure.KIND in figure_kinds()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"filter": 1}, "The figure knows no filter; it knows example, input,"),
        (
            {"input": [[0] * 7] * 3},
            "input must be rows of numbers from −10⁶ to 10⁶, all of one length, at most 4×6×6",
        ),
        ({"kernel": [[[[1] * 4]]]}, "kernel must be rows of numbers"),
        ({"kernel": [[[[1]], [[1]]]]}, "The filters expect 2 input channels, but the input has 3."),
        ({"groups": 2}, "1 filters cannot be divided into 2 equal groups."),
        ({"groups": 5}, "groups must be a whole number from 1 to 4."),
        ({"bias": [1, 2]}, "bias must be a list of 1 to 1 numbers"),
        ({"cell": [3, 0]}, "cell must be a list of 2 whole numbers from 0 to 2."),
    ],
)
def test_a_bad_table_gets_a_sentence(qtbot: QtBot, table: dict[str, Any], said: str) -> None:
    del qtbot
    with pytest.raises(Problem) as caught:
        FiltersFigure(table)
    assert str(caught.value).startswith(said)
