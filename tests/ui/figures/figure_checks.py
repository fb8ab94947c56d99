"""What holds for every figure at every size: texts and boxes lie inside it, texts beside each other."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import product

import numpy as np
from PySide6.QtWidgets import QApplication

from convviz.ui import theme
from convviz.ui.figures.scene import Box
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
    inked = [label.inked() for label in labels]
    for label, place in zip(labels, inked, strict=True):
        assert whole.contains(place), (label.text, place, whole)
        assert place.width() <= label.place.width() + 1, label.text
    # All pairs at once: some figures have a thousand texts.
    left, top, right, bottom = np.array([place.getCoords() for place in inked]).T
    across = np.minimum.outer(right, right) - np.maximum.outer(left, left)
    down = np.minimum.outer(bottom, bottom) - np.maximum.outer(top, top)
    one_above_the_other = np.triu((across > _TOUCH) & (down > _TOUCH), 1)
    pairs = [(labels[i].text, labels[j].text) for i, j in np.argwhere(one_above_the_other)]
    assert not pairs
    image = figure.grab().toImage()
    assert not image.isNull()


def check_boxes(figure: SceneFigure) -> None:
    """Fail if a box of ``figure`` leaves its place."""
    whole = figure.rect().toRectF()
    boxes = [item.place for item in figure.scene().items if isinstance(item, Box)]
    assert all(whole.contains(box) for box in boxes)


def check_stages(
    make: Callable[[int, tuple[int, int]], SceneFigure], stages: Iterable[int], language: Language
) -> None:
    """Fail if a text or a box has no room in the figure made for a stage and a size, at either scale."""
    for scale in SCALES:
        with dressed(language, scale):
            for size, stage in product(SIZES, stages):
                figure = make(stage, size)
                check_texts(figure)
                check_boxes(figure)
