"""Why a class has so many per cent, between the bars of the classes, the page and the layers."""

from PySide6.QtCore import QCoreApplication, QObject, Slot

from convviz.core.text import Problem
from convviz.core.wording import MORE
from convviz.nets.answer import Answer, Rule, explain_answer, score_unit, scores_of
from convviz.nets.answer_text import answer_lines, name_of
from convviz.nets.records import INPUT
from convviz.ui.class_words import class_words
from convviz.ui.language import say
from convviz.ui.network_source import Traced
from convviz.ui.rooms.network_face import NetworkFace
from convviz.ui.rooms.network_maps import NetworkMaps
from convviz.ui.rooms.network_pages import NetworkPages
from convviz.ui.rooms.network_pointing import NetworkPointing, Spot
from convviz.ui.widgets.class_bars import class_bar
from convviz.ui.widgets.class_table import Classes


class NetworkAnswer(QObject):
    """Keeps the page of the answer in line with the chosen class, and goes from a class to its score.

    Parameters
    ----------
    face : NetworkFace
        Whose page and bars they are.
    pages : NetworkPages
        What brings the page up.
    maps : NetworkMaps
        What goes to the layer of the scores.
    pointing : NetworkPointing
        What keeps the cell that holds a score.
    """

    def __init__(
        self, face: NetworkFace, pages: NetworkPages, maps: NetworkMaps, pointing: NetworkPointing
    ) -> None:
        super().__init__(face)
        self._face, self._pages, self._maps, self._pointing = face, pages, maps, pointing
        self._traced: Traced | None = None
        bars, page = face.panel.classes, face.answer
        bars.asked.connect(self.open)
        bars.chosen.connect(self._follow_bars)
        bars.opened.connect(self.take_apart)
        page.chosen.connect(self._choose)
        page.opened.connect(self.take_apart)
        page.pointed.connect(bars.point)
        page.left.connect(pages.leave)
        face.panel.reckon.clicked.connect(self.toggle)
        pages.changed.connect(self._show_whether_open)

    def follow(self, traced: Traced) -> None:
        """Go over to another trace; the bars show it already."""
        self._traced = traced
        self.retranslate()

    @Slot()
    def toggle(self) -> None:
        """Bring the page up, or go back to the maps."""
        if self._pages.shows_answer:
            self._pages.leave()
        elif self._traced is not None:
            self._pages.bring_answer()
            self._face.answer.search.setFocus()
        self._show_whether_open()

    @Slot()
    def open(self) -> None:
        """Bring the page up for the class that was clicked; the keyboard stays with the bars."""
        if self._traced is not None:
            self._pages.bring_answer()

    @Slot()
    def _show_whether_open(self) -> None:
        self._face.panel.reckon.setChecked(self._pages.shows_answer)

    @Slot(int)
    def _choose(self, number: int) -> None:
        """Choose a class on the page: the bars show it as well, and what speaks for it is asked anew."""
        if self._traced is not None:
            names, shares = class_words(self._traced), self._traced.trace.probabilities()
            self._face.panel.classes.show_class(class_bar(number, shares, names))
            self._follow_bars(number)

    @Slot(int)
    def _follow_bars(self, number: int) -> None:
        self._face.answer.set_chosen(number)
        self._write(number)

    @Slot(int)
    def take_apart(self, number: int) -> None:
        """Go to the layer that computes the score of a class, and have that value written out."""
        if self._traced is None:
            return
        try:
            layer, index = score_unit(self._traced.trace, number)
        except Problem:
            # Why, the page says.
            self._pages.bring_answer()
            return
        face = self._face
        self._pages.set_view_of_maps()
        self._maps.choose_layer(layer)
        stepper = face.mosaic if len(index) == 3 else face.vector
        stepper.set_chosen(index[0])
        self._maps.show_map(index[0])
        if len(index) == 3:
            self._pointing.pin(Spot(False, (index[1], index[2])))
        stepper.setFocus()

    def retranslate(self) -> None:
        """Write everything in the language in force."""
        if self._traced is None:
            return
        trace, number = self._traced.trace, self._face.panel.classes.chosen_class
        names, shares = class_words(self._traced), trace.probabilities()
        classes = Classes(names, trace.classes, scores_of(trace), shares)
        self._face.answer.show_classes(classes, number)
        if number is not None:
            self._write(number)

    def _write(self, number: int) -> None:
        """Write how the probability of a class comes about, or why that cannot be told."""
        if self._traced is None:
            return
        page, names = self._face.answer, class_words(self._traced)
        try:
            answer = explain_answer(self._traced.trace, number)
        except Problem as problem:
            page.show_arithmetic("", (), say(problem.sentence), has_unit=False)
            return
        lines = answer_lines(answer, names, more=QCoreApplication.translate("Sentence", MORE))
        title = f"p({name_of(names, number)}) ="
        page.show_arithmetic(title, lines, self._note(answer), has_unit=answer.layer != INPUT)

    def _note(self, answer: Answer) -> str:
        """Return what the arithmetic means, and whether the network has computed the same."""
        if answer.own is None and answer.rule is Rule.SOFTMAX:
            return self.tr(
                "The network gives a score z for every class. The softmax makes probabilities of them: "
                "e to the power of z less the largest z, divided by the sum over all classes."
            )
        if answer.own is None:
            return self.tr(
                "The network gives a single score z; the sigmoid makes of it how probable “yes” is."
            )
        said = self.tr("✓ the network’s own value") if answer.agrees else self.tr("the network differs")
        if answer.rule is Rule.SOFTMAX:
            return self.tr("The last layer of the network is this softmax: {0}.").format(said)
        return self.tr(
            "The last layer of the network is this sigmoid, which judges every class by itself: {0}."
        ).format(said)
