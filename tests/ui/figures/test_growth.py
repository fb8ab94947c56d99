from typing import Any

import pytest
import torch
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from convviz.core.text import Problem
from convviz.ui.figures.growth_figure import GrowthFigure
from convviz.ui.figures.scene import Box
from convviz.ui.language import Language
from tests.ui.figures.figure_checks import SCALES, SIZES, check_boxes, check_texts, dressed

# Stride, dilation, padding and a kernel that is not square.
MIXED: dict[str, Any] = {
    "input": 32,
    "layers": [
        {"kind": "conv", "kernel": 5, "stride": 2, "padding": 2},
        {"kind": "conv", "kernel": [1, 3], "dilation": 2, "padding": [0, 2]},
        {"kind": "avg_pool", "size": 2},
        {"kind": "conv", "kernel": 3, "padding": 1},
    ],
}
LONG: dict[str, Any] = {"input": 64, "layers": [{"kind": "conv", "kernel": 7}] * 8}


def figure(qtbot: QtBot, table: dict[str, Any], size: tuple[int, int] = SIZES[0]) -> GrowthFigure:
    made = GrowthFigure(table)
    qtbot.addWidget(made)
    made.resize(*size)
    made.set_stage(99)
    return made


def texts(made: GrowthFigure) -> list[str]:
    return [label.text for label in made.scene().labels]


def test_the_field_grows_as_the_formula_says(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    shown = made.shown()
    assert [shown[f"layer {n} receptive field"] for n in range(5)] == ["1", "3", "5", "6", "10"]
    assert shown["layer 4 formula"] == "r₄ = 6 + (3 − 1)·2 = 10"
    assert shown["unit"] == "10×10"
    for said in ("r₁ = 1 + (3 − 1)·1 = 3", "j₃ = 1·2 = 2", "r₃ = 5 + (2 − 1)·1 = 6"):
        assert said in texts(made)


@pytest.mark.parametrize("table", [{}, MIXED])
def test_written_sums_are_true(qtbot: QtBot, table: dict[str, Any]) -> None:
    made = figure(qtbot, table)
    for name, said in made.shown().items():
        if name.endswith("formula"):
            *_, sum_, result = said.split(" = ") if said.count("=") > 1 else (said, "1", "1")
            assert eval(sum_.replace("·", "*").replace("−", "-")) == int(result)


def test_a_unit_sees_what_torchs_gradient_reaches(qtbot: QtBot) -> None:
    made = figure(qtbot, MIXED)
    modules = [
        torch.nn.Conv2d(1, 1, 5, stride=2, padding=2),
        torch.nn.Conv2d(1, 1, (1, 3), dilation=2, padding=(0, 2)),
        torch.nn.AvgPool2d(2),
        torch.nn.Conv2d(1, 1, 3, padding=1),
    ]
    for level, unit in ((1, 3), (2, 5), (3, 0), (4, 2), (4, 7)):
        values = torch.zeros(1, 1, 32, 32, requires_grad=True)
        out = values
        for module in modules[:level]:
            for parameter in module.parameters():
                torch.nn.init.ones_(parameter)
            out = module(out)
        out[0, 0, unit, unit].backward()
        assert values.grad is not None
        rows = values.grad[0, 0].sum(1).nonzero().flatten().tolist()
        columns = values.grad[0, 0].sum(0).nonzero().flatten().tolist()
        made.pick_unit(level, unit)
        place = made.layout_now()
        cell = place.picture().width() / 32
        thick = max(item.width for item in made.scene().items if isinstance(item, Box) and not item.fill)
        seen = next(
            item.place
            for item in made.scene().items
            if isinstance(item, Box) and not item.fill and item.width == thick and not item.dashed
        )
        assert (seen.top() - place.picture().top()) / cell == pytest.approx(rows[0])
        assert (seen.left() - place.picture().left()) / cell == pytest.approx(columns[0])
        assert seen.height() / cell == pytest.approx(rows[-1] - rows[0] + 1)
        assert seen.width() / cell == pytest.approx(columns[-1] - columns[0] + 1)


def test_each_stage_shows_one_layer_more_and_picks_a_unit_of_it(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    assert made.stages == 5
    for stage in range(5):
        made.set_stage(stage)
        assert made.stage == stage
        assert made.unit[0] == stage
        assert (
            sum(text.startswith("r") and "₋" not in text and "=" in text for text in texts(made)) == stage + 1
        )
        assert f"layer {stage + 1} formula" not in made.shown()
        assert made.count() == sum((16, 14, 12, 6, 4)[: stage + 1])


def test_nothing_moves_from_stage_to_stage(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    places = []
    for stage in range(5):
        made.set_stage(stage)
        places.append(made.layout_now().unit(0, 3))
    assert all(place == places[0] for place in places)


def test_arrow_keys_go_along_a_layer_and_from_layer_to_layer(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    assert made.unit == (4, 1)
    qtbot.keyClick(made, Qt.Key.Key_Right)
    assert made.unit == (4, 2)
    qtbot.keyClick(made, Qt.Key.Key_Up)
    assert made.unit == (4, 2)
    qtbot.keyClick(made, Qt.Key.Key_Down)
    # Right below: the middle of the three that it reads.
    assert made.unit == (3, 3)
    qtbot.keyClick(made, Qt.Key.Key_End)
    qtbot.keyClick(made, Qt.Key.Key_Right)
    assert made.unit == (3, 5)
    assert made.accessibleDescription().startswith("Unit 6 of layer 3, sees 6×6 of 16×16 · columns 11 to 16")
    for _ in range(9):
        qtbot.keyClick(made, Qt.Key.Key_Down)
    qtbot.keyClick(made, Qt.Key.Key_Home)
    assert made.unit == (0, 0)
    assert made.shown()["unit"] == "1×1"


def test_a_click_picks_a_unit_and_it_stays_while_its_layer_is_shown(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    box = made.layout_now().unit(2, 7)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert made.unit == (2, 7)
    made.set_stage(3)
    assert made.unit == (2, 7)
    made.set_stage(1)
    assert made.unit[0] == 1


def test_lines_join_the_unit_down_to_as_many_input_cells_as_it_sees(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    place = made.layout_now()
    soft = [
        item.place for item in made.scene().items if isinstance(item, Box) and item.width > 1 and item.fill
    ]
    row = [box for box in soft if box.center().y() == pytest.approx(place.unit(0, 0).center().y())]
    assert len(row) == 10


@pytest.mark.parametrize("table", [{}, MIXED, LONG])
@pytest.mark.parametrize("language", Language)
def test_no_text_is_cut_off_or_under_another(qtbot: QtBot, table: dict[str, Any], language: Language) -> None:
    for scale in SCALES:
        with dressed(language, scale):
            for size in SIZES:
                made = figure(qtbot, table, size)
                check_texts(made)
                check_boxes(made)
                place = made.layout_now()
                assert place.unit(0, 0).left() >= place.label(0)[0].right()


def test_the_table_gives_the_figure_back(qtbot: QtBot) -> None:
    made = figure(qtbot, MIXED)
    made.pick_unit(2, 5)
    again = figure(qtbot, made.table())
    assert again.unit == (2, 5)
    assert again.table() == made.table()
    assert again.shown() == made.shown()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"inputs": 3}, "The figure knows no inputs; it knows input, layers, unit."),
        ({"input": 2}, "input must be a whole number from 3 to 64."),
        ({"input": [16, 16]}, "input must be a whole number from 3 to 64."),
        ({"layers": [{"kind": "conv"}] * 9}, "layers must be a list of 1 to 8 tables."),
        ({"layers": [{"kind": "flatten"}]}, "layers[1].kind must be one of conv, max_pool, avg_pool."),
        ({"layers": [{"kind": "conv", "kernel": 17}]}, "Layer 1 of the list: The kernel 17×17 is larger"),
        ({"unit": [5, 0]}, "unit is none of the units: the input has 4 layers above it, the last 4 long."),
        ({"unit": [4, 4]}, "unit is none of the units"),
        ({"unit": 3}, "unit must be a list of 2 whole numbers"),
    ],
)
def test_a_bad_table_gets_a_sentence(qtbot: QtBot, table: dict[str, Any], said: str) -> None:
    del qtbot
    with pytest.raises(Problem) as caught:
        GrowthFigure(table)
    assert str(caught.value).startswith(said)
