"""The card on which a filter of the network is edited: opened, edited, read."""

from convviz.ui.rooms.network_desk import NetworkDesk
from tests.ui.driver import Driver
from tests.ui.network_room import desk


def opened(driver: Driver) -> NetworkDesk:
    """Return the room with the card open."""
    driver.trigger("network-try")
    driver.settle()
    room = desk(driver)
    assert room.tools.trial.isVisible()
    return room


def edit(driver: Driver, value: float) -> None:
    """Type a weight into the cell that is selected."""
    desk(driver).tools.trial.grid.cells().set_weight(value)
    driver.settle()


def step(driver: Driver, value: float) -> None:
    """Type a weight, as an edit of its own."""
    edit(driver, value)
    desk(driver).tools.trial.grid.gesture_finished.emit()
