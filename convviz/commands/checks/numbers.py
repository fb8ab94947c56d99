"""Convolution, networks, a step of training and models of the user's: the numbers they give."""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from convviz.commands.checks.checking import Finding, Mismatch, attempt, near, same
from convviz.core import kernels
from convviz.core.specs import Activation, ConvSpec
from convviz.engine import native
from convviz.engine.backend import Backend, current, load_torch, native_backend, numpy_backend, torch_backend
from convviz.engine.evaluate import run
from convviz.files.samples import load_examples, open_sample
from convviz.nets.catalog import build, open_network, preprocessing
from convviz.nets.learn.by_hand import PLAN
from convviz.nets.learn.made import fragments
from convviz.nets.learn.run import Run
from convviz.nets.learn.settings import Loss, Optimiser, TrainingPlan
from convviz.nets.load import open_model
from convviz.nets.network import Network

EXAMPLES = 20
# Of the photographer under Sobel's kernel for vertical edges and ReLU.
EDGES = 4_140_435
# What each network says of the cat, and how probable; the small ones see other things than they know.
ANSWERS: Mapping[str, tuple[str, float]] = {
    "efficientnet-lite0": ("tiger cat", 0.3955),
    "cifar10-vgg": ("cat", 0.9743),
    "lenet5": ("8", 0.3786),
}
# Two networks agree in this many per cent where processors round differently.
WITHIN = 0.005
RESNET, RESNET_WEIGHTS = "resnet18", 11_689_512
# The three pictures of the lecture under the first weights of seed 2, and after one step.
LOSSES = (2.487_944, 1.644_150)


def check_numbers() -> Iterator[Finding]:
    """Yield what is found of everything that computes."""
    yield attempt("engine", engine)
    yield attempt("convolution", convolution)
    yield attempt("networks", networks)
    yield attempt("torchvision", torchvision)
    yield attempt("training", training)
    yield attempt("models", models)


def engine() -> str:
    """Look for the compiled engine; a checkout may do without, the standalone application not."""
    library = native.library()
    if library is not None:
        return f"compiled, {library.level.name}, threads: {library.threads}"
    if getattr(sys, "frozen", False):
        raise Mismatch(f"the compiled engine {native.FILE.name} is missing or does not load")
    return "not compiled here; PyTorch does the work, more slowly"


def convolution() -> str:
    """Compute the lectures' worked examples and a photograph, with every backend there is."""
    load_torch()
    examples = load_examples()
    same("worked examples", len(examples), EXAMPLES)
    planes = np.moveaxis(open_sample("photographer").values, -1, 0)
    weights = kernels.preset("sobel-x").weights
    chain = ConvSpec(weights[np.newaxis, np.newaxis]), Activation.RELU
    backends = [each for each in (native_backend, torch_backend, numpy_backend) if each is not None]
    for backend in backends:
        for example in examples:
            off = np.abs(run(example.input, example.chain, backend=backend) - example.expected).max()
            near(f"{example.id}, {_name(backend)}: largest error", float(off), 0, 1e-5)
        total = float(run(planes, chain, backend=backend).sum(dtype=np.float64))
        near(f"edges of the photographer, {_name(backend)}: sum", total, EDGES, 0.5)
    return f"{EXAMPLES} worked examples, {_name(current())} in use"


def _name(backend: Backend) -> str:
    return type(backend).__name__.removesuffix("Backend")


def networks() -> str:
    """Run every network that comes with convviz on the cat."""
    said = []
    for name, (known, probability) in ANSWERS.items():
        trace = open_network(name).trace(open_sample("cat"))
        shares = trace.probabilities()
        same(f"{name}: what it sees in the cat", trace.classes[int(shares.argmax())], known)
        near(f"{name}: how probable that is", float(shares.max()), probability, WITHIN)
        said.append(f"{name}: {known} {shares.max():.4f}")
    return ", ".join(said)


def torchvision() -> str:
    """Build one of torchvision's networks and run it; untrained, it says nothing of use."""
    network = open_network(RESNET)
    same(f"{RESNET}: weights", network.architecture().weights, RESNET_WEIGHTS)
    scores = network.trace(open_sample("cat")).scores
    same(f"{RESNET}: scores", scores.shape, (1000,))
    if not np.isfinite(scores).all():
        raise Mismatch(f"{RESNET}: a score is no number")
    return f"{RESNET}, {RESNET_WEIGHTS:_} weights".replace("_", " ")


def training() -> str:
    """Take one step of gradient descent from known weights."""
    plan = TrainingPlan(Loss.SQUARED, Optimiser.SGD, rate=0.1, batch=3, epochs=200, seed=2)
    learning = Run(PLAN, plan, fragments(lecture=True))
    before = learning.step(plan.rate)
    after = learning.history.figures[-1].loss
    near("loss before the step", before, LOSSES[0], 1e-5)
    near("loss after the step", after, LOSSES[1], 1e-5)
    return f"loss {before:.6f} → {after:.6f}"


def models() -> str:
    """Write a network in every form in which a user may bring one, open it and run it."""
    import torch

    kinds = ".safetensors", ".pt", ".pt2"
    module = build("lenet5").eval()
    with tempfile.TemporaryDirectory(prefix="convviz-selfcheck-") as folder:
        for kind in kinds:
            path = Path(folder, f"small{kind}")
            _save(module, path)
            network = _opened(path)
            trace = network.trace(open_sample("photographer"))
            with torch.no_grad():
                known = module(torch.from_numpy(trace.input.copy())[None])[0].numpy()
            near(f"{kind}: largest error of a score", float(np.abs(trace.scores - known).max()), 0, 1e-4)
    return ", ".join(kinds)


def _opened(path: Path) -> Network:
    if path.suffix == ".pt2":
        return open_model(str(path), trust=True, preprocessing=preprocessing("lenet5"))
    return open_model("lenet5", path)


def _save(module: Any, path: Path) -> None:
    import torch
    from safetensors.torch import save_file

    if path.suffix == ".safetensors":
        save_file(module.state_dict(), path)
    elif path.suffix == ".pt":
        torch.save(module.state_dict(), path)
    else:
        torch.export.save(torch.export.export(module, (torch.zeros(1, 1, 28, 28),)), path)
