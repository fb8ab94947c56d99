"""All there is in the network room: the layers, the maps, what the network says, and stepping."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from convviz.core.pieces import Line
from convviz.core.text import Sentence
from convviz.nets.entries import Entry
from convviz.nets.records import INPUT, Kind, Trace
from convviz.nets.why.evidence import Reason
from convviz.ui.feed import Feed
from convviz.ui.lab_state import fits_lab, lab_state
from convviz.ui.language import say
from convviz.ui.map_colours import Maps, Order, as_maps, scale_of
from convviz.ui.network_shift import ShiftRunner
from convviz.ui.network_source import NetworkSource, Traced, filter_of
from convviz.ui.network_trial import TrialRunner
from convviz.ui.network_unit import UnitWriter
from convviz.ui.network_why import Why
from convviz.ui.preferences import Preferences
from convviz.ui.rooms.map_pane import PhotoFeed
from convviz.ui.rooms.network_bar import FUNNEL, MAPS, TABLE
from convviz.ui.rooms.network_choices import NetworkChoices
from convviz.ui.rooms.network_face import NetworkFace
from convviz.ui.rooms.network_notices import NetworkNotices
from convviz.ui.rooms.network_pointing import NetworkPointing, Target
from convviz.ui.rooms.network_reasons import NetworkReasons
from convviz.ui.rooms.network_shifting import NetworkShifting
from convviz.ui.rooms.network_trying import NetworkTrying
from convviz.ui.rooms.network_words import NetworkWords, is_vector
from convviz.ui.rooms.own_models import OwnModels
from convviz.ui.session import Session
from convviz.ui.state import State
from convviz.ui.widgets.class_bars import likeliest
from convviz.ui.widgets.viewport import Viewport
from convviz.work.threads import Threads

_Key = Qt.Key
_KEYS = {
    _Key.Key_Left: "layer-back",
    _Key.Key_Right: "layer-forward",
    _Key.Key_Home: "layer-first",
    _Key.Key_End: "layer-last",
    _Key.Key_Up: "map-back",
    _Key.Key_Down: "map-forward",
    _Key.Key_Return: "map-open",
    _Key.Key_Enter: "map-open",
    _Key.Key_Escape: "leave",
    _Key.Key_Space: "fold",
}


class NetworkDesk(NetworkFace):
    """Everything about one picture in one network.

    Parameters
    ----------
    session : Session
        Whose picture is looked at.
    feed : Feed
        Where the photograph's pixels come from.
    threads : Threads
        Where networks run, and where units are written out.
    preferences : Preferences
        What remembers the network.
    parent : QWidget
        Owner.
    """

    told = Signal(str)  # what is said of the place pointed at; empty for none
    described = Signal(str)  # network, data set, weights, time of the forward pass
    defect = Signal(str)  # details of an error nobody foresaw
    lab_filled = Signal()  # the session's kernel is a filter of the network now

    def __init__(
        self, session: Session, feed: Feed, threads: Threads, preferences: Preferences, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._preferences = session, preferences
        self._words = NetworkWords(self)
        self.source = NetworkSource(threads.long, self)
        self.why = Why(threads.long, self)
        self.writer = UnitWriter(threads.measure, self)
        self.trials, self.shifts = TrialRunner(threads.long, self), ShiftRunner(threads.long, self)
        self.choices = NetworkChoices(self)
        self.own = OwnModels(self, threads.long, preferences)
        self._workers = self.source, self.why, self.trials, self.shifts, self.own
        self._key = self.choices.first(self.own.first(preferences.network))
        self._traced: Traced | None = None
        self._number = 0
        # Layer of the unit that was written out last.
        self._written: int | None = None
        self._has_unit = False
        self.notices = NetworkNotices(self.problem, self.progress, self)
        self.pointing = NetworkPointing(
            (self.panel.photo, self.large.photo), (self.panel.map, self.large.map), self
        )
        photos = (self.panel.photo, self.large.photo)
        notes = self.panel.note, self.large.note
        self.reasons = NetworkReasons(self.why, self.panel, photos, notes, self.ideal, self)
        self.trying = NetworkTrying(self.trials, self.tools.trial, self)
        self.shifting = NetworkShifting(self.shifts, self.tools.shift, self)
        self.photos = PhotoFeed(feed, photos, self)
        self._writing = QTimer(self, singleShot=True, interval=0)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._session.changed.connect(self._follow)
        self.source.traced.connect(self._show_traced)
        self.source.listed.connect(self._take_list)
        self.source.failed.connect(self._fail)
        for worker in self._workers:
            worker.progressed.connect(self.notices.show_progress)
            worker.busy_changed.connect(self._watch)
            worker.defect.connect(self._break_down)
        self.own.listed.connect(self._list_networks)
        self.writer.defect.connect(self.defect)
        self.writer.written.connect(self._show_unit)
        self.why.failed.connect(self._fail)
        self.trials.failed.connect(self._fail)
        self.shifts.failed.connect(self._fail)
        self.shifting.opened.connect(self._show_shift)
        self.tools.shift.chosen.connect(self._choose_layer)
        self.panel.shift.clicked.connect(self.shifting.toggle)
        self.trying.came.connect(self._show_edited)
        self.trying.opened.connect(self._show_trial)
        self.reasons.ideal_came.connect(self._bring_ideal)
        self.own.follow_desk()
        self._writing.timeout.connect(self._write_unit)
        self.panel.excite.clicked.connect(self._excite)
        self.panel.attempt.clicked.connect(self.trying.toggle)
        self.panel.lab.clicked.connect(self._send_to_lab)
        self.ideal.unpinned.connect(self._leave)
        self.problem.acted.connect(self._fetch_weights)
        self.progress.cancelled.connect(self.cancel)
        self.bar.network_chosen.connect(self.choose_network)
        self.bar.view_chosen.connect(self._show_page)
        self.strip.chosen.connect(self._show_layer)
        self.funnel.chosen.connect(self._choose_layer)
        self.table.chosen.connect(self._choose_layer)
        self.mosaic.chosen.connect(self._show_map)
        self.mosaic.opened.connect(self._open_map)
        self.vector.chosen.connect(self._show_map)
        self.order.chosen.connect(self._sort)
        self.each.toggled.connect(self._scale_each)
        self.pointing.told.connect(self.told)
        self.pointing.escaped.connect(self._leave)
        self.pointing.spot_changed.connect(self._writing.start)

    # From the session to the network

    @property
    def busy(self) -> bool:
        """Whether what is on screen is older than what was asked for."""
        return any(worker.busy for worker in (*self._workers, self.writer)) or self._writing.isActive()

    @property
    def key(self) -> str:
        """Which network is chosen, though another may still be on screen."""
        return self._key

    @property
    def traced(self) -> Traced | None:
        """What is on screen: a network and what a picture did in it; None before the first."""
        return self._traced

    @Slot(object, object)
    def _follow(self, before: State, state: State) -> None:
        if self.isVisible() and before.picture is not state.picture:
            self.show_picture()

    def show_picture(self) -> None:
        """Show the session's picture, and ask for what it does in the network."""
        picture = self._session.state.picture
        self.photos.show_picture(picture)
        self.source.ask(self._key, picture)
        self._mark_stale()
        # The status bar has been another room's in the meantime.
        self._describe()
        self.pointing.refresh()

    @Slot(str)
    def choose_network(self, key: str) -> None:
        """Go over to another network, after a question if it is a program of the user's."""
        if self.own.takes(key):
            self.bar.show_network(self._key)
        else:
            self.go_to(key)

    def go_to(self, key: str) -> None:
        """Go over to another network, also at the next start."""
        self._key = self._preferences.network = key
        self.bar.show_network(key)
        self.notices.clear()
        self.show_picture()
        self.setFocus()

    @Slot()
    def _fetch_weights(self) -> None:
        """Have the trained weights of the network on screen fetched, and open it anew."""
        if self._traced is not None:
            self._key = self._traced.key
            self.source.fetch(self._key, self._session.state.picture)
            self._mark_stale()
            self.setFocus()

    @Slot()
    def cancel(self) -> None:
        """Give up what is awaited; what is on screen stays, and so does its network."""
        if self.why.busy or self.trials.busy or self.shifts.busy:
            self.reasons.cancel()
            self.trying.cancel()
            self.shifting.cancel()
            return
        if self.own.busy:
            self.own.cancel()
            return
        self.source.cancel()
        if self._traced is not None:
            self._key = self._preferences.network = self._traced.key
            self.own.keep(self._traced)
            self.bar.show_network(self._key)
        self._mark_stale()

    @Slot(object)
    def _take_list(self, entries: tuple[Entry, ...]) -> None:
        self.choices.entries = entries
        self._list_networks()
        self._tell_origin()

    @Slot()
    def _list_networks(self) -> None:
        now = self._traced
        title = now.network.title if now is not None and now.key == self._key else self._key
        self.bar.set_choices(self.choices.list(self._key, title, self.own.choices()))
        self.bar.show_network(self._key)

    @Slot()
    def _watch(self) -> None:
        self.notices.set_waiting(any(worker.busy for worker in self._workers))

    @Slot(object)
    def _fail(self, sentence: Sentence) -> None:
        self.notices.say(sentence)
        self._mark_stale()

    @Slot(str)
    def _break_down(self, details: str) -> None:
        self._mark_stale()
        self.defect.emit(details)

    @property
    def stale(self) -> bool:
        """Whether the maps on screen belong to another network or to another picture than is chosen."""
        now = self._traced
        return now is not None and (now.key != self._key or now.picture is not self._session.state.picture)

    def _mark_stale(self) -> None:
        stale = self.stale
        for widget in (self.mosaic, self.vector, self.panel.classes):
            widget.set_stale(stale)
        for pane in (self.panel.map, self.large.map):
            pane.set_stale(stale, waits=self.source.waits)

    # From the network to the screen

    @Slot(object)
    def _show_traced(self, traced: Traced) -> None:
        before, self._traced = self._traced, traced
        self.trying.follow(traced)
        architecture = traced.trace.architecture
        self.notices.clear()
        self.strip.set_architecture(architecture)
        if before is None or before.key != traced.key or before.opening is not traced.opening:
            self.strip.set_chosen(_first_to_show(traced.trace))
            self._number = 0
            self._list_networks()
        if before is None or before.network is not traced.network:
            self._tell_origin()
        if before is None or before.trace.architecture is not architecture:
            self.funnel.set_architecture(architecture)
            self.table.set_architecture(architecture)
        self._describe()
        self._show_layer(self.strip.chosen_layer)
        self._mark_stale()
        self.reasons.follow(traced)
        self.shifting.follow(traced)

    @Slot(object)
    def _show_edited(self, traced: Traced) -> None:
        """Show the network with a filter edited, or as it is again."""
        self._traced = traced
        place = self.mosaic.verticalScrollBar().value()
        self._describe()
        self._show_layer(self.strip.chosen_layer)
        self.mosaic.verticalScrollBar().setValue(place)
        self._mark_stale()
        self.reasons.follow(traced)
        self.shifting.follow(traced)

    @Slot(bool)
    def _show_trial(self, wanted: bool) -> None:
        """Show the card with the filter beside the maps, or no longer."""
        if wanted:
            self.shifting.close()
        self.tools.bring(self.tools.trial, wanted=wanted)
        self.panel.attempt.setChecked(wanted)
        if wanted:
            self.tools.trial.grid.setFocus()

    @Slot(bool)
    def _show_shift(self, wanted: bool) -> None:
        """Show the card with the sliders beside the maps, or no longer."""
        if wanted:
            self.trying.close()
        self.tools.bring(self.tools.shift, wanted=wanted)
        self.panel.shift.setChecked(wanted)
        if wanted:
            self.tools.shift.right.setFocus()

    def _tell_origin(self) -> None:
        """Say of an untrained network that its answers mean nothing, and offer what would help."""
        if self._traced is not None and not self._traced.network.trained and not self.stale:
            offers = self.choices.can_fetch(self._traced.key)
            self.notices.say(self._traced.network.origin, is_note=True, offers_weights=offers)

    def _describe(self) -> None:
        """Write what is true of the whole network."""
        if self._traced is None:
            return
        trace, network = self._traced.trace, self._traced.network
        edited = self.trying.said()
        self.bar.show_origin(edited or say(network.origin), warns=bool(edited) or not network.trained)
        self.bar.totals.set_whole(self._words.totals(trace.architecture), self._words.totals_tip())
        bars = likeliest(trace.probabilities(), trace.classes)
        self.panel.classes.set_bars(bars)
        self.bar.says.set_whole(" · ".join(f"{bar.name} {bar.percent}" for bar in bars[:2]))
        self.described.emit(self._words.status(self._traced))

    def values(self, layer: int) -> Maps:
        """Return the output of a layer as maps (C, H, W); that of the input for INPUT."""
        assert self._traced is not None
        trace = self._traced.trace
        return as_maps(trace.input if layer == INPUT else trace.outputs[layer])

    @Slot(int)
    def _choose_layer(self, layer: int) -> None:
        self.strip.set_chosen(layer)
        self._show_layer(layer)

    @Slot(int)
    def _show_layer(self, layer: int) -> None:
        if self._traced is None:
            return
        trace = self._traced.trace
        maps = self.values(layer)
        self._number = min(self._number, len(maps) - 1)
        if is_vector(trace, layer):
            is_last = layer == len(trace.outputs) - 1
            if is_last and trace.classes and self.stack.currentWidget() is not self.vector:
                # One comes for the answer.
                self._number = int(maps.argmax())
            self.vector.set_values(maps.ravel(), trace.classes if is_last else (), self._number)
        else:
            self.mosaic.set_maps(maps, self._number)
        self.funnel.set_chosen(layer)
        self.table.set_chosen(layer)
        self.tools.shift.bars.set_chosen(layer)
        # A picture that excites a map of another layer is not to come in between.
        self.reasons.forget_ideal()
        self._show_page()
        self._show_map(self._number)

    @Slot(int)
    def _show_map(self, number: int) -> None:
        """Show one map in the panes, with its filter."""
        assert self._traced is not None
        self._number = number
        trace, layer = self._traced.trace, self.strip.chosen_layer
        maps = self.values(layer)
        vector = is_vector(trace, layer)
        values = None if vector else maps[number]
        scale = scale_of(maps) if vector else self.mosaic.scale_for(number)
        for pane in (self.panel.map, self.large.map):
            pane.show_map(values, scale)
        self.panel.show_map_pane(not vector and self.stack.currentWidget() is not self.large)
        self._write_words()
        target = None
        if values is not None:
            target = Target(trace, self._traced.picture, layer, number, values)
        self.pointing.show_target(target)
        self._writing.start()

    def _write_words(self) -> None:
        """Write everything about the chosen layer and map."""
        assert self._traced is not None
        trace, layer, number = self._traced.trace, self.strip.chosen_layer, self._number
        title, facts, name = self._words.heading(trace, layer)
        self.title.setText(title)
        self.facts.set_whole(facts, name)
        shape = self.values(layer).shape[1:]
        for pane in (self.panel.map, self.large.map):
            pane.set_caption(*self._words.map_caption(trace, layer, number, shape))
        for photo in (self.panel.photo, self.large.photo):
            photo.set_caption(*self._words.photo_caption(trace, layer))
        weights, coloured = filter_of(self._traced, layer, number)
        self.panel.filter.set_weights(weights, coloured=coloured)
        self.panel.lab.setVisible(fits_lab(weights))
        self.panel.attempt.setVisible(weights is not None or self.trying.is_open)
        self.trying.choose(layer, number)
        self.panel.show_filter_caption(self._words.filter_caption(number, weights))

    @Slot()
    def _write_unit(self) -> None:
        """Ask for the arithmetic of the unit that is pointed at or chosen."""
        if self._traced is None:
            return
        layer, spot = self.strip.chosen_layer, self.pointing.spot
        index: tuple[int, ...] | None = None
        if layer != INPUT:
            axes = len(self._traced.trace.architecture.layers[layer].shape)
            if axes == 1:
                index = (self._number,)
            elif spot is not None and not spot.on_photo and axes in (2, 3):
                index = (self._number, *spot.cell)[3 - axes :]
        self._has_unit = index is not None
        self._show_line()
        if index is None:
            self.writer.cancel()
            hint = self.tr("Click a cell of the map to see how it is computed.")
            # While the pointer goes from cell to cell nothing jumps.
            self.line.clear(hint, keep_height=self._written == layer)
        else:
            self._written = layer
            self.writer.ask(self._traced, layer, index)

    @Slot()
    def _send_to_lab(self) -> None:
        """Take the filter of the chosen map into the convolution room."""
        if self._traced is None:
            return
        weights, coloured = filter_of(self._traced, self.strip.chosen_layer, self._number)
        if weights is not None and fits_lab(weights):
            name = self.tr("filter {0}").format(self._number)
            state = lab_state(self._session.state, weights, name, coloured=coloured)
            self._session.edit(state, self.tr("filter of a network"))
            self.lab_filled.emit()

    @Slot()
    def _excite(self) -> None:
        """Look for the picture that excites the chosen map most."""
        if self._traced is not None and self.strip.chosen_layer != INPUT:
            # Before its activation a map may be as happy with less than nothing.
            self.reasons.excite(self.strip.finished(self.strip.chosen_layer), self._number)

    # Pages

    @Slot()
    def _bring_ideal(self) -> None:
        if self.stack.currentWidget() is not self.ideal:
            self._bring(self.ideal)

    @property
    def viewport(self) -> Viewport:
        """Zoom and centre of the map that is looked at."""
        return (self.large if self.stack.currentWidget() is self.large else self.panel).map.viewport

    @Slot()
    def _show_page(self) -> None:
        """Bring up what the view and the kind of layer ask for."""
        view = self.bar.view.choice()
        page: QWidget = {FUNNEL: self.funnel, TABLE: self.table}.get(view, self.mosaic)
        vector = self._traced is not None and is_vector(self._traced.trace, self.strip.chosen_layer)
        if page is self.mosaic and vector:
            page = self.vector
        elif page is self.mosaic and self.stack.currentWidget() is self.large:
            page = self.large
        self._bring(page)

    def _bring(self, page: QWidget) -> None:
        had_focus = self.stack.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.stack.setCurrentWidget(page)
        shows_maps = page in (self.mosaic, self.large)
        self._show_line()
        # In a low room the large map takes the place of the layers; the keys go through them all the same.
        self.strip.setVisible(not (page is self.large and self.is_low()))
        self.order.setVisible(page is self.mosaic)
        self.each.setVisible(shows_maps)
        self.panel.set_panes_visible(page is not self.large)
        if had_focus:
            self.setFocus() if page is self.large else page.setFocus()

    @Slot(str, str, object)
    def _show_unit(self, words: str, name: str, lines: tuple[Line, ...]) -> None:
        """Show how a unit comes about; in a low room the numbers alone."""
        self.line.set_cell(name if self.is_low() else f"{words}  {name}", lines)

    def _show_line(self) -> None:
        """Show the arithmetic beside what has any; in a low room only if there is something to say."""
        has_units = self.stack.currentWidget() in (self.mosaic, self.vector, self.large)
        self.line.setVisible(has_units and (self._has_unit or not self.is_low()))

    @Slot(int)
    def _open_map(self, number: int) -> None:
        """Show one map large beside the photograph."""
        if self._traced is None or is_vector(self._traced.trace, self.strip.chosen_layer):
            return
        if number != self._number:
            self.mosaic.set_chosen(number)
            self._show_map(number)
        self.bar.view.set_choice(MAPS)
        self._bring(self.large)
        self.setFocus()

    @Slot()
    def _leave(self) -> None:
        """Go back from a large map to all of them."""
        if self.stack.currentWidget() is self.ideal:
            self.reasons.forget_ideal()
            self._show_page()
        elif self.stack.currentWidget() is self.large:
            self._bring(self.mosaic)
            self.mosaic.setFocus()

    # What the user asks for

    def do(self, action: str) -> None:
        """Do what a key or a menu entry asks for: ``layer-forward``, ``map-open``, ``view-table`` …."""
        match action.split("-"):
            case ["layer", "back"]:
                self.strip.step(-1)
            case ["layer", "forward"]:
                self.strip.step(1)
            case ["layer", end]:
                self.strip.go_to_end(last=end == "last")
            case ["map", "open"]:
                self._open_map(self._number)
            case ["map", way]:
                self._step_map(1 if way == "forward" else -1)
            case ["view", view]:
                self.bar.view.set_choice(view)
                if self.stack.currentWidget() is self.large:
                    self.stack.setCurrentWidget(self.mosaic)
                self._show_page()
            case ["order", order]:
                self.order.set_choice(order)
                self._sort(order)
            case ["scale"]:
                self.each.toggle()
            case ["fold"]:
                self.strip.toggle_block()
            case ["folds"]:
                self.strip.fold_all(not self.strip.all_folded)
            case ["leave"]:
                self.pointing.let_go()
            case ["cancel"]:
                self.cancel()
            case ["cam" | "gradient" | "guided" | "occlusion" as reason]:
                self.panel.why.toggle(Reason(reason))
                if not self.panel.isVisible() and self.panel.why.reason is not None:
                    # Elsewhere there would be no photograph in sight.
                    self._open_map(self._number)
            case ["try"]:
                self.trying.toggle()
            case ["shift"]:
                self.shifting.toggle()
            case ["reset"]:
                self.trying.reset()
            case ["lab"]:
                self._send_to_lab()
            case ["excite"]:
                self._excite()
            case ["choose"]:
                self.bar.networks.setFocus()
                self.bar.networks.showPopup()

    def _step_map(self, by: int) -> None:
        if self._traced is None:
            return
        stepper = self.vector if self.stack.currentWidget() is self.vector else self.mosaic
        stepper.step(by)

    @Slot(str)
    def _sort(self, order: str) -> None:
        self.mosaic.set_order(Order(order))

    @Slot(bool)
    def _scale_each(self, each: bool) -> None:
        self.mosaic.set_each(each)
        if self._traced is not None:
            self._show_map(self._number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the keys no widget has used; the Page keys belong to the lesson."""
        action = _KEYS.get(_Key(event.key()))
        if action is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        else:
            self.do(action)

    # Housekeeping

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._list_networks()
        self.write_controls()
        self.trying.retranslate()
        self._describe()
        if self._traced is not None:
            self._write_words()
        self.notices.retranslate()
        self.pointing.refresh()


def _first_to_show(trace: Trace) -> int:
    """Return the layer a network is first shown with: its first convolution, else its first layer."""
    layers = trace.architecture.layers
    return next((layer.index for layer in layers if layer.kind is Kind.CONVOLUTION), 0)
