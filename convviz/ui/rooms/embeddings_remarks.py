"""What is said of pictures and vectors that have just come."""

from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.nets.vector_space import PIXELS
from convviz.ui.gallery import Gallery


def remark_on(gallery: Gallery) -> tuple[Sentence, bool] | None:
    """Return what is to be said of a gallery, and whether it is only a note; None if there is nothing.

    Pictures that were left out come before a network that was never trained.
    """
    if gallery.left_out:
        return _left_out(gallery.left_out), False
    if not gallery.network.trained and gallery.space.layer != PIXELS:
        return gallery.network.origin, True
    return None


def _left_out(sentences: tuple[Sentence, ...]) -> Sentence:
    if len(sentences) == 1:
        return sentences[0]
    template = QT_TRANSLATE_NOOP("Sentence", "Pictures left out: {count}. The first: {reason}")
    return Sentence(template, {"count": len(sentences), "reason": sentences[0]})
