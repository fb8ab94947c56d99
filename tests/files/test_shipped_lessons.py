"""The lessons that come with convviz: their texts, and every number in them computed again."""

import ast
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from convviz.core.channels import planes
from convviz.core.counting import multiply_adds, weights
from convviz.core.filters import FilterBank
from convviz.core.kernels import preset
from convviz.core.lessons import Lesson, Question, Step, Texts
from convviz.core.limits import output_length
from convviz.core.picture import Picture, PictureKind
from convviz.core.reference import Array, activate, run
from convviz.core.specs import Activation, ConvSpec, output_shape
from convviz.files.lessons import read_lesson
from convviz.files.resources import asset
from convviz.files.samples import load_examples, open_sample
from convviz.ui.lessons.state_table import state_from
from convviz.ui.lessons.view_table import ImageView, LayerView
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
"""The lessons whose answers are computed below."""

MOST = {"text": {"en": 260, "ru": 320}, "notice": {"en": 120, "ru": 120}}
"""What a panel beside the room has space for, in characters."""


def lesson(name: str) -> Lesson:
    return read_lesson(asset("lessons") / f"{PLACES[name][0]:02}-{name}.toml")


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def shipped(request: pytest.FixtureRequest) -> Lesson:
    file = request.param
    assert isinstance(file, Path)
    return read_lesson(file)


def test_the_course_is_as_in_the_lectures() -> None:
    assert len(PLACES) == 42
    assert {f"{PLACES[name][0]:02}-{name}" for name in HERE} <= {file.stem for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_is_named_by_number_and_id(file: Path) -> None:
    found = read_lesson(file)
    assert file.name == f"{found.number:02}-{found.id}.toml"
    assert PLACES[found.id] == (found.number, found.part)


# Texts


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


def test_every_text_is_there_in_both_languages_and_short_enough(shipped: Lesson) -> None:
    for kind, texts in all_texts(shipped):
        assert texts.keys() == {"en", "ru"}, texts
        for language, text in texts.items():
            assert text.strip(), texts
            assert len(text) <= MOST.get(kind, {}).get(language, 400), (kind, len(text), text)


def test_russian_is_written_in_cyrillic_and_is_another_text(shipped: Lesson) -> None:
    for _, texts in all_texts(shipped):
        # R, G and B, names of layers, are the same in both.
        if re.search("[a-z]{3}", texts["en"]):
            assert re.search("[а-яё]", texts["ru"]), texts
            assert texts["ru"] != texts["en"]
        assert not re.search("[а-яё]", texts["en"], re.IGNORECASE), texts


def test_typography(shipped: Lesson) -> None:
    for _, texts in all_texts(shipped):
        for language, text in texts.items():
            assert not re.search("[\"'!*]", text), text
            assert not re.search(r"-\d|\d-|\.\.\.|  | [.,;:]", text), text
            # A number of several groups must not be torn apart at the end of a line.
            assert not re.search(r"(?<!\d)(?<![\d,] )\d{1,3} \d{3}(?!\d)", text), text
            assert not re.search(r"\d,\d" if language == "en" else r"\d\.\d", text), text


def test_steps_are_few_and_each_lesson_asks_something(shipped: Lesson) -> None:
    assert 2 <= len(shipped.steps) <= 5
    assert any(step.questions or step.view.get("predict") for step in shipped.steps)
    for step in shipped.steps:
        for question in step.questions:
            for language in ("en", "ru"):
                choices = [choice[language] for choice in question.choices]
                assert len(set(choices)) == len(choices)


# Arithmetic in the texts

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_POWER = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_SUM = re.compile(r"[\d.·+−/()⌊⌋√⁰¹²³⁴⁵⁶⁷⁸⁹= ]+")


def _value(node: ast.expr) -> Fraction:
    match node:
        case ast.Constant(value=int() | float() as value):
            return Fraction(str(value))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.Call(func=ast.Name(id="floor"), args=[argument]):
            return Fraction(math.floor(_value(argument)))
        case ast.Call(func=ast.Name(id="sqrt"), args=[argument]):
            return Fraction(math.sqrt(_value(argument)))
        case ast.BinOp(left=left, op=op, right=right):
            a, b = _value(left), _value(right)
            match op:
                case ast.Add():
                    return a + b
                case ast.Sub():
                    return a - b
                case ast.Mult():
                    return a * b
                case ast.Div():
                    return a / b
                case ast.Pow():
                    return a ** int(b)
    raise ValueError(ast.dump(node))


def value(side: str) -> Fraction | None:
    """Return what a sum written with ·, −, ⌊⌋ and √ comes to, None if it is not a whole one."""
    text = _POWER.sub(lambda found: "**" + found[0].translate(_SUPERSCRIPTS), side.strip(" ."))
    text = re.sub(r"√(\d+)", r"sqrt(\1)", text).replace("√", "sqrt")
    for old, new in (("·", "*"), ("−", "-"), ("⌊", "floor("), ("⌋", ")")):
        text = text.replace(old, new)
    try:
        return _value(ast.parse(text, mode="eval").body)
    except (SyntaxError, ValueError):
        return None


def equations(text: str) -> Iterator[tuple[str, Fraction, Fraction]]:
    """Yield what a text says is equal."""
    plain = re.sub(r"(\d),(\d)", r"\1.\2", re.sub(r"(?<=\d)\u00a0(?=\d)", "", text)).replace("\u00a0", " ")
    for run_of_signs in _SUM.findall(plain):
        sides = [value(side) for side in run_of_signs.split("=")]
        for left, right in pairwise(sides):
            if left is not None and right is not None:
                yield run_of_signs, left, right


def test_what_the_texts_say_is_equal_is_equal(shipped: Lesson) -> None:
    for _, texts in all_texts(shipped):
        for text in texts.values():
            for shown, left, right in equations(text):
                assert math.isclose(left, right, rel_tol=1e-9), (shown, text)


def sides(text: str) -> list[tuple[float, float]]:
    return [(float(left), float(right)) for _, left, right in equations(text)]


def test_sums_in_texts_are_found() -> None:
    assert sides("Here 1280·720·3 = 2\u00a0764\u00a0800.") == [(2764800, 2764800)]
    assert sides("⌊(6 − 3) / 2⌋ + 1 = 2, √(36 + 64) = 10") == [(2, 2), (10, 10)]
    assert sides("(2 − 4 + 0 + 1) / 4 = −1/4 = −0,25.") == [(-0.25, -0.25)] * 2
    assert sides("2⁸ = 255") == [(256, 255)]
    assert sides("k = 3, p = 1: n − k + 1 = 4 positions") == []
    found = [e for name in HERE for _, t in all_texts(lesson(name)) for x in t.values() for e in equations(x)]
    assert len(found) > 200


# States of the rooms


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


def small(picture: Picture) -> Picture:
    """Return a corner of a photograph: the reference takes its time."""
    if picture.kind is PictureKind.GRID:
        return picture
    return replace(picture, values=np.ascontiguousarray(picture.values[:40, :40]))


def test_every_step_brings_the_room_into_a_state_that_computes(shipped: Lesson) -> None:
    for step in shipped.steps:
        found = state(step)
        if step.room == "convolution":
            rows, columns = shape(found)[1:]
            assert np.isfinite(run_state(replace(found, picture=small(found.picture)))).all()
            view = LayerView.of(step.view)
            assert view.step is None or view.step < rows * columns
            assert view.cell is None or (view.cell[0] < rows and view.cell[1] < columns)
        elif step.room == "image":
            pixel = ImageView.of(step.view).pixel
            assert pixel is None or (pixel[0] < found.picture.height and pixel[1] < found.picture.width)


EXAMPLES = {example.id: example for example in load_examples()}


def test_worked_examples_give_what_the_lectures_have(shipped: Lesson) -> None:
    for step in shipped.steps:
        if step.layer.keys() == {"example"} and "sample" in step.picture and step.room == "convolution":
            example = EXAMPLES[step.layer["example"]]
            found = state(step)
            assert np.array_equal(planes(found.picture.values, found.channel_mode), example.input)
            assert np.allclose(run_state(found), example.expected)


def test_each_worked_example_of_layers_is_in_a_lesson() -> None:
    used = {str(step.layer.get("example")) for name in HERE for step in lesson(name).steps}
    # Counting fragments belongs to learning; the 1×1 layer stands on top of three-filters.
    assert {name for name in EXAMPLES if not name.startswith("count-11")} - used == {"one-by-one"}
    assert np.allclose(output("one-by-one", 2), EXAMPLES["one-by-one"].expected)
    assert np.allclose(output("one-by-one", 2), output("one-by-one", 4))


# Numbers in the texts that are no equations: a row of a map as it is written, and sizes


def rows(maps: Array) -> tuple[str, ...]:
    """Return the rows of maps as a text writes them, numbers with spaces between."""
    return tuple(
        " ".join(f"{cell:g}".replace("-", "−") for cell in row) for each in maps for row in each.tolist()
    )


def says(name: str, step: int, text: str, russian: str | None = None) -> None:
    """Check that a step's texts have ``text`` in them in English, and its equivalent in Russian."""
    told = [texts for _, texts in step_texts(lesson(name).steps[step - 1])]
    for language, wanted in (("en", text), ("ru", russian if russian is not None else text)):
        assert any(wanted in texts[language] for texts in told), (name, step, wanted)


def test_rows_of_maps_are_written_as_they_are_computed() -> None:
    for name, step, count in (
        ("conv-5x5", 4, 3),
        ("multi-channel", 3, 3),
        ("one-by-one", 3, 3),
        ("vertical-edge", 3, 1),
        ("padding-stride", 1, 1),
        ("max-pool-3", 3, 2),
    ):
        for row in rows(output(name, step))[:count]:
            says(name, step, row)
    for row in rows(output("conv-step", 4)):
        says("stride-2", 1, row)
    says("conv-step", 3, ", ".join(rows(output("conv-step", 3))[0].split()))
    says("correlation-vs-convolution", 5, rows(output("correlation-vs-convolution", 5))[0])
    for step in (1, 3):
        says("correlation-vs-convolution", step, ", ".join(rows(output("correlation-vs-convolution", step))))
    for row in rows(output("max-avg-pool", 4)):
        says("max-avg-pool", 4, row, row.replace(".", ","))
    for row in rows(output("relu", 2))[1:3]:
        says("relu", 2, row)
    for row in rows(output("conv-step", 4))[1:3]:
        says("relu", 2, row)


def test_values_to_be_predicted_are_those_of_the_notes() -> None:
    for name, step, wanted in (
        ("conv-step", 2, "= 2."),
        ("conv-step", 3, "= −1."),
        ("conv-5x5", 2, "= 17."),
        ("conv-5x5", 3, "= 14."),
        ("vertical-edge", 2, "= 6."),
        ("vertical-edge", 4, "= −6."),
        ("sobel", 1, "= 8."),
        ("formula", 2, "= 9."),
        ("shift", 2, "7"),
        ("shift", 4, "7"),
        ("correlation-vs-convolution", 1, "9:"),
        ("correlation-vs-convolution", 3, "1."),
        ("stride-2", 3, "= −4"),
        ("shrink", 2, "= 9."),
        ("padding-1", 2, "= 5."),
        ("padding-1", 3, "= 4."),
        ("dilation", 2, "= 13."),
        ("padding-stride", 2, "= 17."),
        ("multi-channel", 2, "= 13."),
        ("one-by-one", 2, "= −4."),
        ("conv-layer", 4, "= 28."),
        ("max-pool-3", 2, "5."),
        ("max-avg-pool", 2, "5."),
        ("max-avg-pool", 3, "= −0.25."),
        ("pool-kinds", 1, "8."),
        ("pool-kinds", 2, "3."),
        ("pool-kinds", 3, "= 2.75."),
        ("relu", 1, "= 0."),
    ):
        found = lesson(name).steps[step - 1]
        assert found.view["predict"] is True
        asked = output(name, step)[0].ravel()[found.view["step"]]
        number = re.search(r"−?\d+(\.\d+)?", wanted)
        assert number is not None
        assert asked == float(number[0].replace("−", "-")), (name, step)
        assert wanted in found.notes["en"]
        assert wanted.strip(".=: ").replace(".", ",") in found.notes["ru"]
    count = sum(bool(step.view.get("predict")) for name in HERE for step in lesson(name).steps)
    assert count == 28


def test_shifted_maps_are_as_told() -> None:
    before, after = output("shift", 1)[0], output("shift", 3)[0]
    assert np.array_equal(before[:, :-1], after[:, 1:])
    says("shift", 1, rows(before[np.newaxis])[0])
    says("shift", 3, rows(after[np.newaxis])[0])
    found = lesson("shift")
    first = state_from(found.steps[0].picture, found.steps[3].layer, sample_state())
    says("shift", 4, rows(run_state(first))[0])
    says("shift", 4, rows(output("shift", 4))[0])


def test_sizes_of_photographs_are_as_told() -> None:
    for name, step, size in (
        ("shrink", 4, (270, 421)),
        ("stride-2", 5, (149, 225)),
        ("padding-1", 5, (300, 451)),
        ("max-avg-pool", 5, (109, 125)),
    ):
        assert shape(state(lesson(name).steps[step - 1]))[1:] == size
        says(name, step, f"{size[0]}×{size[1]}")
    cat = open_sample("cat")
    assert cat.values.shape == (300, 451, 3)
    assert [round(mean) for mean in cat.values.mean((0, 1)).tolist()] == [148, 111, 87]
    says("channels", 1, "148")
    row, column = lesson("channels").steps[2].view["pixel"]
    assert cat.values[row, column].tolist() == [129, 78, 49]
    row, column = lesson("multi-channel").steps[3].view["cell"]
    assert open_sample("astronaut").values[row, column].tolist() == [232, 129, 84]
    says("too-many-features", 2, "405\u00a0900·100 = 40\u00a0590\u00a0000")


def test_other_numbers_are_as_told() -> None:
    assert round(1280 * 720 * 3 * 1000 * 4 / 1e9) == 11
    says("too-many-features", 2, "11 GB", "11 ГБ")
    says(
        "rgb",
        4,
        "({}, {}, {})".format(*(min(2 * part, 255) for part in (148, 23, 81))).replace(" ", "\u00a0"),
    )
    # Ten layers of 31×31 on 300 rows.
    assert 300 - 10 * (300 - length(300, 31)) == 0
    # What layers with dilations 1, 2, 4, … see, and the weights of three of them.
    assert (1 + 2 * sum(2**n for n in range(7)), 1 + 2 * sum(2**n for n in range(3))) == (255, 15)
    says("dilation", 5, "255")
    says("dilation", 5, f"{3 * unbiased(layer(3, 1, 1))}")
    says("dilation", 5, f"{unbiased(layer(15, 1, 1))}")


def test_the_nine_colours_are_those_of_the_lecture() -> None:
    for step in lesson("rgb").steps:
        values = np.moveaxis(np.array(step.picture["values"]), 0, -1).reshape(9, 3).tolist()
        assert values == [
            [0, 0, 0],
            [150, 150, 150],
            [255, 255, 255],
            [255, 0, 0],
            [0, 255, 0],
            [0, 0, 255],
            [255, 64, 255],
            [255, 252, 121],
            [148, 23, 81],
        ]
        if "pixel" in step.view:
            row, column = step.view["pixel"]
            assert step.view["mixer"] == values[3 * row + column]
    told = " ".join(text["en"] for _, text in all_texts(lesson("rgb"))).replace("\u00a0", " ")
    for red, green, blue in values:
        assert f"({red}, {green}, {blue})" in told


# Answers


def layer(kernel: int, channels: int, filters: int, groups: int = 1) -> ConvSpec:
    return ConvSpec(np.ones((filters, channels // groups, kernel, kernel)), (0.0,) * filters, groups=groups)


def unbiased(spec: ConvSpec) -> int:
    return int(spec.weights.size)


def length(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    return output_length(size, kernel, stride, padding, padding, dilation)


def reached(name: str, step: int, row: int, column: int) -> int:
    """Return how many output cells depend on an input cell, those that meet it with a weight of 0 too."""
    found = state(lesson(name).steps[step - 1])
    values = planes(found.picture.values, found.channel_mode).astype(np.float64)
    values[:, row, column] = np.nan
    return int(np.isnan(run(values, found.chain())).sum())


def sees(name: str, step: int) -> int:
    """Return how many input cells the pinned output cell depends on."""
    found = lesson(name).steps[step - 1]
    row, column = found.view["cell"]
    values = planes(state(found).picture.values, state(found).channel_mode).astype(np.float64)
    count = 0
    for y, x in np.ndindex(values.shape[1:]):
        spoilt = values.copy()
        spoilt[:, y, x] = np.nan
        count += int(np.isnan(run(spoilt, state(found).chain())[0, row, column]))
    return count


def pixels() -> Sequence[float]:
    return open_sample("photographer").values.size, np.array(
        lesson("pixels").steps[3].picture["values"]
    ).size * 4


def channels() -> Sequence[float]:
    grey = open_sample("photographer")
    return open_sample("cat").values.size, grey.height * grey.width * 3 / grey.values.size


def edge() -> Sequence[float]:
    found = state(lesson("vertical-edge").steps[2])
    picture = found.picture
    return (run_state(replace(found, picture=replace(picture, values=picture.values * 5))).max(),)


def shift() -> Sequence[float]:
    found = state(lesson("shift").steps[2])
    picture = found.picture
    moved = replace(picture, values=np.roll(picture.values, 3, axis=1))
    before, after = run_state(found)[0], run_state(replace(found, picture=moved))[0]
    return [n for n in range(4) if np.array_equal(before[:, : 5 - n], after[:, n:])]


def stride() -> Sequence[float]:
    conv = [state(lesson("stride-2").steps[step]).convolution() for step in (0, 1)]
    work = [multiply_adds(each, (1, 6, 6)) for each in conv if each is not None]
    return length(11, 3, 2), work[0] / work[1]


def shrink() -> Sequence[float]:
    rows_left = 28
    for _ in range(5):
        rows_left = length(rows_left, 3)
    return rows_left, length(32, 5), length(32, 5), 300 - length(300, 31)


def padding() -> Sequence[float]:
    same = next(p for p in range(9) if length(30, 5, padding=p) == 30)
    found = state(lesson("padding-1").steps[3])
    corners = [
        run_state(state_from({}, {"example": "padding-1", "padding_mode": mode}, found))[0, 0, 0]
        for mode in ("circular", "replicate")
    ]
    return same, *corners


def dilation() -> Sequence[float]:
    wide = next(n for n in range(30) if length(n, 3, dilation=4) == 1)
    same = next(p for p in range(9) if length(30, 3, padding=p, dilation=4) == 30)
    seen = 1
    for d in (1, 2, 4, 8):
        seen += length(99, 1) - length(99, 3, dilation=d)
    return wide, same, seen


def padding_stride() -> Sequence[float]:
    # Every cell is read if one more cell makes one more position.
    whole = next(n for n in range(7, 20) if length(n, 3, 2, 1) > length(n - 1, 3, 2, 1))
    return length(7, 3, 2, 1), length(224, 7, 2, 3), whole


def multi_channel() -> Sequence[float]:
    conv = state(lesson("multi-channel").steps[2]).convolution()
    assert conv is not None
    biased = state_from(
        {}, {"example": "multi-channel", "biases": [2]}, state(lesson("multi-channel").steps[2])
    )
    suit, white = np.array([[232, 129, 84], [255, 255, 255]]) @ [1, 0, -1]
    assert output("multi-channel", 4)[0, 300, 100] == suit
    return weights(conv), run_state(biased)[0, 0, 0], suit, white


def many_filters() -> Sequence[float]:
    conv = state(lesson("many-filters").steps[1]).convolution()
    assert conv is not None
    maps = shape(state(lesson("many-filters").steps[2]))[0]
    return run(np.ones((1, 3, 3)), (conv,))[1, 0, 0], weights(conv), weights(layer(5, 3, 4)), maps


def one_by_one() -> Sequence[float]:
    three = state(lesson("one-by-one").steps[1]).bank.weights[:, 0]
    single = np.tensordot([1, -1, 1], three, 1)
    assert np.array_equal(single, state(lesson("one-by-one").steps[3]).kernel)
    return unbiased(layer(1, 256, 64)), single[1, 1], single[0, 0]


def conv_layer() -> Sequence[float]:
    conv = state(lesson("conv-layer").steps[1]).convolution()
    assert conv is not None
    pair = unbiased(layer(3, 64, 64, 64)) + unbiased(layer(1, 64, 64))
    grouped = unbiased(layer(3, 64, 64)), unbiased(layer(3, 64, 64, 2))
    return weights(conv), weights(layer(3, 64, 128)), *grouped, pair


def max_pool() -> Sequence[float]:
    found = state(lesson("max-pool-3").steps[2])
    assert found.convolution() is None
    return 0, found.picture.values.size / run_state(found).size, length(55, 3, 2)


def average() -> Sequence[float]:
    return (float(open_sample("max-pool-2").values.mean()),)


def relu() -> Sequence[float]:
    before = EXAMPLES["conv-step"].expected
    half = activate(np.zeros((1, 1, 1)), Activation.SIGMOID)[0, 0, 0]
    assert output("relu", 5)[0, 2, 3] == half
    assert (output("relu", 5)[0][before[0] >= 7] >= 0.999).all()
    return (before < 0).sum(), (output("relu", 3) > 0).sum(), half


ANSWERS: dict[str, Callable[[], Sequence[float]]] = {
    "pixels": pixels,
    "rgb": lambda: (256**3,),
    "channels": channels,
    "too-many-features": lambda: (1280 * 720 * 3, 1280 * 720 * 3 * 1000, weights(layer(3, 3, 100))),
    "conv-step": lambda: (multiply_adds(layer(3, 1, 1), (1, 6, 6)),),
    "conv-5x5": lambda: (reached("conv-5x5", 4, 2, 2),),
    "vertical-edge": edge,
    "sobel": lambda: (math.hypot(-6, 8),),
    "formula": lambda: (36 - sees("formula", 3), 36 * 16 + 16),
    "shift": shift,
    "correlation-vs-convolution": lambda: np.correlate([1, 2, 3], [1, 2, 3], "full")[2:4].tolist(),
    "stride-2": stride,
    "shrink": shrink,
    "padding-1": padding,
    "dilation": dilation,
    "padding-stride": padding_stride,
    "multi-channel": multi_channel,
    "many-filters": many_filters,
    "one-by-one": one_by_one,
    "conv-layer": conv_layer,
    "max-pool-3": max_pool,
    "max-avg-pool": average,
    "pool-kinds": tuple,
    "relu": relu,
}


@pytest.mark.parametrize("name", HERE)
def test_answers_are_what_is_computed(name: str) -> None:
    questions = [question for step in lesson(name).steps for question in step.questions]
    given = [blank.answer for question in questions for blank in question.blanks]
    assert given == pytest.approx([float(answer) for answer in ANSWERS[name]()])
