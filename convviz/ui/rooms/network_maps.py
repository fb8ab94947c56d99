"""The layer and the map that are looked at, in every widget that shows them."""

import numpy as np
from PySide6.QtCore import QObject, Slot

from convviz.nets.records import INPUT, Kind, Layer, Trace, Values
from convviz.ui.class_words import class_words
from convviz.ui.lab_state import fits_lab, lab_refusal
from convviz.ui.language import say
from convviz.ui.map_colours import Maps, Order, as_maps, scale_of
from convviz.ui.network_source import Traced, filter_layer, filter_of
from convviz.ui.rooms.network_face import NetworkFace
from convviz.ui.rooms.network_pages import NetworkPages
from convviz.ui.rooms.network_pointing import NetworkPointing, Target
from convviz.ui.rooms.network_trying import NetworkTrying
from convviz.ui.rooms.network_words import NetworkWords, is_vector
from convviz.ui.widgets.mosaic import Mosaic
from convviz.ui.widgets.vector_bars import VectorBars


class NetworkMaps(QObject):
    """Shows what a picture did in a network, one layer and one of its maps at a time.

    Parameters
    ----------
    face : NetworkFace
        Where.
    pages : NetworkPages
        What brings up the page of the layer.
    pointing : NetworkPointing
        What is pointed into.
    trying : NetworkTrying
        Whose card offers the filter of the map.
    words : NetworkWords
        What is written.
    """

    def __init__(
        self,
        face: NetworkFace,
        pages: NetworkPages,
        pointing: NetworkPointing,
        trying: NetworkTrying,
        words: NetworkWords,
    ) -> None:
        super().__init__(face)
        self._face, self._pages, self._words = face, pages, words
        self._pointing, self._trying = pointing, trying
        self._traced: Traced | None = None
        self._number = 0
        face.strip.chosen.connect(self.show_layer)
        face.mosaic.chosen.connect(self.show_map)
        face.mosaic.opened.connect(self.open_map)
        face.vector.chosen.connect(self.show_map)
        face.order.chosen.connect(self.sort)
        face.each.toggled.connect(self._scale_each)
        for other in (face.funnel, face.table, face.tools.shift):
            other.chosen.connect(self.choose_layer)

    @property
    def layer(self) -> int:
        """Index of the layer that is looked at; INPUT for the input."""
        return self._face.strip.chosen_layer

    @property
    def number(self) -> int:
        """Number of the map that is looked at."""
        return self._number

    def values(self, layer: int) -> Maps:
        """Return the output of a layer as maps (C, H, W); that of the input for INPUT."""
        assert self._traced is not None
        trace = self._traced.trace
        return as_maps(trace.input if layer == INPUT else trace.outputs[layer])

    def filter(self) -> tuple[Values | None, bool]:
        """Return the filter of the map that is looked at, if any, and whether it sees red, green and blue."""
        if self._traced is None:
            return None, False
        return filter_of(self._traced, self.layer, self._number)

    def filter_layer(self) -> Layer | None:
        """Return the convolution that :meth:`filter` belongs to, if any."""
        if self._traced is None:
            return None
        found = filter_layer(self._traced, self.layer)
        return None if found is None else self._traced.trace.architecture.layers[found]

    def begin(self, trace: Trace) -> None:
        """Look at the first map of the first convolution, or else of the first layer."""
        layers = trace.architecture.layers
        first = next((layer.index for layer in layers if layer.kind is Kind.CONVOLUTION), 0)
        self._face.strip.set_chosen(first)
        self._number = 0

    def show_traced(self, traced: Traced) -> None:
        """Show the layer and the map that are looked at as they are in another trace."""
        self._traced = traced
        self._show_layer(self.layer, chosen=False)

    @Slot(int)
    def choose_layer(self, layer: int) -> None:
        """Look at a layer that was chosen beside the strip."""
        self._face.strip.set_chosen(layer)
        self.show_layer(layer)

    @Slot(int)
    def show_layer(self, layer: int) -> None:
        """Show the maps of a layer, or its vector."""
        if self._traced is not None:
            self._show_layer(layer, chosen=True)

    def _show_layer(self, layer: int, *, chosen: bool) -> None:
        assert self._traced is not None
        face, trace, maps = self._face, self._traced.trace, self.values(layer)
        self._number = min(self._number, len(maps) - 1)
        vector = is_vector(trace, layer)
        if vector:
            is_last = layer == len(trace.outputs) - 1
            if is_last and trace.classes and not self._pages.shows_vector:
                # One comes for the answer.
                self._number = int(maps.argmax())
            face.vector.set_values(maps.ravel(), self._value_names(), self._number)
        else:
            face.mosaic.set_maps(maps, self._number)
        face.funnel.set_chosen(layer)
        face.table.set_chosen(layer)
        face.tools.shift.bars.set_chosen(layer)
        self._pages.show_layer(vector=vector, chosen=chosen)
        self.show_map(self._number)

    @Slot(int)
    def show_map(self, number: int) -> None:
        """Show one map in the panes, with its filter."""
        assert self._traced is not None
        self._number = number
        face, trace, layer = self._face, self._traced.trace, self.layer
        maps = self.values(layer)
        vector = is_vector(trace, layer)
        values = None if vector else maps[number]
        scale = scale_of(maps) if vector else face.mosaic.scale_for(number)
        for pane in (face.panel.map, face.large.map):
            pane.show_map(values, scale)
        face.tools.shift.show_map(trace, layer, number)
        face.panel.show_map_pane(not vector and not self._pages.shows_large)
        self.write()
        target = None
        if values is not None:
            target = Target(trace, self._traced.picture, layer, number, values)
        self._pointing.show_target(target)

    def write(self) -> None:
        """Write everything about the chosen layer and map."""
        if self._traced is None:
            return
        face, trace, layer, number = self._face, self._traced.trace, self.layer, self._number
        if is_vector(trace, layer):
            face.vector.set_names(self._value_names())
        title, facts, name = self._words.heading(trace, layer)
        face.title.setText(title)
        missing = int(np.isnan(self.values(layer)).sum())
        face.facts.set_whole(self._words.with_missing(facts, missing), name)
        # Where there is no room for any of the facts, this is where they are found.
        face.title.setToolTip(face.facts.toolTip())
        shape = self.values(layer).shape[1:]
        for pane in (face.panel.map, face.large.map):
            pane.set_caption(*self._words.map_caption(trace, layer, number, shape))
        for photo in (face.panel.photo, face.large.photo):
            photo.set_caption(*self._words.photo_caption(trace, layer))
        weights, coloured = self.filter()
        face.panel.filter.set_weights(weights, coloured=coloured)
        made_by = self.filter_layer()
        refusal = None if made_by is None else lab_refusal(made_by)
        face.panel.offer_lab(fits_lab(weights), "" if refusal is None else say(refusal))
        face.panel.numbers.setVisible(weights is not None or not face.tools.unit.isHidden())
        face.panel.attempt.setVisible(weights is not None or self._trying.is_open)
        self._trying.choose(layer, number)
        face.panel.show_filter_caption(self._words.filter_caption(number, weights))

    def _value_names(self) -> tuple[str, ...]:
        """Return what the values of the layer are called: those of the last one are the classes."""
        assert self._traced is not None
        is_last = self.layer == len(self._traced.trace.outputs) - 1
        return class_words(self._traced) if is_last else ()

    def choose_map(self, number: int) -> None:
        """Look at another map, or value of a vector, of the same layer."""
        if number != self._number:
            self._chooser().set_chosen(number)
            self.show_map(number)

    @Slot(int)
    def open_map(self, number: int) -> None:
        """Show one map large beside the photograph."""
        if self._traced is None or is_vector(self._traced.trace, self.layer):
            return
        self.choose_map(number)
        self._pages.bring_large()

    def step_map(self, by: int) -> None:
        """Look at the map ``by`` places on."""
        if self._traced is not None:
            self._chooser().step(by)

    def _chooser(self) -> Mosaic | VectorBars:
        """Return what chooses among the maps, or values, of the layer, though another page may be up."""
        assert self._traced is not None
        return self._face.vector if is_vector(self._traced.trace, self.layer) else self._face.mosaic

    @Slot(str)
    def sort(self, order: str) -> None:
        """Put the maps into another order."""
        self._face.order.set_choice(order)
        self._face.mosaic.set_order(Order(order))

    @Slot(bool)
    def _scale_each(self, each: bool) -> None:
        self._face.mosaic.set_each(each)
        if self._traced is not None:
            self.show_map(self._number)
