"""All there is in the network room: the layers, the maps, what the network says, and stepping."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from convviz.core.shown import grouped
from convviz.core.text import Sentence
from convviz.nets.entries import Entry
from convviz.nets.records import INPUT, Kind, Trace
from convviz.nets.why.grad_cam import GradCam
from convviz.ui import theme
from convviz.ui.feed import Feed
from convviz.ui.language import say
from convviz.ui.layer_text import LayerText, shape_text, short_count
from convviz.ui.map_colours import Maps, Order, as_maps, scale_of
from convviz.ui.network_source import NetworkSource, Traced, filter_of
from convviz.ui.network_unit import UnitWriter
from convviz.ui.network_why import Ideal, Why
from convviz.ui.preferences import Preferences
from convviz.ui.rooms.ideal_page import IdealPane
from convviz.ui.rooms.large_map import LargeMap
from convviz.ui.rooms.map_pane import Heat, PhotoFeed
from convviz.ui.rooms.network_bar import FUNNEL, MAPS, TABLE, NetworkBar, ProgressLine
from convviz.ui.rooms.network_choices import NetworkChoices
from convviz.ui.rooms.network_panel import NetworkPanel
from convviz.ui.rooms.network_pointing import NetworkPointing, Target
from convviz.ui.session import Session
from convviz.ui.state import State
from convviz.ui.widgets.arithmetic_line import ArithmeticLine
from convviz.ui.widgets.class_bars import likeliest
from convviz.ui.widgets.elided_label import ElidedLabel
from convviz.ui.widgets.funnel import Funnel
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.layer_strip import LayerStrip
from convviz.ui.widgets.layer_table import LayerTable
from convviz.ui.widgets.mosaic import Mosaic
from convviz.ui.widgets.problem_bar import ProblemBar
from convviz.ui.widgets.segmented import Segmented
from convviz.ui.widgets.vector_bars import VectorBars
from convviz.ui.widgets.viewport import Viewport
from convviz.work.threads import Threads

# What takes longer than this says so; a shorter wait would only flicker.
WAIT_MS = 250
# How high a room must be, at a desk, for so many rows of parallel branches.
ROOM_FOR_ROWS = (0, 580, 880)
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


class NetworkDesk(QWidget):
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

    def __init__(
        self, session: Session, feed: Feed, threads: Threads, preferences: Preferences, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("network-desk")
        # A click beside everything takes the keyboard away from the fields: the keys step again.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._session, self._preferences = session, preferences
        self._text = LayerText(self)
        self.source = NetworkSource(threads.long, self)
        self.why = Why(threads.long, self)
        self.writer = UnitWriter(threads.measure, self)
        self.choices = NetworkChoices(self)
        self._key = self.choices.first(preferences.network)
        self._traced: Traced | None = None
        self._number = 0
        # Layer of the unit that was written out last.
        self._written: int | None = None
        self._build()
        self.pointing = NetworkPointing(
            (self.panel.photo, self.large.photo), (self.panel.map, self.large.map), self
        )
        self.photos = PhotoFeed(feed, (self.panel.photo, self.large.photo), self)
        self._waiting = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._writing = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._connect()
        self.retranslate()

    # Building

    def _build(self) -> None:
        self.bar = NetworkBar(self)
        self.progress = ProgressLine(self)
        self.problem = ProblemBar(self)
        self.strip = LayerStrip(self)
        self._title = label("heading", name="layer-title")
        self._facts = ElidedLabel("formula", "layer-facts", self)
        self.order = Segmented(self)
        self.order.setObjectName("map-order")
        self.each = QCheckBox(self)
        self.each.setObjectName("own-scale")
        self.mosaic, self.vector = Mosaic(self), VectorBars(self)
        self.large = LargeMap(self)
        self.funnel, self.table = Funnel(self), LayerTable(self)
        self.ideal = IdealPane(self)
        self.stack = QStackedWidget(self)
        self.line = ArithmeticLine(self)
        self.panel = NetworkPanel(self)

    def _lay_out(self) -> None:
        for page in (self.mosaic, self.vector, self.large, self.funnel, self.table, self.ideal):
            self.stack.addWidget(page)
        centre = QVBoxLayout()
        centre.setContentsMargins(12, 10, 12, 8)
        centre.setSpacing(8)
        heading = QHBoxLayout()
        heading.setSpacing(12)
        heading.addWidget(self._title)
        heading.addWidget(self._facts, 1)
        heading.addWidget(self.order)
        heading.addWidget(self.each)
        for widget in (self.bar, self.problem, self.progress, self.strip):
            centre.addWidget(widget)
        centre.addLayout(heading)
        centre.addWidget(self.stack, 1)
        centre.addWidget(self.line)
        self.panel.setProperty("role", "side")
        self.panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(centre, 1)
        layout.addWidget(self.panel)

    def _connect(self) -> None:
        self._session.changed.connect(self._follow)
        self.source.traced.connect(self._show_traced)
        self.source.listed.connect(self._take_list)
        self.source.failed.connect(self._fail)
        for worker in (self.source, self.why):
            worker.progressed.connect(self._show_progress)
            worker.busy_changed.connect(self._watch)
            worker.defect.connect(self._break_down)
        self.writer.defect.connect(self.defect)
        self.writer.written.connect(self.line.set_cell)
        self.why.failed.connect(self._fail)
        self.why.heated.connect(self._show_heat)
        self.why.drawn.connect(self._show_ideal)
        self._writing.timeout.connect(self._write_unit)
        self.panel.cam.toggled.connect(self._toggle_heat)
        self.panel.excite.clicked.connect(self._excite)
        self.panel.classes.chosen.connect(self._ask_heat)
        self.ideal.unpinned.connect(self._leave)
        self._waiting.timeout.connect(self._show_waiting)
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
        return self.source.busy or self.why.busy or self.writer.busy or self._writing.isActive()

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

    @Slot(str)
    def choose_network(self, key: str) -> None:
        """Go over to another network, also at the next start."""
        self._key = self._preferences.network = key
        self.bar.show_network(key)
        self.problem.clear()
        self.show_picture()
        self.setFocus()

    @Slot()
    def cancel(self) -> None:
        """Give up what is awaited; what is on screen stays, and so does its network."""
        if self.why.busy:
            self.why.cancel()
            self.panel.cam.setChecked(self.panel.photo.has_heat)
            return
        self.source.cancel()
        if self._traced is not None:
            self._key = self._preferences.network = self._traced.key
            self.bar.show_network(self._key)
        self._mark_stale()

    @Slot(object)
    def _take_list(self, entries: tuple[Entry, ...]) -> None:
        self.choices.entries = entries
        self._list_networks()

    def _list_networks(self) -> None:
        title = self._traced.network.title if self._traced is not None else self._key
        self.bar.set_choices(self.choices.list(self._key, title))
        self.bar.show_network(self._key)

    @Slot()
    def _watch(self) -> None:
        if self.source.busy or self.why.busy:
            self._waiting.start()
        else:
            self._waiting.stop()
            self.progress.hide()

    @Slot()
    def _show_waiting(self) -> None:
        self.progress.show_progress(None, self.tr("Computing…"))
        self.progress.show()

    @Slot(float, object)
    def _show_progress(self, fraction: float, sentence: Sentence | None) -> None:
        self.progress.show_progress(fraction, say(sentence) if sentence else self.tr("Computing…"))

    @Slot(object)
    def _fail(self, sentence: Sentence) -> None:
        self.problem.show_problem(say(sentence), None)
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
        architecture = traced.trace.architecture
        self.problem.clear()
        self.strip.set_architecture(architecture)
        if before is None or before.key != traced.key:
            self.strip.set_chosen(_first_to_show(traced.trace))
            self._number = 0
            self._list_networks()
            if not traced.network.trained:
                self.problem.show_note(say(traced.network.origin), None)
        if before is None or before.trace.architecture is not architecture:
            self.funnel.set_architecture(architecture)
            self.table.set_architecture(architecture)
        self._describe()
        self._show_layer(self.strip.chosen_layer)
        self._mark_stale()
        # What was found out about the picture before is not true of this one.
        self.why.cancel()
        self._lay_heat(None)
        self._ask_heat()

    def _describe(self) -> None:
        """Write what is true of the whole network."""
        if self._traced is None:
            return
        trace, network = self._traced.trace, self._traced.network
        self.bar.show_origin(say(network.origin), warns=not network.trained)
        work = self.tr("{0} multiply-adds").format(short_count(trace.architecture.multiply_adds))
        weights = self.tr("{0} weights").format(grouped(trace.architecture.weights))
        self.bar.totals.setText(f"{weights} · {work}")
        bars = likeliest(trace.probabilities(), trace.classes)
        self.panel.classes.set_bars(bars)
        self.bar.says.setText(" · ".join(f"{bar.name} {bar.percent}" for bar in bars[:2]))
        parameters = self.tr("{0} parameters").format(grouped(trace.architecture.weights))
        forward = self.tr("forward {0} ms").format(f"{trace.seconds * 1000:.0f}")
        self.described.emit(f"{network.title} · {parameters} · {forward}")

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
        if self._is_vector(trace, layer):
            is_last = layer == len(trace.outputs) - 1
            if is_last and trace.classes and self.stack.currentWidget() is not self.vector:
                # One comes for the answer.
                self._number = int(maps.argmax())
            self.vector.set_values(maps.ravel(), trace.classes if is_last else (), self._number)
        else:
            self.mosaic.set_maps(maps, self._number)
        self.funnel.set_chosen(layer)
        self.table.set_chosen(layer)
        self._write_heading(trace, layer)
        self._show_page()
        self._show_map(self._number)

    @staticmethod
    def _is_vector(trace: Trace, layer: int) -> bool:
        return layer != INPUT and len(trace.outputs[layer].shape) == 1

    def _write_heading(self, trace: Trace, layer: int) -> None:
        found = None if layer == INPUT else trace.architecture.layers[layer]
        shape = trace.architecture.input_shape if found is None else found.shape
        self._title.setText(self._text.title(found))
        self._facts.set_whole(self._text.facts(shape, found), found.name if found is not None else "")

    @Slot(int)
    def _show_map(self, number: int) -> None:
        """Show one map in the panes, with its filter."""
        assert self._traced is not None
        self._number = number
        trace, layer = self._traced.trace, self.strip.chosen_layer
        maps = self.values(layer)
        vector = self._is_vector(trace, layer)
        values = None if vector else maps[number]
        scale = scale_of(maps) if vector else self.mosaic.scale_for(number)
        for pane in (self.panel.map, self.large.map):
            pane.show_map(values, scale)
        self.panel.show_map_pane(not vector and self.stack.currentWidget() is not self.large)
        self._write_captions(maps, layer, number)
        self._show_filter(layer, number)
        target = None
        if values is not None:
            target = Target(trace, self._traced.picture, layer, number, values)
        self.pointing.show_target(target)
        self._writing.start()

    @Slot()
    def _write_unit(self) -> None:
        """Ask for the arithmetic of the unit that is pointed at or chosen."""
        if self._traced is None:
            return
        layer, spot = self.strip.chosen_layer, self.pointing.spot
        index: tuple[int, ...] | None = None
        if layer != INPUT:
            axes = self._traced.trace.outputs[layer].ndim
            if axes == 1:
                index = (self._number,)
            elif spot is not None and not spot.on_photo and axes in (2, 3):
                index = (self._number, *spot.cell)[3 - axes :]
        if index is None:
            self.writer.cancel()
            hint = self.tr("Click a cell of the map to see how it is computed.")
            # While the pointer goes from cell to cell nothing jumps.
            self.line.clear(hint, keep_height=self._written == layer)
        else:
            self._written = layer
            self.writer.ask(self._traced, layer, index)

    # Why

    @Slot(bool)
    def _toggle_heat(self, on: bool) -> None:
        if on:
            self._ask_heat()
        else:
            self._lay_heat(None)

    @Slot()
    def _ask_heat(self) -> None:
        """Ask what speaks for the chosen class, if that is to be shown."""
        number = self.panel.classes.chosen_class
        if self.panel.cam.isChecked() and self._traced is not None and number is not None:
            self.why.ask_heat(self._traced, number)

    @Slot(object, object)
    def _show_heat(self, traced: Traced, found: GradCam) -> None:
        if traced is self._traced and self.panel.cam.isChecked():
            self._lay_heat(Heat(found.heat, traced.trace.placement))

    def _lay_heat(self, heat: Heat | None) -> None:
        for photo in (self.panel.photo, self.large.photo):
            photo.set_heat(heat)

    @Slot()
    def _excite(self) -> None:
        """Look for the picture that excites the chosen map most."""
        if self._traced is not None and self.strip.chosen_layer != INPUT:
            self.ideal.show_ideal(None)
            # Before its activation a map may be as happy with less than nothing.
            self.why.ask_ideal(self._traced, self.strip.finished(self.strip.chosen_layer), self._number)

    @Slot(object)
    def _show_ideal(self, ideal: Ideal) -> None:
        if ideal.wish.traced is self._traced:
            self.ideal.show_ideal(ideal)
            if self.stack.currentWidget() is not self.ideal:
                self._bring(self.ideal)

    def _write_captions(self, maps: Maps, layer: int, number: int) -> None:
        assert self._traced is not None
        found = None if layer == INPUT else self._traced.trace.architecture.layers[layer]
        vector = self._is_vector(self._traced.trace, layer)
        size = "" if vector else shape_text(maps.shape[1:])
        title = self.tr("Value {0}") if vector else self.tr("Map {0}")
        for pane in (self.panel.map, self.large.map):
            pane.set_caption(title.format(number), size)
        field = self._text.field_size(found) if found is not None else "1 × 1"
        detail = self.tr("receptive field {0}").format(field) if field else ""
        for photo in (self.panel.photo, self.large.photo):
            photo.set_caption(self.tr("Photograph"), detail)

    def _show_filter(self, layer: int, number: int) -> None:
        assert self._traced is not None
        weights, coloured = filter_of(self._traced, layer, number)
        self.panel.filter.set_weights(weights, coloured=coloured)
        text = ""
        if weights is not None:
            size = " · ".join(str(length) for length in (*weights.shape[1:], weights.shape[0]))
            text = self.tr("FILTER {0} · {1} WEIGHTS").format(number, f"{size} = {grouped(weights.size)}")
        self.panel.show_filter_caption(text)

    # Pages

    @property
    def viewport(self) -> Viewport:
        """Zoom and centre of the map that is looked at."""
        return (self.large if self.stack.currentWidget() is self.large else self.panel).map.viewport

    @Slot()
    def _show_page(self) -> None:
        """Bring up what the view and the kind of layer ask for."""
        view = self.bar.view.choice()
        page: QWidget = {FUNNEL: self.funnel, TABLE: self.table}.get(view, self.mosaic)
        vector = self._traced is not None and self._is_vector(self._traced.trace, self.strip.chosen_layer)
        if page is self.mosaic and vector:
            page = self.vector
        elif page is self.mosaic and self.stack.currentWidget() is self.large:
            page = self.large
        self._bring(page)

    def _bring(self, page: QWidget) -> None:
        had_focus = self.stack.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.stack.setCurrentWidget(page)
        shows_maps = page in (self.mosaic, self.large)
        self.line.setVisible(page not in (self.funnel, self.table, self.ideal))
        self.order.setVisible(page is self.mosaic)
        self.each.setVisible(shows_maps)
        self.panel.set_panes_visible(page is not self.large)
        if had_focus:
            self.setFocus() if page is self.large else page.setFocus()

    @Slot(int)
    def _open_map(self, number: int) -> None:
        """Show one map large beside the photograph."""
        if self._traced is None or self._is_vector(self._traced.trace, self.strip.chosen_layer):
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
            self.why.cancel()
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
            case ["cam"]:
                self.panel.cam.toggle()
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

    def set_panel_visible(self, visible: bool) -> None:
        """Show or hide the panel at the right; without it the likeliest classes stand above the layers."""
        self.panel.setVisible(visible)
        self.bar.says.setVisible(not visible)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._list_networks()
        self.order.set_options(
            [
                (Order.NUMBER.value, self.tr("Number"), self.tr("In the order of the network")),
                (Order.MEAN.value, self.tr("Mean"), self.tr("The map that is strongest on average first")),
                (Order.MAXIMUM.value, self.tr("Maximum"), self.tr("The map with the largest value first")),
            ]
        )
        self.each.setText(self.tr("&Own scale"))
        self.each.setToolTip(self.tr("Give every map colours of its own, so that faint ones are seen"))
        self._describe()
        if self._traced is not None:
            self._write_heading(self._traced.trace, self.strip.chosen_layer)
            self._write_captions(self.values(self.strip.chosen_layer), self.strip.chosen_layer, self._number)
            self._show_filter(self.strip.chosen_layer, self._number)
        self.pointing.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the panel its share."""
        super().resizeEvent(event)
        self._fit_room()

    def _fit_room(self) -> None:
        """Give the panel and the layers as much as the room has for them."""
        self.panel.set_room_size(self.width(), self.height())
        free = self.height() / theme.current().scale
        self.strip.set_rows_shown(sum(free >= least for least in ROOM_FOR_ROWS))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "panel"):
            self._fit_room()


def _first_to_show(trace: Trace) -> int:
    """Return the layer a network is first shown with: its first convolution, else its first layer."""
    layers = trace.architecture.layers
    return next((layer.index for layer in layers if layer.kind is Kind.CONVOLUTION), 0)
