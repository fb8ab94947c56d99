"""The figure of modules with their weights."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convviz.core.text import Problem
from convviz.ui.figures.module_figure import ModuleFigure
from convviz.ui.figures.scene_figure import NOTHING
from convviz.ui.language import Language
from tests.ui.figures.figure_checks import SCALES, SIZES, check_texts, dressed

OWN: dict[str, Any] = {
    "variants": [
        {
            "name": "Mine",
            "input": [32, 14, 14],
            "join": "concat",
            "branches": [[{"kernel": 3, "channels": 8}], [{"kind": "pool"}, {"kernel": 1, "channels": 4}]],
        }
    ]
}


def _figure(qtbot: QtBot, table: dict[str, Any], size: tuple[int, int] = (860, 560)) -> ModuleFigure:
    figure = ModuleFigure(table)
    qtbot.addWidget(figure)
    figure.resize(*size)
    with qtbot.waitExposed(figure):
        figure.show()
    return figure


def _texts(figure: ModuleFigure) -> list[str]:
    return [label.text for label in figure.scene().labels]


def test_inception_has_the_published_numbers(qtbot: QtBot) -> None:
    figure = _figure(qtbot, {})
    figure.set_stage(2)
    shown = figure.shown()
    assert shown["naive.weights"] == "387\u00a0296"  # 192·64 + 9·192·128 + 25·192·32 and 224 biases
    assert shown["reduced.weights"] == "163\u00a0696"
    assert (shown["naive.channels"], shown["reduced.channels"]) == ("416", "256")
    assert shown["reduced.multiply-adds"] == "128 M"  # as in the paper's table 1
    assert shown["weights.ratio"] == "2.37"
    texts = _texts(figure)
    for expected in ("96 → 128", "110\u00a0720", "64 + 128 + 32 + 192 = 416", "Weights: 163\u00a0696"):
        assert expected in texts


def test_the_bottleneck_is_wider_and_still_lighter_than_the_basic_block(qtbot: QtBot) -> None:
    figure = _figure(qtbot, {"module": "residual"})
    figure.set_stage(9)
    shown = figure.shown()
    assert (shown["plain.weights"], shown["basic.weights"]) == ("73\u00a0728", "73\u00a0728")
    assert shown["bottleneck.weights"] == "69\u00a0632"
    assert (shown["basic.channels"], shown["bottleneck.channels"]) == ("64", "256")
    texts = _texts(figure)
    assert texts.count("F(x)") == texts.count("F(x) + x, then ReLU") == 2
    assert any(text.endswith("without biases") for text in texts)


def test_the_first_comes_alone_then_all_then_their_numbers(qtbot: QtBot) -> None:
    figure = _figure(qtbot, {})
    assert (figure.stages, figure.stage) == (3, 0)
    assert "Inception with 1×1 reduction" not in _texts(figure)
    assert figure.shown() == {"naive.channels": "416"}
    figure.set_stage(1)
    assert "Inception with 1×1 reduction" in _texts(figure)
    assert not [text for text in _texts(figure) if text.startswith("Weights")]
    assert "387" not in figure.accessibleDescription() + figure.tip(0)
    figure.set_stage(2)
    assert "387\u00a0296" in figure.accessibleDescription()
    figure.set_stage(-1)
    assert figure.stage == 0


def test_what_is_shown_already_stays_in_its_place(qtbot: QtBot) -> None:
    figure = _figure(qtbot, {})
    before = [place for place, _ in figure.scene().targets]
    figure.set_stage(1)
    assert [place for place, _ in figure.scene().targets][: len(before)] == before


def test_keys_and_mouse_pick_a_box_whose_numbers_are_written_out(qtbot: QtBot) -> None:
    figure = _figure(qtbot, {})
    figure.set_stage(2)
    assert figure.count() == 11
    QTest.keyClick(figure, Qt.Key.Key_End)
    QTest.keyClick(figure, Qt.Key.Key_Left)
    QTest.keyClick(figure, Qt.Key.Key_Left)
    assert figure.picked == 8
    assert "Weights: (5·5·16 + 1)·32 = 12\u00a0832" in _texts(figure)
    assert "Multiply-adds: 28·28·5·5·16·32 = 10\u00a0035\u00a0200" in _texts(figure)
    assert "Convolution 5×5, 16 → 32 channels" in figure.accessibleDescription()
    place = next(place for place, part in figure.scene().targets if part == 3)
    QTest.mouseClick(figure, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    assert figure.picked == 3
    assert "A pooling compares and multiplies nothing." in _texts(figure)
    QTest.keyClick(figure, Qt.Key.Key_Escape)
    assert figure.picked == NOTHING
    QTest.keyClick(figure, Qt.Key.Key_End)
    figure.set_stage(0)
    assert figure.picked == NOTHING  # it is out of sight


def test_the_table_may_list_its_own_branches(qtbot: QtBot) -> None:
    figure = _figure(qtbot, OWN)
    assert figure.stages == 2
    figure.set_stage(1)
    assert figure.shown()["Mine.weights"] == str((9 * 32 + 1) * 8 + (32 + 1) * 4).replace(
        "2444", "2\u00a0444"
    )
    assert figure.table() == OWN
    assert "max 3×3" in _texts(figure)


def _own(**changes: Any) -> dict[str, Any]:
    return {"variants": [{**OWN["variants"][0], **changes}]}


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"modul": "inception"}, "The figure knows no modul"),
        ({"module": "dense"}, "module must be one of inception, residual."),
        ({"module": "inception", **OWN}, "module or variants, not both"),
        ({"variants": []}, "variants must be a list of 1 to 3 tables."),
        ({"variants": "many"}, "variants must be a list of 1 to 3 tables."),
        ({"variants": [3]}, "variants must be a list of 1 to 3 tables."),
        (_own(name=""), r"variants\[1\].name must be a text"),
        (_own(input=[32, 14]), r"variants\[1\].input must be a list of 3 whole numbers"),
        (_own(input=[32, 600, 14]), r"variants\[1\].input: rows and columns must be from 1 to 512."),
        (_own(join="sum"), r"variants\[1\].join must be one of concat, add, none."),
        (_own(join="add"), "these give 8, 4"),
        (_own(biases=1), r"variants\[1\].biases must be true or false."),
        (_own(branches=None), r"variants\[1\].branches must be a list of 1 to 5 branches"),
        (_own(branches=[[]] * 6), r"variants\[1\].branches must be a list of 1 to 5 branches"),
        (_own(branches=[[{}] * 5]), r"variants\[1\].branches must be a list of 1 to 5 branches"),
        (_own(branches=[[{"kernel": 4}]]), r"branches\[1\]\[1\].kernel must be odd"),
        (_own(branches=[[{}, {"kernels": 3}]]), r"knows no variants\[1\].branches\[1\]\[2\].kernels"),
        (_own(branches=[[{"channels": 0}]]), r"branches\[1\]\[1\].channels must be a whole number"),
        (_own(branches=[[{"kind": "relu"}]]), r"branches\[1\]\[1\].kind must be one of conv, pool."),
        (_own(branches=[[{"kind": "pool", "channels": 3}]]), "a pooling keeps the channels"),
    ],
)
def test_a_bad_table_gets_a_sentence(qapp: QApplication, table: dict[str, Any], says: str) -> None:
    with pytest.raises(Problem, match=says):
        ModuleFigure(table)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("table", [{}, {"module": "residual"}, OWN])
def test_all_texts_have_their_room(
    qtbot: QtBot, language: Language, scale: float, size: tuple[int, int], table: dict[str, Any]
) -> None:
    with dressed(language, scale):
        figure = _figure(qtbot, table, size)
        for stage in range(figure.stages):
            figure.set_stage(stage)
            check_texts(figure)
        for part in range(figure.count()):
            figure.pick(part)
            check_texts(figure)


def test_the_largest_table_has_room_too(qtbot: QtBot) -> None:
    branch = [{"kernel": 11, "channels": 2048}] * 4
    variant = {"name": "W" * 20, "input": [2048, 512, 512], "branches": [branch] * 5}
    figure = _figure(qtbot, {"variants": [variant] * 3})
    figure.set_stage(2)
    assert figure.count() == 60
    figure.grab()
