"""Random edits from a seed: undo to the beginning and redo to the end reproduces every number."""

import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from convviz.core import reference
from convviz.core.channels import ChannelMode, planes
from convviz.core.filters import FilterBank
from convviz.core.picture import Picture
from convviz.core.specs import Activation, Magnitude, Operation, PaddingMode, PoolKind
from convviz.core.text import Problem
from convviz.files.samples import GRID_SAMPLES, load_examples, open_sample
from convviz.ui.opening import example_state
from convviz.ui.session import Session
from convviz.ui.state import Mix, Room, State
from tests.ui.driver import Driver

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
