"""Numbers in the texts of lessons that are no equations: rows of maps as they are written, and sizes."""

import re

import numpy as np

from convviz.core.reference import Array
from convviz.files.samples import open_sample
from convviz.ui.lessons.state_table import state_from
from tests.files.shipped import (
    HERE,
    all_texts,
    layer,
    length,
    lesson,
    output,
    run_state,
    sample_state,
    says,
    shape,
    state,
    unbiased,
)


def rows(maps: Array) -> tuple[str, ...]:
    """Return the rows of maps as a text writes them, numbers with spaces between."""
    return tuple(
        " ".join(f"{cell:g}".replace("-", "−") for cell in row) for each in maps for row in each.tolist()
    )


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
        assert step.view["mixer"] in values
    told = " ".join(text["en"] for _, text in all_texts(lesson("rgb"))).replace("\u00a0", " ")
    for red, green, blue in values:
        assert f"({red}, {green}, {blue})" in told
