"""Pictures as tables of a file: they come back to the bit, and bad ones get a sentence."""

from typing import Any

import numpy as np
import pytest

from convviz.core.picture import Picture
from convviz.core.text import Problem
from convviz.files.samples import open_sample
from convviz.ui.lessons.picture_table import picture_from, picture_table


@pytest.mark.parametrize("sample", ["cat", "conv-step", "multi-channel"])
def test_a_picture_comes_back_to_the_bit(sample: str) -> None:
    picture = open_sample(sample)
    back = picture_from(picture_table(picture))
    np.testing.assert_array_equal(back.values, picture.values)
    assert back.values.dtype == picture.values.dtype
    assert (back.name, back.low, back.high, back.kind) == (
        picture.name,
        picture.low,
        picture.high,
        picture.kind,
    )


def test_a_large_picture_of_floats_comes_back_to_the_bit() -> None:
    picture = Picture(np.random.default_rng(0).normal(size=(40, 50, 2)).astype(np.float32), "f", -1, 1)
    np.testing.assert_array_equal(picture_from(picture_table(picture)).values, picture.values)


PACKED = picture_table(open_sample("cat"))


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ({"sample": "dog"}, "picture, sample"),
        ({"sampel": "cat"}, "picture, sampel"),
        ({"values": [[1, 2], [3]]}, "picture, values"),
        ({"values": []}, "picture, values"),
        ({"values": [["a"]]}, "picture, values"),
        ({"values": [[float("nan")]]}, "picture, values"),
        ({"values": [[1]], "kind": "drawing"}, "picture, kind"),
        ({"values": [[1]], "low": 3, "high": 1}, "picture, low"),
        ({}, "picture, values"),
        (PACKED | {"shape": [1, 2]}, "picture, shape"),
        (PACKED | {"shape": [20_000, 20_000, 3]}, "picture, shape"),
        (PACKED | {"shape": [300, 452, 3]}, "picture, packed"),
        (PACKED | {"bytes": 8}, "picture, bytes"),
        (PACKED | {"packed": PACKED["packed"][:-40]}, "picture, packed"),
        (PACKED | {"packed": "§§"}, "picture, packed"),
    ],
)
def test_a_picture_that_is_not_as_it_should_be_says_where(table: dict[str, Any], place: str) -> None:
    with pytest.raises(Problem) as caught:
        picture_from(table)
    assert caught.value.sentence.values["place"] == place
