"""What the catalogue says about a network before it is opened."""

from collections.abc import Callable
from dataclasses import dataclass

from convviz.core.text import Sentence

Progress = Callable[[float, Sentence | None], object]
"""Told how far opening has come, 0 to 1, and what is being done; may raise."""


def silent(fraction: float, text: Sentence | None = None) -> None:
    """Tell nobody."""
    del fraction, text


@dataclass(frozen=True)
class Entry:
    """A network of the catalogue.

    Parameters
    ----------
    key : str
        What it is called on the command line.
    title : str
        What people call it.
    group : str
        ``"shipped"``, or ``"torchvision"``.
    trained : bool
        Whether trained weights are on this machine.
    weights : int
        Learned numbers.
    input_shape : (int, int, int)
        Channels, rows and columns it was made for.
    url : str
        Where trained weights can be had; empty where they are shipped.
    megabytes : float
        Size of that download; 0 where there is none.
    """

    key: str
    title: str
    group: str
    trained: bool
    weights: int
    input_shape: tuple[int, int, int]
    url: str = ""
    megabytes: float = 0.0
