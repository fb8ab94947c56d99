"""Names of classes in the languages of the window, from ``assets/classes``."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from convviz.files.resources import asset


@cache
def class_names(vocabulary: str, language: str) -> Mapping[str, str]:
    """Return what the classes of a data set are called in a language.

    Parameters
    ----------
    vocabulary : str
        Data set whose English names are translated: ``imagenet``, ``cifar10``, ``fashion_mnist`` or
        ``shapes``. The same word means other things in other ones: a mouse is an animal or belongs to a
        computer.
    language : str
        Code of the language, such as ``ru``.

    Returns
    -------
    mapping of str to str
        From the English name to that in the language, in the networks' order; empty for English.

    Raises
    ------
    Problem
        If there is no such file: the installation is incomplete.
    ValueError
        If a line of the file is not a pair of names.
    """
    if language == "en":
        return MappingProxyType({})
    text = asset("classes", f"{vocabulary}_{language}.txt").read_text(encoding="utf-8")
    return MappingProxyType(dict(_pairs(text)))


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            english, bar, translated = (part.strip() for part in line.partition("|"))
            if not (english and bar and translated):
                raise ValueError(f"not a pair of names: {line!r}")
            pairs.append((english, translated))
    return pairs
