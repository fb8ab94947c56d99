"""What the feed shows one after the other, on real threads: samples, mean colours, exact statistics."""

import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from convviz.core.channels import ChannelMode
from convviz.core.geometry import Ramp
from convviz.core.picture import Picture
from convviz.core.specs import Activation, Chain, ConvSpec
from convviz.core.text import Problem
from convviz.engine.compute import View
from convviz.engine.frames import Frame, FrameRequest, MapOrder, forget
from convviz.engine.render import Display
from convviz.engine.settle import Rest, average, measure
from convviz.engine.statistics import Statistics
from convviz.ui import feed as module
from convviz.ui.feed import Feed
from convviz.work.jobs import JobContext
from convviz.work.threads import Threads

WAIT_MS = 20_000
SIDE = 1300


class Held:
    """A job that says it has begun and goes on when it is let through."""

    def __init__(self, job: Callable[..., object]) -> None:
        self._job = job
        self.begun, self.let_through = threading.Event(), threading.Event()
        self.runs = 0

    def __call__(self, rest: Rest, context: JobContext) -> object:
        self.runs += 1
        self.begun.set()
        assert self.let_through.wait(timeout=10)
        context.check()
        return self._job(rest, context)


class Watched:
    """A feed and all it has told."""

    def __init__(self, feed: Feed, qtbot: QtBot) -> None:
        self.feed, self._qtbot = feed, qtbot
        self.frames: list[Frame] = []
        self.measured: list[Statistics] = []
        self.measuring: list[float | None] = []
        self.failed: list[object] = []
        feed.framed.connect(self.frames.append)
        feed.measured.connect(lambda _, statistics: self.measured.append(statistics))
        feed.measuring.connect(self.measuring.append)
        feed.failed.connect(self.failed.append)

    def settle(self) -> None:
        """Wait until all there is to show is shown."""
        self.wait(lambda: self.feed.settled)

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait, with the event loop running."""
        self._qtbot.waitUntil(condition, timeout=WAIT_MS)

    @property
    def averaged(self) -> list[bool]:
        """Whether each frame told so far had mean colours."""
        return [frame.maps["map"].averaged for frame in self.frames]


@pytest.fixture
def watched(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    monkeypatch.setattr(module, "REST_MS", 1)
    threads, owner = Threads(), QObject()
    yield Watched(Feed(threads.live, threads.measure, owner), qtbot)
    assert threads.close(timeout_ms=10_000)
    forget()


@pytest.fixture(scope="module")
def picture() -> Picture:
    """More values than are all looked at for every edit."""
    return Picture(np.random.default_rng(0).integers(0, 256, (SIDE, SIDE, 1), dtype=np.uint8), "random")


def request(picture: Picture, weight: float = 1.0, start: int = 0, step: int = 4) -> FrameRequest:
    chain: Chain = (ConvSpec(np.array([[[[weight, -weight]]]]), padding="same"), Activation.RELU)
    ramp = Ramp(start, step, -(-(SIDE - start) // step))
    order = MapOrder("map", chain, 1, (0,), View(ramp, ramp), Display.SIGNED)
    return FrameRequest(picture, ChannelMode.GREY, (order,), chain)


def test_samples_come_at_once_then_mean_colours_then_exact_statistics(
    watched: Watched, picture: Picture
) -> None:
    asked = request(picture)
    watched.feed.ask(asked)
    watched.wait(lambda: bool(watched.frames))
    watched.settle()
    assert watched.averaged == [False, True, True]
    exact = [frame.statistics.exact for frame in watched.frames if frame.statistics is not None]
    assert exact == [False, False, True]
    assert all(frame.request is asked for frame in watched.frames)
    first, second, third = (frame.maps["map"] for frame in watched.frames)
    assert second.values is third.values is first.values
    assert second is third
    assert (second.pixels != first.pixels).any()
    assert watched.measured == [watched.frames[-1].statistics]
    told = [share for share in watched.measuring if share is not None]
    assert told == sorted(told)
    assert not watched.failed


def test_an_edit_gives_up_what_is_not_done(
    watched: Watched, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(lambda rest, context: average(rest, check=context.check))
    monkeypatch.setattr(module, "_average", held)
    watched.feed.ask(request(picture, 1.0))
    watched.wait(held.begun.is_set)
    after = request(picture, 2.0)
    watched.feed.ask(after)
    assert watched.measuring[-1] is None
    held.let_through.set()
    watched.wait(lambda: bool(watched.measured))
    assert [f.maps["map"].averaged for f in watched.frames if f.request is not after] == [False]
    assert watched.frames[-1].request is after
    assert held.runs == 2
    assert len(watched.measured) == 1


@pytest.mark.parametrize("look", [{"step": 8}, {"start": 4}])
def test_a_zoom_or_a_pan_begins_anew_and_what_is_known_is_not_measured_again(
    watched: Watched, picture: Picture, monkeypatch: pytest.MonkeyPatch, look: dict[str, int]
) -> None:
    held = Held(lambda rest, context: measure(rest, check=context.check))
    monkeypatch.setattr(module, "_measure", held)
    watched.feed.ask(request(picture))
    watched.wait(held.begun.is_set)
    assert watched.averaged == [False, True]
    moved = request(picture, **look)
    watched.feed.ask(moved)
    held.let_through.set()
    watched.wait(lambda: bool(watched.measured))
    assert watched.averaged == [False, True, False, True, True]
    assert held.runs == 2
    watched.settle()
    watched.measuring.clear()
    watched.feed.ask(request(picture, step=16))
    watched.wait(lambda: len(watched.frames) == 7)
    watched.settle()
    assert watched.averaged[5:] == [False, True]
    assert held.runs == 2
    assert watched.measuring == []


def test_the_same_asked_again_keeps_its_mean_colours(watched: Watched, picture: Picture) -> None:
    watched.feed.ask(request(picture))
    watched.wait(lambda: bool(watched.measured))
    best = watched.frames[-1].maps["map"]
    watched.feed.ask(request(picture))
    watched.wait(lambda: len(watched.frames) == 4)
    assert watched.frames[-1].maps["map"] is best
    assert watched.feed.settled


def test_a_drawing_that_comes_late_does_not_bring_the_samples_back(
    watched: Watched, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    resting = Held(lambda rest, context: average(rest, check=context.check))
    monkeypatch.setattr(module, "_average", resting)
    watched.feed.ask(request(picture))
    watched.wait(resting.begun.is_set)
    drawing = Held(module._draw)
    monkeypatch.setattr(module, "_draw", drawing)
    watched.feed.ask(request(picture))
    watched.wait(drawing.begun.is_set)
    resting.let_through.set()
    watched.wait(lambda: True in watched.averaged)
    drawing.let_through.set()
    watched.wait(lambda: not watched.feed.busy)
    watched.settle()
    assert watched.averaged == sorted(watched.averaged)
    assert resting.runs == 1


def test_whoever_is_told_of_mean_colours_may_ask_for_something_else(
    watched: Watched, picture: Picture
) -> None:
    other = request(picture, 3.0)

    def turn(frame: Frame) -> None:
        if frame.maps["map"].averaged and frame.request is not other:
            watched.feed.ask(other)

    watched.feed.framed.connect(turn)
    watched.feed.ask(request(picture))
    watched.wait(lambda: bool(watched.measured))
    assert len(watched.measured) == 1
    assert watched.frames[-1].request is other


def test_what_cannot_be_averaged_is_told(
    watched: Watched, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(rest: Rest, context: JobContext) -> Rest:
        del rest, context
        raise Problem("The result is too large for 32-bit numbers.")

    monkeypatch.setattr(module, "_average", fail)
    watched.feed.ask(request(picture))
    watched.wait(lambda: bool(watched.failed))
    watched.settle()
    assert watched.measuring == [None]
    assert watched.averaged == [False]
