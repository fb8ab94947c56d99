"""The networks convviz knows, and opening one of them."""

import difflib
from typing import Any

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.engine.backend import load_torch
from convviz.engine.checks import Check, nothing
from convviz.nets import lite, torchvision_networks
from convviz.nets.capture import capture
from convviz.nets.entries import Entry, Progress, silent
from convviz.nets.network import Network
from convviz.nets.records import Architecture

DEFAULT = lite.LITE
"""The network that is opened first."""


def entries() -> tuple[Entry, ...]:
    """Return all known networks, the shipped ones first. The first call imports torch."""
    load_torch()
    return (lite.entry(), *torchvision_networks.entries())


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
    network = lite.open_lite() if key == lite.LITE else torchvision_networks.open_torchvision(key, progress)
    check()
    progress(1.0, None)
    return network


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
    source = lite if key == lite.LITE else torchvision_networks
    with _without_numbers():
        module = source.build(key).to("meta")
    given = torch.empty(1, *source.entry(key).input_shape, device="meta")
    return capture(module, given).architecture


def _without_numbers() -> Any:
    """Return a context in which weights take no memory: those of the largest network are 2.6 GB."""
    import torch
    from torch.overrides import TorchFunctionMode

    class WithoutNumbers(TorchFunctionMode):
        """Has modules allocate their weights without memory; other tensors stay: RegNet needs some."""

        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            options = dict(kwargs or {})
            if func is torch.empty and options.get("device") is None:
                options["device"] = "meta"
            return func(*args, **options)

    return WithoutNumbers()


def known_key(key: str) -> str:
    """Return the catalogue's spelling of ``key``.

    Raises
    ------
    Problem
        If there is no such network.
    """
    known = (lite.LITE, *torchvision_networks.names())
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
