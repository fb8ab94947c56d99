"""The figure with a digit that is drawn and recognised."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from convviz.core.picture import Picture
from convviz.core.text import Problem
from convviz.ui import theme
from convviz.ui.figures.digit_bars import DigitBars
from convviz.ui.figures.digit_figure import DigitFigure
from convviz.ui.figures.seen_digit import SeenDigit
from convviz.ui.figures.strokes import MOST_STROKES
from convviz.ui.language import Language, Translations
from convviz.ui.theme import PROJECTOR_SCALE, Theme
from convviz.ui.widgets.segmented import Segmented
from convviz.work.threads import Threads
from tests.ui.figures.digit_figure import field_of, figure_of, part_of, said, threads
from tests.ui.figures.digits import STROKES

__all__ = ["threads"]


def test_an_empty_field_says_so_and_offers_nothing(qtbot: QtBot, threads: Threads) -> None:
    figure = figure_of(qtbot, threads, {})
    assert said(figure) == "The field is empty"
    assert figure.shown() == {}
    assert not part_of(figure, QPushButton, "digit-clear").isEnabled()
    assert not part_of(figure, QPushButton, "digit-open").isEnabled()
    assert not figure.busy
    assert figure.stages == 1


def test_a_thicker_line_changes_what_the_network_sees(qtbot: QtBot) -> None:
    figure = figure_of(qtbot, None, {"strokes": STROKES[0], "line": "thin"})
    seen = part_of(figure, SeenDigit, "digit-seen")
    before = int(seen.values.sum())
    part_of(figure, Segmented, "digit-line").button("thick").click()
    assert int(seen.values.sum()) > 1.3 * before
    assert figure.table()["line"] == "thick"


def test_the_small_picture_is_handed_to_the_network_room(qtbot: QtBot) -> None:
    figure = figure_of(qtbot, None, {"strokes": STROKES[2]})
    with qtbot.waitSignal(figure.open_requested) as asked:
        part_of(figure, QPushButton, "digit-open").click()
    picture = asked.args[0]
    assert isinstance(picture, Picture)
    assert picture.values.shape == (28, 28, 1)
    assert picture.values.dtype == np.uint8
    np.testing.assert_array_equal(picture.values[:, :, 0], part_of(figure, SeenDigit, "digit-seen").values)


def test_its_table_builds_it_again(qtbot: QtBot) -> None:
    figure = figure_of(qtbot, None, {"strokes": STROKES[4], "line": "thin"})
    table = figure.table()
    assert table == {"strokes": STROKES[4], "line": "thin"}
    assert figure_of(qtbot, None, table).table() == table


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"stroke": []}, "The figure knows no stroke"),
        ({"line": "bold"}, "line must be one of thin, medium, thick."),
        ({"strokes": "7"}, "strokes must be a list"),
        ({"strokes": [[]]}, "strokes must be a list"),
        ({"strokes": [[[0.1, 0.2, 0.3]]]}, "strokes must be a list"),
        ({"strokes": [[[0.1, 1.2]]]}, "strokes must be a list"),
        ({"strokes": [[[0.1, float("nan")]]]}, "strokes must be a list"),
        ({"strokes": [[[True, 0.5]]]}, "strokes must be a list"),
        ({"strokes": [[[0.5, 0.5]]] * (MOST_STROKES + 1)}, "strokes must be a list"),
    ],
)
def test_a_bad_table_gets_a_sentence(qapp: QApplication, table: dict[str, Any], says: str) -> None:
    with pytest.raises(Problem, match=says):
        DigitFigure(table)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("scale", [1.0, PROJECTOR_SCALE])
@pytest.mark.parametrize("size", [(860, 560), (1400, 900)])
def test_everything_has_room(
    qtbot: QtBot, qapp: QApplication, language: Language, scale: float, size: tuple[int, int]
) -> None:
    translations = Translations(qapp)
    translations.choose(language)
    theme.install(Theme(scale=scale))
    try:
        figure = figure_of(qtbot, None, {"strokes": STROKES[8]}, size)
        assert (figure.width(), figure.height()) == size
        parts = [w for w in figure.findChildren(QWidget) if w.isVisible()]
        for part in parts:
            corner = part.mapTo(figure, QPointF(0, 0))
            assert corner.x() >= 0
            assert corner.y() >= 0
            assert corner.x() + part.width() <= size[0]
            assert corner.y() + part.height() <= size[1]
        for label in figure.findChildren(QLabel):
            room = label.fontMetrics().horizontalAdvance(label.text())
            assert room <= label.width() or label.wordWrap()
        for button in figure.findChildren(QPushButton):
            assert button.width() >= button.sizeHint().width()
        bars = part_of(figure, DigitBars, "digit-bars")
        assert len({(row.left(), row.top()) for row in bars.rows()}) == 10
        assert part_of(figure, Segmented, "digit-line").height() <= theme.current().px(30)  # one row
        field = field_of(figure)
        assert field.square().width() >= 0.55 * size[1]
    finally:
        translations.choose(Language.ENGLISH)
        theme.install(Theme())
