from typing import Any

import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from convviz.core.text import Problem
from convviz.ui.figures.layers_blocks import BlockRow, blocks_of
from convviz.ui.figures.layers_figure import LayersFigure
from convviz.ui.figures.layers_graph import pattern
from convviz.ui.figures.scene_figure import NOTHING
from convviz.ui.language import Language
from tests.ui.figures.figure_checks import SCALES, SIZES, check_texts, dressed

TYPICAL: dict[str, Any] = {
    "input": [32, 32, 3],
    "layers": [
        {"kind": "conv", "filters": 16, "kernel": 3, "padding": 1},
        {"kind": "activation", "name": "relu"},
        {"kind": "max_pool", "size": 2},
        {"kind": "conv", "filters": 32, "kernel": [3, 5], "stride": [2, 1], "dilation": 2, "padding": 2},
        {"kind": "activation", "name": "tanh"},
        {"kind": "avg_pool", "size": 3, "stride": 2, "padding": 1},
        {"kind": "flatten"},
        {"kind": "dense", "units": 10, "bias": False},
    ],
}


def figure(qtbot: QtBot, table: dict[str, Any], size: tuple[int, int] = SIZES[0]) -> LayersFigure:
    made = LayersFigure(table)
    qtbot.addWidget(made)
    made.resize(*size)
    return made


def texts(made: LayersFigure) -> list[str]:
    return [label.text for label in made.scene().labels]


def test_the_exam_question_has_the_lectures_numbers(qtbot: QtBot) -> None:
    shown = figure(qtbot, {}).shown()
    shapes = [shown[f"layer {n} shape"] for n in (1, 2, 3, 4)]
    weights = [shown[f"layer {n} weights"] for n in (1, 2, 3, 4)]
    assert shapes == ["6×6×4", "3×3×4", "1×1×2", "1×1×1"]
    assert weights == ["300", "0", "72", "2"]
    assert shown["weights"] == "374"
    # 300 at each of 36 places, 72 and 2 at one.
    assert shown["multiply-adds"] == "10\u00a0874"


def test_the_formulas_have_the_numbers_in_place(qtbot: QtBot) -> None:
    said = texts(figure(qtbot, {"view": "puzzle"}))
    assert "4·(5·5·3) = 300" not in said
    made = figure(qtbot, {"view": "puzzle"})
    made.set_stage(99)
    said = texts(made)
    for formula in ("4·(5·5·3) = 300", "2·(3·3·4) = 72", "10 − 5 + 1 = 6", "6 / 2 = 3", "3 − 3 + 1 = 1"):
        assert formula in said
    assert "300 + 72 + 2 = 374" in said


def test_sizes_and_weights_are_those_of_torch(qtbot: QtBot) -> None:
    modules = [
        torch.nn.Conv2d(3, 16, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(16, 32, (3, 5), stride=(2, 1), dilation=2, padding=2),
        torch.nn.Tanh(),
        torch.nn.AvgPool2d(3, 2, 1),
        torch.nn.Flatten(),
    ]
    values = torch.zeros(1, 3, 32, 32)
    counted = figure(qtbot, TYPICAL).counted
    for module, one in zip(modules, counted, strict=False):
        values = module(values)
        assert one.after == tuple(values.shape[1:])
        assert one.weights == sum(parameter.numel() for parameter in module.parameters())
    assert counted[-1].weights == values.shape[1] * 10
    assert counted[0].multiply_adds == 3 * 3 * 3 * 16 * 32 * 32


def test_each_stage_of_the_question_answers_one_layer_more_and_the_last_the_total(qtbot: QtBot) -> None:
    made = figure(qtbot, {"view": "puzzle"})
    assert made.stages == 6
    answers = ("6×6×4", "3×3×4", "1×1×2", "1×1×1")
    for stage in range(6):
        made.set_stage(stage)
        assert made.stage == stage
        said = texts(made)
        assert [answer in said for answer in answers] == [n < stage for n in range(4)]
        assert ("374" in said) == (stage == 5)
        # Two for each layer, and the total.
        assert said.count("?") == (0 if stage == 5 else 2 * (4 - min(stage, 4)) + 1)
        assert ("weights" in made.shown()) == (stage == 5)
        assert made.picked == (stage - 1 if 0 < stage < 5 else NOTHING)
    made.set_stage(77)
    assert made.stage == 5


def test_what_is_hidden_is_hidden_from_screen_readers_and_tips_too(qtbot: QtBot) -> None:
    made = figure(qtbot, {"view": "puzzle"})
    made.set_stage(1)
    assert "4·(5·5·3) = 300" in made.accessibleDescription()
    assert "72" not in made.accessibleDescription()
    assert "374" not in made.accessibleDescription()
    assert "72" not in made.tip(2)


def test_nothing_moves_when_an_answer_is_revealed(qtbot: QtBot) -> None:
    made = figure(qtbot, {"view": "puzzle"})
    places = []
    for stage in range(made.stages):
        made.set_stage(stage)
        places.append([label.place for label in made.scene().labels if label.text == "Max pooling"])
    assert all(place == places[0] for place in places)


def test_blocks_are_to_scale(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    blocks = blocks_of((3, 10, 10), made.counted)
    row = BlockRow(blocks, made.rect().toRectF(), 1.0)
    faces = [row.face(number) for number in range(len(blocks))]
    for block, face in zip(blocks, faces, strict=True):
        assert face.height() == pytest.approx(block.shape[1] * row.cell)
        assert face.width() == pytest.approx(max(2.0, block.shape[0] * row.sheet))
    assert faces[0].height() / faces[1].height() == pytest.approx(10 / 6)


def test_layers_that_keep_the_shape_share_a_block_but_none_joins_the_input(qtbot: QtBot) -> None:
    counted = figure(qtbot, TYPICAL).counted
    assert [block.layers for block in blocks_of((3, 32, 32), counted)] == [
        (),
        (0, 1),
        (2,),
        (3, 4),
        (5,),
        (6,),
        (7,),
    ]
    kept = figure(qtbot, {"input": [4, 4, 1], "layers": [{"kind": "activation"}]}).counted
    assert [block.layers for block in blocks_of((1, 4, 4), kept)] == [(), (0,)]


def test_the_graph_names_every_edge_with_its_shape(qtbot: QtBot) -> None:
    said = texts(figure(qtbot, {**TYPICAL, "view": "graph"}))
    assert said.count("32×32×16") == 2
    for shape in ("32×32×3", "16×16×16", "10"):
        assert shape in said
    assert pattern(figure(qtbot, TYPICAL).counted) == (
        "(convolution → activation → pooling)² → flatten → dense"
    )


def test_arrow_keys_and_clicks_pick_a_layer(qtbot: QtBot) -> None:
    made = figure(qtbot, {"view": "graph"})
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    qtbot.keyClick(made, Qt.Key.Key_Down)
    qtbot.keyClick(made, Qt.Key.Key_Right)
    assert made.picked == 1
    assert made.accessibleDescription().startswith("2. Max pooling 2×2")
    qtbot.keyClick(made, Qt.Key.Key_End)
    qtbot.keyClick(made, Qt.Key.Key_Right)
    assert made.picked == 3
    qtbot.keyClick(made, Qt.Key.Key_Home)
    assert made.picked == 0
    place = next(where for where, what in made.scene().targets if what == 2)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    assert made.picked == 2
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert made.picked == NOTHING
    made.close()


def test_a_click_beside_everything_keeps_what_is_picked(qtbot: QtBot) -> None:
    made = figure(qtbot, {"view": "graph"})
    made.pick(1)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert made.picked == 1


@pytest.mark.parametrize("view", ["funnel", "graph", "puzzle"])
@pytest.mark.parametrize("table", [{}, TYPICAL, {"layers": [{"kind": "activation"}] * 16}])
@pytest.mark.parametrize("language", Language)
def test_no_text_is_cut_off_or_under_another(
    qtbot: QtBot, view: str, table: dict[str, Any], language: Language
) -> None:
    for scale in SCALES:
        with dressed(language, scale):
            for size in SIZES:
                made = figure(qtbot, {**table, "view": view}, size)
                made.set_stage(99)
                check_texts(made)


def test_the_table_gives_the_figure_back(qtbot: QtBot) -> None:
    made = figure(qtbot, {**TYPICAL, "view": "graph"})
    again = figure(qtbot, made.table())
    assert again.table() == made.table()
    assert again.shown() == made.shown()
    made.table()["layers"][0]["filters"] = 99
    assert made.table()["layers"][0]["filters"] == 16


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"vew": "graph"}, "The figure knows no vew; it knows view, input, layers."),
        ({"view": "tree"}, "view must be one of funnel, graph, puzzle."),
        ({"view": 3}, "view must be one of"),
        ({"input": [10, 10]}, "input must be a list of 3 whole numbers from 1 to 1024."),
        ({"input": [10, True, 3]}, "input must be a list"),
        ({"input": "10×10×3"}, "input must be a list"),
        ({"layers": []}, "layers must be a list of 1 to 16 tables."),
        ({"layers": [3]}, "layers must be a list of 1 to 16 tables."),
        ({"layers": [{"kind": "flatten"}] * 17}, "layers must be a list of 1 to 16 tables."),
        ({"layers": [{"kind": "lstm"}]}, "layers[1].kind must be one of conv, max_pool,"),
        ({"layers": [{}]}, "layers[1].kind must be one of"),
        (
            {"layers": [{"kind": "conv", "kernel": 0}]},
            "layers[1].kernel must be a whole number from 1 to 31.",
        ),
        ({"layers": [{"kind": "conv", "kernel": [3, 3, 3]}]}, "layers[1].kernel must be a list of 2"),
        ({"layers": [{"kind": "conv", "filters": 2.5}]}, "layers[1].filters must be a whole number"),
        ({"layers": [{"kind": "conv", "bias": 1}]}, "layers[1].bias must be true or false."),
        ({"layers": [{"kind": "max_pool", "filters": 3}]}, "The figure knows no layers[1].filters;"),
        ({"layers": [{"kind": "activation", "name": "none"}]}, "layers[1].name must be one of relu,"),
        ({"layers": [{"kind": "conv", "kernel": 11}]}, "Layer 1 of the list: The kernel 11×11 is larger"),
        ({"layers": [{"kind": "dense"}]}, "Layer 1 of the list: a dense layer reads a vector;"),
        ({"layers": [{"kind": "flatten"}, {"kind": "conv"}]}, "Layer 2 of the list: a window slides over"),
        ({"layers": [{"kind": "max_pool", "padding": 2}]}, "Layer 1 of the list: Pooling padding 2"),
    ],
)
def test_a_bad_table_gets_a_sentence(qtbot: QtBot, table: dict[str, Any], said: str) -> None:
    del qtbot
    with pytest.raises(Problem) as caught:
        LayersFigure(table)
    assert str(caught.value).startswith(said)
