from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QHelpEvent, QKeyEvent, QPicture
from PySide6.QtWidgets import QApplication, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from convviz.ui import theme
from convviz.ui.figures.growth_figure import GrowthFigure
from convviz.ui.figures.layers_figure import LayersFigure
from convviz.ui.figures.scatter_figure import ScatterFigure
from convviz.ui.figures.scene import LEFT, RIGHT, Label, Scene
from convviz.ui.figures.scene_figure import SceneFigure
from convviz.ui.language import Language
from tests.ui.figures.figure_checks import dressed

# Lesson 28: (conv → activation → pooling)² → flatten → dense.
TYPICAL: dict[str, Any] = {
    "input": [32, 32, 3],
    "layers": [
        {"kind": "conv", "filters": 16, "kernel": 3, "padding": 1},
        {"kind": "activation"},
        {"kind": "max_pool"},
        {"kind": "conv", "filters": 32, "kernel": 3, "padding": 1},
        {"kind": "activation"},
        {"kind": "max_pool"},
        {"kind": "flatten"},
        {"kind": "dense", "units": 10},
    ],
}
MAKERS: list[Callable[[], SceneFigure]] = [
    lambda: LayersFigure({}),
    lambda: LayersFigure(TYPICAL),
    lambda: LayersFigure({**TYPICAL, "view": "graph"}),
    lambda: LayersFigure({"view": "graph"}),
    lambda: LayersFigure({"view": "puzzle"}),
    lambda: GrowthFigure({}),
    lambda: ScatterFigure({}),
]


@pytest.fixture(params=MAKERS)
def made(request: pytest.FixtureRequest, qtbot: QtBot) -> SceneFigure:
    figure: SceneFigure = request.param()
    qtbot.addWidget(figure)
    figure.resize(860, 560)
    figure.set_stage(99)
    return figure


def texts(figure: SceneFigure) -> list[str]:
    return [label.text for label in figure.scene().labels]


def test_a_figure_on_screen_follows_language_and_theme(made: SceneFigure, qtbot: QtBot) -> None:
    with qtbot.waitExposed(made):
        made.show()
    places = [label.place for label in made.scene().labels]
    english, said, name = texts(made), made.accessibleDescription(), made.accessibleName()
    with dressed(Language.RUSSIAN, theme.PROJECTOR_SCALE):
        QApplication.processEvents()
        assert texts(made) != english
        assert made.accessibleDescription() != said
        assert made.accessibleName() != name
        assert [label.place for label in made.scene().labels] != places
    QApplication.processEvents()
    assert texts(made) == english
    assert [label.place for label in made.scene().labels] == places
    made.close()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("make", MAKERS)
def test_texts_are_read_from_the_back_row(
    make: Callable[[], SceneFigure], qtbot: QtBot, language: Language
) -> None:
    for size, scale, least in (
        ((860, 560), theme.DESK_SCALE, 15),
        ((1400, 900), theme.DESK_SCALE, 20),
        ((1400, 900), theme.PROJECTOR_SCALE, 24),
    ):
        with dressed(language, scale):
            figure = make()
            qtbot.addWidget(figure)
            figure.resize(*size)
            figure.set_stage(99)
            assert min(label.font.pixelSize() for label in figure.scene().labels) >= least


def test_a_figure_is_laid_out_anew_only_when_something_changes(made: SceneFigure) -> None:
    scene = made.scene()
    made.grab()
    assert made.scene() is scene
    made.resize(900, 600)
    assert made.scene() is not scene
    scene = made.scene()
    made.pick(0 if made.picked != 0 else 1)
    assert made.scene() is not scene


def test_a_focused_figure_shows_it(made: SceneFigure, qtbot: QtBot) -> None:
    host = QWidget()
    column = QVBoxLayout(host)
    other = QWidget()
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    column.addWidget(other)
    column.addWidget(made)
    qtbot.addWidget(host)
    with qtbot.waitActive(host):
        host.show()
        host.activateWindow()
    other.setFocus()
    plain = made.grab().toImage()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    assert made.grab().toImage() != plain
    made.setParent(None)
    host.close()


def test_the_mouse_is_told_what_it_points_at(made: SceneFigure) -> None:
    place, part = made.scene().targets[-1]
    at = place.center().toPoint()
    QApplication.sendEvent(made, QHelpEvent(QEvent.Type.ToolTip, at, made.mapToGlobal(at)))
    assert QToolTip.text() == made.tip(part)
    QToolTip.hideText()


def test_keys_of_the_lesson_are_left_to_it(made: SceneFigure, qtbot: QtBot) -> None:
    class Host(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.got: list[Qt.Key] = []

        def keyPressEvent(self, event: QKeyEvent) -> None:
            self.got.append(Qt.Key(event.key()))

    host = Host()
    qtbot.addWidget(host)
    made.setParent(host)
    qtbot.keyClick(made, Qt.Key.Key_PageDown)
    qtbot.keyClick(made, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert host.got == [Qt.Key.Key_PageDown, Qt.Key.Key_Control, Qt.Key.Key_Right]
    made.setParent(None)


def test_a_figure_is_painted_as_vectors(made: SceneFigure) -> None:
    picture = QPicture()
    made.render(picture, QPoint(0, 0))
    assert picture.size() > 500


def test_a_click_picks_the_smallest_target_there() -> None:
    scene = Scene(targets=[(QRectF(0, 0, 100, 100), 1), (QRectF(10, 10, 5, 5), 2)])
    assert scene.pick_at(QPointF(12, 12)) == 2
    assert scene.pick_at(QPointF(50, 50)) == 1
    assert scene.pick_at(QPointF(150, 50)) is None


def test_a_label_knows_where_its_letters_are(qapp: QApplication) -> None:
    del qapp
    place = QRectF(0, 0, 300, 40)
    left, right, centre = (
        Label(place, "10×10×3", QFont(), "#000000", *align).inked() for align in ((LEFT,), (RIGHT,), ())
    )
    assert left.left() == 0
    assert right.right() == pytest.approx(300)
    assert centre.center().x() == pytest.approx(150)
    assert left.width() == right.width() == centre.width() < 300
