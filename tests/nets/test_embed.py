"""Pictures as vectors: the same as tracing each alone gives, whatever else happens to the others."""

import weakref
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from convviz.core.distances import Distance, distance
from convviz.core.picture import Picture
from convviz.core.text import Problem, Sentence
from convviz.nets import embed as module
from convviz.nets.embed import Source, embed, vector_of
from convviz.nets.network import Network
from convviz.nets.preprocessing import Fit, Preprocessing
from convviz.nets.vector_space import MOST_NUMBERS, PIXELS, default_layer, space_of
from tests.nets.nets import filled

RNG = np.random.default_rng(8)
PHOTOS = [Picture(RNG.integers(0, 256, (20 + n, 30, 3), np.uint8), f"photo{n}") for n in range(40)]
EXACT = Preprocessing((16, 16), Fit.EXACT, crop=False)
AS_IT_IS = Preprocessing((16, 16), Fit.NONE, crop=False)


class Plain(nn.Module):
    """Maps, one layer in place, a vector that is dropped out of, and a classifier."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 6, 3, padding=1)
        self.relu = nn.ReLU(inplace=True)
        self.pool = nn.AdaptiveAvgPool2d(2)
        self.dropout = nn.Dropout()
        self.fc = nn.Linear(24, 5)

    def forward(self, x: Any) -> Any:
        x = self.relu(self.conv(x) - 1)
        left, right = x.chunk(2, dim=1)
        x = torch.cat((right, left), 1)
        return self.fc(self.dropout(torch.flatten(self.pool(x), 1)))


class One(Plain):
    """Made for one picture at a time: several would be run together into one long vector."""

    def forward(self, x: Any) -> Any:
        return self.fc(self.pool(self.relu(self.conv(x))).reshape(-1, 24))


class Mixing(Plain):
    """Gives something else when several pictures come together."""

    def forward(self, x: Any) -> Any:
        x = self.conv(x)
        return self.fc(torch.flatten(self.pool(x - x.mean()), 1))


def network(made: nn.Module, preprocessing: Preprocessing = EXACT) -> Network:
    return Network(filled(made), "key", "Title", preprocessing, (), True, Sentence("Here."))


def given(picture: Picture) -> Picture:
    return picture


def sources(pictures: list[Picture] = PHOTOS) -> list[Source]:
    return [Source(picture.name, partial(given, picture)) for picture in pictures]


def traced(net: Network, layer: str, picture: Picture) -> np.ndarray:
    """Return the vector of one picture the slow way."""
    trace = net.trace(picture)
    found = trace.architecture.named(layer)
    output = trace.outputs[found.index]
    return output.mean(axis=(1, 2)) if found.is_map else output.ravel()


@pytest.mark.parametrize("layer", ["conv", "relu", "chunk", "chunk-2", "cat", "flatten", "fc"])
def test_every_layer_gives_what_tracing_each_picture_gives(layer: str) -> None:
    net = network(Plain())
    found = embed(net, sources(), layer)
    assert found.space == space_of(net.architecture(), layer)
    assert found.kept == tuple(range(40))
    assert found.vectors.dtype == np.float32
    expected = [traced(net, layer, picture) for picture in PHOTOS]
    np.testing.assert_allclose(found.vectors, expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("made", [One, Mixing])
def test_a_network_that_takes_one_picture_at_a_time_is_given_one(made: Callable[[], nn.Module]) -> None:
    net = network(made())
    layer = default_layer(net.architecture())
    found = embed(net, sources(), layer)
    expected = [traced(net, layer, picture) for picture in PHOTOS]
    np.testing.assert_allclose(found.vectors, expected, rtol=1e-4, atol=1e-5)


def test_pictures_are_computed_together_and_no_further_than_the_layer() -> None:
    net = network(Plain())
    seen: list[int] = []

    class Counting(nn.Module):
        def forward(self, x: Any) -> Any:
            seen.append(len(x))
            return x

    net.module.relu = nn.Sequential(net.module.relu, Counting())
    embed(net, sources(), "relu.0")
    # The first picture alone, as a trace; then sixteen at a time, which do not get as far.
    assert seen == [1]


def test_the_layer_before_the_classifier_is_taken_by_default() -> None:
    net = network(Plain())
    assert default_layer(net.architecture()) == "flatten"
    assert embed(net, sources(PHOTOS[:2])).space.layer == "flatten"


def test_a_network_without_a_classifier_gives_its_last_layer() -> None:
    net = network(nn.Sequential(nn.AvgPool2d(2), nn.ReLU()))
    assert default_layer(net.architecture()) == "1"
    dense = network(nn.Sequential(nn.Flatten(), nn.Linear(768, 4), nn.ReLU()))
    assert default_layer(dense.architecture()) == "0"


def test_shipped_networks_give_the_vectors_their_classes_are_told_by() -> None:
    from convviz.nets.catalog import outline

    sizes = {key: space_of(outline(key), "").size for key in ("lenet5", "resnet18", "vgg16", "squeezenet1_1")}
    assert sizes == {"lenet5": 84, "resnet18": 512, "vgg16": 4096, "squeezenet1_1": 512}


def test_pixels_are_the_picture_at_32_by_32_and_need_no_network() -> None:
    grey = Picture(np.full((5, 9, 1), 77, np.uint8), "grey")
    colour = Picture(np.tile(np.array([255, 0, 9], np.uint8), (64, 64, 1)), "colour")
    found = embed(None, sources([grey, colour]), PIXELS)
    assert found.vectors.shape == (2, 3072)
    np.testing.assert_allclose(found.vectors[0], 77, atol=1e-3)
    np.testing.assert_allclose(found.vectors[1].reshape(32, 32, 3)[4, 7], [255, 0, 9], atol=1e-3)
    darker = Picture(PHOTOS[0].values.astype(np.float32) * np.float32(0.5), "darker")
    a, b = embed(None, sources([PHOTOS[0], darker])).vectors
    assert distance(Distance.COSINE, a, b) < 1e-4
    assert distance(Distance.EUCLIDEAN, a, b) > 1000


def broken() -> Picture:
    raise Problem("{name} is broken.", name="bad.png")


def test_broken_pictures_are_named_and_the_others_keep_their_places() -> None:
    net = network(Plain())
    given = sources(PHOTOS[:20])
    given[0] = given[7] = Source("bad.png", broken)
    seen: list[int] = []
    found = embed(net, given, "relu", seen=lambda number, picture: seen.append(number))
    assert found.kept == tuple(n for n in range(20) if n not in (0, 7)) == tuple(seen)
    assert [str(said) for said in found.left_out] == ["bad.png is broken."] * 2
    np.testing.assert_allclose(found.vectors[6], traced(net, "relu", PHOTOS[8]), rtol=1e-4, atol=1e-5)


def test_pictures_of_every_size_have_a_vector_where_maps_are_averaged() -> None:
    net = network(Plain(), AS_IT_IS)
    found = embed(net, sources(PHOTOS[:12]), "cat")
    assert found.left_out == ()
    expected = [traced(net, "cat", picture) for picture in PHOTOS[:12]]
    np.testing.assert_allclose(found.vectors, expected, rtol=1e-4, atol=1e-5)


def test_a_picture_whose_vector_would_have_another_length_is_left_out() -> None:
    net = network(nn.Sequential(nn.Conv2d(3, 2, 3), nn.Flatten()), AS_IT_IS)
    fits = Picture(PHOTOS[0].values[:16, :16].copy(), "fits")
    found = embed(net, sources([PHOTOS[0], fits]), "1")
    assert found.kept == (1,)
    assert "photo0 has no vector: at its size" in str(found.left_out[0])


def test_a_picture_too_small_for_the_network_is_named() -> None:
    net = network(nn.Sequential(nn.Conv2d(3, 2, 9), nn.ReLU()), AS_IT_IS)
    small = Picture(np.zeros((4, 4, 3), np.uint8), "small")
    found = embed(net, sources([PHOTOS[0], small, PHOTOS[1]]), "1")
    assert found.kept == (0, 2)
    assert str(found.left_out[0]).startswith("small has no vector: ")
    with pytest.raises(Problem, match="0"):
        vector_of(net, found.space, small)


def test_numbers_that_are_not_finite_make_no_vector() -> None:
    net = network(Plain())
    net.replace("conv.weight", np.full((6, 3, 3, 3), 3e38, np.float32))
    found = embed(net, sources(PHOTOS[:3]), "conv")
    assert found.kept == ()
    assert "not finite" in str(found.left_out[0])
    with pytest.raises(Problem, match="not finite"):
        vector_of(net, found.space, PHOTOS[0])


def test_one_vector_alone_is_the_one_among_many() -> None:
    net = network(Plain())
    found = embed(net, sources(PHOTOS[:20]))
    np.testing.assert_allclose(vector_of(net, found.space, PHOTOS[19]), found.vectors[19], rtol=1e-4)
    pixels = embed(net, sources(PHOTOS[:1]), PIXELS)
    np.testing.assert_array_equal(vector_of(net, pixels.space, PHOTOS[0]), pixels.vectors[0])


def test_a_layer_that_is_not_there_and_too_many_numbers_are_refused() -> None:
    net = network(Plain())
    with pytest.raises(Problem, match="no layer “nowhere”"):
        embed(net, sources(), "nowhere")
    many = [sources()[0]] * (MOST_NUMBERS // 24 + 1)
    with pytest.raises(Problem, match="too much memory"):
        embed(net, many, "flatten")


def test_it_says_how_far_it_is_and_stops_when_asked() -> None:
    net = network(Plain())
    told: list[tuple[float, str]] = []
    embed(net, sources(PHOTOS[:4]), progress=lambda share, text: told.append((share, str(text))))
    assert told[3] == (0.75, "3 of 4 pictures")
    steps = 0

    def stop() -> None:
        nonlocal steps
        steps += 1
        if steps > 60:
            raise InterruptedError

    # Inside a pass of several pictures, where other errors only mean that they go one by one.
    with pytest.raises(InterruptedError):
        embed(net, sources(), check=stop)
    assert steps == 61


def test_steps_of_a_large_layer_are_kept_short(monkeypatch: pytest.MonkeyPatch) -> None:
    net = network(Plain())
    monkeypatch.setattr(module, "_STEP", 3 * max(layer.multiply_adds for layer in net.architecture().layers))
    counts: list[int] = []
    run = net.layer_outputs

    def counting(inputs: Any, layer: str, check: Any) -> Any:
        counts.append(len(inputs))
        return run(inputs, layer, check)

    monkeypatch.setattr(net, "layer_outputs", counting)
    embed(net, sources(PHOTOS[:10]), "relu")
    # One of the first pass of several is computed alone too, to see that it comes out the same.
    assert counts == [1, 3, 1, 3, 3]


def test_inputs_of_many_sizes_are_not_held_until_the_end() -> None:
    net = network(Plain(), AS_IT_IS)
    alive: list[weakref.ref[np.ndarray]] = []
    prepare, most = net.prepare, 0

    def watched(picture: Picture) -> Any:
        nonlocal most
        most = max(most, sum(ref() is not None for ref in alive))
        given, placement = prepare(picture)
        alive.append(weakref.ref(given))
        return given, placement

    net.prepare = watched  # type: ignore[method-assign]  # counted as it goes by
    embed(net, sources(), "cat")
    assert len(alive) == 40
    # Each has a size of its own, so that none can wait for a pass with others.
    assert most <= 2
