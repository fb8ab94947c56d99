"""The lessons on embeddings: every number in their texts and questions is computed here."""

from functools import cache
from typing import Any

import numpy as np
import pytest

from convviz.core.distances import Distance, angle, distance, length, matrix
from convviz.files.samples import PHOTO_SAMPLES, open_sample
from convviz.nets.catalog import DEFAULT, open_network
from convviz.nets.changes import Change, changed, reduced
from convviz.nets.embed import vector_of
from convviz.nets.vector_space import PIXEL_SIDE, PIXEL_SPACE, space_of
from convviz.ui.rooms import embeddings_table
from tests.files.lesson_texts import answers, check, one_thread, step

__all__ = ["one_thread"]


@cache
def network() -> Any:
    return open_network(DEFAULT)


def space(*, pixels: bool) -> Any:
    return PIXEL_SPACE if pixels else space_of(network().architecture(), "")


@cache
def vectors(*, pixels: bool = False) -> Any:
    """Return the vectors of the photographs in their order, as the room has them."""
    found = [
        vector_of(network(), space(pixels=pixels), open_sample(one.id), lambda: None) for one in PHOTO_SAMPLES
    ]
    return np.array(found)


@cache
def trial(number: int, change: Change | None = None) -> dict[str, float]:
    """Return what the experiment of a step finds, or what another change would."""
    described = embeddings_table.Described.of(step("recoloured-cats", number).embeddings)
    assert described.page == "experiment"
    assert described.pictures[described.pair[0]] == "cat"
    where, cat = space(pixels=described.layer == "pixels"), reduced(open_sample("cat"))
    before = vector_of(network(), where, cat, lambda: None)
    after = vector_of(network(), where, changed(cat, change or described.change), lambda: None)
    return {
        "euclidean": distance(Distance.EUCLIDEAN, before, after),
        "cosine": 1 - distance(Distance.COSINE, before, after),
        "angle": angle(before, after),
        "length": length(before),
        "times": length(after) / length(before),
    }


def pair(first: str, second: str, kind: Distance, *, pixels: bool = False) -> float:
    ids = [one.id for one in PHOTO_SAMPLES]
    found = vectors(pixels=pixels)
    return distance(kind, found[ids.index(first)], found[ids.index(second)])


def test_a_picture_becomes_as_many_numbers_whatever_its_size() -> None:
    assert vectors().shape == (10, 1280)
    assert open_sample("cat").values.shape[:2] == (300, 451)
    assert open_sample("astronaut").values.shape[:2] == (512, 512)
    assert answers("embedding", 1) == [1280]
    check("embedding", 1, [1280, 300, 451, 512])


def test_the_three_distances() -> None:
    shown = [pair("cat", "astronaut", kind) for kind in Distance]
    texts = [f"{shown[0]:.2f}", f"{shown[1]:.2f}", f"{shown[2]:.4f}"]
    a, b = np.array([1.0, 2]), np.array([4.0, 6])
    assert answers("embedding", 2) == [distance(kind, a, b) for kind in list(Distance)[:2]] == [5, 4]
    assert distance(Distance.COSINE, np.array([3.0, 4]), np.array([6.0, 8])) == pytest.approx(0)
    check("embedding", 2, [*texts, 0, 1, 2, 3, 4, 5, 6, 8, 25])


def test_the_network_keeps_ten_things_apart() -> None:
    apart = matrix(Distance.COSINE, vectors())
    least = apart[~np.eye(10, dtype=bool)].min()
    check("embedding", 3, [f"{least:.2f}", 0])


def test_in_pixels_the_cat_is_next_to_the_wall() -> None:
    ids = [one.id for one in PHOTO_SAMPLES]
    near = matrix(Distance.COSINE, vectors(pixels=True))[0]
    assert ids[1 + int(near[1:].argmin())] == "bricks"
    assert step("embedding", 4).embeddings["pair"] == [0, ids.index("bricks")]
    assert vectors(pixels=True).shape[1] == PIXEL_SIDE**2 * 3 == 3072
    assert step("embedding", 4).questions[0].right == 0
    wall = [pair("cat", "bricks", Distance.COSINE, pixels=pixels) for pixels in (True, False)]
    others = [2048, 1280, 2.4]
    check("embedding", 4, [*(f"{one:.4f}" for one in wall), 3072, 32, 3, *others])


def test_half_the_brightness_halves_the_vector() -> None:
    found = trial(1)
    assert found["times"] == pytest.approx(0.5)
    assert found["cosine"] == pytest.approx(1)
    assert answers("recoloured-cats", 1) == [1]
    texts = [f"{found['euclidean']:.0f}", f"{found['length']:.0f}"]
    check("recoloured-cats", 1, [*texts, 3072, 2, 0, 1])


def test_what_is_cut_off_turns_the_vector_a_little() -> None:
    found, tinted = trial(2), trial(2, Change(tint=0.3))
    picture = changed(reduced(open_sample("cat")), Change(brightness=1.5))
    assert picture.values.max() == 255
    texts = [f"{found['angle']:.1f}", f"{found['times']:.2f}", f"{found['euclidean']:.0f}"]
    texts += [f"{1 - found['cosine']:.4f}", f"{tinted['euclidean']:.0f}", f"{tinted['cosine']:.3f}"]
    check("recoloured-cats", 2, [*texts, 255, 1.5, 1, 30])


def test_the_embedding_of_the_darker_cat() -> None:
    found = trial(3)
    apart = pair("cat", "motorcycle", Distance.EUCLIDEAN), 1 - pair("cat", "motorcycle", Distance.COSINE)
    dark, wall = trial(1)["euclidean"], pair("cat", "bricks", Distance.EUCLIDEAN, pixels=True)
    assert wall < dark
    assert step("recoloured-cats", 3).questions[0].right == 2
    texts = [f"{found['euclidean']:.2f}", f"{found['cosine']:.3f}", f"{apart[0]:.2f}", f"{apart[1]:.3f}"]
    texts += [f"{100 * (found['times'] - 1):.0f}", f"{found['angle']:.0f}", f"{dark:.0f}", f"{wall:.0f}"]
    check("recoloured-cats", 3, [*texts, 1280, 1])


def test_the_embedding_of_the_tinted_cat() -> None:
    found, bright = trial(4), trial(4, Change(brightness=1.5))
    blurred = trial(4, Change(blur=0.05))
    turned = angle(vectors()[0], vectors()[[one.id for one in PHOTO_SAMPLES].index("motorcycle")])
    texts = [f"{one['euclidean']:.2f}" for one in (found, bright)]
    texts += [f"{one['cosine']:.3f}" for one in (found, bright)]
    texts += [f"{found['angle']:.1f}", f"{turned:.0f}", f"{blurred['cosine']:.2f}"]
    assert answers("recoloured-cats", 4) == [pytest.approx(1 - found["cosine"], abs=0.0005)]
    check("recoloured-cats", 4, [*texts, "0.037", 1, 5, 30])


def test_recolouring_moves_the_cat_less_than_another_thing_is_away() -> None:
    changes = [Change(brightness=0.5), Change(brightness=1.5), Change(tint=0.3), Change(tint=-0.3)]
    apart = min(1 - distance(Distance.COSINE, vectors()[0], one) for one in vectors()[1:])
    assert all(trial(3, change)["cosine"] > 0.9 > apart for change in changes)
    grown = [trial(3, Change(brightness=one))["euclidean"] for one in (1.0, 1.2, 1.4, 1.6, 1.8, 2.0)]
    assert grown == sorted(grown)
