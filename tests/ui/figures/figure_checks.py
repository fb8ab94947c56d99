"""What holds for every figure at every size: texts lie inside it and beside each other."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations

from PySide6.QtWidgets import QApplication

from convviz.ui import theme
from convviz.ui.figures.scene_figure import SceneFigure
from convviz.ui.language import Language, Translations

SIZES = ((860, 560), (1400, 900))
SCALES = (theme.DESK_SCALE, theme.PROJECTOR_SCALE)
# Letters seldom fill the height of their line, nor their last pixel.
_TOUCH = 2.0


@contextmanager
def dressed(language: Language, scale: float) -> Iterator[None]:
    """Put a language and a scale in force, and English at the desk afterwards."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    translations = Translations(app)
    translations.choose(language)
    theme.install(theme.Theme(scale=scale))
    try:
        yield
    finally:
        translations.choose(Language.ENGLISH)
        theme.install(theme.Theme())


def check_texts(figure: SceneFigure) -> None:
    """Fail if a text of ``figure`` is cut off, leaves its place or lies over another."""
    labels = [label for label in figure.scene().labels if label.text]
    assert labels
    whole = figure.rect().toRectF()
    for label in labels:
        inked = label.inked()
        assert whole.contains(inked), (label.text, inked, whole)
        assert inked.width() <= label.place.width() + 1, label.text
    for one, other in combinations(labels, 2):
        common = one.inked().intersected(other.inked())
        assert common.width() <= _TOUCH or common.height() <= _TOUCH, (one.text, other.text)
    image = figure.grab().toImage()
    assert not image.isNull()
