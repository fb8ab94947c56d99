"""What the classes of a network are called in the language in force."""

from convviz.files.class_names import class_names
from convviz.ui.language import language_in_force
from convviz.ui.network_source import Traced


def class_words(traced: Traced) -> tuple[str, ...]:
    """Return the names of the classes that a network tells apart.

    Parameters
    ----------
    traced : Traced
        The network, and what it was shown.

    Returns
    -------
    tuple of str
        In the order of the network's output; empty if they have no names. Those for which there is no other
        name, and all that the user has given, are as they are.
    """
    return tuple(class_word(traced, name) for name in traced.trace.classes)


def class_word(traced: Traced, name: str) -> str:
    """Return what the class that a network calls ``name`` is called."""
    vocabulary = traced.network.vocabulary
    return class_names(vocabulary, language_in_force()).get(name, name) if vocabulary else name
