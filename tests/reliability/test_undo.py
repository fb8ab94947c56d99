"""Random edits from a seed: undo to the beginning and redo to the end reproduces every number."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication, QMessageBox

from convviz.core import reference
from convviz.core.channels import ChannelMode, planes
from convviz.core.filters import FilterBank
from convviz.core.picture import Picture
from convviz.core.specs import Activation, Magnitude, Operation, PaddingMode, PoolKind
from convviz.core.text import Problem
from convviz.files.samples import GRID_SAMPLES, load_examples, open_sample
from convviz.files.session_writing import write_session
from convviz.ui.opening import example_state
from convviz.ui.session import Session
from convviz.ui.sessions.content import Content
from convviz.ui.state import Mix, Room, State
from convviz.ui.window import Window
from tests.ui import trials
from tests.ui.driver import Driver
from tests.ui.network_room import catalogue, desk
from tests.ui.network_room import driver as network_driver

__all__ = ["catalogue", "network_driver"]

STEPS = 150


def another_kernel(rng: random.Random, state: State) -> State:
    size = rng.randint(1, 4), rng.randint(1, 4)
    return state.with_kernel(np.random.default_rng(rng.randrange(2**31)).normal(size=size))


def another_setting(rng: random.Random, state: State) -> State:
    def pair(least: int) -> tuple[int, int]:
        return rng.randint(least, 3), rng.randint(least, 3)

    changes: dict[str, object] = {
        "operation": rng.choice([None, *Operation]),
        "stride": pair(1),
        "dilation": pair(1),
        "padding": rng.choice([pair(0), "same", "valid"]),
        "padding_mode": rng.choice(list(PaddingMode)),
        "activation": rng.choice(list(Activation)),
        "pool": rng.choice([None, *PoolKind]),
        "pool_size": pair(1),
        "pool_stride": rng.choice([None, pair(1)]),
    }
    name = rng.choice(list(changes))
    return state.with_settings(**{name: changes[name]})


def another_picture(rng: random.Random, state: State) -> State:
    return state.with_picture(open_sample(rng.choice(GRID_SAMPLES).id))


def another_pixel(rng: random.Random, state: State) -> State:
    row, column, channel = (rng.randrange(n) for n in state.picture.values.shape)
    return replace(state, picture=state.picture.with_cell(row, column, channel, rng.uniform(-9, 9)))


def another_filter(rng: random.Random, state: State) -> State:
    bank, at = state.bank, rng.randrange(state.bank.count)
    bank = rng.choice([bank.added, bank.removed])(at) if bank.count < 4 else bank.removed(at)
    bank = bank.with_bias(rng.randrange(bank.count), rng.uniform(-5, 5))
    return replace(state, bank=bank, selected=rng.randrange(bank.count))


def another_example(rng: random.Random, state: State) -> State:
    return example_state(rng.choice(load_examples()), state)


def another_mix(rng: random.Random, state: State) -> State:
    mix = rng.choice([None, Magnitude(), Mix((rng.uniform(-1, 1), 2.0), rng.uniform(-1, 1))])
    mode = rng.choice([ChannelMode.EACH, ChannelMode.SUM, ChannelMode.GREY])
    return replace(state, mix=mix, channel_mode=mode)


EDITS: list[Callable[[random.Random, State], State]] = [
    another_kernel,
    another_setting,
    another_setting,
    another_picture,
    another_pixel,
    another_filter,
    another_example,
    another_mix,
]


def numbers(state: State) -> tuple[bytes, bytes, bytes]:
    """Return every number there is: of the picture, of the kernels, and of the result if there is one."""
    result = b""
    try:
        chain = state.chain()
        seen = planes(state.picture.values, state.channel_mode).astype(np.float64)
        result = reference.run(seen, chain).tobytes()
    except Problem as problem:
        result = str(problem).encode()
    return state.picture.values.tobytes(), state.bank.weights.tobytes(), result


@pytest.mark.parametrize("seed", range(4))
def test_undo_and_redo_lead_through_every_number(qapp: QApplication, seed: int) -> None:
    rng = random.Random(seed)
    session = Session(State(open_sample("conv-step"), FilterBank(np.ones((1, 1, 3, 3)))))
    stack, seen = session.undo_stack, [session.state]
    told = [numbers(session.state)]
    while len(seen) <= STEPS:
        if rng.random() < 0.15:
            session.shift(rng.randint(-2, 2), rng.randint(-2, 2), "shift")
        else:
            session.edit(rng.choice(EDITS)(rng, session.state), "edit")
        session.end_gesture()
        if stack.count() == len(seen):
            seen.append(session.state)
            told.append(numbers(session.state))
        elif rng.random() < 0.1:
            # Going back and on in between changes nothing.
            stack.undo()
            stack.redo()
    assert len(set(told)) > STEPS / 2
    for _ in range(2):
        for state, wanted in zip(reversed(seen), reversed(told), strict=True):
            assert replace(session.state, picture=state.picture) == state
            assert numbers(session.state) == wanted
            stack.undo()
        assert not stack.canUndo()
        for state, wanted in zip(seen, told, strict=True):
            assert replace(session.state, picture=state.picture) == state
            assert numbers(session.state) == wanted
            stack.redo()
        assert not stack.canRedo()


def test_what_was_dragged_comes_back_as_well(qapp: QApplication) -> None:
    """Many changes that are one step: its end and its beginning are exact."""
    rng = random.Random(9)
    session = Session(State(open_sample("conv-step"), FilterBank(np.ones((1, 1, 3, 3)))))
    ends = [numbers(session.state)]
    for number in range(20):
        for _ in range(rng.randint(1, 9)):
            session.edit(another_kernel(rng, session.state), "drag", f"drag-{number}")
        session.end_gesture()
        ends.append(numbers(session.state))
    assert session.undo_stack.count() == 20
    for wanted in reversed(ends):
        assert numbers(session.state) == wanted
        session.undo_stack.undo()
    for wanted in ends:
        assert numbers(session.state) == wanted
        session.undo_stack.redo()


ACTIONS = (
    "kernel-rotate",
    "kernel-transpose",
    "kernel-negate",
    "kernel-flip-vertical",
    "kernel-normalise",
    "filter-add",
    "filter-remove",
    "operation-convolution",
    "operation-cross-correlation",
    "channels-sum",
    "channels-each",
    "channels-grey",
    "shift-left",
    "shift-down",
)


def test_the_window_shows_the_same_numbers_again(make_window: Callable[..., Driver]) -> None:
    driver, rng = make_window(Room.CONVOLUTION), random.Random(3)
    window = driver.window
    window.opener.show_picture(
        Picture(np.random.default_rng(0).integers(0, 256, (9, 8, 3)).astype(np.uint8), "p")
    )
    window.session.undo_stack.clear()
    first, shown = window.session.state, driver.result()
    for _ in range(60):
        driver.trigger(rng.choice(ACTIONS))
        window.session.end_gesture()
    last, result = window.session.state, driver.result()
    assert window.session.undo_stack.count() > 30
    while window.session.undo_stack.canUndo():
        driver.trigger("undo")
    assert numbers(window.session.state) == numbers(first)
    assert driver.result().tobytes() == shown.tobytes()
    while window.session.undo_stack.canRedo():
        driver.trigger("redo")
    assert replace(window.session.state, picture=last.picture) == last
    assert numbers(window.session.state) == numbers(last)
    assert driver.result().tobytes() == result.tobytes()


def held(window: Window) -> tuple[bytes, ...]:
    """Return every number and every choice that undo covers."""
    state = window.session.state
    choices = replace(state, picture=open_sample("conv-step"), bank=FilterBank(np.ones((1, 1, 1, 1))))
    names = repr((state.bank.names, state.bank.biases, choices.settings, choices.mix, choices.channel_mode))
    return state.picture.values.tobytes(), state.bank.weights.tobytes(), names.encode()


def deeds(driver: Driver, rng: random.Random, folder: Path) -> list[Callable[[], object]]:
    """Return what changes the state from each of the rooms, lessons, sessions and the clipboard included."""
    window = driver.window
    path = folder / "other.convviz"
    other = State(
        open_sample("three-filters"), FilterBank(np.full((2, 1, 2, 2), 3.0), ("a", "b"), (1.0, 2.0))
    )
    write_session(path, Content(other, Room.IMAGE).saved())

    def type_into_a_cell() -> None:
        window.set_room(Room.IMAGE)
        driver.settle()
        pane = rng.choice(list(window.image.panes.values()))
        picture = window.session.state.picture
        pane.edited.emit(rng.randrange(picture.height), rng.randrange(picture.width), rng.uniform(-9, 9))

    def go_through_a_lesson() -> None:
        window.lessons.open(str(rng.choice([4, 6, 8])), 0)
        for _ in range(rng.randint(1, 3)):
            window.lessons.forward()
        driver.settle()
        window.lessons.close()

    def paste() -> None:
        mime = QMimeData()
        mime.setText("\n".join("\t".join(str(rng.randint(-9, 9)) for _ in range(6)) for _ in range(5)))
        window.opener.take(mime)

    return [
        type_into_a_cell,
        type_into_a_cell,
        go_through_a_lesson,
        paste,
        lambda: window.sessions.open_path(str(path)),
        lambda: window.opener.show_example(rng.choice(load_examples()).id),
        lambda: window.opener.open_sample("cat"),
        lambda: window.set_room(rng.choice([Room.IMAGE, Room.CONVOLUTION, Room.EMBEDDINGS])),
        *(lambda action=action: driver.trigger(action) for action in ACTIONS),
    ]


@pytest.mark.parametrize("seed", [1, 2])
def test_undo_leads_back_through_what_every_room_has_done(
    make_window: Callable[..., Driver], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    # Opening a session in the place of one that has changes is asked about.
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Discard)
    driver, rng = make_window(Room.CONVOLUTION), random.Random(seed)
    window, stack = driver.window, driver.window.session.undo_stack
    every = deeds(driver, rng, tmp_path)
    stack.clear()
    told = {0: held(window)}
    stack.indexChanged.connect(lambda index: told.__setitem__(index, held(window)))
    for deed in rng.choices(every, k=60):
        deed()
        driver.settle()
        window.session.end_gesture()
        # What merges with the step before leads elsewhere now.
        told[stack.index()] = held(window)
    stack.indexChanged.disconnect()
    assert stack.count() == stack.index() > 40
    assert set(told) == set(range(stack.count() + 1))
    assert len(set(told.values())) > stack.count() / 2
    for _ in range(2):
        for index in range(stack.count(), 0, -1):
            assert held(window) == told[index]
            driver.trigger("undo")
        assert held(window) == told[0]
        assert not stack.canUndo()
        for index in range(1, stack.count() + 1):
            driver.trigger("redo")
            assert held(window) == told[index]
        assert not stack.canRedo()


def test_undo_leads_back_through_every_edit_of_a_networks_filter(network_driver: Driver) -> None:
    """The network room has steps of its own: the filter, all maps and all classes come back to the bit."""
    driver, rng = network_driver, random.Random(4)
    room, stack = trials.opened(driver), desk(driver).trying.steps
    card = room.tools.trial

    def seen() -> tuple[bytes, ...]:
        driver.settle()
        traced, own = room.traced, card.filter()
        assert traced is not None
        assert own is not None
        layers = range(len(traced.trace.architecture.layers))
        scores = np.asarray(traced.trace.scores)
        return own.tobytes(), scores.tobytes(), *(np.asarray(room.maps.values(n)).tobytes() for n in layers)

    def choose_channel() -> None:
        card.channel.set_value(float(rng.randrange(3)))
        card.channel.value_changed.emit(card.channel.value)

    acts: list[Callable[[], object]] = [
        lambda: card.grid.cells().set_weight(rng.uniform(-4, 4)),
        lambda: card.grid.cells().set_weight(rng.uniform(-4, 4)),
        card.negate.click,
        card.zero.click,
        choose_channel,
        lambda: driver.trigger("network-reset"),
    ]
    told = {0: seen()}
    for act in rng.choices(acts, k=40):
        act()
        card.gesture_finished.emit()
        told[stack.index()] = seen()
    count = stack.count()
    assert count == stack.index() > 20
    assert set(told) == set(range(count + 1))
    for index in range(count, 0, -1):
        assert seen() == told[index]
        driver.trigger("undo")
    assert seen() == told[0]
    assert not stack.canUndo()
    for index in range(1, count + 1):
        driver.trigger("redo")
        assert seen() == told[index]
    assert not stack.canRedo()
