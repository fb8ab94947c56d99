"""The network room described by a table: shown when its network is there, and given back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from convviz.core.text import Problem
from convviz.ui.rooms.network_desk import NetworkDesk
from convviz.ui.rooms.network_table import NetworkView
from convviz.ui.state import Room
from tests.ui.driver import Driver


@pytest.fixture
def network(make_window: Callable[..., Driver]) -> Driver:
    driver = make_window(Room.NETWORK)
    driver.settle()
    return driver


def desk(driver: Driver) -> NetworkDesk:
    found = driver.window.network.desk
    assert found is not None
    return found


@pytest.mark.parametrize(
    "table",
    [
        {"model": "lenet5", "layer": "conv1", "map": 3, "unit": [5, 7], "page": "large"},
        {"model": "lenet5", "layer": "fc3", "map": 2, "page": "maps"},
        {"model": "lenet5", "layer": "image", "map": 0, "page": "maps"},
        {"model": "cifar10-vgg", "layer": "stage1.conv1", "map": 4, "page": "funnel"},
        {"model": "lenet5", "layer": "conv2", "map": 1, "page": "table"},
        {"model": "cifar10-vgg", "layer": "stage1.conv1", "map": 0, "page": "shift", "shift": [2, -3]},
        {"model": "cifar10-vgg", "layer": "stage1.conv1", "map": 0, "page": "maps", "why": "cam"},
        {"model": "lenet5", "layer": "conv1", "map": 2, "page": "maps", "aim": "cell"},
    ],
)
def test_what_a_table_describes_is_on_screen_and_comes_back(network: Driver, table: dict[str, Any]) -> None:
    network.window.network.show_table(table)
    assert network.window.network.busy
    network.settle()
    assert network.window.network.table() == table
    # And from anywhere else.
    network.window.network.show_table({"model": "lenet5", "layer": "pool1"})
    network.settle()
    network.window.network.show_table(table)
    network.settle()
    assert network.window.network.table() == table


def test_the_answer_is_a_page(network: Driver) -> None:
    network.window.network.show_table({"model": "lenet5", "page": "answer"})
    network.settle()
    assert desk(network).pages.shows_answer
    assert network.window.network.table()["page"] == "answer"


@pytest.mark.parametrize("aim", ["whole", "cell"])
def test_what_is_excited_is_as_the_table_has_it(
    network: Driver, monkeypatch: pytest.MonkeyPatch, aim: str
) -> None:
    excited: list[Any] = []
    monkeypatch.setattr(desk(network).reasons, "excite", lambda *asked: excited.append(asked))
    desk(network).aim.set_choice("cell" if aim == "whole" else "whole")
    table = {"model": "lenet5", "layer": "conv1", "map": 3, "unit": [5, 7], "page": "excite"}
    network.window.network.show_table(table | ({"aim": aim} if aim == "cell" else {}))
    network.settle()
    assert desk(network).aim.choice() == aim
    assert excited[-1][2] == ((5, 7) if aim == "cell" else None)


def test_the_newest_table_wins(network: Driver) -> None:
    network.window.network.show_table({"model": "cifar10-vgg", "layer": "stage1.conv1", "page": "large"})
    network.window.network.show_table({"model": "lenet5", "layer": "conv2", "map": 2})
    network.settle()
    assert network.window.network.table() == {"model": "lenet5", "layer": "conv2", "map": 2, "page": "maps"}


def test_another_network_that_is_chosen_meanwhile_wins(network: Driver) -> None:
    network.window.network.show_table({"model": "cifar10-vgg", "layer": "stage1.conv1", "page": "large"})
    desk(network).go_to("lenet5")
    network.settle()
    assert network.window.network.table()["model"] == "lenet5"
    assert not desk(network).pages.shows_large


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ({"modle": "lenet5"}, "network, modle"),
        ({"model": 5}, "network, model"),
        ({"map": -1}, "network, map"),
        ({"map": True}, "network, map"),
        ({"unit": [1]}, "network, unit"),
        ({"unit": [1, -1]}, "network, unit"),
        ({"page": "cellar"}, "network, page"),
        ({"why": "because"}, "network, why"),
        ({"shift": [1, 1000]}, "network, shift"),
        ({"aim": "moon"}, "network, aim"),
    ],
)
def test_a_table_that_is_not_as_it_should_be_says_where(table: dict[str, Any], place: str) -> None:
    with pytest.raises(Problem) as caught:
        NetworkView.of(table)
    assert caught.value.sentence.values["place"] == place


def test_an_unknown_network_is_said_and_nothing_hangs(network: Driver) -> None:
    network.window.network.show_table({"model": "nonet"})
    network.settle()
    assert "nonet" in desk(network).problem.text()


@pytest.fixture
def lesson(tmp_path: Path) -> str:
    """A lesson of one's own about another picture in another network."""
    path = tmp_path / "digits.lesson.toml"
    path.write_text(
        "format = 1\nid = 'digits'\ntitle.en = 'Digits'\n"
        "[[steps]]\nroom = 'network'\ntext.en = 'A seven.'\npicture = { sample = 'coins' }\n"
        "network = { model = 'lenet5', layer = 'conv2', map = 3, page = 'large' }\n"
        "[[steps]]\nroom = 'network'\ntext.en = 'Sizes.'\npicture = { sample = 'rocket' }\n"
        "figure = { kind = 'scatter' }\n"
        "[[steps]]\nroom = 'network'\ntext.en = 'Sizes.'\npicture = { sample = 'rocket' }\n"
        "network = { model = 'lenet5', layer = 'conv1', map = 1, page = 'maps' }\n",
        encoding="utf-8",
    )
    return str(path)


def test_a_lesson_may_be_the_first_visit(make_window: Callable[..., Driver], lesson: str) -> None:
    driver = make_window(Room.IMAGE)
    assert driver.window.network.table() == {}
    driver.window.lessons.open(lesson)
    driver.settle()
    assert driver.window.network.table()["layer"] == "conv2"
    driver.window.lessons.close()
    driver.settle()
    assert driver.window.room is Room.IMAGE
    driver.window.set_room(Room.NETWORK)
    driver.settle()
    told = driver.window.network.table()
    assert (told["model"], told["page"]) == (NetworkView().model, "maps")


def test_a_room_behind_a_figure_follows_when_it_is_shown_again(network: Driver, lesson: str) -> None:
    network.window.lessons.open(lesson, 1)
    network.settle()
    assert not desk(network).isVisible()
    network.window.lessons.forward()
    network.settle()
    assert desk(network).isVisible()
    assert not desk(network).stale
    assert network.window.network.table()["layer"] == "conv1"
    network.window.lessons.back()
    network.window.lessons.back()
    network.settle()
    assert network.window.network.table()["layer"] == "conv2"
