"""The figure with a digit that is drawn and recognised."""

import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QInputDevice, QKeySequence, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from convviz.core.picture import Picture
from convviz.core.text import Problem
from convviz.nets.catalog import open_network
from convviz.ui import theme
from convviz.ui.figures import digit_reader
from convviz.ui.figures.digit_bars import DigitBars
from convviz.ui.figures.digit_figure import DigitFigure
from convviz.ui.figures.drawing_field import CELLS, DrawingField
from convviz.ui.figures.seen_digit import SeenDigit
from convviz.ui.figures.strokes import MOST_POINTS, MOST_STROKES
from convviz.ui.language import Language, Translations
from convviz.ui.theme import PROJECTOR_SCALE, Theme
from convviz.ui.widgets.segmented import Segmented
from convviz.work.jobs import JobContext
from convviz.work.threads import Threads
from tests.ui.figures.digits import STROKES

WAIT_MS = 20_000
Key = Qt.Key


@pytest.fixture
def threads() -> Iterator[Threads]:
    made = Threads()
    yield made
    assert made.close(timeout_ms=10_000)


def _figure(
    qtbot: QtBot, threads: Threads | None, table: dict[str, Any], size: tuple[int, int] = (860, 560)
) -> DigitFigure:
    figure = DigitFigure(table, None, threads)
    qtbot.addWidget(figure)
    figure.resize(*size)
    with qtbot.waitExposed(figure):
        figure.show()
    return figure


def _part(figure: QWidget, kind: type[Any], name: str) -> Any:
    found = figure.findChild(kind, name)
    assert found is not None
    return found


def _field(figure: QWidget) -> DrawingField:
    field = _part(figure, DrawingField, "digit-field")
    assert isinstance(field, DrawingField)
    return field


def _said(figure: QWidget) -> str:
    return str(_part(figure, QLabel, "digit-answer").text())


def _settled(qtbot: QtBot, figure: DigitFigure) -> None:
    qtbot.waitUntil(lambda: not figure.busy, timeout=WAIT_MS)
    QApplication.processEvents()


def test_an_empty_field_says_so_and_offers_nothing(qtbot: QtBot, threads: Threads) -> None:
    figure = _figure(qtbot, threads, {})
    assert _said(figure) == "The field is empty"
    assert figure.shown() == {}
    assert not _part(figure, QPushButton, "digit-clear").isEnabled()
    assert not _part(figure, QPushButton, "digit-open").isEnabled()
    assert not figure.busy
    assert figure.stages == 1


@pytest.mark.parametrize("line", ["thin", "medium", "thick"])
def test_all_ten_digits_are_recognised_but_for_one_at_most(qtbot: QtBot, threads: Threads, line: str) -> None:
    figure, right = _figure(qtbot, threads, {"line": line}), 0
    for digit, strokes in STROKES.items():
        _field(figure).set_strokes([tuple((x, y) for x, y in stroke) for stroke in strokes])
        _settled(qtbot, figure)
        right += figure.shown()["digit"] == str(digit)
    assert right >= 9


def test_its_numbers_are_those_of_the_network_for_the_small_picture(qtbot: QtBot, threads: Threads) -> None:
    figure = _figure(qtbot, threads, {"strokes": STROKES[5]})
    _settled(qtbot, figure)
    values = _part(figure, SeenDigit, "digit-seen").values
    trace = open_network("lenet5").trace(Picture(values[:, :, None].copy(), "5"))
    percents = [f"{100 * p:.1f} %" for p in trace.probabilities()]
    assert figure.shown()["5"] == percents[5]
    assert float(percents[5].removesuffix(" %")) > 90
    assert _said(figure) == "LeNet-5 says: 5"
    assert "5: " + percents[5] in _part(figure, DigitBars, "digit-bars").accessibleDescription()


def test_the_mouse_draws_inside_the_field_only(qtbot: QtBot) -> None:
    field = DrawingField()
    qtbot.addWidget(field)
    field.resize(400, 300)  # the square is 300 wide and starts at 50
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(field, left, pos=QPoint(20, 100))
    assert not field.strokes
    QTest.mousePress(field, left, pos=QPoint(50 + 150, 30))
    QTest.mouseMove(field, QPoint(50 + 150, 150))
    QTest.mouseMove(field, QPoint(50 + 150, 290 + 100))  # beyond the edge: to the edge
    QTest.mouseRelease(field, left, pos=QPoint(50 + 150, 290))
    QTest.mouseMove(field, QPoint(60, 10))
    assert field.strokes == (((0.5, 0.1), (0.5, 0.5), (0.5, 1.0)),)
    QTest.mousePress(field, Qt.MouseButton.RightButton, pos=QPoint(200, 200))
    assert len(field.strokes) == 1


def test_a_finger_draws_and_a_second_one_does_not(qtbot: QtBot) -> None:
    field = DrawingField()
    qtbot.addWidget(field)
    field.resize(200, 200)
    field.show()
    device = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen, QInputDevice.Capability.Position)
    assert isinstance(device, QPointingDevice)
    QTest.touchEvent(field, device).press(0, QPoint(20, 20), field)
    QTest.touchEvent(field, device).move(0, QPoint(20, 100), field).press(1, QPoint(180, 180), field)
    QTest.touchEvent(field, device).release(0, QPoint(20, 100), field).release(1, QPoint(180, 180), field)
    assert field.strokes == (((0.1, 0.1), (0.1, 0.5)),)


def test_the_keys_draw_lift_and_clear(qtbot: QtBot) -> None:
    field = DrawingField()
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    QTest.keyClick(field, Key.Key_Left)
    assert field.strokes == ()
    assert field.brush == (CELLS // 2 - 1, CELLS // 2)
    QTest.keyClick(field, Key.Key_Space)
    assert field.lowered
    assert len(field.strokes) == 1
    for _ in range(3):
        QTest.keyClick(field, Key.Key_Down)
    x = (CELLS // 2 - 0.5) / CELLS
    assert field.strokes == (tuple((x, (CELLS // 2 + n + 0.5) / CELLS) for n in range(4)),)
    assert "Space lifts it" in field.accessibleDescription()
    QTest.keyClick(field, Key.Key_Space)
    QTest.keyClick(field, Key.Key_Down)
    assert len(field.strokes[0]) == 4
    for _ in range(2 * CELLS):
        QTest.keyClick(field, Key.Key_Down)
    assert field.brush[1] == CELLS - 1
    QTest.keyClick(field, Key.Key_Delete)
    assert field.strokes == ()
    QTest.keyClick(field, Key.Key_Space)
    QTest.keyClick(field, Key.Key_Backspace)
    assert field.strokes == ()
    assert not field.lowered


@pytest.mark.parametrize("kind", [DrawingField, SeenDigit])
def test_its_keys_are_kept_from_the_shortcuts_of_menus(qtbot: QtBot, kind: type[QWidget]) -> None:
    window = QMainWindow()
    part = kind()
    window.setCentralWidget(part)
    qtbot.addWidget(window)
    stolen: list[bool] = []
    for key in (Key.Key_Left, Key.Key_A):
        action = QAction(window)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda: stolen.append(True))
        window.addAction(action)
    with qtbot.waitActive(window):
        window.show()
    part.setFocus()
    before = part.accessibleDescription()
    QTest.keyClick(part, Key.Key_Left)
    assert stolen == []
    assert part.accessibleDescription() != before
    QTest.keyClick(part, Key.Key_A)
    assert len(stolen) == 1


def test_a_digit_drawn_with_the_keys_is_recognised(qtbot: QtBot, threads: Threads) -> None:
    figure = _figure(qtbot, threads, {})
    field = _field(figure)
    for key, times in [
        (Key.Key_Up, 6),
        (Key.Key_Left, 4),
        (Key.Key_Space, 1),
        (Key.Key_Right, 8),
        (Key.Key_Down, 13),
        (Key.Key_Space, 1),
    ]:
        for _ in range(times):
            QTest.keyClick(field, key)
    _settled(qtbot, figure)
    assert figure.shown()["digit"] == "7"


def test_clearing_takes_the_answer_away_even_one_on_its_way(
    qtbot: QtBot, threads: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go = threading.Event(), threading.Event()
    read = digit_reader._read

    def gated(asked: Any, context: JobContext) -> Any:
        begun.set()
        assert go.wait(20)
        return read(asked, context)

    monkeypatch.setattr(digit_reader, "_read", gated)
    figure = _figure(qtbot, threads, {"strokes": STROKES[3]})
    answers: list[int] = []
    figure.recognised.connect(answers.append)
    assert begun.wait(20)
    assert _said(figure) == "Loading the network…"
    _part(figure, QPushButton, "digit-clear").click()
    go.set()
    assert not figure.busy
    _field(figure).set_strokes([((0.5, 0.1), (0.5, 0.9))])
    _settled(qtbot, figure)
    assert answers == [1]
    _part(figure, QPushButton, "digit-clear").click()
    assert figure.shown() == {}
    assert _said(figure) == "The field is empty"


def test_a_network_that_is_missing_is_told(
    qtbot: QtBot, threads: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise Problem("A part of convviz is missing: {file}. Install convviz again.", file="lenet5")

    monkeypatch.setattr(digit_reader, "open_network", fail)
    figure = _figure(qtbot, threads, {"strokes": STROKES[3]})
    _settled(qtbot, figure)
    assert _said(figure) == "A part of convviz is missing: lenet5. Install convviz again."
    assert figure.shown() == {}


def test_an_error_nobody_foresaw_is_reported(
    qtbot: QtBot, threads: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(digit_reader, "open_network", fail)
    figure = DigitFigure({}, None, threads)
    qtbot.addWidget(figure)
    with qtbot.waitSignal(figure.defect, timeout=WAIT_MS) as told:
        _field(figure).set_strokes([((0.5, 0.1), (0.5, 0.9))])
    assert "broken" in told.args[0]


def test_closing_the_threads_at_work_is_no_accident(qtbot: QtBot, threads: Threads) -> None:
    figure = _figure(qtbot, threads, {"strokes": STROKES[3]})
    threads.close(timeout_ms=10_000)
    _field(figure).set_strokes([((0.5, 0.1), (0.5, 0.9))])
    assert not figure.busy


def test_a_thicker_line_changes_what_the_network_sees(qtbot: QtBot) -> None:
    figure = _figure(qtbot, None, {"strokes": STROKES[0], "line": "thin"})
    seen = _part(figure, SeenDigit, "digit-seen")
    before = int(seen.values.sum())
    _part(figure, Segmented, "digit-line").button("thick").click()
    assert int(seen.values.sum()) > 1.3 * before
    assert figure.table()["line"] == "thick"


def test_the_small_picture_is_handed_to_the_network_room(qtbot: QtBot) -> None:
    figure = _figure(qtbot, None, {"strokes": STROKES[2]})
    with qtbot.waitSignal(figure.open_requested) as asked:
        _part(figure, QPushButton, "digit-open").click()
    picture = asked.args[0]
    assert isinstance(picture, Picture)
    assert picture.values.shape == (28, 28, 1)
    assert picture.values.dtype == np.uint8
    np.testing.assert_array_equal(picture.values[:, :, 0], _part(figure, SeenDigit, "digit-seen").values)


def test_the_numbers_follow_the_mouse_and_the_keys(qtbot: QtBot) -> None:
    seen = SeenDigit()
    qtbot.addWidget(seen)
    seen.resize(296, 140)
    values = np.arange(784, dtype=np.int64).reshape(28, 28).astype(np.uint8)
    seen.set_values(values)
    assert seen.squares()[0].width() == 140  # five pixels a cell
    QTest.mouseMove(seen, QPoint(52, 102))
    assert seen.corner == (18, 8)
    np.testing.assert_array_equal(seen.lens(), values[18:23, 8:13])
    assert "rows 19 to 23, columns 9 to 13" in seen.accessibleDescription()
    QTest.keyClick(seen, Key.Key_Up)
    QTest.keyClick(seen, Key.Key_Right)
    assert seen.corner == (17, 9)
    QTest.mouseMove(seen, QPoint(1, 139))
    assert seen.corner == (23, 0)


def test_its_table_builds_it_again(qtbot: QtBot) -> None:
    figure = _figure(qtbot, None, {"strokes": STROKES[4], "line": "thin"})
    table = figure.table()
    assert table == {"strokes": STROKES[4], "line": "thin"}
    assert _figure(qtbot, None, table).table() == table


def test_a_long_stroke_goes_on_as_the_next(qtbot: QtBot) -> None:
    field = DrawingField()
    qtbot.addWidget(field)
    field.resize(1000, 1000)
    QTest.mousePress(field, Qt.MouseButton.LeftButton, pos=QPoint(0, 500))
    for n in range(MOST_POINTS + 20):
        QTest.mouseMove(field, QPoint(500, 100 if n % 2 else 900))
    assert [len(stroke) for stroke in field.strokes] == [MOST_POINTS, 22]
    assert DigitFigure({"strokes": field.strokes}).table()["strokes"]


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
        figure = _figure(qtbot, None, {"strokes": STROKES[8]}, size)
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
        bars = _part(figure, DigitBars, "digit-bars")
        assert len({(row.left(), row.top()) for row in bars.rows()}) == 10
        assert _part(figure, Segmented, "digit-line").height() <= theme.current().px(30)  # one row
        field = _field(figure)
        assert field.square().width() >= 0.55 * size[1]
    finally:
        translations.choose(Language.ENGLISH)
        theme.install(Theme())
