"""Where the files shipped with convviz are."""

from pathlib import Path

from convviz.core.text import QT_TRANSLATE_NOOP, Problem

_PACKAGE = Path(__file__).resolve().parent.parent


def asset(*parts: str) -> Path:
    """Return the path of a file or folder under ``assets/``.

    An installed convviz has its assets inside the package; a source checkout has them beside it.

    Parameters
    ----------
    *parts : str
        Names of the folders and the file below ``assets/``.

    Raises
    ------
    Problem
        If there is no such file: the installation is incomplete.
    """
    for folder in (_PACKAGE / "assets", _PACKAGE.parent / "assets"):
        path = folder.joinpath(*parts)
        if path.exists():
            return path
    raise Problem(
        QT_TRANSLATE_NOOP("Sentence", "A part of convviz is missing: {file}. Install convviz again."),
        file="/".join(("assets", *parts)),
    )
