"""Training the small networks by their recipes, the same way every time on one machine.

Everything random is drawn from the recipe's seed. On another machine sums are taken in another order, with
other vector units, numbers of threads or versions of torch, and perhaps in another precision: the weights
then differ, and the accuracy by about as much as with another seed.
"""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.engine.checks import Check, nothing
from convviz.nets.augment import add_noise, augment, cut_out, turn
from convviz.nets.cards import Card
from convviz.nets.data_cards import DATA_CARDS
from convviz.nets.datasets import Pictures
from convviz.nets.recipes import Recipe
from convviz.nets.small import TITLES, build

_EVALUATED_AT_ONCE = 500


@dataclass(frozen=True, eq=False)
class Epoch:
    """What is told after each epoch.

    Parameters
    ----------
    number, of : int
        Which one, counted from 1, and how many there will be.
    loss : float
        Mean over the epoch's training pictures as they were varied.
    accuracy : float
        Share of right answers on the validation pictures, by the averaged weights.
    seconds : float
        It took.
    network : torch.nn.Module
        With the averaged weights; still changing, to be read at once or not at all.
    """

    number: int
    of: int
    loss: float
    accuracy: float
    seconds: float
    network: Any


@dataclass(frozen=True, eq=False)
class Trained:
    """A trained network as it is saved.

    Parameters
    ----------
    weights : bytes
        The state dict as a safetensors file.
    card : Card
        What belongs to it.
    """

    weights: bytes
    card: Card


def split(pictures: Pictures, recipe: Recipe) -> tuple[Pictures, Pictures]:
    """Return the pictures to train with and those to validate with, drawn by the recipe's seed."""
    order = np.random.default_rng(recipe.seed).permutation(len(pictures))
    held_back = min(recipe.validation, len(pictures) // 10)
    return pictures.at(order[held_back:]), pictures.at(order[:held_back])


def normalised(pixels: NDArray[np.uint8] | NDArray[np.float32], data: str) -> Any:
    """Return pixels (N, H, W, C), 0 to 255, as a network's input (N, C, H, W), float32, channels last."""
    import torch

    given = DATA_CARDS[data]
    factor = np.float32(1) / (np.float32(255) * np.array(given.std, np.float32))
    offset = np.array(given.mean, np.float32) / np.array(given.std, np.float32)
    return torch.from_numpy(pixels * factor - offset).permute(0, 3, 1, 2)


def accuracy(network: Any, pictures: Pictures, data: str, check: Check = nothing) -> float:
    """Return the share of pictures that ``network`` gives the right class, computed in float32.

    Parameters
    ----------
    network : torch.nn.Module
        Is put in evaluation mode.
    pictures : Pictures
        At least one.
    data : str
        Name of the data set, for the preprocessing.
    check : callable
        Called now and then; may raise.
    """
    import torch

    network.eval()
    right = 0
    with torch.inference_mode():
        for start in range(0, len(pictures), _EVALUATED_AT_ONCE):
            check()
            part = slice(start, start + _EVALUATED_AT_ONCE)
            scores = network(normalised(pictures.pixels[part], data))
            right += int((scores.argmax(1).numpy() == pictures.labels[part]).sum())
    return right / len(pictures)


def train(
    recipe: Recipe,
    pictures: Pictures,
    tell: Callable[[Epoch], None] = lambda epoch: None,
    check: Check = nothing,
) -> Trained:
    """Train a network by ``recipe`` and check it on the pictures set apart.

    Parameters
    ----------
    recipe : Recipe
        Settings, seed included.
    pictures : Pictures
        Training pictures; the validation pictures are taken from them.
    tell : callable
        Called after each epoch.
    check : callable
        Called for every batch; what it raises ends the training.

    Raises
    ------
    Problem
        If the numbers grow beyond all bounds, or there is nothing to validate with.
    """
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(recipe.seed)
        training, validation = split(pictures, recipe)
        run = _Run(recipe, training)
        for number in range(1, recipe.epochs + 1):
            started = time.perf_counter()
            loss = run.epoch(check)
            share = accuracy(run.averaged.module, validation, recipe.data, check)
            took = time.perf_counter() - started
            tell(Epoch(number, recipe.epochs, loss, share, took, run.averaged.module))
    return _finished(recipe, run, validation)


class _Run:
    """One training: the network, its running mean, the optimiser and where in the recipe it is."""

    def __init__(self, recipe: Recipe, training: Pictures) -> None:
        import torch
        from torch.optim.swa_utils import AveragedModel

        self._recipe, self._training = recipe, training
        self.precision = "bfloat16" if recipe.bfloat16 and has_bfloat16() else "float32"
        self.network = build(recipe.network).to(memory_format=torch.channels_last)
        self.averaged = AveragedModel(
            self.network, multi_avg_fn=_averaging(recipe.averaging), use_buffers=True
        )
        # A generator of its own, so that the split does not depend on how the training draws.
        self._random = np.random.default_rng([recipe.seed, 1])
        self._steps, self._step = recipe.epochs * -(-len(training) // recipe.batch), 0
        self._optimiser = torch.optim.SGD(
            _decayed(self.network, recipe.weight_decay),
            lr=recipe.peak,
            momentum=recipe.momentum,
            nesterov=True,
        )

    def epoch(self, check: Check) -> float:
        """Show every training picture once and return the mean loss."""
        self.network.train()
        total = 0.0
        order = self._random.permutation(len(self._training))
        for start in range(0, len(order), self._recipe.batch):
            check()
            indices = order[start : start + self._recipe.batch]
            total += self._batch(self._training.at(indices)) * len(indices)
        mean = total / len(order)
        if not np.isfinite(mean):
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "The training of {name} failed: its numbers grew beyond all bounds. Try another seed.",
                ),
                name=self._recipe.network,
            )
        return mean

    def _batch(self, batch: Pictures) -> float:
        import torch
        from torch.nn.functional import cross_entropy

        recipe, how = self._recipe, self._recipe.augmentation
        pixels = add_noise(augment(batch.pixels, how, self._random), how, self._random)
        inputs = normalised(pixels, recipe.data)
        inputs = turn(inputs, how, self._random)
        cut_out(inputs, how.cutout, self._random)
        for group in self._optimiser.param_groups:
            group["lr"] = recipe.peak * _cycle(self._step / self._steps, recipe.warm_up)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.precision == "bfloat16"):
            scores = self.network(inputs)
        loss = cross_entropy(
            scores.float(), torch.from_numpy(batch.labels), label_smoothing=recipe.label_smoothing
        )
        self._optimiser.zero_grad()
        torch.autograd.backward(loss)
        self._optimiser.step()
        self._step += 1
        self.averaged.update_parameters(self.network)
        return float(loss.detach())


def _cycle(done: float, warm_up: float) -> float:
    """Return the learning rate as a share of its peak: up, then down, both linear."""
    return max(done / warm_up if done < warm_up else (1 - done) / (1 - warm_up), 0.001)


def _averaging(decay: float) -> Callable[[Any, Any, Any], None]:
    """Return how running means take in new values; at first as the plain mean, not to stick to the start."""

    def update(means: Any, values: Any, steps: Any) -> None:
        keep = min(decay, float(steps) / (float(steps) + 1))
        for mean, value in zip(means, values, strict=True):
            if mean.is_floating_point():
                mean.lerp_(value, 1 - keep)
            else:
                mean.copy_(value)

    return update


def _decayed(network: Any, decay: float) -> list[dict[str, Any]]:
    """Return the network's parameters in two groups; biases and normalisations are not pulled to 0."""
    parameters = list(network.parameters())
    return [
        {"params": [one for one in parameters if one.ndim > 1], "weight_decay": decay},
        {"params": [one for one in parameters if one.ndim == 1], "weight_decay": 0.0},
    ]


def has_bfloat16() -> bool:
    """Whether this processor multiplies bfloat16 itself; elsewhere it would be slower than float32."""
    import torch

    capabilities = torch.cpu.get_capabilities()
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))


def _finished(recipe: Recipe, run: _Run, validation: Pictures) -> Trained:
    """Save the averaged weights, and check what was saved rather than what is in memory."""
    import torch
    from safetensors.torch import save

    state = {name: value.contiguous() for name, value in run.averaged.module.state_dict().items()}
    saved = save(state)
    network = load(recipe.network, saved)
    given = DATA_CARDS[recipe.data]
    settings = asdict(recipe) | {
        "precision": run.precision,
        "threads": torch.get_num_threads(),
        "torch": torch.__version__.split("+")[0],
    }
    card = Card(
        name=recipe.network,
        title=TITLES[recipe.network],
        weights=sum(one.numel() for one in network.parameters()),
        classes=validation.classes,
        size=(validation.pixels.shape[1], validation.pixels.shape[2]),
        channels=validation.pixels.shape[3],
        mean=given.mean,
        std=given.std,
        light_on_dark=given.light_on_dark,
        accuracy=round(accuracy(network, validation, recipe.data), 6),
        pictures=len(validation),
        data={**given.credit, "file": validation.source},
        recipe=settings,
    )
    return Trained(saved, card)


def load(name: str, weights: bytes) -> Any:
    """Return the small network ``name`` with ``weights``, the content of a safetensors file, ready to use.

    Raises
    ------
    Problem
        If these are not the weights of that network.
    """
    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load as read

    with torch.random.fork_rng(devices=[]):
        network = build(name)
    try:
        network.load_state_dict(read(weights))
    except (SafetensorError, RuntimeError, ValueError) as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "These are not the weights of {name}, or the file is damaged."),
            name=name,
        ) from error
    return network.eval()
