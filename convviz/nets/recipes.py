"""How the small networks are trained: everything that decides what comes out, in one place."""

from dataclasses import dataclass

from convviz.core.text import QT_TRANSLATE_NOOP, Problem


@dataclass(frozen=True)
class Augmentation:
    """How the pictures are varied while training, anew every time one is shown.

    Parameters
    ----------
    shift : int
        Moved by up to so many pixels up, down, left and right; the border is mirrored.
    flip : bool
        Half of them are mirrored left to right.
    cutout : int
        Side of a square that is blanked with the mean colour, its centre anywhere; 0 for none. DeVries &
        Taylor, "Improved regularization of convolutional neural networks with cutout" (2017).
    degrees : float
        Turned by up to so many degrees either way.
    scale : float
        Made larger or smaller by up to this share.
    noise : float
        Normal noise is added, its standard deviation up to so many of 255 levels, so that fine detail that
        JPEG takes away or puts in matters less.
    """

    shift: int = 0
    flip: bool = False
    cutout: int = 0
    degrees: float = 0.0
    scale: float = 0.0
    noise: float = 0.0


@dataclass(frozen=True)
class Recipe:
    """How a network is trained: stochastic gradient descent with Nesterov's momentum, one cycle.

    The learning rate rises linearly from nearly 0 to its peak and falls linearly to nearly 0: Smith & Topin,
    "Super-convergence" (2018). What is kept are running means of all weights over the last steps.

    Parameters
    ----------
    network, data : str
        Names of the network (:mod:`convviz.nets.small`) and of the data (:mod:`convviz.nets.datasets`).
    epochs, batch : int
        How often every picture is shown, and how many at once.
    peak : float
        Highest learning rate.
    warm_up : float
        Share of the steps until it is reached.
    momentum : float
        Nesterov's.
    weight_decay : float
        Of the weights of convolutions and linear layers only.
    label_smoothing : float
        Share of the target that is spread over all classes.
    averaging : float
        What the running means keep of themselves at each step; they begin with the plain mean.
    augmentation : Augmentation
        How the pictures are varied.
    validation : int
        Pictures set apart, drawn by the seed; at most a tenth of all.
    seed : int
        Of everything random: split, first weights, order, augmentation.
    bfloat16 : bool
        Whether to multiply in bfloat16 where the processor can; weights stay float32.
    """

    network: str
    data: str
    epochs: int
    batch: int
    peak: float
    augmentation: Augmentation
    warm_up: float = 0.2
    momentum: float = 0.9
    weight_decay: float = 5e-4
    label_smoothing: float = 0.0
    averaging: float = 0.995
    validation: int = 5000
    seed: int = 1
    bfloat16: bool = False


_RECIPES = {
    "lenet5": Recipe(
        network="lenet5",
        data="mnist",
        epochs=30,
        batch=128,
        peak=0.1,
        label_smoothing=0.02,
        augmentation=Augmentation(shift=2, degrees=10.0, scale=0.1),
    ),
    "cifar10-vgg": Recipe(
        network="cifar10-vgg",
        data="cifar10",
        epochs=64,
        batch=256,
        peak=0.2,
        label_smoothing=0.1,
        augmentation=Augmentation(shift=4, flip=True, cutout=8, noise=5.0),
        bfloat16=True,
    ),
}
NAMES = tuple(_RECIPES)


def recipe(name: str) -> Recipe:
    """Return the recipe of the network ``name``.

    Raises
    ------
    Problem
        If there is none.
    """
    if name not in _RECIPES:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "convviz does not train “{name}”; it trains {names}."),
            name=name,
            names=", ".join(_RECIPES),
        )
    return _RECIPES[name]
