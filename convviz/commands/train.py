"""``convviz train``: train one of the small networks as those that come with convviz were, or test one."""

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from convviz.commands.arguments import Parser, UsageProblem, one_line, whole
from convviz.core.text import Problem
from convviz.engine.backend import load_torch
from convviz.files.atomic import write_together
from convviz.nets.cards import to_toml
from convviz.nets.datasets import READERS, Pictures
from convviz.nets.recipes import NAMES, Recipe, recipe
from convviz.nets.train import Epoch, Trained, accuracy, load
from convviz.nets.train import train as train_network

_USAGE = "NAME --data PATH [options]"
_DESCRIPTION = """\
Train one of the small networks that come with convviz, by the same recipe, on your own copy of the data.

Writes NAME.safetensors, the weights, and NAME.toml: data, recipe, seed, and the accuracy on pictures that
were set apart. On one machine the same recipe and seed give the same files; on another they differ a little.
"""
_EPILOG = """\
NAME is one of
  lenet5        LeNet-5, digits (MNIST)
  cifar10-vgg   small VGG-style network, ten kinds of things and animals (CIFAR-10)

PATH is the folder torchvision's data set was stored in (with MNIST/raw or cifar-10-batches-py in it), or
  mnist-train.npz     images (N, 28, 28) and labels (N,), uint8
  cifar10-train.zip   <class>/<number>.jpg, 32 x 32
or a folder with that file.

With --test FILE, PATH must have the official test pictures in one of torchvision's folders, and the share of
right answers goes to stdout.

Progress goes to stderr. Ctrl+C stops; nothing is written then.
exit code: 0 both files written; 1 training or writing failed; 2 bad arguments or data, nothing written

examples:
  convviz train lenet5 --data data/
  convviz train cifar10-vgg --data data/ --epochs 10 --seed 7 -o mine/
  convviz train cifar10-vgg --data data/ --test mine/cifar10-vgg.safetensors
"""


def train(argv: Sequence[str]) -> int:
    """Run ``convviz train`` with the arguments ``argv`` and return the exit code.

    Raises
    ------
    Problem
        If the arguments or the data make no sense; nothing has been written then.
    """
    given = _parser().read(argv)
    if len(given.name) != 1:
        raise UsageProblem(
            "Say which network to train: convviz train NAME --data PATH; NAME is {names}.",
            names=" or ".join(NAMES),
        )
    if given.data is None:
        raise UsageProblem("Say where the data is: --data PATH; see convviz train --help.")
    if given.test is not None:
        for option, value in (("-o", given.output), ("--epochs", given.epochs), ("--seed", given.seed)):
            if value is not None:
                raise UsageProblem("{option} is for training; --test trains nothing.", option=option)
        return _test(recipe(given.name[0]), Path(given.data), Path(given.test))
    plan = _with_options(recipe(given.name[0]), given.epochs, given.seed)
    folder = _folder(given.output or ".")
    pictures = READERS[plan.data](Path(given.data), "train", lambda: None)
    existed = folder.exists()
    _make_folder(folder)
    try:
        _write(folder, plan.network, _trained(plan, pictures))
    except Problem as problem:
        _tell(str(problem))
        return 1
    except MemoryError:
        _tell("There is not enough memory for the training.")
        return 1
    finally:
        # Made for what did not come: the training was interrupted or failed.
        if not existed and not any(folder.iterdir()):
            folder.rmdir()
    return 0


def _parser() -> Parser:
    parser = Parser("convviz train", _USAGE, _DESCRIPTION, _EPILOG)
    parser.add_argument("name", metavar="NAME", nargs="*", help=" or ".join(NAMES))
    parser.add_value("--data", metavar="PATH", help="training pictures; see below")
    parser.add_value(
        "-o", "--output", metavar="FOLDER", help="where to write (made if missing); default here"
    )
    parser.add_value("--epochs", metavar="N", help="how often every picture is shown; default the recipe's")
    parser.add_value("--seed", metavar="S", help="of everything random, 0 or more; default the recipe's")
    parser.add_value("--test", metavar="FILE", help="train nothing; count what the weights in FILE get right")
    return parser


def _with_options(plan: Recipe, epochs: str | None, seed: str | None) -> Recipe:
    if epochs is not None:
        plan = replace(plan, epochs=whole("--epochs", epochs))
    if seed is not None:
        if not re.fullmatch(r"[0-9]{1,9}", seed):
            raise UsageProblem("--seed must be a whole number from 0 up, not “{text}”.", text=seed)
        plan = replace(plan, seed=int(seed))
    return plan


def _folder(text: str) -> Path:
    """Return the folder to write to, refused before an hour's work if it can be none."""
    folder = Path(text)
    if folder.exists() and not folder.is_dir():
        raise UsageProblem("-o must be a folder, and “{text}” is a file.", text=text)
    if not folder.exists() and not folder.absolute().parent.is_dir():
        raise UsageProblem("-o: there is no folder “{folder}”.", folder=folder.parent)
    return folder


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageProblem(
            "The folder “{folder}” cannot be made: {reason}.", folder=folder, reason=reason
        ) from error
    if not os.access(folder, os.W_OK):
        raise UsageProblem("Writing in the folder “{folder}” is not allowed.", folder=folder)


def _test(plan: Recipe, data: Path, file: Path) -> int:
    """Print how many of the official test pictures the weights in ``file`` get right."""
    pictures = READERS[plan.data](data, "test", lambda: None)
    try:
        weights = file.read_bytes()
    except OSError as error:
        raise UsageProblem(
            "“{file}” cannot be read: {reason}.", file=file, reason=error.strerror or str(error)
        ) from error
    share = accuracy(load(plan.network, weights), pictures, plan.data)
    print(f"{file}: {share:.2%} of {len(pictures)} test pictures right")
    return 0


def _trained(plan: Recipe, pictures: Pictures) -> Trained:
    load_torch()
    _tell(f"{plan.network}: {len(pictures)} pictures, {plan.epochs} epochs, seed {plan.seed}")
    return train_network(plan, pictures, _tell_epoch)


def _tell_epoch(epoch: Epoch) -> None:
    _tell(
        f"epoch {epoch.number}/{epoch.of}: loss {epoch.loss:.4f}, validation {epoch.accuracy:.2%}, "
        f"{epoch.seconds:.0f} s"
    )


def _write(folder: Path, name: str, trained: Trained) -> None:
    weights = folder / f"{name}.safetensors"
    card = trained.card
    write_together({weights: trained.weights, folder / f"{name}.toml": to_toml(card).encode()})
    _tell(f"{weights}: {card.accuracy:.2%} of {card.pictures} validation pictures right")


def _tell(sentence: str) -> None:
    print(one_line(sentence), file=sys.stderr, flush=True)
