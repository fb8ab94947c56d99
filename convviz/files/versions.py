"""Files that say which version of their format they are in."""

from convviz.core.text import QT_TRANSLATE_NOOP, Problem


def is_version(given: object, newest: int, name: str) -> bool:
    """Return whether ``given`` is a version that can be read, from 1 to ``newest``.

    Raises
    ------
    Problem
        If it is a later one; the sentence names the file, ``name``.
    """
    if isinstance(given, bool) or not isinstance(given, int):
        return False
    if given > newest:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "{name} was made by a newer version of convviz. Install that version to open it."
            ),
            name=name,
        )
    return given >= 1
