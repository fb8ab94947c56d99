"""What files of weights say of their pictures, as timm, Lightning and training scripts write it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from convviz.engine.backend import load_torch
from convviz.nets import catalog
from convviz.nets.known_preprocessing import Known, known_preprocessing
from convviz.nets.own import inspect_model
from convviz.nets.preprocessing import Fit, Interpolation, Preprocessing
from convviz.nets.stated import stated_preprocessing

HALF = (0.5, 0.5, 0.5)
SQUARE = {"height": 96, "width": 96}


@pytest.mark.parametrize(
    "said",
    [
        {"mean": "[0.5, 0.5, 0.5]", "std": "[0.25, 0.25, 0.25]", "input_size": "[3, 96, 96]"},
        {"mean": "0.5, 0.5, 0.5", "std": "0.25", "input_size": "96"},
        {"config": json.dumps({"image_mean": HALF, "image_std": [0.25] * 3, "size": 96})},
        {"hyper_parameters": {"norm_mean": HALF, "norm_std": 0.25, "img_size": (96, 96)}},
        {"pretrained_cfg": {"mean": HALF, "std": (0.25,) * 3, "input_size": (3, 96, 96), "crop_pct": 1.0}},
        {"epoch": 7, "processor": {"image_mean": HALF, "image_std": 0.25, "size": SQUARE}},
    ],
)
def test_mean_deviation_and_size_are_found_under_their_usual_names(said: Mapping[str, Any]) -> None:
    found = stated_preprocessing(said)
    assert found == Preprocessing((96, 96), shorter=96, mean=HALF, std=(0.25,) * 3)


def test_timm_states_how_much_of_the_picture_is_cropped_and_how_it_is_resized() -> None:
    said = {"mean": HALF, "std": HALF, "input_size": (3, 240, 240), "crop_pct": 0.9}
    said = {**said, "interpolation": "bicubic"}
    found = stated_preprocessing({"default_cfg": said})
    assert found is not None
    assert (found.size, found.shorter, found.crop) == ((240, 240), 267, True)
    assert found.interpolation is Interpolation.BICUBIC


def test_grey_and_small_pictures_and_numbers_up_to_255_are_told_apart() -> None:
    digits = stated_preprocessing({"mean": 0.1307, "std": 0.3081, "input_size": [1, 28, 28]})
    assert digits == Preprocessing(
        (28, 28), Fit.EXACT, 28, crop=False, channels=1, mean=(0.1307,), std=(0.3081,)
    )
    bytes_ = stated_preprocessing({"mean": [123.0, 116.0, 103.0], "std": [58.0, 57.0, 57.0]})
    assert bytes_ is not None
    assert (bytes_.scale, bytes_.size) == (255.0, (224, 224))


def nested(deep: int) -> dict[str, Any]:
    return {"mean": 0.5, "std": 0.5} if deep == 0 else {"deeper": nested(deep - 1)}


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"mean": 0.5},
        {"mean": [0.5, 0.5], "std": [0.5, 0.5]},
        {"mean": "many", "std": "few"},
        {"mean": float("nan"), "std": 1.0},
        {"mean": 0.5, "std": 0.0},
        {"mean": 10**400, "std": 1.0},
        {"mean": True, "std": True},
        {"mean": {"r": 1}, "std": {"r": 1}},
        {"format": "pt", "config": "{not json"},
        {"config": "[" * 100_000},
        {"config": '{"a":' * 50_000},
        {1: {2: 3}},
        nested(50),
    ],
)
def test_what_states_nothing_sensible_is_as_if_nothing_was_said(said: Mapping[Any, Any]) -> None:
    assert stated_preprocessing(said) is None


@pytest.mark.parametrize("size", ["big", [0, 0], [-3, 4], [1e9, 2], 10**9, 10**400, [], None])
def test_a_size_that_makes_no_sense_leaves_the_numbers(size: object) -> None:
    found = stated_preprocessing({"mean": 0.5, "std": 0.5, "size": size})
    assert found is not None
    assert (found.mean, found.size) == ((0.5,), (224, 224))


def test_what_a_file_says_is_read_with_its_weights(tmp_path: Path) -> None:
    load_torch()
    import torch
    from safetensors.torch import save_file

    state = {"fc.weight": torch.zeros(6, 4), "fc.bias": torch.zeros(6)}
    save_file(state, tmp_path / "mine.safetensors", metadata={"mean": "0.25", "std": "0.125"})
    found = inspect_model(tmp_path / "mine.safetensors").stated
    assert found is not None
    assert (found.channels, found.mean, found.std) == (1, (0.25,), (0.125,))
    torch.save({"state_dict": state, "hyper_parameters": {"mean": 0.75, "std": 0.5}}, tmp_path / "run.ckpt")
    found = inspect_model(tmp_path / "run.ckpt").stated
    assert found is not None
    assert found.mean == (0.75,)
    # A layer may well be called mean: tensors of the state dict are no settings.
    torch.save({"mean": torch.zeros(3), "std": torch.ones(3)}, tmp_path / "plain.pt")
    inspected = inspect_model(tmp_path / "plain.pt")
    assert inspected.stated is None
    assert inspected.usual["inception_v3"] == catalog.preprocessing("inception_v3")


@pytest.mark.parametrize("which", list(Known))
def test_known_settings_keep_what_is_not_theirs(which: Known) -> None:
    now = Preprocessing((50, 60), Fit.NONE, channels=1, mean=(0.3,), std=(0.2,), scale=255.0)
    found = known_preprocessing(which, now)
    assert found.scale == 1
    if which in (Known.UNIT, Known.CENTRED):
        assert (found.size, found.fit, found.channels) == ((50, 60), Fit.NONE, 1)
    low, high = ((x - found.mean[0]) / found.std[0] for x in (0, 1))
    if which is Known.UNIT:
        assert (low, high) == (0, 1)
    elif which is Known.CENTRED:
        assert (low, high) == (-1, 1)
    else:
        assert low < -0.4 < 1.7 < high
