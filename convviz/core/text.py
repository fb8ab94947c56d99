"""Sentences for people, written once in English and translated where they are shown.

The layers below the window know no Qt. They say what is wrong as a :class:`Sentence`: an English template and
the values that go into it. The window looks the template up in its translations and fills in the same values;
the command line prints the English as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Mark ``text`` for Qt Linguist's ``lupdate`` and return it unchanged.

    Parameters
    ----------
    context : str
        Must be the literal ``"Sentence"``: the context the window looks sentences up in.
    text : str
        English template with ``{name}`` fields; must be a literal.

    Returns
    -------
    str
        ``text``.
    """
    del context
    return text


@dataclass(frozen=True)
class Sentence:
    """A plain sentence with values filled in at the last moment.

    Parameters
    ----------
    template : str
        English text, marked with :func:`QT_TRANSLATE_NOOP`, with ``str.format`` fields.
    values : mapping of str to str, int or float
        Values of the fields. A value may itself be a :class:`Sentence`, which is translated too.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.template.format(**{name: str(value) for name, value in self.values.items()})


class Problem(ValueError):  # noqa: N818 - it is what the user is told, not a programming error
    """Something the user asked for cannot be done, said in one plain sentence.

    Parameters
    ----------
    template : str
        What is wrong and what to do, marked with :func:`QT_TRANSLATE_NOOP`.
    **values : object
        Values of the template's fields.
    """

    def __init__(self, template: str, **values: object) -> None:
        self.sentence = Sentence(template, values)
        super().__init__(str(self.sentence))
