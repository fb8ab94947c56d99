"""The lessons on learning and embeddings: every number in their texts and questions is computed here."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch

from convviz.core.distances import Distance, angle, distance, length, matrix
from convviz.core.lessons import Lesson, Step
from convviz.files.lessons import shipped_lessons
from convviz.files.samples import PHOTO_SAMPLES, load_examples, open_sample
from convviz.nets.catalog import DEFAULT, open_network
from convviz.nets.changes import Change, changed, reduced
from convviz.nets.embed import vector_of
from convviz.nets.learn.by_hand import PLAN, SHAPE, by_hand
from convviz.nets.learn.compare import figures_by_hand
from convviz.nets.learn.data import Data, load
from convviz.nets.learn.look import Look, look
from convviz.nets.learn.run import Run
from convviz.nets.vector_space import PIXEL_SIDE, PIXEL_SPACE, space_of
from convviz.ui.rooms import embeddings_table
from convviz.ui.training import table as training_table

IDS = ("network-as-formula", "train-count-11", "embedding", "recoloured-cats")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Threads that wait for each other would take longer than the small networks themselves."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@cache
def lesson(name: str) -> Lesson:
    return next(one for one in shipped_lessons() if one.id == name)


def step(name: str, number: int) -> Step:
    """Return a step, counted from 1."""
    return lesson(name).steps[number - 1]


def words(one: Step, language: str) -> str:
    """Return all that a step says, with decimal points, thousands together, without the names of networks."""
    texts = [one.text, one.notice, one.notes]
    for question in one.questions:
        texts += [question.text, question.why, *question.choices, *(blank.label for blank in question.blanks)]
    whole = "\n".join(text[language] for text in texts if text)
    if language == "ru":
        assert not re.search(r"\d\.\d", whole), "Russian numbers have a decimal comma"
        whole = re.sub(r"(?<=\d),(?=\d)", ".", whole)
    return re.sub(r"(?<=\d)[\u00a0\u202f](?=\d)", "", whole).replace("EfficientNet-Lite0", "")


def check(name: str, number: int, computed: Iterable[object]) -> None:
    """Check that a step says just these numbers, in both languages."""
    expected = {str(one) for one in computed}
    for language in ("en", "ru"):
        assert set(NUMBER.findall(words(step(name, number), language))) == expected, language


def answers(name: str, number: int) -> list[float]:
    return [blank.answer for question in step(name, number).questions for blank in question.blanks]


# Learning


@cache
def run(name: str, number: int) -> Run:
    """Return the run that a step of a lesson shows, at its end."""
    described = training_table.Described.of(step(name, number).training)
    plan = described.plan(load(described.data, 1))
    samples = load(described.data, plan.seed)
    made = Run(described.network(samples), plan, samples, by_hand() if described.by_hand else None)
    while made.epoch < (plan.epochs if described.run else described.epoch):
        made.step(plan.rate)
    return made


def seen(made: Run) -> Look:
    return look(made, int(made.samples.training[0]))


def right(made: Run) -> int:
    compared = seen(made).comparison
    assert compared is not None
    return compared.learned.right


def answered(made: Run) -> list[float]:
    return [float(look(made, int(one)).answers[0]) for one in made.samples.training]


def test_the_lessons_are_there_with_their_numbers_and_parts() -> None:
    places = [(lesson(name).number, lesson(name).part) for name in IDS]
    assert places == [(39, 6), (40, 6), (41, 7), (42, 7)]


@pytest.mark.parametrize("name", IDS)
def test_every_text_is_there_in_both_languages_and_short(name: str) -> None:
    for one in lesson(name).steps:
        assert 0 < len(one.text["en"]) <= 260
        assert 0 < len(one.text["ru"]) <= 320
        assert all(0 < len(one.notice[language]) <= 120 for language in ("en", "ru"))
        assert all(one.notes[language] for language in ("en", "ru"))
        for question in one.questions:
            texts = (question.text, question.why, *question.choices)
            assert all(text.keys() == {"en", "ru"} for text in texts)
    assert any(one.questions for one in lesson(name).steps)


@pytest.mark.parametrize("name", IDS)
def test_every_table_is_one_that_its_room_understands(name: str) -> None:
    for one in lesson(name).steps:
        training_table.Described.of(one.training)
        embeddings_table.Described.of(one.embeddings)


def test_the_convolution_of_the_formula() -> None:
    example = next(one for one in load_examples() if one.id == "count-11-2")
    assert step("network-as-formula", 1).layer == {"example": example.id}
    assert example.input.tolist() == [[[1, 1, 0], [0, 1, 1]]]
    assert example.expected[0, 0, 0] == 1 * 1 + 1 * 1 - 1
    weights = PLAN.weights(SHAPE)
    assert (weights[0], sum(weights[1:]), sum(weights)) == (2 + 1, 4 + 1, 8)
    # A 1×2 filter on 2×3 pixels has 2·2 positions; the last one covers the last two pixels.
    assert PLAN.shapes(SHAPE)[0] == (1, 2, 2)
    assert answers("network-as-formula", 1) == [5, 6]
    assert answers("network-as-formula", 2) == [8]
    check("network-as-formula", 1, [1, 2, 3])
    check("network-as-formula", 2, [2, 1, 3, 4, 5, 8])


def test_the_formula_by_hand_counts_in_all_pictures() -> None:
    made = run("network-as-formula", 3)
    assert right(made) == len(made.samples) == 2**6 == 64
    every = made.samples.inputs()
    counts = [float(look(made, number).answers[0]) for number in range(64)]
    wanted = [sum(max(p + q - 1, 0) for row in one[0] for p, q in pairwise(row)) for one in every]
    assert counts == wanted
    two = next(n for n, one in enumerate(every) if one[0].tolist() == [[1, 1, 0], [0, 1, 1]])
    assert answers("network-as-formula", 3) == [counts[two], counts[63]] == [2, 4]
    check("network-as-formula", 3, [0, 1, 2, 3, 4, 11, 64])


def test_the_formula_with_numbers_drawn_at_random() -> None:
    made = run("network-as-formula", 4)
    compared = seen(made).comparison
    assert compared is not None
    assert compared.hand.lecture_loss == 0
    assert made.plan.seed == 2
    check("network-as-formula", 4, [f"{compared.learned.lecture_loss:.4f}", 0, 2])


def test_the_loss_of_three_pictures() -> None:
    made = run("train-count-11", 1)
    wanted = made.samples.labels[made.samples.training].tolist()
    assert wanted == [1, 2, 0]
    loss = sum((given - y) ** 2 for given, y in zip(answered(made), wanted, strict=True))
    assert made.history.figures[0].loss == pytest.approx(loss / 3)
    assert answers("train-count-11", 1) == [sum((1 - y) ** 2 for y in wanted)]
    first, mean = f"{loss / 3:.4f}", f"{2 / 3:.3f}"
    check("train-count-11", 1, [0, 1, 2, 3, 11, first, mean])


def test_a_seed_that_learns() -> None:
    made = run("train-count-11", 2)
    losses = [one.loss for one in made.history.figures]
    below = next(epoch for epoch, loss in enumerate(losses) if loss < 0.01)
    assert [round(one, 3) for one in answered(made)] == [1, 2, 0]
    assert losses[-1] < 1e-6 < 1 < made.history.figures[-1].val_loss
    assert answers("train-count-11", 2) == [made.step_count] == [200]
    check("train-count-11", 2, [made.plan.seed, 0.1, 0.01, below, 0, 1, 3, 64, 200])


def test_a_seed_that_gets_stuck() -> None:
    made = run("train-count-11", 3)
    assert made.stuck
    assert made.gradients()[0] == 0
    assert answered(made) == pytest.approx([1, 1, 1])
    assert answers("train-count-11", 3) == [1]
    stuck = []
    for seed in range(1, 13):
        table = dict(step("train-count-11", 3).training) | {"seed": seed}
        plan = training_table.Described.of(table).plan(made.samples)
        other = Run(made.network, plan, made.samples)
        while not other.done:
            other.step(plan.rate)
        stuck += [seed] if other.stuck else []
    assert stuck == [1, 3, 4, 10, 12]
    loss = f"{made.history.figures[-1].loss:.4f}"
    check("train-count-11", 3, [*stuck, 2, 0, loss])


def test_three_examples_are_not_how_to_count() -> None:
    made, samples = run("train-count-11", 4), load(Data.LECTURE, 1)
    compared, hand = seen(made).comparison, figures_by_hand(samples)
    assert compared is not None
    assert hand is not None
    assert int(np.trace(hand.confusion)) == compared.hand.right == 64
    assert f"{compared.learned.lecture_loss:.4f}" == f"{compared.hand.lecture_loss:.4f}" == "0.0000"
    assert step("train-count-11", 4).questions[0].right == 1
    check("train-count-11", 4, [made.plan.seed, made.epoch, 0, right(made), 64])


def test_all_pictures_teach_the_idea_of_the_weights_by_hand() -> None:
    made = run("train-count-11", 5)
    assert right(made) == 64
    _, weights = made.history.weights(made.epoch)
    w, v, c = weights[0], weights[3], weights[7]
    np.testing.assert_allclose(weights, [w, w, -w, v, v, v, v, c], atol=1e-4)
    assert abs(c) < 1e-4
    assert v * w == pytest.approx(1, abs=1e-4)
    assert answers("train-count-11", 5) == [1]
    check("train-count-11", 5, [made.plan.seed, 64, 11, 0, 1, f"{w:.4f}", f"{v:.4f}"])


# Embeddings


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
