"""A network of one's own making as a safetensors file with its card, and opened again from it."""

import json
import struct
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.nets.cards import Card, to_toml
from convviz.nets.fitting import fit
from convviz.nets.learn.build import build, fill
from convviz.nets.learn.history import Figures
from convviz.nets.learn.plain import from_plain, to_plain
from convviz.nets.learn.run import Run
from convviz.nets.network import Network
from convviz.nets.preprocessing import Fit, Preprocessing
from convviz.nets.state_files import read_state

MODEL = "trained-here"
"""What such a file is called as a model: it holds its layers itself."""

_KEY = "convviz"
_LONGEST_HEADER = 2_000_000


def to_files(run: Run, figures: Figures, vector: NDArray[np.float32], name: str) -> tuple[bytes, bytes]:
    """Return the content of the safetensors file and of its card.

    Parameters
    ----------
    run : Run
        Whose network it is.
    figures : Figures
        Of the epoch that is saved.
    vector : ndarray of float32
        Its weights.
    name : str
        Of the file, without its ending.
    """
    from safetensors.torch import save

    samples, plan = run.samples, run.plan
    module = build(run.network, samples.shape, plan.seed)
    fill(module, vector)
    about = {
        "layers": to_plain(run.network),
        "shape": list(samples.shape),
        "classes": list(samples.classes),
        "mean": samples.mean,
        "std": samples.std,
    }
    state = {key: value.contiguous() for key, value in module.state_dict().items()}
    channels = samples.shape[0]
    card = Card(
        name=name,
        title=name,
        weights=len(vector),
        classes=samples.classes,
        size=samples.shape[1:],
        channels=channels,
        mean=(samples.mean,) * channels,
        std=(samples.std,) * channels,
        light_on_dark=False,
        accuracy=round(figures.val_accuracy, 6),
        pictures=int(figures.confusion.sum()),
        data={"name": samples.title},
        recipe=asdict(plan) | {"rate": figures.rate, "epochs": figures.epoch, "loss reached": figures.loss},
    )
    return save(state, metadata={_KEY: json.dumps(about)}), to_toml(card).encode()


def is_trained_here(path: Path) -> bool:
    """Return whether a file holds a network of one's own making."""
    return path.suffix.lower() == ".safetensors" and _about(path) is not None


def _about(path: Path) -> dict[str, Any] | None:
    try:
        with path.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            if length > _LONGEST_HEADER:
                return None
            found = json.loads(file.read(length)).get("__metadata__", {}).get(_KEY)
        about = None if found is None else json.loads(found)
    except (OSError, ValueError, struct.error, AttributeError, RecursionError):
        return None
    return about if isinstance(about, dict) else None


def open_trained(path: Path) -> Network:
    """Open a file that :func:`to_files` made.

    Raises
    ------
    Problem
        If it is another file, or damaged.
    """
    about = _about(path)
    try:
        if about is None:
            raise ValueError("no layers")
        plan = from_plain(about["layers"])
        channels, rows, columns = (int(side) for side in about["shape"])
        module = build(plan, (channels, rows, columns), 0)
        classes = tuple(map(str, about["classes"]))
        means, stds = (float(about["mean"]),) * channels, (float(about["std"]),) * channels
        given = Preprocessing(
            (rows, columns), Fit.EXACT, shorter=min(rows, columns), channels=channels, mean=means, std=stds
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "{name} does not hold a network saved in the training room, or is damaged."
            ),
            name=path.name,
        ) from error
    fit(module, read_state(path), path.name, path.stem)
    shapes = plan.shapes((channels, rows, columns))
    names = classes if shapes[-1] == (len(classes),) else ()
    origin = Sentence(
        QT_TRANSLATE_NOOP("Sentence", "Trained in the training room, from {file}."), {"file": path.name}
    )
    return Network(module, str(path), path.stem, given, names, True, origin)
