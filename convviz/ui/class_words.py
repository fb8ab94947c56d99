"""What the classes of a network are called in the language in force."""

from convviz.files.class_names import class_names
from convviz.ui.language import Language, language_in_force
from convviz.ui.network_source import Traced


def class_words(traced: Traced, language: Language | None = None) -> tuple[str, ...]:
    """Return the names of the classes that a network tells apart.

    Parameters
    ----------
    traced : Traced
        The network, and what it was shown.
    language : Language, optional
        By default that in force.

    Returns
    -------
    tuple of str
        In the order of the network's output; empty if they have no names. Those for which there is no other
        name, and all that the user has given, are as they are.
    """
    names, vocabulary = traced.trace.classes, traced.network.vocabulary
    if not vocabulary:
        return names
    known = class_names(vocabulary, language or language_in_force())
    return tuple(known.get(name, name) for name in names)
