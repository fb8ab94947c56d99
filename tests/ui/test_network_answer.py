"""Why a class has so many per cent: the page with all classes, the softmax, and the way to the score."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from convviz.nets.answer import explain_answer
from convviz.nets.network import Network
from convviz.ui import network_source
from convviz.ui.language import Language
from convviz.ui.rooms.network_desk import NetworkDesk
from convviz.ui.rooms.network_pointing import Spot
from convviz.ui.state import Room
from convviz.ui.widgets.class_bars import ClassBars
from tests.ui.driver import Driver
from tests.ui.network_room import (
    CLASSES,
    OTHER,
    SMALL,
    Catalogue,
    catalogue,
    desk,
    driver,
    press,
    shown,
    small_network,
)

__all__ = ["catalogue", "driver"]


def click(driver: Driver, bars: ClassBars, place: int) -> None:
    """Click on one of the bars."""
    row = bars.height() / len(bars.bars())
    at = QPoint(20, int((place + 0.3) * row))
    driver.qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=at)
    driver.settle()


def opened(driver: Driver) -> NetworkDesk:
    """Return the room with the page up."""
    driver.trigger("network-answer")
    driver.settle()
    room = desk(driver)
    assert shown(driver) is room.answer
    return room


def names(room: NetworkDesk) -> list[str]:
    """Return the names in the rows of the table."""
    model = room.answer.table.classes
    return [model.index(row, 1).data() for row in range(model.rowCount())]


@pytest.fixture
def knows_names(make_window: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch) -> Driver:
    """The window with a network whose classes have names in Russian as well."""

    def network(key: str, **_: object) -> Network:
        made = small_network(key)
        made.classes, made.vocabulary = ("cat", "truck", "plane of one's own"), "cifar10"
        return made

    monkeypatch.setattr(network_source, "open_network", network)
    monkeypatch.setattr(network_source, "entries", tuple)
    found = make_window(Room.CONVOLUTION, (1280, 900))
    found.window.preferences.network = SMALL
    found.window.set_room(Room.NETWORK)
    found.settle()
    return found


def test_a_click_on_a_class_writes_its_softmax(driver: Driver) -> None:
    room = desk(driver)
    bars = room.panel.classes
    click(driver, bars, 1)
    assert shown(driver) is room.answer
    assert room.panel.reckon.isChecked()
    assert not room.line.isVisible()
    bar = bars.bars()[1]
    text = room.answer.line.plain_text()
    assert text.startswith(f"p({bar.name}) =\ne^(")
    assert f"≈ {bar.percent}" in text
    assert room.traced is not None
    answer = explain_answer(room.traced.trace, bar.number)
    assert bar.probability == pytest.approx(answer.probability, rel=1e-12)
    best, other = bars.bars()[0].name, bar.name
    assert f"{best} : {other} = e^(" in text


def test_the_keys_go_through_the_classes_and_escape_goes_back(driver: Driver) -> None:
    room = opened(driver)
    assert room.answer.search.hasFocus()
    press(driver, Qt.Key.Key_Down, Qt.Key.Key_Down)
    driver.settle()
    assert room.answer.table.hasFocus()
    second = room.panel.classes.bars()[1]
    assert room.panel.classes.chosen_class == second.number
    assert room.answer.line.plain_text().startswith(f"p({second.name}) =")
    press(driver, Qt.Key.Key_Escape)
    assert shown(driver) is room.mosaic
    assert not room.panel.reckon.isChecked()


def test_space_in_the_bars_opens_the_page_and_the_button_closes_it(driver: Driver) -> None:
    room = desk(driver)
    room.panel.classes.setFocus()
    press(driver, Qt.Key.Key_Space)
    assert shown(driver) is room.answer
    assert room.panel.classes.hasFocus()
    driver.qtbot.mouseClick(room.answer.close_button, Qt.MouseButton.LeftButton)
    assert shown(driver) is room.mosaic


def test_enter_on_a_bar_takes_the_score_apart(driver: Driver) -> None:
    room = desk(driver)
    room.panel.classes.setFocus()
    press(driver, Qt.Key.Key_Down, Qt.Key.Key_Return)
    driver.settle()
    assert room.traced is not None
    number = room.panel.classes.chosen_class
    assert number == room.panel.classes.bars()[1].number
    assert shown(driver) is room.vector
    assert room.maps.layer == len(room.traced.trace.outputs) - 1
    assert room.vector.chosen_value == number
    assert room.line.isVisible()
    text = room.line.plain_text()
    assert f"7[{number}] =" in text
    assert "✓" in text


@pytest.mark.parametrize("way", ["bar", "row", "button", "table key"])
def test_every_way_to_the_score_ends_at_the_same_unit(driver: Driver, way: str) -> None:
    room = opened(driver)
    number = room.panel.classes.bars()[0].number
    table = room.answer.table
    if way == "bar":
        row = QPoint(20, 6)
        driver.qtbot.mouseDClick(room.panel.classes, Qt.MouseButton.LeftButton, pos=row)
    elif way == "row":
        place = table.visualRect(table.classes.index(0, 1)).center()
        driver.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        driver.qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    elif way == "button":
        driver.qtbot.mouseClick(room.answer.score, Qt.MouseButton.LeftButton)
    else:
        table.setFocus()
        driver.qtbot.keyClick(table, Qt.Key.Key_Return)
    driver.settle()
    assert shown(driver) is room.vector
    assert room.vector.chosen_value == number
    assert f"7[{number}] =" in room.line.plain_text()


def test_a_part_of_a_name_finds_a_class_and_enter_chooses_it(driver: Driver) -> None:
    room = opened(driver)
    driver.qtbot.keyClicks(room.answer.search, "OW")
    assert names(room) == ["owl"]
    assert room.answer.count.text() == "Classes: 1"
    press(driver, Qt.Key.Key_Return)
    driver.settle()
    assert room.panel.classes.chosen_class == CLASSES.index("owl")
    assert room.answer.line.plain_text().startswith("p(owl) =")
    driver.qtbot.keyClicks(room.answer.search, "x")
    assert names(room) == []
    assert room.answer.count.text() == "No class has that in its name."
    press(driver, Qt.Key.Key_Return)
    assert shown(driver) is room.answer
    press(driver, Qt.Key.Key_Escape)
    assert sorted(names(room)) == sorted(CLASSES)
    assert shown(driver) is room.answer
    assert room.panel.classes.chosen_class == CLASSES.index("owl")


def test_a_class_is_found_by_its_number(driver: Driver) -> None:
    room = opened(driver)
    driver.qtbot.keyClicks(room.answer.search, "1")
    assert names(room) == ["dog"]


def test_a_term_that_is_pointed_at_marks_its_class(driver: Driver) -> None:
    room = opened(driver)
    number = room.panel.classes.bars()[2].number
    model = room.answer.table.classes
    row = model.rows.index(number)
    before = room.panel.classes.grab().toImage()
    assert model.index(row, 0).data(Qt.ItemDataRole.BackgroundRole) is None
    room.answer.line.term_hovered.emit(number)
    assert model.index(row, 0).data(Qt.ItemDataRole.BackgroundRole) is not None
    assert room.panel.classes.grab().toImage() != before
    room.answer.line.term_hovered.emit(None)
    assert model.index(row, 0).data(Qt.ItemDataRole.BackgroundRole) is None
    assert room.panel.classes.grab().toImage() == before


def test_another_picture_is_reckoned_anew_and_the_page_stays(driver: Driver) -> None:
    room = opened(driver)
    before = room.answer.line.plain_text()
    driver.window.opener.open_sample("coffee")
    driver.settle()
    assert shown(driver) is room.answer
    assert room.answer.search.hasFocus()
    assert room.answer.line.plain_text() != before
    assert room.traced is not None
    number = room.panel.classes.chosen_class
    assert number is not None
    share = explain_answer(room.traced.trace, number).probability
    assert f"{100 * share:.1f} %" in room.answer.line.plain_text()


def test_while_another_network_is_awaited_the_page_is_pale(driver: Driver, catalogue: Catalogue) -> None:
    room = opened(driver)
    looked_up = room.panel.classes.bars()[2].number
    room.answer.chosen.emit(looked_up)
    catalogue.may_open.clear()
    room.choose_network(OTHER)
    assert room.answer.table.graphicsEffect() is not None
    assert room.answer.line.graphicsEffect() is not None
    catalogue.may_open.set()
    driver.settle()
    assert room.answer.table.graphicsEffect() is None
    assert room.answer.line.graphicsEffect() is None
    # What was looked up was a class of the network before.
    assert room.panel.classes.extra is None


def test_a_layer_that_is_chosen_takes_the_place_of_the_page(driver: Driver) -> None:
    room = opened(driver)
    driver.trigger("network-layer-forward")
    driver.settle()
    assert shown(driver) is room.mosaic


def test_scores_that_are_no_numbers_are_told_of(driver: Driver) -> None:
    room = opened(driver)
    assert room.traced is not None
    trace = room.traced.trace
    scores = trace.outputs[-1].copy()
    scores[1] = np.nan
    broken = type(trace)(
        trace.architecture, trace.input, (*trace.outputs[:-1], scores), trace.placement, CLASSES, 0.0
    )
    now = room.traced
    traced = type(now)(now.key, now.network, now.picture, broken)
    room.status.describe(traced)
    room.answers.follow(traced)
    assert "The score of class 1 is NaN" in room.answer.note.text()
    assert not room.answer.line.isVisible()
    assert not room.answer.score.isVisible()
    assert {bar.percent for bar in room.panel.classes.bars()} == {"NaN"}
    room.panel.classes.grab()
    room.answer.grab()
    # There is no way to a score then; the page says why.
    room.answers.take_apart(0)
    assert shown(driver) is room.answer


def test_the_classes_have_names_in_the_language_of_the_window(knows_names: Driver) -> None:
    room = opened(knows_names)
    english = {bar.name for bar in room.panel.classes.bars()}
    assert english == {"cat", "truck", "plane of one's own"}
    press(knows_names, Qt.Key.Key_Down)
    knows_names.window.set_language(Language.RUSSIAN)
    bars = room.panel.classes.bars()
    assert {bar.name for bar in bars} == {"кошка", "грузовик", "plane of one's own"}
    assert set(names(room)) == {bar.name for bar in bars}
    assert bars[0].name in room.bar.says.whole()
    assert room.answer.line.plain_text().startswith(f"p({bars[0].name}) =")
    # Either name finds it.
    for part in ("ГРУЗ", "tru"):
        room.answer.search.setText(part)
        assert names(room) == ["грузовик"]
    room.answers.take_apart(0)
    knows_names.settle()
    assert "кошка" in room.vector.accessibleName() + room.vector.accessibleDescription()
    knows_names.window.set_language(Language.ENGLISH)
    assert {bar.name for bar in room.panel.classes.bars()} == english
    assert "cat" in room.vector.accessibleName() + room.vector.accessibleDescription()


def test_what_speaks_for_a_class_calls_it_by_the_same_name(knows_names: Driver) -> None:
    room = desk(knows_names)
    room.panel.classes.setFocus()
    knows_names.trigger("network-gradient")
    knows_names.settle()
    number = room.panel.classes.chosen_class
    assert number is not None
    room.answer.chosen.emit(0)
    knows_names.settle()
    assert "“cat”" in room.panel.note.text()
    knows_names.window.set_language(Language.RUSSIAN)
    assert "кошка" in room.panel.note.text()


def test_names_the_user_gave_stay_as_they_are(driver: Driver) -> None:
    room = desk(driver)
    driver.window.set_language(Language.RUSSIAN)
    assert {bar.name for bar in room.panel.classes.bars()} == set(CLASSES)


def test_a_score_in_a_map_of_one_cell_is_pinned(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    room = desk(driver)
    # Layer 5 averages each of 8 maps into one cell.
    monkeypatch.setattr("convviz.ui.rooms.network_answer.score_unit", lambda trace, number: (5, (4, 0, 0)))
    room.answers.take_apart(0)
    driver.settle()
    assert (room.maps.layer, room.maps.number) == (5, 4)
    assert room.pointing.pinned == Spot(False, (0, 0))
    assert "5[4, 0, 0] =" in room.line.plain_text()
    assert QApplication.focusWidget() is room.mosaic
