"""The line above the layers: whatever gives way, the answer is whole."""

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from convviz.ui.rooms.network_bar import NetworkBar
from convviz.ui.rooms.network_chooser import Choice

FIRST, SECOND = "tiger cat 39.5 %", "Egyptian cat 35.4 %"
WEIGHTS = "4 652 008 weights"


class Bench(QWidget):
    """A bar above something that takes the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = NetworkBar(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bar)
        column.addWidget(QWidget(self), 1)
        self.bar.set_choices([Choice("a", "EfficientNet-Lite0", "Trained"), Choice("b", "B", "Trained")])
        self.bar.show_network("a")
        self.bar.show_origin("Trained on ImageNet: 1.28 million photographs", warns=False)
        self.bar.says.set_whole(f"{FIRST} · {SECOND}")
        self.bar.totals.set_whole(f"{WEIGHTS} · 385 M multiply-adds")


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    made = Bench()
    qtbot.addWidget(made)
    made.resize(1900, 300)
    made.show()
    return made


def give(bench: Bench, qtbot: QtBot, width: int) -> NetworkBar:
    bench.resize(width, 300)
    bar = bench.bar
    qtbot.waitUntil(lambda: bar.width() == width and bar.height() == bar.heightForWidth(width))
    return bar


def name_width(bar: NetworkBar) -> int:
    return bar.networks.width_for("EfficientNet-Lite0")


def test_with_room_everything_is_whole(bench: Bench, qtbot: QtBot) -> None:
    bar = give(bench, qtbot, 1900)
    for told in (bar.says, bar.totals, bar.origin):
        assert told.text() == told.whole()
    assert bar.networks.width() == bar.networks.sizeHint().width()


def test_the_answer_is_whole_at_every_width_and_nothing_lies_upon_it(bench: Bench, qtbot: QtBot) -> None:
    widths = range(1900, bench.bar.minimumSizeHint().width(), -37)
    lines = set()
    for width in widths:
        bar = give(bench, qtbot, width)
        assert bar.says.text().startswith(FIRST)
        shown = [bar.networks, bar.origin, bar.says, bar.totals, bar.view]
        on_first = [w for w in shown if w.width() and not (w is bar.says and w.y() >= bar.networks.height())]
        lines.add(bar.says in on_first)
        places = sorted((w.geometry() for w in on_first), key=lambda place: place.left())
        assert all(one.right() < other.left() for one, other in pairwise(places))
        assert places[-1].right() < width
        assert all(part in bar.totals.whole().split(" · ") for part in bar.totals.text().split(" · ") if part)
    # It has been beside the list, and on a line of its own.
    assert lines == {True, False}


def test_what_is_least_important_gives_way_first(bench: Bench, qtbot: QtBot) -> None:
    texts = []
    for width in range(1900, 400, -10):
        bar = give(bench, qtbot, width)
        texts.append((bar.origin.text(), bar.totals.text(), bar.says.text()))
    origins, totals, answers = zip(*texts, strict=True)
    assert origins.index("") < totals.index(WEIGHTS) < totals.index("") < answers.index(FIRST)


def test_the_name_is_shortened_before_the_answer_goes_to_its_own_line(bench: Bench, qtbot: QtBot) -> None:
    bar = bench.bar
    needed = name_width(bar) + bar.view.sizeHint().width() + bar.says.first_width() + 2 * 10
    give(bench, qtbot, needed)
    assert bar.networks.width() == name_width(bar)
    give(bench, qtbot, needed - 20)
    assert bar.networks.width() == name_width(bar) - 20
    assert bar.says.text() == FIRST
    assert bar.height() == bar.sizeHint().height()


def test_a_name_that_is_too_long_ends_in_dots(bench: Bench) -> None:
    networks = bench.bar.networks
    # Its current entry is written into the closed list; the width stays.
    networks.currentTextChanged.disconnect()
    networks.resize(networks.width_for("EfficientNe…"), networks.height())
    shortened = networks.grab().toImage()
    networks.setItemText(networks.currentIndex(), "EfficientNe…")
    assert networks.grab().toImage() == shortened


def test_that_weights_mean_nothing_is_said_whole_or_not_at_all(bench: Bench, qtbot: QtBot) -> None:
    bench.bar.show_origin("Untrained: its weights are random", warns=True)
    seen = set()
    for width in range(1890, 400, -10):
        bar = give(bench, qtbot, width)
        shown = bar.origin.width() == bar.origin.sizeHint().width()
        assert shown or not bar.origin.width()
        seen.add((shown, bar.totals.text() == bar.totals.whole()))
    # It stays when the size gives way.
    assert {(True, True), (True, False), (False, False)} <= seen
