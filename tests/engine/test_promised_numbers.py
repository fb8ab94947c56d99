"""Numbers that a way of computing must not change, at sizes where it is taken: large kernels, met again."""

import gc
import weakref

import numpy as np
import pytest

from convviz.core.channels import ChannelMode
from convviz.core.geometry import Ramp
from convviz.core.picture import Picture
from convviz.core.specs import Activation, Chain, ConvSpec
from convviz.engine import frames, shelf
from convviz.engine.backend import load_torch, numpy_backend, torch_backend
from convviz.engine.compute import View
from convviz.engine.evaluate import evaluate
from convviz.engine.frames import FrameRequest, MapOrder
from convviz.engine.strips import Strips
from tests.engine.strategies import BACKENDS


def layer(kernel: np.ndarray, channels: int = 1) -> Chain:
    return (ConvSpec(np.broadcast_to(kernel, (channels, 1, *kernel.shape)), groups=channels),)


@pytest.mark.parametrize("bright", [1e4, 1e6, 1e9])
@pytest.mark.parametrize("size", [15, 31])
@pytest.mark.parametrize("name", ["torch", "native"])
def test_a_bright_cell_does_not_spoil_what_is_far_from_it(bright: float, size: int, name: str) -> None:
    load_torch()
    rng = np.random.default_rng(size)
    planes = rng.random((1, 300, 420), np.float32)
    planes[0, 20, 30] = bright
    kept = shelf.Shelf(64 << 20)
    rows, columns = Ramp(0, 1, 301 - size), Ramp(0, 1, 421 - size)
    for edit in range(3):
        kernel = rng.normal(size=(size, size))
        chain = layer(kernel / np.abs(kernel).sum())
        got = evaluate(planes, chain, rows, columns, backend=BACKENDS[name], shelf=kept)
        expected = evaluate(planes, chain, rows, columns, backend=numpy_backend)
        far = slice(60, None)
        np.testing.assert_allclose(got[:, far], expected[:, far], rtol=0, atol=2e-6, err_msg=f"edit {edit}")


@pytest.mark.parametrize(("size", "largest"), [(31, 160), (21, 500), (15, 1000)])
@pytest.mark.parametrize("name", ["torch", "native"])
def test_whole_numbers_stay_whole_under_large_weights(size: int, largest: int, name: str) -> None:
    load_torch()
    rng = np.random.default_rng(size)
    planes = rng.integers(0, 256, (1, 300, 420)).astype(np.uint8)
    kept = shelf.Shelf(64 << 20)
    rows, columns = Ramp(0, 1, 301 - size), Ramp(0, 1, 421 - size)
    for _ in range(3):
        chain = layer(rng.integers(-largest, largest + 1, (size, size)).astype(np.float64))
        got = evaluate(planes, chain, rows, columns, backend=BACKENDS[name], shelf=kept)
        expected = evaluate(planes, chain, rows, columns, backend=numpy_backend)
        assert np.array_equal(got, expected)


def test_sums_and_parts_of_them_keep_their_own_strips(monkeypatch: pytest.MonkeyPatch) -> None:
    cuts: list[int] = []
    cut = Strips.__init__

    def counted(self: Strips, *args: object) -> None:
        cuts.append(1)
        cut(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Strips, "__init__", counted)
    rng = np.random.default_rng(1)
    block = rng.random((3, 204, 324), np.float32)
    resting = torch_backend.rest(block, (5, 5), (1, 1), (1, 1))
    for _ in range(5):
        resting.correlate(rng.normal(size=(1, 3, 5, 5)).astype(np.float32), 1)
        resting.correlate(rng.normal(size=(3, 1, 5, 5)).astype(np.float32), 3)
    assert len(cuts) <= 2


class Item:
    nbytes = 50


def test_what_was_used_last_stays_on_a_shelf_that_is_too_small() -> None:
    kept, planes = shelf.Shelf(40), np.zeros(3)
    item = kept.get(planes, "a", Item)
    kept.tidy()
    assert kept.get(planes, "a", Item) is item
    kept.get(planes, "b", Item)
    kept.tidy()
    assert kept.nbytes == 50
    assert kept.get(planes, "a", Item) is not item


def test_nothing_of_a_forgotten_picture_is_kept() -> None:
    picture = Picture(np.random.default_rng(0).random((400, 500, 1), np.float32), "noise")
    view = View(Ramp(0, 4, 100), Ramp(0, 4, 125))
    chain: Chain = (Activation.RELU,)
    order = MapOrder("result", chain, 1, (0,), view)
    frames.draw(FrameRequest(picture, ChannelMode.EACH, (order,), chain))
    gone = weakref.ref(picture.values)
    del picture
    frames.forget()
    gc.collect()
    assert gone() is None
