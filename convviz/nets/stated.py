"""What a file of weights says of the pictures its network was trained on."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from convviz.core.text import Problem
from convviz.nets.preprocessing import MAX_SIDE, Fit, Interpolation, Preprocessing

_DEEPEST = 4
_LARGEST = 1e6
_LARGEST = 1e6
# As timm, Hugging Face, Lightning and training scripts call them.
_MEANS = ("mean", "image_mean", "norm_mean", "img_mean", "pixel_mean")
_STDS = ("std", "image_std", "norm_std", "img_std", "pixel_std")
_SIZES = ("input_size", "crop_size", "image_size", "img_size", "size", "resolution", "input_shape")


def stated_preprocessing(said: Mapping[Any, Any]) -> Preprocessing | None:
    """Return the preprocessing that a file states.

    Parameters
    ----------
    said : mapping
        What lies in the file beside the tensors: the metadata of safetensors, whose values are texts and may
        be JSON, or the other entries of a checkpoint.

    Returns
    -------
    Preprocessing or None
        None unless both mean and standard deviation are stated, of one or three channels. Numbers above 2 are
        taken to be of pictures from 0 to 255. Where no size is stated, or one that makes no sense, it is
        ImageNet's.
    """
    for table in _tables(said, _DEEPEST):
        mean, std = _numbers(_first(table, _MEANS)), _numbers(_first(table, _STDS))
        if mean is None or std is None:
            continue
        channels = max(len(mean), len(std))
        mean, std = (numbers * channels if len(numbers) == 1 else numbers for numbers in (mean, std))
        size = _size(_first(table, _SIZES))
        try:
            return _preprocessing(table, channels, mean, std, size)
        except Problem:
            continue
    return None


def _preprocessing(
    table: Mapping[Any, Any],
    channels: int,
    mean: tuple[float, ...],
    std: tuple[float, ...],
    size: tuple[int, int] | None,
) -> Preprocessing:
    usual = Preprocessing()
    rows, columns = size or usual.size
    shorter = usual.shorter if size is None else _shorter(min(size), table.get("crop_pct"))
    bicubic = str(table.get("interpolation", "")).lower() == Interpolation.BICUBIC
    # What is as small as MNIST and CIFAR-10 is as a rule not cropped.
    crop = max(rows, columns) >= 64
    return Preprocessing(
        (rows, columns),
        Fit.SHORTER if crop else Fit.EXACT,
        shorter,
        crop=crop,
        channels=channels,
        mean=mean,
        std=std,
        scale=255.0 if max(*mean, *std) > 2 else 1.0,
        interpolation=Interpolation.BICUBIC if bicubic else Interpolation.BILINEAR,
    )


def _shorter(side: int, share: object) -> int:
    """Return the length of the shorter side of which ``side`` is a share, as timm states it."""
    if isinstance(share, (int, float)) and not isinstance(share, bool) and 0.1 <= share <= 1:
        return round(side / share)
    return side


def _tables(said: object, deep: int) -> Iterator[Mapping[Any, Any]]:
    """Yield all tables in what is said, the outermost first, also those written as JSON."""
    if isinstance(said, str) and said.lstrip().startswith("{"):
        said = _parsed(said)
    if not isinstance(said, Mapping):
        return
    yield said
    if deep:
        for part in said.values():
            yield from _tables(part, deep - 1)


def _parsed(text: str) -> object:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found


def _first(table: Mapping[Any, Any], names: Sequence[str]) -> object:
    found = next((table[name] for name in names if name in table), None)
    if not isinstance(found, str):
        return found
    text = found.strip()
    return _parsed(text if text.startswith("[") else f"[{text.strip('()')}]")


def _numbers(found: Any) -> tuple[float, ...] | None:
    """Return one or three numbers of a sensible size; None if it is something else."""
    if hasattr(found, "tolist"):
        found = found.tolist()
    listed = list(found) if isinstance(found, (list, tuple)) else [found]
    numbers = [float(one) for one in listed if _is_number(one)]
    return tuple(numbers) if len(numbers) == len(listed) and len(numbers) in (1, 3) else None


def _is_number(one: Any) -> bool:
    return type(one) in (int, float) and -_LARGEST <= one <= _LARGEST


def _size(found: object) -> tuple[int, int] | None:
    """Return rows and columns of ``(3, 224, 224)``, ``[224, 224]``, ``224`` or a table of the two."""
    if isinstance(found, Mapping):
        found = [found.get("height"), found.get("width")]
    listed = list(found) if isinstance(found, (list, tuple)) else [found]
    if len(listed) == 1:
        # One number is a square's.
        listed = listed * 2
    sides = [side for side in listed[-2:] if type(side) is int and 1 <= side <= MAX_SIDE]
    return (sides[0], sides[1]) if len(sides) == 2 else None
