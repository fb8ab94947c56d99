"""The network room with a small real network, under mouse and keyboard."""

import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from convviz.core.channels import ChannelMode
from convviz.core.geometry import Rect
from convviz.core.numbers import format_number
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.engine.backend import load_torch
from convviz.nets.entries import Entry
from convviz.nets.network import Network
from convviz.nets.preprocessing import Preprocessing
from convviz.nets.records import INPUT
from convviz.ui import network_source
from convviz.ui.language import Language
from convviz.ui.rooms.network_bar import TABLE
from convviz.ui.rooms.network_chooser import Choice
from convviz.ui.rooms.network_desk import NetworkDesk
from convviz.ui.rooms.network_pointing import Spot
from convviz.ui.state import Room
from convviz.ui.unit_link import pixels_seen
from tests.ui.driver import Driver

SIDE = 32
CLASSES = ("cat", "dog", "owl")
SMALL, OTHER, BROKEN = "small", "other", "broken"


def small_network(key: str, *, trained: bool = True) -> Network:
    """Return a network of two convolutions, a pooling and a dense layer, with the same weights every time."""
    load_torch()
    import torch

    torch.manual_seed(len(key))
    nn = torch.nn
    module = nn.Sequential(
        nn.Conv2d(3, 6, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 8, 3, padding=1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(8, 3),
    )
    origin = Sentence(QT_TRANSLATE_NOOP("Sentence", "Loading torch"))
    steps = Preprocessing((SIDE, SIDE), shorter=SIDE)
    return Network(module, key, key.title(), steps, CLASSES, trained, origin)


class Catalogue:
    """Stands in for the catalogue; opening a network waits while it is held back."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.fetched: list[str] = []
        self.can_fetch = True
        self.may_open = threading.Event()
        self.may_open.set()
        self.waits = threading.Event()

    def open(
        self, key: str, *, check: Callable[[], object], progress: Callable[[float, Sentence | None], object]
    ) -> Network:
        """Open one of three networks, the last of which cannot be opened."""
        self.waits.set()
        progress(0.25, Sentence("Loading torch"))
        while not self.may_open.wait(0.01):
            check()
        if key == BROKEN:
            raise Problem(QT_TRANSLATE_NOOP("Sentence", "There is no “{path}”."), path="weights")
        self.opened.append(key)
        return small_network(key, trained=key != OTHER or key in self.fetched)

    def fetch(
        self, key: str, *, check: Callable[[], object], progress: Callable[[float, Sentence | None], object]
    ) -> None:
        """Have the weights of a network."""
        check()
        if not self.can_fetch:
            raise Problem(QT_TRANSLATE_NOOP("Sentence", "There is no “{path}”."), path="server")
        progress(0.5, None)
        self.fetched.append(key)

    def list(self) -> tuple[Entry, ...]:
        """Return what there is."""
        keys = ((SMALL, True), (OTHER, OTHER in self.fetched), (BROKEN, False))
        url = "https://example.org/weights"
        return tuple(
            Entry(key, key.title(), "torchvision", is_ok, 1, (3, SIDE, SIDE), url) for key, is_ok in keys
        )


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalogue]:
    made = Catalogue()
    monkeypatch.setattr(network_source, "open_network", made.open)
    monkeypatch.setattr(network_source, "entries", made.list)
    monkeypatch.setattr(network_source, "download_weights", made.fetch)
    yield made
    made.may_open.set()


@pytest.fixture
def driver(catalogue: Catalogue, make_window: Callable[..., Driver]) -> Driver:
    """The window in the network room, with the small network."""
    del catalogue
    found = make_window(Room.CONVOLUTION, (1280, 900))
    found.window.preferences.network = SMALL
    found.window.set_room(Room.NETWORK)
    found.settle()
    return found


def desk(driver: Driver) -> NetworkDesk:
    found = driver.window.network.desk
    assert found is not None
    return found


def shown(driver: Driver) -> QWidget:
    """Return the page that is up."""
    page = desk(driver).stack.currentWidget()
    assert page is not None
    return page


def press(driver: Driver, *keys: Qt.Key) -> None:
    """Press keys where the keyboard is."""
    for key in keys:
        target = QApplication.focusWidget() or desk(driver)
        driver.qtbot.keyClick(target, key)
    driver.settle()


def test_nothing_of_it_is_made_before_the_first_visit(
    catalogue: Catalogue, make_window: Callable[..., Driver]
) -> None:
    driver = make_window(Room.CONVOLUTION)
    assert driver.window.network.desk is None
    assert catalogue.opened == []


def test_the_picture_is_traced_and_shown(driver: Driver) -> None:
    room = desk(driver)
    assert room.traced is not None
    trace = room.traced.trace
    assert room.traced.picture is driver.window.session.state.picture
    assert [layer.function for layer in trace.architecture.layers][:3] == ["conv2d", "relu", "max_pool2d"]
    # It begins with the first convolution, whose maps are those of the trace.
    assert room.strip.chosen_layer == 0
    assert shown(driver) is room.mosaic
    assert np.array_equal(room.maps.values(0), trace.outputs[0])
    bars = room.panel.classes.bars()
    assert {bar.name for bar in bars} == set(CLASSES)
    assert sum(bar.probability for bar in bars) == pytest.approx(1)
    # Set up once: what is remembered is what was asked for.
    assert driver.window.preferences.network == SMALL


def test_the_status_bar_names_network_weights_and_time(driver: Driver) -> None:
    label = driver.window.findChild(QLabel, "status-timing")
    assert isinstance(label, QLabel)
    assert label.text().startswith("Small · 635 parameters · forward ")
    driver.trigger("room-image")
    driver.settle()
    driver.trigger("room-network")
    driver.settle()
    assert label.text().startswith("Small · 635 parameters · forward ")
    assert "layer" in driver.read_out()


def test_keys_step_through_layers_and_maps(driver: Driver) -> None:
    room = desk(driver)
    room.setFocus()
    press(driver, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert room.strip.chosen_layer == 2
    assert room.mosaic.numbers() == list(range(6))
    press(driver, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert room.mosaic.chosen_map == 1
    press(driver, Qt.Key.Key_End)
    assert shown(driver) is room.vector
    # One comes for the answer.
    assert room.traced is not None
    assert room.vector.chosen_value == int(room.traced.trace.scores.argmax())
    press(driver, Qt.Key.Key_Home)
    assert room.strip.chosen_layer == INPUT
    assert len(room.maps.values(INPUT)) == 3


def test_menu_entries_do_what_the_keys_do(driver: Driver) -> None:
    room = desk(driver)
    driver.trigger("network-layer-forward")
    assert room.strip.chosen_layer == 1
    driver.trigger("network-map-forward")
    assert room.mosaic.chosen_map == 1
    driver.trigger("network-map-open")
    assert shown(driver) is room.large
    driver.trigger("network-leave")
    assert shown(driver) is room.mosaic
    driver.trigger("network-view-table")
    assert shown(driver) is room.table
    assert room.bar.view.choice() == TABLE
    driver.trigger("network-view-funnel")
    assert shown(driver) is room.funnel
    driver.trigger("network-view-maps")
    driver.trigger("network-order-maximum")
    assert room.mosaic.numbers() != list(range(6))
    assert sorted(room.mosaic.numbers()) == list(range(6))


def test_page_keys_are_left_to_the_lesson(driver: Driver) -> None:
    room = desk(driver)
    room.setFocus()
    press(driver, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
    assert (room.strip.chosen_layer, room.mosaic.chosen_map) == (0, 0)


def test_enter_opens_a_map_large_and_escape_goes_back(driver: Driver) -> None:
    room = desk(driver)
    room.mosaic.setFocus()
    press(driver, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert shown(driver) is room.large
    content = room.large.map.content
    assert content is not None
    rows, columns = content.view.rows.positions, content.view.columns.positions
    assert np.array_equal(content.values[0], room.maps.values(0)[1][np.ix_(rows, columns)])
    assert room.large.photo.content is not None
    # The keys still go from map to map.
    press(driver, Qt.Key.Key_Down)
    assert room.mosaic.chosen_map == 2
    press(driver, Qt.Key.Key_Escape)
    assert shown(driver) is room.mosaic


def test_a_clicked_cell_marks_the_pixels_it_sees_and_is_written_out(driver: Driver) -> None:
    room = desk(driver)
    press(driver, Qt.Key.Key_Right, Qt.Key.Key_Right)
    room.maps.choose_layer(3)
    driver.settle()
    pane = room.panel.map
    point = pane.cell_rect((5, 6)).center().toPoint()
    driver.qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=point)
    driver.settle()
    assert room.pointing.pinned == Spot(False, (5, 6))
    assert room.traced is not None
    picture = driver.window.session.state.picture
    seen = pixels_seen(room.traced.trace, 3, (5, 6), picture)
    assert seen is not None
    assert seen in [mark.cells for mark in room.panel.photo.marks]
    assert [mark.cells for mark in pane.marks] == [Rect(5, 6)]
    value = float(room.maps.values(3)[0, 5, 6])
    assert "map 0, row 5, column 6" in driver.read_out()
    text = room.line.plain_text()
    assert text.startswith("Filter 0 lies on 6 maps of 2, 3 × 3 values of each")
    assert " 3[0, 5, 6] =" in text
    assert "✓" in text
    assert f" {format_number(value)} " in text
    press(driver, Qt.Key.Key_Escape)
    assert room.pointing.pinned is None


def test_a_clicked_pixel_marks_the_cells_that_see_it_in_every_layer(driver: Driver) -> None:
    room = desk(driver)
    picture = driver.window.session.state.picture
    middle = (picture.height // 2, picture.width // 2)
    room.pointing.pin(Spot(True, middle))
    before = [mark.cells for mark in room.panel.map.marks]
    assert [(rect.height, rect.width) for rect in before] == [(3, 3)]
    assert "seen by 3 × 3 cells" in driver.read_out()
    room.strip.setFocus()
    press(driver, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert room.pointing.pinned == Spot(True, middle)
    assert [(rect.height, rect.width) for rect in (m.cells for m in room.panel.map.marks)] == [(2, 2)]


def test_a_value_of_the_answer_is_written_out(driver: Driver) -> None:
    room = desk(driver)
    driver.trigger("network-layer-last")
    driver.settle()
    assert f" 7[{room.vector.chosen_value}] =" in room.line.plain_text()
    driver.trigger("network-map-back")
    driver.trigger("network-map-back")
    driver.settle()
    assert " 7[0] =" in room.line.plain_text()


def test_the_filter_of_the_first_layer_is_a_colour_picture(driver: Driver) -> None:
    room = desk(driver)
    assert room.traced is not None
    assert room.panel.filter.shows_colours
    assert np.array_equal(room.panel.filter.weights(), room.traced.network.parameter("0.weight")[0])
    # Behind the activation it still is the convolution's, of the second convolution channel by channel.
    room.maps.choose_layer(4)
    assert room.panel.filter.weights().shape == (6, 3, 3)
    assert not room.panel.filter.shows_colours
    room.maps.choose_layer(5)
    assert room.panel.filter.isHidden()


def test_a_filter_is_taken_to_the_lab(driver: Driver) -> None:
    room = desk(driver)
    assert room.traced is not None
    weights = room.traced.network.parameter("0.weight")
    driver.trigger("network-map-forward")
    driver.qtbot.mouseClick(room.panel.lab, Qt.MouseButton.LeftButton)
    driver.settle()
    assert driver.window.room is Room.CONVOLUTION
    state = driver.window.session.state
    assert state.channel_mode is ChannelMode.SUM
    assert np.array_equal(state.bank.weights, weights[1:2].astype(np.float64))
    assert state.bank.names == ("filter 1",)
    # The result is what the network's filter gives on the picture's own pixels.
    assert np.abs(driver.result()).max() > 0
    driver.trigger("undo")
    assert driver.window.session.state.bank.weights.shape == (1, 1, 3, 3)


def test_a_deeper_filter_goes_to_the_lab_channel_by_channel(driver: Driver) -> None:
    room = desk(driver)
    room.maps.choose_layer(4)
    driver.trigger("network-lab")
    driver.settle()
    assert room.traced is not None
    filters = room.traced.network.parameter("3.weight")[0]
    strongest = filters[np.abs(filters).sum(axis=(1, 2)).argmax()]
    state = driver.window.session.state
    assert state.channel_mode is ChannelMode.GREY
    assert np.array_equal(state.bank.kernel(0, 0), strongest.astype(np.float64))


def test_without_a_filter_there_is_nothing_for_the_lab(driver: Driver) -> None:
    room = desk(driver)
    room.maps.choose_layer(5)
    assert not room.panel.lab.isVisible()
    driver.trigger("network-lab")
    assert driver.window.room is Room.NETWORK


def test_another_picture_is_traced_and_the_layer_stays(driver: Driver) -> None:
    room = desk(driver)
    room.maps.choose_layer(3)
    before = room.traced
    driver.window.opener.open_sample("coffee")
    driver.settle()
    assert room.traced is not before
    assert room.traced is not None
    assert before is not None
    assert room.traced.network is before.network
    assert room.traced.picture is driver.window.session.state.picture
    assert room.strip.chosen_layer == 3
    assert not room.stale


def test_while_a_network_is_opened_the_last_one_stays_marked_stale(
    driver: Driver, catalogue: Catalogue
) -> None:
    room = desk(driver)
    catalogue.may_open.clear()
    catalogue.waits.clear()
    room.bar.network_chosen.emit(OTHER)
    assert catalogue.waits.wait(10)
    driver.qtbot.waitUntil(room.progress.isVisible, timeout=5000)
    assert room.stale
    assert room.panel.map.stale
    assert len(room.mosaic.numbers()) == 6
    # The window is not frozen: one can go on looking.
    driver.trigger("network-layer-forward")
    assert room.strip.chosen_layer == 1
    catalogue.may_open.set()
    driver.settle()
    assert not room.stale
    assert not room.panel.map.stale
    assert not room.progress.isVisible()
    assert room.traced is not None
    assert room.traced.key == OTHER
    assert driver.window.preferences.network == OTHER
    # It is said clearly that its answers mean nothing.
    assert room.problem.text()
    assert room.bar.origin.property("role") == "warning"


def test_opening_can_be_called_off(driver: Driver, catalogue: Catalogue) -> None:
    room = desk(driver)
    catalogue.may_open.clear()
    room.choose_network(OTHER)
    driver.qtbot.waitUntil(room.progress.isVisible, timeout=5000)
    driver.qtbot.mouseClick(room.progress.cancel, Qt.MouseButton.LeftButton)
    driver.qtbot.waitUntil(lambda: not room.busy, timeout=5000)
    assert not room.progress.isVisible()
    assert not room.stale
    assert room.traced is not None
    assert room.traced.key == SMALL
    assert room.bar.networks.currentData() == SMALL
    assert driver.window.preferences.network == SMALL
    assert catalogue.opened == [SMALL]


def test_a_network_that_cannot_be_opened_says_why_in_either_language(driver: Driver) -> None:
    room = desk(driver)
    room.choose_network(BROKEN)
    driver.settle()
    assert room.problem.text() == "There is no “weights”."
    assert room.stale
    assert room.panel.map.stale
    driver.window.set_language(Language.RUSSIAN)
    assert room.problem.text() == "«weights» не существует."
    room.choose_network(SMALL)
    driver.settle()
    assert not room.problem.isVisible()
    assert not room.stale


def test_the_list_says_which_networks_are_not_trained(driver: Driver) -> None:
    networks = desk(driver).bar.networks
    texts = [networks.itemText(n) for n in range(networks.count())]
    own = ["Your models", "Open model…"]
    assert texts == [*own, "Downloaded, trained", "Small", "Untrained: random weights", "Other", "Broken"]
    assert networks.itemData(0) is None
    assert networks.currentData() == SMALL


def test_trained_weights_are_fetched_where_they_are_missing(driver: Driver, catalogue: Catalogue) -> None:
    room = desk(driver)
    room.choose_network(OTHER)
    driver.settle()
    button = room.problem.findChild(QPushButton, "problem-action")
    assert isinstance(button, QPushButton)
    assert button.text() == "Download"
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    driver.settle()
    assert catalogue.fetched == [OTHER]
    assert room.traced is not None
    assert room.traced.network.trained
    assert not room.problem.isVisible()
    assert room.bar.origin.property("role") == "muted"
    networks = room.bar.networks
    texts = [networks.itemText(n) for n in range(networks.count())]
    own = ["Your models", "Open model…"]
    assert texts == [*own, "Downloaded, trained", "Small", "Other", "Untrained: random weights", "Broken"]


def test_a_download_that_fails_says_why_and_can_be_tried_again(driver: Driver, catalogue: Catalogue) -> None:
    room = desk(driver)
    room.choose_network(OTHER)
    driver.settle()
    note = room.problem.text()
    assert room.problem.property("role") == "card"
    button = room.problem.findChild(QPushButton, "problem-action")
    assert isinstance(button, QPushButton)
    catalogue.can_fetch = False
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    driver.settle()
    assert room.problem.text() == "There is no “server”."
    assert room.problem.property("role") == "problem"
    driver.window.set_language(Language.RUSSIAN)
    assert room.problem.text() == "«server» не существует."
    driver.window.set_language(Language.ENGLISH)
    catalogue.can_fetch = True
    assert button.isVisible()
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    driver.settle()
    assert catalogue.fetched == [OTHER]
    assert note
    assert not room.problem.isVisible()


def test_grad_cam_is_laid_over_the_photograph_and_taken_away(driver: Driver) -> None:
    room = desk(driver)
    plain = room.panel.photo.content
    assert plain is not None
    driver.trigger("network-cam")
    driver.settle()
    assert room.panel.photo.has_heat
    heated = room.panel.photo.content
    assert heated is not None
    assert (heated.pixels != plain.pixels).any()
    # The values under the colours stay those of the photograph.
    assert np.array_equal(heated.values, plain.values)
    driver.trigger("network-cam")
    driver.settle()
    again = room.panel.photo.content
    assert again is not None
    assert np.array_equal(again.pixels, plain.pixels)


def test_what_excites_a_map_is_found(driver: Driver) -> None:
    room = desk(driver)
    driver.trigger("network-map-forward")
    driver.trigger("network-excite")
    driver.settle()
    assert shown(driver) is room.ideal
    content = room.ideal.content
    assert content is not None
    assert content.values.shape[0] == 3
    assert 0 <= content.values.min() < content.values.max() <= 1
    assert room.ideal.accessibleName().startswith("What excites map 1 of 1 ")
    room.ideal.setFocus()
    press(driver, Qt.Key.Key_Escape)
    assert shown(driver) is room.mosaic


def test_without_the_panel_the_answer_stands_above_the_layers(driver: Driver) -> None:
    room = desk(driver)
    assert not room.bar.says.isVisible()
    driver.window.set_projector(True)
    driver.settle()
    assert not room.side.isVisible()
    assert room.bar.says.isVisible()
    assert room.panel.classes.bars()[0].name in room.bar.says.whole()
    driver.window.set_projector(False)


def test_every_text_follows_the_language(driver: Driver) -> None:
    room = desk(driver)
    driver.window.set_language(Language.RUSSIAN)
    driver.settle()
    assert room.title.text() == "свёртка 3×3"
    assert room.panel.map.accessibleName().startswith("Карта 0")
    assert room.table.layers.headings()[1] == "Имя"
    assert "слой" in driver.read_out()


def test_a_trace_of_the_picture_before_is_not_shown_as_that_of_the_new_one(
    driver: Driver, catalogue: Catalogue, qtbot: QtBot
) -> None:
    room = desk(driver)
    catalogue.may_open.clear()
    room.choose_network(OTHER)
    driver.window.opener.open_sample("coffee")
    qtbot.waitUntil(lambda: not driver.window.opener.busy, timeout=10_000)
    catalogue.may_open.set()
    driver.settle()
    assert room.traced is not None
    assert room.traced.key == OTHER
    assert room.traced.picture is driver.window.session.state.picture
    assert not room.stale


def test_a_list_of_networks_goes_when_another_takes_its_place(driver: Driver) -> None:
    bar = desk(driver).bar
    before = len(bar.findChildren(QStandardItemModel))
    for title in ("AlexNet", "AlexNet", "Alex", "AlexNet"):
        bar.set_choices([Choice("lenet5", "LeNet-5", "Shipped"), Choice("alexnet", title, "Others")])
        assert bar.networks.itemText(3) == title
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(bar.findChildren(QStandardItemModel)) == before
