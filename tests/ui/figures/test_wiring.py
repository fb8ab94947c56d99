from typing import Any

import pytest
import torch
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from convviz.core.text import Problem
from convviz.ui.figures.kinds import figure_kinds
from convviz.ui.figures.scene import Lines
from convviz.ui.figures.wiring_figure import WiringFigure
from convviz.ui.figures.wiring_nets import dense_net, kernel_net
from convviz.ui.language import Language
from tests.ui.figures.figure_checks import SCALES, SIZES, check_texts, dressed

KERNEL: dict[str, Any] = {"variant": "kernel"}
CONVOLUTION: dict[str, Any] = {"variant": "convolution"}
Key = Qt.Key


def figure(qtbot: QtBot, table: dict[str, Any], size: tuple[int, int] = SIZES[0]) -> WiringFigure:
    made = WiringFigure(table)
    qtbot.addWidget(made)
    made.resize(*size)
    made.set_stage(99)
    return made


def texts(made: WiringFigure) -> list[str]:
    return [label.text for label in made.scene().labels]


@pytest.mark.parametrize("neurons", [1, 3, 12])
def test_dense_neurons_have_ten_weights_each(qtbot: QtBot, neurons: int) -> None:
    made = figure(qtbot, {"neurons": neurons})
    layers = torch.nn.Linear(9, neurons, bias=False), torch.nn.Linear(neurons, 1, bias=False)
    assert made.shown()["dense weights"] == str(sum(layer.weight.numel() for layer in layers))
    assert made.shown()["dense sum"] == f"9·{neurons} + {neurons} = {10 * neurons}"
    assert made.shown()["dense formula"] == "9·N + N = 10·N"


def test_four_neurons_share_the_four_weights_of_a_kernel(qtbot: QtBot) -> None:
    made = figure(qtbot, KERNEL)
    assert made.shown()["kernel weights"] == "4"
    assert made.shown()["dense weights"] == "36"
    sums = []
    for part in range(4):
        made.pick(part)
        sums.append(made.shown()["equation"])
        assert sums[-1] in texts(made)
    assert sums == [
        "z₁ = w₁x₁ + w₂x₂ + w₃x₄ + w₄x₅",
        "z₂ = w₁x₂ + w₂x₃ + w₃x₅ + w₄x₆",
        "z₃ = w₁x₄ + w₂x₅ + w₃x₇ + w₄x₈",
        "z₄ = w₁x₅ + w₂x₆ + w₃x₈ + w₄x₉",
    ]


def test_the_lines_of_a_kernel_compute_torchs_convolution() -> None:
    values, weights = torch.arange(1.0, 10.0), torch.tensor([2.0, -3.0, 5.0, 7.0])
    net = kernel_net()
    sums = [
        sum(float(weights[edge.weight - 1] * values[edge.start]) for edge in net.reads(1, place))
        for place in range(4)
    ]
    expected = torch.nn.functional.conv2d(values.view(1, 1, 3, 3), weights.view(1, 1, 2, 2))
    assert sums == expected.flatten().tolist()


@pytest.mark.parametrize("neurons", [1, 3, 12])
def test_a_convolution_in_front_spares_weights(qtbot: QtBot, neurons: int) -> None:
    shown = figure(qtbot, {**CONVOLUTION, "neurons": neurons}).shown()
    assert shown["convolution weights"] == str(5 * neurons + 4)
    assert shown["dense weights"] == str(10 * neurons)
    assert shown["convolution sum"] == f"4 + 4·{neurons} + {neurons} = {5 * neurons + 4}"
    assert shown["convolution formula"] == "4 + 4·N + N = 5·N + 4"


def test_every_neuron_has_the_lines_it_should() -> None:
    net = kernel_net(3, 1)
    assert [len(net.reads(*unit)) for unit in net.units()] == [4] * 4 + [4] * 3 + [3]
    assert [len(dense_net(3, 1).reads(*unit)) for unit in dense_net(3, 1).units()] == [9] * 3 + [3]
    assert dense_net(3, 1).equation(1, 1) == "h₂ = w₁₀x₁ + w₁₁x₂ + … + w₁₈x₉"
    assert dense_net(3, 1).equation(2, 0) == "y = w₂₈h₁ + w₂₉h₂ + w₃₀h₃"


def test_lines_of_one_weight_look_the_same_and_those_of_others_differ(qtbot: QtBot) -> None:
    made = figure(qtbot, KERNEL)
    made.pick(4)  # a dense one, so that none of the kernel's stands out
    lines = [item for item in made.scene().items if isinstance(item, Lines)]
    counts: dict[tuple[float, ...], int] = {}
    for line in lines[: 4 * 4]:
        counts[line.pattern] = counts.get(line.pattern, 0) + 1
    assert list(counts.values()) == [4, 4, 4, 4]


def test_formulas_come_first_and_totals_last(qtbot: QtBot) -> None:
    made = figure(qtbot, CONVOLUTION)
    assert made.stages == 3
    for stage in range(3):
        made.set_stage(stage)
        assert made.stage == stage
        said, told = texts(made), made.accessibleDescription()
        for formula in ("9·N + N = 10·N", "4 + 4·N + N = 5·N + 4"):
            assert (formula in said, formula in told) == (stage > 0, stage > 0)
        for total in ("Weights: 9·3 + 3 = 30", "Weights: 4 + 4·3 + 3 = 19"):
            assert (total in said, total in told) == (stage > 1, stage > 1)
        assert ("dense weights" in made.shown()) == (stage > 1)
        assert ("dense formula" in made.shown()) == (stage > 0)


def test_nothing_moves_from_stage_to_stage(qtbot: QtBot) -> None:
    made, places = figure(qtbot, CONVOLUTION), []
    for stage in range(3):
        made.set_stage(stage)
        places.append([place for place, _ in made.scene().targets])
    assert places[0] == places[1] == places[2]


def test_keys_change_how_many_and_pick_which(qtbot: QtBot) -> None:
    made = figure(qtbot, {"picked": 3})
    assert made.unit == (0, 1, 2)
    qtbot.keyClick(made, Key.Key_Down)
    assert made.neurons == 2
    assert made.unit == (0, 1, 1)
    for _ in range(20):
        qtbot.keyClick(made, Key.Key_Up)
    assert made.shown()["dense weights"] == "120"
    assert made.unit == (0, 1, 1)
    qtbot.keyClick(made, Key.Key_Left)
    assert "h₁ = w₁x₁ + w₂x₂ + … + w₉x₉" in made.accessibleDescription()
    qtbot.keyClick(made, Key.Key_End)
    assert made.unit == (0, 2, 0)
    qtbot.keyClick(made, Key.Key_Escape)
    assert made.unit == (0, 2, 0)
    for _ in range(20):
        qtbot.keyClick(made, Key.Key_Down)
    assert made.neurons == 1
    assert made.unit == (0, 2, 0)


def test_the_kernels_neurons_stay_four(qtbot: QtBot) -> None:
    made = figure(qtbot, KERNEL)
    qtbot.keyClick(made, Key.Key_Up)
    assert made.shown()["dense weights"] == "36"
    assert made.shown()["neurons"] == "4"


def test_a_click_picks_a_neuron_of_either_network(qtbot: QtBot) -> None:
    made = figure(qtbot, CONVOLUTION)
    with qtbot.waitExposed(made):
        made.show()
    for part in range(made.count()):
        place = next(where for where, what in made.scene().targets if what == part)
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
        assert made.picked == part
        assert made.tip(part) == made.equation
    assert made.unit == (1, 2, 0)


@pytest.mark.parametrize("table", [{}, {"neurons": 12}, KERNEL, CONVOLUTION, {**CONVOLUTION, "neurons": 12}])
@pytest.mark.parametrize("language", Language)
def test_no_text_is_cut_off_or_under_another(qtbot: QtBot, table: dict[str, Any], language: Language) -> None:
    for scale in SCALES:
        with dressed(language, scale):
            for size in SIZES:
                made = figure(qtbot, table, size)
                for part in range(0, made.count(), 3):
                    made.pick(part)
                    check_texts(made)
                whole = made.rect().toRectF()
                assert all(whole.contains(place) for place, _ in made.scene().targets)


def test_the_table_gives_the_figure_back(qtbot: QtBot) -> None:
    made = figure(qtbot, CONVOLUTION)
    made.set_neurons(5)
    made.pick(7)
    again = figure(qtbot, made.table())
    assert again.table() == {"variant": "convolution", "neurons": 5, "picked": 8}
    assert again.shown() == made.shown()
    assert WiringFigure.KIND in figure_kinds()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"neuron": 3}, "The figure knows no neuron; it knows variant, neurons, picked."),
        ({"variant": "dense"}, "variant must be one of flatten, kernel, convolution."),
        ({"neurons": 0}, "neurons must be a whole number from 1 to 12."),
        ({"neurons": 13}, "neurons must be a whole number from 1 to 12."),
        ({"neurons": True}, "neurons must be a whole number"),
        ({"neurons": 2.0}, "neurons must be a whole number"),
        ({"picked": 5}, "picked must be a whole number from 1 to 4."),
        ({"variant": "kernel", "picked": 9}, "picked must be a whole number from 1 to 8."),
    ],
)
def test_a_bad_table_gets_a_sentence(qtbot: QtBot, table: dict[str, Any], said: str) -> None:
    del qtbot
    with pytest.raises(Problem) as caught:
        WiringFigure(table)
    assert str(caught.value).startswith(said)
