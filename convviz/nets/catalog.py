"""The networks convviz knows, and opening one of them."""

import difflib
from pathlib import Path
from typing import Any

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.engine.backend import load_torch
from convviz.engine.checks import Check, nothing
from convviz.nets import lite, small_networks, torchvision_networks
from convviz.nets.capture import capture
from convviz.nets.download import download
from convviz.nets.entries import Entry, Progress, silent
from convviz.nets.network import Network
from convviz.nets.preprocessing import Preprocessing
from convviz.nets.records import Architecture
from convviz.nets.seeing import seeing

DEFAULT = lite.LITE
"""The network that is opened first."""


def entries() -> tuple[Entry, ...]:
    """Return all known networks, the shipped ones first. The first call imports torch."""
    load_torch()
    return tuple(_source(key).entry(key) for key in keys())


def keys() -> tuple[str, ...]:
    """Return what all known networks are called. The first call imports torch."""
    return (lite.LITE, *small_networks.names(), *torchvision_networks.names())


def open_network(key: str, *, check: Check = nothing, progress: Progress = silent) -> Network:
    """Open a network of the catalogue; takes seconds.

    Parameters
    ----------
    key : str
        :attr:`Entry.key`, in capital or small letters.
    check : callable
        Called now and then; may raise.
    progress : callable
        Told the share that is done and what is being done; may raise.

    Raises
    ------
    Problem
        If there is no such network, or a part of it is missing or damaged.
    """
    progress(0.0, Sentence(QT_TRANSLATE_NOOP("Sentence", "Loading torch")))
    load_torch()
    check()
    key = known_key(key)
    source = _source(key)
    if source is lite:
        network = lite.open_lite()
    elif source is small_networks:
        network = small_networks.open_small(key)
    else:
        network = torchvision_networks.open_torchvision(key, progress)
    check()
    progress(1.0, None)
    return network


def download_weights(key: str, *, check: Check = nothing, progress: Progress = silent) -> Path:
    """Fetch the trained weights of a torchvision network, so that :func:`open_network` opens it trained.

    Parameters
    ----------
    key : str
        As for :func:`open_network`.
    check, progress : callable
        As for :func:`convviz.nets.download.download`.

    Raises
    ------
    Problem
        If there is nothing to download for it, or the download fails.
    """
    load_torch()
    key = known_key(key)
    if _source(key) is not torchvision_networks:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "The weights of {name} come with convviz; there is nothing to download."
            ),
            name=title(key),
        )
    return download(
        torchvision_networks.url(key), torchvision_networks.cache_folder(), check=check, progress=progress
    )


def build(key: str, classes: int | None = None) -> Any:
    """Return a network of the catalogue, a ``torch.nn.Module``, with random weights.

    Parameters
    ----------
    key : str
        As :func:`known_key` gives it.
    classes : int, optional
        How many it tells apart; by default as many as the catalogue's own.
    """
    source = _source(key)
    return source.build(key) if classes is None else source.build(key, classes)


def title(key: str) -> str:
    """Return what people call the network ``key``."""
    return str(_source(key).entry(key).title)


def preprocessing(key: str) -> Preprocessing:
    """Return what pictures go through before the network ``key``."""
    made: Preprocessing = _source(key).preprocessing(key)
    return made


def outline(key: str) -> Architecture:
    """Return the layers of a network of the catalogue without weights and without computing.

    Raises
    ------
    Problem
        If there is no such network.
    """
    load_torch()
    import torch

    key = known_key(key)
    with _without_numbers():
        module = build(key).to("meta")
    given = torch.empty(1, *preprocessing(key).input_shape, device="meta")
    return capture(module, given).architecture


def outline_state(key: str) -> dict[str, Any]:
    """Return the state dict of a network of the catalogue; its tensors have shapes but no numbers."""
    with _without_numbers():
        state: dict[str, Any] = build(key).to("meta").state_dict()
    return state


def known_key(key: str) -> str:
    """Return the catalogue's spelling of ``key``.

    Raises
    ------
    Problem
        If there is no such network.
    """
    known = keys()
    plain = key.strip().lower().replace(" ", "")
    for candidate in known:
        if plain in (candidate, candidate.replace("_", "-"), candidate.replace("_", "")):
            return candidate
    alike = difflib.get_close_matches(plain, known, 3, 0.5)
    if alike:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "There is no network “{name}”. Did you mean {names}?"),
            name=key,
            names=", ".join(alike),
        )
    raise Problem(
        QT_TRANSLATE_NOOP("Sentence", "There is no network “{name}”; convviz models lists those there are."),
        name=key,
    )


def _source(key: str) -> Any:
    """Return the module that knows the network: all have ``entry``, ``build`` and ``preprocessing``."""
    if key == lite.LITE:
        return lite
    return small_networks if key in small_networks.names() else torchvision_networks


def _without_numbers() -> Any:
    """Return a context in which weights take no memory: those of the largest network are 2.6 GB."""
    import torch

    def without_memory(function: Any, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
        # Other tensors stay: RegNet needs some.
        if function is torch.empty and options.get("device") is None:
            options = {**options, "device": "meta"}
        return function(*args, **options)

    return seeing(without_memory)
