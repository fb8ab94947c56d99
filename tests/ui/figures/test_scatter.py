import math
from itertools import combinations, pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from pytestqt.qtbot import QtBot

from convviz.core.text import Problem
from convviz.ui import theme
from convviz.ui.figures.label_places import Named, place_names
from convviz.ui.figures.plot_axes import linear_axis, log_axis
from convviz.ui.figures.scatter_figure import ScatterFigure
from convviz.ui.figures.scene import Lines
from convviz.ui.figures.scene_figure import NOTHING
from convviz.ui.language import Language
from tests.ui.figures.figure_checks import SCALES, SIZES, check_texts, dressed

CROWD: dict[str, Any] = {
    "points": [
        {"name": f"Network {n}", "parameters": 10 + n % 4, "accuracy": 70 + n // 4} for n in range(16)
    ],
    "source": {"en": "Made up", "ru": "Выдумано"},
}


def figure(qtbot: QtBot, table: dict[str, Any], size: tuple[int, int] = SIZES[0]) -> ScatterFigure:
    made = ScatterFigure(table)
    qtbot.addWidget(made)
    made.resize(*size)
    return made


def texts(made: ScatterFigure) -> list[str]:
    return [label.text for label in made.scene().labels]


def test_the_published_figures_are_shown(qtbot: QtBot) -> None:
    shown = figure(qtbot, {}).shown()
    assert len(shown) == 26
    assert shown["EfficientNet-B0 accuracy"] == "77.1 %"
    assert shown["EfficientNet-B7 parameters"] == "66 M"
    assert shown["GoogLeNet parameters"] == "6.6 M"
    assert shown["VGG16 accuracy"] == "71.6 %"
    assert shown["ResNet-50 accuracy"] == "76.0 %"


def test_every_point_is_named_once_and_the_source_is_at_the_bottom(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    said = texts(made)
    for name in (*(f"B{n}" for n in range(8)), "ResNet-50", "ResNet-152", "AlexNet", "VGG16", "GoogLeNet"):
        assert said.count(name) == 1
    assert said.count("EfficientNet") == 1
    lowest = max(made.scene().labels, key=lambda label: label.inked().bottom())
    assert "Tan" in lowest.text
    assert "torchvision" in lowest.text


@pytest.mark.parametrize("axis", ["log", "linear"])
def test_points_lie_where_their_numbers_say(qtbot: QtBot, axis: str) -> None:
    made = figure(qtbot, {"axis": axis})
    plot = made.plot()
    spots = {point.name: plot.spot(n) for n, point in enumerate(made.points)}
    # Twice and four times as large: equally far apart on a logarithmic axis, not on a linear one.
    one, two, three = (plot.across.share(millions) for millions in (15, 30, 60))
    assert (two - one == pytest.approx(three - two)) == (axis == "log")
    assert spots["EfficientNet-B7"].y() < spots["ResNet-152"].y() < spots["AlexNet"].y()
    assert spots["VGG16"].x() == max(spot.x() for spot in spots.values())
    heights = [(spots[name].y(), accuracy) for name, accuracy in (("VGG16", 71.6), ("AlexNet", 56.5))]
    per_percent = (heights[1][0] - heights[0][0]) / (71.6 - 56.5)
    assert spots["EfficientNet-B3"].y() == pytest.approx(heights[0][0] - (81.6 - 71.6) * per_percent)
    assert all(plot.area.contains(spot) for spot in spots.values())


def test_only_the_family_is_joined_from_the_smallest_to_the_largest(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    plot = made.plot()
    long = [item for item in made.scene().items if isinstance(item, Lines) and len(item.points) == 8]
    assert len(long) == 1
    spots = [plot.spot(n) for n, point in enumerate(made.points) if point.family == "EfficientNet"]
    assert list(long[0].points) == spots
    assert all(one.x() < other.x() for one, other in pairwise(spots))


def test_families_differ_in_shape(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    filled = [item for item in made.scene().items if isinstance(item, Lines) and item.fill]
    # Two ResNets, AlexNet, VGG and GoogLeNet.
    assert len(filled) == 5
    outlines = {
        tuple((round(p.x() - c.x()), round(p.y() - c.y())) for p in item.points)
        for item in filled
        for c in [sum(item.points, QPointF()) / len(item.points)]
    }
    assert len(outlines) == 4


@pytest.mark.parametrize("table", [{}, {"axis": "linear"}, CROWD])
@pytest.mark.parametrize("language", Language)
def test_no_name_lies_over_another_or_over_a_mark(
    qtbot: QtBot, table: dict[str, Any], language: Language
) -> None:
    for scale in SCALES:
        with dressed(language, scale):
            for size in SIZES:
                made = figure(qtbot, table, size)
                for picked in (NOTHING, 3):
                    made.pick(picked)
                    check_texts(made)
                plot = made.plot()
                places = plot.name_places()
                assert len(places) >= len(made.points)
                assert not any(one.intersects(other) for one, other in combinations(places, 2))
                for number in range(len(made.points)):
                    spot, radius = plot.spot(number), plot.radius
                    mark = QRectF(spot.x() - radius, spot.y() - radius, 2 * radius, 2 * radius)
                    assert not any(mark.intersects(place) for place in places)


def test_names_stay_large_enough_to_read(qtbot: QtBot) -> None:
    for scale in SCALES:
        with dressed(Language.ENGLISH, scale):
            for size in SIZES:
                fonts = [label.font.pixelSize() for label in figure(qtbot, {}, size).scene().labels]
                assert min(fonts) >= 13


def test_arrow_keys_walk_the_points_by_size_and_read_them_out(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    assert "EfficientNet-B0: 5.3 M parameters, 77.1 %" not in texts(made)
    assert "Click a point, or use ← and →" in texts(made)
    qtbot.keyClick(made, Qt.Key.Key_Right)
    assert "EfficientNet-B0: 5.3 M parameters, 77.1 %" in texts(made)
    qtbot.keyClick(made, Qt.Key.Key_Right)
    assert "GoogLeNet: 6.6 M parameters, 69.8 %" in texts(made)
    assert made.accessibleDescription().startswith("GoogLeNet: 6.6 M parameters, 69.8 %")
    seen = []
    for _ in range(13):
        seen.append(made.points[made.picked].parameters)
        qtbot.keyClick(made, Qt.Key.Key_Right)
    assert seen == sorted(seen)
    assert made.points[made.picked].name == "VGG16"
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert made.picked == NOTHING


def test_a_click_on_a_mark_picks_it(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    number = next(n for n, point in enumerate(made.points) if point.name == "AlexNet")
    spot = made.plot().spot(number)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=spot.toPoint())
    assert made.picked == number
    assert "AlexNet: 61 M parameters, 56.5 %" in texts(made)


def test_the_picked_point_is_violet(qtbot: QtBot) -> None:
    made = figure(qtbot, {})
    violet = theme.current().colours.focus

    def is_violet() -> bool:
        image = made.grab().toImage()
        spot = made.plot().spot(5).toPoint()
        return image.pixelColor(spot).name() == violet

    assert not is_violet()
    made.pick(5)
    assert is_violet()


def test_own_points_name_their_own_source_in_the_language_in_force(qtbot: QtBot) -> None:
    made = figure(qtbot, CROWD)
    assert "Made up" in texts(made)
    assert not any("torchvision" in text for text in texts(made))
    with dressed(Language.RUSSIAN, 1.0):
        assert "Выдумано" in texts(made)


def test_names_without_room_are_none_rather_than_over_each_other() -> None:
    named = [Named(QPointF(10, 10), 3, QSizeF(200, 20)) for _ in range(2)]
    assert place_names(named, [], QRectF(0, 0, 100, 100)) is None


def test_names_avoid_the_line_where_they_can() -> None:
    line = [QPointF(0, 100), QPointF(200, 100)]
    place = place_names([Named(QPointF(100, 100), 4, QSizeF(40, 16))], line, QRectF(0, 0, 200, 200))
    assert place is not None
    assert not place[0].adjusted(0, -1, 0, 1).contains(QPointF(place[0].center().x(), 100))


def test_axes_reach_over_the_values_with_round_marks() -> None:
    axis = linear_axis([56.5, 84.3], 6, ceiling=100.0)
    assert axis.low <= 56.5 < 84.3 <= axis.high <= 100
    assert all(tick % 5 == 0 for tick in axis.ticks)
    assert linear_axis([97.0, 100.0], 6, ceiling=100.0).high == 100
    axis = log_axis([5.3, 138])
    assert axis.ticks == (5, 10, 20, 50, 100, 200)
    single = log_axis([7.0])
    assert single.low < 7 < single.high
    level = linear_axis([50.0, 50.0], 6)
    assert level.low < 50 < level.high


def test_the_table_gives_the_figure_back(qtbot: QtBot) -> None:
    for table in ({}, CROWD, {"axis": "linear", "line": "ResNet"}):
        made = figure(qtbot, table)
        again = figure(qtbot, made.table())
        assert again.table() == made.table()
        assert texts(again) == texts(made)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"point": []}, "The figure knows no point; it knows points, line, axis, source."),
        ({"axis": "logarithmic"}, "axis must be one of log, linear."),
        ({"points": []}, "points must be a list of 1 to 40 tables."),
        ({"points": [{"parameters": 1, "accuracy": 1}]}, "points[1].name must be a text of one line"),
        ({"points": [{"name": "A", "accuracy": 1}]}, "points[1].parameters must be a number from 0.001"),
        (
            {"points": [{"name": "A", "parameters": 0, "accuracy": 1}]},
            "points[1].parameters must be",
        ),
        (
            {"points": [{"name": "A", "parameters": 1, "accuracy": 101}]},
            "points[1].accuracy must be",
        ),
        (
            {"points": [{"name": "A", "parameters": 1, "accuracy": math.nan}]},
            "points[1].accuracy must be",
        ),
        ({"points": [{"name": "A", "size": 1}]}, "The figure knows no points[1].size;"),
        ({"line": ""}, "line must be a text of one line"),
        ({"source": 3}, "source must be a text of one line, up to 160 letters."),
        ({"source": {"en": "A"}}, "source.ru must be a text of one line"),
    ],
)
def test_a_bad_table_gets_a_sentence(qtbot: QtBot, table: dict[str, Any], said: str) -> None:
    del qtbot
    with pytest.raises(Problem) as caught:
        ScatterFigure(table)
    assert str(caught.value).startswith(said)
