"""The lessons that come with convviz, and what their steps compute, for the tests of their numbers."""

import re
from collections.abc import Iterator

import numpy as np

from convviz.core.channels import planes
from convviz.core.filters import FilterBank
from convviz.core.kernels import preset
from convviz.core.lessons import Lesson, Question, Step, Texts
from convviz.core.limits import output_length
from convviz.core.reference import Array, run
from convviz.core.specs import ConvSpec, output_shape
from convviz.files.lessons import read_lesson
from convviz.files.resources import asset
from convviz.files.samples import load_examples, open_sample
from convviz.ui.lessons.state_table import state_from
from convviz.ui.state import State

# In the order of the lectures, part by part.
COURSE = {
    1: ("pixels", "rgb", "channels", "too-many-features"),
    2: (
        "conv-step",
        "conv-5x5",
        "vertical-edge",
        "sobel",
        "formula",
        "shift",
        "correlation-vs-convolution",
        "stride-2",
        "shrink",
        "padding-1",
        "dilation",
        "padding-stride",
    ),
    3: ("multi-channel", "many-filters", "one-by-one", "conv-layer"),
    4: ("max-pool-3", "max-avg-pool", "pool-kinds", "relu"),
    5: (
        "flatten",
        "kernel-as-neuron",
        "conv-saves-weights",
        "typical-architecture",
        "count-weights",
        "receptive-field",
        "lenet",
        "alexnet",
        "vgg16",
        "googlenet",
        "resnet",
        "efficientnet",
        "what-layers-see",
        "cat-or-dog",
    ),
    6: ("network-as-formula", "train-count-11"),
    7: ("embedding", "recoloured-cats"),
}
PLACES = {
    name: (number, part)
    for number, (part, name) in enumerate(((part, n) for part, names in COURSE.items() for n in names), 1)
}
FILES = sorted(asset("lessons").glob("*.toml"))
HERE = tuple(name for part in (1, 2, 3, 4) for name in COURSE[part])
"""The lessons whose numbers are all computed again."""

EXAMPLES = {example.id: example for example in load_examples()}


def lesson(name: str) -> Lesson:
    return read_lesson(asset("lessons") / f"{PLACES[name][0]:02}-{name}.toml")


def question_texts(question: Question) -> Iterator[tuple[str, Texts]]:
    yield "question", question.text
    yield "why", question.why
    for blank in question.blanks:
        if len(question.blanks) > 1:
            yield "label", blank.label
    for choice in question.choices:
        yield "choice", choice


def step_texts(step: Step) -> Iterator[tuple[str, Texts]]:
    yield from (("text", step.text), ("notice", step.notice), ("notes", step.notes))
    for question in step.questions:
        yield from question_texts(question)


def all_texts(found: Lesson) -> Iterator[tuple[str, Texts]]:
    yield "title", found.title
    for step in found.steps:
        yield from step_texts(step)


def says(name: str, step: int, text: str, russian: str | None = None) -> None:
    """Check that a step's texts have ``text`` in them in English, and its equivalent in Russian."""
    # What parts thousands in Russian.
    russian = re.sub("(?<=[0-9])\u00a0(?=[0-9])", "\u202f", text if russian is None else russian)
    told = [texts for _, texts in step_texts(lesson(name).steps[step - 1])]
    for language, wanted in (("en", text), ("ru", russian)):
        assert any(wanted in texts[language] for texts in told), (name, step, wanted)


def sample_state() -> State:
    bank = FilterBank(preset("identity").weights[np.newaxis, np.newaxis])
    return State(open_sample("cat"), bank)


def state(step: Step) -> State:
    return state_from(step.picture, step.layer, sample_state())


def run_state(found: State) -> Array:
    values = planes(found.picture.values, found.channel_mode).astype(np.float64)
    return run(values, found.chain())


def shape(found: State) -> tuple[int, int, int]:
    return output_shape(found.chain(), found.input_shape)


def output(name: str, step: int) -> Array:
    """Return the maps that a step of a lesson shows; steps are counted from 1."""
    return run_state(state(lesson(name).steps[step - 1]))


def layer(kernel: int, channels: int, filters: int, groups: int = 1) -> ConvSpec:
    return ConvSpec(np.ones((filters, channels // groups, kernel, kernel)), (0.0,) * filters, groups=groups)


def unbiased(spec: ConvSpec) -> int:
    return int(spec.weights.size)


def length(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    return output_length(size, kernel, stride, padding, padding, dilation)
