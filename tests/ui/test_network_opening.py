"""Networks opened in the network room: meanwhile, called off, refused, downloaded."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from convviz.ui.language import Language
from convviz.ui.rooms.network_chooser import Choice
from tests.ui.driver import Driver
from tests.ui.network_room import BROKEN, OTHER, SMALL, Catalogue, catalogue, desk, driver

__all__ = ["catalogue", "driver"]


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
