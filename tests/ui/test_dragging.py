"""A weight under the hand: the picture first, what accompanies it soon after, and nothing moves."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QPaintEvent, QTextDocumentFragment, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from convviz.core.arithmetic import Explainer, reader
from convviz.core.channels import ChannelMode, planes
from convviz.core.filters import FilterBank
from convviz.core.numbers import format_number
from convviz.core.picture import Picture, PictureKind
from convviz.core.specs import Activation, PoolKind
from convviz.engine.frames import Frame
from convviz.ui.session import REFRESH_MS
from convviz.ui.state import LayerSettings, Mix, State
from tests.ui.driver import Driver


class Watch(QObject):
    """Notes what happens to the widgets of a window."""

    MOVES = (QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Polish)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.moves: list[str] = []
        self.painted: list[str] = []
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget):
            if event.type() in self.MOVES:
                self.moves.append(f"{event.type().name} {watched.objectName() or type(watched).__name__}")
            elif isinstance(event, QPaintEvent):
                self.painted.append(watched.objectName())
        return False


@pytest.fixture
def layer(driver: Driver) -> Driver:
    """A photograph, each channel on its own, under a kernel, ReLU and pooling: four columns of maps."""
    session = driver.window.session
    settings = LayerSettings(activation=Activation.RELU, pool=PoolKind.MAX)
    session.edit(replace(session.state, settings=settings, channel_mode=ChannelMode.EACH), "layer")
    driver.settle()
    return driver


@pytest.fixture
def watch(layer: Driver) -> Iterator[Watch]:
    watch = Watch(layer.window)
    yield watch
    app = QApplication.instance()
    assert app is not None
    app.removeEventFilter(watch)


def turn(driver: Driver, notches: int = 1) -> None:
    """Turn the wheel over the kernel's middle cell."""
    cells = driver.window.convolution.kernel.grid.cells()
    cells.setFocus()
    place = QPointF(cells.cell_rect(1, 1).center())
    event = QWheelEvent(
        place,
        QPointF(cells.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(cells, event)


def wait_for_frame(driver: Driver) -> None:
    frames: list[object] = []
    driver.window.feed.framed.connect(frames.append)
    driver.qtbot.waitUntil(lambda: bool(frames), timeout=20_000)
    driver.window.feed.framed.disconnect(frames.append)
    QApplication.processEvents()


def told(driver: Driver, name: str) -> str:
    found = driver.window.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text()


def test_maps_are_asked_for_before_the_hand_is_free_again(layer: Driver) -> None:
    room = layer.window.convolution
    turn(layer)
    layer.settle()
    assert not layer.window.feed.busy
    turn(layer)
    assert layer.window.feed.busy
    assert room.behind
    assert room.stages.columns[-1].maps[0].chain == layer.window.session.state.chain()


def test_a_weight_that_changes_moves_nothing_and_paints_only_what_is_new(layer: Driver, watch: Watch) -> None:
    turn(layer)
    layer.settle()
    watch.moves.clear()
    watch.painted.clear()
    turn(layer)
    wait_for_frame(layer)
    # Under what follows later there are texts of another length; until the picture is there, nothing moves.
    assert layer.window.convolution.behind
    assert watch.moves == []
    panes = {name for name in watch.painted if name.startswith("pane-")}
    assert panes == {f"pane-stage-{stage}-{c}" for stage in (1, 2, 3) for c in range(3)}
    assert len([name for name in watch.painted if name.startswith("pane-")]) == len(panes)


def test_everything_is_right_after_a_drag(layer: Driver) -> None:
    window, room = layer.window, layer.window.convolution
    frames: list[Frame] = []
    window.feed.framed.connect(frames.append)
    room.stages.pinned.emit("stage-1-1", (3, 4))
    for notches in (1, 2, 3, -1, 4, 5, 1):
        turn(layer, notches)
        QApplication.processEvents()
    layer.settle()
    state = window.session.state
    assert state.kernel[1, 1] == 15
    assert (room.kernel.grid.weights() == state.kernel).all()
    assert room.kernel.presets.text() == "Custom"
    source = planes(state.picture.values, state.channel_mode).astype(float)
    explainer = Explainer(reader(source), state.input_shape, state.chain())
    assert format_number(explainer.value(1, 1, (3, 4))) in room.line.plain_text()
    assert layer.values("stage-1-1")[0, 0] == explainer.value(1, 1, (0, 0))
    frame, found = frames[-1], frames[-1].statistics
    assert found is not None
    assert frame.request.measured == state.chain()
    assert told(layer, "values-maximum") == format_number(found.maximum)
    assert "cross-correlation 3×3" in told(layer, "status-timing")


def test_undo_shows_every_number_again(layer: Driver) -> None:
    room, session = layer.window.convolution, layer.window.session
    first = session.state
    preset = room.kernel.presets.text()
    turn(layer)
    layer.settle()
    assert room.kernel.presets.text() != preset
    session.undo_stack.undo()
    assert (room.kernel.grid.weights() == first.kernel).all()
    layer.settle()
    assert session.state == first
    assert room.kernel.presets.text() == preset


def test_a_drag_does_not_put_off_what_accompanies_it(layer: Driver) -> None:
    refreshed: list[State] = []
    layer.window.session.refreshed.connect(lambda before, state: refreshed.append(state))
    notches = iter(range(60))
    hand = QTimer(layer.window, interval=REFRESH_MS // 5)

    def drag() -> None:
        if next(notches, None) is None:
            hand.stop()
        else:
            turn(layer)

    hand.timeout.connect(drag)
    hand.start()
    layer.qtbot.waitUntil(lambda: not hand.isActive(), timeout=20_000)
    during = len(refreshed)
    assert during >= 3
    layer.settle()
    assert refreshed[-1] is layer.window.session.state
    assert layer.window.session.state.kernel[1, 1] == 60


def test_a_bias_that_changes_is_named_soon(layer: Driver) -> None:
    session, room = layer.window.session, layer.window.convolution
    session.edit(replace(session.state, channel_mode=ChannelMode.SUM), "sum")
    layer.settle()
    session.edit(replace(session.state, bank=session.state.bank.with_bias(0, 2.5)), "bias", "bias")
    layer.settle()
    assert "b = 2.5" in room.stages.panes["stage-1-0"].accessibleName()
    assert room.settings.bias.value() == 2.5


def test_weights_of_a_1x1_layer_follow(layer: Driver) -> None:
    session, room = layer.window.session, layer.window.convolution
    session.edit(replace(session.state, mix=Mix((1.0, 2.0, 3.0))), "mix")
    layer.settle()
    session.edit(replace(session.state, mix=Mix((1.0, 5.0, 3.0), 0.5)), "mix", "mix-1")
    layer.settle()
    assert [field.value() for field in room.filters.fields] == [1.0, 5.0, 3.0, 0.5]


def test_kernels_beside_a_number_grid_follow_at_once(driver: Driver) -> None:
    room, session = driver.window.convolution, driver.window.session
    grid = Picture(np.arange(36, dtype=np.float32).reshape(6, 6, 1), "grid", 0, 35, PictureKind.GRID)
    session.edit(replace(session.state.with_picture(grid), channel_mode=ChannelMode.GREY), "grid")
    room.set_panels_visible(False, False)
    driver.settle()
    kernel = session.state.kernel + 1
    room.kernel.grid.weights_changed.emit(kernel)
    content = room.stages.panes["kernel-0"].content
    assert content is not None
    assert (content.values[0] == kernel).all()


@pytest.mark.parametrize(
    ("biases", "shown"),
    [
        ((0.0,), ""),
        ((-5.0,), "−5"),
        ((2.5,), "+2.5"),
        ((-1234.5,), "+b"),
        ((1.0, 1.0), "+1"),
        ((0.0, 1.0), "+b"),
    ],
)
def test_a_bias_stands_between_kernel_and_result(
    driver: Driver, biases: tuple[float, ...], shown: str
) -> None:
    room, session = driver.window.convolution, driver.window.session
    grid = Picture(np.arange(36, dtype=np.float32).reshape(6, 6, 1), "grid", 0, 35, PictureKind.GRID)
    bank = FilterBank(np.ones((len(biases), 1, 2, 2)), ("",) * len(biases), biases)
    state = session.state.with_picture(grid)
    session.edit(replace(state, channel_mode=ChannelMode.GREY, bank=bank, selected=0), "grid")
    room.set_panels_visible(False, False)
    driver.settle()
    texts = [QTextDocumentFragment.fromHtml(sign.text()).toPlainText() for sign in room.stages.signs]
    assert texts == ["∗", f"{shown}\n=" if shown else "="]
    named = ["b = " in room.stages.panes[f"stage-1-{n}"].accessibleName() for n in range(len(biases))]
    assert named == [len(biases) > 1 and bool(bias) for bias in biases]


def test_the_kernel_at_a_glance_follows(layer: Driver) -> None:
    room = layer.window.convolution
    room.set_panels_visible(False, True)
    layer.settle()
    before = room.glance.grab().toImage()
    room.kernel.grid.weights_changed.emit(layer.window.session.state.kernel[::-1] * 2 + 1)
    layer.settle()
    assert room.glance.isVisible()
    assert room.glance.grab().toImage() != before
