"""Opening the user's own models, and all others by what the user calls them."""

from pathlib import Path
from typing import Any

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.engine.backend import load_torch
from convviz.engine.checks import Check, nothing
from convviz.nets import catalog, torchvision_networks
from convviz.nets.entries import Progress, silent
from convviz.nets.exported import Taken, suiting, taken_by
from convviz.nets.fitting import fit, without_prefix
from convviz.nets.learn.saving import MODEL, is_trained_here, open_trained
from convviz.nets.network import Network
from convviz.nets.preprocessing import Preprocessing
from convviz.nets.python_files import from_export, from_python
from convviz.nets.state_files import check_ordinary, read_state

_IMAGENET = 1000
_STATES = (".pt", ".pth", ".ckpt", ".bin", ".safetensors")
# Sides of input tried in this order with a network nothing is known about.
_SIDES = (224, 32, 28, 64, 96, 128, 256, 299, 384, 512)


def open_model(
    model: str,
    weights: Path | None = None,
    *,
    trust: bool = False,
    preprocessing: Preprocessing | None = None,
    classes: tuple[str, ...] | None = None,
    size: tuple[int, int] | None = None,
    check: Check = nothing,
    progress: Progress = silent,
) -> Network:
    """Open a network.

    Parameters
    ----------
    model : str
        A name of the catalogue; ``FILE.py`` or ``FILE.py:ClassName``; or a ``.pt2`` file.
    weights : Path, optional
        File with a state dict for it: ``.pt``, ``.pth``, ``.ckpt`` or ``.safetensors``.
    trust : bool
        Whether the user has said that code in ``model`` may run. Weights never may.
    preprocessing : Preprocessing, optional
        By default the catalogue's, or what suits the network's first layer.
    classes : tuple of str, optional
        Names of the classes; by default ImageNet's for a network of the catalogue with 1000.
    size : (int, int), optional
        Rows and columns of the input that a network in a file of the user's is opened with; by default a size
        it accepts is looked for.
    check : callable
        Called now and then; may raise.
    progress : callable
        Told the share that is done and what is being done; may raise.

    Raises
    ------
    Problem
        If it cannot be opened, or would run code that is not trusted.
    """
    if model == MODEL and weights is not None:
        load_torch()
        return open_trained(weights)
    if weights is None and is_trained_here(Path(model)):
        load_torch()
        return open_trained(Path(model))
    file, class_name = _parts(model)
    if file is None and weights is None and preprocessing is None and classes is None:
        return catalog.open_network(model, check=check, progress=progress)
    progress(0.0, Sentence(QT_TRANSLATE_NOOP("Sentence", "Loading torch")))
    load_torch()
    check()
    state = read_state(weights) if weights is not None else None
    check()
    if file is not None:
        return _own(file, class_name, state, weights, trust, preprocessing, classes, size)
    key = catalog.known_key(model)
    if state is None or weights is None:
        network = catalog.open_network(key, check=check, progress=progress)
        if preprocessing is not None:
            network.preprocessing = preprocessing
        if classes is not None:
            network.classes, network.vocabulary = classes, ""
        return network
    return _filled(key, state, weights, preprocessing, classes)


def names_file(model: str) -> bool:
    """Return whether ``model`` means a file, be it there or not, and no network of the catalogue."""
    return (
        model.lower().endswith((".py", ".pt2", *_STATES))
        or model.rpartition(":")[0].lower().endswith(".py")
        or Path(model).is_file()
    )


def _parts(model: str) -> tuple[Path | None, str]:
    """Return the file and the class that ``model`` names; no file for a name of the catalogue."""
    head, colon, tail = model.rpartition(":")
    if colon and head.lower().endswith(".py"):
        return Path(head), tail
    if model.lower().endswith((".py", ".pt2")):
        return Path(model), ""
    if names_file(model):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} holds weights at best, and these need an architecture: give its name as the model "
                "and this file as the weights.",
            ),
            name=Path(model).name,
        )
    return None, ""


def _filled(
    key: str,
    state: dict[str, Any],
    weights: Path,
    preprocessing: Preprocessing | None,
    classes: tuple[str, ...] | None,
) -> Network:
    """Return a network of the catalogue with the user's weights and as many classes as they have."""
    title = catalog.title(key)
    plain = catalog.outline_state(key)
    state = without_prefix(torchvision_networks.renamed(key, state), plain)
    last = list(plain)[-1]
    count = int(state[last].shape[0]) if last in state and state[last].ndim else None
    module = catalog.build(key, count or None)
    fit(module, state, weights.name, title)
    names, vocabulary = classes or (), ""
    if classes is None and count == _IMAGENET:
        names, vocabulary = torchvision_networks.imagenet_classes(), torchvision_networks.IMAGENET
    steps = preprocessing or catalog.preprocessing(key)
    return Network(module, key, title, steps, names, True, _origin(weights), vocabulary)


def _own(
    file: Path,
    class_name: str,
    state: dict[str, Any] | None,
    weights: Path | None,
    trust: bool,
    preprocessing: Preprocessing | None,
    classes: tuple[str, ...] | None,
    size: tuple[int, int] | None,
) -> Network:
    """Return the network in a file of the user's."""
    check_ordinary(file)
    if not file.is_file():
        raise Problem(QT_TRANSLATE_NOOP("Sentence", "There is no file {name}."), name=str(file))
    exported = file.suffix.lower() == ".pt2"
    count = None
    if state is not None:
        flat = [tensor for tensor in state.values() if tensor.ndim == 2]
        count = int(flat[-1].shape[0]) if flat else None
    module = from_export(file, trust=trust) if exported else from_python(file, class_name, count, trust=trust)
    title = class_name or file.stem
    if state is not None and weights is not None:
        fit(module, without_prefix(state, module.state_dict()), weights.name, title)
    origin = Sentence(
        QT_TRANSLATE_NOOP(
            "Sentence", "Untrained: its weights are what its code made them; so is what it says."
        )
    )
    if weights is not None or exported:
        origin = _origin(weights or file)
    trained = weights is not None or exported
    network = Network(
        module,
        f"{file}:{class_name}" if class_name else str(file),
        title,
        preprocessing or Preprocessing(),
        classes or (),
        trained,
        origin,
    )
    taken = taken_by(file) if exported else None
    if preprocessing is not None and taken is not None:
        taken.check(preprocessing, file.name)
    if preprocessing is None and taken is not None and size is None:
        network.preprocessing = taken.preprocessing
    elif preprocessing is None:
        network.preprocessing = _suiting(network, size, taken)
    return network


def _suiting(network: Network, size: tuple[int, int] | None, taken: Taken | None) -> Preprocessing:
    """Return plain preprocessing of the size that is given, or else of the first the network accepts."""
    from torch import nn

    first = next((part for part in network.module.modules() if isinstance(part, nn.Conv2d)), None)
    channels = taken.channels if taken is not None else first.in_channels if first is not None else 0
    tried = [channels] if channels in (1, 3) else [3, 1]
    refusals = []
    for count in tried:
        for rows, columns in [size] if size is not None else [(side, side) for side in _SIDES]:
            try:
                network.architecture((count, rows, columns))
            except Problem as problem:
                refusals.append(problem)
            else:
                return suiting(count, rows, columns)
    raise refusals[0]


def _origin(file: Path) -> Sentence:
    return Sentence(QT_TRANSLATE_NOOP("Sentence", "Your own weights, from {file}."), {"file": file.name})
